//! Finds the record that somebody means.

use std::collections::BTreeMap;
use std::fmt;

use super::archive::Archive;
use super::{Kind, Record};
use crate::text::suggest::nearest;

/// Why a word means no record, or why it takes a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFound {
    /// No id has this part; perhaps another was meant.
    Nothing { word: String, meant: Option<String> },
    /// Several ids have this part.
    Ambiguous { word: String, ids: Vec<String> },
    /// No word was given, and no incident is open.
    NoneOpen,
    /// No word was given, and several incidents are open.
    SeveralOpen(Vec<String>),
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing { word, .. } => write!(f, "no record has `{word}` in its id"),
            Self::Ambiguous { word, ids } => write!(f, "`{word}` could be any of {}", ids.join(", ")),
            Self::NoneOpen => f.write_str("no incident is open, so say which record is meant"),
            Self::SeveralOpen(ids) => write!(f, "{} incidents are open: {}", ids.len(), ids.join(", ")),
        }
    }
}

impl std::error::Error for NotFound {}

impl NotFound {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::Nothing { meant: Some(meant), .. } => format!("did you mean `{meant}`?"),
            Self::Nothing { meant: None, .. } | Self::NoneOpen => "`git incident list --all` shows every id".into(),
            Self::Ambiguous { .. } | Self::SeveralOpen(_) => "give enough of the id to tell them apart".into(),
        }
    }
}

/// The word in the path of a record or of its folder; any other word as it is.
pub fn word_of(path: &str) -> &str {
    let is_file = |part: &&str| Kind::of_file(part).is_some();
    let mut parts = path.split(['/', '\\']).filter(|part| !part.is_empty()).rev().skip_while(is_file);
    parts.next().unwrap_or(path)
}

/// The id that a word means: the id itself, else the only one that is it from its day or its slug on, else the only one that
/// contains it. The path of a record will do as well.
///
/// # Errors
///
/// None does, or several do.
pub fn id<'a>(word: &str, ids: impl IntoIterator<Item = &'a str>) -> Result<&'a str, NotFound> {
    let ids: Vec<&str> = ids.into_iter().collect();
    if let Some(exact) = ids.iter().find(|id| **id == word) {
        return Ok(exact);
    }
    let part = word_of(word).to_lowercase();
    let ends = |id: &str| [5, 8, 11].iter().any(|from| id.get(*from..) == Some(&part));
    let whole: Vec<&str> = ids.iter().copied().filter(|id| *id == part || ends(id)).collect();
    let found = if whole.is_empty() { ids.iter().copied().filter(|id| id.contains(&part)).collect() } else { whole };
    match found.as_slice() {
        [only] => Ok(only),
        [] => {
            let words = ids.iter().flat_map(|id| id.get(11..).into_iter().chain([*id]));
            let meant = nearest(&part, words).map(str::to_owned);
            Err(NotFound::Nothing { word: word.to_owned(), meant })
        }
        several => {
            Err(NotFound::Ambiguous { word: word.to_owned(), ids: several.iter().map(|id| (*id).to_owned()).collect() })
        }
    }
}

/// The incident, maintenance or drill that a word means; without a word the only incident that is open. An old id leads
/// to the record that had it.
///
/// # Errors
///
/// None does, or several do.
pub fn event<'a>(archive: &'a Archive, word: Option<&str>) -> Result<&'a Record, NotFound> {
    let found = match word {
        Some(word) => {
            let id = id(word, archive.folders.iter().filter(|(_, f)| f.event.is_some()).map(|(id, _)| &**id));
            id.or_else(|why| aliased(word, &why, archive.all()).ok_or(why))?
        }
        None => {
            let open: Vec<&Record> = open(archive).collect();
            return match open.as_slice() {
                [only] => Ok(*only),
                [] => Err(NotFound::NoneOpen),
                several => Err(NotFound::SeveralOpen(several.iter().map(|record| record.id.to_string()).collect())),
            };
        }
    };
    archive.event(found).ok_or_else(|| NotFound::Nothing { word: found.to_owned(), meant: None })
}

/// The id of the record that an old id leads to; a part of one will do where no id of today has it.
fn aliased<'a>(word: &str, why: &NotFound, records: impl Iterator<Item = &'a Record>) -> Option<&'a str> {
    let aliases = records.flat_map(|record| record.aliases().iter().map(|alias| (&*alias.value, &*record.id)));
    let by_alias: BTreeMap<&str, &str> = aliases.collect();
    let whole = by_alias.get_key_value(word_of(word)).map(|(alias, _)| *alias);
    let part = || id(word, by_alias.keys().copied()).ok().filter(|_| matches!(why, NotFound::Nothing { .. }));
    by_alias.get(whole.or_else(part)?).copied()
}

/// The incidents that still need somebody's attention.
pub fn open(archive: &Archive) -> impl Iterator<Item = &Record> {
    archive.of_kind(Kind::Incident).filter(|record| is_open(archive, record))
}

/// Whether a record still needs somebody's attention. One that says nothing about its state does.
pub fn is_open(archive: &Archive, record: &Record) -> bool {
    match (archive.lifecycle.machine(record.kind), record.replay.status()) {
        (Some(machine), Some(status)) => machine.is_live(status),
        (_, None) => true,
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::archive::Memory;

    const IDS: [&str; 3] = ["2024-05-01-checkout-errors", "2024-05-02-checkout", "2024-05-02-search-slow"];

    #[test]
    fn any_part_that_only_one_id_has_will_do() {
        assert_eq!(id("search", IDS), Ok(IDS[2]));
        assert_eq!(id("Errors", IDS), Ok(IDS[0]));
        assert_eq!(id("2024-05-02-checkout", IDS), Ok(IDS[1]));
    }

    #[test]
    fn a_whole_slug_goes_before_a_part_of_a_longer_one() {
        for word in ["checkout", "02-checkout", "05-02-checkout"] {
            assert_eq!(id(word, IDS), Ok(IDS[1]), "{word}");
        }
        assert!(id("checkout", ["2024-05-01-checkout", "2024-05-02-checkout"]).is_err());
    }

    #[test]
    fn the_path_of_a_record_names_it() {
        for path in ["incidents/2024/05/2024-05-02-checkout/incident.md", "./2024-05-02-checkout/", "/a/checkout"] {
            assert_eq!(id(path, IDS), Ok(IDS[1]), "{path}");
        }
    }

    #[test]
    fn a_part_of_several_or_of_none_is_refused() {
        let error = id("check", IDS).unwrap_err();
        assert_eq!(error.to_string(), "`check` could be any of 2024-05-01-checkout-errors, 2024-05-02-checkout");
        let slip = id("serach-slow", IDS).unwrap_err();
        assert_eq!(slip.help(), "did you mean `search-slow`?");
    }

    fn archive(statuses: &[&str]) -> Archive {
        let record = |(n, status): (usize, &&str)| {
            let entry = format!("{{at: 2024-05-01T09:50:00Z, by: mara, status: {status}}}");
            let text = format!("---\ntitle: x\naliases: [2020-01-01-old-{n}]\ntimeline:\n  - {entry}\n---\n");
            (format!("incidents/2024-05-01-n{n}/incident.md"), text)
        };
        Archive::load(&Memory(statuses.iter().enumerate().map(record).collect())).unwrap()
    }

    #[test]
    fn without_a_word_it_is_the_only_open_one() {
        let open = |statuses: &[&str]| event(&archive(statuses), None).map(|record| record.id.to_string());
        assert_eq!(open(&["resolved", "monitoring"]).unwrap(), "2024-05-01-n1");
        assert_eq!(open(&["resolved"]), Err(NotFound::NoneOpen));
        assert_eq!(
            open(&["triage", "triage"]).unwrap_err().to_string(),
            "2 incidents are open: 2024-05-01-n0, 2024-05-01-n1"
        );
    }

    #[test]
    fn an_old_id_leads_to_the_record() {
        assert_eq!(&*event(&archive(&["triage", "triage"]), Some("2020-01-01-old-1")).unwrap().id, "2024-05-01-n1");
    }
}
