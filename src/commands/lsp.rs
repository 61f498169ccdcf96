//! `git incident lsp`.

use jiff::Timestamp;
use lsp_server::Connection;

use super::now;
use crate::error::Error;
use crate::lsp::{self, Ending};

/// Speak with an editor: the language server, on standard input and output
///
/// An editor starts this by itself; docs/editors.md says how to set it up. Exit code 0: the editor said goodbye; 1: it
/// just went.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Standard input and output are the only way there is; some editors ask for it all the same.
    #[arg(long, hide = true)]
    stdio: bool,
}

pub fn run(_: &Args) -> Result<u8, Error> {
    // A clock that was set wrongly is said before the session, once.
    now(None)?;
    let (connection, threads) = Connection::stdio();
    let ending = lsp::run(connection, || now(None).unwrap_or_else(|_| Timestamp::now()));
    // The editor may be gone already.
    let _ = threads.join();
    Ok(u8::from(ending == Ending::Abrupt))
}
