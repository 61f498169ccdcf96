//! `git incident postmortem`.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;

use super::writing::{self, Draft};
use super::{entry, find_root, not_found, now, review, words};
use crate::change::Change;
use crate::error::Error;
use crate::record::archive::Archive;
use crate::record::lifecycle::Step;
use crate::record::time::span;
use crate::record::write::{NewRecord, append, set};
use crate::record::{Kind, Record, find, sections};
use crate::text::data::Data;
use crate::text::suggest::either;

/// Write the draft of a postmortem from the record, or move one on
///
/// The draft has what the timeline knows: moments and durations, services, who took part, and the todos that are still
/// open, and a question under each other heading. What was learned is for people to write.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Any part of an id that only one record has. Without it: the only incident that is over and has no postmortem, or
    /// with `--status` or `--approve` the only postmortem that is not published.
    id: Option<String>,

    /// Who sees to it; without it the one who writes.
    #[arg(long, value_name = "PERSON", conflicts_with_all = ["status", "approve"])]
    owner: Option<String>,

    /// Move it on: draft, in_review, approved or published.
    #[arg(long, value_name = "STATE")]
    status: Option<String>,

    /// Note that you approve it, in this role.
    #[arg(long, value_name = "ROLE")]
    approve: Option<String>,

    #[command(flatten)]
    writing: writing::WriteFlags,
}

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let now = now(None)?;
    writing::write(&root, &args.writing, now, &|git| {
        let archive = review::archive(&root)?;
        let by = writing::who(git, &archive.config, args.writing.by.as_deref())?;
        if args.status.is_some() || args.approve.is_some() {
            return advance(args, &archive, &by, now);
        }
        let record = subject(&archive, args.id.as_deref())?;
        if let Some(there) = archive.postmortem(&record.id) {
            return Err(Error::new(format!("{} is there already", there.path))
                .hint("edit it, or move it on with `--status in_review`"));
        }
        let draft = draft(&archive, record, args.owner.as_deref().unwrap_or(&by));
        let path = format!("{}/{}", review::folder(record), Kind::Postmortem.file_name());
        Ok(Draft {
            id: record.id.to_string(),
            change: Change::of(path, draft.render()),
            facts: vec!["postmortem drafted".into()],
        })
    })?;
    Ok(0)
}

/// The incident or drill to look back on.
fn subject<'a>(archive: &'a Archive, word: Option<&str>) -> Result<&'a Record, Error> {
    if word.is_some() {
        return find::event(archive, word).map_err(not_found);
    }
    let over =
        |record: &&Record| record.replay.status() == Some("resolved") && archive.postmortem(&record.id).is_none();
    let over: Vec<&Record> = archive.of_kind(Kind::Incident).filter(over).collect();
    match over.as_slice() {
        [only] => Ok(only),
        [] => Err(Error::new("no incident is resolved without a postmortem, so say which one is meant")),
        several => {
            let ids: Vec<&str> = several.iter().map(|record| &*record.id).collect();
            Err(Error::new(format!("several incidents have no postmortem: {}", ids.join(", ")))
                .hint("give enough of the id to tell them apart"))
        }
    }
}

fn advance(args: &Args, archive: &Archive, by: &str, now: Timestamp) -> Result<Draft, Error> {
    let record = review::postmortem(archive, args.id.as_deref())?;
    let mut text = record.text.to_string();
    let mut facts = Vec::new();
    if let Some(role) = &args.approve {
        let at = Data::plain(entry::in_site_zone(archive, now));
        let approval = Data::map([("by", Data::text(by)), ("as", Data::text(role)), ("at", at)]);
        text = append(&text, Kind::Postmortem, "approvals", approval)?;
        facts.push(format!("postmortem approved by {by}"));
    }
    if let Some(to) = &args.status {
        let machine = &archive.lifecycle.postmortem;
        let from =
            record.postmortem().and_then(|postmortem| postmortem.status.as_ref()).map(|status| status.value.as_str());
        if machine.step(from, to) == Step::Illegal {
            let from = from.unwrap_or("nothing");
            return Err(Error::new(format!("a postmortem cannot go from `{from}` to `{to}`"))
                .hint(format!("it can go to {}", either(machine.next(Some(from))))));
        }
        text = set(&text, Kind::Postmortem, "status", Data::text(to))?;
        facts.push(format!("postmortem {}", words::plain(to)));
    }
    Ok(Draft { id: record.id.to_string(), change: Change::of(&*record.path, text), facts })
}

fn draft(archive: &Archive, record: &Record, owner: &str) -> NewRecord {
    let mut draft = NewRecord::new(Kind::Postmortem)
        .with("status", Data::text("draft"))
        .with("owner", Data::text(owner))
        .with("parties", Data::texts(parties(archive, record)));
    draft.body = sections::KNOWN.iter().map(|section| part(record, section)).collect::<Vec<_>>().join("\n");
    draft
}

/// One section: begun where the record can begin it, else with a question to the author.
fn part(record: &Record, section: &sections::Known) -> String {
    let begun = match section.title {
        "Summary" => facts(record),
        "Impact" => impact(record),
        "Lessons learned" => todos(record),
        _ => String::new(),
    };
    let text = if begun.is_empty() { format!("_{}_\n", section.prompt) } else { begun };
    format!("## {}\n\n{text}", section.title)
}

/// Everybody who held a role, wrote an entry or was called in.
fn parties<'a>(archive: &'a Archive, record: &'a Record) -> BTreeSet<&'a str> {
    let held = record.replay.roles.iter().map(|held| held.person.as_str());
    let wrote = record.timeline().iter().filter_map(|entry| entry.by.as_ref()).map(|by| by.value.as_str());
    let called =
        record.timeline().iter().filter_map(|entry| entry.escalate.as_ref()).map(|call| call.to.value.as_str());
    let is_party = |name: &&str| {
        archive.config.people.iter().any(|person| person.id.value == *name)
            || archive.config.teams.iter().any(|team| team.id.value == *name)
    };
    held.chain(wrote).chain(called).filter(is_party).collect()
}

/// The moments with the time from the one before them.
fn facts(record: &Record) -> String {
    let moments = &record.replay.moments;
    let all = [
        ("Impact began", moments.impact_started),
        ("Detected", moments.detected),
        ("Declared", moments.declared),
        ("Acknowledged", moments.acknowledged),
        ("Customers first told", moments.first_public),
        ("Identified", moments.identified),
        ("Mitigated", moments.mitigated),
        ("Impact ended", moments.impact_ended),
        ("Resolved", moments.resolved),
    ];
    let mut known: Vec<_> = all.into_iter().filter_map(|(name, time)| Some((name, time?))).collect();
    known.sort_by_key(|(_, time)| *time);
    let Some((_, first)) = known.first().copied() else { return String::new() };
    let line = |(name, time): &(&str, crate::record::time::Time)| match span(time.since(first)) {
        _ if *time == first => format!("- {name}: {time}\n"),
        after => format!("- {name}: {time}, after {after}\n"),
    };
    known.iter().map(line).collect()
}

fn impact(record: &Record) -> String {
    let impacts = record.replay.impacts.iter();
    impacts
        .map(|impact| {
            let lasted =
                impact.to.map_or_else(|| "still".to_owned(), |to| format!("for {}", span(to.since(impact.from))));
            format!("- {}: {} {lasted}\n", impact.service, words::plain(impact.state.name()))
        })
        .collect()
}

fn todos(record: &Record) -> String {
    let numbered = record.timeline().iter().enumerate();
    let open = numbered.filter(|(_, entry)| entry.promoted.is_none() && entry.dismissed.is_none());
    open.filter_map(|(i, entry)| {
        Some(format!("- To do (entry {}): {}\n", i + 1, words::first_line(entry.todo.as_ref()?)))
    })
    .collect()
}
