//! Reads one record.

use std::sync::Arc;

use super::check::Checker;
use super::read::{Fields, amended, impact, links, name, text_pairs, timeline};
use super::{Findings, Names};
use crate::record::config::DEFAULT_LANGUAGE;
use crate::record::drill::{Drill, Objective};
use crate::record::incident::{Assessment, Breach, Cause, Count, Detection, Incident, Obligation, Related, Visibility};
use crate::record::maintenance::{Maintenance, Window};
use crate::record::postmortem::{Action, Approval, CauseStatement, Document, Extension, Finding, Postmortem};
use crate::record::replay::replay;
use crate::record::shape::{Shape, Value};
use crate::record::{Content, Kind, Record};
use crate::text::frontmatter;
use crate::text::span::{Span, Spanned};
use crate::text::yaml::{self, Node};

/// Reads a record. Never fails: what is wrong with it is among its problems.
pub fn read(id: &str, kind: Kind, path: &str, text: Arc<str>, names: &Names) -> Record {
    let source = Arc::clone(&text);
    let split = frontmatter::split(&source);
    let mut problems = split.problems;
    let root = split.front.and_then(|front| yaml::parse(&source, front, &mut problems));
    let mut references = Vec::new();
    let mut keys = Vec::new();
    let mut content = Content::Unreadable;
    if let Some(root) = &root {
        let mut checker = Checker { text: &text, names, kind, found: Findings::default() };
        checker.map(root, kind.shape());
        problems.append(&mut checker.found.problems);
        references = exact(checker.found.references);
        keys = exact(present(root, kind.shape()));
        let default = names.languages.first().map_or(DEFAULT_LANGUAGE, String::as_str);
        content = typed(kind, root, default);
    }
    let mut record = Record {
        id: id.into(),
        kind,
        path: path.into(),
        front: split.front.unwrap_or(Span::at(0)),
        body: split.body,
        text,
        problems,
        references,
        keys,
        content,
        replay: Default::default(),
        internal: Default::default(),
        sections: Default::default(),
    };
    record.replay = replay(record.timeline());
    record
}

/// The same without room to spare. An allocator leaves a list that only shrinks where it is, at the size it had.
fn exact<T>(mut items: Vec<T>) -> Vec<T> {
    let mut exact = Vec::with_capacity(items.len());
    exact.append(&mut items);
    exact
}

/// The keys that have a value, at the top and one level below. A value that does not fit is there, too: it was reported.
fn present(root: &Node<'_>, shape: &'static Shape) -> Vec<(&'static str, &'static str)> {
    fn value<'n>(map: &'n Node<'n>, key: &str) -> Option<&'n Node<'n>> {
        let empty = |node: &Node<'_>| {
            node.is_null() || node.pairs().is_some_and(<[_]>::is_empty) || node.items().is_some_and(<[_]>::is_empty)
        };
        map.get(key).filter(|node| !empty(node))
    }
    let mut keys = Vec::new();
    for field in shape.fields {
        let Some(node) = value(root, field.key) else { continue };
        keys.push(("", field.key));
        if let Value::Map(inner) = &field.value {
            let below = inner.fields.iter().filter(|below| value(node, below.key).is_some());
            keys.extend(below.map(|below| (field.key, below.key)));
        }
    }
    keys
}

/// `default` is the first language of the site.
fn typed(kind: Kind, root: &Node<'_>, default: &str) -> Content {
    let fields = Fields::of(Some(root));
    match kind {
        Kind::Incident => Content::Incident(Box::new(incident(fields, default))),
        Kind::Postmortem => Content::Postmortem(Box::new(postmortem(fields))),
        Kind::Maintenance => Content::Maintenance(Box::new(maintenance(fields, default))),
        Kind::Drill => Content::Drill(Box::new(drill(fields, default))),
    }
}

fn incident(fields: Fields<'_>, default: &str) -> Incident {
    let (timeline, timeline_complete) = timeline(fields);
    let detection = fields.map("detection");
    let cause = fields.map("cause");
    let related = fields.map("related");
    Incident {
        title: name(fields, "title", default),
        types: fields.texts("type"),
        visibility: fields.parsed("visibility", Visibility::parse),
        detection: Detection {
            method: detection.text("method"),
            source: detection.text("source"),
            customers_noticed_first: detection.bool("customers_noticed_first"),
        },
        channels: text_pairs(fields.pairs("channels")),
        assessment: assessment(fields.map("assessment")),
        obligations: each(fields, "obligations", obligation),
        cause: Cause {
            category: cause.text("category"),
            reference: cause.text("reference"),
            deployed: cause.time("deployed"),
        },
        related: Related {
            caused_by: related.texts("caused_by"),
            recurrence_of: related.texts("recurrence_of"),
            duplicate_of: related.text("duplicate_of"),
        },
        links: links(fields.items("links")),
        aliases: fields.texts("aliases"),
        breaches: breaches(fields),
        timeline,
        timeline_complete,
    }
}

fn assessment(fields: Fields<'_>) -> Assessment {
    let count = |key| {
        fields.parsed(key, |text| match text {
            "unknown" => Some(Count::Unknown),
            number => number.parse().ok().map(Count::Known),
        })
    };
    let answer = |key| answer(fields, key);
    Assessment {
        audience: fields.text("audience"),
        experience: fields.text("experience"),
        scope: fields.text("scope"),
        customers: count("customers"),
        support_cases: count("support_cases"),
        social_media: answer("social_media"),
        security: answer("security"),
        data_loss: answer("data_loss"),
        personal_data: answer("personal_data"),
    }
}

/// `true`, `false`, or nothing for `unknown`.
fn answer(fields: Fields<'_>, key: &str) -> Option<Spanned<Option<bool>>> {
    fields.parsed(key, |text| match text {
        "unknown" => Some(None),
        answer => answer.parse().ok().map(Some),
    })
}

fn obligation(fields: Fields<'_>) -> Obligation {
    Obligation {
        span: fields.span(),
        regime: fields.text("regime"),
        applies: answer(fields, "applies"),
        basis: fields.text("basis"),
        due: fields.time("due"),
        sent: fields.time("sent"),
        reason: fields.text("reason"),
    }
}

fn breaches(fields: Fields<'_>) -> Vec<Breach> {
    each(fields, "breaches", |breach| Breach { rule: breach.text("rule"), amendment: amended(breach) })
}

fn maintenance(fields: Fields<'_>, default: &str) -> Maintenance {
    let (timeline, timeline_complete) = timeline(fields);
    let window = fields.map("window");
    Maintenance {
        title: name(fields, "title", default),
        visibility: fields.parsed("visibility", Visibility::parse),
        window: window.time("start").zip(window.time("end")).map(|(start, end)| Window {
            span: window.span(),
            start,
            end,
        }),
        services: impact(fields.pairs("services")),
        approved_by: fields.texts("approved_by"),
        change: fields.text("change"),
        emergency: fields.bool("emergency").is_some_and(|b| b.value),
        aliases: fields.texts("aliases"),
        breaches: breaches(fields),
        timeline,
        timeline_complete,
    }
}

fn drill(fields: Fields<'_>, default: &str) -> Drill {
    let (timeline, timeline_complete) = timeline(fields);
    Drill {
        title: name(fields, "title", default),
        scenario: fields.text("scenario"),
        held: fields.time("held"),
        participants: fields.texts("participants"),
        objectives: each(fields, "objectives", |objective| Objective {
            text: objective.text("text"),
            result: objective.text("result"),
        }),
        aliases: fields.texts("aliases"),
        timeline,
        timeline_complete,
    }
}

fn postmortem(fields: Fields<'_>) -> Postmortem {
    let review = fields.map("response_review");
    Postmortem {
        status: fields.text("status"),
        owner: fields.text("owner"),
        parties: fields.texts("parties"),
        meeting: fields.time("meeting"),
        approvals: each(fields, "approvals", |approval| Approval {
            span: approval.span(),
            by: approval.text("by"),
            role: approval.text("as"),
            at: approval.time("at"),
        }),
        incidents: fields.texts("incidents"),
        causes: each(fields, "causes", |cause| CauseStatement {
            statement: cause.text("statement"),
            category: cause.text("category"),
        }),
        sufficiency: review.text("sufficiency"),
        completeness: review.text("completeness"),
        findings: each(fields, "findings", finding),
        actions: each(fields, "actions", action),
        documents: each(fields, "documents", document).into_iter().flatten().collect(),
        breaches: breaches(fields),
    }
}

fn finding(fields: Fields<'_>) -> Finding {
    Finding {
        span: fields.span(),
        id: fields.text("id"),
        class: fields.text("class"),
        statement: fields.text("statement"),
        owner: fields.text("owner"),
        disposition: fields.text("disposition"),
        consulted: fields.texts("consulted"),
    }
}

/// Nothing where nobody can tell which one is meant.
fn document(fields: Fields<'_>) -> Option<Document> {
    Some(Document {
        path: fields.text("path")?,
        owner: fields.text("owner"),
        due: fields.date("due"),
        done: fields.date("done"),
    })
}

fn action(fields: Fields<'_>) -> Action {
    Action {
        span: fields.span(),
        id: fields.text("id"),
        title: fields.text("title"),
        kind: fields.text("type"),
        priority: fields.text("priority"),
        owner: fields.text("owner"),
        due: fields.date("due"),
        extended: each(fields, "extended", |moved| Extension {
            from: moved.date("from"),
            to: moved.date("to"),
            by: moved.text("by"),
            reason: moved.text("reason"),
        }),
        ticket: fields.text("ticket"),
        status: fields.text("status"),
        done: fields.date("done"),
        evidence: fields.texts("evidence"),
        reason: fields.text("reason"),
        approved_by: fields.text("approved_by"),
    }
}

/// What `read` makes of each mapping of a list.
fn each<T>(fields: Fields<'_>, key: &str, read: impl Fn(Fields<'_>) -> T) -> Vec<T> {
    fields.items(key).iter().filter(|item| item.pairs().is_some()).map(|item| read(Fields::of(Some(item)))).collect()
}

#[cfg(test)]
mod tests;
