//! `git incident assign`.

use std::path::Path;

use super::flags::{pair, words};
use super::{entry, update, writing};
use crate::error::Error;

/// Give roles to people: `assign incident_manager=mara tech_lead=wei`, with the id before them where several are open
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Any part of an id that only one record has; not needed while exactly one incident is open. Then who has a role from
    /// now on; `ROLE=` releases it.
    #[arg(value_name = "[ID] ROLE=PERSON", required = true)]
    words: Vec<String>,

    /// The id, wherever it stands.
    #[arg(long)]
    id: Option<String>,

    /// What was handed over.
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true, value_parser = words)]
    message: Option<String>,

    /// When: how long ago, as in `-10m`, `14:30` in the site's zone, or a time.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,

    #[command(flatten)]
    writing: writing::WriteFlags,
}

pub fn run(args: Args, start: &Path) -> Result<u8, Error> {
    let (id, roles) = match (args.id, &args.words[..]) {
        (None, [id, roles @ ..]) if !id.contains('=') => (Some(id.clone()), roles),
        (id, roles) => (id, roles),
    };
    let role: Result<Vec<_>, String> = roles.iter().map(|text| pair(text)).collect();
    let role = role.map_err(|why| Error::new(format!("roles: {why}")).hint("as in `assign incident_manager=mara`"))?;
    if role.is_empty() {
        return Err(Error::new("nobody was named")
            .hint("as in `assign incident_manager=mara`; `incident_manager=` releases it"));
    }
    let entry = entry::EntryFlags { message: args.message, role, at: args.at, ..entry::EntryFlags::default() };
    update::apply(&update::Args { id, entry, writing: args.writing, ..Default::default() }, start)
}
