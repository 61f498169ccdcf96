//! A record about to be written: what every importer makes, and the one place that knows how it looks as a file.

use std::fmt::Write as _;

use crate::record::Kind;
use crate::record::time::Time;
use crate::record::timeline::ServiceState;
use crate::text::quote::{block, scalar};

use super::ACTOR;

/// The type of a post that is not about an incident.
pub const NOTICE: &str = "notice";

/// Longer flow lists are written one item a line.
const WIDTH: usize = 100;

#[derive(Clone, Debug)]
pub struct Draft {
    pub id: String,
    pub title: String,
    pub shape: Shape,
    /// Old ids that still lead here.
    pub aliases: Vec<String>,
    pub entries: Vec<Entry>,
    /// Internal prose.
    pub body: String,
}

#[derive(Clone, Debug)]
pub enum Shape {
    Incident,
    /// A post to readers about something that was not an incident.
    Notice,
    Maintenance {
        start: Time,
        end: Option<Time>,
        services: States,
        emergency: bool,
    },
}

/// Services and their states, in the order of the source.
pub type States = Vec<(String, ServiceState)>;

#[derive(Clone, Debug)]
pub struct Entry {
    pub at: Time,
    pub status: Option<&'static str>,
    pub events: Vec<&'static str>,
    pub impact: States,
    pub public: Option<String>,
    pub note: Option<String>,
    pub reason: Option<String>,
}

impl Entry {
    pub const fn new(at: Time) -> Self {
        Self { at, status: None, events: Vec::new(), impact: Vec::new(), public: None, note: None, reason: None }
    }
}

impl Draft {
    /// Relative to the root of the archive; the month's shelf is that of the id.
    pub fn path(&self) -> String {
        let kind = match self.shape {
            Shape::Incident | Shape::Notice => Kind::Incident,
            Shape::Maintenance { .. } => Kind::Maintenance,
        };
        let (year, month) = (&self.id[..4], &self.id[5..7]);
        format!("incidents/{year}/{month}/{}/{}", self.id, kind.file_name())
    }

    pub fn render(&self) -> String {
        let mut out = String::from("---\n");
        let _ = writeln!(out, "title: {}", scalar(&self.title));
        if matches!(self.shape, Shape::Notice) {
            let _ = writeln!(out, "type: [{NOTICE}]");
        }
        out.push_str("visibility: public\n");
        match &self.shape {
            Shape::Incident => out.push_str("detection:\n  method: unknown\n"),
            Shape::Notice => {}
            Shape::Maintenance { start, end, services, emergency } => {
                out.push_str("window:\n");
                let _ = writeln!(out, "  start: {start}");
                if let Some(end) = end {
                    let _ = writeln!(out, "  end: {end}");
                }
                states(&mut out, "", "services", services);
                if *emergency {
                    out.push_str("emergency: true\n");
                }
            }
        }
        if !self.aliases.is_empty() {
            let _ = writeln!(out, "aliases: [{}]", self.aliases.join(", "));
        }
        out.push_str("timeline:\n");
        for entry in &self.entries {
            entry.render(&mut out);
        }
        let _ = write!(out, "---\n\n{}\n", self.body.trim_end());
        out
    }
}

impl Entry {
    fn render(&self, out: &mut String) {
        let _ = writeln!(out, "  - at: {}", self.at);
        let _ = writeln!(out, "    by: {ACTOR}");
        out.push_str("    backfill: true\n");
        if let Some(status) = self.status {
            let _ = writeln!(out, "    status: {status}");
        }
        match self.events.as_slice() {
            [] => {}
            [event] => {
                let _ = writeln!(out, "    event: {event}");
            }
            events => {
                let _ = writeln!(out, "    event: [{}]", events.join(", "));
            }
        }
        states(out, "    ", "impact", &self.impact);
        for (key, text) in [("public", &self.public), ("note", &self.note), ("reason", &self.reason)] {
            if let Some(text) = text {
                let _ = writeln!(out, "    {key}: {}", block(text, 4));
            }
        }
    }
}

/// `key: {service: state}`, on one line while it is short.
fn states(out: &mut String, indent: &str, key: &str, states: &States) {
    if states.is_empty() {
        return;
    }
    let items: Vec<String> =
        states.iter().map(|(service, state)| format!("{}: {}", scalar(service), state.name())).collect();
    let line = format!("{indent}{key}: {{{}}}", items.join(", "));
    if line.len() <= WIDTH {
        out.push_str(&line);
        out.push('\n');
        return;
    }
    let _ = writeln!(out, "{indent}{key}:");
    for item in items {
        let _ = writeln!(out, "{indent}  {item}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    #[test]
    fn looks_as_if_a_person_had_written_it() {
        let mut start = Entry::new(time("2024-05-01T09:41:00Z"));
        start.status = Some("investigating");
        start.events = vec!["impact_started"];
        start.impact = vec![("checkout".into(), ServiceState::PartialOutage)];
        start.public = Some("We are looking into it.".into());
        let mut end = Entry::new(time("2024-05-01T10:00:00Z"));
        end.public = Some("Fixed: all of it.\n\nSorry.".into());
        let draft = Draft {
            id: "2024-05-01-checkout".into(),
            title: "Checkout: errors".into(),
            shape: Shape::Incident,
            aliases: vec!["2024-05-02-checkout".into()],
            entries: vec![start, end],
            body: "Imported.".into(),
        };
        assert_eq!(draft.path(), "incidents/2024/05/2024-05-01-checkout/incident.md");
        assert_eq!(
            draft.render(),
            "\
---
title: \"Checkout: errors\"
visibility: public
detection:
  method: unknown
aliases: [2024-05-02-checkout]
timeline:
  - at: 2024-05-01T09:41:00Z
    by: bot:import
    backfill: true
    status: investigating
    event: impact_started
    impact: {checkout: partial_outage}
    public: We are looking into it.
  - at: 2024-05-01T10:00:00Z
    by: bot:import
    backfill: true
    public: |-
      Fixed: all of it.

      Sorry.
---

Imported.
"
        );
    }

    #[test]
    fn many_services_stand_one_a_line() {
        let services = (1..=9).map(|n| (format!("service-{n}"), ServiceState::UnderMaintenance)).collect();
        let mut out = String::new();
        states(&mut out, "", "services", &services);
        assert!(out.starts_with("services:\n  service-1: under_maintenance\n"), "{out}");
    }
}
