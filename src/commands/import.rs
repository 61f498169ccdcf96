//! `git incident import`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::error::Error;
use crate::import::{REPORT, cstate, folder};
use crate::text::count::counted;

/// Turn what another tool wrote into this format
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    from: From,
}

#[derive(Debug, Subcommand)]
enum From {
    /// A cState site: config.yml and content/issues
    Cstate {
        /// The folder of the site.
        site: PathBuf,
        /// The folder to write to. Nothing in it is overwritten.
        #[arg(long, value_name = "DIR", default_value = ".")]
        into: PathBuf,
        /// Show what could not be carried over, and write nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

pub fn run(args: Args, start: &Path) -> Result<u8, Error> {
    let From::Cstate { site, into, dry_run } = args.from;
    let site = start.join(site);
    let source = folder::read(&site).map_err(|e| Error::new(format!("{}: {e}", site.display())))?;
    let import = cstate::import(&source).map_err(|refused| Error::new(refused.message).hint(refused.help))?;
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}", import.fidelity.summary(import.counts).trim_end())?;
    if dry_run {
        writeln!(out, "\nNothing was written (--dry-run).")?;
        return Ok(0);
    }
    let into = start.join(into);
    folder::write(&into, &import).map_err(|e| Error::new(e.to_string()))?;
    let shown = into.display();
    writeln!(out, "\nWrote {} to {shown}.", counted(import.files.len(), "file"))?;
    writeln!(out, "Next: read {}, then run `git incident -C {shown} check`.", into.join(REPORT).display())?;
    Ok(0)
}
