//! Which commit each entry of an archive came with, in one pass over the commits.
//!
//! An entry is known by the line that has its time, as `git blame` would know it: the first commit with that line in the
//! record's file is where it came from. A record that moved to another folder of the same name stays the same record.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use git2::{Error, Odb, Oid};

use super::walk::{Walk, Walked};
use super::{Store, unreadable};
use crate::git::exec::Failure;
use crate::record::Record;
use crate::record::history::Commit;
use crate::record::provenance::{Origin, Provenance, Source, Sources};
use crate::text::span::LineIndex;

pub fn origins<'a>(
    store: &Store,
    walk: &Walk,
    records: impl Iterator<Item = &'a Record>,
) -> Result<Provenance, Failure> {
    trace(store, walk, records).map_err(|error| unreadable(&error))
}

fn trace<'a>(store: &Store, walk: &Walk, records: impl Iterator<Item = &'a Record>) -> Result<Provenance, Error> {
    let records = records.filter(|record| !record.timeline().is_empty());
    let wanted: HashMap<&str, Wanted<'_>> =
        records.filter_map(|record| Some((name(&record.path)?, Wanted::of(record)))).collect();
    let mut tracer = Tracer { odb: store.repository().odb()?, wanted };
    for (path, id) in &walk.base {
        tracer.look(path, *id, &mut || Ok(Source::Before))?;
    }
    for walked in &walk.commits {
        let mut origin = None;
        for file in walked.changes.iter().flatten() {
            let Some(id) = file.after else { continue };
            tracer.look(&file.path, id, &mut || source(store, walked, &mut origin))?;
        }
    }
    let found = tracer.wanted.into_values().map(|wanted| (wanted.path, Arc::new(wanted.sources)));
    Ok(Provenance::new(found.collect()))
}

/// The commit as a source; it is looked up when the first entry came with it.
fn source(store: &Store, walked: &Walked, known: &mut Option<Source>) -> Result<Source, Error> {
    if let Some(source) = known {
        return Ok(source.clone());
    }
    let commit = store.repository().find_commit(walked.id)?;
    let is_signed = commit.header_field_bytes("gpgsig").is_ok();
    let source = Source::Commit(Arc::new(Origin { commit: Commit::clone(&walked.commit), is_signed }));
    Ok(known.insert(source).clone())
}

/// The folder's name and the file's: what is left of a path when a record moves to another shelf.
fn name(path: &str) -> Option<&str> {
    let (folder, _) = path.rsplit_once('/')?;
    path.get(folder.rfind('/').map_or(0, |slash| slash + 1)..)
}

/// What is still looked for in the past of one record.
struct Wanted<'a> {
    path: Arc<str>,
    /// The places of the entries by the lines that have their times, for each line in the order of the file.
    lines: HashMap<&'a str, Vec<usize>>,
    sources: Sources,
    entries: usize,
    /// Branches and merges have the same text again and again.
    seen: HashSet<Oid>,
}

impl<'a> Wanted<'a> {
    fn of(record: &'a Record) -> Self {
        let index = LineIndex::new(&record.text);
        let mut places: Vec<usize> = record.timeline().iter().map(|entry| entry.at.span.start).collect();
        places.sort_unstable();
        let mut lines: HashMap<&str, Vec<usize>> = HashMap::new();
        let numbered: Vec<&str> = record.text.lines().collect();
        for place in &places {
            let line = numbered.get(index.line(*place)).copied().unwrap_or_default();
            lines.entry(line.trim()).or_default().push(*place);
        }
        Self {
            path: Arc::clone(&record.path),
            lines,
            sources: Sources::new(),
            entries: places.len(),
            seen: HashSet::new(),
        }
    }

    fn is_complete(&self) -> bool {
        self.sources.len() == self.entries
    }

    /// Looks for entries in a text of the record. Of several with the same line the first one came first.
    fn look(&mut self, text: &str, source: &mut impl FnMut() -> Result<Source, Error>) -> Result<(), Error> {
        let mut met: HashMap<&str, usize> = HashMap::new();
        for line in text.lines() {
            let Some((line, places)) = self.lines.get_key_value(line.trim()) else { continue };
            let times = met.entry(line).or_default();
            if let Some(place) = places.get(*times)
                && !self.sources.contains_key(place)
            {
                self.sources.insert(*place, source()?);
            }
            *times += 1;
        }
        Ok(())
    }
}

struct Tracer<'a> {
    odb: Odb<'a>,
    wanted: HashMap<&'a str, Wanted<'a>>,
}

impl Tracer<'_> {
    fn look(&mut self, path: &str, id: Oid, source: &mut impl FnMut() -> Result<Source, Error>) -> Result<(), Error> {
        let wanted = name(path).and_then(|name| self.wanted.get_mut(name));
        let Some(wanted) = wanted.filter(|wanted| !wanted.is_complete()) else { return Ok(()) };
        if !wanted.seen.insert(id) {
            return Ok(());
        }
        wanted.look(&String::from_utf8_lossy(self.odb.read(id)?.data()), source)
    }
}
