//! `git incident completions`.

use std::io::Write;

use clap_complete::Shell;

use crate::error::Error;

/// Print the completions of a shell, for `git incident` and `git-incident`
///
/// The README says where each shell looks for them.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_enum)]
    shell: Shell,
}

/// What git's own completion calls for the words after `git incident`. Other shells find what completes `git-incident` by
/// themselves.
const BEHIND_GIT: &str = r#"
_git_incident() {
    local COMP_WORDS=("git-incident" "${words[@]:2}") COMP_CWORD=$((cword - 1))
    _gitincident git-incident "$cur" "$prev"
}
"#;

pub fn run(args: &Args, program: clap::Command) -> Result<u8, Error> {
    let script = match args.shell {
        // The generator for bash takes the hyphen of a program's name for the start of a subcommand.
        Shell::Bash => {
            script(Shell::Bash, program, "gitincident")?.replace(" gitincident\n", " git-incident\n") + BEHIND_GIT
        }
        shell => script(shell, program, "git-incident")?,
    };
    std::io::stdout().lock().write_all(script.as_bytes())?;
    Ok(0)
}

/// The generators panic where they cannot write, so they do not write to the output.
fn script(shell: Shell, mut program: clap::Command, name: &str) -> Result<String, Error> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut program, name, &mut script);
    String::from_utf8(script).map_err(|e| Error::new(e.to_string()))
}
