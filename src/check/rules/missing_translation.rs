//! `missing-translation`: a public text that lacks one of the site's languages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::prelude::*;
use crate::check::{adoption, communication};
use crate::record::config::Config;
use crate::record::incident::Visibility;
use crate::record::name::Name;
use crate::record::timeline::{Entry, Message};
use crate::text::count::counted;
use crate::text::span::Span;
use crate::text::suggest::either;

pub static RULE: Rule = Rule {
    name: "missing-translation",
    family: Family::Communication,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "a public text that lacks one of the site's languages",
    explain: r#"
## What it finds

Public messages of a public record that are not written in every language of `site.languages`. A plain text is in the first of them. All messages of a record that lack the same languages are one finding, at the first of them. Where ten records or more lack a language and no message of the archive is written in two, all of it is one finding, at `site.languages`.

Titles of public records, title and description of the site, and names, descriptions and groups of public services that are in use, where they are written in some of the languages and not in all. What is written as a plain text is meant for everybody, as many names are.

## Why it matters

Readers of the other languages get the text in one that they may not read, in the middle of an outage.

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
    check: Check::Archive(check),
};

/// An archive in which this many records lack the same is not behind with a translation: it does not translate.
const HABIT: usize = 10;

/// Messages of one record that lack the same languages.
struct Gap<'a> {
    record: &'a Record,
    missing: Vec<&'a str>,
    messages: Vec<(&'a Entry, &'a Message)>,
}

fn check(context: &Context<'_>, out: &mut Findings) {
    let config = &context.archive.config;
    let Some(second) = config.site.languages.get(1) else { return };
    let named = site(config).into_iter().chain(services(config));
    named.for_each(|worded| worded.report(config, &config.path, out));
    let is_public = |record: &&Record| record.visibility() == Visibility::Public;
    for record in context.archive.all().filter(is_public).filter(|record| adoption::answers(context, record)) {
        title(record).into_iter().for_each(|worded| worded.report(config, &record.path, out));
    }
    let gaps: Vec<Gap<'_>> = context.archive.all().filter(is_public).flat_map(|r| gaps(context, r)).collect();
    let asked = gaps.iter().filter(|gap| adoption::answers(context, gap.record));
    let records = gaps.iter().map(|gap| &gap.record.path).collect::<BTreeSet<_>>().len();
    if records < HABIT || translates(context) {
        asked.for_each(|gap| report(gap, out));
    } else if asked.count() > 0 {
        let message = format!(
            "no message of {} is written in more than one language, so readers of the others get one they may not read",
            counted(records, "record")
        );
        out.report(&config.path, second.span, message)
            .help("write messages as `public: {LANGUAGE: …, LANGUAGE: …}`, or list only the languages that you write");
    }
}

/// What something is called, where that is written as a mapping.
struct Worded<'a> {
    key: &'static str,
    /// Whose it is, as the sentence goes on after the key.
    of: String,
    span: Span,
    tags: BTreeSet<&'a str>,
}

impl Worded<'_> {
    fn report(&self, config: &Config, path: &Arc<str>, out: &mut Findings) {
        let languages = config.site.languages.iter().map(|tag| tag.value.as_str());
        let missing: Vec<&str> = languages.filter(|tag| !self.tags.contains(tag)).collect();
        if missing.is_empty() {
            return;
        }
        let Self { key, of, .. } = self;
        let message = format!(
            "the {key}{of} is not written in {}, so some readers get a language they may not read",
            and(&missing)
        );
        out.report(path, self.span, message).help(format!("add it to `{key}: {{LANGUAGE: …, LANGUAGE: …}}`"));
    }
}

fn title(record: &Record) -> Option<Worded<'_>> {
    let name = record.name().filter(|name| !name.translations.is_empty())?;
    Some(Worded { key: "title", of: String::new(), span: name.text.span, tags: languages(name) })
}

fn site(config: &Config) -> Vec<Worded<'_>> {
    let said = [("title", &config.site.title), ("description", &config.site.description)];
    let worded = said.into_iter().filter_map(|(key, text)| {
        let (span, tags) = mapping(text.as_ref()?)?;
        Some(Worded { key, of: " of the site".to_owned(), span, tags })
    });
    worded.collect()
}

fn services(config: &Config) -> Vec<Worded<'_>> {
    let default = config.default_language();
    let mut found = Vec::new();
    // Where one service translates its group, it does so for all.
    let mut groups: BTreeMap<&str, Worded<'_>> = BTreeMap::new();
    for service in config.services.iter().filter(|service| service.public && service.retired.is_none()) {
        let of = format!(" of `{}`", service.id.value);
        if let Some(name) = service.name.as_ref().filter(|name| !name.translations.is_empty()) {
            found.push(Worded { key: "name", of: of.clone(), span: name.text.span, tags: languages(name) });
        }
        if let Some((span, tags)) = service.description.as_ref().and_then(mapping) {
            found.push(Worded { key: "description", of: of.clone(), span, tags });
        }
        if let Some(group) = &service.group
            && let (Some((_, name)), Some((span, tags))) = (group.best(default, default), mapping(group))
        {
            let new = Worded { key: "group", of, span, tags: BTreeSet::new() };
            groups.entry(name).or_insert(new).tags.extend(tags);
        }
    }
    found.extend(groups.into_values());
    found
}

/// The place of a text and its languages, unless it is a plain one.
fn mapping(message: &Message) -> Option<(Span, BTreeSet<&str>)> {
    let Message::Translated(texts) = message else { return None };
    let (first, _) = texts.first()?;
    Some((first.span, texts.iter().map(|(tag, _)| tag.value.as_str()).collect()))
}

fn languages(name: &Name) -> BTreeSet<&str> {
    name.translations.iter().map(|(tag, _)| tag.value.as_str()).collect()
}

fn and(languages: &[&str]) -> String {
    either(languages.iter().copied()).replace(" or ", " and ")
}

/// Whether any message is written in two languages.
fn translates(context: &Context<'_>) -> bool {
    let messages =
        context.archive.records.iter().flat_map(|record| record.timeline()).filter_map(|e| e.public.as_ref());
    messages.into_iter().any(|message| matches!(message, Message::Translated(texts) if texts.len() > 1))
}

fn gaps<'a>(context: &Context<'a>, record: &'a Record) -> impl Iterator<Item = Gap<'a>> {
    let config = &context.archive.config;
    let mut lacking: BTreeMap<Vec<&str>, Vec<(&Entry, &Message)>> = BTreeMap::new();
    for (entry, message) in communication::messages(record).filter_map(|entry| Some((entry, entry.public.as_ref()?))) {
        let tags = config.site.languages.iter().map(|tag| tag.value.as_str());
        let missing: Vec<&str> =
            tags.filter(|tag| message.in_language(tag, config.default_language()).is_none()).collect();
        lacking.entry(missing).or_default().push((entry, message));
    }
    lacking.remove([].as_slice());
    lacking.into_iter().map(move |(missing, messages)| Gap { record, missing, messages })
}

fn report(gap: &Gap<'_>, out: &mut Findings) {
    let Some((entry, first)) = gap.messages.first() else { return };
    let place = match first {
        Message::Plain(text) => text.span,
        Message::Translated(texts) => texts.first().map_or(entry.at.span, |(tag, _)| tag.span),
    };
    let these = match gap.messages.len() - 1 {
        0 => "this message is".to_owned(),
        others => format!("this message and {} after it are", counted(others, "other")),
    };
    let languages = and(&gap.missing);
    let message = format!("{these} not written in {languages}, so some readers get a language they may not read");
    out.report(&gap.record.path, place, message).help("write it as `public: {LANGUAGE: …, LANGUAGE: …}`");
}
