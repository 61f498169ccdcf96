use proptest::prelude::*;

use std::collections::BTreeMap;

use super::cut::{Layout, Value};
use super::*;
use crate::record::lifecycle::Lifecycle;
use crate::text::{frontmatter, yaml};

const BASE: &str = "---\ntitle: Checkout fails # for now\ntype: [deployment]\ntimeline:\n  - at: 2024-05-01T09:50:00Z\n    by: mara\n    status: investigating\n---\n\nWhat we know.\n\nNothing else.\n";

/// The base with other text in it.
fn with(old: &str, new: &str) -> String {
    assert!(BASE.contains(old), "{old}");
    BASE.replace(old, new)
}

/// The base with entries behind its last one.
fn and(entries: &str) -> String {
    with("---\n\nWhat", &format!("{entries}---\n\nWhat"))
}

fn entry(time: &str, by: &str, rest: &str) -> String {
    format!("  - at: 2024-05-01T{time}:00Z\n    by: {by}\n    {rest}\n")
}

fn run(base: &str, ours: &str, theirs: &str) -> Merged {
    let lifecycle = Lifecycle::built_in().unwrap();
    merge(base, ours, theirs, Some(&lifecycle.incident), Labels::default()).unwrap()
}

/// A merge that must be clean, from both sides.
#[track_caller]
fn clean(ours: &str, theirs: &str) -> String {
    let merged = run(BASE, ours, theirs);
    assert_eq!(merged.conflicts, Vec::<String>::new(), "{}", merged.text);
    assert_eq!(run(BASE, theirs, ours).text, merged.text, "the sides count");
    merged.text
}

#[test]
fn two_updates_stand_in_the_order_of_their_times() {
    let early = entry("10:05", "jonas", "public: We are looking. # quick");
    let late = entry("10:08", "wei", "note: Pool exhausted.");
    assert_eq!(clean(&and(&late), &and(&early)), and(&format!("{early}{late}")));
}

#[test]
fn what_both_sides_have_stands_once() {
    let shared = entry("10:05", "jonas", "note: Same.");
    let ours = entry("10:06", "mara", "note: Ours.");
    let theirs = entry("10:07", "wei", "note: Theirs.");
    let merged = clean(&and(&format!("{shared}{ours}")), &and(&format!("{shared}{theirs}")));
    assert_eq!(merged, and(&format!("{shared}{ours}{theirs}")));
}

#[test]
fn two_entries_of_one_second_do_not_depend_on_the_side_and_each_side_keeps_its_order() {
    let ours = [entry("10:05", "mara", "note: z first."), entry("10:05", "mara", "note: a second.")].concat();
    let theirs = entry("10:05", "wei", "note: Theirs.");
    assert_eq!(clean(&and(&ours), &and(&theirs)), and(&format!("{ours}{theirs}")));
}

#[test]
fn keys_entries_and_text_are_changed_independently() {
    let ours = with("Checkout fails", "Checkout is down").replace("mara\n", "mara # on call\n");
    let theirs = with("Nothing else.", "The pool is exhausted.").replace("[deployment]", "[capacity]");
    let merged = clean(&ours, &theirs);
    for expected in ["Checkout is down # for now", "mara # on call", "[capacity]", "The pool is exhausted."] {
        assert!(merged.contains(expected), "{merged}");
    }
}

#[test]
fn keys_that_only_one_side_added_are_kept() {
    let ours = with("timeline:", "detection: {method: alert}\ntimeline:");
    let theirs = with("timeline:", "# asked twice\nassessment:\n  scope: some\ntimeline:");
    let merged = clean(&ours, &theirs);
    assert_eq!(
        merged,
        with("timeline:", "# asked twice\nassessment:\n  scope: some\ndetection: {method: alert}\ntimeline:")
    );
}

#[test]
fn a_key_that_both_changed_differently_is_a_conflict_around_that_key() {
    let ours = with("Checkout fails # for now", "Checkout is down");
    let theirs = with("Checkout fails # for now", "Cards fail");
    let merged = run(BASE, &ours, &theirs);
    assert_eq!(merged.conflicts, ["`title` was changed on both sides"]);
    let markers =
        "<<<<<<< ours\ntitle: Checkout is down\n=======\ntitle: Cards fail\n>>>>>>> theirs\ntype: [deployment]";
    assert!(merged.text.contains(markers), "{}", merged.text);
}

#[test]
fn who_answers_different_questions_does_not_disagree() {
    let answers = |text: &str| with("timeline:", &format!("{text}timeline:"));
    let cases = [
        (
            "",
            "assessment: {customers: 5}\n",
            "assessment: {support_cases: 3}\n",
            "assessment: {customers: 5, support_cases: 3}\n",
        ),
        (
            "assessment: {scope: some}  # asked\n",
            "assessment: {customers: 5, scope: some}  # asked\n",
            "assessment: {scope: all, support_cases: 3}  # asked\n",
            "assessment: {customers: 5, scope: all, support_cases: 3}  # asked\n",
        ),
        (
            "assessment:  # asked\n  scope: some\n",
            "assessment:  # asked\n  # by phone\n  customers: 5\n  scope: some\n",
            "assessment:  # asked\n  scope: some\n  support_cases: 3\n",
            "assessment:  # asked\n  # by phone\n  customers: 5\n  scope: some\n  support_cases: 3\n",
        ),
        ("assessment: {}\n", "assessment: {a: 1}\n", "assessment: {b: 2}\n", "assessment: {a: 1, b: 2}\n"),
        ("assessment:\n", "assessment:\n  a: 1\n", "assessment:\n  b: 2\n", "assessment:\n  a: 1\n  b: 2\n"),
        (
            "cause:\n  deep:\n    x: 1\n",
            "cause:\n  deep:\n    w: 0\n    x: 1\n",
            "cause:\n  deep:\n    x: 1\n    y: |\n      2\n\n      3\n",
            "cause:\n  deep:\n    w: 0\n    x: 1\n    y: |\n      2\n\n      3\n",
        ),
    ];
    for (base, ours, theirs, expected) in cases {
        let base = if base.is_empty() { BASE.to_owned() } else { answers(base) };
        for (ours, theirs) in [(ours, theirs), (theirs, ours)] {
            let merged = run(&base, &answers(ours), &answers(theirs));
            assert_eq!((merged.conflicts, merged.text), (vec![], answers(expected)));
        }
    }
}

#[test]
fn two_answers_to_one_question_are_a_conflict_around_that_question() {
    let answers = |text: &str| with("timeline:", &format!("assessment:\n{text}timeline:"));
    let base = answers("  scope: some\n");
    let merged = run(&base, &answers("  customers: 5\n  scope: all\n"), &answers("  data_loss: none\n  scope: none\n"));
    assert_eq!(merged.conflicts, ["`assessment.scope` was changed on both sides"]);
    let expected =
        "  customers: 5\n  data_loss: none\n<<<<<<< ours\n  scope: all\n=======\n  scope: none\n>>>>>>> theirs\n";
    assert_eq!(merged.text, answers(expected));
}

#[test]
fn a_window_is_one_decision() {
    let window = |start, end| with("type: [deployment]", &format!("window: {{start: {start}, end: {end}}}"));
    let merged = run(&window(1, 2), &window(0, 2), &window(1, 3));
    assert_eq!(merged.conflicts, ["`window` was changed on both sides"]);
}

#[test]
fn an_entry_that_both_edited_differently_is_a_conflict_around_that_entry() {
    let more = entry("10:05", "jonas", "note: More.");
    let ours = and(&more).replace("status: investigating", "status: triage");
    let theirs = with("status: investigating", "status: identified");
    let merged = run(BASE, &ours, &theirs);
    assert_eq!(merged.conflicts, ["the entry of 2024-05-01T09:50:00Z by mara was changed on both sides"]);
    assert!(merged.text.ends_with(&format!("{more}---\n\nWhat we know.\n\nNothing else.\n")), "{}", merged.text);
    assert_eq!(merged.text.matches("<<<<<<<").count(), 1);
}

#[test]
fn an_entry_that_one_removed_and_the_other_edited_is_a_conflict() {
    let second = entry("10:05", "jonas", "note: More.");
    let base = and(&second);
    let merged = run(&base, BASE, &base.replace("More.", "Much more."));
    assert_eq!(merged.conflicts.len(), 1);
    assert!(merged.text.contains("<<<<<<< ours\n=======\n  - at: 2024-05-01T10:05:00Z"), "{}", merged.text);
    assert_eq!(run(&base, BASE, &with("fails", "failed")).text, with("fails", "failed"));
}

#[test]
fn statuses_that_cannot_follow_each_other_are_a_conflict() {
    let forward = entry("10:05", "mara", "status: monitoring");
    let back = entry("10:06", "wei", "status: identified");
    let merged = run(BASE, &and(&forward), &and(&back));
    assert_eq!(merged.conflicts, ["one side went to `identified`, which cannot follow the other side's `monitoring`"]);
    let markers = format!("<<<<<<< ours\n{forward}=======\n{back}>>>>>>> theirs\n---\n");
    assert!(merged.text.contains(&markers), "{}", merged.text);
}

#[test]
fn statuses_that_can_follow_each_other_are_none() {
    let forward = entry("10:05", "mara", "status: identified");
    let further = entry("10:06", "wei", "status: monitoring");
    let same = entry("10:07", "wei", "status: identified");
    let reasoned = entry("10:08", "wei", "{status: investigating, reason: It was not that.}")
        .replace("    {status", "    status")
        .replace(", reason", "\n    reason")
        .replace("that.}", "that.");
    for other in [further, same, reasoned] {
        clean(&and(&forward), &and(&other));
    }
}

#[test]
fn a_step_that_one_side_took_by_itself_is_its_own_business() {
    let odd = [entry("10:05", "mara", "status: monitoring"), entry("10:06", "mara", "status: triage")].concat();
    clean(&and(&odd), &and(&entry("10:01", "wei", "note: Unrelated.")));
}

#[test]
fn a_record_that_both_sides_made() {
    let ours = and(&entry("10:05", "jonas", "note: Ours."));
    let theirs = and(&entry("10:06", "jonas", "note: Theirs."));
    let merged = run("", &ours, &theirs);
    assert_eq!(merged.conflicts, Vec::<String>::new());
    assert_eq!(merged.text.matches("note:").count(), 2);
}

#[test]
fn one_side_sorted_the_timeline_and_the_other_added_to_it() {
    let late = entry("09:40", "wei", "note: Recorded late.");
    let base = and(&late);
    let sorted = with("  - at", &format!("{late}  - at"));
    let added = entry("10:05", "mara", "note: New.");
    let merged = run(&base, &sorted, &base.replace(&late, &format!("{late}{added}")));
    assert_eq!(merged.text, sorted.replace("---\n\nWhat", &format!("{added}---\n\nWhat")));
}

#[test]
fn the_first_entries_of_two_sides() {
    let base = "---\ntitle: x\ntimeline: []\n---\n";
    let record = |entry: &str| format!("---\ntitle: x\ntimeline:\n{entry}---\n");
    let (one, two) = (entry("10:05", "mara", "note: 1"), entry("10:06", "wei", "note: 2"));
    assert_eq!(run(base, &record(&two), &record(&one)).text, record(&format!("{one}{two}")));
}

#[test]
fn line_endings_stay() {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let (one, two) = (entry("10:05", "mara", "note: 1"), entry("10:06", "wei", "note: 2"));
    let merged = run(&crlf(BASE), &crlf(&and(&two)), &crlf(&and(&one)));
    assert_eq!(merged.text, crlf(&and(&format!("{one}{two}"))));
    let conflict = run(&crlf(BASE), &crlf(&with("fails", "broke")), &crlf(&with("fails", "failed")));
    assert_eq!(conflict.text.matches('\n').count(), conflict.text.matches("\r\n").count());
}

#[test]
fn what_is_no_record_is_left_to_a_merge_of_lines() {
    for text in ["no front matter\n", "---\na: [\n---\n", "---\na: 1\na: 2\n---\n", "---\n{a: 1}\n---\n"] {
        assert_eq!(merge(BASE, &with("fails", "failed"), text, None, Labels::default()), None, "{text}");
    }
}

/// Entries that a side appends: minute, text, and comments of their own.
fn additions() -> impl Strategy<Value = Vec<String>> {
    let entry = (
        0u8..6,
        0usize..4,
        prop_oneof!["note: [a-c]{1,3}", "note: \\|\n      [a-c]{1,3}\n\n      [a-c] # no comment"],
        any::<bool>(),
    );
    prop::collection::vec(entry, 0..5).prop_map(|mut entries| {
        entries.sort_by_key(|entry| entry.0);
        let text = |(minute, by, rest, comment): (u8, usize, String, bool)| {
            let comment = if comment { "\n  # so far\n" } else { "" };
            format!("{comment}{}", self::entry(&format!("10:0{minute}"), ["mara", "wei", "jonas", "dana"][by], &rest))
        };
        entries.into_iter().map(text).collect()
    })
}

proptest! {
    #[test]
    fn merging_is_commutative_idempotent_and_loses_nothing(ours in additions(), theirs in additions()) {
        let (one, two) = (and(&ours.concat()), and(&theirs.concat()));
        let merged = run(BASE, &one, &two);
        prop_assert!(merged.conflicts.is_empty(), "{:?}", merged);
        let text = &merged.text;
        prop_assert_eq!(&run(BASE, &two, &one).text, text);
        prop_assert_eq!(&run(BASE, text, text).text, text);
        prop_assert_eq!(&run(BASE, text, &one).text, text);
        prop_assert_eq!(&run(&one, text, &one).text, text);
        for side in [&ours, &theirs] {
            for entry in side {
                let count = |list: &[String]| list.iter().filter(|other| *other == entry).count();
                prop_assert_eq!(count_in(text, entry), count(&ours).max(count(&theirs)), "{} in {}", entry, text);
            }
        }
        let times: Vec<_> = cut(text).unwrap().keys[2].timeline().unwrap().entries.iter().map(|e| e.at).collect();
        prop_assert!(times.is_sorted(), "{}", text);
    }

    #[test]
    fn any_text_is_merged_or_refused(base in text(), ours in text(), theirs in text()) {
        if let Some(merged) = merge(&base, &ours, &theirs, None, Labels::default()) {
            prop_assert!(!merged.conflicts.is_empty() || ours == theirs || merged.text == ours || merged.text == theirs || cut(&merged.text).is_some());
        }
        if let Some(cut) = cut(&ours) {
            let keys: String = cut.keys.iter().map(|key| match &key.value {
                Value::Timeline(timeline) => [timeline.head.to_owned(), timeline.entries.iter().map(|e| e.text).collect(), timeline.tail.to_owned()].concat(),
                Value::Mapping(mapping) if mapping.layout != Layout::Brackets => [mapping.head.to_owned(), mapping.keys.iter().map(|key| key.text).collect(), mapping.tail.to_owned()].concat(),
                _ => key.text.to_owned(),
            }).collect();
            prop_assert_eq!([cut.head, &keys, cut.tail, cut.body].concat(), ours);
        }
    }
}

/// The answers that a side has, some of them to the same questions.
fn answers() -> impl Strategy<Value = Answers> {
    prop::collection::btree_map("[a-d]", prop_oneof!["[1-3]", Just("\"x, {y\"".to_owned())], 1..4)
}

type Answers = BTreeMap<String, String>;

/// A record with those answers, in brackets or in lines of their own, some with a comment.
fn answered(answers: &Answers, in_lines: bool) -> String {
    if answers.is_empty() {
        return BASE.to_owned();
    }
    let line = |(key, value): (&String, &String)| match key.as_str() {
        "b" => format!("  # asked twice\n  b: {value} # sure\n"),
        _ => format!("  {key}: {value}\n"),
    };
    let pair = |(key, value): (&String, &String)| format!("{key}: {value}");
    let text = if in_lines {
        format!("\n{}", answers.iter().map(line).collect::<String>())
    } else {
        format!(" {{{}}} # so far\n", answers.iter().map(pair).collect::<Vec<_>>().join(", "))
    };
    with("timeline:", &format!("assessment:{text}timeline:"))
}

/// What a record answers, as YAML reads it.
fn read(record: &str) -> Answers {
    let front = frontmatter::split(record).front.unwrap();
    let mut problems = Vec::new();
    let root = yaml::parse(record, front, &mut problems).unwrap();
    assert!(problems.is_empty(), "{record}");
    let pairs = root.get("assessment").and_then(|node| node.pairs()).unwrap_or_default();
    let text = |node: &yaml::Node<'_>| record[node.span.range()].to_owned();
    pairs.iter().map(|(key, value)| (text(key), text(value))).collect()
}

proptest! {
    #[test]
    fn answers_are_merged_one_by_one(
        base in prop_oneof![Just(Answers::new()), answers()],
        ours in answers(),
        theirs in answers(),
        in_lines: bool,
    ) {
        let mut expected = Answers::new();
        let mut disputed = false;
        for key in ["a", "b", "c", "d"] {
            match one_changed(base.get(key), ours.get(key), theirs.get(key)) {
                Some(value) => expected.extend(value.map(|value| (key.to_owned(), value.clone()))),
                None => disputed = true,
            }
        }
        let [base, one, two] = [&base, &ours, &theirs].map(|answers| answered(answers, in_lines));
        let merged = run(&base, &one, &two);
        let other = run(&base, &two, &one);
        // Where nothing is left, that may be asked.
        if disputed || !expected.is_empty() {
            prop_assert_eq!(!merged.conflicts.is_empty(), disputed, "{}", merged.text);
        }
        prop_assert_eq!(other.conflicts.is_empty(), merged.conflicts.is_empty());
        if merged.conflicts.is_empty() {
            prop_assert_eq!(&read(&merged.text), &expected);
            prop_assert_eq!(&other.text, &merged.text);
        }
        if merged.conflicts.is_empty() && !expected.is_empty() {
            prop_assert_eq!(&run(&base, &merged.text, &one).text, &merged.text);
            prop_assert_eq!(&run(&one, &merged.text, &one).text, &merged.text);
        }
    }
}

/// How often the timeline of a record has exactly this entry.
fn count_in(record: &str, entry: &str) -> usize {
    let cut = cut(record).unwrap();
    let timeline = cut.keys[2].timeline().unwrap();
    timeline.entries.iter().filter(|found| found.text == entry).count()
}

/// Records with something odd in them.
fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[ab]: [ab]",
        Just("timeline:".to_owned()),
        Just("  - at: 2024-05-01T09:50:00Z".to_owned()),
        Just("    by: mara".to_owned()),
        Just("  -".to_owned()),
        Just("    note: |+".to_owned()),
        Just("      x".to_owned()),
        Just("  # c".to_owned()),
        Just(String::new()),
        Just("---".to_owned()),
        Just("- {a: b}".to_owned()),
    ];
    prop::collection::vec(line, 0..10).prop_map(|lines| format!("---\n{}\n---\nbody", lines.join("\n")))
}
