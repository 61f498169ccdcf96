//! Which findings are held against a record: debts and breaches of those that answer for the time, unless acknowledged.

use crate::diagnostic::{Diagnostic, Level};
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::incident::Breach;
use crate::response::adoption;

use super::{Check, Context, Findings, Rule};

/// Whether a record answers for what nobody did at the time.
pub fn answers(context: &Context<'_>, record: &Record) -> bool {
    adoption::answers(context.archive, context.adopted, record)
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

#[cfg(test)]
mod tests {
    use crate::check::{Options, run};
    use crate::diagnostic::Level;
    use crate::record::archive::{Archive, Memory};

    /// How bad it is that a postmortem came late and that a state was skipped, where the two files acknowledge a rule.
    fn levels(incident: &str, postmortem: &str) -> [Option<Level>; 2] {
        let breaches = |rule: &str| match rule {
            "" => String::new(),
            rule => format!("breaches: [{{rule: {rule}, reason: x, by: mara, at: 2024-06-01T09:00:00Z}}]\n"),
        };
        let incident = format!(
            "---\ntitle: Checkout fails\n{}timeline:\n  - {{at: 2024-05-01T09:00:00Z, by: mara, status: investigating, severity: sev1}}\n  \
             - {{at: 2024-05-01T10:00:00Z, by: mara, status: resolved}}\n---\n",
            breaches(incident)
        );
        let postmortem = format!(
            "---\nstatus: published\nowner: mara\n{}approvals: [{{by: wei, as: service_owner, at: 2024-05-30T09:00:00Z}}]\n---\n",
            breaches(postmortem)
        );
        let path = |name: &str| format!("incidents/2024/05/2024-05-01-checkout-errors/{name}.md");
        let files = [(path("incident"), incident), (path("postmortem"), postmortem)];
        let archive = Archive::load(&Memory(files.into())).unwrap();
        let as_of = "2024-06-02T00:00:00Z".parse().unwrap();
        let report = run(&archive, &Options { as_of, ..Options::default() });
        let level = |rule| report.diagnostics.iter().find(|found| found.rule == rule).map(|found| found.level);
        ["late-postmortem", "skipped-monitoring"].map(level)
    }

    #[test]
    fn a_missed_deadline_is_acknowledged_by_its_name_in_either_file() {
        let (held, known) = (Some(Level::Warning), Some(Level::Info));
        assert_eq!(levels("", ""), [held, held]);
        assert_eq!(levels("late-postmortem", ""), [known, held]);
        assert_eq!(levels("", "late-postmortem"), [known, held]);
        assert_eq!(levels("overrun", "missed-cadence"), [held, held]);
        assert_eq!(levels("skipped-monitoring", ""), [held, held], "a fault is mended, not acknowledged");
    }
}
