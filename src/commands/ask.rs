//! Questions on a terminal, for what a command was not told.

use std::io::{IsTerminal, Write};

use crate::error::Error;
use crate::text::suggest::nearest;

/// What a flag said, else the answer to a question. Nothing where nobody is there to ask, or where they have no answer:
/// an empty line, or the end of the input.
pub fn text(said: Option<String>, question: &str) -> Result<Option<String>, Error> {
    valid(said, question, &|_| Ok(()))
}

/// The same for one of a few words.
pub fn word(said: Option<String>, question: &str, words: &[&str]) -> Result<Option<String>, Error> {
    let question = format!("{question} ({})", words.join(", "));
    valid(said, &question, &|answer| match nearest(answer, words.iter().copied()) {
        _ if words.contains(&answer) => Ok(()),
        Some(meant) => Err(Error::new(format!("`{answer}` is none of them; did you mean `{meant}`?"))),
        None => Err(Error::new(format!("`{answer}` is none of them"))),
    })
}

/// The same; asks again until the answer will do. What a flag said is judged later, with everything else.
pub fn valid(
    said: Option<String>,
    question: &str,
    judge: &dyn Fn(&str) -> Result<(), Error>,
) -> Result<Option<String>, Error> {
    if said.is_some() || !is_somebody_there() {
        return Ok(said);
    }
    loop {
        write!(anstream::stderr(), "{question} ")?;
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        let answer = line.trim();
        if answer.is_empty() {
            return Ok(None);
        }
        match judge(answer) {
            Ok(()) => return Ok(Some(answer.to_owned())),
            Err(why) => writeln!(anstream::stderr(), "  {why}")?,
        }
    }
}

/// Prints a line for whoever is about to be asked.
pub fn explain(line: &str) -> Result<(), Error> {
    if is_somebody_there() {
        writeln!(anstream::stderr(), "  {line}")?;
    }
    Ok(())
}

fn is_somebody_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// The refusal of a command that was not told everything; `values` says what it needs, and what of that is there.
pub fn missing(command: &str, values: &[(&str, bool)]) -> Error {
    let missing: Vec<&str> = values.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect();
    let all: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
    Error::new(format!("`git incident {command}` needs {}", missing.join(" and ")))
        .hint(format!("`git incident {command} {}`; on a terminal it asks for what is left out", all.join(" ")))
}
