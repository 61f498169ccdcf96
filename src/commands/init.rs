//! `git incident init`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::git;
use crate::git::driver::ATTRIBUTES_PATH;
use crate::git::exec::Git;
use crate::record::archive::{CONFIG_PATH, RECORDS, root_above};
use crate::record::lifecycle::Lifecycle;
use crate::record::schema;
use crate::record::slug::slug;
use crate::text::quote;

mod example;

/// Make a repository of incidents, or add one to an existing repository
///
/// Writes `incident.yaml`, the folder of the records, and files for git, continuous integration and editors. A file that
/// is already there is left as it is. Below an archive, only the merge driver of that is set up.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder; without one, this one.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,

    /// Add records to look at: one that is over, one that is open, one that is planned.
    #[arg(long)]
    example: bool,
}

/// The person who runs `init`: the first who can be named in a record.
#[derive(Debug)]
struct Me {
    id: String,
    name: String,
}

/// What was done to one file.
#[derive(Debug, PartialEq, Eq)]
enum Done {
    Wrote,
    Extended,
    Kept,
}

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    let named = args.folder.as_deref().unwrap_or(Path::new("."));
    let folder = start.join(named);
    if folder.is_file() {
        return Err(Error::new(format!("{} is a file, and an archive is a folder", named.display()))
            .hint("`git incident init DIR` makes one in a new or existing folder"));
    }
    fs::create_dir_all(&folder).map_err(|e| Error::new(format!("{}: {e}", folder.display())))?;
    let folder = folder.canonicalize()?;
    if args.example && folder.join(CONFIG_PATH).exists() {
        return Err(Error::new(format!("the example is for a new archive, and {CONFIG_PATH} is here already"))
            .hint("make it elsewhere: `git incident init DIR --example`"));
    }
    let mut out = anstream::stdout();
    let top = git::repo::top(&folder).map_err(Error::new)?.and_then(|top| top.canonicalize().ok());
    if args.folder.is_none()
        && let Some(top) = &top
        && let Some(archive) = root_above(&folder, |folder| folder == top).filter(|archive| *archive != folder)
    {
        return join(&mut out, &archive, args.example);
    }
    // A bare repository has no place for files, and `open` says so.
    if top.is_none() && !git::repo::is_around(&folder) {
        git::exec::init(&folder)?;
        writeln!(out, "  made      a git repository in {}", folder.display())?;
    }
    let is_top = top.is_none_or(|top| top == folder);
    let git = Git::open(&folder)?;
    let me = me(&git)?;
    for (path, text) in files(&git, &me, is_top)? {
        say(&mut out, write(&folder.join(&path), &text)?, &path)?;
    }
    say(&mut out, extend(&folder.join(".gitignore"), &["/public/", "/internal/"])?, ".gitignore")?;
    set_up_merge(&mut out, &git)?;
    if args.example {
        let now = jiff::Timestamp::now();
        for (path, text) in example::records(&me.id, now)? {
            say(&mut out, write(&folder.join(&path), &text)?, &path)?;
        }
    }
    next(&mut out, args.example, is_top)?;
    Ok(0)
}

/// What is left to do in a clone, wherever in the archive somebody stands.
fn join(out: &mut impl Write, archive: &Path, example: bool) -> Result<u8, Error> {
    if example {
        return Err(Error::new(format!("the example is for a new archive, and {} is one already", archive.display()))
            .hint("make it elsewhere: `git incident init DIR --example`"));
    }
    writeln!(out, "  found     the archive in {}", archive.display())?;
    set_up_merge(out, &Git::open(archive)?)?;
    writeln!(out, "\nAnother archive in this folder is made by `git incident init .`")?;
    Ok(0)
}

fn set_up_merge(out: &mut impl Write, git: &Git) -> Result<(), Error> {
    let is_there = git.root().join(ATTRIBUTES_PATH).exists();
    let attributes = match (git::driver::install(git)?, is_there) {
        (true, true) => Done::Extended,
        (true, false) => Done::Wrote,
        (false, _) => Done::Kept,
    };
    say(out, attributes, ATTRIBUTES_PATH)?;
    writeln!(out, "  set up    the merge of records in this clone")?;
    Ok(())
}

fn say(out: &mut impl Write, done: Done, path: &str) -> std::io::Result<()> {
    match done {
        Done::Wrote => writeln!(out, "  wrote     {path}"),
        Done::Extended => writeln!(out, "  extended  {path}"),
        Done::Kept => writeln!(out, "  kept      {path}, which was there already"),
    }
}

fn next(out: &mut impl Write, example: bool, is_top: bool) -> std::io::Result<()> {
    if !is_top {
        writeln!(out, "\nContinuous integration was left out, because this folder is not the top of its repository.")?;
    }
    writeln!(out, "\nNext:")?;
    writeln!(out, "  1. Put your services and people into {CONFIG_PATH}.")?;
    writeln!(out, "  2. `git add --all`, `git commit`, and `git push`.")?;
    let last = if example {
        "`git incident list`, then `git incident serve`"
    } else {
        "`git incident new \"TITLE\"` when something breaks"
    };
    writeln!(out, "  3. {last}.")?;
    if is_top {
        writeln!(
            out,
            "  4. Tell the CI of your forge where to install this program from, in the variable GIT_INCIDENT_SOURCE:"
        )?;
        writeln!(out, "     the address of its git repository.")?;
    }
    writeln!(out, "Every other clone runs `git incident init` once, to have its merge driver.")
}

/// Path and text of every file that is written whole.
fn files(git: &Git, me: &Me, is_top: bool) -> Result<Vec<(String, String)>, Error> {
    let lifecycle = Lifecycle::built_in().map_err(|problem| Error::new(problem.message))?;
    let schema = schema::files(&lifecycle).into_iter().find(|(name, _)| name == "config.schema.json");
    let mut files = vec![(CONFIG_PATH.to_owned(), config(me)), (format!("{RECORDS}/.gitkeep"), String::new())];
    if let Some((name, schema)) = schema {
        let text = serde_json::to_string_pretty(&schema).map_err(|e| Error::new(e.to_string()))?;
        files.push((format!("schemas/{name}"), text + "\n"));
    }
    if is_top {
        let branch = git::state::branch(git)?.unwrap_or_else(|| "main".into());
        let filled = |text: &str| text.replace("@BRANCH@", &branch).replace("@VERSION@", env!("CARGO_PKG_VERSION"));
        files.push((".github/workflows/incidents.yml".into(), filled(include_str!("init/files/github.yml"))));
        files.push((".gitlab-ci.yml".into(), filled(include_str!("init/files/gitlab.yml"))));
        files.push((".vscode/settings.json".into(), include_str!("init/files/settings.json").into()));
    }
    Ok(files)
}

fn config(me: &Me) -> String {
    let person = format!("  - {{id: {}, name: {}}}", me.id, quote::scalar(&me.name));
    include_str!("init/files/incident.yaml").replace("@PEOPLE@", &person)
}

/// Who runs this, as git knows them. The first name makes the id.
fn me(git: &Git) -> Result<Me, Error> {
    let name = git.ask(&["config", "user.name"])?.stdout.trim().to_owned();
    let first = name.split_whitespace().map(slug).find(|slug| !slug.is_empty());
    Ok(match first {
        Some(id) => Me { id, name },
        None => Me { id: "responder".into(), name: if name.is_empty() { "Responder".into() } else { name } },
    })
}

fn write(path: &Path, text: &str) -> Result<Done, Error> {
    let failed = |e: std::io::Error| Error::new(format!("{}: {e}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    match fs::File::create_new(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| Done::Wrote).map_err(failed),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(Done::Kept),
        Err(error) => Err(failed(error)),
    }
}

/// Adds those lines to a file that it does not have.
fn extend(path: &Path, lines: &[&str]) -> Result<Done, Error> {
    let failed = |e: std::io::Error| Error::new(format!("{}: {e}", path.display()));
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return write(path, &(lines.join("\n") + "\n")),
        Err(error) => return Err(failed(error)),
    };
    let is_missing = |line: &&&str| !text.lines().any(|known| known.trim() == **line);
    let missing: String = lines.iter().filter(is_missing).map(|line| format!("{line}\n")).collect();
    if missing.is_empty() {
        return Ok(Done::Kept);
    }
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    fs::write(path, format!("{text}{gap}{missing}")).map(|()| Done::Extended).map_err(failed)
}
