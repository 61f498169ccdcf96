//! `missing-translation`: a public message that lacks one of the site's languages.

use std::collections::BTreeMap;

use super::prelude::*;
use crate::check::communication;
use crate::record::incident::Visibility;
use crate::record::timeline::{Entry, Message};
use crate::text::count::counted;
use crate::text::suggest::either;

pub static RULE: Rule = Rule {
    name: "missing-translation",
    family: Family::Communication,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "a public message that lacks one of the site's languages",
    explain: r#"
## What it finds

Public messages of a public record that are not written in every language of `site.languages`. A plain text is in the first of them. All messages of a record that lack the same languages are one finding, at the first of them.

## Why it matters

Readers of the other languages get the message in one that they may not read, in the middle of an outage.

## How to fix it

Write the message as a mapping: `public: {en: …, ko: …}`. At night one language is enough to begin with; this is a warning and never keeps an update from being written.

## Example

```markdown
---
title: Checkout fails
visibility: public
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev3
    public: Card payments fail. We are looking into it.
---
```

```yaml incident.yaml
site:
  title: Example Shop status
  languages: [en, ko]
people: [{id: mara, name: Mara Ito}]
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let site = &context.archive.config.site;
    if site.languages.len() < 2 || record.visibility() != Visibility::Public {
        return;
    }
    let default = context.archive.config.default_language();
    let mut lacking: BTreeMap<Vec<&str>, Vec<(&Entry, &Message)>> = BTreeMap::new();
    for (entry, message) in communication::messages(record).filter_map(|entry| Some((entry, entry.public.as_ref()?))) {
        let tags = site.languages.iter().map(|tag| tag.value.as_str());
        let missing: Vec<&str> = tags.filter(|tag| message.in_language(tag, default).is_none()).collect();
        lacking.entry(missing).or_default().push((entry, message));
    }
    lacking.remove([].as_slice());
    for (tags, messages) in &lacking {
        let Some((entry, first)) = messages.first() else { continue };
        let place = match first {
            Message::Plain(text) => text.span,
            Message::Translated(texts) => texts.first().map_or(entry.at.span, |(tag, _)| tag.span),
        };
        let these = match messages.len() - 1 {
            0 => "this message is".to_owned(),
            others => format!("this message and {} after it are", counted(others, "other")),
        };
        let languages = either(tags.iter().copied()).replace(" or ", " and ");
        let message = format!("{these} not written in {languages}, so some readers get a language they may not read");
        out.report(&record.path, place, message).help("write it as `public: {LANGUAGE: …, LANGUAGE: …}`");
    }
}
