//! What git knows, and how records are written into it.
//!
//! `git2` reads and computes; whatever touches the user's setup (commits, the network) is done by their own git.

pub mod checkout;
pub mod commit;
pub mod diff;
pub mod driver;
pub mod exec;
pub mod history;
pub mod lock;
pub mod merge;
pub mod message;
pub mod pointer;
pub mod provenance;
pub mod replay;
pub mod repo;
pub mod revision;
pub mod state;
pub mod sync;
pub mod write;
