//! Laws that hold for every archive.

use std::collections::BTreeMap;

use jiff::Timestamp;
use proptest::prelude::*;

use super::group::By;
use super::measure::Measure;
use super::period::Period;
use super::{Metrics, Question};
use crate::record::archive::{Archive, CONFIG_PATH, Memory};
use crate::record::timeline::ServiceState;

const CONFIG: &str = "services: [{id: a, since: 2026-01-01}, {id: b, since: 2026-01-01, objective: 99.9%}]\npeople: [{id: mara}]\nteams: []\n";

const STATES: [ServiceState; 5] = ServiceState::ALL;

/// When an incident's services changed their states, in minutes of May 2026, which of these times are estimates, and whether
/// it is over.
#[derive(Clone, Debug)]
struct Story {
    begins: i64,
    steps: Vec<(i64, bool, usize, bool)>,
    over: bool,
}

fn minute(minutes: i64) -> Timestamp {
    "2026-05-01T00:00:00Z".parse::<Timestamp>().unwrap() + jiff::SignedDuration::from_mins(minutes)
}

impl Story {
    fn record(&self) -> String {
        let mut at = self.begins;
        let mut entries = format!("  - {{at: {}, by: mara, status: investigating, severity: sev2}}\n", minute(at));
        for (later, first, state, estimated) in &self.steps {
            at += later;
            let (service, state) = (if *first { "a" } else { "b" }, STATES[*state].name());
            let about = if *estimated { "estimated: true, " } else { "" };
            entries += &format!("  - {{at: {}, by: mara, {about}impact: {{{service}: {state}}}}}\n", minute(at));
        }
        if self.over {
            let healed = "impact: {a: operational, b: operational}";
            entries += &format!("  - {{at: {}, by: mara, status: resolved, {healed}}}\n", minute(at + 1));
        }
        format!("---\ntitle: x\ntimeline:\n{entries}---\n")
    }
}

fn story() -> impl Strategy<Value = Story> {
    let step = (0i64..3_000, any::<bool>(), 0..STATES.len(), proptest::bool::weighted(0.2));
    (0i64..40_000, proptest::collection::vec(step, 0..6), proptest::bool::weighted(0.8))
        .prop_map(|(begins, steps, over)| Story { begins, steps, over })
}

fn archive(stories: &[Story]) -> Archive {
    let records = stories.iter().enumerate();
    let mut files: BTreeMap<String, String> =
        records.map(|(n, story)| (format!("incidents/2026-05-01-n{n}/incident.md"), story.record())).collect();
    files.insert(CONFIG_PATH.to_owned(), CONFIG.to_owned());
    Archive::load(&Memory(files)).unwrap()
}

fn metrics(archive: &Archive, by: Option<By>) -> Metrics {
    let period = Period::month("2026-05", &archive.config.zone()).unwrap();
    Metrics::of(archive, &Question { by, ..Question::about(period) }, "2026-06-10T00:00:00Z".parse().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn uptime_is_a_share_and_its_pieces_are_apart(stories in proptest::collection::vec(story(), 0..8)) {
        let archive = archive(&stories);
        for service in metrics(&archive, None).services {
            let whole = service.uptime;
            prop_assert!(0 <= whole.down && whole.down <= whole.observed * 10);
            let sum: i64 = service.counted.iter().map(|piece| piece.window.seconds() * i64::from(piece.weight)).sum();
            prop_assert_eq!(sum, whole.down);
            for pair in service.counted.windows(2) {
                prop_assert!(pair[0].window.to <= pair[1].window.from);
            }
            let percent = whole.basis_points().unwrap();
            prop_assert!(percent == 10_000 || whole.down > 0);
        }
    }

    #[test]
    fn another_incident_never_raises_uptime(mut stories in proptest::collection::vec(story(), 0..6), more in story()) {
        let down = |stories: &[Story]| {
            let metrics = metrics(&archive(stories), None);
            metrics.services.iter().map(|service| service.uptime.down).collect::<Vec<_>>()
        };
        let before = down(&stories);
        // The same once more changes nothing: a service cannot be down twice.
        let twice: Vec<Story> = stories.iter().chain(&stories).cloned().collect();
        prop_assert_eq!(&down(&twice), &before);
        stories.push(more);
        prop_assert!(down(&stories).iter().zip(&before).all(|(after, before)| after >= before));
    }

    #[test]
    fn groups_share_out_the_whole(stories in proptest::collection::vec(story(), 0..8)) {
        let archive = archive(&stories);
        let all = metrics(&archive, None).numbers;
        for by in [By::Severity, By::Cause, By::Month] {
            let groups = metrics(&archive, Some(by)).groups;
            let count: usize = groups.iter().map(|group| group.numbers.incidents()).sum();
            prop_assert_eq!(count, all.incidents());
            for measure in Measure::ALL {
                let n: usize = groups.iter().filter_map(|g| g.numbers.statistic(measure)).map(super::statistic::Statistic::n).sum();
                prop_assert_eq!(n, all.statistic(measure).unwrap().n());
            }
        }
    }

    #[test]
    fn exact_numbers_are_all_others_and_what_they_leave_out_is_a_gap(stories in proptest::collection::vec(story(), 0..8)) {
        let archive = archive(&stories);
        let period = Period::month("2026-05", &archive.config.zone()).unwrap();
        let exact = Question { exact: true, ..Question::about(period) };
        let exact = Metrics::of(&archive, &exact, "2026-06-10T00:00:00Z".parse().unwrap());
        let all = metrics(&archive, None);
        for (exact, all) in exact.numbers.statistics.iter().zip(&all.numbers.statistics) {
            let certain: Vec<_> = all.intervals.iter().filter(|interval| !interval.estimated).collect();
            prop_assert_eq!(exact.intervals.iter().collect::<Vec<_>>(), certain);
            prop_assert_eq!((exact.eligible(), exact.estimated()), (all.eligible(), all.estimated()));
        }
        prop_assert_eq!(&exact.numbers.estimated, &all.numbers.estimated);
        let down = |metrics: &Metrics| metrics.services.iter().map(|service| service.uptime.down).collect::<Vec<_>>();
        prop_assert_eq!(down(&exact), down(&all), "an outage at about ten is an outage");
    }

    #[test]
    fn recovery_is_part_of_full_recovery_and_nothing_is_negative(stories in proptest::collection::vec(story(), 0..8)) {
        let all = metrics(&archive(&stories), None).numbers;
        let of = |measure| {
            let statistic = all.statistic(measure).unwrap();
            statistic.intervals.iter().map(|i| (i.record.clone(), i.seconds)).collect::<BTreeMap<_, _>>()
        };
        let (recover, full) = (of(Measure::Recover), of(Measure::FullRecovery));
        prop_assert!(recover.iter().all(|(record, seconds)| seconds <= &full[record]));
        for statistic in &all.statistics {
            prop_assert!(statistic.n() <= statistic.eligible());
            prop_assert!(statistic.intervals.iter().all(|interval| interval.seconds >= 0));
        }
    }
}
