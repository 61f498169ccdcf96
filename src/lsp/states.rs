//! The state of a record, in words.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::config::Config;
use crate::record::find::is_open;
use crate::record::replay::{Replay, replay};
use crate::record::time::{Time, zone};
use crate::record::timeline::Entry;
use crate::record::words;
use crate::text::count::counted;

/// One line for the head of a record, such as `identified · sev2 · 2 services · since 09:50`.
pub fn line(archive: &Archive, record: &Record) -> Option<String> {
    let replay = &record.replay;
    let mut parts = vec![replay.status()?.to_owned()];
    let is_open = is_open(archive, record);
    parts.extend(replay.severity().map(str::to_owned));
    let hit = replay.impacts.iter().filter(|impact| !is_open || impact.to.is_none());
    let services = hit.map(|impact| &impact.service).collect::<BTreeSet<_>>().len();
    if services > 0 {
        parts.push(counted(services, "service"));
    }
    let declared = replay.moments.declared?;
    let last = replay.statuses.last()?.from;
    parts.push(match is_open {
        true => format!("since {}", moment(&archive.config, declared, last)),
        false if last == declared => moment(&archive.config, declared, declared),
        false => format!("{} to {}", moment(&archive.config, declared, last), moment(&archive.config, last, declared)),
    });
    Some(parts.join(" · "))
}

/// A time as the site's zone counts it, with the day where it is not that of another time.
fn moment(config: &Config, time: Time, beside: Time) -> String {
    let zone = config.site.timezone.as_ref().and_then(|name| zone(&name.value));
    let [time, beside] = [time, beside].map(|time| zone.as_ref().map_or(time, |zone| time.in_zone(zone)).to_string());
    let text = time.get(..16).unwrap_or(&time).replace('T', " ");
    match text.split_once(' ') {
        Some((day, clock)) if beside.starts_with(day) => clock.to_owned(),
        _ => text,
    }
}

/// What is the case right after an entry, as Markdown.
pub fn after(archive: &Archive, record: &Record, entry: usize) -> String {
    let timeline = record.timeline();
    let count = record.replay.order.iter().position(|index| *index == entry).map_or(0, |place| place + 1);
    let so_far: Vec<Entry> =
        record.replay.order.iter().take(count).filter_map(|index| timeline.get(*index)).cloned().collect();
    described(&archive.config, &replay(&so_far))
}

fn described(config: &Config, replay: &Replay) -> String {
    let mut lines = vec!["After this entry:".to_owned(), String::new()];
    let mut fact = |label: &str, value: String| lines.push(format!("- {label}: {value}"));
    if let Some(status) = replay.status() {
        fact("status", format!("`{status}`"));
    }
    if let Some(severity) = replay.severity() {
        let name = config.severity(severity).map(|known| known.name.as_str()).filter(|name| *name != severity);
        fact("severity", name.map_or_else(|| format!("`{severity}`"), |name| format!("`{severity}` ({name})")));
    }
    for impact in replay.impacts.iter().filter(|impact| impact.to.is_none()) {
        fact(&format!("`{}`", impact.service), words::plain(impact.state.name()));
    }
    let mut roles: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for held in replay.roles.iter().filter(|held| held.to.is_none()) {
        roles.entry(&held.role).or_default().push(words::person(config, &held.person));
    }
    for (role, people) in roles {
        fact(&words::plain(role), people.join(", "));
    }
    lines.join("\n")
}
