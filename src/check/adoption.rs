//! Which findings are held against a record: debts and breaches of those that answer for the time, unless acknowledged.

use crate::diagnostic::{Diagnostic, Level};
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::incident::Breach;
use crate::response::adoption;

use super::{Check, Context, Findings, Rule};

/// Whether a record answers for what nobody did at the time.
pub fn answers(context: &Context<'_>, record: &Record) -> bool {
    adoption::answers(context.archive, context.history.adopted, record)
}

/// Makes information of a missed deadline that is acknowledged under `breaches`, in either file of the record's folder.
pub fn acknowledge(archive: &Archive, found: &mut Diagnostic, record: &Record) {
    let names = |breach: &Breach| breach.rule.as_ref().is_some_and(|rule| rule.value == found.rule);
    if folder(archive, record).any(|record| record.breaches().iter().any(names)) {
        found.level = found.level.min(Level::Info);
        found.help = None;
    }
}

/// Whether a rule finds anything in a record's folder that could be acknowledged. Of a rule about the whole archive it is
/// not known, and so taken for granted.
pub fn has_missed(context: &Context<'_>, record: &Record, rule: &Rule) -> bool {
    let Check::Record(check) = rule.check else { return true };
    let mut findings = Findings { rule: rule.name, level: rule.level, found: Vec::new() };
    folder(context.archive, record).for_each(|record| check(context, record, &mut findings));
    !findings.found.is_empty()
}

/// The records of one folder.
fn folder<'a>(archive: &'a Archive, record: &'a Record) -> impl Iterator<Item = &'a Record> {
    [archive.event(&record.id), archive.postmortem(&record.id)].into_iter().flatten()
}
