//! `broken-link`: a link to a file that is not there.

use std::ops::Bound;

use super::prelude::*;
use crate::check::links::{self, Target};
use crate::record::archive::RECORDS;
use crate::text::suggest::nearest;

pub static RULE: Rule = Rule {
    name: "broken-link",
    family: Family::Identity,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a link to a file that is not there",
    explain: r#"
## What it finds

A Markdown link or image that leads to a file below `incidents/` that does not exist, and a web link without `https://`. The `path` of a document in a postmortem counts, too: from the root of the repository, or from the postmortem where it begins with a dot. Files elsewhere in the repository are not looked for.

## Why it matters

The graph or log that proves a statement is missing when the statement is doubted, which is usually a year later.

## How to fix it

Correct the path, which is read from the record's own folder (or from the root if it begins with `/`), or add the file.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    note: The pool was empty, see [the graph](pool-wait.png).
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    for link in links::of(record) {
        match &link.target {
            Target::File(path) if is_missing(context, path) => {
                let finding = out.report(
                    &record.path,
                    link.span,
                    format!("there is no file `{path}`, so this link leads nowhere"),
                );
                if looks_like_a_host(&link.to) {
                    finding.help("begin a web address with `https://`");
                } else if let Some(meant) = suggestion(context, path) {
                    finding.help(format!("did you mean `{meant}`?"));
                }
            }
            Target::WithoutScheme => {
                out.report(
                    &record.path,
                    link.span,
                    format!("`{}` is a web address without its scheme, so it leads elsewhere from every page", link.to),
                )
                .help("begin it with `https://`");
            }
            _ => {}
        }
    }
}

/// Whether it is below the records' folder, and neither a file nor a folder with files.
fn is_missing(context: &Context<'_>, path: &str) -> bool {
    let files = &context.archive.files;
    let inside = path.strip_prefix(RECORDS).is_some_and(|rest| rest.starts_with('/'));
    let folder = format!("{path}/");
    let is_folder = || {
        files
            .range::<str, _>((Bound::Included(folder.as_str()), Bound::Unbounded))
            .next()
            .is_some_and(|file| file.starts_with(&folder))
    };
    inside && !files.contains(path) && !is_folder()
}

/// `graphs.example/pool`, unlike `logs/pool.txt`.
fn looks_like_a_host(to: &str) -> bool {
    to.split_once('/').is_some_and(|(first, _)| first.contains('.') && !first.starts_with('.'))
}

/// A file of the same folder with nearly that name.
fn suggestion<'a>(context: &Context<'a>, path: &str) -> Option<&'a str> {
    let (folder, name) = path.rsplit_once('/')?;
    let folder = format!("{folder}/");
    let files = context.archive.files.range::<str, _>((Bound::Included(folder.as_str()), Bound::Unbounded));
    let names = files.map_while(|file| file.strip_prefix(&folder)).filter(|name| !name.contains('/'));
    nearest(name, names)
}
