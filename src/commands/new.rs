//! `git incident new`.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::Path;

use clap::Subcommand;
use jiff::{SignedDuration, Timestamp};

use super::summary::Summary;
use super::writing::{self, Draft};
use super::{entry, find_root, flags, now, topic, words};
use crate::change::{self, Change, Part};
use crate::error::Error;
use crate::record::archive::{Archive, FolderTree, Tree};
use crate::record::config::Severity;
use crate::record::time::Time;
use crate::record::write::{NewEntry, NewRecord};
use crate::record::{Kind, Record, slug};
use crate::text::data::Data;

/// Declare an incident, plan maintenance, or plan a drill
///
/// Writes a folder for the record and commits it, then says what comes next: the topic for the chat channel, the deadlines
/// of this severity, and who is still missing. On a terminal it asks for what was left out.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    other: Option<Other>,

    #[command(flatten)]
    incident: IncidentArgs,
}

#[derive(Debug, Subcommand)]
enum Other {
    /// Announce planned work
    Maintenance(MaintenanceArgs),
    /// Plan or record an exercise, which no public page ever shows
    Drill(DrillArgs),
}

#[derive(Clone, Debug, Default, clap::Args)]
struct IncidentArgs {
    /// What customers or colleagues notice, in one line.
    title: Option<String>,

    /// Who may read it: public, internal or restricted. With `--public` it is public where nothing else is said.
    #[arg(long, value_name = "WHO")]
    visibility: Option<String>,

    /// What kind of incident, such as `deployment` or `security`.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Vec<String>,

    /// How it was noticed, such as `alert` or `customer_report`.
    #[arg(long, value_name = "METHOD")]
    method: Option<String>,

    /// Where the responders talk, such as `chat=#inc-checkout`.
    #[arg(long, value_name = "CHANNEL=PLACE", value_parser = flags::pair)]
    channel: Vec<(String, String)>,

    #[command(flatten)]
    entry: entry::EntryFlags,

    #[command(flatten)]
    writing: writing::WriteFlags,
}

#[derive(Clone, Debug, clap::Args)]
struct MaintenanceArgs {
    /// What is done, in one line.
    title: String,

    /// When it begins: from now, as in `3d`, `22:00` in the site's zone, or a time.
    #[arg(long, value_name = "TIME")]
    start: String,

    /// When it ends at the latest, said in the same ways.
    #[arg(long, value_name = "TIME")]
    end: String,

    /// What readers are to expect of a service inside the window.
    #[arg(long, value_name = "SERVICE=STATE", value_parser = flags::pair)]
    service: Vec<(String, String)>,

    /// Who may read it: public, internal or restricted. With `--public` it is public where nothing else is said.
    #[arg(long, value_name = "WHO")]
    visibility: Option<String>,

    /// The announcement to customers.
    #[arg(long, value_name = "TEXT")]
    public: Option<String>,

    /// Who approved it.
    #[arg(long, value_name = "PERSON")]
    approved_by: Vec<String>,

    /// The change request.
    #[arg(long, value_name = "TEXT")]
    change: Option<String>,

    /// For the responders. Markdown.
    #[arg(short, long, value_name = "TEXT")]
    message: Option<String>,

    #[command(flatten)]
    writing: writing::WriteFlags,
}

#[derive(Clone, Debug, clap::Args)]
struct DrillArgs {
    /// What is practised, in one line.
    title: String,

    /// When it is held: from now, as in `3d`, `22:00` in the site's zone, or a time.
    #[arg(long, value_name = "TIME")]
    held: Option<String>,

    /// What is pretended to happen.
    #[arg(long, value_name = "TEXT")]
    scenario: String,

    /// Who takes part.
    #[arg(long, value_name = "PERSON")]
    participant: Vec<String>,

    #[command(flatten)]
    writing: writing::WriteFlags,
}

pub fn run(args: Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let now = now(None)?;
    match args.other {
        None => incident(ask(args.incident, &root)?, &root, start, now),
        Some(Other::Maintenance(args)) => {
            create(&root, &args.writing, now, Kind::Maintenance, &args.title, &|scene| maintenance(&args, scene))
        }
        Some(Other::Drill(args)) => {
            create(&root, &args.writing, now, Kind::Drill, &args.title, &|scene| drill(&args, scene))
        }
    }
}

/// What a new record is made from.
struct Scene<'a> {
    /// The configuration; no records.
    archive: &'a Archive,
    by: String,
    now: Timestamp,
}

impl Scene<'_> {
    fn written(&self, instant: Timestamp) -> Time {
        entry::in_site_zone(self.archive, instant)
    }
}

/// Makes a record; its id is named after the day of the time.
type Make<'m> = dyn Fn(&Scene<'_>) -> Result<(NewRecord, Time), Error> + 'm;

fn create(
    root: &Path,
    writing: &writing::WriteFlags,
    now: Timestamp,
    kind: Kind,
    title: &str,
    record: &Make<'_>,
) -> Result<u8, Error> {
    let written = writing::write(root, writing, now, &|git| {
        let tree = FolderTree::new(root);
        let archive = settings(&tree)?;
        let by = writing::who(git, &archive.config, writing.by.as_deref())?;
        let (record, day) = record(&Scene { archive: &archive, by, now })?;
        let id = free_id(&tree, &day.local_day().to_string(), title, kind)?;
        let path = format!("{}/{}", change::shelf(&id), kind.file_name());
        let mut facts = vec![format!("new {}", kind.name())];
        facts.extend(record.timeline.first().and_then(|entry| entry.severity.clone()));
        Ok(Draft { id, change: Change::of(path, record.render()), facts })
    })?;
    if let Some(archive) = written
        && let Some(record) = archive.records.iter().find(|record| record.kind == kind)
    {
        let mut out = anstream::stdout();
        writeln!(out, "{}\n", record.path)?;
        next(&archive, record, now, &mut out)?;
    }
    Ok(0)
}

/// The archive without its records.
fn settings(tree: &FolderTree) -> Result<Archive, Error> {
    Ok(Archive::load(&Part::new(tree, &BTreeSet::new(), &Default::default()))?)
}

fn free_id(tree: &FolderTree, day: &str, title: &str, kind: Kind) -> Result<String, Error> {
    let shelf = change::shelf(&format!("{day}-x"));
    let month = shelf.rsplit_once('/').map_or("", |(month, _)| month);
    let entries = tree.list(month)?;
    let folder = |path: &str| path.rsplit('/').nth(1).map(str::to_owned);
    let taken: BTreeSet<String> = entries.iter().filter_map(|entry| folder(&entry.path)).collect();
    Ok(slug::record_id(day, &[title], kind.name(), &taken))
}

fn incident(args: IncidentArgs, root: &Path, start: &Path, now: Timestamp) -> Result<u8, Error> {
    let Some(title) = args.title.clone() else {
        return Err(
            Error::new("an incident needs a title").hint("`git incident new \"Checkout fails for card payments\"`")
        );
    };
    create(root, &args.writing, now, Kind::Incident, &title, &|scene| {
        let mut flags = args.entry.clone();
        if flags.status.is_none() {
            // Nobody has judged an incident without a severity yet.
            let status = if flags.severity.is_some() { "investigating" } else { "triage" };
            flags.status = first_state(scene.archive, status);
        }
        let new = flags.entry(scene.archive, &[], &scene.by, scene.now, start)?;
        let mut record = NewRecord::new(Kind::Incident).with("title", Data::text(&title));
        if !args.kind.is_empty() {
            record = record.with("type", Data::texts(&args.kind));
        }
        if let Some(visibility) = visibility(args.visibility.as_deref(), new.public.is_some()) {
            record = record.with("visibility", Data::text(visibility));
        }
        if let Some(method) = &args.method {
            record = record.with("detection", Data::map([("method", Data::text(method))]));
        }
        if !args.channel.is_empty() {
            let channels = args.channel.iter().map(|(name, place)| (name.as_str(), Data::text(place)));
            record = record.with("channels", Data::map(channels));
        }
        let at = new.at;
        record.timeline = vec![new];
        Ok((record, at))
    })
}

/// The state, if a record of this organisation can begin in it, else the first in which one can.
fn first_state(archive: &Archive, wanted: &str) -> Option<String> {
    let machine = archive.lifecycle.machine(Kind::Incident)?;
    let states = machine.next(None);
    states.iter().find(|state| **state == wanted).or(states.first()).map(|state| (*state).to_owned())
}

fn visibility(said: Option<&str>, has_public: bool) -> Option<String> {
    said.map(str::to_owned).or_else(|| has_public.then(|| "public".to_owned()))
}

fn maintenance(args: &MaintenanceArgs, scene: &Scene<'_>) -> Result<(NewRecord, Time), Error> {
    let config = &scene.archive.config;
    let start = scene.written(flags::future(&args.start, scene.now, config)?);
    let end = scene.written(flags::future(&args.end, scene.now, config)?);
    let services = args.service.iter().map(entry::impact).collect::<Result<Vec<_>, _>>()?;
    let mut record = NewRecord::new(Kind::Maintenance)
        .with("title", Data::text(&args.title))
        .with("window", Data::map([("start", Data::plain(start)), ("end", Data::plain(end))]));
    if let Some(visibility) = visibility(args.visibility.as_deref(), args.public.is_some()) {
        record = record.with("visibility", Data::text(visibility));
    }
    if !services.is_empty() {
        let services = services.iter().map(|(service, state)| (service.as_str(), Data::text(state.name())));
        record = record.with("services", Data::map(services));
    }
    if !args.approved_by.is_empty() {
        record = record.with("approved_by", Data::texts(&args.approved_by));
    }
    if let Some(change) = &args.change {
        record = record.with("change", Data::text(change));
    }
    let mut entry = NewEntry::new(scene.written(scene.now), &scene.by);
    entry.status = Some("scheduled".into());
    entry.public = args.public.clone().map(crate::record::write::NewMessage::Plain);
    entry.note.clone_from(&args.message);
    record.timeline = vec![entry];
    Ok((record, start))
}

fn drill(args: &DrillArgs, scene: &Scene<'_>) -> Result<(NewRecord, Time), Error> {
    let held = args.held.as_deref().map(|text| flags::future(text, scene.now, &scene.archive.config)).transpose()?;
    let mut record =
        NewRecord::new(Kind::Drill).with("title", Data::text(&args.title)).with("scenario", Data::text(&args.scenario));
    if let Some(held) = held {
        record = record.with("held", Data::plain(scene.written(held)));
    }
    if !args.participant.is_empty() {
        record = record.with("participants", Data::texts(&args.participant));
    }
    let mut entry = NewEntry::new(scene.written(scene.now), &scene.by);
    entry.status = Some("planned".into());
    record.timeline = vec![entry];
    Ok((record, scene.written(held.unwrap_or(scene.now))))
}

/// Asks, on a terminal only, for the title and the severity.
fn ask(mut args: IncidentArgs, root: &Path) -> Result<IncidentArgs, Error> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Ok(args);
    }
    let answer = |question: &str| -> Result<Option<String>, Error> {
        write!(anstream::stderr(), "{question} ")?;
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        Ok(Some(line.trim().to_owned()).filter(|line| !line.is_empty()))
    };
    if args.title.is_none() {
        args.title = answer("What do customers or colleagues notice?")?;
    }
    if args.entry.severity.is_none() && args.entry.status.is_none() && args.title.is_some() {
        for severity in &settings(&FolderTree::new(root))?.config.severities {
            writeln!(anstream::stderr(), "  {}  {}: {}", severity.id, severity.name, severity.criteria)?;
        }
        args.entry.severity = answer("Which severity? (empty: nobody knows yet)")?;
    }
    Ok(args)
}

/// What comes next: topic, deadlines, people.
fn next(archive: &Archive, record: &Record, now: Timestamp, out: &mut impl Write) -> std::io::Result<()> {
    let summary = Summary::of(archive, record);
    if record.kind != Kind::Incident {
        return Ok(());
    }
    writeln!(out, "topic: {}", topic::line(&summary))?;
    let Some(severity) = summary.severity.and_then(|id| archive.config.severity(id)) else {
        return writeln!(out, "next:  judge it: `git incident update --status investigating --severity SEVERITY`");
    };
    let declared = summary.status_since.map_or(now, Time::instant);
    for (label, minutes) in deadlines(severity, summary.last_public.is_some()) {
        let due = i64::try_from(minutes).ok().and_then(|m| declared.checked_add(SignedDuration::from_mins(m)).ok());
        if let Some(due) = due {
            let due = entry::in_site_zone(archive, due);
            writeln!(out, "due:   {label} by {due}, {}", words::relative(due, now))?;
        }
    }
    let missing: Vec<&String> =
        severity.roles.iter().filter(|role| !summary.roles.contains_key(role.as_str())).collect();
    if !missing.is_empty() {
        let roles: Vec<String> = missing.iter().map(|role| format!("{role}=PERSON")).collect();
        writeln!(out, "roles: nobody is assigned yet: `git incident assign {}`", roles.join(" "))?;
    }
    let closed: Vec<&String> =
        severity.channels.iter().filter(|channel| !summary.channels.contains_key(channel.as_str())).collect();
    if !closed.is_empty() {
        let set: Vec<String> = closed.iter().map(|channel| format!("--set channels.{channel}=PLACE")).collect();
        writeln!(out, "open:  `git incident update {}`", set.join(" "))?;
    }
    let owners: BTreeSet<&str> = summary
        .services
        .iter()
        .filter_map(|affected| archive.config.services.iter().find(|service| service.id.value == affected.service))
        .filter_map(|service| service.owner.as_ref())
        .map(|owner| owner.value.as_str())
        .collect();
    if !owners.is_empty() {
        writeln!(out, "tell:  {}", owners.into_iter().collect::<Vec<_>>().join(", "))?;
    }
    Ok(())
}

fn deadlines(severity: &Severity, told: bool) -> Vec<(&'static str, u64)> {
    let clocks = &severity.clocks;
    let first = clocks.first_update.filter(|_| !told).map(|minutes| ("first message to customers", minutes));
    let escalation = clocks.escalation.map(|minutes| ("senior management told, if it is not over", minutes));
    first.into_iter().chain(escalation).collect()
}
