//! Asks the rules: those that need no history first, so that it can be read meanwhile.

use std::cell::LazyCell;
use std::sync::Arc;

use rayon::prelude::*;

use super::levels::Levels;
use super::wording::Wording;
use super::{Check, Context, Findings, Nature, Options, Rule, Selection, Waivers, adoption, rules};
use crate::diagnostic::{Diagnostic, Report, Sources};
use crate::record::Record;
use crate::record::archive::{Archive, BATCH};
use crate::record::canary::Canaries;
use crate::record::history::History;
use crate::record::index::Index;
use crate::text::problem::Problem;

/// Runs every rule that `incident.yaml` has not turned off, on what an archive says now.
pub fn run(archive: &Archive, options: &Options) -> Report {
    run_with(archive, &History::default(), options)
}

/// Runs every rule that `incident.yaml` has not turned off, those about what changed too.
///
/// Where that file cannot be read, it is the only finding: its words, names and settings decide about all others.
pub fn run_with(archive: &Archive, history: &History, options: &Options) -> Report {
    let Some(run) = Run::of(archive, options) else { return unreadable(archive) };
    let present = run.present();
    run.report(present, history)
}

/// The same with a history that is read while the rules that need none look at the archive. It comes back for another run.
///
/// # Errors
///
/// Those of reading the history.
pub fn run_while<E: Send>(
    archive: &Archive,
    options: &Options,
    history: impl FnOnce() -> Result<History, E> + Send,
) -> Result<(Report, History), E> {
    let Some(run) = Run::of(archive, options) else { return Ok((unreadable(archive), history()?)) };
    let (history, present) = rayon::join(history, || run.present());
    let history = history?;
    Ok((run.report(present, &history), history))
}

/// The rules that are asked, and what they are asked about.
struct Run<'a> {
    context: Context<'a>,
    rules: Vec<&'static Rule>,
    only: &'a Selection,
    selected: Vec<&'a Record>,
}

impl<'a> Run<'a> {
    /// Nothing where the configuration cannot be read.
    fn of(archive: &'a Archive, options: &'a Options) -> Option<Self> {
        if !archive.config.readable {
            return None;
        }
        let index = Index::new(archive);
        let waivers = Waivers::of(archive, &index, options.as_of);
        let levels = Levels::of(archive, &options.levels);
        let canaries = Canaries::of(archive);
        let is_asked = |rule: &&Rule| if options.refusing { levels.may_refuse(rule) } else { !levels.is_off(rule) };
        let rules = rules::RULES.iter().copied().filter(is_asked).collect();
        let only = &options.only;
        let selected = archive.all().filter(|record| only.includes(&record.path)).collect();
        let wording = Wording::default();
        let context = Context {
            archive,
            index,
            canaries,
            waivers,
            adopted: options.adopted,
            as_of: options.as_of,
            levels,
            wording,
        };
        Some(Self { context, rules, only, selected })
    }

    /// What is found without looking back.
    fn present(&self) -> Vec<Diagnostic> {
        let context = &self.context;
        let each = self.rules.iter().filter_map(|rule| match rule.check {
            Check::Record(check) => {
                Some((*rule, move |record: &Record, out: &mut Findings| check(context, record, out)))
            }
            _ => None,
        });
        let all = self.rules.iter().filter_map(|rule| match rule.check {
            Check::Archive(check) => Some((*rule, move |out: &mut Findings| check(context, out))),
            _ => None,
        });
        let mut found = found_while_reading(context.archive, &context.levels);
        found.retain(|found| self.only.includes(&found.path));
        found.extend(self.ask(&each.collect::<Vec<_>>(), &all.collect::<Vec<_>>()));
        found
    }

    /// What is found by those rules that look back.
    fn past(&self, history: &History) -> Vec<Diagnostic> {
        let context = &self.context;
        let each = self.rules.iter().filter_map(|rule| match rule.check {
            Check::RecordPast(check) => {
                Some((*rule, move |record: &Record, out: &mut Findings| check(context, history, record, out)))
            }
            _ => None,
        });
        let all = self.rules.iter().filter_map(|rule| match rule.check {
            Check::ArchivePast(check) => Some((*rule, move |out: &mut Findings| check(context, history, out))),
            _ => None,
        });
        self.ask(&each.collect::<Vec<_>>(), &all.collect::<Vec<_>>())
    }

    /// Asks some rules about each record that counts, and some about the whole archive.
    fn ask(
        &self,
        each: &[(&Rule, impl Fn(&Record, &mut Findings) + Sync)],
        all: &[(&Rule, impl Fn(&mut Findings) + Sync)],
    ) -> Vec<Diagnostic> {
        let levels = &self.context.levels;
        let about_all = all.par_iter().flat_map_iter(|(rule, check)| levels.collect(rule, check));
        let about_each =
            self.selected.par_iter().with_max_len(BATCH).flat_map_iter(|record| self.in_record(record, each));
        let (mut found, about_each) = rayon::join(|| about_all.collect::<Vec<_>>(), || about_each.collect::<Vec<_>>());
        found.retain(|found| self.only.includes(&found.path));
        found.extend(about_each);
        found
    }

    fn in_record(&self, record: &Record, rules: &[(&Rule, impl Fn(&Record, &mut Findings))]) -> Vec<Diagnostic> {
        let context = &self.context;
        let answers = LazyCell::new(|| adoption::answers(context, record));
        let asked = rules.iter().filter(|(rule, _)| rule.nature == Nature::Fault || *answers);
        let found = asked.flat_map(|(rule, check)| {
            let mut found = context.levels.collect(rule, |out| check(record, out));
            if rule.nature == Nature::Breach {
                found.iter_mut().for_each(|found| adoption::acknowledge(context.archive, found, record));
            }
            found
        });
        found.collect()
    }

    /// Everything that was found, without what is accepted.
    fn report(&self, mut found: Vec<Diagnostic>, history: &History) -> Report {
        let context = &self.context;
        found.extend(self.past(history));
        found.retain(|found| !context.waivers.accept(found.rule, &found.path));
        if self.only.is_everything() {
            found.extend(self.rules.iter().flat_map(|rule| match rule.check {
                Check::Afterwards(check) => context.levels.collect(rule, |out| check(context, out)),
                _ => Vec::new(),
            }));
        }
        let sources = sources(context.archive, &found);
        Report::new(found, sources, self.selected.len())
    }
}

/// The report of an archive whose configuration cannot be read.
fn unreadable(archive: &Archive) -> Report {
    let config = &archive.config;
    let found: Vec<Diagnostic> = diagnosed(&config.path, &config.problems, &Levels::default()).collect();
    let sources = sources(archive, &found);
    Report::new(found, sources, 0)
}

fn found_while_reading(archive: &Archive, levels: &Levels<'_>) -> Vec<Diagnostic> {
    archive
        .records
        .iter()
        .map(|record| (&record.path, &record.problems))
        .chain([(&archive.config.path, &archive.config.problems)])
        .flat_map(|(path, problems)| diagnosed(path, problems, levels))
        .chain(
            archive.problems.iter().flat_map(|(path, problem)| diagnosed(path, std::slice::from_ref(problem), levels)),
        )
        .collect()
}

/// Problems of a file under the rules of their names.
fn diagnosed<'a>(
    path: &'a Arc<str>,
    problems: &'a [Problem],
    levels: &'a Levels<'_>,
) -> impl Iterator<Item = Diagnostic> {
    problems.iter().filter_map(move |problem| {
        let rule = rules::find(problem.rule)?;
        levels.apply(rule, Diagnostic::new(rule.level, path, problem.clone()))
    })
}

/// The texts that findings and their labels point into.
fn sources(archive: &Archive, diagnostics: &[Diagnostic]) -> Sources {
    let text = |path: &Arc<str>| match *path == archive.config.path {
        true => Some(&archive.config.text),
        false => archive.at(path).map(|record| &record.text),
    };
    let paths = diagnostics.iter().flat_map(|found| found.labels.iter().map(|label| &label.path).chain([&found.path]));
    paths.filter_map(|path| Some((Arc::clone(path), Arc::clone(text(path)?)))).collect()
}
