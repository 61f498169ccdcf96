//! What became of the entries that a record once had.
//!
//! Every version that was merged is compared with the newest one, not with its neighbour. So a merge keeps what both its
//! sides had, a mistake that was taken back is no mistake, and a finding always points into a file that is there.

use std::collections::BTreeSet;

use memchr::memmem;

use super::rules::unknown_reference;
use super::{Context, same};
use crate::record::Record;
use crate::record::history::{History, Version};
use crate::record::timeline::Entry;
use crate::text::span::Span;

/// What became of one entry.
#[derive(Clone, Copy, Debug)]
pub enum Fate<'a> {
    /// It says the same.
    Kept(&'a Entry),
    /// It says in the open that it was corrected.
    Amended(&'a Entry),
    /// A key says something else without a word about it. With its place in the record as it is now.
    Changed {
        now: &'a Entry,
        key: &'static str,
        place: Span,
    },
    Gone,
}

impl<'a> Fate<'a> {
    /// The entry as it is now.
    pub const fn now(self) -> Option<&'a Entry> {
        match self {
            Self::Kept(now) | Self::Amended(now) | Self::Changed { now, .. } => Some(now),
            Self::Gone => None,
        }
    }
}

/// What was lost of everything that was ever merged: each entry of a version that is changed or gone, with the entry above
/// it that is still there. A change that was taken back is none: what counts is what the entry said first.
pub fn losses<'a>(context: &'a Context<'_>, history: &'a History, record: &'a Record) -> Vec<Loss<'a>> {
    let mut losses = Vec::new();
    let mut as_at_first: BTreeSet<Span> = BTreeSet::new();
    for version in context.past(history, record).flat_map(|past| &past.merged) {
        if let Some(end) = holds_all_of(version, record) {
            as_at_first.extend(record.timeline().iter().map(|entry| entry.span).filter(|span| span.end <= end));
            continue;
        }
        let mut above = None;
        for (entry, fate) in fates(context, version, record) {
            match fate {
                Fate::Kept(now) => {
                    as_at_first.insert(now.span);
                }
                Fate::Amended(_) => {}
                Fate::Changed { now, .. } if as_at_first.contains(&now.span) => {}
                Fate::Changed { .. } | Fate::Gone => losses.push(Loss { version, entry, fate, above }),
            }
            above = fate.now().or(above);
        }
    }
    losses
}

/// An entry that is not what it was, without a word about it.
#[derive(Debug)]
pub struct Loss<'a> {
    /// The first version that is missed.
    pub version: &'a Version,
    pub entry: &'a Entry,
    pub fate: Fate<'a>,
    /// The entry that stood above it, as it is now.
    pub above: Option<&'a Entry>,
}

/// The entries of a version in its order, and what became of each.
///
/// Silent about what could not be read, then or now, and about entries with a mistake in them, which have to be mended.
pub fn fates<'a>(context: &'a Context<'_>, version: &'a Version, now: &'a Record) -> Vec<(&'a Entry, Fate<'a>)> {
    if !now.timeline_complete() || holds_all_of(version, now).is_some() {
        return Vec::new();
    }
    let Some(before) = version.record(context.archive) else { return Vec::new() };
    let entries = before.timeline().iter().filter(|entry| is_sound(context, before, entry));
    matched(context.archive.config.default_language(), entries, now.timeline())
}

/// How many of the entries that a record has now stood in a text of it before.
pub fn known_before(context: &Context<'_>, version: &Version, now: &Record) -> Vec<bool> {
    if let Some(end) = holds_all_of(version, now) {
        return now.timeline().iter().map(|entry| entry.span.end <= end).collect();
    }
    let before = version.record(context.archive).map_or(&[][..], Record::timeline);
    let signed = |entry: &Entry| before.iter().any(|known| is_signed_alike(known, entry));
    now.timeline().iter().map(signed).collect()
}

/// Where both texts begin their timeline with the same bytes and the newer one only goes on with further entries, nothing
/// has to be read to know that nothing was lost: nine of ten versions are told apart here. The offset in the newer text
/// up to which they agree.
fn holds_all_of(version: &Version, record: &Record) -> Option<usize> {
    let (before, now) = (&version.text, &record.text);
    if before == now {
        return Some(now.len());
    }
    let old = before.get(timeline_start(before)?..)?;
    let old = old.get(..memmem::find(old.as_bytes(), b"\n---")? + 1)?;
    let start = timeline_start(now)?;
    let more = now.get(start..)?.strip_prefix(old)?;
    let first = old.lines().nth(1)?;
    let item = first.get(..first.find('-')? + 1)?;
    // Another item, the closing fence, or another key; not one more line of the last entry.
    let is_more = more.starts_with(item) || more.starts_with(|c: char| !c.is_whitespace());
    is_more.then_some(start + old.len())
}

fn timeline_start(text: &str) -> Option<usize> {
    Some(memmem::find(text.as_bytes(), b"\ntimeline:\n")? + 1)
}

/// Whether an entry could be read as it stood, with names that mean something today.
fn is_sound(context: &Context<'_>, record: &Record, entry: &Entry) -> bool {
    let inside = |span: Span| entry.span.start <= span.start && span.end <= entry.span.end;
    let unknown = |reference| !unknown_reference::is_known(context, reference);
    record.problems.iter().all(|problem| !inside(problem.span))
        && !record.references.iter().any(|reference| inside(reference.name.span) && unknown(reference))
}

fn is_signed_alike(a: &Entry, b: &Entry) -> bool {
    a.at.value == b.at.value && by(a) == by(b)
}

fn by(entry: &Entry) -> Option<&str> {
    entry.by.as_ref().map(|by| by.value.as_str())
}

/// Whether an entry as it was may be one that is there now.
type Alike<'f> = dyn Fn(&Entry, &Entry) -> bool + 'f;

/// An entry is the one with the same time, name and content; failing that, with the same time and name; failing that, one
/// with the same content, or that says of itself that it was corrected, and the same time or name.
fn matched<'a>(
    language: &str,
    before: impl Iterator<Item = &'a Entry>,
    now: &'a [Entry],
) -> Vec<(&'a Entry, Fate<'a>)> {
    let change = |before: &Entry, now: &Entry| same::changed(before, now, language);
    let mut fates: Vec<(&Entry, Option<Fate<'a>>)> = before.map(|entry| (entry, None)).collect();
    let mut taken = vec![false; now.len()];
    for (entry, fate) in &mut fates {
        let mut alike =
            (0..now.len()).filter(|i| is_signed_alike(entry, &now[*i]) && change(entry, &now[*i]).is_none());
        // One that stood there twice may stand there once.
        let first = alike.clone().find(|i| !taken[*i]).or_else(|| alike.next());
        if let Some(i) = first {
            taken[i] = true;
            let kept = if same::is_amended(entry, &now[i]) { Fate::Amended } else { Fate::Kept };
            *fate = Some(kept(&now[i]));
        }
    }
    let near = |entry: &Entry, now: &Entry| entry.at.value == now.at.value || by(entry) == by(now);
    let ways: [&Alike<'_>; 3] =
        [&is_signed_alike, &|entry, now| near(entry, now) && change(entry, now).is_none(), &|entry, now| {
            near(entry, now) && same::is_amended(entry, now)
        }];
    for is_meant in ways {
        for (entry, fate) in fates.iter_mut().filter(|(_, fate)| fate.is_none()) {
            let found = now.iter().zip(&mut taken).find(|(now, taken)| !**taken && is_meant(entry, now));
            if let Some((now, taken)) = found {
                *taken = true;
                *fate = Some(became(entry, now, change(entry, now)));
            }
        }
    }
    let told = fates.into_iter().map(|(entry, fate)| (entry, fate.unwrap_or(Fate::Gone)));
    told.filter(|(entry, fate)| !matches!(fate, Fate::Gone) || !same::is_empty(entry)).collect()
}

fn became<'a>(before: &Entry, now: &'a Entry, change: Option<(&'static str, Span)>) -> Fate<'a> {
    if same::is_amended(before, now) {
        return Fate::Amended(now);
    }
    let (key, place) = match change {
        Some(change) => change,
        None if before.at.value != now.at.value => ("at", now.at.span),
        None => ("by", now.by.as_ref().map_or(now.at.span, |by| by.span)),
    };
    Fate::Changed { now, key, place }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Timestamp;

    use super::*;
    use crate::record::archive::{Archive, Memory};
    use crate::record::history::Commit;

    const PATH: &str = "incidents/2024/05/2024-05-01-checkout-errors/incident.md";

    fn archive(text: &str) -> Archive {
        Archive::load(&Memory([(PATH.to_owned(), text.to_owned())].into())).unwrap()
    }

    /// What became of some entries of one minute, by the numbers of those that are there now.
    fn became(before: &[&str], now: &[&str]) -> Vec<String> {
        let entry = |keys: &&str| format!("  - {{at: 2024-05-01T09:50:00Z, by: mara{keys}}}\n");
        let text = |entries: &[&str]| format!("---\ntimeline:\n{}---\n", entries.iter().map(entry).collect::<String>());
        let (before, now) = (archive(&text(before)), archive(&text(now)));
        let (before, now) = (before.records[0].timeline(), now.records[0].timeline());
        let number = |entry: &Entry| now.iter().position(|other| other.span == entry.span).unwrap();
        let fates = matched("en", before.iter(), now).into_iter().map(|(_, fate)| match fate {
            Fate::Kept(now) => format!("kept as {}", number(now)),
            Fate::Amended(now) => format!("amended as {}", number(now)),
            Fate::Changed { now, key, .. } => format!("{key} changed in {}", number(now)),
            Fate::Gone => "gone".to_owned(),
        });
        fates.collect()
    }

    const POOL: &str = ", note: The pool is full.";
    const CACHE: &str = ", note: The cache is full.";
    const DISK: &str = ", note: The disk is full.";

    #[test]
    fn an_entry_that_stood_there_twice_may_stand_there_once() {
        assert_eq!(became(&[POOL, POOL], &[POOL, POOL]), ["kept as 0", "kept as 1"]);
        assert_eq!(became(&[POOL, POOL], &[POOL]), ["kept as 0", "kept as 0"]);
        assert_eq!(became(&[POOL, POOL, CACHE], &[POOL, POOL]), ["kept as 0", "kept as 1", "gone"]);
    }

    #[test]
    fn an_entry_became_the_first_that_it_may_have_become() {
        assert_eq!(became(&[POOL], &[CACHE, DISK]), ["note changed in 0"]);
        assert_eq!(became(&[POOL, CACHE], &[DISK, POOL]), ["kept as 1", "note changed in 0"]);
    }

    #[test]
    fn an_entry_that_only_says_who_corrected_it_is_amended() {
        let edited = format!("{POOL}, edited: {{by: wei, at: 2024-05-02T09:00:00Z, reason: A slip.}}");
        assert_eq!(became(&[POOL], &[&edited]), ["amended as 0"]);
        assert_eq!(became(&[&edited], &[&edited]), ["kept as 0"]);
    }

    #[test]
    fn nobody_misses_an_entry_that_said_nothing() {
        assert_eq!(became(&["", POOL], &["", POOL]), ["kept as 0", "kept as 1"]);
        assert_eq!(became(&["", ", note: \" \"", POOL], &[POOL]), ["kept as 0"]);
    }

    /// Whether a text is seen to hold all of another one without reading either.
    fn holds_all(before: &str, now: &str) -> bool {
        let commit = Commit { id: String::new(), author: String::new(), time: Timestamp::UNIX_EPOCH };
        let version = Version::new(Arc::new(commit), PATH.into(), before.into());
        holds_all_of(&version, &archive(now).records[0]).is_some()
    }

    #[test]
    fn a_timeline_that_only_goes_on_is_not_read_again() {
        let start = "---\ntitle: Checkout fails\ntimeline:\n  - at: 2024-05-01T09:50:00Z\n    by: mara\n    note: |\n      The pool\n";
        let body = "---\n\nOne.\n\n---\n\nTwo.\n";
        let grown = |more: &str| holds_all(&format!("{start}{body}"), &format!("{start}{more}{body}"));
        assert!(grown(""));
        assert!(grown("  - {at: 2024-05-01T10:00:00Z, by: wei, note: Rolled back.}\n"));
        assert!(grown("cause: {category: change}\n"));
        assert!(!grown("      is full.\n"), "the last entry says more than it said");
        assert!(!grown("    edited: {by: wei}\n"));
        assert!(holds_all(&format!("{start}{body}"), &format!("{}{body}", start.replace("Checkout", "Search"))));
        assert!(!holds_all(&format!("{start}{body}"), &format!("{}{body}", start.replace("pool", "cache"))));
    }

    #[test]
    fn a_timeline_that_a_text_quotes_is_not_taken_for_its_own() {
        let record = |note: &str| {
            format!(
                "---\ntimeline:\n  - {{at: 2024-05-01T09:50:00Z, by: mara, note: {note}}}\n---\n\ntimeline:\n  - x\n---\n"
            )
        };
        assert!(!holds_all(&record("The pool is full."), &record("The cache is full.")));
    }
}
