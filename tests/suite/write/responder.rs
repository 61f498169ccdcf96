//! Somebody with a clone, a name and the program.

use git_incident::check::rules::RULES;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::sandbox::Run;

pub struct Responder {
    pub root: PathBuf,
    name: &'static str,
    editor: Option<String>,
}

/// An empty folder for one test.
pub fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("write").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

impl Responder {
    pub fn new(root: PathBuf, name: &'static str) -> Self {
        fs::create_dir_all(&root).unwrap();
        Self { root, name, editor: None }
    }

    /// A command in the clone, without the settings of whoever runs the tests.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let beside = Path::new(env!("CARGO_BIN_EXE_git-incident")).parent().unwrap();
        let path = format!("{}:{}", beside.display(), std::env::var("PATH").unwrap());
        let email = format!("{}@example.com", self.name.to_lowercase());
        command
            .current_dir(&self.root)
            .stdin(Stdio::null())
            .env("PATH", path)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("GIT_CONFIG_COUNT", "3")
            .envs([("GIT_CONFIG_KEY_0", "user.name"), ("GIT_CONFIG_VALUE_0", self.name)])
            .envs([("GIT_CONFIG_KEY_1", "user.email"), ("GIT_CONFIG_VALUE_1", &email)])
            .envs([("GIT_CONFIG_KEY_2", "init.defaultBranch"), ("GIT_CONFIG_VALUE_2", "main")])
            .env_remove("SOURCE_DATE_EPOCH")
            .env_remove("CI")
            .env_remove("GIT_INCIDENT_BY")
            .env_remove("GIT_EDITOR")
            .env_remove("VISUAL")
            .env_remove("EDITOR");
        command
    }

    pub fn git(&self, args: &[&str]) -> String {
        let output = self.command("git").args(args).output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// Names an editor, for git and for the program alike.
    pub fn with_editor(self, editor: &str) -> Self {
        Self { editor: Some(editor.to_owned()), ..self }
    }

    /// Runs the program with the clock at a time.
    pub fn run_at(&self, time: Option<&str>, args: &[&str]) -> Run {
        let mut command = self.command(env!("CARGO_BIN_EXE_git-incident"));
        command.envs(self.editor.as_ref().map(|editor| ("EDITOR", editor)));
        if let Some(time) = time {
            let time: jiff::Timestamp = time.parse().unwrap();
            command.env("SOURCE_DATE_EPOCH", time.as_second().to_string());
        }
        let output = command.args(args).output().unwrap();
        Run {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub fn run(&self, args: &[&str]) -> Run {
        self.run_at(None, args)
    }

    /// `check` at a time, with what refuses a command only: not with what is still owed or came late.
    pub fn faults(&self, time: Option<&str>) -> Run {
        let others = RULES.iter().filter(|rule| !rule.nature.refuses());
        let others: Vec<String> = others.map(|rule| format!("--rule={}=off", rule.name)).collect();
        let args: Vec<&str> = std::iter::once("check").chain(others.iter().map(String::as_str)).collect();
        self.run_at(time, &args)
    }

    /// Runs the program at a time of 1 May 2024; it must succeed, and `check` must find no fault afterwards. What is still
    /// owed, or came late, is no reason to refuse an update.
    pub fn at(&self, clock: &str, args: &[&str]) -> String {
        let time = format!("2024-05-01T{clock}:00Z");
        let run = self.run_at(Some(&time), args);
        assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
        let check = self.faults(Some(&time));
        assert_eq!(check.code, 0, "after {args:?}: {}", check.stdout);
        run.stdout
    }

    /// Runs the program at a time of 1 May 2024; it must succeed, and `check` must find nothing at all afterwards: what the
    /// team owes by then, it has done.
    pub fn does(&self, clock: &str, args: &[&str]) -> String {
        let said = self.at(clock, args);
        let check = self.run_at(Some(&format!("2024-05-01T{clock}:00Z")), &["check"]);
        let is_clean = check.code == 0 && check.stdout.ends_with("no problems.\n");
        assert!(is_clean, "after {args:?}: {}", check.stdout);
        said
    }

    /// Runs the program at a time of 1 May 2024; it must refuse and leave everything as it was. Returns why.
    pub fn refused(&self, clock: &str, args: &[&str]) -> String {
        let before = self.state();
        let run = self.run_at(Some(&format!("2024-05-01T{clock}:00Z")), args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}: {}", run.stderr);
        assert_eq!(self.state(), before, "{args:?}");
        run.stderr
    }

    /// Everything that an update could change.
    fn state(&self) -> String {
        format!("{}\n{}", self.git(&["rev-parse", "HEAD"]), self.git(&["status", "--porcelain"]))
    }

    pub fn file(&self, path: &str, text: &str) -> &Self {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Writes the sections of the drafted postmortem, and some keys of its front matter, by hand.
    pub fn writes_postmortem(&self, keys: &str) {
        let draft = self.read(POSTMORTEM);
        let (front, _) = draft.split_once("\n---\n").unwrap();
        self.file(POSTMORTEM, &format!("{front}\n{keys}---\n{SECTIONS}"));
        self.git(&["commit", "--quiet", "--all", "-m", "Write the postmortem"]);
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }
}

const CONFIG: &str = "\
site: {title: Example Shop status}
services:
  - {id: checkout, name: Checkout, owner: team-payments}
  - {id: search, name: Search}
teams:
  - {id: team-payments, name: Payments}
people:
  - {id: mara, name: Mara Ito}
  - {id: wei, name: Wei Chen}
";

/// A responder with an archive that has no records yet.
pub fn mara(test: &str) -> Responder {
    let mara = Responder::new(scratch(test), "Mara Ito");
    mara.file("incident.yaml", CONFIG);
    mara.git(&["init", "--quiet"]);
    mara.git(&["add", "."]);
    mara.git(&["commit", "--quiet", "-m", "config"]);
    mara
}

/// What only people can write in a postmortem.
const SECTIONS: &str = "
## Summary

Card payments failed for 35 minutes.

## Impact

4,100 customers could not pay by card.

## Root causes

A release lowered the limit of the pool.

## What went well

The rollback took five minutes.

## What went wrong

No alert on the pool.

## Where we got lucky

It was not a Friday.

## Lessons learned

Limits belong into the load test.

## Public summary

A release made card payments fail. It was rolled back.
";

/// Where `with_incident` puts its record, and `postmortem` the one beside it.
pub const CHECKOUT: &str = "incidents/2024/05/2024-05-01-checkout-fails/incident.md";
pub const POSTMORTEM: &str = "incidents/2024/05/2024-05-01-checkout-fails/postmortem.md";

/// A responder in a sev2 incident that began at 09:50.
pub fn with_incident(test: &str) -> Responder {
    let mara = mara(test);
    let new = ["new", "Checkout fails", "--severity", "sev2", "--service", "checkout=partial_outage"];
    mara.at("09:50", &new);
    mara
}
