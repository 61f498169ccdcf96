//! Deadlines that were missed for good, acknowledged once with the reason.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::entry;
use super::writing::Draft;
use crate::change::Change;
use crate::check::{self, Nature, Options, Selection, rules};
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::incident::Breach;
use crate::record::write::append;
use crate::text::data::Data;
use crate::text::suggest::nearest;

/// Puts rules under `breaches`, in the file that each of them finds something in: the record, or its postmortem.
pub fn draft(
    archive: &Archive,
    id: &str,
    names: &[String],
    reason: &str,
    by: &str,
    now: Timestamp,
) -> Result<Draft, Error> {
    let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let at = entry::in_site_zone(archive, now);
    let missed = missed(archive, id, now);
    let mut change = Change::default();
    for name in &names {
        let record = place(archive, id, name, &missed)?;
        let text = change.files.get(&*record.path).map_or(&*record.text, String::as_str);
        let breach = [
            ("rule", Data::text(*name)),
            ("reason", Data::text(reason)),
            ("by", Data::text(by)),
            ("at", Data::plain(at)),
        ];
        let new = append(text, record.kind, "breaches", Data::map(breach))?;
        change.files.insert(record.path.to_string(), new);
    }
    let facts = names.iter().map(|name| format!("{name} acknowledged")).collect();
    Ok(Draft { id: id.to_owned(), change, facts })
}

/// The record of an id and its postmortem.
fn folder<'a>(archive: &'a Archive, id: &str) -> impl Iterator<Item = &'a Record> {
    [archive.event(id), archive.postmortem(id)].into_iter().flatten()
}

/// The deadlines that a record and its postmortem have missed, acknowledged or not.
fn missed(archive: &Archive, id: &str, as_of: Timestamp) -> Vec<Diagnostic> {
    let only = Selection::files(folder(archive, id).map(|record| Arc::clone(&record.path)));
    let report = check::run(archive, &Options { as_of, only, ..Options::default() });
    let is_breach = |found: &Diagnostic| rules::find(found.rule).is_some_and(|rule| rule.nature == Nature::Breach);
    report.diagnostics.into_iter().filter(is_breach).collect()
}

/// The file to acknowledge a rule in.
fn place<'a>(archive: &'a Archive, id: &str, name: &str, missed: &[Diagnostic]) -> Result<&'a Record, Error> {
    let is_acknowledged = |name: &str| {
        let names = |breach: &Breach| breach.rule.as_ref().is_some_and(|rule| rule.value == name);
        folder(archive, id).any(|record| record.breaches().iter().any(names))
    };
    if is_acknowledged(name) {
        return Err(Error::new(format!("`{name}` is acknowledged in {id} already, and once is enough")));
    }
    let found = missed.iter().find(|found| found.rule == name);
    if let Some(record) = found.and_then(|found| archive.at(&found.path)) {
        return Ok(record);
    }
    let open: BTreeSet<&str> = missed.iter().map(|found| found.rule).filter(|rule| !is_acknowledged(rule)).collect();
    let refusal = match rules::find(name) {
        None => Error::new(format!("there is no rule `{name}`")).did_you_mean(nearest(name, open.iter().copied())),
        Some(rule) if rule.nature != Nature::Breach => {
            Error::new(format!("`{name}` is no missed deadline: what it finds can be mended"))
                .hint(format!("`git incident explain {name}` says how"))
        }
        Some(_) => Error::new(format!("`{name}` finds nothing in {id}, so there is nothing to acknowledge")),
    };
    if open.is_empty() {
        return Err(refusal);
    }
    let open: Vec<String> = open.into_iter().map(|rule| format!("`{rule}`")).collect();
    Err(refusal.hint(format!("missed there, and not acknowledged: {}", open.join(", "))))
}
