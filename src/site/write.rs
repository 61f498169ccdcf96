//! Puts a site into a folder that people are reading.
//!
//! Readers never see half a file, nor a page that links to nothing: files are replaced in one step, new ones come
//! before the pages that link to them, the home pages after everything else, and what is no longer part of the site
//! goes last. Files with the same bytes are not touched.
//!
//! A manifest lists what the tool has written. Nothing else is ever changed or removed.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::{fmt, fs, io};

use rayon::prelude::*;

use super::Site;
use super::audience::Audience;

/// Lists the files of the last build, one path a line.
const MANIFEST: &str = ".git-incident-manifest";
/// Begins the name of a file that is being written. What an interrupted run left is removed by the next.
const STAGED: &str = ".git-incident-new-";
/// Stands in the manifest while a run is at work.
const UNFINISHED: &str = "# unfinished";
const MANIFEST_HEAD: &str = "# Files made by git-incident. It changes and removes no others.";
/// Says in the manifest who the site is for. Without it, it is the public one.
const MANIFEST_AUDIENCE: &str = "# audience: ";

/// What publishing did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
}

/// Why a site could not be published.
#[derive(Debug)]
pub enum PublishError {
    /// The folder holds files, and none of them is known to be ours.
    NotOurs {
        folder: PathBuf,
    },
    /// A file of someone else stands where one of ours should be.
    Foreign {
        path: PathBuf,
    },
    /// The folder holds the site of other readers.
    OtherAudience {
        folder: PathBuf,
        there: Audience,
    },
    Io {
        path: PathBuf,
        error: io::Error,
    },
}

impl std::error::Error for PublishError {}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs { folder } => write!(
                f,
                "{} has files in it that were not made by an earlier build, so nothing was written; \
                 give an empty or a new folder, or empty this one",
                folder.display()
            ),
            Self::Foreign { path } => write!(
                f,
                "{} was not made by an earlier build and would be overwritten, so nothing was written; move it away",
                path.display()
            ),
            Self::OtherAudience { folder, there } => {
                let (there, folder) = (there.name(), folder.display());
                write!(
                    f,
                    "{folder} holds the {there} site, so nothing was written: what is internal must never stand where \
                     customers read; give another folder, or empty this one"
                )
            }
            Self::Io { path, error } => write!(f, "{}: {error}", path.display()),
        }
    }
}

/// Makes a folder hold exactly this site, beside whatever else it holds.
pub fn publish(site: &Site, out: &Path) -> Result<Published, PublishError> {
    let known = Known::read(out)?;
    if let Some(there) = known.audience.filter(|there| *there != site.audience) {
        return Err(PublishError::OtherAudience { folder: out.to_owned(), there });
    }
    let fates: Vec<(&str, &[u8], Fate)> = site
        .files
        .par_iter()
        .map(|(path, bytes)| Ok((path.as_str(), bytes.as_slice(), fate(out, path, bytes, known.files.contains(path))?)))
        .collect::<Result<_, PublishError>>()?;
    let stale: Vec<&String> = known.files.iter().filter(|path| !site.files.contains_key(*path)).collect();
    let changed = fates.iter().filter(|(_, _, fate)| *fate != Fate::Same).count();
    let result = Published { written: changed, unchanged: fates.len() - changed, removed: stale.len() };
    if changed == 0 && stale.is_empty() && !known.unfinished && known.files.len() == site.files.len() {
        return Ok(result);
    }
    known.clean_up(out)?;
    // Should we be interrupted, the next build has to know the old files and the new ones.
    let both: BTreeSet<&str> = known.files.iter().chain(site.files.keys()).map(String::as_str).collect();
    put(out, MANIFEST, &manifest(site.audience, UNFINISHED, both.iter().copied()))?;
    for phase in [Phase::New, Phase::Replaced, Phase::Home] {
        let now =
            fates.par_iter().filter(|(path, _, fate)| Phase::of(*fate, site.homes.contains(*path)) == Some(phase));
        now.try_for_each(|(path, bytes, _)| put(out, path, bytes))?;
    }
    stale.par_iter().try_for_each(|path| remove(out, path))?;
    put(out, MANIFEST, &manifest(site.audience, "", site.files.keys().map(String::as_str)))?;
    Ok(result)
}

/// What has to happen to one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Same,
    New,
    Replaced,
}

/// The order in which readers may see things change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    New,
    Replaced,
    Home,
}

impl Phase {
    fn of(fate: Fate, is_home: bool) -> Option<Self> {
        match fate {
            Fate::Same => None,
            _ if is_home => Some(Self::Home),
            Fate::New => Some(Self::New),
            Fate::Replaced => Some(Self::Replaced),
        }
    }
}

fn fate(out: &Path, path: &str, bytes: &[u8], known: bool) -> Result<Fate, PublishError> {
    let target = out.join(path);
    match fs::read(&target) {
        Ok(old) if old == bytes => Ok(Fate::Same),
        Ok(_) if known => Ok(Fate::Replaced),
        Ok(_) => Err(PublishError::Foreign { path: target }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Fate::New),
        Err(error) => Err(PublishError::Io { path: target, error }),
    }
}

/// What the last build left.
#[derive(Debug, Default)]
struct Known {
    /// Who it was for, if there was one.
    audience: Option<Audience>,
    files: BTreeSet<String>,
    /// It was interrupted, and may have left files half written.
    unfinished: bool,
}

impl Known {
    /// Fails where the folder is someone else's.
    fn read(out: &Path) -> Result<Self, PublishError> {
        let path = out.join(MANIFEST);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Self {
                audience: Some(audience(&text)),
                files: text.lines().filter(|line| is_inside(line)).map(str::to_owned).collect(),
                unfinished: text.lines().any(|line| line == UNFINISHED),
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => match is_empty(out)? {
                true => Ok(Self::default()),
                false => Err(PublishError::NotOurs { folder: out.to_owned() }),
            },
            Err(error) => Err(PublishError::Io { path, error }),
        }
    }

    /// Removes what an interrupted run was writing.
    fn clean_up(&self, out: &Path) -> Result<(), PublishError> {
        let half_written = self.files.iter().map(|path| staged(&out.join(path))).filter(|_| self.unfinished);
        for path in half_written {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(PublishError::Io { path, error }),
                _ => {}
            }
        }
        Ok(())
    }
}

/// A line of a manifest that names a file below the folder. A manifest is only a file, and may have been tampered with.
fn is_inside(line: &str) -> bool {
    !line.is_empty()
        && !line.starts_with('#')
        && Path::new(line).components().all(|part| matches!(part, Component::Normal(_)))
}

/// A folder that is not there, or holds nothing but what an interrupted run left.
fn is_empty(folder: &Path) -> Result<bool, PublishError> {
    let failed = |error| PublishError::Io { path: folder.to_owned(), error };
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(failed(error)),
    };
    let first = staged(Path::new(MANIFEST));
    entries.try_fold(true, |empty, entry| Ok(empty && entry.map_err(failed)?.file_name() == first))
}

/// Who the site of a manifest is for.
fn audience(manifest: &str) -> Audience {
    let said = manifest.lines().find_map(|line| line.strip_prefix(MANIFEST_AUDIENCE));
    said.and_then(Audience::of_name).unwrap_or_default()
}

fn manifest<'a>(audience: Audience, state: &str, paths: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut text = format!("{MANIFEST_HEAD}\n{MANIFEST_AUDIENCE}{}\n", audience.name());
    text += state;
    if !state.is_empty() {
        text.push('\n');
    }
    for path in paths {
        text += path;
        text.push('\n');
    }
    text.into_bytes()
}

/// Removes a file, and the folders that are empty without it.
fn remove(out: &Path, path: &str) -> Result<(), PublishError> {
    let target = out.join(path);
    match fs::remove_file(&target) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(PublishError::Io { path: target, error }),
        _ => {}
    }
    for folder in Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()) {
        // Fails where something else is in it, which is as it should be.
        if fs::remove_dir(out.join(folder)).is_err() {
            break;
        }
    }
    Ok(())
}

/// Puts bytes in place in one step: first beside the target, under a name that no page has, then over it. Beside it,
/// because a rename between folders takes a lock of the whole file system.
fn put(out: &Path, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
    let target = out.join(path);
    let staged = staged(&target);
    let write = || match fs::write(&staged, bytes) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(target.parent().unwrap_or(out))?;
            fs::write(&staged, bytes)
        }
        done => done,
    };
    write()
        .and_then(|()| fs::rename(&staged, &target))
        .map_err(|error| PublishError::Io { path: target.clone(), error })
}

/// Where a file waits until it is whole.
fn staged(target: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(STAGED);
    name.push(target.file_name().unwrap_or_default());
    target.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An empty folder of its own for one test.
    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("git-incident-write-{name}-{}", std::process::id()));
        _ = fs::remove_dir_all(&folder);
        folder
    }

    fn site(files: &[(&str, &str)]) -> Site {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        Site { files: files.collect(), ..Site::default() }
    }

    fn read(out: &Path, path: &str) -> Option<String> {
        fs::read_to_string(out.join(path)).ok()
    }

    #[test]
    fn only_what_changed_is_written() {
        let out = folder("changed");
        let first = publish(&site(&[("index.html", "1"), ("a/index.html", "same")]), &out).unwrap();
        assert_eq!(first, Published { written: 2, unchanged: 0, removed: 0 });
        let before = fs::metadata(out.join("a/index.html")).unwrap().modified().unwrap();
        let second = publish(&site(&[("index.html", "2"), ("a/index.html", "same")]), &out).unwrap();
        assert_eq!(second, Published { written: 1, unchanged: 1, removed: 0 });
        assert_eq!(fs::metadata(out.join("a/index.html")).unwrap().modified().unwrap(), before);
        assert_eq!(read(&out, "index.html").as_deref(), Some("2"));
        assert_eq!(fs::read_dir(&out).unwrap().count(), 3, "two pages and the manifest");
    }

    #[test]
    fn what_is_no_longer_part_of_the_site_goes_with_its_folder() {
        let out = folder("stale");
        publish(&site(&[("index.html", "1"), ("a/b/index.html", "x")]), &out).unwrap();
        let published = publish(&site(&[("index.html", "1")]), &out).unwrap();
        assert_eq!(published.removed, 1);
        assert!(!out.join("a").exists());
    }

    #[test]
    fn files_of_others_stay_as_they_are() {
        let out = folder("foreign");
        publish(&site(&[("index.html", "1"), ("a/index.html", "x")]), &out).unwrap();
        fs::write(out.join("CNAME"), "status.example.com").unwrap();
        fs::write(out.join("a/notes.txt"), "mine").unwrap();
        publish(&site(&[("index.html", "2")]), &out).unwrap();
        assert_eq!(read(&out, "CNAME").as_deref(), Some("status.example.com"));
        assert_eq!(read(&out, "a/notes.txt").as_deref(), Some("mine"));
        assert_eq!(read(&out, "a/index.html"), None);
    }

    #[test]
    fn a_folder_of_someone_else_is_refused_untouched() {
        let out = folder("refused");
        fs::create_dir_all(&out).unwrap();
        fs::write(out.join("thesis.txt"), "do not lose").unwrap();
        let error = publish(&site(&[("index.html", "1")]), &out).unwrap_err();
        assert!(matches!(error, PublishError::NotOurs { .. }));
        assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
    }

    #[test]
    fn a_file_of_someone_else_is_never_overwritten() {
        let out = folder("overwrite");
        publish(&site(&[("index.html", "1")]), &out).unwrap();
        fs::write(out.join("robots.txt"), "mine").unwrap();
        let error = publish(&site(&[("index.html", "2"), ("robots.txt", "ours")]), &out).unwrap_err();
        assert!(matches!(error, PublishError::Foreign { .. }));
        assert_eq!(read(&out, "robots.txt").as_deref(), Some("mine"));
        assert_eq!(read(&out, "index.html").as_deref(), Some("1"), "a build that fails changes nothing");
    }

    #[test]
    fn after_an_interruption_the_next_build_cleans_up() {
        let out = folder("interrupted");
        publish(&site(&[("index.html", "1"), ("old.html", "x")]), &out).unwrap();
        // As it would be if the run had been ended after its new files were in place.
        let both = ["index.html", "new.html", "old.html"];
        fs::write(out.join(MANIFEST), manifest(Audience::Public, UNFINISHED, both.into_iter())).unwrap();
        fs::write(out.join("new.html"), "never seen again").unwrap();
        fs::write(staged(&out.join("old.html")), "half").unwrap();
        publish(&site(&[("index.html", "3")]), &out).unwrap();
        assert_eq!((read(&out, "new.html"), read(&out, "old.html")), (None, None));
        assert!(!staged(&out.join("old.html")).exists());
        assert_eq!(read(&out, MANIFEST).unwrap().lines().skip(2).collect::<Vec<_>>(), ["index.html"]);
    }

    #[test]
    fn the_folder_of_one_audience_is_no_place_for_the_other() {
        let internal = || Site { audience: Audience::Internal, ..site(&[("index.html", "secret")]) };
        for (there, other) in [(site(&[("index.html", "1")]), internal()), (internal(), site(&[("index.html", "1")]))] {
            let out = folder("audience");
            publish(&there, &out).unwrap();
            let error = publish(&other, &out).unwrap_err();
            assert!(matches!(&error, PublishError::OtherAudience { there: found, .. } if *found == there.audience));
            assert_eq!(fs::read(out.join("index.html")).unwrap(), there.files["index.html"]);
            publish(&there, &out).unwrap();
        }
    }

    #[test]
    fn a_manifest_that_says_nothing_is_that_of_a_public_site() {
        let out = folder("old-manifest");
        publish(&site(&[("index.html", "1")]), &out).unwrap();
        fs::write(out.join(MANIFEST), format!("{MANIFEST_HEAD}\nindex.html\n")).unwrap();
        let internal = Site { audience: Audience::Internal, ..site(&[("index.html", "2")]) };
        assert!(matches!(publish(&internal, &out), Err(PublishError::OtherAudience { .. })));
        assert!(publish(&site(&[("index.html", "2")]), &out).is_ok());
    }

    #[test]
    fn a_first_run_that_was_interrupted_can_be_repeated() {
        let out = folder("first");
        fs::create_dir_all(&out).unwrap();
        fs::write(staged(&out.join(MANIFEST)), "half").unwrap();
        assert!(publish(&site(&[("index.html", "1")]), &out).is_ok());
    }

    #[test]
    fn a_manifest_cannot_lead_out_of_the_folder() {
        let out = folder("outside");
        let outside = out.with_extension("outside");
        publish(&site(&[("index.html", "1")]), &out).unwrap();
        fs::write(&outside, "keep").unwrap();
        let name = outside.file_name().unwrap().to_string_lossy().into_owned();
        fs::write(out.join(MANIFEST), format!("index.html\n../{name}\n{}\n", outside.display())).unwrap();
        publish(&site(&[("index.html", "2")]), &out).unwrap();
        assert_eq!(fs::read_to_string(&outside).unwrap(), "keep");
    }

    #[test]
    fn home_pages_come_after_everything_they_link_to() {
        assert_eq!(Phase::of(Fate::New, true), Some(Phase::Home));
        assert_eq!(Phase::of(Fate::Replaced, true), Some(Phase::Home));
        assert_eq!(Phase::of(Fate::New, false), Some(Phase::New));
        assert_eq!(Phase::of(Fate::Replaced, false), Some(Phase::Replaced));
        assert_eq!(Phase::of(Fate::Same, true), None);
    }
}
