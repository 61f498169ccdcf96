//! What a timeline amounts to. Pure: entries in, states and intervals out.

use super::time::Time;
use super::timeline::{Entry, ServiceState, Text};

/// A half-open interval; open at the end while it lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval<T> {
    pub value: T,
    pub from: Time,
    pub to: Option<Time>,
    /// The entry of the timeline (in the record's order) that began it.
    pub entry: usize,
}

/// One service in one state other than operational.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impact {
    pub service: String,
    pub state: ServiceState,
    pub from: Time,
    pub to: Option<Time>,
    /// The entry that began it.
    pub entry: usize,
}

/// Who held a role, from when until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleHeld {
    pub role: String,
    pub person: String,
    pub from: Time,
    pub to: Option<Time>,
}

/// The moments of `format.md` 3.2. A moment that neither an event nor its fallback names is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    pub impact_started: Option<Time>,
    pub detected: Option<Time>,
    pub declared: Option<Time>,
    pub acknowledged: Option<Time>,
    pub first_public: Option<Time>,
    pub identified: Option<Time>,
    pub mitigated: Option<Time>,
    pub impact_ended: Option<Time>,
    pub resolved: Option<Time>,
    pub closed: Option<Time>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replay {
    /// Indices of the entries in the order in which they happened: the record's own order, with each `backfill` entry
    /// moved to its time.
    pub order: Vec<usize>,
    /// Every status with the time it lasted; the last one is the current status.
    pub statuses: Vec<Interval<String>>,
    pub severities: Vec<Interval<String>>,
    pub roles: Vec<RoleHeld>,
    pub impacts: Vec<Impact>,
    pub moments: Moments,
}

impl Replay {
    pub fn status(&self) -> Option<&str> {
        self.statuses.last().map(|s| s.value.as_str())
    }

    pub fn severity(&self) -> Option<&str> {
        self.severities.last().map(|s| s.value.as_str())
    }
}

/// Replays a timeline.
pub fn replay(timeline: &[Entry]) -> Replay {
    let of_each = |count: fn(&Entry) -> usize| timeline.iter().map(count).sum();
    let mut replay = Replay {
        order: order(timeline),
        statuses: Vec::with_capacity(of_each(|entry| entry.status.iter().len())),
        severities: Vec::with_capacity(of_each(|entry| entry.severity.iter().len())),
        roles: Vec::with_capacity(of_each(|entry| entry.roles.len())),
        impacts: Vec::with_capacity(of_each(|entry| entry.impact.len())),
        ..Replay::default()
    };
    for index in replay.order.clone() {
        let entry = &timeline[index];
        if let Some(status) = &entry.status {
            change(&mut replay.statuses, status, entry.at.value, index);
        }
        if let Some(severity) = &entry.severity {
            change(&mut replay.severities, severity, entry.at.value, index);
        }
        for (service, state) in &entry.impact {
            replay.impact(service, state.value, entry.at.value, index);
        }
        for (role, person) in &entry.roles {
            replay.role(role, person.as_ref(), entry.at.value);
        }
    }
    replay.moments = moments(timeline, &replay);
    replay
}

fn order(timeline: &[Entry]) -> Vec<usize> {
    order_of(timeline.iter().map(|entry| (entry.at.value, entry.backfill)))
}

/// The order in which entries happened, as indices, from their times and whether they say that they were recorded late.
/// The record's order is what happened; only an entry that was recorded late moves up, past the entries that happened
/// after it.
pub fn order_of<T: PartialOrd>(entries: impl Iterator<Item = (T, bool)>) -> Vec<usize> {
    let entries: Vec<(T, bool)> = entries.collect();
    let mut order: Vec<usize> = Vec::with_capacity(entries.len());
    for (index, (at, backfill)) in entries.iter().enumerate() {
        let later = |placed: &&usize| entries[**placed].0 > *at;
        let moved = if *backfill { order.iter().rev().take_while(later).count() } else { 0 };
        order.insert(order.len() - moved, index);
    }
    order
}

/// Begins an interval, unless nothing changes.
fn change(intervals: &mut Vec<Interval<String>>, value: &Text, at: Time, entry: usize) {
    if let Some(last) = intervals.last_mut() {
        if last.value == value.value {
            return;
        }
        last.to = Some(at);
    }
    intervals.push(Interval { value: value.value.clone(), from: at, to: None, entry });
}

impl Replay {
    fn impact(&mut self, service: &str, state: ServiceState, at: Time, entry: usize) {
        let open = self.impacts.iter_mut().rev().find(|i| i.to.is_none() && i.service == service);
        if let Some(open) = open {
            if open.state == state {
                return;
            }
            open.to = Some(at);
        }
        if state != ServiceState::Operational {
            self.impacts.push(Impact { service: service.to_owned(), state, from: at, to: None, entry });
        }
    }

    fn role(&mut self, role: &str, person: Option<&Text>, at: Time) {
        // There may be many experts at once; every other role is handed over.
        let shared = role == "subject_matter_expert";
        for held in self.roles.iter_mut().filter(|r| r.to.is_none() && r.role == role) {
            if !shared || person.is_none() {
                held.to = Some(at);
            }
        }
        if let Some(person) = person {
            self.roles.push(RoleHeld { role: role.to_owned(), person: person.value.clone(), from: at, to: None });
        }
    }

    /// Whether a service is in any state but operational, as far as the record says.
    pub fn has_open_impact(&self) -> bool {
        self.impacts.iter().any(|impact| impact.to.is_none())
    }

    /// Every severity that was ever reached.
    pub fn severities_reached(&self) -> impl Iterator<Item = &str> {
        self.severities.iter().map(|s| s.value.as_str())
    }
}

fn moments(timeline: &[Entry], replay: &Replay) -> Moments {
    let entries = || replay.order.iter().map(|i| &timeline[*i]);
    let event = |name: &'static str| {
        entries().filter(move |e| e.events.iter().any(|event| event.value == name)).map(|e| e.at.value)
    };
    let status = |name: &'static str| replay.statuses.iter().filter(move |s| s.value == name).map(|s| s.from);
    let manager = entries()
        .find(|e| e.roles.iter().any(|(role, person)| role.value == "incident_manager" && person.is_some()))
        .map(|e| e.at.value);
    let all_ended = || {
        let ended = replay.impacts.iter().map(|i| i.to).collect::<Option<Vec<_>>>()?;
        ended.into_iter().max()
    };
    Moments {
        impact_started: event("impact_started").next().or_else(|| replay.impacts.iter().map(|i| i.from).min()),
        detected: event("detected").next(),
        declared: replay.statuses.first().map(|s| s.from),
        acknowledged: event("acknowledged").next().or(manager),
        first_public: entries().find(|e| e.public.is_some()).map(|e| e.at.value),
        identified: status("identified").next(),
        mitigated: event("mitigated").next_back().or_else(|| monitoring_of_last_episode(replay)),
        impact_ended: if replay.has_open_impact() {
            None
        } else {
            event("impact_ended").next_back().or_else(all_ended)
        },
        resolved: status("resolved").next_back(),
        closed: status("closed").next_back(),
    }
}

/// A reopened incident has several episodes; each ends with `resolved`.
fn monitoring_of_last_episode(replay: &Replay) -> Option<Time> {
    let mut first = None;
    let mut over = false;
    for status in &replay.statuses {
        match status.value.as_str() {
            "resolved" => over = true,
            "closed" => {}
            "monitoring" if over => (first, over) = (Some(status.from), false),
            "monitoring" => first = first.or(Some(status.from)),
            _ if over => (first, over) = (None, false),
            _ => {}
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Kind;
    use crate::record::decode::{Names, record};
    use crate::record::lifecycle::Lifecycle;

    /// Replays entries, each given as `HH:MM` and the rest of a flow mapping.
    fn replayed(entries: &[(&str, &str)]) -> Replay {
        let lines: String =
            entries.iter().map(|(at, keys)| format!("  - {{at: 2024-05-01T{at}:00Z, by: wei, {keys}}}\n")).collect();
        let names = Names::new(&Lifecycle::built_in().unwrap());
        let mut names = names;
        names.severities = vec!["sev1".into(), "sev2".into()];
        let text = format!("---\ntitle: x\ntimeline:\n{lines}---\n");
        let record = record::read("2024-05-01-x", Kind::Incident, "x", text.into(), &names);
        assert_eq!(record.problems, []);
        record.replay
    }

    fn clock(time: Option<Time>) -> Option<String> {
        time.map(|t| t.to_string()[11..16].to_owned())
    }

    #[test]
    fn intervals_follow_from_the_entries() {
        let replay = replayed(&[
            ("09:00", "status: investigating, severity: sev2, impact: {a: partial_outage, b: major_outage}"),
            ("09:10", "severity: sev1, impact: {a: major_outage}"),
            ("09:20", "status: investigating, note: still at it"),
            ("09:30", "status: resolved, impact: {a: operational, b: operational}"),
        ]);
        let statuses: Vec<_> = replay.statuses.iter().map(|s| (s.value.as_str(), clock(s.to))).collect();
        assert_eq!(statuses, [("investigating", Some("09:30".into())), ("resolved", None)]);
        let impacts: Vec<_> = replay
            .impacts
            .iter()
            .map(|i| (i.service.as_str(), i.state.name(), clock(Some(i.from)), clock(i.to)))
            .collect();
        assert_eq!(
            impacts,
            [
                ("a", "partial_outage", Some("09:00".into()), Some("09:10".into())),
                ("b", "major_outage", Some("09:00".into()), Some("09:30".into())),
                ("a", "major_outage", Some("09:10".into()), Some("09:30".into())),
            ]
        );
        assert_eq!(replay.severity(), Some("sev1"));
    }

    #[test]
    fn a_late_entry_counts_at_its_time() {
        let replay = replayed(&[
            ("09:10", "status: investigating"),
            ("09:20", "status: resolved"),
            ("09:00", "backfill: true, status: triage"),
        ]);
        let order: Vec<_> = replay.statuses.iter().map(|s| s.value.as_str()).collect();
        assert_eq!(order, ["triage", "investigating", "resolved"]);
    }

    #[test]
    fn moments_come_from_events_and_fall_back() {
        let moments = replayed(&[
            ("09:00", "impact: {a: major_outage}"),
            ("09:05", "status: investigating, roles: {incident_manager: mara}, public: We look into it"),
            ("09:20", "event: mitigated, note: rolled back"),
            ("09:30", "status: monitoring, impact: {a: operational}"),
            ("09:50", "status: resolved"),
        ])
        .moments;
        assert_eq!(clock(moments.impact_started), Some("09:00".into()));
        assert_eq!(clock(moments.detected), None);
        assert_eq!(clock(moments.declared), Some("09:05".into()));
        assert_eq!(clock(moments.acknowledged), Some("09:05".into()));
        assert_eq!(clock(moments.first_public), Some("09:05".into()));
        assert_eq!(clock(moments.mitigated), Some("09:20".into()));
        assert_eq!(clock(moments.impact_ended), Some("09:30".into()));
        assert_eq!(clock(moments.resolved), Some("09:50".into()));
    }

    #[test]
    fn a_reopened_incident_is_mitigated_in_its_last_episode() {
        let replay = replayed(&[
            ("09:00", "status: investigating, impact: {a: major_outage}"),
            ("09:10", "status: monitoring, impact: {a: operational}"),
            ("09:20", "status: resolved"),
            ("10:00", "status: investigating, reason: back, impact: {a: major_outage}"),
        ]);
        assert_eq!(replay.moments.mitigated, None);
        assert_eq!(replay.moments.impact_ended, None);
        assert_eq!(clock(replay.moments.resolved), Some("09:20".into()));
        assert!(replay.has_open_impact());
    }

    #[test]
    fn roles_are_handed_over_and_experts_add_up() {
        let replay = replayed(&[
            ("09:00", "roles: {incident_manager: mara, subject_matter_expert: ann}"),
            ("09:10", "roles: {incident_manager: jonas, subject_matter_expert: bob}"),
            ("09:20", "roles: {incident_manager: null}"),
        ]);
        let held: Vec<_> = replay.roles.iter().map(|r| (r.person.as_str(), clock(r.to))).collect();
        assert_eq!(
            held,
            [("mara", Some("09:10".into())), ("ann", None), ("jonas", Some("09:20".into())), ("bob", None)]
        );
    }
}
