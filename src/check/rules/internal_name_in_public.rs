//! `internal-name-in-public`: an internal name in a public text.

use super::prelude::*;
use crate::record::canary::Canary;
use crate::record::public;
use crate::text::hosts;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "internal-name-in-public",
    family: Family::Visibility,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "an internal host, ticket, severity or customer in a public text",
    explain: r#"
## What it finds

In a text for the public (the title of a public record, every `public` message, `## Public summary`): a host under `.internal`, `.local`, `.corp` and the like or under a domain of `private.hosts`, a private address, a ticket key, a severity of the configuration such as `sev1`, and a customer's name from `private.customers`. Ticket keys are those whose project stands under `private.tickets` or in the `ticket` of any action.

## Why it matters

It tells customers nothing and attackers something. A customer who is named hears about it from the others.

## How to fix it

Say it in the words of customers: “our database” for a host, “card payments fail” for a severity, “some customers” for one. Name what is internal in `incident.yaml`: `private: {hosts: [corp.shop.example], tickets: [PAY], customers: [Acme]}`.

## Example

```markdown
---
title: Checkout fails
visibility: public
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    public: We raised this to SEV1. The database db-7.prod.internal does not answer.
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let hosts: Vec<&str> = context.archive.config.private.hosts.iter().map(|host| host.value.as_str()).collect();
    for public in public::texts(record) {
        let mut report = |span: Span, what: &str, help: &str| {
            let message = format!("{what} in a public text: it tells customers nothing, and others too much");
            out.report(&record.path, public.place(span.range()), message).help(help);
        };
        for span in hosts::find(public.text, &hosts) {
            report(span, "an internal host", "say what it is, such as “our database”");
        }
        for (span, canary) in context.canaries.others(public.text) {
            match canary {
                Canary::Ticket => report(span, "a ticket key", "leave it out, or say what the work is"),
                Canary::Severity => report(span, "a severity", "say what does not work, and for whom"),
                Canary::Customer => report(span, "the name of a customer", "write “some customers”"),
                // The matter of `personal-data`.
                Canary::Person => {}
            }
        }
    }
}
