//! `git incident update`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use jiff::Timestamp;

use super::summary::Summary;
use super::writing::{self, Draft};
use super::{acknowledge, amend, editor, entry, event, find_record, find_root, flags, next, now, topic, words};
use crate::change::Change;
use crate::error::Error;
use crate::record::archive::Archive;
use crate::record::incident::Visibility;
use crate::record::maintenance::early_start;
use crate::record::time::Time;
use crate::record::timeline::Entry;
use crate::record::write::{append_entry, set};
use crate::record::{Kind, Record};
use crate::text::data::Data;

/// Record what happened: an entry of the timeline, committed
///
/// Several things may be said at once. What `check` would report as an error is refused before anything is written.
/// Without any flag your editor opens for the note.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Args {
    /// Any part of an id that only one record has; not needed while exactly one incident is open.
    pub id: Option<String>,

    #[command(flatten)]
    pub entry: entry::EntryFlags,

    /// A value of the front matter, such as `detection.method=alert` or `cause.category=change`.
    #[arg(long, value_name = "KEY=VALUE", value_parser = flags::pair)]
    pub set: Vec<(String, String)>,

    /// Correct the texts of entry N in the open: readers see that it was edited. Needs `--reason`.
    #[arg(long, value_name = "N", conflicts_with = "redact", requires = "reason")]
    pub edit: Option<usize>,

    /// Take the texts of entry N away and leave a tombstone; what it changed stays. Needs `--reason`.
    #[arg(long, value_name = "N", requires = "reason")]
    pub redact: Option<usize>,

    /// Acknowledge a deadline that was missed for good, by the rule that reports it: from then on it is information. Needs
    /// `--reason`.
    #[arg(long, value_name = "RULE", requires = "reason", conflicts_with_all = ["edit", "redact", "set", "at"])]
    pub acknowledge: Vec<String>,

    #[command(flatten)]
    pub writing: writing::WriteFlags,
}

pub fn run(args: Args, start: &Path) -> Result<u8, Error> {
    if !args.entry.is_empty() || !args.set.is_empty() {
        return apply(&args, start);
    }
    let (args, file) = editor::fill(args, start)?;
    apply(&args, start).map_err(|e| e.hint(format!("what you wrote is in {}", file.display())))
}

/// Makes the update, and says where the record stands.
pub fn apply(args: &Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let now = now(None)?;
    let written = writing::write(&root, &args.writing, now, &|git| {
        let (archive, id) = find_record(&root, args.id.as_deref())?;
        if let (None, Some(word)) = (&args.id, &args.entry.public) {
            is_meant_for_customers(&root, word)?;
        }
        let record = event(&archive, &id)?;
        let by = writing::who(git, &archive.config, args.writing.by.as_deref())?;
        if !args.acknowledge.is_empty() {
            let reason = args.entry.only_reason()?;
            return acknowledge::draft(&archive, &id, &args.acknowledge, reason, &by, now);
        }
        let mut text = record.text.to_string();
        for (key, value) in &args.set {
            text = set(&text, record.kind, key, value_of(value))?;
        }
        let at = entry::in_site_zone(&archive, now);
        let amendment = amend::Amendment { at, by: &by, language: archive.config.default_language() };
        let facts;
        (text, facts) = match (args.edit, args.redact) {
            (Some(n), _) => amend::edit(record, &text, n, &args.entry, &amendment)?,
            (_, Some(n)) => amend::redact(record, &text, n, &args.entry, &amendment)?,
            _ if args.entry.is_empty() => (text, settings(&args.set)),
            _ => {
                says_something_new(record, &args.entry, now)?;
                let new = args.entry.entry(&archive, record.timeline(), &by, now, start)?;
                (append_entry(&text, &new)?, entry::facts(&new))
            }
        };
        Ok(Draft { id, change: Change::of(&*record.path, text), facts })
    })?;
    if let Some(archive) = &written
        && let Some(record) = archive.records.iter().find(|record| record.kind != Kind::Postmortem)
    {
        say(&args.entry, archive, record, now)?;
    }
    Ok(0)
}

/// Where the record stands now, and what the writer should know of it.
fn say(entry: &entry::EntryFlags, archive: &Archive, record: &Record, now: Timestamp) -> Result<(), Error> {
    if entry.changes_the_topic() {
        writeln!(anstream::stdout(), "topic: {}", topic::line(&Summary::of(archive, record)))?;
    }
    if entry.severity.is_some() && next::is_worse(archive, record) {
        next::say(archive, record, now, &mut anstream::stdout())?;
    }
    let early = early_start(record).map(|(_, window)| window.start.value).filter(|start| start.instant() > now);
    if let (Some(start), true) = (early, entry.status.is_some()) {
        writeln!(
            anstream::stderr(),
            "warning: readers were told that it begins at {start}, {}\n  if it was moved, move the window: \
             `git incident update {} --set window.start={}`",
            words::relative(start, now),
            record.id,
            entry::in_site_zone(archive, now)
        )?;
    }
    if entry.tells_customers() && record.visibility() != Visibility::Public {
        writeln!(
            anstream::stderr(),
            "warning: customers cannot read this: the record is {}\n  open it with \
             `git incident update {} --set visibility=public --decision \"WHY\"`",
            record.visibility().name(),
            record.id
        )?;
    }
    Ok(())
}

/// `--public` takes the word that follows it, be it meant as the id.
fn is_meant_for_customers(root: &Path, word: &str) -> Result<(), Error> {
    let is_one_word = !word.is_empty() && !word.contains(char::is_whitespace);
    if is_one_word && let Ok((_, id)) = find_record(root, Some(word)) {
        return Err(Error::new(format!(
            "`--public {word}` would tell customers the word “{word}”, which is part of the id {id}"
        ))
        .hint(format!("the id comes first: `git incident update {word} … --public`"))
        .hint(format!("if it is the message: `git incident update {id} --public=…`")));
    }
    Ok(())
}

/// Refuses a state that the record is in already.
fn says_something_new(record: &Record, entry: &entry::EntryFlags, now: Timestamp) -> Result<(), Error> {
    let is_said =
        |said: &Entry| said.status.as_ref().is_some_and(|status| Some(&status.value) == entry.status.as_ref());
    let is_there =
        entry.at.is_none() && record.timeline_complete() && entry.status.as_deref() == record.replay.status();
    let Some(said) = record.timeline().iter().rev().find(|said| is_there && is_said(said)) else { return Ok(()) };
    let (status, ago) = (record.replay.status().unwrap_or_default(), words::relative(said.at.value, now));
    let by = said.by.as_ref().map(|by| format!(" by {}", by.value)).unwrap_or_default();
    Err(Error::new(format!("{} is `{status}` already: that was said {ago}{by}", record.id))
        .hint("leave the state out to record something else"))
}

/// What the subject of the commit says of new values: all of one or two, the names of more.
fn settings(set: &[(String, String)]) -> Vec<String> {
    if set.len() <= 2 {
        return set.iter().map(|(key, value)| format!("{key} {value}")).collect();
    }
    let names: BTreeSet<&str> = set.iter().map(|(key, _)| key.split('.').next().unwrap_or(key)).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// A value of the front matter: a number, a boolean and a time are no texts.
fn value_of(text: &str) -> Data {
    let plain = text.parse::<u64>().is_ok() || text.parse::<bool>().is_ok() || Time::parse(text).is_ok();
    if plain { Data::plain(text) } else { Data::text(text) }
}
