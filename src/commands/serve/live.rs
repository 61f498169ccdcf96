//! The site while its records are written: the archive is kept up to date file by file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::super::{TEMPLATES, now, site_options};
use super::origins::Origins;
use super::{errors, is_of_head};
use crate::record::archive::{Archive, CONFIG_PATH, FolderTree, Tree, is_below_records};
use crate::record::time::Time;
use crate::serve::{Builder, Changed, Judgement, Site};
use crate::site::SiteError;
use crate::site::audience::Audience;
use crate::site::preview::{self, Changes, Preview};

#[derive(Debug)]
pub struct Live {
    root: PathBuf,
    audience: Audience,
    as_of: Option<Time>,
    /// The files that tell of another commit.
    head: Vec<PathBuf>,
    shown: Option<Shown>,
}

/// What is shown, and the archive as it is now.
#[derive(Debug)]
struct Shown {
    archive: Arc<Archive>,
    origins: Origins,
    preview: Arc<Preview>,
    /// What changed in the archive since the preview was made.
    changes: Changes,
    /// Whether every page may look different, because of the configuration or a template.
    is_new_look: bool,
}

impl Live {
    pub const fn new(root: PathBuf, audience: Audience, as_of: Option<Time>, head: Vec<PathBuf>) -> Self {
        Self { root, audience, as_of, head, shown: None }
    }

    /// Reads everything.
    fn begin(&mut self, as_of: Timestamp) -> Result<Arc<Preview>, String> {
        // Should this fail, what is in memory is no longer what is in the files.
        self.shown = None;
        let archive = Arc::new(Archive::load(&FolderTree::new(&self.root)).map_err(|e| e.to_string())?);
        let origins = match self.audience {
            Audience::Public => Origins::default(),
            Audience::Internal => Origins::read(&self.root, &archive).map_err(|e| e.to_string())?,
        };
        let preview = self.preview(&archive, &origins, as_of)?;
        let changes = Changes::default();
        self.shown = Some(Shown { archive, origins, preview: Arc::clone(&preview), changes, is_new_look: false });
        Ok(preview)
    }

    fn preview(&self, archive: &Arc<Archive>, origins: &Origins, as_of: Timestamp) -> Result<Arc<Preview>, String> {
        let mut options = site_options(&self.root, archive, self.audience, as_of).map_err(|e| e.to_string())?;
        options.provenance = origins.provenance();
        Ok(Arc::new(Preview::of(archive, &options).map_err(|error| why(archive, as_of, &error))?))
    }

    /// Takes over what changed; nothing where everything has to be read again.
    fn renew(&mut self, changed: &Changed, as_of: Timestamp) -> Option<Result<Arc<Preview>, String>> {
        let mut shown = self.shown.take()?;
        let files: Vec<&PathBuf> = changed.iter().filter(|file| !is_of_head(file, &self.head)).collect();
        if files.is_empty() && shown.is_up_to_date() && !shown.origins.is_outdated(&self.root) {
            let preview = Arc::clone(&shown.preview);
            self.shown = Some(shown);
            return Some(Ok(preview));
        }
        shown.follow(&self.root, &files)?;
        if self.audience == Audience::Internal {
            let records = shown.changes.ids.iter().filter_map(|id| shown.archive.event(id));
            shown.origins.follow(&self.root, &shown.archive, records).ok()?;
        }
        let Shown { archive, origins, preview, changes, is_new_look } = &mut shown;
        let renewed = if *is_new_look {
            self.preview(archive, origins, as_of)
        } else {
            changes.provenance = origins.provenance();
            preview.renewed(archive, as_of, changes).map(Arc::new).map_err(|error| why(archive, as_of, &error))
        };
        if let Ok(renewed) = &renewed {
            *changes = Changes::default();
            *is_new_look = false;
            if !renewed.is_same(preview) {
                *preview = Arc::clone(renewed);
            }
        }
        let result = renewed.map(|_| Arc::clone(preview));
        self.shown = Some(shown);
        Some(result)
    }
}

impl Builder for Live {
    fn build(&mut self, changed: &Changed) -> Result<Arc<dyn Site>, String> {
        let as_of = now(self.as_of).map_err(|e| e.to_string())?;
        let preview = self.renew(changed, as_of).unwrap_or_else(|| self.begin(as_of))?;
        Ok(preview)
    }

    fn judgement(&self) -> Judgement {
        let shown = self.shown.as_ref().map(|shown| (Arc::clone(&shown.archive), Arc::clone(&shown.preview)));
        Box::new(move |is_outdated| {
            let (archive, preview) = shown?;
            match errors(&archive, preview.as_of()) {
                Ok(None) => preview.judge(&archive, is_outdated).err().map(|error| error.to_string()),
                Ok(found) => found,
                Err(error) => Some(error),
            }
        })
    }
}

impl Site for Preview {
    fn file(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        Self::file(self, path).map_err(|error| error.to_string())
    }
}

impl Shown {
    /// Whether all that changed in the archive is shown.
    fn is_up_to_date(&self) -> bool {
        self.changes.ids.is_empty() && !self.is_new_look
    }

    /// Takes over the files that changed. Nothing where everything has to be read again: because of a folder, of the
    /// lifecycle, which decides about all records, or of a file that cannot be read.
    fn follow(&mut self, root: &Path, changed: &[&PathBuf]) -> Option<()> {
        let tree = FolderTree::new(root);
        for file in changed {
            let path = file.strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
            // Editors leave such files for a moment; no archive has them.
            if path.split('/').any(|part| part.starts_with('.')) {
                continue;
            }
            if Path::new(&path).starts_with(TEMPLATES) {
                self.is_new_look = true;
                continue;
            }
            let is_known = self.archive.files.contains(&*path);
            let is_plain = file.symlink_metadata().map_or(is_known, |about| about.is_file());
            if path == CONFIG_PATH {
                self.is_new_look = true;
            } else if !is_plain || !is_below_records(&path) {
                return None;
            }
            let archive = Arc::make_mut(&mut self.archive);
            let ids = &mut self.changes.ids;
            ids.extend(archive.at(&path).into_iter().flat_map(preview::concerned));
            archive.replace(&path, tree.read(&path).ok()?);
            ids.extend(archive.at(&path).into_iter().flat_map(preview::concerned));
        }
        Some(())
    }
}

/// What the author is to read: of records that cannot be read, the place and the reason.
fn why(archive: &Archive, as_of: Timestamp, error: &SiteError) -> String {
    let found = match error {
        SiteError::Unreadable(_) => errors(archive, as_of).ok().flatten(),
        _ => None,
    };
    found.unwrap_or_else(|| error.to_string())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::super::provenance;
    use super::*;
    use crate::site;

    const NOW: &str = "2024-05-03T12:00:00Z";
    const CONFIG: &str = "site: {title: Shop, url: https://status.example.com, languages: [en]}\n\
        services: [{id: checkout, name: Checkout, public: true}]\npeople: [{id: mara, name: Mara Ito}]\n";

    fn incident(message: &str) -> String {
        format!(
            "---\ntitle: Card payments fail\nvisibility: public\ntimeline:\n  - {{at: 2024-05-01T09:50:00Z, by: mara, \
             status: investigating, impact: {{checkout: major_outage}}, public: {message}}}\n---\n"
        )
    }

    /// A preview of a folder of its own.
    struct Case {
        root: PathBuf,
        live: Live,
    }

    impl Case {
        fn start(name: &str) -> Self {
            Self::start_for(Audience::Public, name)
        }

        fn start_for(audience: Audience, name: &str) -> Self {
            let root = std::env::temp_dir().join(format!(
                "git-incident-live-{}-{name}-{}",
                audience.name(),
                std::process::id()
            ));
            _ = fs::remove_dir_all(&root);
            fs::create_dir_all(&root).unwrap();
            let root = root.canonicalize().unwrap();
            let as_of = Time::parse(NOW).ok();
            let mut case = Self { live: Live::new(root.clone(), audience, as_of, Vec::new()), root };
            case.write(CONFIG_PATH, Some(CONFIG));
            case.write("incidents/2024/05/2024-05-01-a/incident.md", Some(&incident("One.")));
            case.live.build(&Changed::new()).unwrap();
            case
        }

        fn write(&self, path: &str, text: Option<&str>) -> PathBuf {
            let file = self.root.join(path);
            match text {
                Some(text) => {
                    fs::create_dir_all(file.parent().unwrap()).unwrap();
                    fs::write(&file, text).unwrap();
                }
                None if file.is_dir() => fs::remove_dir_all(&file).unwrap(),
                None => fs::remove_file(&file).unwrap(),
            }
            file
        }

        /// Saves or removes a file and shows it.
        fn save(&mut self, path: &str, text: Option<&str>) -> Result<Arc<dyn Site>, String> {
            let file = self.write(path, text);
            self.live.build(&Changed::from([file]))
        }

        /// What a build would write.
        fn built(&self) -> site::Site {
            let archive = Archive::load(&FolderTree::new(&self.root)).unwrap();
            let as_of = Time::parse(NOW).unwrap().instant();
            let mut options = site_options(&self.root, &archive, self.live.audience, as_of).unwrap();
            options.provenance = provenance(&self.root, &archive).unwrap().into();
            site::build(&archive, &options).unwrap()
        }
    }

    #[test]
    fn after_every_change_it_shows_what_a_build_would_write() {
        for audience in Audience::ALL {
            shows_what_a_build_would_write(Case::start_for(audience, "equal"));
        }
    }

    fn shows_what_a_build_would_write(mut case: Case) {
        let second = "incidents/2024/05/2024-05-02-b/incident.md";
        let steps = [
            ("incidents/2024/05/2024-05-01-a/incident.md", Some(incident("Two."))),
            (second, Some(incident("Another."))),
            ("incidents/2024/05/2024-05-02-b/.incident.md.swp", Some("x".to_owned())),
            ("incidents/2024/05/2024-05-02-b/pool.png", Some("x".to_owned())),
            ("templates/404.html", Some("{% extends \"builtin/404.html\" %}".to_owned())),
            (CONFIG_PATH, Some(CONFIG.replace("Shop", "Store"))),
            ("templates", None),
            (second, None),
            ("incidents/2024/05/2024-05-02-b", None),
            ("schemas/lifecycle.yaml", Some("{}\n".to_owned())),
        ];
        for (path, text) in steps {
            let site = case.save(path, text.as_deref()).unwrap();
            for (file, bytes) in case.built().files {
                assert!(site.file(&file).unwrap() == Some(bytes), "{file} after {path}");
            }
        }
    }

    #[test]
    fn insiders_see_which_commit_an_entry_came_with_also_after_the_next_commit() {
        let mut case = Case::start_for(Audience::Internal, "commits");
        let record = "incidents/2024/05/2024-05-01-a/incident.md";
        let page = |case: &mut Case, text: &str| {
            let site = case.save(record, Some(text)).unwrap();
            let built = case.built().files;
            for (file, bytes) in built.iter().filter(|(file, _)| file.starts_with("internal/")) {
                assert!(site.file(file).unwrap().as_ref() == Some(bytes), "{file}");
            }
            let page = site.file("internal/incidents/2024-05-01-a/index.html").unwrap().unwrap();
            String::from_utf8(page).unwrap()
        };
        let commit = |case: &Case, author: &str| {
            let name = format!("user.name={author}");
            for args in [
                &["init", "-q"][..],
                &["add", "."],
                &["-c", &name, "-c", "user.email=x@example.com", "commit", "-qm", "x"],
            ] {
                let status = std::process::Command::new("git").current_dir(&case.root).args(args).status().unwrap();
                assert!(status.success());
            }
        };
        let text = |title: &str, entry: &str| {
            let text = incident("One.").replace("Card payments fail", title);
            text.strip_suffix("---\n").unwrap().to_owned() + entry + "---\n"
        };
        let later = "  - {at: 2024-05-01T10:50:00Z, by: mara, note: Later}\n";
        assert!(!page(&mut case, &text("A", "")).contains("Ada"));
        commit(&case, "Ada");
        assert!(page(&mut case, &text("B", "")).contains("Ada"));
        assert!(!page(&mut case, &text("B", later)).contains("Grace"));
        commit(&case, "Grace");
        assert!(page(&mut case, &text("C", later)).contains("Grace"));
    }

    #[test]
    fn a_commit_alone_shows_another_site_and_a_fetch_the_same() {
        let mut case = Case::start_for(Audience::Internal, "head");
        let branch = case.root.join(".git/refs/heads/main");
        case.live.head = vec![branch.clone()];
        let git = |args: &[&str]| {
            let user = ["-c", "user.name=Ada", "-c", "user.email=x@example.com", "-c", "init.defaultBranch=main"];
            let status = std::process::Command::new("git").current_dir(&case.root).args(user).args(args).status();
            assert!(status.unwrap().success());
        };
        for args in [&["init", "-q"][..], &["add", "."], &["commit", "-qm", "x"]] {
            git(args);
        }
        let page = |site: &Arc<dyn Site>| {
            let page = site.file("internal/incidents/2024-05-01-a/index.html").unwrap().unwrap();
            String::from_utf8(page).unwrap()
        };
        let site = case.live.build(&Changed::from([branch.clone()])).unwrap();
        assert!(page(&site).contains("Ada"));
        let again = case.live.build(&Changed::from([branch])).unwrap();
        assert!(Arc::ptr_eq(&site, &again), "no page reloads");
    }

    #[test]
    fn what_changed_while_nothing_could_be_shown_is_shown_afterwards() {
        let mut case = Case::start("pending");
        let broken = "incidents/2024/05/2024-05-02-b/incident.md";
        let report = case.save(broken, Some("---\ntitle: [\n---\n")).err().unwrap();
        assert!(report.contains(&format!("--> {broken}:")), "{report}");
        assert!(case.save("incidents/2024/05/2024-05-01-a/incident.md", Some(&incident("Later."))).is_err());
        let site = case.save(broken, None).unwrap();
        let page = site.file("incidents/2024-05-01-a/index.html").unwrap().unwrap();
        assert!(String::from_utf8(page).unwrap().contains("Later."));
    }

    #[test]
    fn a_save_that_changes_nothing_shows_the_same_site() {
        let mut case = Case::start("same");
        let first = case.save(CONFIG_PATH, Some(CONFIG)).unwrap();
        let again = case.save("incidents/2024/05/2024-05-01-a/incident.md", Some(&incident("One."))).unwrap();
        assert!(Arc::ptr_eq(&first, &again));
    }

    #[test]
    fn errors_and_leaks_are_found_in_what_is_shown() {
        let judge = |case: &mut Case| case.live.judgement()(&|| false).unwrap_or_default();
        let mut case = Case::start("judged");
        assert_eq!(judge(&mut case), "");
        case.save("templates/404.html", Some("Ask Mara Ito.")).unwrap();
        let report = judge(&mut case);
        assert!(report.contains("the name of one of us (`Mara Ito`)"), "{report}");
        case.save("incidents/2024/05/2024-05-01-a/incident.md", Some(&incident("One.").replace("mara", "nobody")))
            .unwrap();
        let report = judge(&mut case);
        assert!(report.contains("error[unknown-reference]"), "{report}");
    }
}
