//! Restores the order and the style of a record, and touches nothing else.
//!
//! What a record says never changes: keys move, entries that were recorded late move to their time, names of other
//! schools become those of the format. Entries that are out of order without saying why are for `check` to report.

use super::Kind;
use super::replay::order_of;
use super::shape::{ENTRY, Shape, Value, Vocabulary, canonical_role};
use super::time::Time;
use crate::text::data::Data;
use crate::text::edit::{self, CannotEdit, Op, Path};

/// Formats a record.
///
/// # Errors
///
/// The front matter cannot be read, or something cannot be moved without loss.
pub fn format(text: &str, kind: Kind) -> Result<String, CannotEdit> {
    let mut text = edit::trim_lines(text)?;
    let mut wanted = Vec::new();
    rewrites(&edit::data(&text)?, &Value::Map(kind.shape()), &Path::default(), &mut wanted);
    for op in wanted {
        text = edit::edit(&text, &op)?;
    }
    text = in_order_of(&text, kind.shape(), &Path::default())?;
    let timeline = Path::keys(TIMELINE);
    if let Some(Data::List(entries)) = edit::data(&text)?.get(TIMELINE) {
        for index in (0..entries.len()).filter(|index| !is_in_order(&entries[*index], &ENTRY)) {
            text = in_order_of(&text, &ENTRY, &timeline.clone().item(index))?;
        }
        text = edit::order_items(&text, TIMELINE, &order(entries))?;
    }
    Ok(text)
}

const TIMELINE: &str = "timeline";

fn in_order_of(text: &str, shape: &Shape, path: &Path) -> Result<String, CannotEdit> {
    edit::order_keys(text, path, |key| shape.place(key))
}

fn is_in_order(data: &Data, shape: &Shape) -> bool {
    match data {
        Data::Map(pairs) => pairs.is_sorted_by_key(|(key, _)| shape.place(key)),
        _ => true,
    }
}

/// The values to write otherwise: times with one reading, and roles by another name.
fn rewrites(data: &Data, value: &Value, path: &Path, out: &mut Vec<Op>) {
    match (value, data) {
        (Value::Time, Data::Text(text) | Data::Plain(text)) => {
            if let Some(meant) = Time::parse(text).err().and_then(|why| why.meant) {
                out.push(Op::Set { path: path.clone(), value: Data::plain(meant) });
            }
        }
        (Value::Word(Vocabulary::Role), Data::Text(name)) if canonical_role(name) != name => {
            out.push(Op::Set { path: path.clone(), value: Data::text(canonical_role(name)) });
        }
        (Value::Nullable(inner), data) => rewrites(data, inner, path, out),
        (Value::Either { collection, .. }, Data::List(_) | Data::Map(_)) => rewrites(data, collection, path, out),
        (Value::Either { scalar, .. }, data) => rewrites(data, scalar, path, out),
        (Value::List(item) | Value::OneOrMore(item), Data::List(items)) => {
            for (index, data) in items.iter().enumerate() {
                rewrites(data, item, &path.clone().item(index), out);
            }
        }
        (Value::OneOrMore(item), data) => rewrites(data, item, path, out),
        (Value::Map(shape), Data::Map(pairs)) => {
            for (key, data) in pairs {
                if let Some(field) = shape.field(key) {
                    rewrites(data, &field.value, &path.clone().key(key), out);
                }
            }
        }
        (Value::Dict { key: Value::Word(Vocabulary::Role), .. }, Data::Map(pairs)) => {
            for (alias, _) in pairs {
                let role = canonical_role(alias);
                // Where both names stand, a person has to say which of the two holds.
                if role != alias && !pairs.iter().any(|(other, _)| other == role) {
                    out.push(Op::Rename { path: path.clone().key(alias), name: role.to_owned() });
                }
            }
        }
        _ => {}
    }
}

/// The order in which the entries happened. Where an entry has no time that can be read, nothing is moved.
fn order(entries: &[Data]) -> Vec<usize> {
    let time = |entry: &Data| match entry.get("at") {
        Some(Data::Text(text) | Data::Plain(text)) => Time::parse(text).ok(),
        _ => None,
    };
    let backfill = |entry: &Data| entry.get("backfill") == Some(&Data::plain(true));
    let known: Option<Vec<(Time, bool)>> = entries.iter().map(|e| Some((time(e)?, backfill(e)))).collect();
    known.map_or_else(|| (0..entries.len()).collect(), |entries| order_of(entries.into_iter()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::record::Record;
    use crate::record::decode::{self, Names};
    use crate::record::lifecycle::Lifecycle;

    fn formatted(front: &str) -> String {
        let new = format(&format!("---\n{front}---\nText.  \n"), Kind::Incident).unwrap();
        new.strip_prefix("---\n").and_then(|new| new.strip_suffix("---\nText.  \n")).unwrap().to_owned()
    }

    fn read(text: &str) -> Record {
        let names = Names::new(&Lifecycle::built_in().unwrap());
        decode::record::read("2024-05-01-x", Kind::Incident, "x/incident.md", Arc::from(text), &names)
    }

    #[test]
    fn keys_take_their_comments_along() {
        assert_eq!(
            formatted(
                "# About this file.\n\n# of the timeline\ntimeline: [] # none\n# of the type\ntype: [network] # why\n# more\ntitle: 'x'\n# end\n"
            ),
            "# About this file.\n\n# more\ntitle: 'x'\n# of the type\ntype: [network] # why\n# of the timeline\ntimeline: [] # none\n# end\n"
        );
        assert_eq!(
            formatted("# yaml-language-server: $schema=x\ntimeline: []\n\ntitle: x\n"),
            "# yaml-language-server: $schema=x\ntitle: x\n\ntimeline: []\n"
        );
    }

    #[test]
    fn keys_of_an_entry_are_put_in_order() {
        assert_eq!(
            formatted(
                "timeline:\n  - note: |\n      two\n      lines\n\n    by: wei # who\n    # when\n    # exactly\n  - at: 2024-05-01T10:00:00Z\n"
            ),
            "timeline:\n  - by: wei # who\n\n    note: |\n      two\n      lines\n    # when\n    # exactly\n  - at: 2024-05-01T10:00:00Z\n"
        );
        assert_eq!(formatted("timeline:\n- {note: 'x',  by: wei}\n"), "timeline:\n- {by: wei,  note: 'x'}\n");
    }

    #[test]
    fn what_was_recorded_late_goes_to_its_time() {
        let late = "  # late\n  - at: 2024-05-01T09:00:00Z\n    by: wei\n    backfill: true\n    note: first\n";
        let first = "  - at: 2024-05-01T09:30:00Z\n    by: wei\n    note: second\n";
        assert_eq!(formatted(&format!("timeline:\n{first}{late}")), format!("timeline:\n{late}{first}"));
        let slip = late.replace("    backfill: true\n", "");
        let as_it_was = format!("timeline:\n{first}{slip}");
        assert_eq!(formatted(&as_it_was), as_it_was, "check reports it; nobody knows which time is wrong");
    }

    #[test]
    fn names_times_and_blanks_are_tidied() {
        assert_eq!(
            formatted(
                "title: x  \t\ncause: {deployed: 2024-5-1T9:15Z} # when  \ntimeline:\n  - at: '2024-05-01 09:41:00 UTC'\n    roles: {incident_commander: mara, sme: wei,   subject_matter_expert: jonas}\n    note: |\n      kept  \n"
            ),
            "title: x\ncause: {deployed: 2024-05-01T09:15:00Z} # when\ntimeline:\n  - at: 2024-05-01T09:41:00Z\n    roles: {incident_manager: mara, sme: wei,   subject_matter_expert: jonas}\n    note: |\n      kept  \n"
        );
        let time = "timeline:\n  - at: 2024-05-01T09:41\n";
        assert_eq!(formatted(time), time, "without an offset it could be any moment");
    }

    #[test]
    fn what_cannot_be_moved_is_refused_with_its_line() {
        let text = "---\ntitle: x\ntimeline:\n  - note: x\n    # when\n    at: 2024-05-01T09:41:00Z\n---\n";
        let refusal = format(text, Kind::Incident).unwrap_err();
        assert_eq!((refusal.line, refusal.reason.contains("comment")), (6, true), "{refusal}");
    }

    /// Entries as people leave them behind: any order of keys, comments, times and layouts.
    fn entry() -> impl Strategy<Value = String> {
        let keys = proptest::sample::subsequence(
            &[
                "by: wei # who",
                "status: investigating",
                "note: |\n  a\n\n  b: c",
                "public:\n  # which\n  en: x",
                "roles: {incident_commander: mara}",
                "impact: {a: major_outage,\n  b: operational}",
                "backfill: true",
                "next_update: 2024-05-01T9:15:00Z",
                "# 메모\nreason: x",
                "links:\n- {url: https://a.b}\n# deep\n- url: https://c.d",
            ],
            0..10,
        );
        (keys.prop_shuffle(), 0..60_u8, any::<bool>(), prop_oneof![Just(""), Just("\n"), Just("# of it\n")]).prop_map(
            |(mut keys, minute, at_first, above)| {
                let at = format!("at: 2024-05-01T10:{minute:02}:00Z");
                keys.insert(if at_first { 0 } else { keys.len() }, &at);
                let lines = keys.join("\n");
                let mut lines = lines.lines();
                let first = lines.next().unwrap_or_default().to_owned();
                let first = if let Some(comment) = first.strip_prefix('#') {
                    format!("\n    #{comment}")
                } else {
                    format!(" {first}")
                };
                let rest: String =
                    lines.map(|line| if line.is_empty() { "\n".into() } else { format!("    {line}\n") }).collect();
                let above = if above.starts_with('#') { format!("  {above}") } else { above.to_owned() };
                format!("{above}  -{first}\n{rest}")
            },
        )
    }

    proptest! {
        #[test]
        fn a_record_says_the_same_and_stays_as_it_is(
            entries in proptest::collection::vec(entry(), 0..6),
            title_last in any::<bool>(),
            crlf in any::<bool>(),
        ) {
            let timeline = if entries.is_empty() { "timeline: []\n".into() } else { format!("timeline:\n{}", entries.concat()) };
            let title = "\n# what\ntitle: x # y\n";
            let front = if title_last { timeline + title } else { format!("{title}{timeline}") };
            let old = format!("---\n{front}---\n\nText.  \n");
            let old = if crlf { old.replace('\n', "\r\n") } else { old };
            let Ok(new) = format(&old, Kind::Incident) else { return Ok(()) };
            let again = format(&new, Kind::Incident);
            prop_assert_eq!(again.as_ref(), Ok(&new), "{}", old);
            let (before, after) = (read(&old), read(&new));
            let said = |record: &Record| {
                let replay = &record.replay;
                let statuses: Vec<_> = replay.statuses.iter().map(|s| (s.value.clone(), s.from, s.to)).collect();
                let impacts: Vec<_> = replay.impacts.iter().map(|i| (i.service.clone(), i.state, i.from, i.to)).collect();
                (statuses, impacts, replay.roles.clone(), replay.moments.clone())
            };
            prop_assert_eq!(said(&before), said(&after), "{}", new);
            let lines = |text: &str| {
                let mut lines: Vec<_> = text.lines().map(|line| line.trim_start_matches([' ', '-']).replace("commander", "manager").replace("T9:", "T09:")).collect();
                lines.retain(|line| !line.is_empty());
                lines.sort();
                lines
            };
            prop_assert_eq!(lines(&old), lines(&new));
            prop_assert_eq!(crlf, new.contains('\r'));
        }
    }
}
