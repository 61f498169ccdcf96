//! The intervals that are measured of an incident: from which moment to which, and why one is not known.

use std::sync::Arc;

use jiff::Timestamp;

use super::case::{self, Case, Fate};
use super::clock::Clock;
use super::moment::Moment;
use super::uptime::Window;
use crate::record::clocks;
use crate::record::time::Time;
use crate::record::timeline::{Escalation, Text};

/// What is measured. The names are those of `--json` and do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    Detect,
    Acknowledge,
    Declare,
    TellCustomers,
    Identify,
    Contain,
    Mitigate,
    Recover,
    FullRecovery,
    Resolve,
    Respond,
    FixDeployment,
    AnswerEscalation,
    Silence,
}

impl Measure {
    pub const ALL: [Self; 14] = [
        Self::Detect,
        Self::Acknowledge,
        Self::Declare,
        Self::TellCustomers,
        Self::Identify,
        Self::Contain,
        Self::Mitigate,
        Self::Recover,
        Self::FullRecovery,
        Self::Resolve,
        Self::Respond,
        Self::FixDeployment,
        Self::AnswerEscalation,
        Self::Silence,
    ];

    /// Those that are always shown, also where nothing is known of them.
    pub const HEADLINES: [Self; 6] =
        [Self::Detect, Self::Acknowledge, Self::TellCustomers, Self::Mitigate, Self::Recover, Self::Resolve];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Detect => "detect",
            Self::Acknowledge => "acknowledge",
            Self::Declare => "declare",
            Self::TellCustomers => "tell_customers",
            Self::Identify => "identify",
            Self::Contain => "contain",
            Self::Mitigate => "mitigate",
            Self::Recover => "recover",
            Self::FullRecovery => "full_recovery",
            Self::Resolve => "resolve",
            Self::Respond => "respond",
            Self::FixDeployment => "fix_deployment",
            Self::AnswerEscalation => "answer_escalation",
            Self::Silence => "silence",
        }
    }

    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.name() == name)
    }

    /// In a few words, for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Detect => "detect",
            Self::Acknowledge => "acknowledge",
            Self::Declare => "declare",
            Self::TellCustomers => "tell customers",
            Self::Identify => "identify the cause",
            Self::Contain => "contain",
            Self::Mitigate => "mitigate",
            Self::Recover => "recover",
            Self::FullRecovery => "full recovery",
            Self::Resolve => "resolve",
            Self::Respond => "time in response",
            Self::FixDeployment => "undo a deployment",
            Self::AnswerEscalation => "answer an escalation",
            Self::Silence => "longest silence",
        }
    }

    /// From what to what it is counted.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Detect => "from the start of impact to its detection",
            Self::Acknowledge => "from detection until somebody took it on",
            Self::Declare => "from detection to declaration",
            Self::TellCustomers => "from declaration, or the first severity if later, to the first public message",
            Self::Identify => "from detection to status identified, where that came before the mitigation",
            Self::Contain => "from detection to containment, of security incidents",
            Self::Mitigate => "from the start of impact to mitigation",
            Self::Recover => "time with impact: overlapping impact once, quiet time between reopenings not at all",
            Self::FullRecovery => "from the first start of impact to its last end",
            Self::Resolve => "from the start of impact to the last resolution",
            Self::Respond => "time in which it was live, each episode of a reopened one",
            Self::FixDeployment => "from the deployment that caused it to the end of impact",
            Self::AnswerEscalation => "from an escalation to its answer",
            Self::Silence => "the longest time between public messages while it was live",
        }
    }

    /// Whether it says something about how people responded, which a record made afterwards cannot.
    const fn is_about_the_response(self) -> bool {
        match self {
            Self::Acknowledge
            | Self::Declare
            | Self::TellCustomers
            | Self::Identify
            | Self::Contain
            | Self::Respond
            | Self::AnswerEscalation
            | Self::Silence => true,
            Self::Detect
            | Self::Mitigate
            | Self::Recover
            | Self::FullRecovery
            | Self::Resolve
            | Self::FixDeployment => false,
        }
    }

    /// Whether it is only settled when the incident is over: until then it may be reopened, or hurt again.
    const fn waits_for_the_end(self) -> bool {
        matches!(
            self,
            Self::Mitigate
                | Self::Recover
                | Self::FullRecovery
                | Self::Resolve
                | Self::Respond
                | Self::FixDeployment
                | Self::Silence
        )
    }
}

/// An interval of one incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    pub record: Arc<str>,
    pub from: Timestamp,
    pub to: Timestamp,
    /// Of the clock that was asked for. For a sum of pieces this is less than from `from` to `to`.
    pub seconds: i64,
    /// The pieces that were counted, where they are several.
    pub pieces: Vec<Window>,
    /// It ended before it began, as when an incident is foreseen: counted as no time.
    pub ahead: bool,
}

/// Why an incident says nothing about a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A moment that the record does not have.
    Missing(Moment),
    /// The moments contradict each other.
    Contradictory,
    /// An entry of the timeline could not be read.
    Unreadable,
    /// It is not over yet.
    Running,
    /// The record was made afterwards.
    Backfilled,
    /// There is nothing to measure.
    DoesNotApply,
}

impl Why {
    /// Whether the incident should have had it: that is what the coverage counts.
    pub const fn is_a_gap(self) -> bool {
        matches!(self, Self::Missing(_) | Self::Contradictory | Self::Unreadable)
    }

    pub fn words(self) -> String {
        match self {
            Self::Missing(moment) => format!("{moment} is not recorded"),
            Self::Contradictory => "it ends before it begins".into(),
            Self::Unreadable => "its timeline cannot be read completely".into(),
            Self::Running => "it is not over yet".into(),
            Self::Backfilled => "it was recorded afterwards".into(),
            Self::DoesNotApply => "it does not apply".into(),
        }
    }
}

/// One incident's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Known(Interval),
    LeftOut(Arc<str>, Why),
}

/// What an incident says about a measure; several times where it has several of what is measured.
pub fn outcomes(case: &Case<'_>, measure: Measure, clock: &Clock) -> Vec<Outcome> {
    let left_out = |why| vec![Outcome::LeftOut(Arc::clone(&case.record.id), why)];
    if measure.is_about_the_response() && !case.record.was_kept_live() {
        return left_out(Why::Backfilled);
    }
    if measure == Measure::AnswerEscalation {
        return answers(case, clock);
    }
    match read(case, measure) {
        Ok(_) if measure.waits_for_the_end() && case.is_live() => left_out(Why::Running),
        Err(Why::Missing(_)) if case.is_live() => left_out(Why::Running),
        Err(why) => left_out(why),
        Ok(_) if !case.record.timeline_complete() => left_out(Why::Unreadable),
        Ok(span) => vec![outcome(case, measure, clock, span)],
    }
}

/// From when to when, and of what of it the time counts.
struct Read {
    from: Timestamp,
    to: Timestamp,
    pieces: Vec<Window>,
}

impl Read {
    const fn between(from: Timestamp, to: Timestamp) -> Self {
        Self { from, to, pieces: Vec::new() }
    }

    fn sum(pieces: Vec<Window>) -> Option<Self> {
        let (from, to) = (pieces.first()?.from, pieces.last()?.to);
        Some(Self { from, to, pieces })
    }
}

fn outcome(case: &Case<'_>, measure: Measure, clock: &Clock, read: Read) -> Outcome {
    let record = Arc::clone(&case.record.id);
    // A signal may come before the impact, and customers may know before anybody declared it.
    let may_be_ahead = matches!(measure, Measure::Detect | Measure::TellCustomers);
    let ahead = read.to < read.from;
    if ahead && !may_be_ahead {
        return Outcome::LeftOut(record, Why::Contradictory);
    }
    let seconds = match read.pieces.as_slice() {
        [] => clock.seconds(Window { from: read.from, to: read.to.max(read.from) }),
        pieces => pieces.iter().map(|piece| clock.seconds(*piece)).sum(),
    };
    let pieces = if read.pieces.len() > 1 { read.pieces } else { Vec::new() };
    Outcome::Known(Interval { record, from: read.from, to: read.to, seconds, pieces, ahead })
}

fn read(case: &Case<'_>, measure: Measure) -> Result<Read, Why> {
    let moments = &case.moments;
    let at = |moment: Option<Time>, name| moment.map(Time::instant).ok_or(Why::Missing(name));
    let impact_started = || match moments.impact_started {
        None if case.is_near_miss() => Err(Why::DoesNotApply),
        moment => at(moment, Moment::ImpactStart),
    };
    let detected = || at(moments.detected, Moment::Detection);
    let impact = || {
        impact_started()?;
        case::ended(&case.impact).and_then(Read::sum).ok_or(Why::Missing(Moment::ImpactEnd))
    };
    Ok(match measure {
        Measure::Detect => Read::between(impact_started()?, detected()?),
        Measure::Acknowledge => Read::between(detected()?, at(moments.acknowledged, Moment::Acknowledgement)?),
        Measure::Declare => Read::between(detected()?, at(moments.declared, Moment::Declaration)?),
        Measure::TellCustomers => told(case)?,
        Measure::Identify => {
            let before = |identified: &Time| moments.mitigated.is_none_or(|mitigated| *identified <= mitigated);
            let identified = moments.identified.filter(before);
            Read::between(detected()?, identified.map(Time::instant).ok_or(Why::DoesNotApply)?)
        }
        Measure::Contain => {
            if !case.incident.is_security() {
                return Err(Why::DoesNotApply);
            }
            Read::between(detected()?, at(event(case, "contained"), Moment::Containment)?)
        }
        Measure::Mitigate => Read::between(impact_started()?, at(moments.mitigated, Moment::Mitigation)?),
        Measure::Recover => impact()?,
        Measure::FullRecovery => {
            let whole = impact()?;
            Read::between(whole.from, whole.to)
        }
        Measure::Resolve => Read::between(impact_started()?, at(moments.resolved, Moment::Resolution)?),
        Measure::Respond => {
            let episodes =
                case.episodes.iter().filter_map(|e| Some(Window { from: e.from.instant(), to: e.to?.instant() }));
            Read::sum(episodes.collect()).ok_or(Why::DoesNotApply)?
        }
        Measure::FixDeployment => {
            let cause = &case.incident.cause;
            let category = cause.category.as_ref().map(|category| category.value.as_str());
            match (cause.deployed, category) {
                (Some(deployed), Some("change" | "bug")) => Read::between(deployed.instant(), impact()?.to),
                (None, Some("change")) => return Err(Why::Missing(Moment::Deployment)),
                _ => return Err(Why::DoesNotApply),
            }
        }
        Measure::Silence => silence(case)?,
        Measure::AnswerEscalation => return Err(Why::DoesNotApply),
    })
}

fn told(case: &Case<'_>) -> Result<Read, Why> {
    let first = case.moments.first_public.map(Time::instant);
    let said = first.ok_or(if case.is_public() { Why::Missing(Moment::PublicMessage) } else { Why::DoesNotApply })?;
    let declared = case.moments.declared.map(Time::instant).ok_or(Why::Missing(Moment::Declaration))?;
    let severity = case.past.replay.severities.first().map(|severity| severity.from.instant());
    Ok(Read::between(severity.map_or(declared, |reached| reached.max(declared)), said))
}

fn silence(case: &Case<'_>) -> Result<Read, Why> {
    let silences = clocks::silences(&case.episodes, &case.past.entries);
    let ended = silences.iter().filter_map(|silence| Some((silence.lasted.from, silence.lasted.to?)));
    let longest = ended.max_by_key(|(from, to)| to.since(*from)).filter(|_| case.is_public());
    longest.map(|(from, to)| Read::between(from.instant(), to.instant())).ok_or(Why::DoesNotApply)
}

fn event(case: &Case<'_>, name: &str) -> Option<Time> {
    let named = |event: &Text| event.value == name;
    case.past.entries.iter().find(|entry| entry.events.iter().any(named)).map(|entry| entry.at.value)
}

/// One for each escalation.
fn answers(case: &Case<'_>, clock: &Clock) -> Vec<Outcome> {
    let calls = case.past.entries.iter().filter_map(|entry| Some((entry.at.instant(), entry.escalate.as_deref()?)));
    let of_call = |(from, call): (Timestamp, &Escalation)| match call.acknowledged {
        Some(answered) => {
            outcome(case, Measure::AnswerEscalation, clock, Read::between(from, answered.value.instant()))
        }
        None if case.fate == Fate::Live => Outcome::LeftOut(Arc::clone(&case.record.id), Why::Running),
        None => Outcome::LeftOut(Arc::clone(&case.record.id), Why::Missing(Moment::Answer)),
    };
    calls.map(of_call).collect()
}
