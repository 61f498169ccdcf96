//! What could not be carried over as it was. Every importer reports here whatever it left out, guessed or changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Counts;
use crate::text::count::counted;

/// One difference between the source and what was made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub topic: Topic,
    /// The source file, relative to the root of the site.
    pub path: String,
    /// From 1.
    pub line: Option<usize>,
    /// What and why, as a sentence without its full stop.
    pub text: String,
}

/// What a note is about. In the order of the report: what needs a person comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    Skipped,
    Contradiction,
    Unread,
    Service,
    Kind,
    Impact,
    Order,
    MessageTime,
    Status,
    Hidden,
    Text,
    Key,
    Page,
    Address,
    Zone,
    Fraction,
}

impl Topic {
    pub const ALL: [Self; 16] = [
        Self::Skipped,
        Self::Contradiction,
        Self::Unread,
        Self::Service,
        Self::Kind,
        Self::Impact,
        Self::Order,
        Self::MessageTime,
        Self::Status,
        Self::Hidden,
        Self::Text,
        Self::Key,
        Self::Page,
        Self::Address,
        Self::Zone,
        Self::Fraction,
    ];

    pub const fn heading(self) -> &'static str {
        match self {
            Self::Skipped => "not imported",
            Self::Contradiction => "contradictions in the source",
            Self::Unread => "values that mean nothing",
            Self::Service => "names of services",
            Self::Kind => "kinds of records",
            Self::Impact => "severities",
            Self::Order => "order of messages",
            Self::MessageTime => "times of messages",
            Self::Status => "words for a status",
            Self::Hidden => "text that readers did not see",
            Self::Text => "written differently",
            Self::Key => "keys without a counterpart",
            Self::Page => "pages that are no records",
            Self::Address => "old addresses",
            Self::Zone => "times without an offset",
            Self::Fraction => "fractions of a second",
        }
    }

    /// What the reader should know or do about notes of this topic.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Skipped => "Mend the source and import again into a new folder, or write the record by hand.",
            Self::Contradiction => "Carried over as far as both can be; a person has to decide what is true.",
            Self::Unread => "Taken as absent. Look it up and add it.",
            Self::Service => {
                "Join a retired service with its successor by `replaced_by` in `incident.yaml` where there is one."
            }
            Self::Kind => "Decided by the words of title and text. Rename the file if it was decided wrongly.",
            Self::Impact => {
                "The state of the services was derived from the severity. Correct it where the text says more."
            }
            Self::Order => "The text does not say in which order it was written. Read these once.",
            Self::MessageTime => {
                "The source has no time for them. They stand at the last known time before them, with a note."
            }
            Self::Status => "The word stays in the message; the status did not change there.",
            Self::Hidden => "Kept in the internal part of the record, below the front matter.",
            Self::Text => "The meaning is the same.",
            Self::Key => "Left out.",
            Self::Page => "Left out.",
            Self::Address => "Redirect the old address where links to it matter.",
            Self::Zone => "Written in UTC.",
            Self::Fraction => "Left out, unless two times of a record would have become one.",
        }
    }
}

/// The notes on one source file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    path: String,
    notes: Vec<Note>,
}

impl Log {
    pub fn new(path: &str) -> Self {
        Self { path: path.to_owned(), notes: Vec::new() }
    }

    pub fn note(&mut self, topic: Topic, line: impl Into<Option<usize>>, text: impl Into<String>) {
        self.notes.push(Note { topic, path: self.path.clone(), line: line.into(), text: text.into() });
    }

    /// Notes something that one mention in a file says enough about.
    pub fn note_once(&mut self, topic: Topic, line: impl Into<Option<usize>>, text: impl Into<String>) {
        if !self.notes.iter().any(|note| note.topic == topic) {
            self.note(topic, line, text);
        }
    }

    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fidelity {
    notes: Vec<Note>,
    /// The record that was made of a source file.
    records: BTreeMap<String, String>,
}

impl Fidelity {
    pub fn absorb(&mut self, log: Log) {
        self.notes.extend(log.notes);
    }

    /// Remembers which record was made of a source file.
    pub fn made(&mut self, path: &str, record: &str) {
        self.records.insert(path.to_owned(), record.to_owned());
    }

    /// The record that was made of a source file.
    pub fn record_of(&self, path: &str) -> Option<&str> {
        self.records.get(path).map(String::as_str)
    }

    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    pub fn of_topic(&self, topic: Topic) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(move |note| note.topic == topic)
    }

    /// The notes of every file, in the order of their lines.
    fn by_file(&self) -> BTreeMap<&str, Vec<&Note>> {
        let mut files: BTreeMap<&str, Vec<&Note>> = BTreeMap::new();
        for note in &self.notes {
            files.entry(&note.path).or_default().push(note);
        }
        for notes in files.values_mut() {
            notes.sort_by_key(|note| (note.line, note.topic));
        }
        files
    }

    /// For a terminal: how much of what, and in full what was not imported.
    pub fn summary(&self, counts: Counts) -> String {
        let mut out = format!("{counts}\n");
        for note in self.of_topic(Topic::Skipped) {
            let _ = writeln!(out, "  {}: {}", note.place(), note.text);
        }
        let mut topics = Topic::ALL
            .into_iter()
            .filter(|topic| *topic != Topic::Skipped)
            .map(|topic| (topic, self.of_topic(topic).count()))
            .filter(|(_, count)| *count > 0)
            .peekable();
        if topics.peek().is_some() {
            out.push_str("not carried over word for word:\n");
        }
        for (topic, count) in topics {
            let _ = writeln!(out, "{count:6}  {}", topic.heading());
        }
        out
    }

    /// The whole report: first how much of what, then every note at its file and line.
    pub fn markdown(&self, counts: Counts) -> String {
        let mut out = format!(
            "# Import report\n\nImported: {counts}.\n\nEvery difference between the source and these records is listed here.\n"
        );
        if self.notes.is_empty() {
            out.push_str("There is none.\n");
            return out;
        }
        out.push_str("\n| | notes | |\n| --- | ---: | --- |\n");
        for topic in Topic::ALL {
            let count = self.of_topic(topic).count();
            if count > 0 {
                let _ = writeln!(out, "| {} | {count} | {} |", topic.heading(), topic.advice());
            }
        }
        for (path, notes) in self.by_file() {
            let _ = write!(out, "\n## {path}\n\n");
            if let Some(record) = self.record_of(path) {
                let _ = write!(out, "Became `{record}`; {}.\n\n", counted(notes.len(), "note"));
            }
            for note in notes {
                let place = note.line.map_or(String::new(), |line| format!("line {line}, "));
                let _ = writeln!(out, "- {place}{}: {}.", note.topic.heading(), note.text);
            }
        }
        out
    }
}

impl Note {
    /// `path:line`.
    pub fn place(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.path),
            None => self.path.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fidelity(notes: &[(Topic, usize, &str)]) -> Fidelity {
        let mut log = Log::new("content/issues/x.md");
        for (topic, line, text) in notes {
            log.note(*topic, *line, *text);
        }
        let mut fidelity = Fidelity::default();
        fidelity.absorb(log);
        fidelity
    }

    #[test]
    fn the_summary_counts_and_names_what_was_left_behind() {
        let fidelity = fidelity(&[
            (Topic::Zone, 3, "`date` has no offset"),
            (Topic::Zone, 5, "`resolvedWhen` has no offset"),
            (Topic::Skipped, 1, "a draft"),
        ]);
        let summary = fidelity.summary(Counts { incidents: 1, ..Counts::default() });
        assert!(summary.starts_with("1 incident\n"), "{summary}");
        assert!(summary.contains("content/issues/x.md:1: a draft"), "{summary}");
        assert!(summary.contains("2  times without an offset"), "{summary}");
    }

    #[test]
    fn the_report_lists_every_note_in_the_order_of_the_lines() {
        let mut fidelity = fidelity(&[(Topic::Key, 9, "`pin: true`"), (Topic::Zone, 3, "`date` has no offset")]);
        fidelity.made("content/issues/x.md", "incidents/2024/05/2024-05-01-x/incident.md");
        let report = fidelity.markdown(Counts::default());
        let zone = report.find("- line 3, times without an offset: `date` has no offset.");
        let key = report.find("- line 9, keys without a counterpart: `pin: true`.");
        assert!(zone.is_some() && zone < key, "{report}");
        assert!(report.contains("Became `incidents/2024/05/2024-05-01-x/incident.md`; 2 notes."), "{report}");
    }
}
