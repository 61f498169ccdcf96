use super::*;

/// What stands at the `|` of a text: path, place and word; then the siblings.
fn at_bar(text: &str) -> Option<(String, String)> {
    let offset = text.find('¦').unwrap();
    let text = text.replace('¦', "");
    let cursor = at(&text, Span::new(0, text.len()), offset)?;
    let path: String = cursor
        .path
        .iter()
        .map(|step| match step {
            Step::Key(key) => format!("{key}."),
            Step::Item => "-.".to_owned(),
        })
        .collect();
    let place = if cursor.place == Place::Value { "=" } else { "" };
    Some((format!("{path}{place}{}", &text[cursor.word.range()]), cursor.siblings.join(" ")))
}

fn place(text: &str) -> String {
    at_bar(text).map_or_else(|| "nothing".to_owned(), |(place, _)| place)
}

fn siblings(text: &str) -> String {
    at_bar(text).unwrap().1
}

#[test]
fn a_key_belongs_to_the_mapping_of_its_column() {
    assert_eq!(place("title: x\nti¦\n"), "ti");
    assert_eq!(place("title: x\n¦"), "");
    assert_eq!(place("cause:\n  ca¦\nlinks: []\n"), "cause.ca");
    assert_eq!(place("cause:\n  ¦\n"), "cause.");
    assert_eq!(place("cause:\n  category: bug\n¦\n"), "");
    assert_eq!(place("timeline:\n  - at: x\n    sta¦\n"), "timeline.-.sta");
    assert_eq!(place("timeline:\n  - at: x\n    roles:\n      ¦\n"), "timeline.-.roles.");
    assert_eq!(place("timeline:\n  - at: x\n  - ¦"), "timeline.-.");
    assert_eq!(place("timeline:\n- at: x\n- b¦y: y\n"), "timeline.-.by");
    assert_eq!(place("links:\n  - url: x\n¦\n"), "");
}

#[test]
fn a_value_belongs_to_the_key_of_its_line() {
    assert_eq!(place("cause:\n  category: b¦ug\n"), "cause.category.=bug");
    assert_eq!(place("status: ¦\nnote: x"), "status.=");
    assert_eq!(place("status:   \"tri¦age\""), "status.=triage");
    assert_eq!(place("timeline:\n  - status: ¦"), "timeline.-.status.=");
    assert_eq!(place("status:¦"), "nothing");
    assert_eq!(place("type:\n  - net¦"), "type.-.net");
}

#[test]
fn brackets_may_be_open_still() {
    assert_eq!(place("impact: {¦\nnote: x"), "impact.");
    assert_eq!(place("impact: {a: x, b¦}"), "impact.b");
    assert_eq!(place("impact: {a: ¦"), "impact.a.=");
    assert_eq!(place("related: {caused_by: [a, ¦]}"), "related.caused_by.-.");
    assert_eq!(place("timeline:\n  - {at: 2024-05-01T09:00:00Z, st¦}"), "timeline.-.st");
    assert_eq!(place("links: [{title: \"a, b: {\", ¦"), "links.-.");
    assert_eq!(place("impact: {a: b,\n  c: ¦}"), "impact.c.=");
    assert_eq!(place("impact: {a: b}¦"), "nothing");
    assert_eq!(place("impact: {a: b\nstatus: ¦"), "status.=");
}

#[test]
fn nothing_is_expected_in_texts_and_comments() {
    assert_eq!(place("note: |\n  status: ¦\n"), "nothing");
    assert_eq!(place("timeline:\n  - note: >\n      a\n\n      sta¦\n    by: x"), "nothing");
    assert_eq!(place("timeline:\n  - note: >\n      a\n\n    sta¦\n"), "timeline.-.sta");
    assert_eq!(place("# sta¦"), "nothing");
    assert_eq!(place("status: x # sta¦"), "nothing");
    assert_eq!(place("impact: {a: b, # sta¦"), "nothing");
}

#[test]
fn siblings_stand_above_and_below() {
    assert_eq!(siblings("title: x\n¦\ncause:\n  category: bug\nlinks: []\n"), "title cause links");
    assert_eq!(siblings("cause:\n  ¦\n  category: bug\nlinks: []\n"), "category");
    assert_eq!(siblings("timeline:\n  - at: x\n    ¦\n    by: y\n  - note: z\n"), "at by");
    assert_eq!(siblings("timeline:\n  - ¦\n    by: y\n  - note: z\n"), "by");
    assert_eq!(siblings("cause: {a: 1, ¦, b: 2}\nc: 3\n"), "a b");
    assert_eq!(siblings("x: [{a: 1}, {¦}, {b: 2}]\n"), "");
    assert_eq!(siblings("title: x\nti¦tle: y\n"), "title");
}

#[test]
fn windows_lines_and_other_scripts_are_read_alike() {
    assert_eq!(place("title: 결제 오류\r\ncause:\r\n  ca¦\r\nlinks: []\r\n"), "cause.ca");
    assert_eq!(place("impact: {결제: ¦}\r\n"), "impact.결제.=");
}

#[test]
fn the_outermost_item_is_where_the_entry_begins() {
    let text = "timeline:\n  - at: x\n  - links:\n      - url: y\n";
    let cursor = at(text, Span::new(0, text.len()), text.find('y').unwrap()).unwrap();
    assert_eq!(cursor.item, text.find("- links"));
}

proptest::proptest! {
    #[test]
    fn no_text_and_no_place_make_it_fail(text in "[ \\n\\r:{}\\[\\],#|>\"'a-c\u{feff}결🎉-]{0,60}", at_byte in 0_usize..80) {
        let offset = (0..=at_byte.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap();
        if let Some(cursor) = at(&text, Span::new(0, text.len()), offset) {
            proptest::prop_assert!(cursor.word.start <= offset && offset <= cursor.word.end);
            proptest::prop_assert!(text.get(cursor.word.range()).is_some());
        }
    }
}
