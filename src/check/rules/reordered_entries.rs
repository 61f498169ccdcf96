//! `reordered-entries`: merged entries in another order.

use super::prelude::*;
use crate::check::kept;

pub static RULE: Rule = Rule {
    name: "reordered-entries",
    family: Family::History,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "merged entries that stand in another order now",
    explain: r#"
## What it finds

Two entries of a timeline that have changed places since they were merged. An entry with `backfill: true` may move to its time, and an order that was wrong may be mended.

## Why it matters

Entries of one minute are told apart by their order alone: whether it was resolved and then reopened, or the other way round. Another order is another story.

## How to fix it

Put them back in the order in which they were merged. New entries go to the end; what is recorded late has `backfill: true`.

## Example

```markdown 1/incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
  - at: 2024-05-01T09:55:00Z
    by: mara
    note: The pool is exhausted.
  - at: 2024-05-01T09:55:00Z
    by: wei
    note: It is not the pool.
---
```

```markdown 2/incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
  - at: 2024-05-01T09:55:00Z
    by: wei
    note: It is not the pool.
  - at: 2024-05-01T09:55:00Z
    by: mara
    note: The pool is exhausted.
---
```
"#,
    check: Check::RecordPast(check),
};

fn check(context: &Context<'_>, history: &History, record: &Record, out: &mut Findings) {
    for version in context.past(history, record).flat_map(|past| &past.merged) {
        let fates = kept::fates(context, version, record);
        let kept: Vec<_> = fates
            .iter()
            .filter_map(|(before, fate)| Some((before, fate.now()?)))
            .filter(|(_, now)| !now.backfill)
            .collect();
        let swapped = kept.windows(2).find_map(|pair| match pair {
            [(above, first), (below, second)] => {
                let was_right = above.at.value <= below.at.value;
                (was_right && second.span.start < first.span.start).then_some((first, second))
            }
            _ => None,
        });
        let Some((first, second)) = swapped else { continue };
        out.report(
            &record.path,
            second.at.span,
            format!(
                "this entry stood below another one when {} was merged, so the story is another one now",
                version.commit
            ),
        )
        .label(first.at.span, "this one came first")
        .help("put them back in the order in which they were merged; what is recorded late has `backfill: true`");
        return;
    }
}
