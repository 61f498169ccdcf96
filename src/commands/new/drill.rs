//! `git incident new drill`: an exercise.

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;

use super::{Scene, ask, create, flags, made, writing};
use crate::error::Error;
use crate::record::Kind;
use crate::record::time::Time;
use crate::record::write::{NewEntry, NewRecord};
use crate::text::data::Data;

#[derive(Clone, Debug, clap::Args)]
pub struct DrillArgs {
    /// What is practised, in one line.
    #[arg(value_parser = flags::title)]
    title: Option<String>,

    /// When it is held: from now, as in `3d`, `22:00` in the site's zone, or a time.
    #[arg(long, value_name = "TIME")]
    held: Option<String>,

    /// What is pretended to happen.
    #[arg(long, value_name = "TEXT")]
    scenario: Option<String>,

    /// Who takes part.
    #[arg(long, value_name = "PERSON")]
    participant: Vec<String>,

    /// What it is to show, such as “Orders go through within 15 minutes”.
    #[arg(long, value_name = "TEXT", value_parser = flags::title)]
    objective: Vec<String>,

    #[command(flatten)]
    writing: writing::WriteFlags,
}

pub fn run(mut args: DrillArgs, root: &Path, now: Timestamp) -> Result<(), Error> {
    args.title = ask::text(args.title, "What is practised, in one line?")?;
    args.scenario = ask::text(args.scenario, "What is pretended to happen?")?;
    let (Some(title), Some(scenario)) = (&args.title, &args.scenario) else {
        let values = [("TITLE", args.title.is_some()), ("--scenario TEXT", args.scenario.is_some())];
        return Err(ask::missing("new drill", &values));
    };
    let written = create(root, &args.writing, now, Kind::Drill, title, &|scene| record(&args, title, scenario, scene))?;
    if let Some(record) = written.as_ref().and_then(|archive| made(archive, Kind::Drill)) {
        let id = &record.id;
        let results = (1..=args.objective.len()).map(|n| format!(" --set objectives.{n}.result=met"));
        let results: String = results.collect();
        writeln!(anstream::stdout(), "next:  once it was held: `git incident update {id} --status held{results}`")?;
        if results.is_empty() {
            writeln!(
                anstream::stdout(),
                "       and add `objectives:` to it, with what it was to show and its results"
            )?;
        } else {
            writeln!(anstream::stdout(), "       with met, partly or missed for each objective")?;
        }
    }
    Ok(())
}

fn record(args: &DrillArgs, title: &str, scenario: &str, scene: &Scene<'_>) -> Result<(NewRecord, Time), Error> {
    let held = args.held.as_deref().map(|text| flags::future(text, scene.now, &scene.archive.config)).transpose()?;
    let mut record =
        NewRecord::new(Kind::Drill).with("title", Data::text(title)).with("scenario", Data::text(scenario));
    if let Some(held) = held {
        record = record.with("held", Data::plain(scene.written(held)));
    }
    if !args.participant.is_empty() {
        record = record.with("participants", Data::texts(&args.participant));
    }
    if !args.objective.is_empty() {
        let objective = |text: &String| Data::map([("text", Data::text(text))]);
        record = record.with("objectives", Data::List(args.objective.iter().map(objective).collect()));
    }
    let mut entry = NewEntry::new(scene.written(scene.now), &scene.by);
    entry.status = Some("planned".into());
    record.timeline = vec![entry];
    Ok((record, scene.written(held.unwrap_or(scene.now))))
}
