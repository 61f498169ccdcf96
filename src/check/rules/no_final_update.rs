//! `no-final-update`: customers were not told the end, or not whether data was lost.

use super::prelude::*;
use crate::check::gates::{self, Reached};
use crate::check::wording::{self, Phrases};
use crate::check::{communication, steps};
use crate::record::timeline::Text;

pub static RULE: Rule = Rule {
    name: "no-final-update",
    family: Family::Communication,
    level: Level::Error,
    nature: Nature::Gate,
    summary: "customers were not told the end, or whether data was lost",
    explain: r#"
## What it finds

An incident that customers were told of, in a state that asks for a last word (`public_final` in `schemas/lifecycle.yaml`; `resolved` where nothing else is said), with no public message at or after that state.

It warns of one whose messages never say whether data was lost, although the record knows (`assessment.data_loss` is true or false). It looks for any word about data or loss in English, Korean, Japanese and Italian, and stays silent about messages in other languages. Words of your own are added in `incident.yaml`: `rules: {no-final-update: {also: [every basket is complete]}}`.

## Why it matters

Until they are told, customers keep their workarounds and keep asking. And the first thing that they ask afterwards is whether anything of theirs is gone.

## How to fix it

Tell them in the command that resolves it, or after it: `git incident resolve --public "… No data was lost."`. Without a last word that command is refused.

## Example

```markdown
---
title: Checkout fails
visibility: public
detection: {method: alert}
assessment: {data_loss: false}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev3
    public: Card payments fail. We are looking into it.
  - at: 2024-05-01T10:50:00Z
    by: mara
    status: resolved
    event: impact_ended
---
```
"#,
    check: Check::Record(check),
};

/// Words about data and loss. Far more than "no data was lost": where one of them stands, the message may have said it.
const ABOUT_DATA: &[Phrases] = &[
    Phrases {
        language: "en",
        phrases: &[
            "data",
            "lost",
            "lose",
            "loses",
            "loss",
            "losses",
            "losing",
            "missing",
            "intact",
            "safe",
            "safely",
            "integrity",
            "corrupt",
            "corrupted",
            "corruption",
            "deleted",
            "erased",
            "unrecoverable",
            "disappeared",
            "gone",
            "preserved",
            "kept",
        ],
    },
    Phrases {
        language: "ko",
        phrases: &[
            "데이터",
            "자료",
            "유실",
            "손실",
            "소실",
            "분실",
            "누락",
            "사라",
            "삭제",
            "손상",
            "안전",
            "보존",
            "복원",
        ],
    },
    Phrases {
        language: "ja",
        phrases: &[
            "データ",
            "損失",
            "消失",
            "紛失",
            "失われ",
            "失わ",
            "欠損",
            "欠落",
            "破損",
            "消え",
            "削除",
            "無事",
            "安全",
            "保持",
            "復元",
        ],
    },
    Phrases {
        language: "it",
        phrases: &[
            "dato",
            "dati",
            "perso",
            "persa",
            "persi",
            "perse",
            "perdita",
            "perdite",
            "perduto",
            "perduti",
            "mancante",
            "mancanti",
            "intatto",
            "intatti",
            "intatta",
            "intatte",
            "integrità",
            "al sicuro",
            "cancellato",
            "cancellati",
            "corrotto",
            "corrotti",
            "conservato",
            "conservati",
            "recuperato",
            "recuperati",
        ],
    },
];

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    if record.incident().is_none() || !steps::is_sound(record) {
        return;
    }
    let Some(last) = communication::messages(record).next_back() else {
        return;
    };
    // The last of several states that ask for it: the one before asked for less.
    let asked = gates::reached(context, record).into_iter().rfind(Reached::asks_for_last_word);
    let Some(reached) = asked else { return };
    let id = &record.id;
    if last.at.value < reached.entry.at.value {
        let message = format!(
            "`{}`, and customers were not told; until they are, they keep their workarounds and keep asking",
            reached.status.value
        );
        out.report(&record.path, reached.status.span, message)
            .label(last.at.span, "the last they heard")
            .help("tell them with this state or after it, by `--public \"… No data was lost.\"`");
        return;
    }
    let Some(answer) = record.incident().and_then(|incident| incident.assessment.data_loss.as_ref()) else {
        return;
    };
    let (Some(lost), true) = (answer.value, never_mentioned(context, record)) else {
        return;
    };
    let known = if lost { "data was lost" } else { "no data was lost" };
    // The end may be told first and the rest a minute later, so this does not keep anybody from resolving.
    out.report_at(
        Level::Warning,
        &record.path,
        last.at.span,
        format!("the last word to customers does not say whether data was lost, which is the first thing they ask; the record knows that {known}"),
    )
    .label(answer.span, "known since the assessment")
    .help(match lost {
        true => format!("say what was lost, and to whom: `git incident update {id} --public \"…\"`"),
        false => format!("say so: `git incident update {id} --public \"No data was lost.\"`"),
    });
}

/// Whether no message speaks of data at all. Not known, and so not said, where one is in a language without words here.
fn never_mentioned(context: &Context<'_>, record: &Record) -> bool {
    let default = context.archive.config.default_language();
    // The last message is the likeliest to say it.
    let messages = communication::messages(record).rev().filter_map(|entry| entry.public.as_ref());
    let silent = |(language, text): (&str, &Text)| {
        // Whoever has not set `site.languages` writes a plain text in any of them.
        let knows = ABOUT_DATA.iter().any(|known| known.language == wording::primary(language));
        knows && !wording::lexicon(context, RULE.name, ABOUT_DATA, None).is_in(&text.value)
    };
    messages.flat_map(|message| message.texts(default)).all(silent)
}
