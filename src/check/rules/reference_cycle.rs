//! `reference-cycle`: records that name each other in a circle.

use std::collections::BTreeMap;

use super::prelude::*;
use crate::record::Kind;
use crate::record::timeline::Text;

pub static RULE: Rule = Rule {
    name: "reference-cycle",
    family: Family::Identity,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "records that name each other in a circle",
    explain: r#"
## What it finds

A chain of `duplicate_of`, of `caused_by` or of `recurrence_of` that comes back to where it began, also a record that names itself.

## Why it matters

Nothing can be the cause of its own cause. Where duplicates form a circle, no record is left that tells the story.

## How to fix it

Remove the link that points the wrong way: from the later record to the earlier one is right.

## Example

```markdown
---
title: Checkout fails
related: {caused_by: [2024-05-01-checkout-errors]}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---
```
"#,
    check: Check::Archive(check),
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let incidents: Vec<&Record> = context.archive.of_kind(Kind::Incident).collect();
    let numbers: BTreeMap<&str, usize> = incidents.iter().enumerate().map(|(i, r)| (&*r.path, i)).collect();
    for key in ["duplicate_of", "caused_by", "recurrence_of"] {
        let links: Vec<Vec<(usize, &Text)>> = incidents
            .iter()
            .map(|record| {
                let named = named(record, key).into_iter();
                named
                    .filter_map(|name| {
                        let target = context.index.event(&name.value)?;
                        Some((*numbers.get(&*target.path)?, name))
                    })
                    .collect()
            })
            .collect();
        for cycle in cycles(&links) {
            report(&incidents, key, &cycle, out);
        }
    }
}

fn named<'a>(record: &'a Record, key: &str) -> Vec<&'a Text> {
    let Some(incident) = record.incident() else {
        return Vec::new();
    };
    match key {
        "duplicate_of" => incident.related.duplicate_of.iter().collect(),
        "caused_by" => incident.related.caused_by.iter().collect(),
        _ => incident.related.recurrence_of.iter().collect(),
    }
}

/// The link from a record to the next one of its cycle.
type Step<'a> = (usize, &'a Text);

/// The cycles of a graph, each once: a walk in depth that keeps its own stack, as chains may be long.
fn cycles<'a>(links: &[Vec<(usize, &'a Text)>]) -> Vec<Vec<Step<'a>>> {
    let mut found = Vec::new();
    let mut seen = vec![false; links.len()];
    let mut on_path = vec![false; links.len()];
    for start in 0..links.len() {
        // The records from `start` to the current one, each with the number of links already followed.
        let mut path: Vec<(usize, usize)> = Vec::new();
        if !seen[start] {
            (seen[start], on_path[start]) = (true, true);
            path.push((start, 0));
        }
        while let Some((node, followed)) = path.last_mut() {
            let Some((target, _)) = links[*node].get(*followed) else {
                on_path[*node] = false;
                path.pop();
                continue;
            };
            *followed += 1;
            if on_path[*target] {
                let cycle = path.iter().skip_while(|(node, _)| node != target);
                found.push(cycle.map(|(node, followed)| (*node, links[*node][followed - 1].1)).collect());
            } else if !seen[*target] {
                (seen[*target], on_path[*target]) = (true, true);
                path.push((*target, 0));
            }
        }
    }
    found
}

fn report(incidents: &[&Record], key: &str, cycle: &[Step<'_>], out: &mut Findings) {
    let [others @ .., (last, closing)] = cycle else { return };
    let message = if others.is_empty() {
        format!("`{key}` names the record itself")
    } else {
        format!("with this, `{key}` leads in a circle through {} records", cycle.len())
    };
    let finding = out.report(&incidents[*last].path, closing.span, message);
    for (record, name) in others {
        finding.label_in(&incidents[*record].path, name.span, format!("leads to `{}`", name.value));
    }
    finding.help("remove the link that points from an earlier record to a later one");
}
