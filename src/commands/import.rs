//! `git incident import`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::error::Error;
use crate::import::{cstate, folder};

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
