//! The language server: what an editor asks, answered from an archive that is kept in memory.
//!
//! `server` speaks the protocol; a `Workspace` is one archive with the documents that are open in it. Every request is one
//! file with a function from a [`view::View`] to an answer, which reads no files. Positions are bytes everywhere but in
//! `position`, which knows what the editor counts.

mod actions;
mod completion;
mod diagnostics;
mod document;
mod formatting;
mod hover;
mod lens;
mod locate;
mod position;
mod requests;
mod server;
mod spot;
mod states;
mod symbols;
mod uri;
mod view;
mod workspace;

pub use server::{Ending, run};
