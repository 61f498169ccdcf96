//! `git incident assign`.

use std::path::Path;

use super::flags::{self, pair};
use super::{entry, update, writing};
use crate::error::Error;

/// Give roles to people: `assign incident_manager=mara tech_lead=wei`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Who has a role from now on; `ROLE=` releases it.
    #[arg(value_name = "ROLE=PERSON", value_parser = pair, required = true)]
    roles: Vec<(String, String)>,

    /// Any part of an id that only one record has; not needed while exactly one incident is open.
    #[arg(long)]
    id: Option<String>,

    /// What was handed over.
    #[arg(short, long, value_name = "TEXT", value_parser = flags::words)]
    message: Option<String>,

    /// When: how long ago, as in `-10m`, `14:30` in the site's zone, or a time.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,

    #[command(flatten)]
    writing: writing::WriteFlags,
}

pub fn run(args: Args, start: &Path) -> Result<u8, Error> {
    let entry =
        entry::EntryFlags { message: args.message, role: args.roles, at: args.at, ..entry::EntryFlags::default() };
    update::apply(&update::Args { id: args.id, entry, writing: args.writing, ..Default::default() }, start)
}
