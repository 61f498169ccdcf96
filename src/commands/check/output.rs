//! What `check` writes, and where.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::check::rules::RULES;
use crate::commands::store;
use crate::diagnostic::terminal::Links;
use crate::diagnostic::{Report, github, gitlab, json, junit, sarif, statistics, terminal};
use crate::error::Error;
use crate::git;

#[derive(Debug, clap::Args)]
pub struct Output {
    /// How findings are written.
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// Write the findings into this file, whole or not at all, and only their number to the terminal.
    #[arg(long, value_name = "FILE")]
    output_file: Option<PathBuf>,

    /// Report errors only, and nothing where there are none. Warnings still count for --max-warnings.
    #[arg(short, long)]
    quiet: bool,

    /// Say how often each rule was broken, and how much of it --fix would mend, instead of each finding.
    #[arg(long, conflicts_with = "format")]
    statistics: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: the source underlined, with help.
    #[default]
    Text,
    /// For programs: one document, described in docs/check-output.md.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit XML, for build servers.
    Junit,
    /// Annotations of GitHub Actions.
    Github,
    /// Code quality of GitLab.
    Gitlab,
}

impl Output {
    /// Writes the report to where it was asked for. `code` is what the program will end with.
    pub fn write(&self, mut report: Report, code: u8, start: &Path, root: &Path) -> Result<(), Error> {
        if self.quiet {
            report = report.errors_only();
        }
        report = report.without_credentials();
        if self.format.is_read_beside_the_code() {
            report = report.below(&folder_in_repository(root)?);
        }
        match &self.output_file {
            Some(file) => {
                let mut out = anstream::StripStream::new(Vec::new());
                self.render(&report, code, None, &mut out)?;
                store(&start.join(file), &out.into_inner())?;
            }
            None => {
                let mut out = io::BufWriter::new(anstream::stdout().lock());
                self.render(&report, code, links(root).as_ref(), &mut out)?;
                out.flush()?;
            }
        }
        // A file shows nobody how much was found, and annotations are shown elsewhere.
        let is_hidden = self.output_file.is_some() || self.format == Format::Github;
        if is_hidden && !self.has_nothing_to_say(&report) {
            writeln!(anstream::stderr(), "{}", terminal::closing_line(&report))?;
        }
        Ok(())
    }

    fn has_nothing_to_say(&self, report: &Report) -> bool {
        self.quiet && report.diagnostics.is_empty()
    }

    fn render(&self, report: &Report, code: u8, links: Option<&Links>, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            Format::Text if self.has_nothing_to_say(report) => Ok(()),
            Format::Text if self.statistics => statistics::write(report, out),
            Format::Text => terminal::write_linked(report, links, out),
            Format::Json => json::write(report, out),
            Format::Sarif => {
                let rules: Vec<_> = RULES.iter().map(|rule| rule.info()).collect();
                sarif::write(report, &rules, code, out)
            }
            Format::Junit => junit::write(report, out),
            Format::Github => github::write(report, out),
            Format::Gitlab => gitlab::write(report, out),
        }
    }
}

impl Format {
    /// Whether a service shows the findings beside the files of the repository, whose paths it knows from the top only.
    const fn is_read_beside_the_code(self) -> bool {
        !matches!(self, Self::Text | Self::Json)
    }
}

/// Where the archive stands in its repository; empty at its top.
fn folder_in_repository(root: &Path) -> Result<String, Error> {
    let top = git::repo::top(root).map_err(Error::new)?.and_then(|top| top.canonicalize().ok());
    let folder = top.and_then(|top| root.strip_prefix(top).ok().map(Path::to_path_buf)).unwrap_or_default();
    Ok(folder.to_string_lossy().replace('\\', "/"))
}

/// Links for a terminal that can follow them.
fn links(root: &Path) -> Option<Links> {
    let plain = anstream::AutoStream::choice(&io::stdout()) == anstream::ColorChoice::Never;
    if plain || !supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout) {
        return None;
    }
    let rules: BTreeMap<_, _> = RULES.iter().filter_map(|rule| Some((rule.name, rule.url()?))).collect();
    Some(Links { rules, root: root.to_path_buf() })
}
