//! One post as a record.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use crate::import::draft::{Draft, Entry, Shape, States};
use crate::import::fidelity::{Log, Topic};
use crate::record::time::Time;
use crate::record::timeline::ServiceState;
use crate::text::count::counted;

use super::issue::{Issue, Severity};
use super::kind::{self, Kind};
use super::messages::{self, Frame, Message};
use super::timeline;
use super::words::{EMERGENCY, has_word};

/// The longest title of a record.
const MAX_TITLE: usize = 120;

/// The record of a post, with the ids of its services.
pub(super) fn draft(issue: &Issue, services: &[String], id: &str, zone: &TimeZone, log: &mut Log) -> Draft {
    let frame = Frame { start: issue.start, end: issue.end, zone };
    let messages = messages::recover(&issue.body.pieces, frame, log);
    let kind = kind::of(issue, &messages, log);
    note_body(issue, log);
    let shape = shape(issue, kind, &messages, services, log);
    let mut entries = match kind {
        Kind::Incident => timeline::incident(issue, messages, states(services, issue.severity.state()), log),
        Kind::Notice => timeline::notice(issue, messages, log),
        Kind::Maintenance => timeline::maintenance(issue, messages, log),
    };
    let mut draft = Draft {
        id: id.to_owned(),
        title: issue.title.clone(),
        shape,
        aliases: Vec::new(),
        entries: Vec::new(),
        body: body_text(issue),
    };
    shorten_title(&mut draft, log);
    drop_fractions(&mut draft, &mut entries, log);
    draft.entries = entries;
    draft
}

fn shape(issue: &Issue, kind: Kind, messages: &[Message], services: &[String], log: &mut Log) -> Shape {
    match kind {
        Kind::Incident => {
            if issue.severity == Severity::Known(ServiceState::DegradedPerformance) && !services.is_empty() {
                let text = "a notice about trouble: its services are degraded, which is no downtime";
                log.note(Topic::Impact, None, text);
            }
            Shape::Incident
        }
        Kind::Notice => {
            if !services.is_empty() {
                let text = format!("a notice has no impact, so it is not linked to {}", services.join(", "));
                log.note(Topic::Impact, None, text);
            }
            Shape::Notice
        }
        Kind::Maintenance => {
            if issue.end.is_none() {
                log.note(Topic::Contradiction, None, "maintenance without an end; its window cannot be written");
            }
            let mild = issue.severity.is_mild();
            let expected = if mild { ServiceState::UnderMaintenance } else { issue.severity.state() };
            Shape::Maintenance {
                start: issue.start,
                end: issue.end,
                services: states(services, expected),
                emergency: has_word(&issue.title, EMERGENCY)
                    || messages.first().is_some_and(|m| has_word(&m.text, EMERGENCY)),
            }
        }
    }
}

fn states(services: &[String], state: ServiceState) -> States {
    services.iter().map(|id| (id.clone(), state)).collect()
}

fn note_body(issue: &Issue, log: &mut Log) {
    for (line, _) in &issue.body.hidden {
        log.note(Topic::Hidden, *line, "an HTML comment");
    }
    if let Some(first) = issue.body.invisible.first() {
        let lines = counted(issue.body.invisible.len(), "line");
        let text = format!("invisible characters (U+FEFF) were removed from {lines}");
        log.note(Topic::Text, *first, text);
    }
    for piece in &issue.body.pieces {
        if piece.text.contains("{{<") || piece.text.contains("{{%") {
            log.note(Topic::Text, piece.line, "a shortcode of Hugo stands in the text as it was written");
        }
    }
}

/// The internal prose: where the record came from, and what readers of the old site did not see.
fn body_text(issue: &Issue) -> String {
    let mut out = format!("Imported from `{}`.\n", issue.path);
    if !issue.body.hidden.is_empty() {
        out.push_str("\nHidden there in comments:\n");
    }
    for (_, hidden) in &issue.body.hidden {
        out.push('\n');
        for line in hidden.lines() {
            out.push_str(format!("> {line}").trim_end());
            out.push('\n');
        }
    }
    out
}

fn shorten_title(draft: &mut Draft, log: &mut Log) {
    if draft.title.chars().count() <= MAX_TITLE {
        return;
    }
    draft.body = format!("# {}\n\n{}", draft.title, draft.body);
    let short: String = draft.title.chars().take(MAX_TITLE - 1).collect();
    draft.title = format!("{}…", short.trim_end());
    log.note(Topic::Text, None, "the title was too long; the whole of it stands below the front matter");
}

/// Editors stamp posts to the millisecond. Nobody measured that, so it goes, unless two times would become one.
fn drop_fractions(draft: &mut Draft, entries: &mut [Entry], log: &mut Log) {
    let mut times: Vec<&mut Time> = entries.iter_mut().map(|entry| &mut entry.at).collect();
    if let Shape::Maintenance { start, end, .. } = &mut draft.shape {
        times.push(start);
        times.extend(end);
    }
    let exact: BTreeSet<Time> = times.iter().map(|time| **time).collect();
    let whole: BTreeSet<Time> = exact.iter().map(|time| time.whole_seconds()).collect();
    if exact.len() != whole.len() || exact == whole {
        return;
    }
    for time in times {
        *time = time.whole_seconds();
    }
    log.note(Topic::Fraction, None, "times are given to the second");
}
