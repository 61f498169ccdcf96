//! `raw-html`: HTML in Markdown, which readers see as text.

use super::prelude::*;
use crate::diagnostic::Diagnostic;
use crate::record::timeline::Entry;
use crate::text::markdown;
use crate::text::problem::{Edit, Fix, Safety};
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "raw-html",
    family: Family::Visibility,
    level: Level::Warning,
    nature: Nature::Fault,
    summary: "HTML in Markdown, which readers see as text",
    explain: r#"
## What it finds

A tag of HTML, such as `<br>` or `<b>`, in a text that is Markdown: messages to customers, notes, decisions, actions, hypotheses, and the body of a record. What merely looks like a tag (`<service>`) and code are left alone.

## Why it matters

Pages are made from Markdown only, so that no record can bring a script along. The tag itself is shown to readers.

## How to fix it

Write it in Markdown: `**bold**`, `*emphasis*`, an empty line for a new paragraph. In the body of a record `check --fix --unsafe` does that for bold, emphasis and code.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---

Payments <b>fail</b> since this morning.
```
"#,
    check: Check::Record(check),
};

/// Elements that people write in Markdown.
const ELEMENTS: [&str; 34] = [
    "a",
    "b",
    "blockquote",
    "br",
    "center",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "hr",
    "i",
    "iframe",
    "img",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "script",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "ul",
];

/// What Markdown has for a pair of tags.
const MARKS: [(&str, &str); 5] = [("b", "**"), ("strong", "**"), ("i", "*"), ("em", "*"), ("code", "`")];

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    let values = record.timeline().iter().flat_map(Entry::markdown);
    for text in values {
        if let Some((_, element)) = tags(&text.value).next() {
            report(record, text.span, &element, out);
        }
    }
    let body = record.body();
    for (span, element) in tags(body) {
        let at = Span::new(record.body.start + span.start, record.body.start + span.end);
        let fix = in_markdown(body, span, &element, record.body.start);
        report(record, at, &element, out).fix(fix);
    }
}

fn report<'o>(record: &Record, span: Span, element: &str, out: &'o mut Findings) -> &'o mut Diagnostic {
    out.report(&record.path, span, format!("`<{element}>` is HTML, which readers see as it stands here"))
        .help("write it in Markdown; for the tag itself, put it in backquotes")
}

/// The opening tags of a text, with the names of their elements.
fn tags(text: &str) -> impl Iterator<Item = (Span, String)> {
    markdown::html(text).into_iter().filter_map(|span| {
        let tag = text.get(span.range())?;
        let name: String = tag.get(1..)?.chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        // `a<b and c>d` compares.
        let compares = name.len() == 1 && tag.contains(' ') && !tag.contains('=');
        (ELEMENTS.contains(&name.as_str()) && !compares).then_some((span, name))
    })
}

/// The marks for a tag and the next one that closes it, in the same line.
fn in_markdown(body: &str, open: Span, element: &str, base: usize) -> Option<Fix> {
    let (_, mark) = MARKS.iter().find(|(name, _)| *name == element)?;
    let line = body.get(open.end..)?.lines().next()?;
    let closing = format!("</{element}>");
    let start = open.end + line.find(&closing)?;
    let edit =
        |start: usize, end: usize| Edit { span: Span::new(base + start, base + end), replacement: (*mark).to_owned() };
    let edits = vec![edit(open.start, open.end), edit(start, start + closing.len())];
    Some(Fix { title: format!("write {mark} for <{element}>"), edits, safety: Safety::Unsafe })
}
