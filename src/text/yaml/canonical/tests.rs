use proptest::prelude::*;
use proptest::sample::select;

use super::super::parse_any;
use super::*;

/// Everything that this reader takes.
const RECORD: &str = r#"title: "Checkout \"fails\" in C:\\temp"
type: [availability, 'x: \y', "a, b"]
detection: {method: alert, 1st: false, more: {a: [1, b], none: [], c: {}}}
services:
  checkout: 결제 of https://shop.example/?a=b#c
  search-api.v2: it's 5:30, [or] {so}

timeline:
  - at: 2024-05-01T09:50:00Z
    by: bot:alerts
    note: |
      First line.

        Second: # | [line].

      Third line.

    impact: {checkout: down}

  - {at: 2024-05-01T09:50:00+02:00, by: mara, note: "All of \"it\"."}
  - 'one'
  - list:
      - 12
      - |
        The end.
"#;

/// Whether a document is read here, and then as the library reads it.
fn is_read(document: &str) -> bool {
    let text = format!("---\n{document}");
    let span = Span::new(4, text.len());
    let Some(here) = read(&text, span) else { return false };
    let mut problems = Vec::new();
    let there = parse_any(&text, span, &mut problems);
    assert_eq!((Some(here), Vec::new()), (there, problems), "{document}");
    true
}

#[test]
fn the_usual_form_is_read_here() {
    assert!(is_read(RECORD));
    let nested = |depth: usize| format!("a: {}1{}\n", "[".repeat(depth), "]".repeat(depth));
    assert!(is_read(&nested(DEEPEST)) && !is_read(&nested(DEEPEST + 1)));
    assert!(is_read(&format!("a: [{}]\n", vec!["{b: [c]}"; 2 * DEEPEST].join(", "))));
    let blocks =
        |depth: usize| (0..=depth).map(|i| format!("{}a:", "\n".repeat(i.min(1)) + &" ".repeat(i))).collect::<String>();
    assert!(is_read(&(blocks(DEEPEST) + " 1\n")) && !is_read(&(blocks(DEEPEST + 1) + " 1\n")));
    let key = |length: usize| format!("{}: 1\n", "k".repeat(length));
    assert!(is_read(&key(LONGEST_KEY)) && !is_read(&key(LONGEST_KEY + 1)));
    let keys = |count: usize| (0..count).map(|i| format!("k{i}: 1\n")).collect::<String>();
    assert!(is_read(&keys(SMALL)) && !is_read(&keys(SMALL + 1)));
}

#[test]
fn anything_else_is_left_to_the_library() {
    let forms = [
        "",
        "\n",
        "a: 1\nb: 2",
        "a:\n",
        "a: \n",
        "a:1\n",
        "- a\n",
        " a: 1\n",
        "a: 1\n b: 2\n",
        "a: 1\n  more\n",
        "a: 1\nb\n",
        "a: 1 \n",
        "a: 1\n  \n",
        "a:\t1\n",
        "a: 1\r\n",
        "a: x: y\n",
        "a: x:\n",
        "a: 1 # b\n",
        "# b\na: 1\n",
        "\"a\": 1\n",
        "a: 1\na: 2\n",
        "b: {a: 1, a: 2}\n",
        "a: \"b\" c\n",
        "a: 'b''c'\n",
        "a: \"b\\n\"\n",
        "a: \"b\n  c\"\n",
        "a: 'b\n  c'\n",
        "a: [b\n  c]\n",
        "a: [b] c\n",
        "a: [b,c]\n",
        "a: [b, ]\n",
        "a: [b, c: d]\n",
        "a: [ b]\n",
        "a: [b ]\n",
        "a: {b}\n",
        "a: {b: }\n",
        "a: {b:}\n",
        "a: {b:c}\n",
        "a: {b: [c}]\n",
        "a: [b: c]\n",
        "a: [[b]\n",
        "a: [b:]\n",
        "a:\n- b\n",
        "a:\nb: 1\n",
        "a:\n  - b\n    c: d\n",
        "-a: 1\n",
        "a:\n  - b\n   - c\n",
        "a:\n  - b\n  c: d\n",
        "a:\n  -\n    b\n",
        "a:\n  - - b\n",
        "a:\n  -  b: c\n",
        "a:\n  - b: c\n   d: e\n",
        "a:\n    b: c\n  d: e\n",
        "a: |\n",
        "a: |\nb: c\n",
        "a: |\n\n  b\n",
        "a: |-\n  b\n",
        "a: >\n  b\n",
        "a: |\n    b\n  c\n",
        "a: | # b\n  c\n",
        "a:\n  - |\n  b\n",
        "a: *b\n",
        "a: &b c\n",
        "a: !b c\n",
        "a: @b\n",
        "a: `b`\n",
        "a: %b\n",
        "a: ?b\n",
        "a: -b\n",
        "a: ,b\n",
        "a: ]\n",
        "? a: b\n",
        "a: ~\n",
        "<<: {a: b}\n",
        "a: 1\n---\n",
        "a: 1\n...\n",
        "a: b\u{7f}\n",
        "a: b\u{1}\n",
        "a: \u{85}\n",
        "a: b\u{2028}c\n",
        "a: b\u{2029}c\n",
        "a: \u{9f}\n",
        "a: \u{feff}b\n",
        "a: b\u{fffe}\n",
        "a: b\u{ffff}\n",
    ];
    for document in forms {
        assert!(!is_read(document), "{document:?}");
    }
    assert!(is_read("a: \u{a0}\u{2020}\u{f900}\u{fefc}\u{fffd}\n"), "these only begin like what is refused");
}

/// What people leave behind in a document, and what means something to YAML.
const SLIPS: &[&str] = &[
    "", " ", "  ", "\n", "\n\n", "\n  ", ":", ": ", ",", ", ", "-", "- ", "#", " #", "\"", "'", "\\", "[", "]", "{",
    "}", "|", "|\n", ">", "\t", "\r", "&a ", "*a", "!a ", "? ", "~", "é", "a", "a: b\n", "  - c\n", "---\n", "...\n",
    "\u{85}", "\u{feff}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn a_document_with_slips_is_read_as_the_library_reads_it(
        slips in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..8, select(SLIPS)), 0..3)
    ) {
        let mut document: Vec<char> = RECORD.chars().collect();
        for (place, length, slip) in slips {
            let start = place.index(document.len());
            let end = document.len().min(start + length);
            document.splice(start..end, slip.chars());
        }
        is_read(&document.into_iter().collect::<String>());
    }
}
