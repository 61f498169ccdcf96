//! `blaming-words`: words that judge people instead of describing what happened.

use std::ops::Range;
use std::sync::LazyLock;

use super::prelude::*;
use crate::check::wording::{self, Phrases};
use crate::record::postmortem::Postmortem;
use crate::record::timeline::Text;
use crate::text::markdown;
use crate::text::phrase::{self, Lexicon};
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "blaming-words",
    family: Family::Postmortem,
    level: Level::Warning,
    nature: Nature::Fault,
    summary: "words that judge people instead of describing what happened",
    explain: r#"
## What it finds

In the text of a postmortem and in its causes and findings: "careless", "human error", "should have known", "부주의", "不注意", "negligenza" and their like, in English, Korean, Japanese and Italian. Code and quotations are left alone, and so is a sentence that denies it ("this was not human error"). Phrases are added and taken away in `incident.yaml`: `rules: {blaming-words: {also: [sloppy], except: [human error]}}`.

## Why it matters

Whoever is judged tells less the next time, and "somebody was careless" ends the search before the condition is found that let one slip do so much.

## How to fix it

Say what was known and what was done: not "the operator was careless", but "the tool applied the change to all hosts, and nothing asked again".

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev3
---
```

```markdown incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: draft
owner: mara
parties: [mara]
---

### Root causes

Human error during the release.
```
"#,
    check: Check::Record(check),
};

const JUDGING: &[Phrases] = &[
    Phrases {
        language: "en",
        phrases: &[
            "careless",
            "carelessly",
            "carelessness",
            "negligent",
            "negligently",
            "negligence",
            "incompetent",
            "incompetence",
            "stupid",
            "stupidly",
            "stupidity",
            "idiotic",
            "lazy",
            "laziness",
            "sloppy",
            "reckless",
            "recklessly",
            "human error",
            "operator error",
            "pilot error",
            "to blame",
            "blamed",
            "at fault",
            "guilty",
            "culprit",
            "should have known",
            "should have noticed",
            "should have realised",
            "should have realized",
            "should have paid attention",
            "should have been more careful",
            "should have been paying attention",
            "did not bother",
            "didn't bother",
            "forgot to",
            "neglected to",
            "was not paying attention",
            "wasn't paying attention",
        ],
    },
    Phrases {
        language: "ko",
        phrases: &[
            "부주의",
            "태만",
            "무능",
            "게으",
            "인적 오류",
            "사람의 실수",
            "작업자의 실수",
            "작업자 실수",
            "담당자의 실수",
            "담당자 실수",
            "깜빡",
            "안일",
        ],
    },
    Phrases {
        language: "ja",
        phrases: &[
            "不注意",
            "怠慢",
            "無能",
            "軽率",
            "うっかり",
            "人為ミス",
            "人為的ミス",
            "人的ミス",
            "ヒューマンエラー",
            "担当者のミス",
            "作業者のミス",
            "落ち度",
        ],
    },
    Phrases {
        language: "it",
        phrases: &[
            "negligenza",
            "negligente",
            "negligenti",
            "incompetenza",
            "incompetente",
            "incompetenti",
            "disattenzione",
            "sbadataggine",
            "pigrizia",
            "pigro",
            "pigra",
            "stupido",
            "stupida",
            "stupidità",
            "errore umano",
            "per colpa di",
            "colpevole",
            "colpevoli",
            "avrebbe dovuto sapere",
            "avrebbe dovuto accorgersi",
            "si è dimenticato",
            "si è dimenticata",
        ],
    },
];

/// Words that deny it, or speak of blame as such.
const DENIALS: &[&str] = &[
    "not",
    "no",
    "nobody",
    "no one",
    "never",
    "without",
    "isn't",
    "wasn't",
    "nor",
    "rather than",
    "instead of",
    "아니",
    "아닌",
    "않",
    "なく",
    "ない",
    "ではあり",
    "non",
    "nessuno",
    "senza",
];

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(postmortem) = record.postmortem() else {
        return;
    };
    let judging = wording::lexicon(context, RULE.name, JUDGING, None);
    let mut report = |place: Span, phrase: &str| {
        let message =
            format!("“{phrase}” judges people; it ends the search before the condition is found that let it happen");
        out.report(&record.path, place, message)
            .help("say what was known and what was done, and what would have caught it");
    };
    for (place, phrase) in found_in(record.body(), &judging) {
        report(Span::new(record.body.start + place.start, record.body.start + place.end), phrase);
    }
    for text in statements(postmortem) {
        for (_, phrase) in found_in(&text.value, &judging) {
            report(text.span, phrase);
        }
    }
}

/// What the front matter says in sentences.
fn statements(postmortem: &Postmortem) -> impl Iterator<Item = &Text> {
    let causes = postmortem.causes.iter().filter_map(|cause| cause.statement.as_ref());
    causes.chain(postmortem.findings.iter().filter_map(|finding| finding.statement.as_ref()))
}

fn found_in<'a>(text: &'a str, judging: &'a Lexicon) -> Vec<(Span, &'a str)> {
    let mut hits: Vec<_> = judging.find_all(text).collect();
    if hits.is_empty() {
        return Vec::new();
    }
    let asides = markdown::asides(text);
    hits.retain(|(place, _)| !asides.iter().any(|aside| aside.start <= place.start && place.end <= aside.end));
    hits.retain(|(place, phrase)| !is_denied(text, place, phrase));
    hits.into_iter().map(|(place, phrase)| (Span::new(place.start, place.end), phrase)).collect()
}

/// Whether the rest of the sentence denies it.
fn is_denied(text: &str, place: &Range<usize>, phrase: &str) -> bool {
    static DENYING: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(DENIALS.iter().copied()));
    let sentence = text.get(phrase::sentence(text, place)).unwrap_or_default();
    DENYING.is_in(&sentence.to_ascii_lowercase().replacen(phrase, " ", 1))
}
