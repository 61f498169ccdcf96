//! `git incident announce`.

use std::io::Write;
use std::path::Path;

use crate::announce::look::Look;
use crate::commands::{find_root, now, parse_time};
use crate::error::Error;
use crate::record::time::Time;
use crate::site::audience::Audience;

mod sending;

/// Tell what has happened between two revisions: as JSON lines, or to the sinks of `incident.yaml`
///
/// New incidents, updates, escalations, resolutions, corrections, planned maintenance and postmortems. With `--send` each
/// sink under `announce:` is told what it has not been told yet, and `refs/incident/announce/SINK` remembers how far it is.
/// Exit code 0: all was told; 1: a sink could not be told everything; 2: could not run.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Tell what came after this revision. With `--send` it counts for sinks that were never told anything; `HEAD` begins
    /// with what comes.
    #[arg(long, value_name = "REV", required_unless_present = "send")]
    since: Option<String>,

    /// Tell what came before this revision, and what came with it.
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    until: String,

    /// For whom: public is what customers may read, internal is each step of the response.
    #[arg(long, value_name = "WHO", default_value = "public", value_parser = super::audience())]
    audience: Audience,

    #[command(flatten)]
    sending: sending::Flags,

    /// The time that counts as now, such as `2024-05-01T09:05:00Z`.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    as_of: Option<Time>,
}

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let look = Look::new(&root, &args.until, now(args.as_of)?)?;
    if args.sending.send {
        return sending::run(&args.sending, &look, args.since.as_deref());
    }
    let since = args.since.as_deref().unwrap_or_default();
    let found = look.since(&look.base(since)?)?.found(args.audience);
    unread(&found.unreadable)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for event in &found.events {
        let line = serde_json::to_string(event).map_err(|error| Error::new(error.to_string()))?;
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(0)
}

/// Says which records nothing was told of.
fn unread(ids: &[String]) -> Result<(), Error> {
    for id in ids {
        let help = format!("`git incident check {id}` says why");
        writeln!(anstream::stderr(), "{id} cannot be read in full, so nothing of it is announced yet; {help}")?;
    }
    Ok(())
}
