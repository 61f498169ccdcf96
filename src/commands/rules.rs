//! `git incident rules`.

use std::io::{self, Write};

use serde::Serialize;

use crate::check::rules::RULES;
use crate::check::{Nature, Rule};
use crate::error::Error;

/// List the rules of `check`
///
/// With their level, and what a finding says about a record: that it is wrong (a fault), that something is still owed (a
/// debt), or that a deadline was missed (a breach).
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Listed {
    name: &'static str,
    family: &'static str,
    level: &'static str,
    nature: &'static str,
    summary: &'static str,
}

impl Listed {
    const fn new(rule: &Rule) -> Self {
        Self {
            name: rule.name,
            family: rule.family.name(),
            level: rule.level.name(),
            nature: rule.nature.name(),
            summary: rule.summary,
        }
    }
}

pub fn run(args: &Args) -> Result<u8, Error> {
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    let rules: Vec<Listed> = RULES.iter().map(|rule| Listed::new(rule)).collect();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &rules).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        list(&rules, &mut out)?;
    }
    out.flush()?;
    Ok(0)
}

fn list(rules: &[Listed], out: &mut impl Write) -> io::Result<()> {
    let bold = anstyle::Style::new().bold();
    let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    for family in rules.chunk_by(|a, b| a.family == b.family) {
        let name = family.first().map_or("", |rule| rule.family);
        writeln!(out, "{bold}{name}{bold:#}")?;
        for Listed { name, level, nature, summary, .. } in family {
            writeln!(out, "  {name:width$}  {level:7}  {nature:6}  {summary}")?;
        }
        writeln!(out)?;
    }
    for nature in Nature::ALL {
        writeln!(out, "{:7} {}", format!("{}:", nature.name()), nature.meaning())?;
    }
    Ok(())
}
