//! A site that is looked at while its records are written. A file is made when somebody asks for it, so that what a change
//! costs depends on the change and not on the size of the archive.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::audience::Audience;
use super::draft::Draft;
use super::internal::{self, Sources};
use super::look::Look;
use super::output::{Output, Together};
use super::projection::Projection;
use super::{Options, SiteError, make_internal, make_public, refuse_unreadable};
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::provenance::Provenance;

#[derive(Debug)]
pub struct Preview {
    draft: Draft,
    /// The index of each language, made at once when a word of it is first asked for.
    search: Vec<Together>,
    /// Only of an internal site.
    sources: Option<Sources>,
}

/// What is different since a preview was made, beside the archive and the time.
#[derive(Debug, Default)]
pub struct Changes {
    /// The ids of the records that may look different. See [`concerned`].
    pub ids: BTreeSet<Arc<str>>,
    /// Where entries come from now.
    pub provenance: Arc<Provenance>,
}

impl Preview {
    pub fn of(archive: &Arc<Archive>, options: &Options) -> Result<Self, SiteError> {
        refuse_unreadable(archive)?;
        let site = Projection::of(archive, options.as_of);
        let look = Look::of(archive, &site, options)?;
        let sources = || Sources::new(Arc::clone(archive), options);
        Ok(Self::new(Arc::new(look), site, (options.audience == Audience::Internal).then(sources)))
    }

    /// The site after some records changed and nothing else did.
    pub fn renewed(&self, archive: &Arc<Archive>, as_of: Timestamp, changes: &Changes) -> Result<Self, SiteError> {
        refuse_unreadable(archive)?;
        let site = self.draft.site.renewed(archive, as_of, &changes.ids);
        let provenance = || Arc::clone(&changes.provenance);
        let sources = self.sources.as_ref().map(|known| known.renewed(Arc::clone(archive), provenance(), as_of));
        Ok(Self::new(Arc::clone(&self.draft.look), site, sources))
    }

    fn new(look: Arc<Look>, site: Projection, sources: Option<Sources>) -> Self {
        let search = look.voices.iter().map(|_| Together::default()).collect();
        Self { draft: Draft::new(look, site), search, sources }
    }

    /// Whether every file is the same as in another one.
    pub fn is_same(&self, other: &Self) -> bool {
        let has_same_sources = match (&self.sources, &other.sources) {
            (Some(a), Some(b)) => a.is_same(b),
            (a, b) => a.is_none() && b.is_none(),
        };
        Arc::ptr_eq(&self.draft.look, &other.draft.look) && self.draft.site == other.draft.site && has_same_sources
    }

    /// The moment that it shows.
    pub const fn as_of(&self) -> Timestamp {
        self.draft.site.as_of
    }

    /// The file at a path from the root of the site; nothing where there is none.
    pub fn file(&self, path: &str) -> Result<Option<Vec<u8>>, SiteError> {
        if let Some(sources) = &self.sources
            && let Some(file) = internal::file(sources, &self.draft, path)?
        {
            return Ok(Some(file));
        }
        match Output::at(&self.draft, path) {
            None => Ok(None),
            Some(Output::Search(voice)) => match self.search.get(voice) {
                None => Ok(None),
                Some(search) => search.file(path, || Output::Search(voice).make(&self.draft)),
            },
            Some(output) => {
                let files = output.make(&self.draft)?;
                Ok(files.into_iter().find(|(made, _)| made == path).map(|(_, bytes)| bytes))
            }
        }
    }

    /// Makes every file as a build would, and so finds what keeps one from being published. `is_outdated` ends it early.
    pub fn judge(&self, archive: &Archive, is_outdated: impl Fn() -> bool + Sync) -> Result<(), SiteError> {
        let look_at = |_, _| if is_outdated() { Err(End::Outdated) } else { Ok(()) };
        let outcome = match &self.sources {
            None => make_public(archive, &self.draft, look_at),
            Some(sources) => make_internal(sources, &self.draft, look_at).map(drop),
        };
        match outcome {
            Err(End::Refused(error)) => Err(error),
            Err(End::Outdated) | Ok(()) => Ok(()),
        }
    }
}

/// The ids that may look different when a record changes: its own, and those of the incidents that it covers.
pub fn concerned(record: &Record) -> impl Iterator<Item = Arc<str>> {
    let covered = record.postmortem().into_iter().flat_map(|postmortem| &postmortem.incidents);
    covered.map(|id| Arc::from(id.value.as_str())).chain([Arc::clone(&record.id)])
}

/// Why a judgement ended before all files were made.
enum End {
    Refused(SiteError),
    Outdated,
}

impl From<SiteError> for End {
    fn from(error: SiteError) -> Self {
        Self::Refused(error)
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use proptest::prelude::*;

    use super::*;
    use crate::record::archive::Memory;
    use crate::site::build;
    use crate::site::fixture::{CONFIG, at};

    const START: &str = "2024-05-01T10:00:00Z";

    /// Texts that a record may have, one after the other: what happens before and after now, and what reaches other pages.
    fn versions(id: &str) -> Vec<String> {
        let incident = |front: &str, timeline: &str| {
            format!("---\ntitle: Title of {id}\nvisibility: public\n{front}timeline:\n{timeline}---\n")
        };
        let began = "  - {at: 2024-05-01T09:00:00Z, by: mara, status: investigating, impact: {checkout: major_outage}, public: We look.}\n";
        let later = "  - {at: 2024-05-01T10:30:00Z, by: mara, status: resolved, impact: {checkout: operational}, public: {en: Fine., ko: 좋아요.}}\n";
        let merged = "  - {at: 2024-05-01T09:30:00Z, by: mara, status: merged}\n";
        vec![
            incident("", began),
            incident("", &format!("{began}{later}")),
            incident("aliases: [2024-04-30-old]\n", began),
            incident("related: {duplicate_of: 2024-05-01-b}\n", &format!("{began}{merged}")),
            incident("", "  - {at: 2024-05-01T10:10:00Z, by: mara, status: investigating, public: Soon.}\n"),
            incident("", began).replace("visibility: public", "visibility: internal"),
        ]
    }

    fn files() -> Vec<(String, Vec<String>)> {
        let file =
            |id: &str, name: &str, versions: Vec<String>| (format!("incidents/2024/05/{id}/{name}.md"), versions);
        let postmortem = |text: &str| {
            format!(
                "---\nstatus: published\nincidents: [2024-05-01-a, 2024-05-01-b]\n---\n\n## Public summary\n\n{text}\n"
            )
        };
        let maintenance = |timeline: &str| {
            format!(
                "---\ntitle: Upgrade\nvisibility: public\nwindow: {{start: 2024-05-01T10:20:00Z, end: 2024-05-01T10:40:00Z}}\n\
                 services: {{search: under_maintenance}}\ntimeline:\n{timeline}---\n"
            )
        };
        let planned = "  - {at: 2024-05-01T09:00:00Z, by: mara, status: scheduled, public: We upgrade.}\n";
        let runs = "  - {at: 2024-05-01T10:15:00Z, by: mara, status: in_progress}\n";
        vec![
            file("2024-05-01-a", "incident", versions("a")),
            file("2024-05-01-b", "incident", versions("b")),
            file("2024-05-01-c", "maintenance", vec![maintenance(planned), maintenance(&format!("{planned}{runs}"))]),
            file("2024-05-01-a", "postmortem", vec![postmortem("We learned."), postmortem("We learned more.")]),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn after_any_edits_every_file_is_that_of_a_new_build(
            audience in prop::sample::select(Audience::ALL.to_vec()),
            steps in prop::collection::vec((0..4_usize, prop::option::weighted(0.8, 0..6_usize), 0..15_i64), 1..8)
        ) {
            let files = files();
            let mut tree = Memory([("incident.yaml".to_owned(), CONFIG.to_owned())].into());
            let mut archive = Arc::new(Archive::load(&tree).unwrap());
            let mut as_of = at(START);
            let options = |as_of| Options { audience, ..Options::new(as_of) };
            let mut preview = Preview::of(&archive, &options(as_of)).unwrap();
            for (file, version, minutes) in steps {
                let (path, versions) = &files[file];
                let text = version.map(|version| versions[version % versions.len()].clone());
                let mut changes = Changes::default();
                changes.ids.extend(archive.at(path).into_iter().flat_map(concerned));
                Arc::make_mut(&mut archive).replace(path, text.clone().map(String::into_bytes));
                changes.ids.extend(archive.at(path).into_iter().flat_map(concerned));
                match text {
                    Some(text) => tree.0.insert(path.clone(), text),
                    None => tree.0.remove(path),
                };
                as_of = as_of.checked_add(minutes.minutes()).unwrap();
                preview = preview.renewed(&archive, as_of, &changes).unwrap();
                let built = build(&Archive::load(&tree).unwrap(), &options(as_of)).unwrap();
                for (path, bytes) in &built.files {
                    let shown = preview.file(path).unwrap().map(|bytes| String::from_utf8(bytes).unwrap());
                    prop_assert_eq!(shown.as_deref(), std::str::from_utf8(bytes).ok(), "{}", path);
                }
                for path in ["incidents/2024-05-01-a/index.html", "incidents/2024-05-01-c/maintenance.ics"] {
                    prop_assert_eq!(preview.file(path).unwrap().is_some(), built.files.contains_key(path));
                }
            }
        }
    }

    #[test]
    fn what_no_build_writes_is_nowhere() {
        let archive = Archive::load(&Memory([("incident.yaml".to_owned(), CONFIG.to_owned())].into())).unwrap();
        let archive = Arc::new(archive);
        let paths =
            ["", "x", "assets/x", "api/x", "search/x", "badge/x.svg", "ko/x/index.html", "incidents/x/index.json"];
        let internal = ["internal/x", "internal/x/index.html", "ko/internal/", "internal/incidents/x/index.html"];
        for audience in Audience::ALL {
            let preview = Preview::of(&archive, &Options { audience, ..Options::new(at(START)) }).unwrap();
            for path in paths.iter().chain(&internal) {
                assert_eq!(preview.file(path).unwrap(), None, "{path}");
            }
        }
    }
}
