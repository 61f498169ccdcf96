//! `git incident export`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::Timestamp;

use super::due::adopted;
use super::{audience, find_root, for_ever, not_found, now, parse_time, store};
use crate::error::Error;
use crate::export::Export;
use crate::record::archive::{Archive, FolderTree};
use crate::record::incident::Visibility;
use crate::record::time::Time;
use crate::record::{Kind, Record, find};
use crate::site::audience::Audience;
use crate::site::outside;
use crate::text::count::counted;

/// Write records for other programs: JSON lines, CSV, OpenMetrics, or Markdown for a wiki
///
/// For responders, with everything that the records say, unless `--audience public` asks for what the public site shows.
/// docs/export.md describes every field.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only these records: ids, or parts of ids that only one record has. Restricted ones are left out unless named.
    #[arg(value_name = "ID")]
    only: Vec<String>,

    /// How they are written.
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// Who may read it: responders, or everybody, who get what the public site shows and nothing else.
    #[arg(long, value_name = "AUDIENCE", default_value = Audience::Internal.name(), value_parser = audience())]
    audience: Audience,

    /// Write into this file, whole or not at all.
    #[arg(long, value_name = "FILE")]
    output_file: Option<PathBuf>,

    /// The time that counts as now, such as `2024-05-01T09:05:00Z`.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    as_of: Option<Time>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object a line: each record whole, with what follows from its timeline.
    #[default]
    Jsonl,
    /// A table of the incidents.
    Csv,
    /// Counts for monitoring.
    Openmetrics,
    /// Pages for a wiki.
    Markdown,
}

impl Format {
    /// Whether it is about single records, and not only how many there are.
    const fn tells_what_happened(self) -> bool {
        !matches!(self, Self::Openmetrics)
    }
}

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let now = now(args.as_of)?;
    let mut archive = Archive::load(&FolderTree::new(&root))?;
    if args.format == Format::Openmetrics {
        archive.forget_after(now);
    }
    let archive = for_ever(archive);
    let text = match args.audience {
        Audience::Internal => internal(args, archive, adopted(&root, &archive.config)?, now)?,
        Audience::Public => public(args, archive, now)?,
    };
    match &args.output_file {
        Some(file) => store(&start.join(file), text.as_bytes())?,
        None => std::io::stdout().lock().write_all(text.as_bytes())?,
    }
    Ok(0)
}

fn internal(args: &Args, archive: &Archive, adopted: Option<Timestamp>, now: Timestamp) -> Result<String, Error> {
    let export = Export::new(archive, selected(args, archive)?, adopted, now);
    Ok(match args.format {
        Format::Jsonl => export.jsonl().map_err(|e| Error::new(e.to_string()))?,
        Format::Csv => export.csv(),
        Format::Openmetrics => export.openmetrics(),
        Format::Markdown => export.markdown(),
    })
}

fn selected<'a>(args: &Args, archive: &'a Archive) -> Result<Vec<&'a Record>, Error> {
    if args.only.is_empty() {
        let events = archive.all().filter(|record| record.kind != Kind::Postmortem);
        let (hidden, shown): (Vec<_>, Vec<_>) = events
            .partition(|record| record.visibility() == Visibility::Restricted && args.format.tells_what_happened());
        if !hidden.is_empty() {
            let hidden = counted(hidden.len(), "restricted record");
            writeln!(anstream::stderr(), "{hidden} left out; who may read them is decided by naming them.")?;
        }
        return Ok(shown);
    }
    args.only.iter().map(|word| find::event(archive, Some(word)).map_err(not_found)).collect()
}

/// The documents of the site itself, so that there is one place only that decides what the public may know.
fn public(args: &Args, archive: &Archive, now: Timestamp) -> Result<String, Error> {
    if !args.only.is_empty() {
        return Err(Error::new("the public export is of everything that the site shows").hint("leave the ids out"));
    }
    let text = match args.format {
        Format::Jsonl => outside::events(archive, now),
        Format::Openmetrics => outside::metrics(archive, now),
        Format::Csv | Format::Markdown => {
            return Err(Error::new("the public export is JSON lines or OpenMetrics")
                .hint("people read the site: `git incident build`"));
        }
    };
    text.map_err(|e| Error::new(e.to_string()))
}
