//! `git incident rules`.

use std::io::Write;

use crate::check::rules::RULES;
use crate::error::Error;

/// List the rules of `check`
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_: &Args) -> Result<u8, Error> {
    let mut out = anstream::stdout().lock();
    let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut family = None;
    for rule in RULES {
        if family != Some(rule.family) {
            let gap = if family.is_none() { "" } else { "\n" };
            writeln!(out, "{gap}{}", rule.family.name())?;
            family = Some(rule.family);
        }
        writeln!(out, "  {:width$}  {:7}  {}", rule.name, rule.level.name(), rule.summary)?;
    }
    Ok(0)
}
