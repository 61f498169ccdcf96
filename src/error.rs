//! What a command says when it cannot do its work.

use std::fmt;

use crate::git::exec::{Failure, Left};

/// The exit code of a command that could not run, and left everything as it was.
pub const COULD_NOT_RUN: u8 = 2;

/// That of a change which is written, and not committed.
pub const NOT_COMMITTED: u8 = 3;

/// That of a change which is committed, and not pushed.
pub const NOT_PUSHED: u8 = 4;

/// What went wrong, and what to do about it.
#[derive(Debug)]
pub struct Error {
    pub message: String,
    pub hints: Vec<String>,
    /// The exit code of the program.
    pub code: u8,
    /// The reader of our output went away, as `head` does; nothing to complain about.
    pub broken_pipe: bool,
}

impl Error {
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new(), code: COULD_NOT_RUN, broken_pipe: false }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Proposes what was meant, if that can be guessed.
    #[must_use]
    pub fn did_you_mean(self, meant: Option<&str>) -> Self {
        match meant {
            Some(meant) => self.hint(format!("did you mean `{meant}`?")),
            None => self,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        for hint in &self.hints {
            write!(f, "\n  help: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        let broken_pipe = error.kind() == std::io::ErrorKind::BrokenPipe;
        Self { broken_pipe, ..Self::new(error.to_string()) }
    }
}

impl From<crate::record::archive::TreeError> for Error {
    fn from(error: crate::record::archive::TreeError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<crate::site::SiteError> for Error {
    fn from(error: crate::site::SiteError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<crate::site::write::PublishError> for Error {
    fn from(error: crate::site::write::PublishError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let code = match failure.left {
            Left::Nothing => COULD_NOT_RUN,
            Left::Written => NOT_COMMITTED,
            Left::Committed => NOT_PUSHED,
        };
        Self { hints: failure.hints, code, ..Self::new(failure.message) }
    }
}

impl From<crate::text::edit::CannotEdit> for Error {
    fn from(error: crate::text::edit::CannotEdit) -> Self {
        Self::new(format!("the record cannot be edited without risk to it: {error}"))
            .hint("mend that place by hand, then try again")
    }
}
