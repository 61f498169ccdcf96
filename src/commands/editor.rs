//! The user's editor, on an entry that has no words yet.

use std::io::IsTerminal;
use std::path::Path;
use std::process::Command;

use super::{find_root, update, writing};
use crate::error::Error;
use crate::git::exec::Git;

/// Everything from here on is for the writer only.
const CUT: &str = "# ------------------------ everything below is ignored ------------------------";

/// Asks for the note in the editor that git would open.
pub fn fill(mut args: update::Args, start: &Path) -> Result<update::Args, Error> {
    if !std::io::stdin().is_terminal() {
        return Err(
            Error::new("there is nothing to record").hint("say what happened: `git incident update -m \"TEXT\"`")
        );
    }
    let root = find_root(start)?;
    let git = Git::open(&root)?;
    let (archive, id) = writing::open(&root, args.id.as_deref())?;
    let record = writing::event(&archive, &id)?;
    let state = record.replay.status().unwrap_or("in no state");
    let file = git.dir().join("INCIDENT_EDITMSG");
    let prepared = format!(
        "\n{CUT}\n# {id} is {state}. Write what happened, in Markdown; an empty text ends it without an entry.\n\
         # `git incident update --help` shows what else can be said: --public, --status, --impact, ...\n"
    );
    std::fs::write(&file, prepared)?;
    let editor = git.run(&["var", "GIT_EDITOR"])?;
    let status = Command::new("sh").arg("-c").arg(format!("{editor} \"$1\"")).arg("editor").arg(&file).status()?;
    let text = std::fs::read_to_string(&file)?;
    let text = text.split(CUT).next().unwrap_or_default().trim().to_owned();
    if !status.success() || text.is_empty() {
        return Err(Error::new("nothing was recorded: the text is empty, or the editor failed"));
    }
    args.id = Some(id);
    args.entry.message = Some(text);
    Ok(args)
}
