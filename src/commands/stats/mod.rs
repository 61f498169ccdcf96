//! `git incident stats`.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::flags::known;
use super::period::PeriodArgs;
use super::{Timings, counted, find_root, for_ever, now, parse_time, provenance};
use crate::commands::english::English;
use crate::error::Error;
use crate::metrics::clock::Clock;
use crate::metrics::group::By;
use crate::metrics::measure::Measure;
use crate::metrics::since::Since;
use crate::metrics::{Metrics, Question};
use crate::record::archive::{Archive, FolderTree, load_config};
use crate::record::config::Config;
use crate::record::provenance::Provenance;
use crate::record::time::{Time, zone};

mod csv;
mod document;
mod explain;
mod text;

/// Count incidents, and how long they took
///
/// Numbers of the incidents that began in a period, by default the last 90 days. A time that is not recorded is never
/// guessed: beside each number stands of how many incidents it is known. docs/stats.md has the definitions.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    period: PeriodArgs,

    /// Side by side: by severity (the worst), last-severity, service, team, cause or month.
    #[arg(long, value_name = "WHAT", value_parser = grouping())]
    by: Option<By>,

    /// Only incidents that affected one of these services.
    #[arg(long, value_name = "SERVICE", value_delimiter = ',')]
    service: Vec<String>,

    /// Only incidents whose worst severity is one of these.
    #[arg(long, value_name = "SEVERITY", value_delimiter = ',')]
    severity: Vec<String>,

    /// Count all time, or only business hours (`business_hours` in incident.yaml). Uptime counts all
    /// time anyway.
    #[arg(long, value_name = "CLOCK", value_enum, default_value = "wall")]
    clock: ClockName,

    /// Leave out what rests on an estimated time (`estimated: true` in a record). Uptime and deadlines count it anyway.
    #[arg(long)]
    exact: bool,

    /// Also how soon entries were recorded after what they tell of. Reads the history of the repository, which takes longer.
    #[arg(long)]
    history: bool,

    /// List what is behind each number, or behind one: `detect`, `recover`, `updates`, `uptime`, …
    #[arg(long, value_name = "NUMBER", num_args = 0..=1, default_missing_value = explain::ALL)]
    explain: Option<String>,

    /// For programs: one object.
    #[arg(long, conflicts_with = "csv")]
    json: bool,

    /// For spreadsheets: one line a number, or with `--explain` one line an interval.
    #[arg(long)]
    csv: bool,

    /// Show how long each phase took.
    #[arg(long)]
    timings: bool,

    /// The time that counts as now, such as `2024-05-01T09:05:00Z`.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    as_of: Option<Time>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ClockName {
    Wall,
    Business,
}

impl ClockName {
    /// With the hours that the organisation keeps.
    pub fn clock(self, config: &Config) -> Result<Clock, Error> {
        match (self, &config.business_hours) {
            (Self::Wall, _) => Ok(Clock::Wall),
            (Self::Business, Some(hours)) => {
                let own = hours.timezone.as_ref().and_then(|name| zone(&name.value));
                Ok(Clock::Business(hours.clone(), own.unwrap_or_else(|| config.zone())))
            }
            (Self::Business, None) => Err(Error::new("incident.yaml does not say when people are at work")
                .hint("add `business_hours: {hours: 09:00-17:30}`; Monday to Friday where it names no `days`")),
        }
    }
}

impl Args {
    fn provenance(&self, root: &Path, archive: &Archive) -> Result<Option<Arc<Provenance>>, Error> {
        let is_asked = self.history || self.explain.as_deref() == Some(Measure::Record.name());
        is_asked.then(|| provenance(root, archive).map(Arc::new)).transpose()
    }
}

fn grouping() -> impl TypedValueParser<Value = By> {
    PossibleValuesParser::new(By::ALL.map(By::name)).try_map(|name| By::of_name(&name).ok_or("no such grouping"))
}

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    if let Some(name) = &args.explain {
        explain::is_known(name)?;
    }
    let root = find_root(start)?;
    let mut timings = Timings::new(args.timings);
    let tree = FolderTree::new(&root);
    let config = load_config(&tree)?;
    known("service", &args.service, config.services.iter().map(|service| service.id.value.as_str()))?;
    known("severity", &args.severity, config.severities.iter().map(|severity| severity.id.as_str()))?;
    let now = now(args.as_of)?;
    let period = args.period.period(now, &config)?;
    let since = Since::load(&tree, period.window.from, now)?;
    let archive = for_ever(since.archive);
    timings.phase(&format!("read {}", counted(archive.records.len(), "record")));
    let question = Question {
        clock: args.clock.clock(&config)?,
        services: args.service.clone(),
        severities: args.severity.clone(),
        by: args.by,
        exact: args.exact,
        older: since.older,
        provenance: args.provenance(&root, archive)?,
        ..Question::about(period)
    };
    let metrics = Metrics::of(archive, &question, now);
    timings.phase("count");
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    let explained = args.explain.as_deref();
    let english = English::new()?;
    if args.json {
        let document = document::Document::new(&metrics, &question, explained, &english);
        let text = serde_json::to_string_pretty(&document).map_err(|e| Error::new(e.to_string()))?;
        writeln!(out, "{text}")?;
    } else if args.csv {
        match explained {
            Some(name) => csv::intervals(&metrics, name, &english, &mut out)?,
            None => csv::numbers(&metrics, &mut out)?,
        }
    } else {
        text::print(&metrics, &question, &config.zone(), &english, &mut out)?;
        if let Some(name) = explained {
            explain::print(&metrics, name, &english, &mut out)?;
        }
    }
    out.flush()?;
    timings.phase("print");
    Ok(0)
}
