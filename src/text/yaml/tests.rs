use super::*;

fn read(text: &str) -> (Option<Node<'_>>, Vec<Problem>) {
    let mut problems = Vec::new();
    let node = parse(text, Span::new(0, text.len()), &mut problems);
    (node, problems)
}

/// Rule and the text that its span covers.
fn found(text: &str) -> Vec<(&'static str, &str)> {
    read(text).1.iter().map(|p| (p.rule, &text[p.span.range()])).collect()
}

/// The text after applying the fix of the only problem.
fn mended(text: &str) -> String {
    let problem = read(text).1.remove(0);
    let mut out = text.to_owned();
    for edit in problem.fix.unwrap().edits.iter().rev() {
        out.replace_range(edit.span.range(), &edit.replacement);
    }
    out
}

#[test]
fn spans_cover_what_was_written() {
    let text = "a: 값\nlist:\n  - x: 1\n    y: [2, 3]\n  - z\n\nend: |\n  more\n";
    let node = read(text).0.unwrap();
    let list = node.get("list").unwrap();
    let first = &list.items().unwrap()[0];
    assert_eq!(&text[node.get("a").unwrap().span.range()], "값");
    assert_eq!(&text[first.span.range()], "x: 1\n    y: [2, 3]");
    assert_eq!(&text[first.get("y").unwrap().span.range()], "[2, 3]");
    assert_eq!(node.get("end").unwrap().scalar(), Some("more\n"));
}

#[test]
fn an_unquoted_colon_is_named_and_quoted() {
    let text = "title: Outage: checkout down\n";
    assert_eq!(found(text), [("invalid-yaml", ":")]);
    assert_eq!(read(text).1[0].span.start, 13);
    assert_eq!(mended(text), "title: \"Outage: checkout down\"\n");
}

#[test]
fn a_mapping_in_brackets_is_not_taken_for_an_unquoted_text() {
    assert_eq!(found("a:\n  - {id: x, name: X}\nb: [\n"), [("invalid-yaml", "[")]);
}

#[test]
fn a_comment_inside_brackets_is_named_and_quoted() {
    let text = "channels: {chat: #inc-checkout, video: x}\ntimeline: []\n";
    assert_eq!(found(text), [("invalid-yaml", "#inc-checkout")]);
    assert_eq!(mended(text), "channels: {chat: \"#inc-checkout\", video: x}\ntimeline: []\n");
}

#[test]
fn a_tab_is_named() {
    assert_eq!(found("a:\n\tb: 1\n"), [("invalid-yaml", "\t")]);
    assert_eq!(found("a: 1\n\tb: 2\n"), [("invalid-yaml", "\t")]);
    assert_eq!(found("a:\n  - x: 1\n  \ty: 2\n"), [("invalid-yaml", "\t")]);
}

#[test]
fn a_tab_in_a_block_of_text_is_not_blamed_for_what_follows() {
    let text = "a: |\n  log:\n  \tline\nb: the cause: pool\n";
    assert_eq!(found(text), [("invalid-yaml", ":")]);
    assert_eq!(read(text).1[0].span.start, text.find(": pool").unwrap());
}

#[test]
fn a_star_is_an_alias() {
    let text = "affected:\n  - *.example.org\n";
    assert_eq!(found(text), [("anchor-or-alias", "*.example.org")]);
    assert_eq!(mended(text), "affected:\n  - \"*.example.org\"\n");
    assert_eq!(mended("a: [*.example.org, b]\n"), "a: [\"*.example.org\", b]\n");
}

#[test]
fn a_sentence_that_begins_with_a_star_is_quoted_whole() {
    let text = "note: *important*, see below # really\n";
    let fix = read(text).1.remove(0).fix.unwrap();
    assert_eq!(fix.edits[0].replacement, "\"*important*, see below\"");
    assert_eq!(&text[fix.edits[0].span.range()], "*important*, see below");
}

#[test]
fn a_place_never_splits_a_character() {
    assert_eq!(found("*%\u{feff}\n"), [("invalid-yaml", "\u{feff}")]);
}

#[test]
fn anchors_tags_and_merge_keys_are_refused() {
    assert_eq!(found("a: &x 1\n"), [("anchor-or-alias", "&x")]);
    assert_eq!(found("a: !!str 1\n"), [("anchor-or-alias", "!!str")]);
    assert_eq!(found("a: 1\n<<: {b: 1}\n"), [("anchor-or-alias", "<<")]);
    assert_eq!(found("a: &x"), [("anchor-or-alias", "&x")]);
    assert_eq!(found("a: &x {b: 1}\nc: *x\n"), [("anchor-or-alias", "&x"), ("anchor-or-alias", "*x")]);
}

#[test]
fn a_value_that_goes_on_after_its_bracket_or_quote_is_quoted_whole() {
    assert_eq!(mended("title: [EU] checkout fails\nb: 1\n"), "title: \"[EU] checkout fails\"\nb: 1\n");
    assert_eq!(mended("a:\n  - public: \"We\" know # x\n"), "a:\n  - public: \"\\\"We\\\" know\" # x\n");
}

#[test]
fn a_value_that_begins_with_a_reserved_character_is_quoted() {
    assert_eq!(mended("a: %5, then more\n"), "a: \"%5, then more\"\n");
    assert_eq!(mended("a: {b: @x, c: 1}\n"), "a: {b: \"@x\", c: 1}\n");
}

#[test]
fn a_missing_space_is_inserted() {
    assert_eq!(mended("a: 1\nby:mara\nc: 2\n"), "a: 1\nby: mara\nc: 2\n");
    assert_eq!(mended("a: 1\nstatus：open\nc: 2\n"), "a: 1\nstatus: open\nc: 2\n");
    assert_eq!(mended("a: 1\nstatus:\u{a0}open\nc: 2\n"), "a: 1\nstatus: open\nc: 2\n");
    assert_eq!(mended("a:\n  -at: 1\n   by: 2\n"), "a:\n  - at: 1\n   by: 2\n");
}

#[test]
fn blanks_of_other_keyboards_are_named() {
    assert_eq!(mended("a:\n  - b: 1\n\u{3000}\u{3000}c: 2\n    d: 3\n"), "a:\n  - b: 1\n    c: 2\n    d: 3\n");
}

#[test]
fn a_control_character_is_named() {
    assert_eq!(found("a: \"x\\x1b[1m\"\n"), [("invalid-yaml", "\"x\\x1b[1m\"")]);
    assert_eq!(found("a: x\0y\n"), [("invalid-yaml", "\0")]);
}

#[test]
fn a_key_that_stands_twice_shows_both() {
    let text = "a: 1\nb: 2\na: 3\n";
    let problem = read(text).1.remove(0);
    assert_eq!((problem.rule, problem.span.start, problem.labels[0].0.start), ("duplicate-key", 10, 0));
}

#[test]
fn a_file_of_nothing_but_keys_is_read_at_once() {
    let text: String = (0..100_000).map(|n| format!("k{n}: 1\n")).collect();
    let begun = std::time::Instant::now();
    assert_eq!(read(&text).1, []);
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

#[test]
fn deep_nesting_is_refused_at_once() {
    let text = format!("a: {}\n", "[".repeat(100_000));
    assert_eq!(read(&text).1[0].rule, "file-too-large");
    let text = format!("a: {}\n", "{a: ".repeat(40));
    assert_eq!(read(&text).1[0].rule, "file-too-large");
}

#[test]
fn what_is_never_closed_is_named_where_it_opens() {
    assert_eq!(found("a: [1, 2\n"), [("invalid-yaml", "[")]);
    assert_eq!(found("a: [1, 2\nb: 3\n"), [("invalid-yaml", "[")]);
    assert_eq!(found("a: 1\nb: {c: 1"), [("invalid-yaml", "{")]);
    assert_eq!(found("a: \"open\nb: 1\n"), [("invalid-yaml", "\"")]);
    assert_eq!(found("a: [1, 'x]\n"), [("invalid-yaml", "'")]);
}

#[test]
fn other_errors_have_a_place() {
    for text in ["a: \"open\n", "a: [1, 2\n", "a: 1\n   b: 2\n", "a: @x\n", "a: b\n c\n- d\n", "a: 1\n...\nb: 2\n"] {
        let (_, problems) = read(text);
        assert_eq!(problems.len(), 1, "{text:?}: {problems:?}");
        assert_eq!(problems[0].rule, "invalid-yaml", "{text:?}");
    }
}

#[test]
fn nothing_at_all_is_an_empty_map() {
    for text in ["", "\n\n", "# only a comment\n"] {
        assert_eq!(read(text).0.unwrap().pairs().map(<[_]>::len), Some(0), "{text:?}");
    }
}
