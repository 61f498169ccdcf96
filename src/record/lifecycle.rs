//! The lifecycle as data: which states there are, which follow which, and what each asks for.
//!
//! `schemas/lifecycle.yaml` is built into the binary; a repository's file of the same name replaces it machine by machine.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::Kind;
use super::time::parse_minutes;
use crate::text::problem::Problem;
use crate::text::span::Span;
use crate::text::yaml;

/// The built-in lifecycles.
const BUILT_IN: &str = include_str!("../../schemas/lifecycle.yaml");

/// Where a repository may keep its own.
pub const PATH: &str = "schemas/lifecycle.yaml";

#[derive(Clone, Debug, Default)]
pub struct Lifecycle {
    pub incident: Machine,
    pub postmortem: Machine,
    pub maintenance: Machine,
    pub drill: Machine,
    pub action: Machine,
}

/// One lifecycle.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    initial: Vec<Initial>,
    /// By their names. They are few and often asked for.
    #[serde(deserialize_with = "named")]
    states: Vec<(String, State)>,
    transitions: Vec<Transition>,
    reopen_window: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Initial {
    to: Vec<String>,
    needs: Option<Need>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Transition {
    from: String,
    to: Vec<String>,
    needs: Option<Need>,
    major: Option<Major>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Need {
    Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Major {
    Warn,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// It still needs somebody's attention.
    #[serde(default)]
    pub live: bool,
    #[serde(default)]
    pub requires: Requirements,
    /// What a major incident must have beside that.
    #[serde(default)]
    pub major: Requirements,
}

/// What a record in a state must have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Requirements {
    /// Keys of the front matter, such as `detection.method`.
    pub fields: Vec<String>,
    /// Moments that the timeline must have.
    pub events: Vec<String>,
    pub roles: Vec<String>,
    pub channels: Vec<String>,
    /// Sections of the postmortem's text.
    pub sections: Vec<String>,
    pub public_final: Option<PublicFinal>,
    /// Who has approved a postmortem.
    pub approvals: Option<Approvals>,
    pub postmortem: Option<PostmortemGate>,
    pub todos: Option<TodoGate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicFinal {
    /// Where customers were told anything, they are told the end of it.
    WhenPublic,
}

/// Whose approval a state asks for: anybody's, or one in each of some roles.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", untagged)]
pub enum Approvals {
    Any(Anybody),
    Roles(Vec<String>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anybody {
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostmortemGate {
    PublishedOrWaived,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TodoGate {
    NoneOpen,
}

/// Whether a record may go from one state to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Free,
    /// Legal; a major incident should not skip the state between.
    FreeUnlessMajor,
    NeedsReason,
    Illegal,
}

fn named<'de, D: Deserializer<'de>>(states: D) -> Result<Vec<(String, State)>, D::Error> {
    BTreeMap::deserialize(states).map(|states| states.into_iter().collect())
}

impl Machine {
    pub fn states(&self) -> impl Iterator<Item = &str> {
        self.states.iter().map(|(name, _)| name.as_str())
    }

    pub fn state(&self, name: &str) -> Option<&State> {
        self.states.iter().find(|(known, _)| known == name).map(|(_, state)| state)
    }

    pub fn is_live(&self, state: &str) -> bool {
        self.state(state).is_some_and(|s| s.live)
    }

    /// From nothing (a new record) or a state to another. Staying in a state is free.
    pub fn step(&self, from: Option<&str>, to: &str) -> Step {
        let has = |states: &[String]| states.iter().any(|s| s == to);
        let Some(from) = from else {
            return match self.initial.iter().find(|i| has(&i.to)) {
                Some(Initial { needs: Some(Need::Reason), .. }) => Step::NeedsReason,
                Some(_) => Step::Free,
                None => Step::Illegal,
            };
        };
        if from == to {
            return Step::Free;
        }
        match self.transitions.iter().find(|t| t.from == from && has(&t.to)) {
            Some(Transition { needs: Some(Need::Reason), .. }) => Step::NeedsReason,
            Some(Transition { major: Some(Major::Warn), .. }) => Step::FreeUnlessMajor,
            Some(_) => Step::Free,
            None => Step::Illegal,
        }
    }

    /// The states that may follow, in the order of the file.
    pub fn next(&self, from: Option<&str>) -> Vec<&str> {
        let mut states: Vec<&str> = match from {
            None => self.initial.iter().flat_map(|i| &i.to).map(String::as_str).collect(),
            Some(from) => {
                self.transitions.iter().filter(|t| t.from == from).flat_map(|t| &t.to).map(String::as_str).collect()
            }
        };
        states.dedup();
        states
    }

    /// Minutes after the resolution in which a record may be reopened.
    pub fn reopen_window(&self) -> Option<u64> {
        self.reopen_window.as_deref().and_then(parse_minutes)
    }

    /// A required key of the front matter that no record can have.
    fn unknown_field(&self, kind: Kind) -> Option<&str> {
        let required =
            self.states.iter().flat_map(|(_, state)| state.requires.fields.iter().chain(&state.major.fields));
        required.map(String::as_str).find(|field| !kind.shape().has_path(field))
    }

    /// States that are named and do not exist.
    fn dangling(&self) -> Option<&str> {
        let named = self.initial.iter().flat_map(|i| &i.to);
        let named = named.chain(self.transitions.iter().flat_map(|t| t.to.iter().chain([&t.from])));
        named.map(String::as_str).find(|name| self.state(name).is_none())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    incident: Option<Machine>,
    postmortem: Option<Machine>,
    maintenance: Option<Machine>,
    drill: Option<Machine>,
    action: Option<Machine>,
}

impl Lifecycle {
    /// The built-in lifecycle.
    ///
    /// # Errors
    ///
    /// Only where the file that was built in is itself wrong, which a test excludes.
    pub fn built_in() -> Result<Self, Box<Problem>> {
        Self::default().overridden_by(BUILT_IN)
    }

    /// Replaces the machines that a file has.
    ///
    /// # Errors
    ///
    /// The file is no lifecycle. The problem says what is wrong with it, and where.
    pub fn overridden_by(mut self, text: &str) -> Result<Self, Box<Problem>> {
        // The typed reader has no limit on nesting; the tree has.
        let mut problems = Vec::new();
        yaml::parse(text, Span::new(0, text.len()), &mut problems);
        if let Some(problem) = problems.into_iter().next() {
            return Err(Box::new(problem));
        }
        let file: File =
            serde_yaml::from_str(text).map_err(|error| unusable(Span::at(offset(&error)), says(&error)))?;
        let File { incident, postmortem, maintenance, drill, action } = file;
        let machines = [
            ("incident", &mut self.incident, incident),
            ("postmortem", &mut self.postmortem, postmortem),
            ("maintenance", &mut self.maintenance, maintenance),
            ("drill", &mut self.drill, drill),
            ("action", &mut self.action, action),
        ];
        for (name, machine, new) in machines {
            let Some(new) = new else { continue };
            if let Some(state) = new.dangling() {
                let why = format!("`{name}` goes to or from `{state}`, which is not among its states");
                return Err(unusable(place(text, name, state), why));
            }
            if new.reopen_window.is_some() && new.reopen_window().is_none() {
                let why = format!("`{name}.reopen_window` takes a duration such as `7d`");
                return Err(unusable(place(text, name, "reopen_window"), why));
            }
            if let Some(field) = Kind::of_name(name).and_then(|kind| new.unknown_field(kind)) {
                let why = format!("`{name}` requires the key `{field}`, which the format does not have");
                return Err(unusable(place(text, name, field), why));
            }
            *machine = new;
        }
        Ok(self)
    }

    /// The lifecycle that a kind of record runs through by its timeline.
    pub fn machine(&self, kind: Kind) -> Option<&Machine> {
        match kind {
            Kind::Incident => Some(&self.incident),
            Kind::Maintenance => Some(&self.maintenance),
            Kind::Drill => Some(&self.drill),
            Kind::Postmortem => None,
        }
    }

    /// The same for the file at a path, if it is such a record.
    pub fn machine_of(&self, path: &str) -> Option<&Machine> {
        self.machine(Kind::of_file(path.rsplit('/').next()?)?)
    }
}

fn unusable(span: Span, why: String) -> Box<Problem> {
    Box::new(Problem::new("invalid-yaml", span, why))
}

/// What the typed reader says, without the place, which the problem has.
fn says(error: &serde_yaml::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or_else(|| text.clone(), |(says, _)| says.to_owned())
}

fn offset(error: &serde_yaml::Error) -> usize {
    error.location().map_or(0, |location| location.index())
}

/// Where a machine has a word; its name, should the word be written in another way.
fn place(text: &str, machine: &str, word: &str) -> Span {
    let start = text.find(&format!("{machine}:")).unwrap_or(0);
    let after = text.get(start..).unwrap_or_default();
    let goes_on = |(at, _): &(usize, &str)| {
        after.get(at + word.len()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
    };
    match after.match_indices(word).find(|found| !goes_on(found)) {
        Some((at, _)) => Span::new(start + at, start + at + word.len()),
        None => Span::new(start, start + machine.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of the format, one row a state: what each may go to. `!` marks a step that needs a reason.
    const TABLE: &[(Option<&str>, &[&str])] = &[
        (None, &["triage", "investigating", "identified", "!monitoring", "!resolved"]),
        (Some("triage"), &["investigating", "identified", "!canceled", "!merged"]),
        (Some("investigating"), &["identified", "monitoring", "resolved", "!canceled", "!merged"]),
        (Some("identified"), &["!investigating", "monitoring", "resolved", "!merged"]),
        (Some("monitoring"), &["!investigating", "!identified", "resolved", "!merged"]),
        (Some("resolved"), &["!investigating", "!identified", "!monitoring", "closed"]),
        (Some("closed"), &["!investigating"]),
        (Some("canceled"), &["!investigating"]),
        (Some("merged"), &["!investigating"]),
    ];

    #[test]
    fn the_built_in_lifecycle_is_the_table() {
        let machine = Lifecycle::built_in().unwrap().incident;
        for (from, allowed) in TABLE {
            for to in machine.states() {
                let expected = if *from == Some(to) || allowed.contains(&to) {
                    "free"
                } else if allowed.contains(&format!("!{to}").as_str()) {
                    "reason"
                } else {
                    "illegal"
                };
                let found = match machine.step(*from, to) {
                    Step::Free | Step::FreeUnlessMajor => "free",
                    Step::NeedsReason => "reason",
                    Step::Illegal => "illegal",
                };
                assert_eq!(found, expected, "{from:?} to {to}");
            }
        }
    }

    #[test]
    fn a_file_replaces_one_machine_and_leaves_the_others() {
        let text = "drill: {initial: [{to: [held]}], states: {held: {}}, transitions: []}";
        let lifecycle = Lifecycle::built_in().unwrap().overridden_by(text).unwrap();
        assert_eq!(lifecycle.drill.states().collect::<Vec<_>>(), ["held"]);
        assert_eq!(lifecycle.incident.next(Some("triage")), ["investigating", "identified", "canceled", "merged"]);
    }

    #[test]
    fn a_file_that_makes_no_sense_is_refused() {
        for (text, at) in [
            ("drill: {initial: [{to: [gone]}], states: {held: {}}, transitions: []}", "gone"),
            ("drill: {initial: [], states: {}, transitions: [], colour: red}", "colour"),
            ("incident: {initial: [], states: {}, transitions: [], reopen_window: soon}", "reopen_window"),
            ("incidents: {}", "incidents"),
            ("drill: {initial: [], states: {held: {requires: {fields: [scenaro]}}}, transitions: []}", "scenaro"),
            ("drill: [a\n", "[a"),
        ] {
            let problem = Lifecycle::built_in().unwrap().overridden_by(text).unwrap_err();
            assert!(text[problem.span.start..].starts_with(at), "{text}\n{problem:?}");
        }
    }
}
