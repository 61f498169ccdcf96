//! The user's own git. It does everything that touches their setup: hooks, signing, identity, credentials, sparse trees.

use std::ffi::OsStr;
use std::fmt;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use super::repo::{self, Around};

/// The oldest git that is known to do all of this.
const OLDEST: (u32, u32) = (2, 25);

/// How long to wait for an index that another git holds. Editors and prompts run `git status`, which takes a moment.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(50);

/// What git creates in its folder while it changes the index.
const INDEX_LOCK: &str = "index.lock";

/// What git could not do, and what the user can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub message: String,
    pub hints: Vec<String>,
    pub left: Left,
}

/// How far a change came before it failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Left {
    /// Everything is as before.
    #[default]
    Nothing,
    /// The files are written, and not committed.
    Written,
    /// It is committed, and not pushed.
    Committed,
}

impl Failure {
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new(), left: Left::Nothing }
    }

    #[must_use]
    pub fn left(self, left: Left) -> Self {
        Self { left, ..self }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        for hint in &self.hints {
            write!(f, "\n  help: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

/// What a run of git printed.
#[derive(Clone, Debug)]
pub struct Output {
    pub ok: bool,
    /// Nothing where a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Output {
    /// What git says about its failure, usually on stderr.
    pub fn complaint(&self) -> String {
        let said = [&self.stderr, &self.stdout].map(|text| text.trim()).into_iter().find(|text| !text.is_empty());
        said.map_or_else(|| format!("git said nothing and ended with {}", self.ending()), str::to_owned)
    }

    /// Whether there is no word about what happened.
    pub fn is_silent(&self) -> bool {
        [&self.stderr, &self.stdout].iter().all(|text| text.trim().is_empty())
    }

    /// How it ended, as `exit status 1`.
    pub fn ending(&self) -> String {
        self.code.map_or_else(|| "a signal".to_owned(), |code| format!("exit status {code}"))
    }
}

/// The repository around one folder with a work tree.
#[derive(Clone, Debug)]
pub struct Git {
    root: PathBuf,
    dir: PathBuf,
    common: PathBuf,
    prefix: String,
}

impl Git {
    /// Finds the repository around a folder, as git itself does; `GIT_DIR` and its kin count, so that this works in a hook.
    ///
    /// # Errors
    ///
    /// There is no git, no repository, or only a bare one.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        // Whoever has no git is told before anything is written.
        let found = if is_installed() { repo::around(folder) } else { None };
        let Around { dir, common, prefix } = found.map_or_else(|| ask_around(folder), Ok)?;
        Ok(Self { root: folder.to_path_buf(), dir, common, prefix })
    }

    /// The folder that it was opened in. Paths are relative to it, and git runs in it.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The git folder of this work tree.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The git folder that all work trees of the repository share.
    pub fn common(&self) -> &Path {
        &self.common
    }

    /// The path of `root` in the repository, with a `/` at the end; empty at its top.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Runs git and returns what it prints.
    ///
    /// # Errors
    ///
    /// Git cannot be run or says no; the text is git's own.
    pub fn run<A: AsRef<OsStr>>(&self, args: &[A]) -> Result<String, Failure> {
        Ok(succeeded(args, self.ask(args)?)?.stdout.trim_end().to_owned())
    }

    /// Runs git where a no is an answer too.
    ///
    /// # Errors
    ///
    /// Git cannot be run.
    pub fn ask<A: AsRef<OsStr>>(&self, args: &[A]) -> Result<Output, Failure> {
        run(git_in(&self.root).args(args), None)
    }

    /// Runs a git that changes the index, and again for a while where another git holds the index.
    ///
    /// # Errors
    ///
    /// Git cannot be run, or the other one does not end.
    pub fn patiently(&self, run: impl Fn() -> Result<Output, Failure>) -> Result<Output, Failure> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let output = run()?;
            // A path is the same in every language.
            let held = !output.ok && output.stderr.contains(INDEX_LOCK);
            if !held {
                return Ok(output);
            }
            self.wait_for_index(deadline)?;
            if Instant::now() > deadline {
                return Ok(output);
            }
        }
    }

    /// Lets git tidy up its folder as it does after a commit, for those who wish that; nobody waits for it.
    pub fn tidy_up(&self) {
        if repo::tidies_itself_up(&self.dir) {
            let mut command = git_in(&self.root);
            command.args(["maintenance", "run", "--auto", "--quiet"]);
            // Where it does not work, the next one does the same.
            let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        }
    }

    /// Waits until no other git holds the index.
    ///
    /// A lock that a killed git left behind is not removed: git does not say in it whose it is, and a living one that waits
    /// for an editor or a hook has not even the file open. To take that one's index away would mix up two commits.
    ///
    /// # Errors
    ///
    /// It is still held; the text says what to do.
    pub fn free_index(&self) -> Result<(), Failure> {
        self.wait_for_index(Instant::now() + PATIENCE)
    }

    fn wait_for_index(&self, deadline: Instant) -> Result<(), Failure> {
        let lock = self.dir.join(INDEX_LOCK);
        while lock.exists() {
            if Instant::now() > deadline {
                let message = format!("another git has held {} for {} s", lock.display(), PATIENCE.as_secs());
                let remove = format!("rm '{}'", lock.display());
                return Err(Failure::new(message)
                    .hint("let it finish, if one is running here: an editor with a commit message, a hook, a rebase")
                    .hint(format!("if none is, a killed one left that file behind: `{remove}`, then run this again")));
            }
            sleep(PAUSE);
        }
        Ok(())
    }

    /// Runs git with a text on its standard input.
    ///
    /// # Errors
    ///
    /// Git cannot be run.
    pub fn feed<A: AsRef<OsStr>>(&self, args: &[A], input: &str) -> Result<Output, Failure> {
        run(git_in(&self.root).args(args), Some(input))
    }
}

fn is_installed() -> bool {
    let name = format!("git{}", std::env::consts::EXE_SUFFIX);
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(&name).is_file()))
}

/// Where git itself says that the repository around a folder is.
fn ask_around(folder: &Path) -> Result<Around, Failure> {
    let questions = ["rev-parse", "--is-inside-work-tree", "--absolute-git-dir", "--git-common-dir", "--show-prefix"];
    let asked = run(git_in(folder).args(questions), None)?;
    if !asked.ok && std::env::var_os("GIT_DIR").is_none() && !repo::is_around(folder) {
        let message = format!("there is no git repository at {} or above it", folder.display());
        return Err(Failure::new(message).hint("`git incident init` makes one, and keeps the files that are there"));
    }
    let output = succeeded(&questions, asked)?;
    let mut answers = output.stdout.lines();
    let mut answer = || answers.next().unwrap_or_default();
    if answer() != "true" {
        let message =
            format!("the repository at {} has no work tree, so there are no files to write", folder.display());
        return Err(Failure::new(message).hint("work in a clone of it"));
    }
    Ok(Around { dir: answer().into(), common: folder.join(answer()), prefix: answer().to_owned() })
}

/// Makes a repository of a folder.
///
/// # Errors
///
/// Git cannot be run, or says no.
pub fn init(folder: &Path) -> Result<(), Failure> {
    let args = ["init", "--quiet"];
    succeeded(&args, run(git_in(folder).args(args), None)?).map(drop)
}

/// A path of a file as git takes it without reading `*` or `[` in it as a pattern.
pub fn literal(path: &str) -> String {
    format!(":(literal){path}")
}

/// Git, about to run in a folder.
pub fn git_in(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder);
    // A user's `submodule.recurse` is meant for their own checkouts and fetches.
    command.args(["-c", "submodule.recurse=false"]);
    if !std::io::stdin().is_terminal() {
        command.env("GIT_TERMINAL_PROMPT", "0");
    }
    command
}

/// Runs a prepared git to its end.
///
/// # Errors
///
/// It cannot be run.
pub fn run(command: &mut Command, input: Option<&str>) -> Result<Output, Failure> {
    let stdin = if input.is_some() { Stdio::piped() } else { Stdio::null() };
    let mut child = start(command.stdin(stdin))?;
    let pipe = child.stdin.take();
    thread::scope(|scope| {
        // Beside the reading: a git that answers each line waits until its answers are taken.
        if let (Some(input), Some(mut pipe)) = (input, pipe) {
            // Git that ends before it has read everything says why itself.
            scope.spawn(move || drop(pipe.write_all(input.as_bytes())));
        }
        finish(child)
    })
}

/// Starts a prepared git, which works while this program does something else.
///
/// # Errors
///
/// It cannot be run.
pub fn start(command: &mut Command) -> Result<Child, Failure> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(|error| cannot_run(&error))
}

/// Waits for a git that was started.
///
/// # Errors
///
/// What it prints cannot be read.
pub fn finish(child: Child) -> Result<Output, Failure> {
    let output = child.wait_with_output().map_err(|error| cannot_run(&error))?;
    Ok(Output {
        ok: output.status.success(),
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

fn cannot_run(error: &std::io::Error) -> Failure {
    if error.kind() == std::io::ErrorKind::NotFound {
        return Failure::new(
            "there is no `git` on the PATH, and records are committed and pushed by the user's own git",
        )
        .hint(format!("install git {}.{} or newer", OLDEST.0, OLDEST.1));
    }
    Failure::new(format!("git cannot be run: {error}"))
}

/// What a run printed that git did not say no to.
///
/// # Errors
///
/// It did; the text is git's own.
pub fn succeeded<A: AsRef<OsStr>>(args: &[A], output: Output) -> Result<Output, Failure> {
    if output.ok { Ok(output) } else { Err(explain(args, &output)) }
}

/// A failed run. Only now is it worth asking how old this git is.
fn explain<A: AsRef<OsStr>>(args: &[A], output: &Output) -> Failure {
    let name = args.first().map(|arg| arg.as_ref().to_string_lossy()).unwrap_or_default();
    let failure = Failure::new(format!("`git {name}` failed: {}", output.complaint()));
    let version = run(Command::new("git").arg("--version"), None).map(|o| o.stdout).unwrap_or_default();
    match parse_version(&version) {
        Some(found) if found < OLDEST => {
            failure.hint(format!("this is git {}.{}; {}.{} or newer is needed", found.0, found.1, OLDEST.0, OLDEST.1))
        }
        _ => failure,
    }
}

/// `git version 2.39.5 (Apple Git-154)` is (2, 39).
fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.split_whitespace().nth(2)?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_every_vendor() {
        assert_eq!(parse_version("git version 2.47.3\n"), Some((2, 47)));
        assert_eq!(parse_version("git version 2.39.5 (Apple Git-154)"), Some((2, 39)));
        assert_eq!(parse_version("git version 2.45.1.windows.1"), Some((2, 45)));
        assert_eq!(parse_version("something else"), None);
    }
}
