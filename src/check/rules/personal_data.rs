//! `personal-data`: a person in a public text.

use super::prelude::*;
use crate::record::public;
use crate::text::personal;

pub static RULE: Rule = Rule {
    name: "personal-data",
    family: Family::Visibility,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a person in a public text: name, handle, e-mail, phone, address",
    explain: r#"
## What it finds

In a text for the public (the title of a public record, every `public` message, `## Public summary`): an e-mail address, a telephone number, a postal address, and the full name or the handle (`@mara`) of somebody under `people`. Mailboxes of a job, such as `support@`, and what `site.contact` lists may stand there.

## Why it matters

A public page is copied within minutes and kept for ever. Customers need to know what happened, not who was on call; and the data of a customer is not ours to publish.

## How to fix it

Write the role (“our engineers”) or leave it out. Addresses that customers shall use belong into `incident.yaml`: `site: {contact: [care@shop.example]}`.

## Example

```markdown
---
title: Checkout fails
visibility: public
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    public: Mara Ito looks into failed payments. Write to mara.ito@shop.example.
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let contacts: Vec<&str> = context.archive.config.contacts().collect();
    for public in public::texts(record) {
        for found in personal::find(public.text) {
            let written = public.text.get(found.span.range()).unwrap_or_default().trim();
            if contacts.iter().any(|contact| contact.eq_ignore_ascii_case(written)) {
                continue;
            }
            out.report(
                &record.path,
                public.place(found.span.range()),
                format!("{} in a public text, for everybody to keep", found.kind),
            )
            .help("leave it out; if it is there for customers, list it under `contact` of `site` in `incident.yaml`");
        }
        for span in context.canaries.people(public.text) {
            let message = "this names a person in a public text, where customers need to know what happened, not who";
            out.report(&record.path, public.place(span.range()), message)
                .help("write the role, such as “our engineers”");
        }
    }
}
