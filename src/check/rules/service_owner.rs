//! `service-owner`: a service that belongs to nobody.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "service-owner",
    family: Family::Catalogue,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "a service without an owner",
    explain: r#"
## What it finds

A service in `incident.yaml` without `owner`. Retired ones need none, and where `incident.yaml` lists no teams there is nobody to name.

## Why it matters

When it fails, somebody has to know whom to call, and afterwards who sees to it that it does not fail again.

## How to fix it

Add `owner:` with the id of a team. Where nobody wants it, that is worth knowing too.

## Example

```yaml incident.yaml
services:
  - {id: checkout, name: Checkout, owner: team-payments}
  - {id: search, name: Search}
teams: [{id: team-payments, name: Payments}]
```
"#,
    check: Check::Archive(check),
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let config = &context.archive.config;
    if config.teams.is_empty() {
        return;
    }
    for service in config.services.iter().filter(|service| service.retired.is_none() && service.owner.is_none()) {
        out.report(
            &config.path,
            service.id.span,
            format!("`{}` has no owner, so nobody knows whom to call when it fails", service.id.value),
        )
        .help("add `owner:` with the id of a team");
    }
}
