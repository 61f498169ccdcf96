//! `git incident report`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::period::PeriodArgs;
use super::{TEMPLATES, Timings, find_root, load, now, parse_time, provenance, store};
use crate::error::Error;
use crate::metrics::{Metrics, Question};
use crate::record::config::Config;
use crate::record::time::Time;
use crate::site::SiteError;
use crate::site::audience::Audience;
use crate::site::builtin::{Files, Overrides};
use crate::site::language::words::WordsError;
use crate::site::language::{Language, autonyms};
use crate::site::report::{Report, html, markdown};
use crate::text::suggest::nearest;

/// Write a report of a period for a review by management
///
/// What happened, how the response went, uptime, causes, and what is still to be done, with charts: one HTML page that
/// needs no other file, or Markdown. It is internal: it names severities, owners and records that are not public.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    period: PeriodArgs,

    /// Without it: as the name of the output file says, else Markdown.
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,

    /// The language it is written in: `en`, `ko`, `ja`, `it`, or one whose words stand under `templates/`. Without it: the
    /// first language of the site.
    #[arg(long, value_name = "TAG", alias = "language")]
    lang: Option<String>,

    /// Write to a file instead of the terminal.
    #[arg(long, value_name = "FILE")]
    output_file: Option<PathBuf>,

    /// The time that counts as now, such as `2024-05-01T09:05:00Z`.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    as_of: Option<Time>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Markdown,
    Html,
}

impl Args {
    fn format(&self) -> Format {
        let named = self.output_file.as_ref().and_then(|path| path.extension());
        let is_html = named.is_some_and(|end| end.eq_ignore_ascii_case("html") || end.eq_ignore_ascii_case("htm"));
        self.format.unwrap_or(if is_html { Format::Html } else { Format::Markdown })
    }
}

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let archive = load(&root, &mut Timings::new(false))?;
    let now = now(args.as_of)?;
    let period = args.period.period(now, &archive.config)?;
    let before = period.previous(&archive.config.zone());
    let provenance = Some(provenance(&root, archive)?.into());
    let metrics = Metrics::of(archive, &Question { provenance, ..Question::about(period) }, now);
    let before = before.map(|period| Metrics::of(archive, &Question::about(period), now));
    let overrides = Overrides::read(&root.join(TEMPLATES)).map_err(|e| Error::new(e.to_string()))?;
    let files = Files::new(&overrides, Audience::Internal).map_err(|e| Error::new(SiteError::from(e).to_string()))?;
    let language = language(args, &archive.config, &files)?;
    let report = Report::new(archive, &metrics, before.as_ref(), &language);
    let text = match args.format() {
        Format::Markdown => markdown(&report),
        Format::Html => html(report, archive, &files, &language.words).map_err(|e| Error::new(e.to_string()))?,
    };
    match &args.output_file {
        Some(path) => store(&start.join(path), text.as_bytes())?,
        None => anstream::stdout().lock().write_all(text.as_bytes())?,
    }
    Ok(0)
}

fn language(args: &Args, config: &Config, files: &Files) -> Result<Language, Error> {
    let tag = args.lang.as_deref().unwrap_or_else(|| config.default_language());
    Language::load(tag, true, &config.zone(), files).map_err(|error| match error {
        WordsError::NotATag(_) | WordsError::NoCatalogue { .. } => {
            let known = autonyms(files);
            let names: Vec<String> = known.iter().map(|(tag, name)| format!("`{tag}` ({name})")).collect();
            Error::new(format!("there are no words for the language `{tag}`; there are those of {}", names.join(", ")))
                .did_you_mean(nearest(tag, known.keys().map(String::as_str)))
                .hint("`--lang` names another; docs/theming.md says how to add one")
        }
        broken => Error::new(broken.to_string()).hint("`--lang en` writes it in English"),
    })
}
