//! `git incident topic`.

use std::io::Write;
use std::path::Path;

use super::{event, find_record, find_root, summary::Summary, warn_of_settings};
use crate::error::Error;
use crate::record::shape::SHORT_ROLES;

/// Print one line for the topic of the incident's chat channel
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Any part of an id that only one record has; not needed while exactly one incident is open.
    id: Option<String>,
}

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let (archive, id) = find_record(&root, args.id.as_deref())?;
    warn_of_settings(&archive.config)?;
    let record = event(&archive, &id)?;
    writeln!(anstream::stdout(), "{}", line(&Summary::of(&archive, record)))?;
    Ok(0)
}

/// What somebody who joins the channel must know first: how bad, how far, who commands, where.
pub fn line(summary: &Summary<'_>) -> String {
    let upper = summary.severity.map(str::to_uppercase);
    let state = [upper.as_deref(), summary.status].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let mut parts: Vec<String> = Vec::new();
    parts.extend((!state.is_empty()).then_some(state));
    parts.push(summary.title.unwrap_or(summary.id).to_owned());
    for (short, role) in SHORT_ROLES {
        parts.extend(summary.roles.get(role).map(|people| format!("{short} {}", people.join(", "))));
    }
    for channel in ["video", "room", "phone"] {
        parts.extend(summary.channels.get(channel).map(|place| (*place).to_owned()));
    }
    parts.push(summary.id.to_owned());
    parts.join(" | ")
}
