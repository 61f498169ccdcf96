//! `git incident due`.

use std::io::Write;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::english::English;
use super::{Timings, find_root, flags, for_ever, now, parse_time, words};
use crate::change::{Part, owing};
use crate::error::Error;
use crate::git::history::{Store, base};
use crate::record::archive::{Archive, FolderTree};
use crate::record::config::Config;
use crate::record::shape::{ROLES, canonical_role};
use crate::record::time::{Time, span};
use crate::response::{self, Owed, Settle};
use crate::site::language::phrase::Speaker;
use crate::text::count::counted;
use crate::text::suggest::nearest;

/// List what is owed, the most urgent first, with the command that settles it
///
/// Updates to customers, escalations, people and channels of live incidents, postmortems, urgent actions, findings,
/// notices to authorities, planned work, waivers that end. Exit code 0: nothing of it is overdue; 1: something is, so that
/// a timer can page; 2: could not run.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only what is overdue, or due in so long, as in `24h`, `90m` or `7d`.
    #[arg(long, value_name = "TIME", value_parser = flags::duration)]
    within: Option<SignedDuration>,

    /// Only what this person, team or role owes.
    #[arg(long, value_name = "WHO")]
    owner: Option<String>,

    /// For programs: a list of objects, described in docs/due.md.
    #[arg(long)]
    json: bool,

    /// The time that counts as now, such as `2024-05-01T09:05:00Z`. What the timelines say later is left out; what has no
    /// time, such as the state of a postmortem, is as it is now.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    as_of: Option<Time>,

    /// Print how long each phase took.
    #[arg(long)]
    timings: bool,
}

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    let mut timings = Timings::new(args.timings);
    let root = find_root(start)?;
    let now = now(args.as_of)?;
    let tree = FolderTree::new(&root);
    let owing = owing::folders(&tree, now)?;
    timings.phase("glance at every record");
    let mut archive = Archive::load(&Part::new(&tree, &owing, &Default::default()))?;
    archive.forget_after(now);
    let archive = for_ever(archive);
    timings.phase(&format!("read {}", counted(archive.records.len(), "record")));
    if let Some(owner) = &args.owner {
        known(owner, &archive.config)?;
    }
    let last = args.within.and_then(|within| now.checked_add(within).ok());
    let mut owed = response::due_since(archive, adopted(&root, &archive.config)?, now);
    owed.retain(|owed| {
        let is_near = last.is_none_or(|last| owed.due.is_some_and(|due| due.instant() <= last));
        is_near && args.owner.as_ref().is_none_or(|who| owed.owner.is(who, &archive.config))
    });
    timings.phase("judge what is owed");
    let english = English::new()?;
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    if args.json {
        let items: Vec<Item<'_>> = owed.iter().map(|owed| Item::of(owed, &english)).collect();
        let text = serde_json::to_string_pretty(&items).map_err(|e| Error::new(e.to_string()))?;
        writeln!(out, "{text}")?;
    } else {
        page(&owed, &english, args, now, &mut out)?;
    }
    out.flush()?;
    Ok(u8::from(owed.iter().any(|owed| owed.overdue)))
}

/// When the repository was adopted: the time of the commit that `rules.history.since` names, or the day.
pub fn adopted(root: &Path, config: &Config) -> Result<Option<Timestamp>, Error> {
    let Some(since) = &config.history_since else { return Ok(None) };
    let store = Store::around(root)?;
    let named = store.as_ref().and_then(|store| {
        let commit = base::commit(store.repository(), &since.value)?;
        Some(base::time(store.repository(), commit))
    });
    Ok(named.or_else(|| config.adopted()))
}

/// A name that owes nothing because it is misspelt would look like good news.
fn known(owner: &str, config: &Config) -> Result<(), Error> {
    let people = config.people.iter().map(|person| person.id.value.as_str());
    let teams = config.teams.iter().map(|team| team.id.value.as_str());
    let roles = ROLES.iter().copied().chain(config.roles.iter().map(|role| role.value.as_str()));
    let all = people.chain(teams).chain(roles);
    if all.clone().any(|name| name == canonical_role(owner)) {
        return Ok(());
    }
    Err(Error::new(format!("`{owner}` is no person, no team and no role")).did_you_mean(nearest(owner, all)))
}

/// One thing that is owed. Field names are those of `--json` and do not change.
#[derive(Serialize)]
struct Item<'a> {
    duty: &'static str,
    record: &'a str,
    title: Option<&'a str>,
    severity: Option<&'a str>,
    path: &'a str,
    what: String,
    due: Option<String>,
    overdue: bool,
    owners: &'a [String],
    role: Option<&'static str>,
    command: Option<&'a str>,
    edit: Option<String>,
}

impl<'a> Item<'a> {
    fn of(owed: &'a Owed, english: &English) -> Self {
        let (command, edit) = match &owed.settle {
            Settle::Command(command) => (Some(command.as_str()), None),
            Settle::Edit(path, line) => (None, Some(format!("{path}:{line}"))),
        };
        Self {
            duty: owed.task.duty().name(),
            record: &owed.record,
            title: owed.title.as_deref(),
            severity: owed.severity.as_deref(),
            path: &owed.path,
            what: english.say(&(&owed.task).into()),
            due: owed.due.map(|due| due.to_string()),
            overdue: owed.overdue,
            owners: &owed.owner.names,
            role: owed.owner.role,
            command,
            edit,
        }
    }
}

fn page(owed: &[Owed], english: &English, args: &Args, now: Timestamp, out: &mut impl Write) -> std::io::Result<()> {
    let overdue = owed.iter().filter(|owed| owed.overdue).count();
    let rows: Vec<Vec<String>> = owed.iter().map(|owed| row(owed, english, now)).collect();
    let rows = words::columns(&rows);
    let (late, later) = rows.split_at(overdue);
    let alarm = AnsiColor::Red.on_default().bold();
    for (heading, style, rows, owed) in
        [("Overdue", alarm, late, &owed[..overdue]), ("To come", Style::new().bold(), later, &owed[overdue..])]
    {
        if rows.is_empty() {
            continue;
        }
        writeln!(out, "{style}{heading}{style:#}")?;
        for (row, owed) in rows.iter().zip(owed) {
            let [when, severity, record, what] = row.as_slice() else { continue };
            let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
            writeln!(out, "  {style}{when}{style:#}  {severity}  {bold}{record}{bold:#}  {what}")?;
            let settle = match &owed.settle {
                Settle::Command(command) => command.clone(),
                Settle::Edit(path, line) => format!("edit {path}:{line}"),
            };
            writeln!(
                out,
                "  {:when$}  {dim}{settle}{dim:#}",
                "",
                when = unicode_width::UnicodeWidthStr::width(when.as_str())
            )?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", closing(owed.len(), overdue, args))
}

/// When, how bad, which record, and what by whom.
fn row(owed: &Owed, english: &English, now: Timestamp) -> Vec<String> {
    let when = match owed.due {
        None => "no date".to_owned(),
        Some(due) if owed.overdue => format!("{} late", span(now.duration_since(due.instant()))),
        Some(due) => words::relative(due, now),
    };
    let who = if owed.owner.names.is_empty() { "nobody yet".to_owned() } else { owed.owner.names.join(", ") };
    let who = owed.owner.role.map_or(who.clone(), |role| format!("{who}, {}", words::plain(role)));
    let severity = owed.severity.as_deref().unwrap_or("-").to_owned();
    vec![when, severity, owed.record.to_string(), format!("{} ({who})", english.say(&(&owed.task).into()))]
}

fn closing(all: usize, overdue: usize, args: &Args) -> String {
    let whom = args.owner.as_ref().map_or_else(String::new, |owner| format!(" by {owner}"));
    match (all, overdue) {
        (0, _) if args.within.is_some() => format!("Nothing is due in that time{whom}."),
        (0, _) => format!("Nothing is owed{whom}."),
        (all, 0) => format!("Nothing is overdue; {all} to come."),
        (all, overdue) if all == overdue => format!("{overdue} overdue."),
        (all, overdue) => format!("{overdue} overdue, {} to come.", all - overdue),
    }
}
