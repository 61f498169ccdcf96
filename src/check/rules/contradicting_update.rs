//! `contradicting-update`: a public message that says resolved while the state is not.

use std::ops::Range;

use super::prelude::*;
use crate::check::wording::{self, Phrases};
use crate::check::{communication, steps};
use crate::record::clocks::Stretch;
use crate::record::timeline::{Entry, Text};
use crate::text::phrase;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "contradicting-update",
    family: Family::Communication,
    level: Level::Warning,
    nature: Nature::Fault,
    summary: "a public message says resolved while the incident is not",
    explain: r#"
## What it finds

A public message of a live incident that says it is resolved, in English, Korean, Japanese or Italian: "has been resolved", "해결되었습니다", "解決しました", "è stato risolto". A sentence that limits or denies it ("not", "partly", "once", "expect") is left alone, and so is a message that the resolution follows within five minutes. Phrases of your own are added in `incident.yaml`: `rules: {contradicting-update: {also: [back to normal]}}`.

## Why it matters

Readers see both on one page: the words that it is over and the colour that says it is not. They believe neither.

## How to fix it

If it is over, resolve it (`git incident resolve --public "…"`); if it is only being watched, say so in the message.

## Example

```markdown
---
title: Checkout fails
visibility: public
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev2
    public: Card payments fail. We are looking into it.
  - at: 2024-05-01T10:20:00Z
    by: jonas
    public: The problem with card payments has been resolved.
---
```
"#,
    check: Check::Record(check),
};

const OVER: &[Phrases] = &[
    Phrases {
        language: "en",
        phrases: &[
            "has been resolved",
            "have been resolved",
            "has been fully resolved",
            "is resolved",
            "is now resolved",
            "are resolved",
            "are now resolved",
            "was resolved",
            "is fully resolved",
            "we have resolved",
            "we resolved",
            "we've resolved",
            "this incident is over",
            "the incident is over",
        ],
    },
    Phrases {
        language: "ko",
        phrases: &[
            "해결되었습니다",
            "해결됐습니다",
            "해결하였습니다",
            "해결했습니다",
            "해소되었습니다",
            "해소됐습니다",
            "장애가 종료되었습니다",
        ],
    },
    Phrases {
        language: "ja",
        phrases: &[
            "解決しました",
            "解決いたしました",
            "解決済み",
            "解決されました",
            "解消しました",
            "解消いたしました",
            "解消されました",
        ],
    },
    Phrases {
        language: "it",
        phrases: &[
            "è stato risolto",
            "è stata risolta",
            "è risolto",
            "è risolta",
            "è ora risolto",
            "abbiamo risolto",
            "sono stati risolti",
            "sono risolti",
        ],
    },
];

/// Words that make of it a hope, a part, or another incident.
const DOUBTS: &[Phrases] = &[
    Phrases {
        language: "en",
        phrases: &[
            "not",
            "no",
            "isn't",
            "hasn't",
            "never",
            "until",
            "till",
            "once",
            "when",
            "if",
            "whether",
            "before",
            "after",
            "unless",
            "will",
            "would",
            "should",
            "could",
            "may",
            "might",
            "expect",
            "hope",
            "believe",
            "think",
            "appears",
            "seems",
            "as soon as",
            "part",
            "parts",
            "partly",
            "partially",
            "partial",
            "most",
            "mostly",
            "nearly",
            "almost",
            "some",
            "first",
            "one of",
            "for some",
            "earlier",
            "previous",
            "yesterday",
            "last",
            "but",
            "however",
            "except",
            "monitoring",
            "watching",
            // What a name server does.
            "dns",
            "name",
            "names",
            "host",
            "hosts",
            "hostname",
            "hostnames",
            "domain",
            "domains",
        ],
    },
    Phrases {
        language: "ko",
        phrases: &[
            "않",
            "못",
            "아직",
            "일부",
            "때까지",
            "되면",
            "후",
            "부분",
            "대부분",
            "거의",
            "지난",
            "이전",
            "하지만",
            "지만",
            "예정",
            "모니터링",
            "지켜보",
        ],
    },
    Phrases {
        language: "ja",
        phrases: &[
            "まだ",
            "未",
            "ない",
            "一部",
            "次第",
            "たら",
            "まで",
            "ほぼ",
            "前回",
            "昨日",
            "ですが",
            "ましたが",
            "見込み",
            "予定",
            "監視",
            "見守",
        ],
    },
    Phrases {
        language: "it",
        phrases: &[
            "non",
            "quando",
            "finché",
            "appena",
            "se",
            "dopo",
            "prima",
            "sarà",
            "saranno",
            "parte",
            "parzialmente",
            "alcuni",
            "alcune",
            "quasi",
            "ieri",
            "precedente",
            "ma",
            "però",
            "tuttavia",
            "monitoraggio",
        ],
    },
];

/// In minutes. Whoever writes the message and the state as two entries writes one of them first.
const TOLERANCE: i64 = 5;

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    if !communication::is_judged(record) {
        return;
    }
    let live = communication::live(context.archive, record);
    let messages = communication::messages(record).filter(|entry| !steps::is_imported(entry));
    for entry in messages.filter(|entry| live.iter().any(|stretch| goes_on(*stretch, entry))) {
        let Some((status, text)) = status_at(record, entry).zip(contradiction(context, entry)) else {
            continue;
        };
        let message = format!(
            "customers are told that it is resolved, and the incident is `{}`; readers see both on one page",
            status.value
        );
        out.report(&record.path, text, message).label(status.span, "the state since here").help(format!(
            "if it is over: `git incident resolve {} --public \"…\"`; if it is being watched, say that",
            record.id
        ));
    }
}

/// Whether the incident was live at a message and for longer than the tolerance after it.
fn goes_on(live: Stretch, entry: &Entry) -> bool {
    let at = entry.at.value;
    at >= live.from && live.to.is_none_or(|to| to.since(at).as_mins() >= TOLERANCE)
}

fn status_at<'a>(record: &'a Record, message: &Entry) -> Option<&'a Text> {
    let until = steps::in_order(record).take_while(|entry| entry.at.value <= message.at.value);
    until.filter_map(|entry| entry.status.as_deref()).last()
}

/// The text of a message that says without any doubt that it is over.
fn contradiction(context: &Context<'_>, entry: &Entry) -> Option<Span> {
    let default = context.archive.config.default_language();
    let says = |language: &str, text: &str| {
        let over = wording::lexicon(context, RULE.name, OVER, Some(language));
        over.find_all(text).any(|(place, _)| is_certain(context, language, text, &place))
    };
    let texts = entry.public.as_ref()?.texts(default);
    texts.into_iter().find(|(language, text)| says(language, &text.value)).map(|(_, text)| text.span)
}

fn is_certain(context: &Context<'_>, language: &str, text: &str, place: &Range<usize>) -> bool {
    let sentence = text.get(phrase::sentence(text, place)).unwrap_or(text);
    !wording::lexicon(context, "", DOUBTS, Some(language)).is_in(sentence)
}
