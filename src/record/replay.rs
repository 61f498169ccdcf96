//! What a timeline amounts to. Pure: entries in, states and intervals out.

use super::time::Time;
use super::timeline::ServiceState;

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
    /// Indices of the entries in the order of their times.
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
