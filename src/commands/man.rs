//! `git incident man`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap_mangen::Man;

use crate::error::Error;

/// Write the manual pages, which `git incident --help` and `git help incident` look for
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder for one page a command, such as `~/.local/share/man/man1`. Without it the main page is printed.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub fn run(args: &Args, start: &Path, program: clap::Command) -> Result<u8, Error> {
    let Some(folder) = &args.folder else {
        let mut page = Vec::new();
        Man::new(program).render(&mut page)?;
        std::io::stdout().lock().write_all(&page)?;
        return Ok(0);
    };
    let folder = start.join(folder);
    let failed = |e: std::io::Error| Error::new(format!("{}: {e}", folder.display()));
    fs::create_dir_all(&folder).map_err(failed)?;
    clap_mangen::generate_to(program, &folder).map_err(failed)?;
    writeln!(anstream::stdout(), "Wrote the manual pages into {}.", folder.display())?;
    Ok(0)
}
