//! `unapproved`: a postmortem published without the approvals that it needs, or changed after them.

use super::prelude::*;
use crate::check::review::Review;
use crate::check::same;
use crate::record::history::Version;
use crate::record::lifecycle::Approvals;
use crate::record::postmortem::Approval;
use crate::record::shape::canonical_role;
use crate::text::span::Span;
use crate::text::suggest::either;

pub static RULE: Rule = Rule {
    name: "unapproved",
    family: Family::Postmortem,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "published without the approvals that it needs, or changed after them",
    explain: r#"
## What it finds

A postmortem that is `approved` or `published` and that nobody has approved. Where `schemas/lifecycle.yaml` names roles for the state (`approvals: [service_owner, legal_counsel]`), each of them must have approved it. Where the history is read, also one whose text was merged with its approvals and says something else now. The front matter may change: actions go on after the approval. So may line breaks.

## Why it matters

The approval says that somebody who answers for the service has read it and stands by its actions. Without it the actions are one person's wishes.

## How to fix it

Let them approve it: `git incident postmortem ID --approve service_owner`. Until then it is `in_review`. A text that had to change is approved once more.

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
status: published
owner: mara
parties: [mara]
actions: [{id: gate, title: Add a load gate, type: prevent, status: open}]
---

### Summary

Card payments failed for an hour.

### Impact

4,100 customers could not pay.

### Root causes

The pool was too small.
```
"#,
    check: Check::RecordPast(check),
};

fn check(context: &Context<'_>, history: &History, record: &Record, out: &mut Findings) {
    let Some(review) = Review::of(record) else { return };
    let required = review.requirements(&context.index);
    let mut required = required.iter().filter_map(|required| required.approvals.as_ref()).peekable();
    if required.peek().is_none() {
        return;
    }
    match lacking(&review, required) {
        Some((without, role)) => {
            let status = review.status;
            out.report(
                &record.path,
                status.span,
                format!("`{}` without {without}, so nobody who answers for the service stands by it", status.value),
            )
            .help(format!("approve it: `git incident postmortem {} --approve {role}`", record.id));
        }
        None => changed_since(context, history, &review, out),
    }
}

/// The approvals that are not there, in words, and a role to give the first of them.
fn lacking<'a>(review: &Review<'_>, required: impl Iterator<Item = &'a Approvals>) -> Option<(String, &'a str)> {
    let given = &review.postmortem.approvals;
    let has = |wanted: &str| {
        let mut roles = given.iter().filter_map(|approval| approval.role.as_ref());
        roles.any(|role| canonical_role(&role.value) == canonical_role(wanted))
    };
    let mut missing = Vec::new();
    let mut by_nobody = false;
    for approvals in required {
        match approvals {
            Approvals::Any(_) => by_nobody |= given.is_empty(),
            Approvals::Roles(roles) => missing.extend(roles.iter().map(String::as_str).filter(|role| !has(role))),
        }
    }
    match missing.first() {
        Some(role) => {
            Some((format!("the approval of {}", either(missing.iter().copied()).replace(" or ", " and ")), *role))
        }
        None => by_nobody.then(|| ("anybody's approval".into(), "ROLE")),
    }
}

/// What was approved is what was first merged with all the approvals that are there now.
fn changed_since(context: &Context<'_>, history: &History, review: &Review<'_>, out: &mut Findings) {
    let record = review.record;
    let merged = || context.past(history, record).flat_map(|past| &past.merged).map(|version| &**version);
    // With the fence above it, so that a text that lost its beginning is another one.
    let body = record.text.get(record.front.end..).unwrap_or_default();
    if merged().all(|version| version.text.ends_with(body)) {
        return;
    }
    let given = &review.postmortem.approvals;
    let has_all = |version: &&Version| {
        let before = version.record(context.archive).and_then(Record::postmortem);
        before.is_some_and(|before| given.iter().all(|one| before.approvals.iter().any(|other| is_same(one, other))))
    };
    let Some(version) = merged().find(has_all) else { return };
    let Some(place) = version.record(context.archive).and_then(|before| changed(before, record)) else { return };
    out.report(
        &record.path,
        place.unwrap_or(review.status.span),
        format!(
            "this is not what was approved with {}, so nobody who answers for the service stands by it",
            version.commit
        ),
    )
    .help(format!(
        "have it approved again: `git incident postmortem {} --approve ROLE`; or put the text back",
        record.id
    ));
}

fn is_same(a: &Approval, b: &Approval) -> bool {
    same::text(&a.by) == same::text(&b.by) && a.at.map(|at| at.value) == b.at.map(|at| at.value)
}

/// Whether the words of a text changed, and the heading under which they did where there is one now.
fn changed(before: &Record, now: &Record) -> Option<Option<Span>> {
    let (was, is) = (parts(before), parts(now));
    let differs = |(_, part): &&(Option<Span>, Vec<&str>)| !was.iter().any(|(_, before)| before == part);
    match is.iter().find(differs) {
        Some((heading, _)) => Some(*heading),
        None => (was.len() != is.len()).then_some(None),
    }
}

/// The words up to the first heading, and those of each heading with what follows up to the next one.
fn parts(record: &Record) -> Vec<(Option<Span>, Vec<&str>)> {
    let headings = || record.sections().iter().map(|section| section.heading);
    let starts =
        std::iter::once((None, record.body.start)).chain(headings().map(|heading| (Some(heading), heading.start)));
    let ends = headings().map(|heading| heading.start).chain([record.body.end]);
    let words = |start, end| record.text.get(start..end).unwrap_or_default().split_whitespace().collect();
    starts.zip(ends).map(|((heading, start), end)| (heading, words(start, end))).collect()
}
