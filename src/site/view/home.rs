//! The home page: how things are now, and how they have been lately.

use fluent_bundle::FluentValue;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::{EventLine, Link, Moment, Range, Reader, Text, Word};
use crate::record::timeline::ServiceState;
use crate::site::chart;
use crate::site::health::Health;
use crate::site::projection::{EventKind, PublicEvent, Status, Worded};

/// Days of bars.
const DAYS: usize = 90;
/// Days of history.
const RECENT: i64 = 14;

#[derive(Debug, Serialize)]
pub struct Home<'a> {
    pub overall: Overall,
    pub incidents: Vec<Open<'a>>,
    pub running: Vec<Open<'a>>,
    pub coming: Vec<Open<'a>>,
    pub groups: Vec<Group<'a>>,
    pub recent: Vec<Day<'a>>,
}

/// The state of all services in one sentence.
#[derive(Debug, Serialize)]
pub struct Overall {
    pub name: &'static str,
    pub sentence: String,
    pub detail: Option<String>,
}

/// What readers came for: something that is going on or announced.
#[derive(Debug, Serialize)]
pub struct Open<'a> {
    #[serde(flatten)]
    pub line: EventLine<'a>,
    pub next_update: Option<Moment>,
    /// The promise has been broken as of now.
    pub overdue: bool,
    pub window: Option<Range>,
    /// What the clock says and the record does not (yet).
    pub remark: Option<&'a str>,
    pub affected: Vec<AffectedService<'a>>,
    /// Where its file for calendars is.
    pub calendar: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct AffectedService<'a> {
    pub link: Link<'a>,
    pub state: Word<'a>,
    /// The state is not that of now but what will come of an announced maintenance.
    pub expected: bool,
}

#[derive(Debug, Serialize)]
pub struct Group<'a> {
    pub name: Option<Text<'a>>,
    pub services: Vec<Row<'a>>,
}

#[derive(Debug, Serialize)]
pub struct Row<'a> {
    pub link: Link<'a>,
    pub description: Option<Text<'a>>,
    pub state: Word<'a>,
    pub uptime: Option<String>,
    pub bars: String,
}

/// A day of recent history, or several quiet ones in a row.
#[derive(Debug, Serialize)]
pub struct Day<'a> {
    pub iso: String,
    pub label: String,
    pub events: Vec<EventLine<'a>>,
}

impl<'a> Home<'a> {
    pub fn new(reader: &Reader<'a>) -> Self {
        let site = reader.site();
        let wanted = |test: fn(&PublicEvent) -> bool| {
            let places = site.events.iter().enumerate().filter(move |(_, event)| test(event));
            places.map(|(place, event)| open(reader, place, event)).collect::<Vec<_>>()
        };
        let mut coming = wanted(PublicEvent::is_coming);
        coming.reverse();
        Self {
            overall: overall(reader),
            incidents: wanted(|e| e.kind == EventKind::Incident && e.status.is_open()),
            running: wanted(|e| e.kind == EventKind::Maintenance && e.status.is_open()),
            coming,
            groups: groups(reader),
            recent: recent(reader),
        }
    }
}

fn overall(reader: &Reader<'_>) -> Overall {
    let all = reader.facts.overall;
    let key = match all.worst {
        _ if all.is_unclear() && all.only_monitoring => "overall_monitoring",
        _ if all.is_unclear() => "overall_investigating",
        ServiceState::MajorOutage if all.in_worst == all.total => "overall_all_down",
        ServiceState::MajorOutage => "overall_major_outage",
        ServiceState::PartialOutage => "overall_partial_outage",
        ServiceState::DegradedPerformance => "overall_degraded_performance",
        ServiceState::UnderMaintenance => "overall_under_maintenance",
        ServiceState::Operational if all.running_maintenance > 0 => "overall_maintenance_running",
        ServiceState::Operational if all.total == 0 => "overall_no_data",
        ServiceState::Operational => "overall_operational",
    };
    let example = all.example.map_or("", |place| reader.site().services[place].name_in(&reader.language.tag));
    let sentence = reader
        .language
        .words
        .say(key, &[("count", FluentValue::from(all.in_worst)), ("service", FluentValue::from(example))]);
    let more = all.affected > all.in_worst || all.affected > 1;
    Overall {
        name: all.state().map_or("no_data", ServiceState::name),
        sentence,
        detail: more.then(|| reader.count("overall_affected", &[("count", all.affected), ("total", all.total)])),
    }
}

/// An event that is going on or announced.
pub fn open<'a>(reader: &Reader<'a>, place: usize, event: &'a PublicEvent) -> Open<'a> {
    let now = reader.site().as_of;
    Open {
        line: reader.event_line(place),
        next_update: event.next_update.map(|at| reader.moment(at)),
        overdue: event.next_update.is_some_and(|at| at < now),
        window: event.window.map(|window| reader.range(window)),
        remark: remark(reader, event),
        affected: affected(reader, event),
        calendar: reader.calendar_href(place),
    }
}

/// Where the clock and the record of a maintenance differ, readers are told so instead of being told a guess.
pub fn remark<'a>(reader: &Reader<'a>, event: &PublicEvent) -> Option<&'a str> {
    let window = event.window?;
    let now = reader.site().as_of;
    match event.status {
        Status::Scheduled if window.to <= now => Some(reader.word("window_over_no_word")),
        Status::Scheduled if window.from <= now => Some(reader.word("window_open_no_word")),
        Status::InProgress | Status::Verifying if window.to <= now => Some(reader.word("window_overrun")),
        _ => None,
    }
}

/// The services of an event with their states: as of now, or as announced while it has not begun.
pub fn affected<'a>(reader: &Reader<'a>, event: &PublicEvent) -> Vec<AffectedService<'a>> {
    let row = |affected: &crate::site::projection::Affected| AffectedService {
        link: reader.service_link(affected.service),
        state: match event.is_coming() {
            true => reader.expected(affected.expected.unwrap_or(affected.state)),
            false => reader.state(affected.state),
        },
        expected: event.is_coming(),
    };
    event.affected.iter().map(row).collect()
}

fn groups<'a>(reader: &Reader<'a>) -> Vec<Group<'a>> {
    let mut groups: Vec<(&Option<Worded>, Group<'a>)> = Vec::new();
    for (place, service) in reader.site().services.iter().enumerate() {
        let health = &reader.facts.health[place];
        if health.retired {
            continue;
        }
        let row = Row {
            link: reader.service_link(place),
            description: service.description.as_ref().map(|text| reader.worded(text)),
            state: reader.state(health.now),
            uptime: health.periods[1].uptime.basis_points().map(|share| reader.language.dates.percent(share)),
            bars: bars(reader, health),
        };
        match groups.iter_mut().find(|(group, _)| **group == service.group) {
            Some((_, group)) => group.services.push(row),
            None => {
                let name = service.group.as_ref().map(|name| reader.worded(name));
                groups.push((&service.group, Group { name, services: vec![row] }));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn bars(reader: &Reader<'_>, health: &Health) -> String {
    let days = health.last_days(DAYS);
    chart::bars(days, &summary(reader, days), |day| day_title(reader, day))
}

/// The bars in words, for those who do not see them.
pub fn summary(reader: &Reader<'_>, days: &[crate::metrics::uptime::Day]) -> String {
    let number = |test: fn(ServiceState) -> bool| days.iter().filter(|day| day.state.is_some_and(test)).count();
    reader.count(
        "bars_summary",
        &[
            ("days", days.len()),
            ("problems", number(|s| s > ServiceState::UnderMaintenance)),
            ("maintenance", number(|s| s == ServiceState::UnderMaintenance)),
            ("unknown", days.iter().filter(|day| day.state.is_none()).count()),
        ],
    )
}

pub fn day_title(reader: &Reader<'_>, day: &crate::metrics::uptime::Day) -> String {
    let state = day.state.map_or("no_data", ServiceState::name);
    format!("{} · {} · {}", reader.language.dates.day(day.date), reader.word(state), reader.seconds(day.affected))
}

/// The last days with their events; days in a row without any are one.
fn recent<'a>(reader: &Reader<'a>) -> Vec<Day<'a>> {
    let site = reader.site();
    let dates = &reader.language.dates;
    let mut recent = Vec::new();
    let mut quiet: Vec<Date> = Vec::new();
    let mut events = site.events.iter().enumerate().filter(|(_, event)| event.began <= site.as_of).peekable();
    let mut date = dates.date(site.as_of);
    for _ in 0..RECENT {
        let mut lines = Vec::new();
        while let Some((place, _)) = events.next_if(|(_, event)| dates.date(event.began) >= date) {
            lines.push(reader.event_line(place).without_news_if_open());
        }
        if lines.is_empty() {
            quiet.push(date);
        } else {
            recent.extend(quiet_days(reader, &mut quiet));
            recent.push(Day { iso: date.to_string(), label: dates.day(date), events: lines });
        }
        let Ok(yesterday) = date.checked_sub(1.day()) else { break };
        date = yesterday;
    }
    recent.extend(quiet_days(reader, &mut quiet));
    recent
}

fn quiet_days<'a>(reader: &Reader<'a>, days: &mut Vec<Date>) -> Option<Day<'a>> {
    let dates = &reader.language.dates;
    let (newest, oldest) = (*days.first()?, *days.last()?);
    let alone = days.len() == 1;
    days.clear();
    Some(Day {
        iso: newest.to_string(),
        label: if alone { dates.day(newest) } else { dates.span(&dates.short_day(oldest), &dates.short_day(newest)) },
        events: Vec::new(),
    })
}
