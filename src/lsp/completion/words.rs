//! The values that a field may have, as far as they can be listed.

use gen_lsp_types::CompletionItemKind as Kind;

use super::Candidate;
use crate::check::{Family, Nature, rules};
use crate::lsp::spot::Spot;
use crate::lsp::view::View;
use crate::record::lifecycle::{Machine, Step};
use crate::record::shape::{ROLES, STAKEHOLDERS, TYPES, Value, Vocabulary};
use crate::record::time::{Time, zone};
use crate::record::timeline::Text;
use crate::record::{Content, Record, Target};
use crate::text::cursor::Cursor;

pub fn of(view: &View<'_>, cursor: &Cursor, spot: Spot, value: &Value) -> Vec<Candidate> {
    let plain = |words: &[&str]| words.iter().map(|word| Candidate::new(*word, Kind::EnumMember)).collect();
    match value {
        Value::OneOf(words) => plain(words),
        Value::Bool => plain(&["true", "false"]),
        Value::BoolOrUnknown => plain(&["true", "false", "unknown"]),
        Value::NumberOrUnknown => plain(&["unknown"]),
        Value::Nullable(inner) => {
            let mut words = of(view, cursor, spot, inner);
            words.push(Candidate::new("null", Kind::EnumMember));
            words
        }
        Value::Time => vec![now(view)],
        Value::Date => vec![today(view)],
        Value::Word(vocabulary) => word(view, cursor, *vocabulary),
        Value::Ref(target) => names(view, cursor, *target),
        Value::Slug => slugs(view, spot),
        _ => Vec::new(),
    }
}

fn now(view: &View<'_>) -> Candidate {
    let time = Time::utc(view.now).whole_seconds();
    Candidate::new(time.to_string(), Kind::Value).detail("now".to_owned())
}

fn today(view: &View<'_>) -> Candidate {
    let zone = view.archive.config.site.timezone.as_ref().and_then(|name| zone(&name.value));
    let time = Time::utc(view.now);
    let day = zone.map_or_else(|| time.local_day(), |zone| time.day(&zone));
    Candidate::new(day.to_string(), Kind::Value).detail("today".to_owned())
}

fn word(view: &View<'_>, cursor: &Cursor, vocabulary: Vocabulary) -> Vec<Candidate> {
    let config = &view.archive.config;
    let with_own = |built_in: &[&str], own: &[Text]| {
        let words = built_in.iter().copied().chain(own.iter().map(|word| word.value.as_str()));
        words.map(|word| Candidate::new(word, Kind::EnumMember)).collect()
    };
    match vocabulary {
        Vocabulary::Status => statuses(view, cursor),
        Vocabulary::Role => with_own(ROLES, &config.roles),
        Vocabulary::Type => with_own(TYPES, &config.types),
        Vocabulary::Language => match config.site.languages.as_slice() {
            [] => with_own(&["en"], &[]),
            languages => with_own(&[], languages),
        },
        Vocabulary::Severity => severities(view),
    }
}

fn severities(view: &View<'_>) -> Vec<Candidate> {
    let severities = view.archive.config.severities.iter();
    let candidate = |severity: &crate::record::config::Severity| {
        Candidate::new(&severity.id, Kind::EnumMember)
            .detail(severity.name.clone())
            .documentation(Some(severity.criteria.clone()).filter(|text| !text.is_empty()))
    };
    severities.map(candidate).collect()
}

/// The states that may follow the one that the record is in above the cursor; then all others, with the reason why not.
fn statuses(view: &View<'_>, cursor: &Cursor) -> Vec<Candidate> {
    let machine = view.record().and_then(|record| view.archive.lifecycle.machine(record.kind));
    let Some(machine) = machine else { return Vec::new() };
    let Some(before) = above(view, cursor) else {
        return machine.states().map(|state| Candidate::new(state, Kind::EnumMember)).collect();
    };
    let from = before.replay.status();
    let next = machine.next(from);
    let others = machine.states().filter(|state| !next.contains(state));
    let state = |state| Candidate::new(state, Kind::EnumMember).detail(step(machine, from, state));
    next.iter().copied().chain(others).map(state).collect()
}

fn step(machine: &Machine, from: Option<&str>, to: &str) -> Option<String> {
    match (machine.step(from, to), from) {
        (_, Some(from)) if from == to => Some("the state it is in".to_owned()),
        (Step::NeedsReason, _) => Some("needs a reason".to_owned()),
        (Step::Illegal, Some(from)) => Some(format!("not from {from}")),
        (Step::Illegal, None) => Some("not at the beginning".to_owned()),
        (Step::Free | Step::FreeUnlessMajor, _) => None,
    }
}

/// The record as if it ended above the entry of the cursor; nothing where it cannot be read up to there.
fn above(view: &View<'_>, cursor: &Cursor) -> Option<Record> {
    let above = &view.document.text[..cursor.item?];
    let above = &above[..above.rfind('\n')? + 1];
    let record = view.archive.read_as(view.path, &format!("{above}---\n").into())?;
    (!matches!(record.content, Content::Unreadable)).then_some(record)
}

fn names(view: &View<'_>, cursor: &Cursor, target: Target) -> Vec<Candidate> {
    let words = |words: &[&str]| words.iter().map(|word| Candidate::new(*word, Kind::EnumMember)).collect::<Vec<_>>();
    match target {
        Target::Service => services(view),
        Target::Person => people(view),
        Target::Team => teams(view),
        Target::Actor => [people(view), words(&["bot:"])].concat(),
        Target::Responder => [people(view), teams(view), words(ROLES)].concat(),
        Target::Stakeholder => [words(STAKEHOLDERS), teams(view), people(view)].concat(),
        Target::Incident => events(view, cursor),
        Target::Rule => rule_names(|_| true),
    }
}

fn value(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.value.clone())
}

/// Those in use first.
fn services(view: &View<'_>) -> Vec<Candidate> {
    let config = &view.archive.config;
    let language = config.default_language();
    let mut services: Vec<Candidate> = config
        .services
        .iter()
        .map(|service| Candidate {
            deprecated: service.retired.is_some(),
            ..Candidate::new(&service.id.value, Kind::Reference)
                .detail(service.name_in(language).to_owned())
                .documentation(service.description_in(language, language).map(str::to_owned))
        })
        .collect();
    services.sort_by_key(|service| service.deprecated);
    services
}

fn people(view: &View<'_>) -> Vec<Candidate> {
    let people = view.archive.config.people.iter();
    people.map(|x| Candidate::new(&x.id.value, Kind::Reference).detail(value(x.name.as_ref()))).collect()
}

fn teams(view: &View<'_>) -> Vec<Candidate> {
    let teams = view.archive.config.teams.iter();
    teams.map(|x| Candidate::new(&x.id.value, Kind::Reference).detail(value(x.name.as_ref()))).collect()
}

/// Other records, the newest first, that have what is written already in their id or title.
fn events(view: &View<'_>, cursor: &Cursor) -> Vec<Candidate> {
    let own = view.record().map(|record| &record.id);
    let written = view.document.text[cursor.word.range()].to_lowercase();
    let records =
        view.archive.folders.keys().rev().filter(|id| Some(*id) != own).filter_map(|id| view.archive.event(id));
    let candidates = records.filter_map(|record| {
        let title = value(record.title());
        let fits = record.id.contains(&written) || title.as_ref().is_some_and(|t| t.to_lowercase().contains(&written));
        fits.then(|| Candidate::new(&*record.id, Kind::Reference).detail(title))
    });
    candidates.collect()
}

/// Names that the format leaves open, where it is known what they are names of.
fn slugs(view: &View<'_>, spot: Spot) -> Vec<Candidate> {
    match (spot.shape.name, spot.field.map(|field| field.key)) {
        ("breach", Some("rule")) => rule_names(|nature| nature == Nature::Breach),
        ("waiver", Some("rule")) => rule_names(|_| true),
        (_, Some("rules")) => [rule_names(|_| true), families()].concat(),
        (_, Some("severities")) => severities(view),
        (_, Some("promoted")) => actions(view),
        _ => Vec::new(),
    }
}

fn rule_names(fits: impl Fn(Nature) -> bool) -> Vec<Candidate> {
    let rules = rules::RULES.iter().filter(|rule| fits(rule.nature));
    rules.map(|rule| Candidate::new(rule.name, Kind::EnumMember).documentation(rule.summary.to_owned())).collect()
}

/// Families of rules, whose level can be set as a whole.
fn families() -> Vec<Candidate> {
    let mut families: Vec<Family> = rules::RULES.iter().map(|rule| rule.family).collect();
    families.dedup();
    families
        .into_iter()
        .map(|family| Candidate::new(family.name(), Kind::EnumMember).detail("family".to_owned()))
        .collect()
}

/// The actions of the postmortem beside the record.
fn actions(view: &View<'_>) -> Vec<Candidate> {
    let postmortem = view.record().and_then(|record| view.archive.postmortem(&record.id)?.postmortem());
    let actions = postmortem.map(|postmortem| postmortem.actions.iter()).unwrap_or_default();
    let candidate = |action: &crate::record::postmortem::Action| {
        Some(Candidate::new(&action.id.as_ref()?.value, Kind::Reference).detail(value(action.title.as_ref())))
    };
    actions.filter_map(candidate).collect()
}
