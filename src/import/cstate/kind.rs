//! Incident, maintenance or mere notice. cState writes all three in one form, so the words decide.

use crate::import::fidelity::{Log, Topic};

use super::issue::{Issue, Severity};
use super::label::Meaning;
use super::messages::Message;
use super::words::{PLANNED, TROUBLE, WORK, has_word};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Incident,
    Maintenance,
    Notice,
}

/// The kind of a post. Whatever does not follow from its front matter alone is reported.
pub(super) fn of(issue: &Issue, messages: &[Message], log: &mut Log) -> Kind {
    let first = messages.first();
    let investigated = first.is_some_and(|m| m.means(Meaning::Investigating) || m.means(Meaning::Identified));
    let mut report = |text: &str| log.note(Topic::Kind, None, text);
    if !issue.severity.is_mild() && !issue.informational {
        if has_word(&issue.title, PLANNED) && !investigated {
            report("taken for maintenance because its title says so; what the severity says stands under `services`");
            return Kind::Maintenance;
        }
        if has_word(&issue.title, WORK) {
            report("the title speaks of planned work, but severity and text of trouble; kept as an incident");
        }
        return Kind::Incident;
    }
    if issue.informational && issue.end.is_none() {
        return Kind::Notice;
    }
    let announced = first.is_some_and(|m| !investigated && has_word(&m.text, WORK));
    if has_word(&issue.title, WORK) || announced {
        report("taken for maintenance because of the words of its title or announcement");
        return Kind::Maintenance;
    }
    if issue.informational {
        return Kind::Notice;
    }
    let trouble = has_word(&issue.title, TROUBLE) || messages.iter().any(|m| has_word(&m.text, TROUBLE));
    if investigated || trouble || issue.severity == Severity::Unknown {
        return Kind::Incident;
    }
    report("taken for a notice: its severity is mild, and its text speaks neither of trouble nor of planned work");
    Kind::Notice
}
