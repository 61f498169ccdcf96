//! A repository with a work tree, driven by git as a person would.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use git_incident::git::commit::{self, Commit};
use git_incident::git::exec::{Failure, Git};
use git_incident::git::lock::Lock;
use git_incident::git::write::Change;

/// A work tree of its own for one test.
pub struct Clone {
    pub root: PathBuf,
}

/// The keys of one test. Their agent ends with them.
#[cfg(unix)]
pub struct GpgHome(pub PathBuf);

#[cfg(unix)]
impl Drop for GpgHome {
    fn drop(&mut self) {
        let _ = Command::new("gpgconf").args(["--kill", "all"]).env("GNUPGHOME", &self.0).output();
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// An empty folder for one test.
pub fn scratch(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("git").join(name);
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(&root).unwrap();
    root
}

impl Clone {
    /// A new repository without a commit.
    pub fn unborn(name: &str) -> Self {
        let clone = Self { root: scratch(name) };
        clone.git(&["init", "--quiet", "--initial-branch=main"]);
        clone.configured()
    }

    /// A repository with one commit.
    pub fn new(name: &str) -> Self {
        let clone = Self::unborn(name);
        clone.file("README", "hello\n").git(&["add", "README"]);
        clone.git(&["commit", "--quiet", "-m", "first"]);
        clone
    }

    /// A clone of a repository at a path or an address.
    pub fn of(options: &[&str], origin: &str, root: PathBuf) -> Self {
        fs::create_dir_all(&root).unwrap();
        let clone = Self { root };
        clone.git(&[&["clone", "--quiet"], options, &[origin, "."]].concat());
        clone.configured()
    }

    /// What the machine's own configuration says must not change a test.
    fn configured(self) -> Self {
        for (key, value) in [
            ("user.name", "Mara Ito"),
            ("user.email", "mara@shop.example"),
            ("commit.gpgSign", "false"),
            ("core.autocrlf", "false"),
            ("core.hooksPath", ".git/hooks"),
            ("gc.auto", "0"),
        ] {
            self.git(&["config", key, value]);
        }
        self
    }

    pub fn file(&self, path: &str, text: &str) -> &Self {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// A hook, as a shell script.
    #[cfg(unix)]
    pub fn hook(&self, name: &str, script: &str) {
        self.script(&format!(".git/hooks/{name}"), script);
    }

    /// A hook of a bare repository.
    #[cfg(unix)]
    pub fn server_hook(&self, name: &str, script: &str) {
        self.script(&format!("hooks/{name}"), script);
    }

    #[cfg(unix)]
    pub fn script(&self, path: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;
        self.file(path, &format!("#!/bin/sh\n{script}\n"));
        fs::set_permissions(self.root.join(path), fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Signs commits by a new key, which is returned. `None` where this machine has no ssh.
    pub fn sign_commits(&self, name: &str) -> Option<PathBuf> {
        let key = scratch(name).join("key");
        let made = self.command("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
        made.ok().filter(|status| status.success())?;
        for (name, value) in [("gpg.format", "ssh"), ("user.signingKey", key.to_str()?), ("commit.gpgSign", "true")] {
            self.git(&["config", name, value]);
        }
        Some(key)
    }

    /// Signs commits by a new key of gpg. `None` where this machine has none.
    #[cfg(unix)]
    pub fn sign_commits_by_gpg(&self) -> Option<GpgHome> {
        use std::os::unix::fs::PermissionsExt;
        // The path of the agent's socket has to be short.
        let home = GpgHome(std::env::temp_dir().join(format!("gpg-{}", std::process::id())));
        fs::create_dir_all(&home.0).unwrap();
        fs::set_permissions(&home.0, fs::Permissions::from_mode(0o700)).unwrap();
        let key = ["--batch", "--quiet", "--passphrase", "", "--quick-generate-key", "Mara Ito <mara@shop.example>"];
        let made = self.command("gpg").args(key).args(["ed25519", "sign", "never"]).env("GNUPGHOME", &home.0).output();
        made.ok()?;
        for (name, value) in [("gpg.format", "openpgp"), ("commit.gpgSign", "true")] {
            self.git(&["config", name, value]);
        }
        self.git(&["config", "user.signingKey", "mara@shop.example"]);
        Some(home)
    }

    /// Runs git, which must succeed, and returns what it prints.
    pub fn git(&self, args: &[&str]) -> String {
        let (ok, text) = self.try_git(args);
        assert!(ok, "git {args:?}: {text}");
        text
    }

    /// Whether git succeeds, and what it prints.
    pub fn try_git(&self, args: &[&str]) -> (bool, String) {
        let output = self.command("git").args(args).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(text).unwrap().trim_end().to_owned())
    }

    /// A program that finds `git incident` on its PATH.
    pub fn command(&self, program: &str) -> Command {
        let ours = Path::new(env!("CARGO_BIN_EXE_git-incident")).parent().unwrap();
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([ours.to_path_buf()].into_iter().chain(std::env::split_paths(&inherited)));
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("PATH", path.unwrap()).env("GIT_EDITOR", "true");
        command
    }

    pub fn open(&self) -> Git {
        Git::open(&self.root).unwrap()
    }

    /// Commits one file through the library.
    pub fn commit(&self, path: &str, text: &str) -> Result<Commit, Failure> {
        commit_in(&self.open(), path, text)
    }

    /// The files that a commit changed.
    pub fn changed_in(&self, commit: &str) -> Vec<String> {
        let listed = self.git(&["show", "--format=", "--name-only", commit]);
        listed.lines().map(str::to_owned).collect()
    }

    pub fn status(&self) -> String {
        self.git(&["status", "--short"])
    }
}

pub fn commit_in(git: &Git, path: &str, text: &str) -> Result<Commit, Failure> {
    let lock = Lock::acquire(git, std::time::Duration::from_secs(20)).unwrap();
    commit::commit(git, &lock, &[Change { path, content: Some(text.as_bytes()) }], "x: update\n")
}
