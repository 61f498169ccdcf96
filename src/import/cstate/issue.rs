//! One post of a cState site: its front matter as values, its body in pieces.

use jiff::tz::TimeZone;

use crate::record::time::Time;
use crate::record::timeline::ServiceState;
use crate::text::frontmatter;
use crate::text::span::{LineIndex, Span};
use crate::text::yaml::{self, Node, Value};

use super::body::{self, Body};
use super::clock;
use super::words::SEVERITIES;
use crate::import::fidelity::{Log, Topic};

/// Keys that are read, and those that say nothing about the record.
const KNOWN: &[&str] = &[
    "affected",
    "date",
    "draft",
    "informational",
    "pin",
    "resolved",
    "resolvedWhen",
    "section",
    "severity",
    "slug",
    "title",
];

#[derive(Clone, Debug)]
pub(super) struct Issue {
    pub path: String,
    /// The last part of its old address.
    pub slug: String,
    pub title: String,
    pub written_date: String,
    pub start: Time,
    pub end: Option<Time>,
    /// Where the end is written.
    pub end_line: Option<usize>,
    pub resolved: bool,
    pub severity: Severity,
    pub affected: Vec<Affected>,
    pub informational: bool,
    pub body: Body,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Severity {
    Known(ServiceState),
    /// Absent, or a word that cState gives no meaning.
    Unknown,
}

impl Severity {
    /// Whether its author meant less than a disruption.
    pub fn is_mild(self) -> bool {
        matches!(self, Self::Unknown | Self::Known(ServiceState::DegradedPerformance))
    }

    /// What it does to the services that are affected; the mildest state where that is not known.
    pub fn state(self) -> ServiceState {
        match self {
            Self::Known(state) => state,
            Self::Unknown => ServiceState::DegradedPerformance,
        }
    }
}

/// A name under `affected`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Affected {
    pub name: String,
    pub line: usize,
}

/// What became of a file that may be a post.
#[derive(Clone, Debug)]
pub(super) enum Read {
    Issue(Box<Issue>),
    /// A page of the site that is not about an event.
    Page,
    /// Why it cannot be imported, and where.
    Skipped(Option<usize>, String),
}

/// Reads a file below `content`. `in_issues` says whether it stands where posts stand.
pub(super) fn read(path: &str, text: &str, in_issues: bool, zone: &TimeZone, log: &mut Log) -> Read {
    let index = LineIndex::new(text);
    let split = frontmatter::split(text);
    let mut problems = Vec::new();
    let front = match split.front {
        Some(front) => yaml::parse(text, front, &mut problems),
        None => {
            problems = split.problems;
            problems.retain(|problem| problem.rule != "line-endings");
            None
        }
    };
    let Some(front) = front.filter(|node| node.pairs().is_some()) else {
        if !in_issues {
            return Read::Page;
        }
        let problem = problems.first();
        let line = problem.map(|problem| index.line(problem.span.start) + 1);
        let why = problem.map_or("the front matter is not a list of keys", |problem| &problem.message);
        return Read::Skipped(line, why.to_owned());
    };
    for problem in &problems {
        log.note(Topic::Unread, index.line(problem.span.start) + 1, &problem.message);
    }
    let mut reader = Reader { path, source: text, front: &front, index: &index, zone, log };
    if reader.text("section").as_deref() != Some("issue") {
        if !in_issues {
            return Read::Page;
        }
        reader.note(Topic::Kind, None, "without `section: issue` cState showed this as an ordinary page");
    }
    let body = body::read(&text[split.body.range()], index.line(split.body.start) + 1);
    reader.issue(body)
}

struct Reader<'a> {
    path: &'a str,
    source: &'a str,
    front: &'a Node<'a>,
    index: &'a LineIndex,
    zone: &'a TimeZone,
    log: &'a mut Log,
}

impl Reader<'_> {
    fn issue(&mut self, body: Body) -> Read {
        if self.truth("draft") == Some(true) {
            return Read::Skipped(self.line("draft"), "a draft, which the site did not show".into());
        }
        let start = match self.time("date") {
            Ok(Some(start)) => start,
            Ok(None) => {
                return Read::Skipped(Some(1), "there is no `date`, so when it began is not known".into());
            }
            Err(why) => return Read::Skipped(self.line("date"), why),
        };
        let end = self.time("resolvedWhen").unwrap_or_else(|why| {
            self.note(Topic::Unread, self.span("resolvedWhen"), &why);
            None
        });
        let file_slug = file_stem(self.path).to_owned();
        let title = self.title(&file_slug);
        let issue = Issue {
            path: self.path.to_owned(),
            slug: self.text("slug").unwrap_or(file_slug),
            title,
            written_date: self.text("date").unwrap_or_default(),
            start,
            end,
            end_line: self.line("resolvedWhen"),
            resolved: self.resolved(),
            severity: self.severity(),
            affected: self.affected(),
            informational: self.truth("informational") == Some(true),
            body,
        };
        self.other_keys();
        Read::Issue(Box::new(issue))
    }

    fn title(&mut self, fallback: &str) -> String {
        match self.text("title") {
            Some(title) => title.split_whitespace().collect::<Vec<_>>().join(" "),
            None => {
                self.note(Topic::Unread, None, "there is no title; the name of the file takes its place");
                fallback.to_owned()
            }
        }
    }

    fn resolved(&mut self) -> bool {
        let Some(written) = self.text("resolved") else {
            return false;
        };
        let resolved = self.truth("resolved").unwrap_or_else(|| {
            let text = format!("`resolved: {written}` is neither true nor false; taken as not resolved");
            self.note(Topic::Unread, self.span("resolved"), &text);
            false
        });
        if resolved && written != "true" {
            let text = format!("`resolved: {written}` is a text to many readers of YAML; taken for true");
            self.note(Topic::Text, self.span("resolved"), &text);
        }
        resolved
    }

    fn severity(&mut self) -> Severity {
        let Some(written) = self.text("severity") else {
            return Severity::Unknown;
        };
        let word = written.to_lowercase().replace('_', "-");
        match SEVERITIES.iter().find(|(known, _)| *known == word) {
            Some((_, state)) => Severity::Known(*state),
            None => {
                let text = format!(
                    "`severity: {written}` is not one of cState's, which gave it no effect; taken as {}",
                    Severity::Unknown.state().name()
                );
                self.note(Topic::Impact, self.span("severity"), &text);
                Severity::Unknown
            }
        }
    }

    /// The names under `affected`: usually a list, sometimes one name, sometimes a list in a list.
    fn affected(&mut self) -> Vec<Affected> {
        let mut found = Vec::new();
        if let Some(node) = self.front.get("affected") {
            self.collect(node, &mut found);
        }
        found
    }

    fn collect(&self, node: &Node<'_>, found: &mut Vec<Affected>) {
        if let Some(items) = node.items() {
            for item in items {
                self.collect(item, found);
            }
        } else if let Some(name) = node.scalar().or_else(|| self.refused(node)).map(str::trim)
            && !node.is_null()
            && !name.is_empty()
            && !found.iter().any(|affected| affected.name == name)
        {
            found.push(Affected { name: name.to_owned(), line: self.index.line(node.span.start) + 1 });
        }
    }

    /// The text of what YAML takes for something else: `- *.example.org` is an alias to it, and a name to its author.
    fn refused(&self, node: &Node<'_>) -> Option<&str> {
        matches!(node.value, Value::Refused).then(|| self.source[node.span.range()].trim_matches('"'))
    }

    fn other_keys(&mut self) {
        let front = self.front;
        for (key, value) in front.pairs().unwrap_or_default() {
            let name = key.scalar().unwrap_or_default();
            let first = front.get(name).is_some_and(|first| first.span == value.span);
            if !first {
                self.note(
                    Topic::Unread,
                    Some(key.span),
                    &format!("`{name}` stands here a second time; the first counts"),
                );
                continue;
            }
            let pinned = name == "pin" && value.scalar() == Some("true");
            if KNOWN.contains(&name) && !pinned {
                continue;
            }
            let text = match value.scalar() {
                Some(value) => format!("`{name}: {value}`"),
                None => format!("`{name}`"),
            };
            self.note(Topic::Key, Some(key.span), &text);
        }
    }

    /// A time in UTC. `Err` says why it is none.
    fn time(&mut self, key: &str) -> Result<Option<Time>, String> {
        let Some(text) = self.text(key) else {
            return Ok(None);
        };
        let written = clock::read(&text, self.zone)
            .map_err(|refused| format!("`{key}: {text}` is not a time: {}", refused.reason))?;
        if !written.has_offset {
            self.log.note_once(Topic::Zone, self.line(key), without_offset(self.zone));
        }
        Ok(Some(Time::utc(written.time.instant())))
    }

    fn text(&self, key: &str) -> Option<String> {
        Some(self.front.get(key)?.filled()?.trim().to_owned())
    }

    /// YAML 1.1, which cState's generator reads, has more words for it than 1.2.
    fn truth(&self, key: &str) -> Option<bool> {
        match self.text(key)?.to_lowercase().as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            _ => None,
        }
    }

    fn span(&self, key: &str) -> Option<Span> {
        self.front.get(key).map(|node| node.span)
    }

    fn line(&self, key: &str) -> Option<usize> {
        self.span(key).map(|span| self.index.line(span.start) + 1)
    }

    fn note(&mut self, topic: Topic, span: Option<Span>, text: &str) {
        let line = span.map(|span| self.index.line(span.start) + 1);
        self.log.note(topic, line, text);
    }
}

/// What is said about a time that could mean any zone.
pub(super) fn without_offset(zone: &TimeZone) -> String {
    format!("read as {}", zone.iana_name().unwrap_or("UTC"))
}

/// The name of a file without its folder and its ending.
fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_front(front: &str) -> (Read, Log) {
        let mut log = Log::new("content/issues/x.md");
        let text = format!("---\n{front}section: issue\n---\nText.\n");
        let read = read("content/issues/x.md", &text, true, &TimeZone::UTC, &mut log);
        (read, log)
    }

    fn issue(front: &str) -> (Issue, Log) {
        match read_front(front) {
            (Read::Issue(issue), log) => (*issue, log),
            (other, _) => panic!("{other:?}"),
        }
    }

    fn skipped(front: &str) -> (Option<usize>, String) {
        match read_front(front).0 {
            Read::Skipped(line, why) => (line, why),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn values_as_they_really_stand() {
        let (issue, log) = issue(
            "title: A  post \ndate: 2024-05-01 10:00:00\nresolved: yes\nresolvedWhen: 2024-05-01T11:00:00+01:00\n\
             severity: Down\naffected: [API, [Web], API]\n",
        );
        assert_eq!(issue.title, "A post");
        assert_eq!(issue.start.to_string(), "2024-05-01T10:00:00Z");
        assert_eq!(issue.end.map(|t| t.to_string()).as_deref(), Some("2024-05-01T10:00:00Z"));
        assert!(issue.resolved);
        assert_eq!(issue.severity, Severity::Known(ServiceState::MajorOutage));
        let names: Vec<_> = issue.affected.iter().map(|a| a.name.as_str()).collect();
        assert_eq!(names, ["API", "Web"]);
        let said: Vec<_> = log.notes().iter().map(|n| (n.topic, n.line)).collect();
        assert_eq!(said, [(Topic::Zone, Some(3)), (Topic::Text, Some(4))]);
    }

    #[test]
    fn empty_values_are_absent() {
        let (issue, log) = issue(
            "title: x\ndate: 2024-05-01T10:00:00Z\nresolved: false\nresolvedWhen:\naffected:\nseverity: notice\n",
        );
        assert_eq!(issue.end, None);
        assert_eq!(issue.affected, []);
        assert_eq!(log.notes(), []);
    }

    #[test]
    fn odd_values_are_reported_and_the_rest_is_read() {
        let (issue, log) = issue(
            "title: x\ndate: 2024-05-01T10:00:00Z\nresolved: perhaps\nresolvedWhen: 2024-13-01T10:00:00Z\nseverity: monitoring\npin: true\nautomated: true\n",
        );
        assert_eq!(issue.end, None);
        assert_eq!(issue.severity, Severity::Unknown);
        let topics: Vec<_> = log.notes().iter().map(|n| n.topic).collect();
        assert_eq!(topics, [Topic::Unread, Topic::Unread, Topic::Impact, Topic::Key, Topic::Key]);
        assert!(log.notes()[0].text.contains("no month 13"), "{log:?}");
    }

    #[test]
    fn what_cannot_be_read_is_skipped_with_its_place() {
        assert_eq!(skipped("title: x\ndraft: true\ndate: 2024-05-01T10:00:00Z\n").0, Some(3));
        let (line, why) = skipped("title: x\ndate: 2023-07-94T10:00:00Z\n");
        assert_eq!(line, Some(3));
        assert!(why.contains("no day 94"), "{why}");
        let (line, why) = skipped("title: Outage: all of it\ndate: 2024-05-01T10:00:00Z\n");
        assert_eq!(line, Some(2));
        assert!(why.contains("unquoted"), "{why}");
    }
}
