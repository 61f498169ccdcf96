//! How many of what there are, for monitoring.

use std::collections::{BTreeMap, BTreeSet};

use super::Export;
use crate::record::Record;
use crate::record::find::is_open;
use crate::response::{self, Duty};
use crate::text::openmetrics::{Kind, Metrics};

/// Of an incident that never had a severity.
const NONE: &str = "none";

pub fn text(export: &Export<'_>) -> String {
    let mut out = Metrics::default();
    out.family("incident_data_timestamp_seconds", Kind::Gauge, "When the records were read.");
    out.sample(&[], export.now.as_second());
    incidents(export, &mut out);
    owed(export, &mut out);
    planned(export, &mut out);
    postmortems(export, &mut out);
    out.finish()
}

fn incidents(export: &Export<'_>, out: &mut Metrics) {
    let incidents = || export.records.iter().filter(|record| record.incident().is_some());
    let open = incidents().filter(|record| is_open(export.archive, record));
    let open = counted(open.map(|record| record.replay.severity().unwrap_or(NONE)));
    let worst = |record: &&Record| export.archive.peak_severity(record).map_or(NONE, |severity| &severity.id);
    let all = counted(incidents().map(worst));
    let severities = export.archive.config.severities.iter().map(|severity| severity.id.as_str()).chain([NONE]);
    let each = |out: &mut Metrics, counted: &BTreeMap<&str, usize>| {
        for severity in severities.clone() {
            out.sample(&[("severity", severity)], counted.get(severity).copied().unwrap_or(0));
        }
    };
    out.family("incident_open", Kind::Gauge, "Incidents that need attention, by their severity now.");
    each(out, &open);
    out.family("incident_records", Kind::Counter, "Incidents so far, by their worst severity.");
    each(out, &all);
}

fn owed(export: &Export<'_>, out: &mut Metrics) {
    let ids: BTreeSet<&str> = export.records.iter().map(|record| &*record.id).collect();
    let owed = response::due_since(export.archive, export.adopted, export.now);
    let owed = owed.iter().filter(|owed| ids.contains(&*owed.record));
    let counted = counted(owed.map(|owed| (owed.task.duty(), owed.overdue)));
    out.family("incident_owed", Kind::Gauge, "What is owed, as `git incident due` lists it.");
    for duty in Duty::ALL {
        for (overdue, said) in [(false, "false"), (true, "true")] {
            let count = counted.get(&(duty, overdue)).copied().unwrap_or(0);
            out.sample(&[("duty", duty.name()), ("overdue", said)], count);
        }
    }
}

fn planned(export: &Export<'_>, out: &mut Metrics) {
    let machine = &export.archive.lifecycle.maintenance;
    let open = export.records.iter().filter(|record| record.maintenance().is_some() && is_open(export.archive, record));
    let counted = counted(open.filter_map(|record| record.replay.status()));
    out.family("incident_maintenance", Kind::Gauge, "Planned work that is coming or running, by its status.");
    for status in machine.states().filter(|status| machine.is_live(status)) {
        out.sample(&[("status", status)], counted.get(status).copied().unwrap_or(0));
    }
}

fn postmortems(export: &Export<'_>, out: &mut Metrics) {
    let beside = export.records.iter().filter_map(|record| export.archive.postmortem(&record.id));
    let postmortems: Vec<_> = beside.filter_map(Record::postmortem).collect();
    let statuses =
        counted(postmortems.iter().filter_map(|postmortem| Some(postmortem.status.as_ref()?.value.as_str())));
    out.family("incident_postmortems", Kind::Gauge, "Postmortems, by their status.");
    for status in export.archive.lifecycle.postmortem.states() {
        out.sample(&[("status", status)], statuses.get(status).copied().unwrap_or(0));
    }
    let unfinished =
        || postmortems.iter().flat_map(|postmortem| &postmortem.actions).filter(|action| action.is_unfinished());
    out.family(
        "incident_unfinished_actions",
        Kind::Gauge,
        "Actions of postmortems that are neither done nor declined.",
    );
    out.sample(&[("priority", "high")], unfinished().filter(|action| action.is_high()).count());
    out.sample(&[("priority", "low")], unfinished().filter(|action| !action.is_high()).count());
}

fn counted<T: Ord>(values: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counted = BTreeMap::new();
    for value in values {
        *counted.entry(value).or_insert(0) += 1;
    }
    counted
}
