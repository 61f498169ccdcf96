//! What a command says when it cannot do its work.

use std::fmt;

/// The exit code of a command that could not run.
pub const COULD_NOT_RUN: u8 = 2;

/// What went wrong, and what to do about it.
#[derive(Debug)]
pub struct Error {
    pub message: String,
    pub hints: Vec<String>,
    /// The reader of our output went away, as `head` does; nothing to complain about.
    pub broken_pipe: bool,
}

impl Error {
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new(), broken_pipe: false }
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

impl From<crate::git::exec::Failure> for Error {
    fn from(failure: crate::git::exec::Failure) -> Self {
        Self { hints: failure.hints, ..Self::new(failure.message) }
    }
}

impl From<crate::text::edit::CannotEdit> for Error {
    fn from(error: crate::text::edit::CannotEdit) -> Self {
        Self::new(format!("the record cannot be edited without risk to it: {error}"))
            .hint("mend that place by hand, then try again")
    }
}
