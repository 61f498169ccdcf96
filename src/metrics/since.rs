//! The records that have a part in the numbers since a moment.
//!
//! Most incidents of an archive were over long before the period that is asked about. To read those in full, only to leave
//! them out, would take most of the time; a glance tells enough.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::record::archive::{self, Archive, RECORDS, Tree, TreeError};
use crate::record::lifecycle::Lifecycle;
use crate::record::part::Part;
use crate::record::{Kind, glance};

/// As much of an archive as the numbers since a moment rest on.
#[derive(Debug)]
pub struct Since {
    pub archive: Archive,
    /// Whether incidents that were over before were left out.
    pub older: bool,
}

impl Since {
    /// Reads what counts since `from`, as of `as_of`. Postmortems, planned work and drills count whenever they were, and so
    /// does whatever is in doubt.
    ///
    /// # Errors
    ///
    /// The tree, its lifecycle or what counts cannot be read.
    pub fn load(tree: &dyn Tree, from: Timestamp, as_of: Timestamp) -> Result<Self, TreeError> {
        let judge = Judge { lifecycle: &archive::load_lifecycle(tree)?, before: from.min(as_of) };
        let folders = tree.record_folders(RECORDS)?;
        let counting = if are_mostly_since(&folders, from) { None } else { counting(tree, &judge, &folders) };
        Ok(match counting {
            Some(counting) => Self {
                archive: Archive::load(&Part::new(tree, &counting, &Default::default()))?,
                older: counting.len() < folders.len(),
            },
            None => Self { archive: Archive::load(tree)?, older: false },
        })
    }
}

/// Whether most ids are dated since a moment. Then a glance before the full reading only takes time.
fn are_mostly_since(folders: &[Arc<str>], from: Timestamp) -> bool {
    let first = from.to_string();
    let day = first.get(..10).unwrap_or_default();
    let since = folders.iter().filter(|folder| folder.rsplit('/').next().is_some_and(|id| id >= day));
    since.count() * 2 > folders.len()
}

/// What a glance at a folder tells.
enum Seen {
    /// An incident that was over before, and that nobody has looked back on.
    Over,
    /// Anything else, with the ids of other incidents that its postmortem names.
    Counts(Vec<String>),
    /// Its postmortem names others in a way that only the full reading understands.
    Unclear,
}

/// The folders that count. `None` where only the full reading can tell.
fn counting(tree: &dyn Tree, judge: &Judge<'_>, folders: &[Arc<str>]) -> Option<BTreeSet<String>> {
    let seen: Vec<Seen> = folders.par_iter().map(|folder| judge.look(tree, folder)).collect();
    let mut by_id: HashMap<&str, Vec<&str>> = HashMap::new();
    for folder in folders {
        by_id.entry(folder.rsplit('/').next()?).or_default().push(folder);
    }
    // Which of several folders an id means is for the full reading to say.
    let mut counting: BTreeSet<String> =
        by_id.values().filter(|same| same.len() > 1).flatten().map(|folder| (*folder).to_owned()).collect();
    for (folder, seen) in folders.iter().zip(&seen) {
        match seen {
            Seen::Over => {}
            Seen::Counts(covered) => {
                counting.insert(folder.to_string());
                for id in covered {
                    // An id from before it was renamed stands inside a record.
                    counting.extend(by_id.get(id.as_str())?.iter().map(|folder| (*folder).to_owned()));
                }
            }
            Seen::Unclear => return None,
        }
    }
    Some(counting)
}

struct Judge<'a> {
    lifecycle: &'a Lifecycle,
    before: Timestamp,
}

impl Judge<'_> {
    /// What cannot be read is for the full reading to report.
    fn look(&self, tree: &dyn Tree, folder: &str) -> Seen {
        let read = |kind: Kind| tree.text(folder, kind);
        let has = |kind: Kind| read(kind) != Some(None);
        match read(Kind::Postmortem) {
            Some(None) => {}
            Some(Some(text)) => {
                let named = glance::names(&text, "incidents");
                return named.map_or(Seen::Unclear, |ids| Seen::Counts(ids.into_iter().map(str::to_owned).collect()));
            }
            None => return Seen::Unclear,
        }
        match read(Kind::Incident) {
            Some(Some(text)) if self.is_over(&text) && !has(Kind::Maintenance) && !has(Kind::Drill) => Seen::Over,
            _ => Seen::Counts(Vec::new()),
        }
    }

    /// Whether an incident for certain was over before, with all that it did to services. What was merged into another
    /// may tell when that one began.
    fn is_over(&self, text: &str) -> bool {
        let Some(look) = glance::look(text) else { return false };
        self.lifecycle.incident.state(look.status).is_some_and(|state| !state.live)
            && look.status != "merged"
            && look.to.instant() < self.before
            && look.leaves_all_operational()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::metrics::period::Period;
    use crate::metrics::{Metrics, Question};
    use crate::record::archive::{CONFIG_PATH, Memory};

    const CONFIG: &str = "services: [{id: a}, {id: b, objective: 99.9%}]\npeople: [{id: mara}]\nteams: []\n";
    const AS_OF: &str = "2026-06-10T00:00:00Z";

    /// An incident of so many hours, how it ended, and what else is in its folder.
    #[derive(Clone, Debug)]
    struct Story {
        begins: i64,
        hours: i64,
        status: &'static str,
        last: &'static str,
        is_plain: bool,
        /// A postmortem, with the incident that it names by its number.
        review: Option<Option<usize>>,
        into: Option<usize>,
    }

    fn story() -> impl Strategy<Value = Story> {
        let status = prop::sample::select(vec![
            "resolved",
            "resolved",
            "resolved",
            "closed",
            "merged",
            "canceled",
            "monitoring",
        ]);
        let last = prop::sample::select(vec!["operational", "operational", "operational", "degraded_performance"]);
        let review = prop::option::weighted(0.3, prop::option::weighted(0.5, 0..8usize));
        (0i64..2_000, 0i64..300, status, last, prop::bool::weighted(0.9), review, prop::option::of(0..8usize)).prop_map(
            |(begins, hours, status, last, is_plain, review, into)| Story {
                begins,
                hours,
                status,
                last,
                is_plain,
                review,
                into,
            },
        )
    }

    fn id(n: usize) -> String {
        format!("2026-03-01-n{n}")
    }

    impl Story {
        fn incident(&self) -> String {
            let start: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
            let at = |hours| start + jiff::SignedDuration::from_hours(hours);
            let related = self.into.map(|n| format!("related: {{duplicate_of: {}}}\n", id(n))).unwrap_or_default();
            let (first, last) = (at(self.begins), at(self.begins + self.hours));
            let word = |word: &str| if self.is_plain { word.to_owned() } else { format!("\"{word}\"") };
            format!(
                "---\ntitle: x\n{related}timeline:\n  - at: {first}\n    by: mara\n    status: investigating\n    severity: sev1\n    \
                 impact: {{a: major_outage}}\n  - at: {last}\n    by: mara\n    status: {}\n    impact: {{a: {}}}\n---\n",
                word(self.status),
                self.last
            )
        }

        fn postmortem(&self) -> Option<String> {
            let names = self.review?.map(|n| format!("incidents: [{}]\n", id(n))).unwrap_or_default();
            let approved = "approvals: [{by: mara, role: engineering_manager, at: 2026-05-20T00:00:00Z}]";
            let actions = "actions: [{id: x, title: x, status: open, owner: mara, due: 2026-05-01}]";
            Some(format!("---\nstatus: published\n{names}{approved}\n{actions}\n---\n"))
        }
    }

    fn tree(stories: &[Story]) -> Memory {
        let mut files: BTreeMap<String, String> = [(CONFIG_PATH.to_owned(), CONFIG.to_owned())].into();
        for (n, story) in stories.iter().enumerate() {
            let folder = format!("incidents/2026/05/{}", id(n));
            files.insert(format!("{folder}/incident.md"), story.incident());
            files.extend(story.postmortem().map(|text| (format!("{folder}/postmortem.md"), text)));
        }
        Memory(files)
    }

    /// The answer, and of how many records.
    fn answer(since: impl Fn(&Period, Timestamp) -> Since) -> (String, usize) {
        let as_of = AS_OF.parse().unwrap();
        let period = Period::month("2026-05", &jiff::tz::TimeZone::UTC).unwrap();
        let Since { archive, older } = since(&period, as_of);
        let metrics = Metrics::of(&archive, &Question { older, ..Question::about(period) }, as_of);
        (format!("{metrics:#?}"), archive.records.len())
    }

    fn in_part(tree: &Memory) -> (String, usize) {
        answer(|period, as_of| Since::load(tree, period.window.from, as_of).unwrap())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_is_left_out_changes_no_number(stories in prop::collection::vec(story(), 0..8)) {
            let tree = tree(&stories);
            let whole = answer(|_, _| Since { archive: Archive::load(&tree).unwrap(), older: false });
            let part = in_part(&tree);
            prop_assert_eq!(part.0, whole.0);
        }
    }

    #[test]
    fn only_what_was_over_for_certain_is_left_out() {
        let over = Story {
            begins: 10,
            hours: 5,
            status: "resolved",
            last: "operational",
            is_plain: true,
            review: None,
            into: None,
        };
        let read = |story: Story| in_part(&tree(&[story])).1;
        assert_eq!(read(over.clone()), 0);
        for counts in [
            Story { begins: 61 * 24 - 5, ..over.clone() },
            Story { status: "monitoring", ..over.clone() },
            Story { status: "merged", ..over.clone() },
            Story { last: "degraded_performance", ..over.clone() },
            Story { is_plain: false, ..over.clone() },
        ] {
            assert_eq!(read(counts.clone()), 1, "{counts:?}");
        }
        let reviewed = |review| in_part(&tree(&[Story { review, ..over.clone() }, over.clone(), over.clone()])).1;
        assert_eq!(reviewed(Some(None)), 2);
        assert_eq!(reviewed(Some(Some(1))), 3);
        // Where most are dated in the period, all are read at once.
        let dated = |day: &str| {
            let folder = format!("incidents/2026/05/{day}-x/incident.md");
            let tree = Memory([(folder, over.incident()), (CONFIG_PATH.to_owned(), CONFIG.to_owned())].into());
            in_part(&tree).1
        };
        assert_eq!((dated("2026-04-30"), dated("2026-05-01")), (0, 1));
        // It may be the name that one of them had before.
        assert_eq!(reviewed(Some(Some(7))), 4);
    }
}
