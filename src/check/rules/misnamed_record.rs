//! `misnamed-record`: a record that is not read, because its file has another name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::prelude::*;
use crate::record::{Kind, id};
use crate::text::span::Span;
use crate::text::suggest::nearest;

pub static RULE: Rule = Rule {
    name: "misnamed-record",
    family: Family::Identity,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a file that is meant as a record and is not read",
    explain: r#"
## What it finds

A file beside the records whose name is nearly that of a record, such as `Incident.md` or `post-mortem.md`; a folder with an id for a name and no record in it; a text with an id for a name that stands in no folder of its own.

## Why it matters

Only `incident.md`, `postmortem.md`, `maintenance.md` and `drill.md` are read. Whatever stands under another name is missing from every page and from every check, and nobody notices.

## How to fix it

Rename the file with `git mv`. A record stands in a folder of its own, whose name is its id.

## Example

```markdown incidents/2024/05/2024-05-01-checkout-errors/Incident.md
---
title: Checkout fails
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
    let archive = context.archive;
    let folders: BTreeSet<&str> = archive.records.iter().filter_map(|record| parent(&record.path)).collect();
    let mut misnamed: BTreeSet<&str> = BTreeSet::new();
    let mut unread: BTreeMap<&str, &Arc<str>> = BTreeMap::new();
    for file in &archive.files {
        let Some((folder, name)) = file.rsplit_once('/') else { continue };
        let attached = above(folder).any(|above| folders.contains(above));
        if attached || Kind::of_file(name).is_some() {
            continue;
        }
        let is_of_a_record = folders.contains(folder);
        if !is_of_a_record && id::day(last(folder)).is_none() {
            loose(file, folder, name, out);
        } else if let Some(kind) = meant(name) {
            misnamed.insert(folder);
            // Beside the real one it is a copy or an attachment.
            if !archive.files.contains(format!("{folder}/{}", kind.file_name()).as_str()) {
                let message = format!("`{name}` is not read; a record of this kind is called `{}`", kind.file_name());
                out.report(file, Span::at(0), message)
                    .help(format!("rename it with `git mv` to `{}`", kind.file_name()));
            }
        } else if !is_of_a_record {
            unread.entry(folder).or_insert(file);
        }
    }
    for (folder, file) in unread.into_iter().filter(|(folder, _)| !misnamed.contains(folder)) {
        let message = format!("the folder `{}` has no record in it, so nothing of it is read", last(folder));
        out.report(file, Span::at(0), message).help(
            "call the record `incident.md`, `maintenance.md` or `drill.md`, or give the folder a name without a day",
        );
    }
}

/// A text outside of any record's folder, with an id for a name.
fn loose(file: &Arc<str>, folder: &str, name: &str, out: &mut Findings) {
    if let Some(id) = name.strip_suffix(".md").filter(|stem| id::day(stem).is_some()) {
        out.report(file, Span::at(0), format!("`{name}` is not read; a record stands in a folder of its own"))
            .help(format!("move it with `git mv` to `{folder}/{id}/incident.md`"));
    }
}

/// The kind whose file name was nearly written.
fn meant(name: &str) -> Option<Kind> {
    let lower = name.to_lowercase();
    let stem = [".md", ".markdown", ".mdown", ".md.txt"].iter().find_map(|ending| lower.strip_suffix(ending))?;
    let letters: String = stem.chars().filter(|c| c.is_alphanumeric()).collect();
    let kind = nearest(&letters, Kind::ALL.map(Kind::name))?;
    Kind::ALL.into_iter().find(|known| known.name() == kind)
}

fn parent(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

fn last(folder: &str) -> &str {
    folder.rsplit('/').next().unwrap_or(folder)
}

/// The folders above a folder.
fn above(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(parent(folder), |folder| parent(folder))
}
