//! `--send` and `--dry-run`: every sink in its own thread, so that one that hangs keeps no other waiting.

use std::io::Write;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::super::TEMPLATES;
use super::unread;
use crate::announce::cursor::{Cursor, Progress};
use crate::announce::deliver::{Courier, Patience, Remedy};
use crate::announce::labels::Labels;
use crate::announce::look::{Base, Look};
use crate::announce::render::{Form, headline, render};
use crate::announce::send::{Outcome, send};
use crate::announce::sink::Sink;
use crate::error::Error;
use crate::git::exec::{Failure, Git};
use crate::record::config::Config;
use crate::site::builtin::Overrides;
use crate::text::count::counted;

#[derive(Debug, clap::Args)]
pub struct Flags {
    /// Tell the sinks under `announce:` in `incident.yaml` what they were not told yet.
    #[arg(long)]
    pub send: bool,

    /// With `--send`: show what would be sent to whom, and send nothing.
    #[arg(long, requires = "send")]
    dry_run: bool,

    /// With `--send`: only this sink. Can be repeated.
    #[arg(long, value_name = "NAME", requires = "send")]
    sink: Vec<String>,

    /// With `--send`: fetch the cursors from the remote, and push each of their steps.
    #[arg(long, requires = "send")]
    push: bool,

    /// With `--send --sink NAME`: give up the event with this id, which the sink refuses for good.
    #[arg(long, value_name = "ID", requires = "sink")]
    skip: Option<String>,

    /// With `--send`: how long one try may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,

    /// With `--send`: how often an event is tried again before it is left to the next run.
    #[arg(long, value_name = "N", default_value_t = 4)]
    retries: u32,
}

pub fn run(flags: &Flags, look: &Look, since: Option<&str>) -> Result<u8, Error> {
    let config = look.config()?;
    let sinks = sinks(flags, &config)?;
    let overrides = Overrides::read(&look.root.join(TEMPLATES)).map_err(|e| Error::new(e.to_string()))?;
    let labels = Labels::load(&config, &overrides).map_err(|e| Error::new(e.to_string()))?;
    let git = Git::open(&look.root)?;
    let start = since.map(|revision| look.base(revision)).transpose()?;
    if flags.dry_run {
        for sink in &sinks {
            show(sink, &labels, &git, look, start.clone())?;
        }
        return Ok(0);
    }
    let mut all_told = true;
    // The repository is read by one thread; what was read is sent by many.
    let mut prepared = Vec::new();
    for sink in &sinks {
        let prepare = || {
            let cursor = Cursor::open(&git, &sink.name, start.clone(), flags.push)?;
            let compared = look.since(&cursor.progress().base)?;
            Ok((sink, cursor, compared))
        };
        match prepare() {
            Ok((sink, cursor, _)) if look.is_behind(&cursor.progress().base) => {
                writeln!(anstream::stderr(), "{}: was told of a later revision already", sink.name)?;
            }
            Ok(ready) => prepared.push(ready),
            Err(failure) => all_told &= report(sink, &labels, Err(failure))?,
        }
    }
    let here = look.here();
    let secrets = |name: &str| std::env::var(name).ok();
    let courier = &Courier::new(flags.patience(), &labels, &secrets);
    let outcomes = thread::scope(|scope| {
        let running: Vec<_> = prepared
            .into_iter()
            .map(|(sink, mut cursor, compared)| {
                let (here, skip) = (here.clone(), flags.skip.as_deref());
                scope.spawn(move || (sink, send(sink, &compared, here, &mut cursor, (courier, skip))))
            })
            .collect();
        running.into_iter().map(|thread| thread.join()).collect::<Vec<_>>()
    });
    for outcome in outcomes {
        let (sink, outcome) = outcome.map_err(|_| Error::new("a thread broke off; the next run goes on"))?;
        all_told &= report(sink, &labels, outcome)?;
    }
    Ok(u8::from(!all_told))
}

impl Flags {
    fn patience(&self) -> Patience {
        Patience {
            timeout: Duration::from_secs(self.timeout),
            tries: self.retries.saturating_add(1),
            first_pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(60),
        }
    }
}

fn sinks(flags: &Flags, config: &Config) -> Result<Vec<Sink>, Error> {
    let mut sinks =
        config.announce.iter().map(|sink| Sink::of(config, sink)).collect::<Result<Vec<_>, _>>().map_err(Error::new)?;
    if let Some(unknown) = flags.sink.iter().find(|name| sinks.iter().all(|sink| sink.name != **name)) {
        return Err(Error::new(format!("`{unknown}` is no sink of `incident.yaml`")));
    }
    if let Some((place, twice)) =
        sinks.iter().enumerate().find(|(place, sink)| sinks.iter().take(*place).any(|other| other.name == sink.name))
    {
        return Err(Error::new(format!(
            "two sinks have the name `{}` (the second is number {})",
            twice.name,
            place + 1
        ))
        .hint("each needs its own: the name says where its cursor is kept"));
    }
    if sinks.is_empty() {
        return Err(Error::new("`incident.yaml` has no sinks, so there is nobody to tell")
            .hint("list them under `announce:`; docs/announce.md shows how"));
    }
    sinks.retain(|sink| flags.sink.is_empty() || flags.sink.contains(&sink.name));
    Ok(sinks)
}

/// What a sink would be sent.
fn show(sink: &Sink, labels: &Labels, git: &Git, look: &Look, start: Option<Base>) -> Result<(), Error> {
    let kept = Cursor::peek(git, &sink.name)?;
    let fresh = || Some(Progress { base: start?, told: Default::default() });
    let Some(progress) = kept.or_else(fresh) else {
        return Err(Error::new(format!("`{}` was never told anything, so it is not known where to begin", sink.name))
            .hint("`--since HEAD` begins with what comes; an older revision tells what came after it"));
    };
    let found = look.since(&progress.base)?.found(sink.audience);
    unread(&found.unreadable)?;
    let left: Vec<_> = found.events.iter().filter(|event| !progress.told.contains(&event.id)).collect();
    let mut out = anstream::stdout().lock();
    writeln!(out, "{} ({}, {}): {}", sink.name, sink.channel, sink.audience.name(), counted(left.len(), "event"))?;
    for event in left {
        writeln!(out, "\n  {}  {}", event.id, headline(event, labels.english()))?;
        let text = match render(event, sink, labels, Timestamp::now()) {
            Form::Post(_, value) => serde_json::to_string_pretty(&value).unwrap_or_default(),
            Form::Mail(_, mail) => mail,
        };
        for line in text.lines() {
            writeln!(out, "    {line}")?;
        }
    }
    Ok(writeln!(out)?)
}

/// Says what became of a sink. Whether it was told everything.
fn report(sink: &Sink, labels: &Labels, outcome: Result<Outcome, Failure>) -> Result<bool, Error> {
    let mut err = anstream::stderr().lock();
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(error) => {
            writeln!(err, "{}: {error}", sink.name)?;
            return Ok(false);
        }
    };
    writeln!(err, "{}: told {}", sink.name, counted(outcome.told, "event"))?;
    let is_done = outcome.stuck.is_none();
    if let Some((event, trouble)) = &outcome.stuck {
        writeln!(
            err,
            "{}: {} ({}) did not get through: {}",
            sink.name,
            headline(event, labels.english()),
            event.id,
            trouble.why
        )?;
        let (name, id) = (&sink.name, &event.id);
        match trouble.remedy {
            Remedy::Again(_) => writeln!(err, "  help: the next run goes on from here")?,
            Remedy::Mend => writeln!(
                err,
                "  help: mend the sink, and the next run goes on from here; `git incident announce --send --sink {name} --skip {id}` gives this event up"
            )?,
        }
    }
    drop(err);
    unread(&outcome.unreadable)?;
    Ok(is_done)
}
