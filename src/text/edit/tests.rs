use std::cell::Cell;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::*;

fn text(value: &str) -> Data {
    Data::text(value)
}

fn set(path: Path, value: Data) -> Op {
    Op::Set { path, value }
}

fn entry() -> Data {
    Data::map([("at", Data::plain("2024-05-01T10:00:00Z")), ("note", text("two\nlines"))])
}

/// The front matter after an edit.
fn edited(front: &str, op: &Op) -> String {
    let new = edit(&format!("---\n{front}---\nBody\n"), op).unwrap();
    new.strip_prefix("---\n").and_then(|new| new.strip_suffix("---\nBody\n")).unwrap().to_owned()
}

fn refused(front: &str, op: &Op) -> CannotEdit {
    edit(&format!("---\n{front}---\n"), op).unwrap_err()
}

#[test]
fn a_value_is_replaced_and_nothing_else() {
    let cases = [
        ("a:   'old'   # why\n", "a:   new   # why\n"),
        ("a:\n", "a: new\n"),
        ("a:   # why\n", "a: new   # why\n"),
        ("a: |-  # why\n  old\n  # text\n\n# next\nb: 1\n", "a: new  # why\n\n# next\nb: 1\n"),
        ("a: old\n  and more # why\n", "a: new # why\n"),
        ("a:\n  - 1\n  - 2\nb: 1\n", "a: new\nb: 1\n"),
        ("a: {x: 1} # why\n", "a: new # why\n"),
        ("\"a\": old\n", "\"a\": new\n"),
    ];
    for (old, new) in cases {
        assert_eq!(edited(old, &set(Path::keys("a"), text("new"))), new, "{old}");
    }
}

#[test]
fn a_text_of_several_lines_leaves_the_comment_on_its_line() {
    let op = set(Path::keys("a.b"), text("one\n\ntwo"));
    assert_eq!(edited("a:\n  b: old # why\nc: 1\n", &op), "a:\n  b: |- # why\n    one\n\n    two\nc: 1\n");
    assert_eq!(edited("a: {b: old, c: 1}\n", &op), "a: {b: \"one\\n\\ntwo\", c: 1}\n");
}

#[test]
fn missing_keys_and_their_mappings_are_made() {
    let op = set(Path::keys("a.b"), text("x"));
    assert_eq!(edited("", &op), "a: {b: x}\n");
    assert_eq!(edited("c: 1\n# end\n", &op), "c: 1\na: {b: x}\n# end\n");
    assert_eq!(edited("a:\nc: 1\n", &op), "a: {b: x}\nc: 1\n");
    assert_eq!(edited("a: {}\n", &op), "a: {b: x}\n");
    assert_eq!(edited("a: {c: 1}\n", &op), "a: {c: 1, b: x}\n");
    assert_eq!(edited("a:\n    c: 1 # why\n    # more of c\n", &op), "a:\n    c: 1 # why\n    b: x\n    # more of c\n");
    let op = Op::Add { path: Path::keys("a.b"), after: Some("c".into()), value: text("x") };
    assert_eq!(edited("a:\n  c: 1\n  d: 2\n", &op), "a:\n  c: 1\n  b: x\n  d: 2\n");
}

#[test]
fn an_item_is_added_the_way_its_list_is_written() {
    let op = |index| Op::Insert { path: Path::keys("l"), index, value: entry() };
    let lines = "at: 2024-05-01T10:00:00Z\n    note: |-\n      two\n      lines\n";
    assert_eq!(edited("l: []\n", &op(0)), format!("l:\n  - {lines}"));
    assert_eq!(
        edited("l:\n  - at: 1 # x\n    # of it\n  # end\nb: 1\n", &op(1)),
        format!("l:\n  - at: 1 # x\n    # of it\n  # end\n  - {lines}b: 1\n")
    );
    assert_eq!(
        edited("l:\n- at: 1\n# of b\nb: 1\n", &op(1)),
        "l:\n- at: 1\n- at: 2024-05-01T10:00:00Z\n  note: |-\n    two\n    lines\n# of b\nb: 1\n"
    );
    assert_eq!(
        edited("l:\n  - at: 1\n\n  # second\n  - at: 2\n", &op(2)),
        format!("l:\n  - at: 1\n\n  # second\n  - at: 2\n\n  - {lines}")
    );
    assert_eq!(edited("l:\n  - at: 1\n\n  - at: 2\n", &op(1)), format!("l:\n  - at: 1\n\n  - {lines}\n  - at: 2\n"));
    assert_eq!(edited("l: [{at: 1}]\n", &op(1)), "l: [{at: 1}, {at: 2024-05-01T10:00:00Z, note: \"two\\nlines\"}]\n");
}

#[test]
fn keys_and_items_are_removed_with_their_lines() {
    let remove = |path| Op::Remove { path };
    assert_eq!(edited("a: 1\nb: |\n  x\n\nc: 3\n", &remove(Path::keys("b"))), "a: 1\n\nc: 3\n");
    assert_eq!(edited("a: {b: 1, c: 2}\n", &remove(Path::keys("a.b"))), "a: {c: 2}\n");
    assert_eq!(edited("a: {b: 1, c: 2}\n", &remove(Path::keys("a.c"))), "a: {b: 1}\n");
    assert_eq!(edited("a:\n  b: 1\n", &remove(Path::keys("a.b"))), "a: {}\n");
    let path = Path::keys("l").item(0);
    assert_eq!(edited("l:\n  - a: 1\n    b: 2\n", &remove(path.clone())), "l: []\n");
    assert_eq!(edited("l:\n  - a: 1\n    b: 2\n", &remove(path.key("a"))), "l:\n  - b: 2\n");
}

#[test]
fn what_would_be_lost_is_refused() {
    let refusal = refused("x: 1\na:\n  # why\n  - 1\n", &set(Path::keys("a"), text("new")));
    assert_eq!((refusal.line, refusal.reason.contains("lose a comment")), (3, true));
    assert!(refused("a: 1 # why\nb: 2\n", &Op::Remove { path: Path::keys("a") }).reason.contains("lose a comment"));
    assert!(refused("a: &x 1\nb: *x\n", &set(Path::keys("b"), text("new"))).reason.contains("anchors"));
    assert_eq!(refused("a: [1\n", &set(Path::keys("a"), text("new"))).line, 2);
    assert!(refused("a: 1\n", &Op::Remove { path: Path::keys("b") }).reason.contains("no `b`"));
    assert!(refused("a: 1\n", &set(Path::keys("a.b"), text("new"))).reason.contains("no mapping"));
}

#[test]
fn a_file_that_is_all_yaml_may_lack_its_last_line_break() {
    let op = Op::Insert { path: Path::keys("l"), index: 1, value: text("x") };
    assert_eq!(edit_yaml("\u{feff}l:\r\n- y", &op).unwrap(), "\u{feff}l:\r\n- y\r\n- x");
    assert_eq!(edit_yaml("l: # why\n  - y # last", &op).unwrap(), "l: # why\n  - y # last\n  - x");
    assert_eq!(edit_yaml("l:\n  - |\n    y", &op).unwrap(), "l:\n  - |\n    y\n  - x");
}

#[test]
fn a_list_is_cut_into_its_items_and_their_comments() {
    let text = "---\r\nl: # head\r\n  # first\r\n  - a: 1\r\n    # of it\r\n\r\n  # second\r\n  - |\r\n    x\r\n  # end\r\n---\r\n";
    let pieces = cut(text, "l").unwrap();
    assert_eq!(pieces.before, "---\r\nl: # head\r\n");
    assert_eq!(pieces.items, ["  # first\r\n  - a: 1\r\n    # of it\r\n", "\r\n  # second\r\n  - |\r\n    x\r\n"]);
    assert_eq!(pieces.after, "  # end\r\n---\r\n");
    assert_eq!(format!("{}{}{}", pieces.before, pieces.items.concat(), pieces.after), text);
    assert_eq!(cut("---\na: 1\nl: []\nb: 1\n---\n", "l").unwrap().before, "---\na: 1\nl: []\n");
    assert_eq!(cut("---\nl: [1, 2]\n---\n", "l").unwrap_err().line, 2);
}

/// A place that is written in one of several ways.
fn one_of(ways: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(ways)
}

const BETWEEN: &[&str] = &["", "", "", "\n", "# comment\n", "\n# 댓글: {[\n\n", " \t\n"];
const TITLES: &[&str] = &[
    "title: plain\n",
    "title: '결제: ''오류''' # why\n",
    "title: \"a \\\" # b\"\n",
    "title: over\n  two lines # why\n",
    "title: >-\n    folded\n    text\n\n",
    "title:\n  below\n",
    "title:   # none yet\n",
];
const DETECTIONS: &[&str] = &[
    "",
    "detection:\n",
    "detection: {}\n",
    "detection: {method: alert, source: 'x, y'} # why\n",
    "detection: {\n  method: alert, # how\n  source: x,\n}\n",
    "detection:\n  method: alert # how\n  source: |\n    # no comment\n    x\n\n    # a comment\n",
    "detection: # why\n    # first\n    source: x\n    # deep\n",
];
const ALIASES: &[&str] = &[
    "",
    "aliases: []\n",
    "aliases: [a, 'b c'] # why\n",
    "aliases: [\n  a, # first\n  b,\n]\n",
    "aliases:\n- a\n- b # why\n# 밑\n",
    "aliases:\n    - a\n\n    - |+\n      b\n\n    # end\n",
    "aliases:\n  - a\n",
];
const ITEMS: &[&str] = &[
    "- at: 1\n  note: x\n",
    "- at: 2 # 두 번째\n  # deep\n  note: |\n    text\n    # no comment\n\n",
    "-   at: 3\n    note: \"a # b\"\n    impact: {a: b,\n      c: d}\n",
    "- {at: 4, note: 'x'} # why\n",
    "-\n  at: 5\n  links:\n  - {url: x}\n  - url: y\n",
    "- at: 6\n  note: |+\n    keep\n\n\n",
    "- at: 7\n  note:\n",
    "# of the next\n- at: 8\n  roles:\n      mara: null\n  # deep\n",
    "\n- at: 9\n  note: plain\n    over lines\n",
];

fn timeline() -> impl Strategy<Value = String> {
    let items = (
        vec(one_of(ITEMS), 1..5),
        prop_oneof![Just(""), Just("  "), Just("    ")],
        one_of(&["", " # head", "\n  # head"]),
    );
    let blocks = items.prop_map(|(items, indent, head)| {
        let lines: String = items
            .concat()
            .split_inclusive('\n')
            .map(|line| if line == "\n" { line.to_owned() } else { format!("{indent}{line}") })
            .collect();
        format!("timeline:{head}\n{lines}")
    });
    prop_oneof![
        6 => blocks,
        1 => one_of(&["", "timeline: []\n", "timeline:\n", "timeline: null # 아직\n", "timeline: [{at: 1}, {at: 2, note: x}]\n"])
            .prop_map(str::to_owned),
    ]
}

/// The YAML of a record as people write them.
fn document() -> impl Strategy<Value = String> {
    let parts = (one_of(TITLES), one_of(DETECTIONS), one_of(ALIASES), timeline());
    (parts, vec(one_of(BETWEEN), 5), any::<bool>()).prop_map(
        |((title, detection, aliases, timeline), between, last)| {
            let parts: [&str; 4] =
                if last { [title, detection, aliases, &timeline] } else { [title, &timeline, detection, aliases] };
            let mut out = String::from(between[0]);
            for (part, between) in parts.iter().zip(&between[1..]) {
                out.push_str(part);
                out.push_str(between);
            }
            out
        },
    )
}

fn value() -> impl Strategy<Value = Data> {
    prop_oneof![
        Just(text("word")),
        Just(text("결제: 오류 # 1")),
        Just(text("several\n\nlines: #x\n")),
        Just(Data::plain("2024-05-01T09:00:00Z")),
        Just(Data::null()),
        Just(Data::texts(["a", "b: c"])),
        Just(Data::List(Vec::new())),
        Just(entry()),
    ]
}

fn op() -> impl Strategy<Value = Op> {
    let keys = one_of(&[
        "title",
        "detection",
        "detection.method",
        "detection.source",
        "aliases",
        "new",
        "new.deep",
        "timeline",
    ]);
    let path = prop_oneof![
        keys.prop_map(Path::keys),
        (0..4_usize).prop_map(|i| Path::keys("timeline").item(i)),
        (0..2_usize).prop_map(|i| Path::keys("aliases").item(i)),
        (0..4_usize, one_of(&["at", "note", "impact", "new", "links"]))
            .prop_map(|(i, key)| Path::keys("timeline").item(i).key(key)),
    ];
    let list = one_of(&["timeline", "timeline", "aliases", "new"]).prop_map(Path::keys);
    prop_oneof![
        (path.clone(), value()).prop_map(|(path, value)| Op::Set { path, value }),
        (path.clone(), value()).prop_map(|(path, value)| Op::Add { path, after: None, value }),
        (list, 0..5_usize, value()).prop_map(|(path, index, value)| Op::Insert { path, index, value }),
        path.prop_map(|path| Op::Remove { path }),
    ]
}

/// The lines of the old text between what is alike on both sides. Empty ones are nobody's loss.
fn lost<'a>(old: &'a str, new: &'a str) -> Vec<&'a str> {
    let (mut old, mut new): (Vec<_>, Vec<_>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    while old.last().is_some() && old.last() == new.last() {
        old.pop();
        new.pop();
    }
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    old.split_off(same).into_iter().filter(|line| !line.trim().is_empty()).collect()
}

/// How many lines an edit may touch: those from the key or dash of its place to the end of the value, and the one above,
/// which holds the key of a list that is no more.
fn lines_of_place(page: &Page<'_>, op: &Op) -> usize {
    let mut slot = page.document();
    let mut lines = 0;
    for step in &op.path().0 {
        let Ok(Some(child)) = page.child(slot, step) else { break };
        slot = child;
        lines = page.text[page.line_start(slot.head)..page.line_end(page.value_end(slot).unwrap())].lines().count();
    }
    lines + 1
}

fn removal(op: &Op) -> Option<Op> {
    match op {
        Op::Add { path, .. } => Some(Op::Remove { path: path.clone() }),
        Op::Insert { path, index, .. } => Some(Op::Remove { path: path.clone().item(*index) }),
        Op::Set { .. } | Op::Remove { .. } | Op::Rename { .. } => None,
    }
}

/// Whether a removal leaves the brackets or the lines that were there before.
fn can_be_undone(tree: &Data, op: &Op) -> bool {
    let path = op.path();
    let parents = if matches!(op, Op::Insert { .. }) { &path.0[..] } else { &path.0[..path.0.len() - 1] };
    let parent = parents.iter().try_fold(tree, |tree, step| match (step, tree) {
        (Step::Key(key), tree) => tree.get(key),
        (Step::Item(index), Data::List(items)) => items.get(*index),
        _ => None,
    });
    parent.is_some_and(|parent| matches!(parent, Data::List(_) | Data::Map(_)) && !parent.is_empty())
}

#[test]
fn an_edit_changes_only_its_lines_and_can_be_undone() {
    let (done, refusals, undone) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let cases = (document(), op(), any::<bool>(), any::<bool>(), any::<bool>());
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() });
    let result = runner.run(&cases, |(yaml, op, fenced, crlf, ends)| {
        let mut old = if fenced { format!("---\n{yaml}---\nBody # no comment\n") } else { yaml };
        if !fenced && !ends {
            old.truncate(old.trim_end_matches('\n').len());
        }
        let old = if crlf { old.replace('\n', "\r\n") } else { old };
        let apply = |text: &str, op: &Op| if fenced { edit(text, op) } else { edit_yaml(text, op) };
        let front = if fenced { front(&old).unwrap() } else { whole(&old).unwrap() };
        let page = Page::read(&old, front).map_err(|e| TestCaseError::fail(format!("{e}\n{old}")))?;
        if intent::apply(&op, &page.tree).is_err() {
            return Ok(()); // It makes no sense here.
        }
        let new = match apply(&old, &op) {
            Ok(new) => new,
            // The documents are full of comments, and a collection that is replaced takes those inside it along.
            Err(refusal) if refusal.reason.contains("lose a comment") && !matches!(op, Op::Insert { .. }) => {
                return Ok(());
            }
            Err(_) => {
                refusals.set(refusals.get() + 1);
                return Ok(());
            }
        };
        done.set(done.get() + 1);
        prop_assert_eq!(new.ends_with('\n'), old.ends_with('\n') || old.is_empty(), "{:?}", new);
        prop_assert!(!crlf || new.matches('\n').count() == new.matches("\r\n").count(), "{:?}", new);
        let gone = lost(&old, &new);
        prop_assert!(gone.len() <= lines_of_place(&page, &op), "{old}\n=====\n{new}\n=====\n{gone:?}");
        if let Some(removal) = removal(&op).filter(|_| can_be_undone(&page.tree, &op)) {
            match apply(&new, &removal) {
                Ok(back) => {
                    prop_assert_eq!(&back, &old, "{}", new);
                    undone.set(undone.get() + 1);
                }
                Err(refusal) => prop_assert!(false, "{refusal}\n{old}\n=====\n{new}"),
            }
        }
        Ok(())
    });
    result.unwrap();
    assert!(refusals.get() * 50 < done.get(), "{} edits were refused, {} made", refusals.get(), done.get());
    assert!(undone.get() > 100, "only {} edits were undone", undone.get());
}
