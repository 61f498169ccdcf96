//! `git incident new maintenance`: planned work.

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;

use super::{Scene, ask, create, entry, flags, made, settings, visibility, writing};
use crate::error::Error;
use crate::record::Kind;
use crate::record::archive::FolderTree;
use crate::record::time::Time;
use crate::record::write::{NewEntry, NewMessage, NewRecord};
use crate::text::data::Data;

#[derive(Clone, Debug, clap::Args)]
pub struct MaintenanceArgs {
    /// What is done, in one line.
    #[arg(value_parser = flags::title)]
    title: Option<String>,

    /// When it begins: from now, as in `3d`, `22:00` in the site's zone, or a time.
    #[arg(long, value_name = "TIME")]
    start: Option<String>,

    /// When it ends at the latest, said in the same ways.
    #[arg(long, value_name = "TIME")]
    end: Option<String>,

    /// What readers are to expect of a service inside the window.
    #[arg(long, value_name = "SERVICE=STATE", value_parser = flags::pair)]
    service: Vec<(String, String)>,

    /// Who may read it: public, internal or restricted. With `--public` it is public where nothing else is said.
    #[arg(long, value_name = "WHO")]
    visibility: Option<String>,

    /// The announcement to customers.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = flags::words)]
    public: Option<String>,

    /// Who approved it.
    #[arg(long, value_name = "PERSON")]
    approved_by: Vec<String>,

    /// The change request.
    #[arg(long, value_name = "TEXT")]
    change: Option<String>,

    /// It cannot wait as long as the policy asks; customers are told later than usual.
    #[arg(long)]
    emergency: bool,

    /// For the responders. Markdown.
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true, value_parser = flags::words)]
    message: Option<String>,

    #[command(flatten)]
    writing: writing::WriteFlags,
}

pub fn run(args: MaintenanceArgs, root: &Path, now: Timestamp) -> Result<(), Error> {
    let args = ask(args, root, now)?;
    let (Some(title), Some(start), Some(end)) = (&args.title, &args.start, &args.end) else {
        let values = [
            ("TITLE", args.title.is_some()),
            ("--start TIME", args.start.is_some()),
            ("--end TIME", args.end.is_some()),
        ];
        return Err(ask::missing("new maintenance", &values));
    };
    let written = create(root, &args.writing, now, Kind::Maintenance, title, &|scene| {
        let time = |text: &str| Ok::<_, Error>(scene.written(flags::future(text, now, &scene.archive.config)?));
        record(&args, title, (time(start)?, time(end)?), scene)
    })?;
    if let Some(record) = written.as_ref().and_then(|archive| made(archive, Kind::Maintenance)) {
        let id = &record.id;
        writeln!(anstream::stdout(), "next:  when it begins: `git incident update {id} --status in_progress`")?;
    }
    Ok(())
}

fn ask(mut args: MaintenanceArgs, root: &Path, now: Timestamp) -> Result<MaintenanceArgs, Error> {
    let config = settings(&FolderTree::new(root))?.config;
    let time = |text: &str| flags::future(text, now, &config).map(drop);
    args.title = ask::text(args.title, "What is done, in one line?")?;
    args.start = ask::valid(args.start, "When does it begin? Such as 22:00, 3d or 2024-05-01T22:00:00Z.", &time)?;
    args.end = ask::valid(args.end, "When does it end at the latest?", &time)?;
    Ok(args)
}

fn record(
    args: &MaintenanceArgs,
    title: &str,
    (start, end): (Time, Time),
    scene: &Scene<'_>,
) -> Result<(NewRecord, Time), Error> {
    let services = args.service.iter().map(entry::impact).collect::<Result<Vec<_>, _>>()?;
    let mut record = NewRecord::new(Kind::Maintenance)
        .with("title", Data::text(title))
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
    if args.emergency {
        record = record.with("emergency", Data::plain(true));
    }
    let mut entry = NewEntry::new(scene.written(scene.now), &scene.by);
    entry.status = Some("scheduled".into());
    entry.public = args.public.clone().map(NewMessage::Plain);
    entry.note.clone_from(&args.message);
    record.timeline = vec![entry];
    Ok((record, start))
}
