//! `git incident promote`.

use std::path::Path;

use super::action::{self, NewAction};
use super::writing::{self, Draft};
use super::{amend, ask, event, find_root, now, review, words};
use crate::change::Change;
use crate::error::Error;
use crate::text::data::Data;

/// Make an action of a todo of the timeline
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The number of the entry with the todo, as `show` prints it.
    entry: usize,

    /// The incident; not needed while exactly one postmortem is in work.
    id: Option<String>,

    /// A verb and an outcome; without it the words of the todo.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,

    #[command(flatten)]
    action: NewAction,

    #[command(flatten)]
    writing: writing::WriteFlags,
}

pub fn run(mut args: Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    args.action.ask()?;
    if !args.action.has_type() {
        return Err(ask::missing("promote", &[("N", true), (action::TYPE, false)]));
    }
    let now = now(None)?;
    writing::write(&root, &args.writing, now, &|_| {
        let archive = review::archive(&root)?;
        let postmortem = review::postmortem(&archive, args.id.as_deref())?;
        let record = event(&archive, &postmortem.id)?;
        let entry = amend::find(record, args.entry)?;
        let Some(todo) = entry.todo.as_ref().filter(|_| entry.promoted.is_none() && entry.dismissed.is_none()) else {
            return Err(Error::new(format!("entry {} has no todo that is open", args.entry))
                .hint(format!("`git incident show {}` lists them", record.id)));
        };
        let title = args.title.as_deref().unwrap_or_else(|| words::first_line(todo));
        let (text, name) = args.action.add(&archive, postmortem, title, now)?;
        let mut change = Change::of(&*postmortem.path, text);
        let promoted = amend::put(&record.text, args.entry, "promoted", Data::text(&name))?;
        change.files.insert(record.path.to_string(), promoted);
        Ok(Draft { id: record.id.to_string(), change, facts: vec![format!("todo promoted to action {name}")] })
    })?;
    Ok(0)
}
