//! `git incident escalate`.

use std::path::Path;

use super::{entry, flags, update, writing};
use crate::error::Error;

/// Call in a person, a team or a role
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Who is called in, and why: time_limit, severity, expertise, customer, security or no_acknowledgement.
    #[arg(value_name = "TO[:REASON]")]
    to: String,

    /// Any part of an id that only one record has; not needed while exactly one incident is open.
    id: Option<String>,

    /// What they were told.
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true, value_parser = flags::words)]
    message: Option<String>,

    /// When: how long ago, as in `-10m`, `14:30` in the site's zone, or a time.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,

    #[command(flatten)]
    writing: writing::WriteFlags,
}

pub fn run(args: Args, start: &Path) -> Result<u8, Error> {
    let entry = entry::EntryFlags {
        message: args.message,
        escalate: Some(args.to),
        at: args.at,
        ..entry::EntryFlags::default()
    };
    update::apply(&update::Args { id: args.id, entry, writing: args.writing, ..Default::default() }, start)
}
