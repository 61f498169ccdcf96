//! The page of a service: a year of days, and an uptime that anyone can check.

use serde::Serialize;

use super::home::{day_title, summary};
use super::list::{Year, years};
use super::subscribe::Addresses;
use super::{Link, Moment, Reader, Text, Word};
use crate::metrics::uptime::{Day, Segment, Window};
use crate::site::chart;
use crate::site::health::{Health, PERIODS};
use crate::site::machine::channel::Channel;

#[derive(Debug, Serialize)]
pub struct Service<'a> {
    pub name: Text<'a>,
    pub description: Option<Text<'a>>,
    pub group: Option<Text<'a>>,
    pub state: Word<'a>,
    pub retired: Option<String>,
    pub successor: Option<Link<'a>>,
    /// A sentence with the first day for which there are data; nothing where there are none.
    pub since: Option<String>,
    pub periods: Vec<Period>,
    /// The year in words.
    pub summary: String,
    pub months: Vec<Bars>,
    pub counted: Vec<Counted<'a>>,
    pub years: Vec<Year<'a>>,
    pub subscribe: Addresses,
}

#[derive(Debug, Serialize)]
pub struct Period {
    pub label: String,
    /// Nothing where there are no data.
    pub uptime: Option<String>,
    pub downtime: String,
}

/// The days of one month.
#[derive(Debug, Serialize)]
pub struct Bars {
    pub title: String,
    pub svg: String,
}

/// A piece of time that counts as downtime.
#[derive(Debug, Serialize)]
pub struct Counted<'a> {
    pub event: Link<'a>,
    pub state: Word<'a>,
    pub from: Moment,
    pub to: Moment,
    pub duration: String,
    pub weight: String,
    pub downtime: String,
}

impl<'a> Service<'a> {
    pub fn new(reader: &Reader<'a>, place: usize) -> Self {
        let service = &reader.site().services[place];
        let health = &reader.facts.health[place];
        let year = health.periods[2].window;
        Self {
            name: reader.worded(&service.name),
            description: service.description.as_ref().map(|text| reader.worded(text)),
            group: service.group.as_ref().map(|text| reader.worded(text)),
            state: reader.state(health.now),
            retired: service.retired.filter(|_| health.retired).map(|day| reader.language.dates.day(day)),
            successor: service.successor.map(|place| reader.service_link(place)),
            since: (health.watched.seconds() > 0).then(|| since(reader, health)),
            periods: periods(reader, health),
            summary: summary(reader, &health.days),
            months: months(reader, &health.days),
            counted: counted(reader, health, year),
            years: years(reader, &health.events),
            subscribe: Addresses::of(reader, Channel::Service(place)),
        }
    }
}

fn since(reader: &Reader<'_>, health: &Health) -> String {
    let dates = &reader.language.dates;
    let day = dates.day(dates.date(health.watched.from));
    reader.language.words.say("data_since", &[("day", day.into())])
}

fn periods(reader: &Reader<'_>, health: &Health) -> Vec<Period> {
    let period = |(days, period): (usize, &crate::site::health::Period)| Period {
        label: reader.count("last_days", &[("count", days)]),
        uptime: period.uptime.basis_points().map(|share| reader.language.dates.percent(share)),
        downtime: match period.uptime.down {
            0 => reader.word("no_downtime").to_owned(),
            down => reader.language.words.say("downtime", &[("duration", reader.seconds(down / 10).into())]),
        },
    };
    PERIODS.into_iter().zip(&health.periods).map(period).collect()
}

fn months(reader: &Reader<'_>, days: &[Day]) -> Vec<Bars> {
    let by_month = days.chunk_by(|a, b| (a.date.year(), a.date.month()) == (b.date.year(), b.date.month()));
    let bars = by_month.map(|days| {
        let first = days[0].date;
        let title = reader.language.dates.month(first.year(), first.month());
        let svg = chart::month(days, &format!("{title}: {}", summary(reader, days)), |day| day_title(reader, day));
        Bars { title, svg }
    });
    bars.collect()
}

/// The pieces of time that make up the downtime of the year, newest first.
fn counted<'a>(reader: &Reader<'a>, health: &Health, year: Window) -> Vec<Counted<'a>> {
    let counts = |segment: &&Segment| segment.weight > 0 && segment.window.clip(year).seconds() > 0;
    let row = |segment: &Segment| {
        let window = segment.window.clip(year);
        Counted {
            event: reader.event_link(health.sources[segment.source]),
            state: reader.state(segment.state),
            from: reader.moment(window.from),
            to: reader.moment(window.to),
            duration: reader.seconds(window.seconds()),
            weight: format!("{}%", u32::from(segment.weight) * 10),
            downtime: reader.seconds(window.seconds() * i64::from(segment.weight) / 10),
        }
    };
    health.segments.iter().rev().filter(counts).map(row).collect()
}
