use proptest::prelude::*;

use super::*;

fn html(markdown: &str) -> String {
    let mut out = String::new();
    to_html(markdown, &mut out);
    out
}

#[test]
fn the_usual_markup() {
    assert_eq!(
        html("We *found* the **cause**:\n\n- `pool` was ~~full~~ empty\n"),
        "<p>We <em>found</em> the <strong>cause</strong>:</p>\n<ul>\n<li><code>pool</code> was <del>full</del> empty</li>\n</ul>\n"
    );
}

#[test]
fn raw_html_is_shown_as_text() {
    assert_eq!(html("<script>alert(1)</script>\n"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;\n</p>\n");
    assert_eq!(html("a <b onclick=x>b</b>"), "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n");
    assert_eq!(html("5 < 6 & 7"), "<p>5 &lt; 6 &amp; 7</p>\n");
}

#[test]
fn external_links_say_so() {
    assert_eq!(
        html("[graph](https://graphs.example/a?b=1&c=2 \"5xx\")"),
        "<p><a href=\"https://graphs.example/a?b=1&amp;c=2\" title=\"5xx\" rel=\"nofollow noopener\">graph</a></p>\n"
    );
    assert_eq!(html("<ops@shop.example>"), "<p><a href=\"mailto:ops@shop.example\">ops@shop.example</a></p>\n");
    assert_eq!(html("[up](#top)"), "<p><a href=\"#top\">up</a></p>\n");
    assert_eq!(html("[n](<a note.txt>)"), "<p><a href=\"a%20note.txt\">n</a></p>\n");
    assert_eq!(html("[x](httpd.conf)"), "<p><a href=\"httpd.conf\">x</a></p>\n");
    assert!(html(r"[x](</\host>)").contains("nofollow"));
}

#[test]
fn links_to_harmful_places_keep_only_their_text() {
    for hostile in [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](&#1;javascript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](javascript&#58;alert(1))",
        "[x](<  javascript:alert(1)>)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "[x](file:///etc/passwd)",
        "![x](data:image/svg+xml,x)",
        "[x][r]\n\n[r]: javascript:alert(1)",
    ] {
        assert_eq!(html(hostile), "<p>x</p>\n", "{hostile}");
    }
}

#[test]
fn headings_take_no_attributes_from_the_text() {
    assert_eq!(html("# H {onclick=alert(1)}"), "<h1>H {onclick=alert(1)}</h1>\n");
}

#[test]
fn images_are_links() {
    assert_eq!(html("![pool](pool.png)"), "<p><a href=\"pool.png\">pool</a></p>\n");
    assert_eq!(html("![](pool.png)"), "<p><a href=\"pool.png\">pool.png</a></p>\n");
    assert_eq!(
        html("[![pool](pool.png)](https://graphs.example)"),
        "<p><a href=\"https://graphs.example\" rel=\"nofollow noopener\">pool</a></p>\n"
    );
}

#[test]
fn plain_text_is_one_line_of_words() {
    assert_eq!(
        plain_text("# Card *payments*\n\nfail with a\n[timeout](https://x.example).\n\n- a\n- `b`\n"),
        "Card payments fail with a timeout. a b"
    );
    assert_eq!(plain_text(""), "");
}

#[test]
fn sections_have_places_in_the_file() {
    let file =
        "---\n---\nIntro\n\n## What went *well*  \n\nThe alert.\n\n### Detail\n\nMore\n\nImpact\n------\n> ## Quoted\n";
    let base = file.find("Intro").unwrap();
    let found: Vec<_> = sections(&file[base..], base)
        .into_iter()
        .map(|s| (s.level, s.title, &file[s.heading.range()], file[s.content.range()].trim()))
        .collect();
    assert_eq!(
        found,
        [
            (2, "What went well".into(), "## What went *well*", "The alert.\n\n### Detail\n\nMore"),
            (3, "Detail".into(), "### Detail", "More"),
            (2, "Impact".into(), "Impact\n------", "> ## Quoted"),
        ]
    );
}

#[test]
fn links_have_places_in_the_file() {
    let text = "See [graph](pool.png), ![x][r] and <https://a.example>.\n\n[r]: ../other/log.txt\n";
    let found: Vec<_> = links(text, 0).into_iter().map(|link| (text[link.span.range()].to_owned(), link.to)).collect();
    assert_eq!(found, [("[graph](pool.png)".into(), "pool.png".into()), ("![x][r]".into(), "../other/log.txt".into())]);
}

/// Every tag of the output with its attributes. Text cannot be mistaken for a tag, as it never contains a bare `<`.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or(rest)).collect()
}

fn is_allowed(tag: &str) -> bool {
    const PLAIN: &[&str] = &[
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "em",
        "strong",
        "del",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "hr /",
        "br /",
    ];
    let starts = [
        "code class=\"language-",
        "ol start=\"",
        "blockquote class=\"markdown-alert-",
        "input disabled=\"\" type=\"checkbox\"",
    ];
    if let Some(link) = tag.strip_prefix("a href=\"") {
        let (to, rest) = link.split_once('"').unwrap();
        let scheme = to.split(['/', '?', '#', '%']).next().unwrap().split_once(':').map(|(s, _)| s.to_lowercase());
        let titled = rest.strip_prefix(" title=\"").and_then(|r| r.split_once('"')).map_or(rest, |(_, r)| r);
        return matches!(scheme.as_deref(), None | Some("http" | "https" | "mailto"))
            && ["", " rel=\"nofollow noopener\""].contains(&titled);
    }
    PLAIN.contains(&tag.trim_start_matches('/')) || starts.iter().any(|start| tag.starts_with(start))
}

fn fragment() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "<script>",
            "</script",
            "javascript:",
            "[a](",
            "![b](",
            ")",
            "<",
            ">",
            "\"",
            "'",
            "onclick=",
            " on",
            "\n",
            "\n\n",
            "# h {onload=1}",
            "`",
            "```",
            "&colon;",
            "&#106;",
            "\t",
            "\\",
            "<a href=",
            "<img src=x onerror=",
            "//",
            "data:",
            "| a | b |\n|:-|-:|\n",
            "- [x] ",
            "> [!NOTE]\n",
            "[r]: javascript:1\n",
            "[r]",
            "&quot;",
            "\u{0}",
            "\u{202e}",
            "<!--",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
    ]
}

proptest! {
    #[test]
    fn every_tag_is_on_the_list(parts in prop::collection::vec(fragment(), 0..24)) {
        let markdown = parts.concat();
        for tag in tags(&html(&markdown)) {
            prop_assert!(is_allowed(tag), "<{tag}> from {markdown:?}");
        }
    }

    #[test]
    fn section_places_are_inside_the_text(parts in prop::collection::vec(fragment(), 0..24)) {
        let markdown = parts.concat();
        for section in sections(&markdown, 0) {
            prop_assert!(markdown.get(section.heading.range()).is_some());
            prop_assert!(markdown.get(section.content.range()).is_some());
        }
        plain_text(&markdown);
    }
}
