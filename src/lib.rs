//! Incidents as code: the library behind `git incident`.
//!
//! Layers; a lower one knows nothing of an upper one:
//!
//! ```text
//! commands                                one file a subcommand
//! serve   lsp   change   announce         what runs long or speaks to the outside; judging before writing
//! check   site   git   import   export    the capabilities; they do not know each other
//! response  metrics                       what a response owes; what the numbers say
//! record  diagnostic                      what an incident is; what a finding is
//! text                                    bytes and places
//! ```

pub mod announce;
pub mod change;
pub mod check;
pub mod cli;
pub mod commands;
pub mod diagnostic;
pub mod error;
pub mod export;
pub mod git;
pub mod import;
pub mod lsp;
pub mod metrics;
pub mod record;
pub mod response;
pub mod serve;
pub mod site;
pub mod text;
