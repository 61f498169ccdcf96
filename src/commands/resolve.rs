//! `git incident resolve`.

use std::path::Path;

use super::{entry, event, find_record, find_root, flags, update, writing};
use crate::error::Error;

/// Resolve an incident: an update to `resolved` that ends what was still impaired
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Any part of an id that only one record has; not needed while exactly one incident is open.
    id: Option<String>,

    /// What happened, for the responders. Markdown.
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true, value_parser = flags::words)]
    message: Option<String>,

    /// The last word to customers.
    #[arg(long, value_name = "TEXT", num_args = 0..=1, default_missing_value = "", value_parser = flags::words)]
    public: Option<String>,

    /// When it was over: how long ago, as in `-10m`, `14:30` in the site's zone, or a time.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,

    /// Why, where the step needs a reason.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = flags::words)]
    reason: Option<String>,

    /// A value of the front matter that the end asks for, such as `detection.method=alert`.
    #[arg(long, value_name = "KEY=VALUE", value_parser = flags::pair)]
    set: Vec<(String, String)>,

    #[command(flatten)]
    writing: writing::WriteFlags,
}

pub fn run(args: Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let (archive, id) = find_record(&root, args.id.as_deref())?;
    let replay = &event(&archive, &id)?.replay;
    let mut impaired: Vec<&str> =
        replay.impacts.iter().filter(|i| i.to.is_none()).map(|i| i.service.as_str()).collect();
    impaired.dedup();
    let impact: Vec<_> = impaired.into_iter().map(|service| (service.to_owned(), "operational".to_owned())).collect();
    // Where no service was named, nobody else says when it was over.
    let has_ended = impact.is_empty() && replay.moments.impact_ended.is_some();
    let event = if has_ended { Vec::new() } else { vec!["impact_ended".to_owned()] };
    let entry = entry::EntryFlags {
        message: args.message,
        public: args.public,
        status: Some("resolved".into()),
        impact,
        event,
        at: args.at,
        reason: args.reason,
        ..entry::EntryFlags::default()
    };
    update::apply(
        &update::Args { id: Some(id), entry, set: args.set, writing: args.writing, ..Default::default() },
        start,
    )
}
