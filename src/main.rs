use std::process::ExitCode;

use clap::Parser;
use git_incident::cli::Cli;

/// Records are many small texts: with the system's allocator a fifth more time goes into reading them on two threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(code) => ExitCode::from(code),
        Err(error) if error.broken_pipe => ExitCode::SUCCESS,
        Err(error) => {
            git_incident::commands::complain(&error);
            ExitCode::from(error.code)
        }
    }
}
