//! What every command that writes does: under the lock read, change and judge; then write, commit and push.

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;

use crate::change::{self, Change, Part};
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::git;
use crate::git::exec::Git;
use crate::git::lock::Lock;
use crate::git::message::Message;
use crate::git::revision::Revision;
use crate::git::sync::{self, Pushed};
use crate::record::archive::{Archive, FolderTree};
use crate::record::config::Config;
use crate::record::slug::slug;
use crate::record::touched;

/// Names the person who writes, where git does not know them.
const BY: &str = "GIT_INCIDENT_BY";

#[derive(Clone, Debug, Default, clap::Args)]
pub struct WriteFlags {
    /// Who records this: a person of `incident.yaml`, or `bot:NAME`. Without it: the person whom git's `user.name` or
    /// `user.email` names, or the environment variable `GIT_INCIDENT_BY`.
    #[arg(long, value_name = "PERSON", help_heading = "Writing")]
    pub by: Option<String>,

    /// Write the file, and leave the commit to you.
    #[arg(long, help_heading = "Writing")]
    no_commit: bool,

    /// Show what would change, and write nothing.
    #[arg(long, help_heading = "Writing", conflicts_with_all = ["no_commit", "push"])]
    dry_run: bool,

    /// Push the commit. Where others were faster, this change is made again on top of theirs.
    #[arg(long, help_heading = "Writing", conflicts_with = "no_commit")]
    push: bool,
}

impl WriteFlags {
    /// Whether the commit is left to the user, who is told the files.
    pub const fn leaves_the_commit(&self) -> bool {
        self.no_commit
    }
}

/// A change that is about to be made, and what its commit says.
#[derive(Debug)]
pub struct Draft {
    pub id: String,
    pub change: Change,
    /// In a word or two each.
    pub facts: Vec<String>,
}

/// The archive after the change, as far as it was read. Nothing where it was only shown.
pub type Written = Option<Archive>;

/// Makes a change. `make` reads the records and may run again, when others have pushed in between.
pub fn write(
    root: &Path,
    flags: &WriteFlags,
    now: Timestamp,
    make: &dyn Fn(&Git) -> Result<Draft, Error>,
) -> Result<Written, Error> {
    let git = Git::open(root)?;
    let lock = Lock::acquire(&git, git::lock::PATIENCE)?;
    let draft = make(&git)?;
    let tree = FolderTree::new(root);
    let verdict = change::judge(&tree, &draft.change, now)?;
    if !verdict.errors.is_empty() {
        return Err(refused(&verdict.errors));
    }
    super::warn_of_settings(&verdict.archive.config)?;
    let changes: Vec<git::write::Change<'_>> = draft
        .change
        .files
        .iter()
        .map(|(path, text)| git::write::Change { path, content: Some(text.as_bytes()) })
        .collect();
    if git::commit::is_done(&git, &changes)? {
        let facts = draft.facts.join(", ");
        return Err(Error::new(format!("nothing was written, because the record says so already: {facts}")));
    }
    let mut out = anstream::stdout();
    if flags.dry_run {
        let before = |path: &str| std::fs::read(root.join(path)).ok();
        let pairs: Vec<_> = changes.iter().map(|change| (*change, before(change.path))).collect();
        write!(out, "{}", git::diff::unified(&pairs).map_err(Error::new)?)?;
        return Ok(None);
    }
    if flags.no_commit {
        git::write::write(root, &changes)?;
        writeln!(out, "Wrote {}; not committed.", draft.change.files.keys().cloned().collect::<Vec<_>>().join(", "))?;
        return Ok(Some(verdict.archive));
    }
    let facts: Vec<&str> = draft.facts.iter().map(String::as_str).collect();
    let record = verdict.archive.event(&draft.id);
    let message = Message {
        id: &draft.id,
        facts: &facts,
        body: None,
        status: record.and_then(|record| record.replay.status()),
        severity: record.and_then(|record| record.replay.severity()),
    };
    let commit = git::commit::commit(&git, &lock, &changes, &message.text())?;
    writeln!(out, "{} ({})", message.subject(), commit.id)?;
    if let Some(warning) = commit.warning() {
        writeln!(anstream::stderr(), "warning: {warning}")?;
    }
    drop(lock);
    if !flags.push && !verdict.archive.config.push {
        return Ok(Some(verdict.archive));
    }
    let pushed = push(&git, &verdict.archive, now)?;
    if pushed.replays == 0 {
        writeln!(out, "pushed to {}/{}", pushed.remote, pushed.branch)?;
        return Ok(Some(verdict.archive));
    }
    let id = git::state::head(&git, git::state::branch(&git)?.as_deref())?;
    writeln!(out, "pushed to {}/{}, on top of what others pushed meanwhile ({id})", pushed.remote, pushed.branch)?;
    let folders = touched::folders_of(draft.change.files.keys());
    Ok(Some(Archive::load(&Part::new(&tree, &folders, &Default::default()))?))
}

/// Pushes, on top of what others pushed in the meantime as long as `check` has nothing against the result.
fn push(git: &Git, archive: &Archive, now: Timestamp) -> Result<Pushed, Error> {
    let ours = FolderTree::new(git.root());
    let mut validate = |theirs: &Revision, changed: &[String]| {
        let verdict = change::judge_tree(&ours, theirs, changed, now).map_err(|e| e.to_string())?;
        if verdict.errors.is_empty() { Ok(()) } else { Err(complaints(&verdict.errors)) }
    };
    Ok(sync::push(git, &archive.lifecycle, &mut validate)?)
}

/// What `check` would say of the records, in the words of its rules.
fn complaints(errors: &[Diagnostic]) -> String {
    let one = |error: &Diagnostic| match &error.help {
        Some(help) => format!("\n  {}\n    {help}", error.message),
        None => format!("\n  {}", error.message),
    };
    errors.iter().map(one).collect()
}

fn refused(errors: &[Diagnostic]) -> Error {
    let mut refusal = Error::new(format!("refused, and nothing was written{}", complaints(errors)));
    // The rules speak of the file; here it is the command that has to say it.
    let asks = |rule: &str| errors.iter().any(|error| error.rule == rule);
    if asks("missing-reason") {
        refusal = refusal.hint("give it with `--reason \"WHY\"`");
    }
    refusal
}

/// Who writes: as the flag says, else the environment, else the person whom git's configuration names.
pub fn who(git: &Git, config: &Config, flag: Option<&str>) -> Result<String, Error> {
    let said = flag.map(str::to_owned).or_else(|| std::env::var(BY).ok().filter(|by| !by.is_empty()));
    if let Some(by) = said {
        return Ok(by);
    }
    let known = git.ask(&["config", "--get-regexp", r"^user\.(name|email)$"])?.stdout;
    let value = |key: &str| known.lines().rev().find_map(|line| line.strip_prefix(key)).unwrap_or("").trim();
    let (name, email) = (value("user.name "), value("user.email "));
    let matching = named(config, name, email);
    matching.map(str::to_owned).ok_or_else(|| {
        if let Some(problem) = config.unreadable() {
            return super::unreadable(problem, &config.path, &config.text)
                .hint("until then say who you are with `--by PERSON`");
        }
        let people: Vec<&str> = config.people.iter().map(|person| person.id.value.as_str()).collect();
        let all = if people.is_empty() { "nobody yet".into() } else { people.join(", ") };
        Error::new(format!("git says that you are “{name}” <{email}>, and that is nobody of `incident.yaml`"))
            .hint(format!("say who you are with `--by PERSON` or the environment variable `{BY}`; there is {all}"))
            .hint("or add yourself under `people` in `incident.yaml`, with the name that git has")
    })
}

fn named<'a>(config: &'a Config, name: &str, email: &str) -> Option<&'a str> {
    let mailbox = email.split('@').next().unwrap_or("");
    let is = |test: &dyn Fn(&str, &str) -> bool| {
        config
            .people
            .iter()
            .find(|person| test(&person.id, person.name.as_ref().map_or("", |name| &name.value)))
            .map(|person| person.id.value.as_str())
    };
    is(&|_, full| !name.is_empty() && full.to_lowercase() == name.to_lowercase())
        .or_else(|| is(&|id, _| id == slug(name)))
        .or_else(|| is(&|id, _| id == mailbox))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::archive::Memory;

    #[test]
    fn git_names_a_person_by_name_id_or_mailbox() {
        let text = "people: [{id: mara, name: Mara Ito}, {id: wei}, {id: jonas-b, name: Jonas Berg}]\n";
        let archive = Archive::load(&Memory([("incident.yaml".into(), text.into())].into())).unwrap();
        let named = |name, email| named(&archive.config, name, email);
        assert_eq!(named("mara ito", ""), Some("mara"));
        assert_eq!(named("Wei", "w@example.com"), Some("wei"));
        assert_eq!(named("J. B.", "jonas-b@example.com"), Some("jonas-b"));
        assert_eq!(named("", ""), None);
    }
}
