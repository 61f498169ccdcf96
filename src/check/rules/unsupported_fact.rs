//! `unsupported-fact`: entries without a link to data, while the postmortem is in review.

use super::prelude::*;
use crate::record::timeline::Entry;

pub static RULE: Rule = Rule {
    name: "unsupported-fact",
    family: Family::Timeline,
    level: Level::Info,
    nature: Nature::Debt,
    summary: "entries without a link to data, while the postmortem is in review",
    explain: r#"
## What it finds

A postmortem in review, and entries of its timeline that state a fact (a `note`, an `event`, an `impact`) with neither `links` nor a link in the text. All of them are one finding.

## Why it matters

Reviewers can only check what they can look up, and graphs and logs are kept for a few weeks.

## How to fix it

Add `links: [{title: TITLE, url: URL}]` with the graph, the query, the ticket or the message that shows it. What nobody measured stays without.

## Example

```markdown incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    note: A third of all card payments fail.
---
```

```markdown incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: in_review
owner: mara
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(postmortem) = record.postmortem() else { return };
    let Some(status) = postmortem.status.as_ref().filter(|status| status.value == "in_review") else {
        return;
    };
    let covered = postmortem.incidents.iter().map(|id| id.value.as_str());
    let events = std::iter::once(&*record.id).chain(covered).filter_map(|id| context.index.event(id));
    let bare: Vec<_> = events
        .flat_map(|event| event.timeline().iter().map(move |entry| (event, entry)))
        .filter(|(_, entry)| states_a_fact(entry) && !has_link(entry))
        .collect();
    let message = match bare.len() {
        0 => return,
        1 => "an entry of the timeline states a fact without a link to its data, so reviewers cannot check it".into(),
        many => format!(
            "{many} entries of the timeline state facts without a link to their data, so reviewers cannot check them"
        ),
    };
    let finding = out.report(&record.path, status.span, message);
    for (event, entry) in bare {
        finding.label_in(&event.path, entry.at.span, "no link");
    }
    finding.help("add `links: [{title: TITLE, url: URL}]` to them, while the data is still kept");
}

const fn states_a_fact(entry: &Entry) -> bool {
    entry.note.is_some() || !entry.events.is_empty() || !entry.impact.is_empty()
}

fn has_link(entry: &Entry) -> bool {
    let in_text = |text: &str| text.contains("](") || text.contains("://");
    let texts = [&entry.note, &entry.action, &entry.decision, &entry.hypothesis];
    !entry.links.is_empty() || texts.into_iter().flatten().any(|text| in_text(&text.value))
}
