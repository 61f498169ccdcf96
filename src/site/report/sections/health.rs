//! What is left to do after incidents, and before the next one.

use super::NOTHING;
use crate::metrics::actions::OpenAction;
use crate::metrics::findings::OpenFinding;
use crate::metrics::readiness::OpenDocument;
use crate::record::incident::Visibility;
use crate::site::report::Section;
use crate::site::report::teller::Teller;

/// What a restricted record says stays in it.
fn unless_restricted(teller: &Teller<'_>, record: &str, text: &str) -> String {
    let event = teller.archive.event(record);
    let is_restricted = event.is_some_and(|event| event.visibility() == Visibility::Restricted);
    if is_restricted { teller.word("report_restricted") } else { text.to_owned() }
}

fn days(teller: &Teller<'_>, days: i64) -> String {
    teller.count("inside_days", &[("count", usize::try_from(days).unwrap_or(0))])
}

pub fn actions(teller: &Teller<'_>) -> Section {
    let actions = &teller.metrics.actions;
    let days = |count: i64| days(teller, count);
    let row = |action: &OpenAction| {
        vec![
            format!("{}/{}", action.record, action.id),
            unless_restricted(teller, &action.record, &action.title),
            teller.who(action.owner.as_deref()),
            if action.high { teller.word("inside_high") } else { NOTHING.to_owned() },
            action.due.map_or_else(|| NOTHING.to_owned(), |due| teller.day(due)),
            action.overdue.map_or_else(|| NOTHING.to_owned(), days),
        ]
    };
    let age = actions.median_age().map(|age| teller.say("report_actions_age", &[("age", &days(age))]));
    let in_time = (actions.done_with_due > 0).then(|| {
        let share = teller.of(actions.done_in_time, actions.done_with_due);
        teller.say("report_actions_in_time", &[("share", &share)])
    });
    let note = [
        Some(teller.count("report_actions_open", &[("count", actions.open.len())])),
        age,
        Some(teller.count("report_actions_done", &[("count", actions.done)])),
        in_time,
        Some(teller.count("report_actions_ever", &[("declined", actions.declined), ("extended", actions.extended)])),
    ];
    let columns =
        ["report_action", "report_title~", "inside_owner", "report_priority", "inside_due", "inside_overdue#"];
    Section {
        title: teller.word("inside_actions"),
        note: teller.sentences(note.into_iter().flatten()),
        chart: None,
        tables: vec![teller.table("report_open_actions", &columns, actions.open.iter().map(row).collect())],
    }
}

pub fn findings(teller: &Teller<'_>) -> Section {
    let findings = &teller.metrics.findings;
    let row = |finding: &OpenFinding| {
        vec![
            format!("{}/{}", finding.record, finding.id),
            unless_restricted(teller, &finding.record, &finding.statement),
            teller.who(finding.owner.as_deref()),
            finding.age.map_or_else(|| NOTHING.to_owned(), |age| days(teller, age)),
        ]
    };
    let classes = findings.by_class.iter().map(|(class, count)| {
        let name = match class.as_str() {
            "" => teller.word("report_no_class"),
            class => teller.language.term("finding_", class),
        };
        vec![name, count.total.to_string(), count.open.to_string()]
    });
    let age = findings.median_age();
    let decided = [("accepted", findings.accepted), ("declined", findings.declined), ("deferred", findings.deferred)];
    let note = [
        Some(teller.count("report_findings_open", &[("count", findings.open.len()), ("total", findings.total)])),
        age.map(|age| teller.say("report_actions_age", &[("age", &days(teller, age))])),
        Some(teller.count("report_findings_decided", &decided)),
    ];
    let columns = ["report_finding", "report_statement~", "inside_owner", "report_age#"];
    Section {
        title: teller.word("inside_findings"),
        note: teller.sentences(note.into_iter().flatten()),
        chart: None,
        tables: vec![
            teller.table("report_open_findings", &columns, findings.open.iter().map(row).collect()),
            teller.table(
                "report_findings_by_class",
                &["report_class", "report_found#", "report_open#"],
                classes.collect(),
            ),
        ],
    }
}

pub fn readiness(teller: &Teller<'_>) -> Section {
    let readiness = &teller.metrics.readiness;
    let documents = &readiness.documents;
    let row = |document: &OpenDocument| {
        vec![
            document.record.to_string(),
            unless_restricted(teller, &document.record, &document.path),
            teller.who(document.owner.as_deref()),
            document.due.map_or_else(|| NOTHING.to_owned(), |due| teller.day(due)),
            document.overdue.map_or_else(|| NOTHING.to_owned(), |late| days(teller, late)),
        ]
    };
    let last = match &readiness.last {
        Some((record, ago)) => teller.say("report_drills_last", &[("record", record), ("age", &days(teller, *ago))]),
        None => teller.word("report_drills_never"),
    };
    let practised = readiness.practised.len();
    let shares = [
        ("report_share_objectives", readiness.objectives.met, readiness.objectives.total()),
        ("report_share_practised", practised, practised + readiness.not_practised.len()),
        ("report_share_documents", documents.total - documents.open.len(), documents.total),
    ];
    // Who never had a drill and has nothing to change has nothing to read here.
    let shares = shares.iter().filter(|_| readiness.last.is_some() || documents.total > 0);
    let shares = shares.map(|(key, part, whole)| vec![teller.word(key), teller.of(*part, *whole)]);
    let columns = ["inside_record", "report_document~", "inside_owner", "inside_due", "inside_overdue#"];
    Section {
        title: teller.word("inside_readiness"),
        note: teller.sentences([teller.count("report_drills_held", &[("count", readiness.held.len())]), last]),
        chart: None,
        tables: vec![
            teller.table("report_practice", &["report_share", "report_count#"], shares.collect()),
            teller.table("report_documents", &columns, documents.open.iter().map(row).collect()),
        ],
    }
}
