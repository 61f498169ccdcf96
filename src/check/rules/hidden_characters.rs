//! `hidden-characters`: what nobody sees in a public text, and what changes how it reads.

use super::prelude::*;
use crate::record::public;
use crate::text::hidden::{self, Hidden};

pub static RULE: Rule = Rule {
    name: "hidden-characters",
    family: Family::Visibility,
    level: Level::Warning,
    nature: Nature::Fault,
    summary: "invisible characters that turn or part the words of a public text",
    explain: r#"
## What it finds

In a text for the public: a character that turns the order of letters (U+202D, U+202E); the beginning or the end of a stretch of another direction whose other end is missing in the same paragraph (U+202A to U+202C, U+2066 to U+2069); a zero-width space (U+200B) or a mark of byte order (U+FEFF) inside a word of Latin letters or a number. Direction marks, joiners, and stretches that end are left alone: languages are written with them.

## Why it matters

Readers see other words than those that stand in the record and that somebody reviewed. An open stretch turns what follows it, and a parted word is not found by a search.

## How to fix it

Such characters come along with what was copied. Type the words again: `git incident update --edit N --public TEXT --reason TEXT`.

## Example

```markdown
---
title: Checkout fails
visibility: public
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    public: "Do not open \u202efdp.exe\u202c in our name."
---
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    for public in public::texts(record) {
        for (hidden, span) in hidden::find(public.text) {
            let Some(character) = public.text.get(span.range()).and_then(|text| text.chars().next()) else { continue };
            let why = match hidden {
                Hidden::Override => "turns the order of the letters, so readers see other words than these",
                Hidden::Unbalanced => "has no other end in its paragraph, so readers see words in another order",
                Hidden::Parting => "parts a word unseen, so that a search does not find it",
            };
            let message = format!("U+{:04X} {why}", character as u32);
            out.report(&record.path, public.place(span.range()), message)
                .help("it came along with what was copied: type the words again");
        }
    }
}
