//! Numbers in the text format of OpenMetrics 1.0.

use std::fmt::{Display, Write};

/// What kind of number a family has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It goes up and down.
    Gauge,
    /// It only goes up. The samples have the name of the family and `_total`.
    Counter,
    /// One sample for each state, 1 for those that hold.
    StateSet,
}

/// Families of numbers, each with its samples behind it.
#[derive(Debug, Default)]
pub struct Metrics {
    text: String,
    /// Of the family that is being written.
    name: String,
}

impl Metrics {
    /// Begins a family. `help` is one sentence.
    pub fn family(&mut self, name: &str, kind: Kind, help: &str) {
        let (kind, suffix) = match kind {
            Kind::Gauge => ("gauge", ""),
            Kind::Counter => ("counter", "_total"),
            Kind::StateSet => ("stateset", ""),
        };
        // Writing to a string cannot fail.
        _ = write!(self.text, "# TYPE {name} {kind}\n# HELP {name} {}\n", escaped(help));
        self.name = format!("{name}{suffix}");
    }

    /// Adds a number to the family, with labels that tell it from the others.
    pub fn sample(&mut self, labels: &[(&str, &str)], value: impl Display) {
        let label = |(name, value): &(&str, &str)| format!("{name}=\"{}\"", escaped(value));
        let labels: Vec<String> = labels.iter().map(label).collect();
        let name = &self.name;
        _ = match labels.as_slice() {
            [] => writeln!(self.text, "{name} {value}"),
            labels => writeln!(self.text, "{name}{{{}}} {value}", labels.join(",")),
        };
    }

    /// The whole text with its end, without which a reader takes it for cut off.
    pub fn finish(self) -> String {
        self.text + "# EOF\n"
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_stand_together_and_labels_are_escaped() {
        let mut metrics = Metrics::default();
        metrics.family("incidents", Kind::Counter, "Incidents so far.");
        metrics.sample(&[], 3);
        metrics.family("open", Kind::Gauge, "Open ones.");
        metrics.sample(&[("service", "a\\b\"c\nd"), ("days", "7")], "0.5");
        assert_eq!(
            metrics.finish(),
            "# TYPE incidents counter\n# HELP incidents Incidents so far.\nincidents_total 3\n# TYPE open gauge\n# HELP open Open ones.\n\
             open{service=\"a\\\\b\\\"c\\nd\",days=\"7\"} 0.5\n# EOF\n"
        );
    }
}
