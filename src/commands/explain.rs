//! `git incident explain`.

use std::io::Write;

use crate::check::rules;
use crate::error::Error;
use crate::text::suggest::nearest;

/// Say what a rule finds, why it matters and how to fix it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The name of a rule, as `check` prints it.
    rule: String,
}

pub fn run(args: &Args) -> Result<u8, Error> {
    let rule = rules::find(&args.rule).ok_or_else(|| {
        let error = Error::new(format!("there is no rule `{}`", args.rule));
        match nearest(&args.rule, rules::RULES.iter().map(|rule| rule.name)) {
            Some(meant) => error.hint(format!("did you mean `{meant}`?")),
            None => error.hint("`git incident rules` lists them"),
        }
    })?;
    let mut out = anstream::stdout().lock();
    let (family, level, nature) = (rule.family.name(), rule.level.name(), rule.nature);
    writeln!(out, "# {} ({level})\n\n{}\n", rule.name, rule.summary)?;
    writeln!(out, "Family {family}; a {}: {}.\n", nature.name(), nature.meaning())?;
    writeln!(out, "{}", rule.explain.trim())?;
    Ok(0)
}
