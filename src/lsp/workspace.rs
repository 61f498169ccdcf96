//! One archive, kept in memory while it is edited, and the documents that are open in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types::{PublishDiagnosticsParams, Uri};
use jiff::Timestamp;

use super::diagnostics;
use super::document::Document;
use super::position::Encoding;
use super::uri;
use super::view::View;
use crate::check::{self, Selection, fix};
use crate::diagnostic::Report;
use crate::record::archive::{Archive, FolderTree, Overlay, Tree as _, is_below_records, is_setting, root_above};
use crate::record::lifecycle;
use crate::text::problem::Safety;

/// When more files than this change at once, as when another branch is checked out, all are read again.
const MANY: usize = 200;

#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    /// Nothing while the archive cannot be read at all.
    archive: Option<Archive>,
    open: BTreeMap<Arc<str>, Document>,
    /// Files that changed since the archive took them.
    changed: BTreeSet<Arc<str>>,
    /// Whether something changed since the documents were checked.
    unchecked: bool,
    /// What that check found.
    report: Report,
    /// What the editor shows of settings that are not open.
    shown_closed: BTreeMap<Arc<str>, PublishDiagnosticsParams>,
}

/// The folder of the archive that a file belongs to. The search does not leave the repository.
pub fn root_of(file: &Path) -> Option<PathBuf> {
    root_above(file.parent()?, |folder| folder.join(".git").exists())
}

impl Workspace {
    pub fn new(root: PathBuf) -> Self {
        let (open, changed, shown_closed) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
        Self { root, archive: None, open, changed, unchecked: false, report: Report::default(), shown_closed }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The file as the archive names it.
    fn relative(&self, file: &Path) -> Option<Arc<str>> {
        let path = file.strip_prefix(&self.root).ok()?.to_str()?;
        Some(path.replace('\\', "/").into())
    }

    /// Reads everything, open documents as they stand in the editor.
    ///
    /// # Errors
    ///
    /// The archive cannot be read; then it answers nothing. The text says why.
    pub fn load(&mut self) -> Result<(), String> {
        let files = self.open.iter().map(|(path, document)| (Arc::clone(path), document.text.clone())).collect();
        let tree = FolderTree::new(&self.root);
        self.changed.clear();
        self.unchecked = true;
        self.archive = None;
        self.archive = Some(Archive::load(&Overlay { tree: &tree, files: &files }).map_err(|error| error.to_string())?);
        Ok(())
    }

    pub const fn is_loaded(&self) -> bool {
        self.archive.is_some()
    }

    /// Opens a document; nothing for a file that is no part of an archive, such as a README beside it.
    pub fn open(&mut self, file: &Path, document: Document) -> Option<()> {
        let path = self.relative(file).filter(|path| is_setting(path) || is_below_records(path))?;
        self.open.insert(Arc::clone(&path), document);
        self.touch(path);
        Some(())
    }

    /// Forgets a document. The file counts again as it is on the disk.
    pub fn close(&mut self, uri: &Uri) -> Option<Document> {
        let path = self.open.iter().find(|(_, document)| document.uri == *uri).map(|(path, _)| Arc::clone(path))?;
        self.touch(Arc::clone(&path));
        self.open.remove(&path)
    }

    /// An open document, for a change of its text.
    pub fn edit(&mut self, uri: &Uri) -> Option<&mut Document> {
        let (path, document) = self.open.iter_mut().find(|(_, document)| document.uri == *uri)?;
        self.changed.insert(Arc::clone(path));
        self.unchecked = true;
        Some(document)
    }

    fn touch(&mut self, path: Arc<str>) {
        self.changed.insert(path);
        self.unchecked = true;
    }

    /// Takes notice of files that changed outside the editor. True where everything has to be read again.
    #[must_use]
    pub fn notice(&mut self, files: &[PathBuf]) -> bool {
        for file in files {
            let Some(path) = self.relative(file) else { continue };
            let below = format!("{path}/");
            let is_folder =
                || self.archive.as_ref().is_some_and(|a| a.files.iter().any(|file| file.starts_with(&below)));
            // Perhaps it was what kept the archive from being read.
            let is_read_anew = *path == *lifecycle::PATH && self.archive.is_none();
            if is_read_anew || file.is_dir() || is_folder() {
                return true;
            }
            self.touch(path);
        }
        self.changed.len() > MANY
    }

    /// Brings the archive up to date.
    pub fn refresh(&mut self) {
        let changed = std::mem::take(&mut self.changed);
        let Some(archive) = &mut self.archive else {
            // Why it could not be read was said; perhaps that is what was mended.
            if !changed.is_empty() {
                let _ = self.load();
            }
            return;
        };
        let tree = FolderTree::new(&self.root);
        for path in changed {
            let bytes = match self.open.get(&path) {
                Some(document) => Some(document.text.clone().into_bytes()),
                None => tree.read(&path).unwrap_or_default(),
            };
            archive.replace(&path, bytes);
        }
    }

    /// What a request about a document sees; nothing for a document that is not open here.
    pub fn view(&self, uri: &Uri, encoding: Encoding, now: Timestamp) -> Option<View<'_>> {
        let (path, document) = self.open.iter().find(|(_, document)| document.uri == *uri)?;
        let (archive, root, report) = (self.archive.as_ref()?, &self.root, &self.report);
        Some(View { archive, report, root, path, document, encoding, now })
    }

    /// Checks the open documents, if anything changed, and gives what the editor does not show yet.
    pub fn publish(&mut self, encoding: Encoding, now: Timestamp) -> Vec<PublishDiagnosticsParams> {
        self.refresh();
        if !std::mem::take(&mut self.unchecked) {
            return Vec::new();
        }
        let Some(archive) = &self.archive else { return Vec::new() };
        let wrong = self.wrong_settings(archive);
        self.report = check(archive, self.open.keys().chain(&wrong).cloned(), now);
        let uris: Vec<Uri> = self.open.values().map(|document| document.uri.clone()).collect();
        let found = |uri: Uri| {
            let view = self.view(&uri, encoding, now)?;
            let version = Some(view.document.version);
            Some(PublishDiagnosticsParams { diagnostics: diagnostics::of(&view), uri, version })
        };
        let mut news: Vec<PublishDiagnosticsParams> = uris.into_iter().filter_map(found).collect();
        for document in self.open.values_mut() {
            let Some(place) = news.iter().position(|message| message.uri == document.uri) else { continue };
            if document.published.as_ref() == news.get(place) {
                news.remove(place);
            } else {
                document.published = news.get(place).cloned();
            }
        }
        news.extend(self.publish_closed(wrong, encoding, now));
        news
    }

    /// Settings that cannot be used and are not open. Everything else is judged without them, so their findings are shown
    /// even so.
    fn wrong_settings(&self, archive: &Archive) -> BTreeSet<Arc<str>> {
        let config = Some(&archive.config.path).filter(|_| !archive.config.readable);
        let others = archive.problems.iter().map(|(path, _)| path).filter(|path| is_setting(path));
        others.chain(config).filter(|path| !self.open.contains_key(*path)).cloned().collect()
    }

    /// What is wrong with settings that are not open, and that nothing is any more.
    fn publish_closed(
        &mut self,
        wrong: BTreeSet<Arc<str>>,
        encoding: Encoding,
        now: Timestamp,
    ) -> Vec<PublishDiagnosticsParams> {
        let (Some(archive), root, report) = (&self.archive, &self.root, &self.report) else { return Vec::new() };
        let found = |path: Arc<str>| {
            let uri = uri::of(&root.join(&*path));
            let text = FolderTree::new(root).read(&path).ok().flatten().unwrap_or_default();
            let document = &Document::new(uri.clone(), 0, String::from_utf8_lossy(&text).into_owned());
            let view = View { archive, report, root, path: &path, document, encoding, now };
            let diagnostics = diagnostics::of(&view);
            (path, PublishDiagnosticsParams { uri, version: None, diagnostics })
        };
        let shown: BTreeMap<_, _> = wrong.into_iter().map(found).collect();
        let before = std::mem::replace(&mut self.shown_closed, shown);
        let mended =
            before.iter().filter(|(path, _)| !self.shown_closed.contains_key(*path) && !self.open.contains_key(*path));
        let mended = mended.map(|(_, shown)| PublishDiagnosticsParams { diagnostics: Vec::new(), ..shown.clone() });
        let new = self.shown_closed.iter().filter(|(path, found)| before.get(*path) != Some(found));
        mended.chain(new.map(|(_, found)| found.clone())).collect()
    }

    /// A document after all its safe fixes, also those that only others bring out.
    pub fn fixed(&mut self, uri: &Uri, now: Timestamp) -> Option<String> {
        let (path, document) = self.open.iter().find(|(_, document)| document.uri == *uri)?;
        let archive = self.archive.as_mut()?;
        let mut text = document.text.clone();
        for _ in 0..fix::ROUNDS {
            let report = check(archive, [Arc::clone(path)], now);
            let mended = fix::mend(&report, Safety::Safe);
            let Some((_, new, _)) = mended.into_iter().find(|(mended, ..)| mended == path) else { break };
            archive.replace(path, Some(new.clone().into_bytes()));
            text = new;
        }
        archive.replace(path, Some(document.text.clone().into_bytes()));
        Some(text)
    }
}

/// Checks some files of an archive.
fn check(archive: &Archive, paths: impl IntoIterator<Item = Arc<str>>, now: Timestamp) -> Report {
    let only = Selection::files(paths);
    check::run(archive, &check::Options { as_of: now, only, ..check::Options::default() })
}
