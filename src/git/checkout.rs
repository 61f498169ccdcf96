//! Taking the work tree and a branch from one commit to another. Git itself takes a file away before it writes the new one;
//! here each is put in place in one step, so that whoever is killed on the way leaves it as it was or as it is meant to be.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use git2::{FileMode, Oid, Repository};

use super::diff;
use super::exec::{Failure, Git, Output, git_in, run, succeeded};

/// The note of a check-out that is under way: branch, old and new commit.
const UNDER_WAY: &str = "incident-replay";

/// Where the new files wait, below the folder of git.
const STAGED: &str = "incident-replay.files";

/// Checks a commit out and moves the branch to it. Where a local change is in the way, everything stays as it is.
///
/// Files first, then the branch: in the other order a death in between would make every file look changed. In this order
/// it leaves what others pushed as local changes, which `resume` can tell by the note.
///
/// # Errors
///
/// A local change is in the way, or git says no.
pub fn check_out(git: &Git, branch: &str, old: Oid, new: Oid) -> Result<(), Failure> {
    let note = git.dir().join(UNDER_WAY);
    fs::write(&note, format!("{branch} {old} {new}")).map_err(|e| cannot_write(&note, &e))?;
    let done = Move::new(git, branch, old, new).and_then(|way| way.go());
    // A note that is left behind is taken for what it is as soon as the branch moves on.
    let _ = fs::remove_file(&note);
    done
}

/// Finishes a check-out in the middle of which a process was killed.
///
/// # Errors
///
/// Git cannot be run.
pub fn resume(git: &Git) -> Result<(), Failure> {
    let note = git.dir().join(UNDER_WAY);
    let Ok(text) = fs::read_to_string(&note) else { return Ok(()) };
    if let [branch, old, new] = text.split(' ').collect::<Vec<_>>()[..]
        && let (Ok(old), Ok(new)) = (Oid::from_str(old), Oid::from_str(new))
    {
        let here = git.ask(&["rev-parse", "--verify", "--quiet", branch])?.stdout;
        if here.trim() == old.to_string() {
            // Where a local change is in the way by now, it is the user's to settle.
            let _ = Move::new(git, branch, old, new).and_then(|way| way.go_on());
        }
    }
    let _ = fs::remove_file(&note);
    Ok(())
}

/// The way from one commit to another.
struct Move<'a> {
    git: &'a Git,
    branch: &'a str,
    old: String,
    new: String,
    /// The top of the work tree. Git run there understands paths as they stand in a commit.
    top: PathBuf,
    incoming: Vec<Incoming>,
}

/// A file that the new commit has, and the old one has not or with another content.
struct Incoming {
    /// From the top of the work tree.
    path: String,
    id: Oid,
    /// Such as 100644.
    mode: u32,
}

impl<'a> Move<'a> {
    fn new(git: &'a Git, branch: &'a str, old: Oid, new: Oid) -> Result<Self, Failure> {
        let unreadable = |e: git2::Error| Failure::new(format!("what others pushed cannot be read: {}", e.message()));
        let repository = Repository::open(git.dir()).map_err(unreadable)?;
        let top = repository.workdir().unwrap_or(git.root()).to_path_buf();
        let incoming = incoming(&repository, old, new).map_err(unreadable)?;
        Ok(Self { git, branch, old: old.to_string(), new: new.to_string(), top, incoming })
    }

    fn go(&self) -> Result<(), Failure> {
        // A file that was only touched would count as changed. The exit code says whether some file really is.
        self.refresh()?;
        let possible = self.read_tree(&["-n"], &self.old, &self.new)?;
        if !possible.ok {
            let what = possible.complaint();
            return Err(Failure::new(format!("a local change is in the way of what others pushed: {what}"))
                .hint("commit it or put it aside by `git stash --include-untracked`, then `git pull --rebase` and `git push`")
                .hint("`git stash pop` brings back what was put aside"));
        }
        self.arrive().inspect_err(|_| {
            // The disk is full, or the like. What can be as before, shall be.
            let _ = self.note_arrived().and_then(|()| self.read_tree(&[], &self.new, &self.old));
        })
    }

    /// Goes on where a killed process stopped.
    fn go_on(&self) -> Result<(), Failure> {
        self.note_arrived()?;
        self.go()
    }

    /// Files, index, branch. Git itself sees to links, submodules and what is removed.
    fn arrive(&self) -> Result<(), Failure> {
        let staged = self.git.dir().join(STAGED);
        let placed = self.place(&staged);
        let _ = fs::remove_dir_all(&staged);
        self.note_in_index(&placed?)?;
        self.refresh()?;
        succeeded(&["read-tree"], self.read_tree(&[], &self.old, &self.new)?)?;
        let message = "incident: replay on top of what others pushed";
        self.git.run(&["update-ref", "-m", message, self.branch, &self.new, &self.old]).map(drop)
    }

    /// Lets git write the files elsewhere, with its filters and line endings, and moves each in place. Returns those for
    /// which that was possible.
    fn place(&self, staged: &Path) -> Result<Vec<&Incoming>, Failure> {
        if self.incoming.is_empty() {
            return Ok(Vec::new());
        }
        // What a killed process left behind.
        let _ = fs::remove_dir_all(staged);
        fs::create_dir_all(staged).map_err(|e| cannot_write(staged, &e))?;
        let index = staged.join("index");
        let git = |args: &[&str], input: &str| {
            succeeded(args, run(git_in(&self.top).env("GIT_INDEX_FILE", &index).args(args), Some(input))?)
        };
        git(&INDEX_INFO, &index_info(&self.incoming))?;
        let files = staged.join("files");
        git(&["checkout-index", "--all", "--quiet", &format!("--prefix={}/", files.display())], "")?;
        let mut placed = Vec::new();
        for file in &self.incoming {
            let target = self.top.join(&file.path);
            if put(&files.join(&file.path), &self.top, &target).map_err(|e| cannot_write(&target, &e))? {
                placed.push(file);
            }
        }
        Ok(placed)
    }

    /// Tells the index of files which are in place already.
    fn note_arrived(&self) -> Result<(), Failure> {
        let staged = self.git.run(&["diff-index", "--cached", "--name-only", "-z", &self.old])?;
        let staged: Vec<&str> = staged.split('\0').collect();
        let files = self.incoming.iter().filter(|file| is_file(&self.top.join(&file.path)));
        // What somebody has staged since is theirs.
        let files: Vec<&Incoming> = files.filter(|file| !staged.contains(&file.path.as_str())).collect();
        let paths: String = files.iter().map(|file| format!("{}\n", file.path)).collect();
        let ids = self.at_top(&["hash-object", "--stdin-paths"], &paths)?.stdout;
        let arrived = files.into_iter().zip(ids.lines()).filter(|(file, id)| file.id.to_string() == *id);
        self.note_in_index(&arrived.map(|(file, _)| file).collect::<Vec<_>>())
    }

    fn note_in_index(&self, files: &[&Incoming]) -> Result<(), Failure> {
        let noted = self.git.patiently(|| self.at_top(&INDEX_INFO, &index_info(files.iter().copied())))?;
        succeeded(&INDEX_INFO, noted).map(drop)
    }

    fn refresh(&self) -> Result<Output, Failure> {
        self.git.patiently(|| self.git.ask(&["update-index", "-q", "--refresh"]))
    }

    /// Takes index and work tree from one commit to another, except for what is there already.
    fn read_tree(&self, flags: &[&str], from: &str, to: &str) -> Result<Output, Failure> {
        self.git.patiently(|| self.git.ask(&[&["read-tree", "-m", "-u"], flags, &[from, to]].concat()))
    }

    fn at_top(&self, args: &[&str], input: &str) -> Result<Output, Failure> {
        run(git_in(&self.top).args(args), Some(input))
    }
}

/// Takes entries for the index, as `index_info` writes them.
const INDEX_INFO: [&str; 3] = ["update-index", "-z", "--index-info"];

fn index_info<'i>(files: impl IntoIterator<Item = &'i Incoming>) -> String {
    files.into_iter().map(|file| format!("{:o} {}\t{}\0", file.mode, file.id, file.path)).collect()
}

/// What can be put in place here. Not a file of a sparse work tree, where only git knows which files there should be; nor a new
/// file where it may be another one's name in capitals, which git takes away afterwards; nor a name that git would want quoted.
fn incoming(repository: &Repository, old: Oid, new: Oid) -> Result<Vec<Incoming>, git2::Error> {
    let config = repository.config()?;
    let is_set = |name| config.get_bool(name).unwrap_or(false);
    let (sparse, ignores_case) = (is_set("core.sparseCheckout"), is_set("core.ignoreCase"));
    let diff = diff::between(repository, old, new)?;
    let files = diff.deltas().filter(|delta| !sparse && (delta.old_file().exists() || !ignores_case));
    let files = files.map(|delta| delta.new_file()).filter(|file| file.exists() && is_plain(file.mode()));
    let files = files.filter_map(|file| {
        let path = file.path()?.to_str().filter(|path| !path.contains(['\n', '"']))?.to_owned();
        Some(Incoming { path, id: file.id(), mode: file.mode().into() })
    });
    Ok(files.collect())
}

fn is_plain(mode: FileMode) -> bool {
    matches!(mode, FileMode::Blob | FileMode::BlobExecutable)
}

/// Moves a file in place in one step. False where that cannot be: something else than a file is in the way, the folder is
/// a link that leads elsewhere, or git's folder is on another file system.
fn put(from: &Path, top: &Path, target: &Path) -> io::Result<bool> {
    let folder = target.parent().unwrap_or(top);
    let there = target.symlink_metadata();
    let is_free = there.map_or(true, |there| there.is_file()) && fs::create_dir_all(folder).is_ok();
    let below = folder.strip_prefix(top).unwrap_or(Path::new(""));
    if !is_free || folder.canonicalize()? != top.canonicalize()?.join(below) {
        return Ok(false);
    }
    match fs::rename(from, target) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => Ok(false),
        done => done.map(|()| true),
    }
}

fn is_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|there| there.is_file())
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{} cannot be written: {error}", path.display()))
}
