use super::*;
use ServiceState::{DegradedPerformance, MajorOutage, Operational, PartialOutage, UnderMaintenance};
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The n-th minute of a day.
fn minute(n: i64) -> Timestamp {
    at("2026-03-10T00:00:00Z") + jiff::SignedDuration::from_mins(n)
}

fn down(state: ServiceState, from: i64, to: i64) -> Stretch {
    Stretch::unplanned(state, minute(from), Some(minute(to)))
}

fn window(from: i64, to: i64) -> Window {
    Window { from: minute(from), to: minute(to) }
}

fn downtime_minutes(stretches: &[Stretch], within: Window) -> f64 {
    Uptime::of(&flatten(stretches, minute(100_000)), within).down as f64 / 600.0
}

#[test]
fn a_major_outage_counts_in_full_a_partial_one_as_three_tenths_the_rest_not_at_all() {
    for (state, expected) in [
        (MajorOutage, 60.0),
        (PartialOutage, 18.0),
        (DegradedPerformance, 0.0),
        (UnderMaintenance, 0.0),
        (Operational, 0.0),
    ] {
        assert_eq!(downtime_minutes(&[down(state, 0, 60)], window(0, 600)), expected, "{state:?}");
    }
}

#[test]
fn overlapping_outages_count_once_with_the_highest_weight() {
    let stretches = [down(PartialOutage, 0, 60), down(MajorOutage, 30, 40), down(MajorOutage, 35, 45)];
    assert_eq!(downtime_minutes(&stretches, window(0, 600)), 15.0 + 45.0 * 0.3);
}

#[test]
fn an_outage_is_clipped_to_the_window() {
    let stretches = [down(MajorOutage, 0, 100)];
    assert_eq!(downtime_minutes(&stretches, window(90, 200)), 10.0);
    assert_eq!(downtime_minutes(&stretches, window(200, 300)), 0.0);
}

#[test]
fn what_still_lasts_counts_until_now() {
    let open = Stretch::unplanned(MajorOutage, minute(0), None);
    let segments = flatten(&[open], minute(30));
    assert_eq!(Uptime::of(&segments, window(0, 60)).down, 30 * 600);
}

#[test]
fn a_stretch_that_begins_later_than_now_does_not_exist_yet() {
    assert_eq!(flatten(&[Stretch::unplanned(MajorOutage, minute(50), None)], minute(30)), []);
}

#[test]
fn a_stretch_that_ends_before_it_begins_is_nothing() {
    assert_eq!(flatten(&[down(MajorOutage, 50, 20)], minute(100)), []);
}

#[test]
fn announced_maintenance_is_not_downtime_and_an_overrun_is() {
    let inside = Stretch::announced(minute(0), Some(minute(60)));
    let beyond = Stretch::overrun(UnderMaintenance, minute(60), Some(minute(80)));
    assert_eq!(downtime_minutes(&[inside, beyond], window(0, 600)), 20.0);
    let slow = Stretch::overrun(DegradedPerformance, minute(60), Some(minute(80)));
    assert_eq!(downtime_minutes(&[inside, slow], window(0, 600)), 0.0);
}

#[test]
fn an_incident_inside_a_maintenance_wins() {
    let stretches = [Stretch::announced(minute(0), Some(minute(60))), down(DegradedPerformance, 10, 20)];
    let states: Vec<_> = flatten(&stretches, minute(100)).iter().map(|s| s.state).collect();
    assert_eq!(states, [UnderMaintenance, DegradedPerformance, UnderMaintenance]);
}

#[test]
fn segments_say_which_stretch_decided() {
    let stretches = [down(PartialOutage, 0, 60), down(MajorOutage, 30, 40)];
    let sources: Vec<_> =
        flatten(&stretches, minute(100)).iter().map(|s| (s.source, s.window.seconds() / 60)).collect();
    assert_eq!(sources, [(0, 30), (1, 10), (0, 20)]);
}

#[test]
fn a_stretch_that_another_touches_without_changing_it_stays_in_one_piece() {
    let stretches = [down(MajorOutage, 0, 60), down(PartialOutage, 30, 40)];
    assert_eq!(flatten(&stretches, minute(100)).len(), 1);
}

#[test]
fn uptime_is_rounded_down_and_is_whole_only_without_downtime() {
    let year = 365 * 86_400;
    assert_eq!(Uptime { observed: year, down: 0 }.basis_points(), Some(10_000));
    assert_eq!(Uptime { observed: year, down: 1 }.basis_points(), Some(9_999));
    assert_eq!(Uptime { observed: 1_000, down: 10_000 }.basis_points(), Some(0));
}

#[test]
fn no_data_is_not_full_uptime() {
    assert_eq!(Uptime::of(&[], window(0, 0)).basis_points(), None);
}

#[test]
fn a_day_takes_the_state_that_weighs_most() {
    let utc = TimeZone::UTC;
    let date = "2026-03-10".parse().unwrap();
    let state =
        |stretches: &[Stretch]| days(&flatten(stretches, minute(2000)), date, date, &utc, window(0, 1440))[0].state;
    assert_eq!(state(&[]), Some(Operational));
    assert_eq!(state(&[down(PartialOutage, 0, 600), down(MajorOutage, 700, 701)]), Some(PartialOutage));
    assert_eq!(state(&[down(DegradedPerformance, 0, 600), down(MajorOutage, 700, 701)]), Some(MajorOutage));
    assert_eq!(
        state(&[Stretch::announced(minute(0), Some(minute(90))), down(DegradedPerformance, 95, 96)]),
        Some(DegradedPerformance)
    );
}

#[test]
fn days_without_data_are_not_good_days() {
    let days = days(&[], "2026-03-09".parse().unwrap(), "2026-03-11".parse().unwrap(), &TimeZone::UTC, window(0, 1440));
    let states: Vec<_> = days.iter().map(|d| d.state).collect();
    assert_eq!(states, [None, Some(Operational), None]);
}

#[test]
fn an_outage_over_midnight_is_shared_between_its_days() {
    let segments = flatten(&[down(MajorOutage, 1430, 1460)], minute(5000));
    let days =
        days(&segments, "2026-03-10".parse().unwrap(), "2026-03-12".parse().unwrap(), &TimeZone::UTC, window(0, 5000));
    assert_eq!(days.iter().map(|d| d.affected / 60).collect::<Vec<_>>(), [10, 20, 0]);
}

#[test]
fn days_are_those_of_the_zone_also_where_the_clock_changes() {
    let rome = TimeZone::get("Europe/Rome").unwrap();
    let hours = |date: &str| day_bounds(date.parse().unwrap(), &rome).unwrap().seconds() / 3600;
    assert_eq!([hours("2026-03-28"), hours("2026-03-29"), hours("2026-10-25")], [24, 23, 25]);
    let night = Stretch::unplanned(MajorOutage, at("2026-03-28T22:30:00Z"), Some(at("2026-03-28T23:30:00Z")));
    let segments = flatten(&[night], at("2026-04-01T00:00:00Z"));
    let all = Window { from: at("2026-03-01T00:00:00Z"), to: at("2026-04-01T00:00:00Z") };
    let days = days(&segments, "2026-03-28".parse().unwrap(), "2026-03-29".parse().unwrap(), &rome, all);
    assert_eq!(days.iter().map(|d| d.affected / 60).collect::<Vec<_>>(), [30, 30]);
}

fn any_stretch() -> impl Strategy<Value = Stretch> {
    (0..ServiceState::ALL.len(), 0i64..2000, proptest::option::of(0i64..2000))
        .prop_map(|(state, from, to)| Stretch::unplanned(ServiceState::ALL[state], minute(from), to.map(minute)))
}

proptest! {
    #[test]
    fn uptime_is_a_share_and_more_downtime_never_raises_it(
        mut stretches in proptest::collection::vec(any_stretch(), 0..12),
        another in any_stretch(),
        (from, to) in (0i64..2000, 0i64..2000),
    ) {
        let within = window(from, to);
        let uptime = |stretches: &[Stretch]| Uptime::of(&flatten(stretches, minute(1500)), within);
        let before = uptime(&stretches);
        prop_assert!(before.down >= 0 && before.down <= before.observed * 10);
        stretches.push(another);
        prop_assert!(uptime(&stretches).down >= before.down);
    }
}
