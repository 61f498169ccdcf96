//! The user's editor, on an entry that has no words yet.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{event, find_record, find_root, flags, update};
use crate::error::Error;
use crate::git::exec::Git;

/// Everything from here on is for the writer only.
const CUT: &str = "# ------------------------ everything below is ignored ------------------------";

/// The variables that name an editor for git.
const EDITORS: [&str; 3] = ["GIT_EDITOR", "VISUAL", "EDITOR"];

/// Asks for the note in the editor that git would open. Also returns the file that keeps it, whatever becomes of the
/// update.
pub fn fill(mut args: update::Args, start: &Path) -> Result<(update::Args, PathBuf), Error> {
    // An editor that somebody named may have a window of its own; git's default needs a terminal.
    let named = EDITORS.iter().any(|name| std::env::var_os(name).is_some_and(|editor| !editor.is_empty()));
    if !named && !std::io::stdin().is_terminal() {
        return Err(
            Error::new("there is nothing to record").hint("say what happened: `git incident update -m \"TEXT\"`")
        );
    }
    let root = find_root(start)?;
    let git = Git::open(&root)?;
    let (archive, id) = find_record(&root, args.id.as_deref())?;
    let record = event(&archive, &id)?;
    let state = record.replay.status().unwrap_or("in no state");
    let file = git.dir().join("INCIDENT_EDITMSG");
    let prepared = format!(
        "\n{CUT}\n# {id} is {state}. Write what happened, in Markdown; an empty text ends it without an entry.\n\
         # `git incident update --help` shows what else can be said: --public, --status, --impact, ...\n"
    );
    std::fs::write(&file, prepared)?;
    open(git.run(&["var", "GIT_EDITOR"])?.trim(), &file)?;
    let text = std::fs::read_to_string(&file).map_err(|e| Error::new(format!("{}: {e}", file.display())))?;
    let text = text.split(CUT).next().unwrap_or_default();
    if text.trim().is_empty() {
        return Err(Error::new("nothing was recorded: the text is empty"));
    }
    args.id = Some(id);
    args.entry.message = Some(flags::words(text).map_err(Error::new)?);
    Ok((args, file))
}

fn open(editor: &str, file: &Path) -> Result<(), Error> {
    let status = Command::new("sh").arg("-c").arg(format!("{editor} \"$@\"")).arg(editor).arg(file).status();
    match status.map_err(|e| Error::new(format!("the editor `{editor}` cannot be run: {e}")))? {
        status if status.success() => Ok(()),
        status => Err(Error::new(format!("nothing was recorded: the editor `{editor}` failed with {status}"))
            .hint(format!("what you wrote is in {}", file.display()))),
    }
}
