//! The intervals that are measured of an incident: from which moment to which, and why one is not known.

use std::sync::Arc;

use jiff::Timestamp;

use super::Question;
use super::case::{self, Case, Fate, Reviewed};
use super::measure::Measure;
use super::moment::Moment;
use super::uptime::Window;
use crate::record::clocks;
use crate::record::provenance::{Provenance, Source};
use crate::record::time::Time;
use crate::record::timeline::{Entry, Escalation, Text};

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
    /// Nobody knows for certain when it began, or when it ended.
    pub estimated: bool,
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
    /// It rests on an estimated time, and exact ones were asked for.
    Estimated,
    /// It is not committed yet.
    Uncommitted,
    /// There is nothing to measure.
    DoesNotApply,
}

impl Why {
    /// Whether the incident should have had it: that is what the coverage counts.
    pub const fn is_a_gap(self) -> bool {
        matches!(self, Self::Missing(_) | Self::Contradictory | Self::Unreadable | Self::Estimated)
    }
}

/// One incident's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Known(Interval),
    LeftOut(Arc<str>, Why),
}

impl Outcome {
    /// Whether it rests on an estimated time, counted or left out for it.
    pub const fn is_estimated(&self) -> bool {
        matches!(self, Self::Known(Interval { estimated: true, .. }) | Self::LeftOut(_, Why::Estimated))
    }
}

/// What an incident says about a measure; several times where it has several of what is measured.
pub(super) fn outcomes(case: &Case<'_>, measure: Measure, question: &Question, as_of: Timestamp) -> Vec<Outcome> {
    let left_out = |why| vec![Outcome::LeftOut(Arc::clone(&case.record.id), why)];
    if measure.is_about_the_response() && !case.record.was_kept_live() {
        return left_out(Why::Backfilled);
    }
    match measure {
        Measure::AnswerEscalation => return answers(case, question),
        Measure::Record => return recordings(case, question, as_of),
        _ => {}
    }
    match read(case, measure) {
        Ok(_) if measure.waits_for_the_end() && case.is_live() => left_out(Why::Running),
        Err(Why::Missing(_)) if case.is_live() => left_out(Why::Running),
        Err(why) => left_out(why),
        Ok(_) if !case.record.timeline_complete() => left_out(Why::Unreadable),
        Ok(span) => vec![outcome(case, measure, question, span)],
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

    /// Every moment that it was counted from.
    fn ends(&self) -> impl Iterator<Item = Timestamp> {
        let pieces = self.pieces.iter().flat_map(|piece| [piece.from, piece.to]);
        [self.from, self.to].into_iter().chain(pieces)
    }
}

fn outcome(case: &Case<'_>, measure: Measure, question: &Question, read: Read) -> Outcome {
    let record = Arc::clone(&case.record.id);
    // A signal may come before the impact, customers may know before anybody declared it, and an entry may be written ahead.
    let may_be_ahead = matches!(measure, Measure::Detect | Measure::TellCustomers | Measure::Record);
    let ahead = read.to < read.from;
    if ahead && !may_be_ahead {
        return Outcome::LeftOut(record, Why::Contradictory);
    }
    let estimated = read.ends().any(|end| case.estimated.contains(&end));
    if estimated && question.exact {
        return Outcome::LeftOut(record, Why::Estimated);
    }
    let clock = &question.clock;
    let seconds = match read.pieces.as_slice() {
        [] => clock.seconds(Window { from: read.from, to: read.to.max(read.from) }),
        pieces => pieces.iter().map(|piece| clock.seconds(*piece)).sum(),
    };
    let pieces = if read.pieces.len() > 1 { read.pieces } else { Vec::new() };
    Outcome::Known(Interval { record, from: read.from, to: read.to, seconds, pieces, ahead, estimated })
}

fn read(case: &Case<'_>, measure: Measure) -> Result<Read, Why> {
    let moments = &case.moments;
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
        Measure::TellStakeholders => {
            let first = case.past.entries.iter().find(|entry| entry.notify.is_some()).ok_or(Why::DoesNotApply)?;
            Read::between(detected()?, first.at.instant())
        }
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
        Measure::PublishPostmortem => match case.reviewed {
            Reviewed::No => return Err(Why::DoesNotApply),
            Reviewed::NotYet => return Err(Why::Running),
            Reviewed::Published(approved) => Read::between(
                at(moments.resolved, Moment::Resolution)?,
                approved.ok_or(Why::Missing(Moment::Approval))?,
            ),
        },
        Measure::AnswerEscalation | Measure::Record => return Err(Why::DoesNotApply),
    })
}

fn at(time: Option<Time>, moment: Moment) -> Result<Timestamp, Why> {
    time.map(Time::instant).ok_or(Why::Missing(moment))
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
fn answers(case: &Case<'_>, question: &Question) -> Vec<Outcome> {
    let calls = case.past.entries.iter().filter_map(|entry| Some((entry.at.instant(), entry.escalate.as_deref()?)));
    let of_call = |(from, call): (Timestamp, &Escalation)| match call.acknowledged {
        Some(answered) => {
            outcome(case, Measure::AnswerEscalation, question, Read::between(from, answered.value.instant()))
        }
        None if case.fate == Fate::Live => Outcome::LeftOut(Arc::clone(&case.record.id), Why::Running),
        None => Outcome::LeftOut(Arc::clone(&case.record.id), Why::Missing(Moment::Answer)),
    };
    calls.map(of_call).collect()
}

/// One for each entry, as far as the history is known.
fn recordings(case: &Case<'_>, question: &Question, as_of: Timestamp) -> Vec<Outcome> {
    let left_out = |why| Outcome::LeftOut(Arc::clone(&case.record.id), why);
    let Some(provenance) = question.provenance.as_deref().filter(|provenance| provenance.is_known()) else {
        return vec![left_out(Why::DoesNotApply)];
    };
    let of_entry = |entry: &&Entry| match recorded(case, provenance, entry) {
        Ok(recorded) if recorded > as_of => left_out(Why::Uncommitted),
        Ok(recorded) => outcome(case, Measure::Record, question, Read::between(entry.at.instant(), recorded)),
        Err(why) => left_out(why),
    };
    case.past.entries.iter().map(of_entry).collect()
}

fn recorded(case: &Case<'_>, provenance: &Provenance, entry: &Entry) -> Result<Timestamp, Why> {
    match provenance.of(&case.record.path, entry) {
        _ if entry.backfill => Err(Why::Backfilled),
        Some(Source::Commit(origin)) => Ok(origin.commit.time),
        Some(Source::Before) => Err(Why::Missing(Moment::Commit)),
        None => Err(Why::Uncommitted),
    }
}
