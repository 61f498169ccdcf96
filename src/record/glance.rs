//! What is known of a record without reading all of it.
//!
//! To find the few incidents that need something among thousands that are over, most of them need no more than a look at a few lines each.
//! The look is for records in the plain style that the tool writes. Whatever else YAML allows is left to the real reader.

use std::collections::BTreeMap;

use super::decode::is_slug;
use super::replay::order_of;
use super::time::Time;
use super::timeline::ServiceState;

/// What a line of an entry says about its state.
#[derive(Default)]
struct Glimpse<'a> {
    at: Option<Time>,
    backfill: bool,
    status: Option<&'a str>,
    severity: Option<&'a str>,
    /// As it is written.
    impact: Option<&'a str>,
}

/// What a timeline says about the course of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look<'a> {
    /// The state that was reached last.
    pub status: &'a str,
    /// Whether the first state was recorded afterwards.
    pub is_backfilled: bool,
    /// Every severity that was ever set.
    pub severities: Vec<&'a str>,
    /// The times of the first and the last entry.
    pub from: Time,
    pub to: Time,
    /// What entries say of services, as it is written, in the order in which they happened.
    impacts: Vec<&'a str>,
}

impl Look<'_> {
    /// Whether for certain every service that was ever affected is operational again.
    pub fn leaves_all_operational(&self) -> bool {
        let mut last = BTreeMap::new();
        for impact in &self.impacts {
            let Some(states) = states(impact) else { return false };
            last.extend(states);
        }
        last.values().all(|state| *state == ServiceState::Operational.name())
    }
}

/// The state of a record. `None` where only a full reading can tell.
pub fn status(text: &str) -> Option<&str> {
    Some(look(text)?.status)
}

/// The front matter of a record, without its fences. `None` where they are not in the plain style.
pub fn front(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("---\n")?;
    let end = if rest.starts_with("---\n") { 0 } else { rest.find("\n---\n")? + 1 };
    rest.get(..end)
}

/// The value of a key at the top of a front matter, where it is a plain word.
pub fn word<'a>(front: &'a str, key: &str) -> Option<&'a str> {
    let mut lines = front.lines();
    let value = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))?.trim_end();
    let goes_on = lines.next().is_some_and(|next| next.starts_with([' ', '\t']) || next.is_empty());
    (is_word(value) && !goes_on).then_some(value)
}

/// The names that a key at the top of a record's front matter lists; none where it is absent. `None` where only a full
/// reading can tell.
pub fn names<'a>(text: &'a str, key: &str) -> Option<Vec<&'a str>> {
    let front = front(text)?;
    if !front.contains(key) {
        return Some(Vec::new());
    }
    let mut lines = front.lines().filter(|line| line.contains(key));
    let list = lines.next()?.strip_prefix(key)?.strip_prefix(": [")?.strip_suffix(']')?;
    let names: Vec<&str> = list.split(',').map(str::trim).collect();
    (lines.next().is_none() && names.iter().all(|name| is_slug(name))).then_some(names)
}

/// What the timeline of a record says. `None` where only a full reading can tell.
///
/// In a block mapping every line that is indented exactly like its keys is one of them: what belongs to a value stands
/// deeper. So a `status:` in the text of a note is not taken for a state.
pub fn look(text: &str) -> Option<Look<'_>> {
    let front = text.strip_prefix("---\n")?.lines().take_while(|line| *line != "---");
    let mut lines = front.skip_while(|line| *line != "timeline:").skip(1).peekable();
    let dash = indentation(lines.peek()?);
    let mut entries: Vec<Glimpse<'_>> = Vec::new();
    let mut value_matters = false;
    for line in lines {
        let depth = indentation(line);
        let rest = &line[depth..];
        let key = if rest.is_empty() {
            continue;
        } else if depth > dash + 2 {
            // A value that goes on. One of a key that matters here is not in the plain style.
            if value_matters {
                return None;
            }
            continue;
        } else if depth == dash && rest.starts_with("- ") {
            entries.push(Glimpse::default());
            &rest[2..]
        } else if depth == dash + 2 {
            rest
        } else if depth == 0 && !rest.starts_with(['-', '#', '?', ' ']) {
            // The next key of the front matter.
            break;
        } else {
            return None;
        };
        value_matters = entries.last_mut()?.read(key)?;
    }
    course(&entries)
}

fn indentation(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b' ').count()
}

impl<'a> Glimpse<'a> {
    /// Reads a line, and says whether it is about the state. `None` where it is not a plain key with its value.
    fn read(&mut self, line: &'a str) -> Option<bool> {
        let (key, value) = line.split_once(':')?;
        if !is_word(key) || !(value.is_empty() || value.starts_with(' ')) {
            return None;
        }
        let value = value.trim();
        match key {
            "at" => self.at = Some(Time::parse(value).ok()?),
            "backfill" => self.backfill = value.parse().ok()?,
            "status" => self.status = Some(is_word(value).then_some(value)?),
            "severity" => self.severity = Some(is_name(value).then_some(value)?),
            // How much this tells is for those to say who ask for it.
            "impact" => {
                self.impact = Some(value);
                return Some(false);
            }
            _ => return Some(false),
        }
        Some(true)
    }
}

/// Lower-case letters and `_`: what has no other reading in YAML.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// A word that may have digits and hyphens after its first letter, as in `sev1`.
fn is_name(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-';
    text.starts_with(|first: char| first.is_ascii_lowercase()) && text.bytes().all(is_inner)
}

/// Services and their states, as in `{checkout: major_outage, search: operational}`.
fn states(impact: &str) -> Option<Vec<(&str, &str)>> {
    let pairs = impact.strip_prefix('{')?.strip_suffix('}')?.split(',');
    pairs
        .map(|pair| {
            let (service, state) = pair.trim().split_once(": ")?;
            (is_slug(service) && is_word(state)).then_some((service, state))
        })
        .collect()
}

/// The entries in the order in which they happened, late ones at their time.
fn course<'a>(entries: &[Glimpse<'a>]) -> Option<Look<'a>> {
    let times: Vec<(Time, bool)> =
        entries.iter().map(|entry| Some((entry.at?, entry.backfill))).collect::<Option<_>>()?;
    let (from, to) = (times.iter().map(|(at, _)| *at).min()?, times.iter().map(|(at, _)| *at).max()?);
    let order = order_of(times.into_iter());
    let states = || order.iter().filter_map(|index| entries.get(*index)).filter(|entry| entry.status.is_some());
    Some(Look {
        status: states().next_back()?.status?,
        is_backfilled: states().next()?.backfill,
        severities: entries.iter().filter_map(|entry| entry.severity).collect(),
        from,
        to,
        impacts: order.iter().filter_map(|index| entries.get(*index)?.impact).collect(),
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use walkdir::WalkDir;

    use super::*;
    use crate::record::archive::{Archive, FolderTree};
    use crate::record::{Content, Kind};

    fn with(entries: &str) -> String {
        format!("---\ntitle: x\ntimeline:\n{entries}links: []\n---\nstatus: text\n")
    }

    #[test]
    fn the_last_state_counts_and_late_entries_stand_at_their_time() {
        let text = with(
            "  - at: 2024-05-01T09:00:00Z\n    by: mara\n    status: triage\n  - at: 2024-05-01T10:00:00Z\n    status: resolved\n\
             \x20 - at: 2024-05-01T09:30:00Z\n    status: investigating\n    backfill: true\n  - at: 2024-05-01T11:00:00Z\n    note: x\n",
        );
        assert_eq!(status(&text), Some("resolved"));
        assert_eq!(status(&text.replace("true", "false")), Some("investigating"));
    }

    #[test]
    fn a_text_that_looks_like_a_state_is_none() {
        let text =
            with("- at: 2024-05-01T09:00:00Z\n  status: triage\n  note: |\n    status: resolved\n   status: x\n");
        assert_eq!(status(&text), Some("triage"));
    }

    #[test]
    fn the_course_of_an_event_is_seen_too() {
        let text = with(
            "- at: 2024-05-01T09:00:00Z\n  status: triage\n  severity: sev3\n- at: 2024-05-01T10:00:00Z\n  severity: sev-1\n\
             - at: 2024-05-01T09:30:00Z\n  backfill: true\n  status: resolved\n",
        );
        let look = look(&text).unwrap();
        assert_eq!((look.status, look.is_backfilled, look.severities), ("resolved", false, vec!["sev3", "sev-1"]));
        assert_eq!([look.from, look.to].map(|at| at.to_string()), ["2024-05-01T09:00:00Z", "2024-05-01T10:00:00Z"]);
    }

    #[test]
    fn services_are_operational_again_only_where_each_is_said_to_be() {
        let left = |first: &str, second: &str| {
            let text = with(&format!(
                "- at: 2024-05-01T09:00:00Z\n  status: triage\n  impact: {first}\n- at: 2024-05-01T10:00:00Z\n  impact: {second}\n"
            ));
            look(&text).unwrap().leaves_all_operational()
        };
        assert!(left("{a: major_outage, b-2: partial_outage}", "{b-2: operational,  a: operational}"));
        assert!(left("{a: operational}", "{b: operational}"));
        for (first, second) in [
            ("{a: major_outage, b: partial_outage}", "{a: operational}"),
            ("{a: operational}", "{a: degraded_performance}"),
            ("{a: major_outage}", "{A: operational, a: operational}"),
            ("{a: major_outage}", "{a: \"operational\"}"),
            ("{a: major_outage}", "{a: operational} # at last"),
            ("{a: major_outage}", "\n    a: operational"),
            ("{a: operational}", "{a:operational}"),
        ] {
            assert!(!left(first, second), "{first} {second}");
        }
        let late = "- at: 2024-05-01T09:00:00Z\n  status: triage\n- at: 2024-05-01T10:00:00Z\n  impact: {a: operational}\n\
                    - at: 2024-05-01T09:30:00Z\n  impact: {a: major_outage}\n  backfill: true\n";
        assert!(look(&with(late)).unwrap().leaves_all_operational());
        assert!(!look(&with(&late.replace("true", "false"))).unwrap().leaves_all_operational());
    }

    #[test]
    fn names_at_the_top_are_read_where_they_are_plain() {
        let named =
            |front: &str| names(&format!("---\n{front}\n---\nincidents\n"), "incidents").map(|all| all.join(" "));
        assert_eq!(named("status: draft").as_deref(), Some(""));
        assert_eq!(named("status: draft\nincidents: [2024-05-01-a,  b]").as_deref(), Some("2024-05-01-a b"));
        for odd in [
            "incidents: a",
            "incidents:\n  - a",
            "incidents: [\"a\"]",
            "incidents: [a]\nincidents: [b]",
            "x: incidents",
        ] {
            assert_eq!(named(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_word_at_the_top_is_read_where_it_is_one() {
        let at_the_top = |text: &str| front(text).and_then(|front| word(front, "status")).map(str::to_owned);
        assert_eq!(at_the_top("---\nowner: x\nstatus: published\nparties: []\n---\n"), Some("published".into()));
        for odd in ["status: \"published\"", "  status: published", "status: published\n  x", "status: published # x"] {
            assert_eq!(at_the_top(&format!("---\n{odd}\n---\n")), None, "{odd}");
        }
        assert_eq!(front("---\nstatus: published\n"), None);
        assert_eq!(front("---\n---\n"), Some(""));
    }

    #[test]
    fn what_is_not_in_the_plain_style_is_left_to_the_reader() {
        for entries in [
            "  - {at: 2024-05-01T09:00:00Z, status: resolved}\n",
            "  - at: 2024-05-01T09:00:00Z\n    \"status\": resolved\n",
            "  - at: 2024-05-01T09:00:00Z\n    status : resolved\n",
            "  - at: 2024-05-01T09:00:00Z\n    status: \"resolved\"\n",
            "  - at: 2024-05-01T09:00:00Z\n    status: resolved\n      again\n",
            "  - at: 2024-05-01T09:00:00Z\n    ? status\n    : resolved\n",
            "  - at: \"2024-05-01T09:00:00Z\"\n    status: resolved\n",
            "  - at: 2024-05-01T09:00:00Z\n    status: resolved\n    backfill: yes\n",
            "  - at: 2024-05-01T09:00:00Z\n    status: resolved\n   # odd\n",
            "  - by: mara\n    status: resolved\n",
            "  status: resolved\n",
        ] {
            assert_eq!(status(&with(entries)), None, "{entries}");
        }
        assert_eq!(status("timeline:\n"), None);
    }

    /// Every record of this repository, the odd ones of the rules among them.
    #[test]
    fn it_never_differs_from_the_real_reader() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let archives = WalkDir::new(root.join("tests")).into_iter().filter_map(Result::ok);
        let archives = archives.filter(|entry| entry.file_name() == "incidents").map(walkdir::DirEntry::into_path);
        let (mut glanced, mut all) = (0, 0);
        for archive in archives.chain([root.join("incidents")]) {
            let Ok(archive) = Archive::load(&FolderTree::new(archive.parent().unwrap())) else { continue };
            let readable = |record: &&crate::record::Record| {
                record.kind != Kind::Postmortem && !matches!(record.content, Content::Unreadable)
            };
            for record in archive.all().filter(readable) {
                all += 1;
                if let Some(status) = status(&record.text) {
                    glanced += 1;
                    assert_eq!(Some(status), record.replay.status(), "{}", record.path);
                }
            }
        }
        assert!(glanced > 100 && glanced * 2 > all, "{glanced} of {all}");
    }
}
