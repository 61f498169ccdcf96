//! `git incident new`: something broke.

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;

use super::summary::Summary;
use super::{Scene, ask, create, entry, flags, made, next, settings, topic, visibility, writing};
use crate::error::Error;
use crate::record::Kind;
use crate::record::archive::{Archive, FolderTree};
use crate::record::time::Time;
use crate::record::write::NewRecord;
use crate::text::data::Data;

#[derive(Clone, Debug, Default, clap::Args)]
pub struct IncidentArgs {
    /// What customers or colleagues notice, in one line.
    #[arg(value_parser = flags::title)]
    title: Vec<String>,

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
    pub writing: writing::WriteFlags,
}

pub fn run(args: IncidentArgs, root: &Path, start: &Path, now: Timestamp) -> Result<(), Error> {
    let Some(title) = &ask::text(one_title(&args.title)?, "What do customers or colleagues notice?")? else {
        return Err(
            Error::new("an incident needs a title").hint("`git incident new \"Checkout fails for card payments\"`")
        );
    };
    let args = ask_severity(args, root)?;
    let written = create(root, &args.writing, now, Kind::Incident, title, &|scene| record(&args, title, scene, start))?;
    if let Some(archive) = &written
        && let Some(record) = made(archive, Kind::Incident)
    {
        let mut out = anstream::stdout();
        let summary = Summary::of(archive, record);
        writeln!(out, "topic: {}", topic::line(&summary))?;
        if summary.severity.is_none() {
            writeln!(
                out,
                "next:  judge it: `git incident update {} --status investigating --severity SEVERITY`",
                record.id
            )?;
        }
        next::say(archive, record, now, &mut out)?;
    }
    Ok(())
}

/// Words without quotes may be a title, and may be the text of a flag before them.
fn one_title(words: &[String]) -> Result<Option<String>, Error> {
    match words {
        [] => Ok(None),
        [title] => Ok(Some(title.clone())),
        several => Err(Error::new("a title of several words stands in quotes")
            .hint(format!("`git incident new \"{}\"`", several.join(" ")))),
    }
}

fn ask_severity(mut args: IncidentArgs, root: &Path) -> Result<IncidentArgs, Error> {
    if args.entry.severity.is_none() && args.entry.status.is_none() {
        let severities = settings(&FolderTree::new(root))?.config.severities;
        for severity in &severities {
            ask::explain(&format!("{}  {}: {}", severity.id, severity.name, severity.criteria))?;
        }
        let ids: Vec<&str> = severities.iter().map(|severity| severity.id.as_str()).collect();
        args.entry.severity = ask::word(None, "Which severity? Empty where nobody knows yet.", &ids)?;
    }
    Ok(args)
}

fn record(args: &IncidentArgs, title: &str, scene: &Scene<'_>, start: &Path) -> Result<(NewRecord, Time), Error> {
    let mut flags = args.entry.clone();
    if flags.status.is_none() {
        // Nobody has judged an incident without a severity yet.
        let status = if flags.severity.is_some() { "investigating" } else { "triage" };
        flags.status = first_state(scene.archive, status);
    }
    let new = flags.entry(scene.archive, &[], &scene.by, scene.now, start)?;
    let mut record = NewRecord::new(Kind::Incident).with("title", Data::text(title));
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
}

/// The state, if a record of this organisation can begin in it, else the first in which one can.
fn first_state(archive: &Archive, wanted: &str) -> Option<String> {
    let machine = archive.lifecycle.machine(Kind::Incident)?;
    let states = machine.next(None);
    states.iter().find(|state| **state == wanted).or(states.first()).map(|state| (*state).to_owned())
}
