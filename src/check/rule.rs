//! What a rule is: its name, what it is about, and how it looks at an archive.

use super::{Context, Findings};
use crate::diagnostic::{Level, RuleInfo};
use crate::record::Record;
use crate::record::history::History;

/// One thing that can be wrong.
#[derive(Debug)]
pub struct Rule {
    /// In kebab-case; names the fault, so that "allow NAME" reads well.
    pub name: &'static str,
    pub family: Family,
    /// Where `incident.yaml` says nothing else.
    pub level: Level,
    pub nature: Nature,
    /// What it reports, in a few words.
    pub summary: &'static str,
    /// Its page of the documentation: Markdown with the four headings of `EXPLAINED`.
    pub explain: &'static str,
    pub check: Check,
}

impl Rule {
    /// What an output tells about it.
    pub fn info(&self) -> RuleInfo {
        RuleInfo {
            name: self.name,
            level: self.level,
            summary: self.summary,
            explain: self.explain,
            tags: vec![self.family.name(), self.nature.name()],
            url: self.url(),
        }
    }

    /// The address of its page in `docs/rules.md`, once `Cargo.toml` names a repository.
    pub fn url(&self) -> Option<String> {
        page(env!("CARGO_PKG_REPOSITORY"), self.name)
    }
}

fn page(repository: &str, rule: &str) -> Option<String> {
    (!repository.is_empty()).then(|| format!("{repository}/blob/main/docs/rules.md#{rule}"))
}

/// The headings of every `explain`, in this order.
pub const EXPLAINED: [&str; 4] = ["What it finds", "Why it matters", "How to fix it", "Example"];

/// What a finding says about a record, which decides what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// The record is wrong as it stands. A command that would write it so is refused.
    Fault,
    /// What a state asks for is not there. A command that would go there without it is refused; records that were made
    /// afterwards owe nothing.
    Gate,
    /// Something is still owed: nobody commands, no channel is open, a language is missing. What is there is right, so
    /// it may be written; records that were made afterwards owe nothing.
    Debt,
    /// A deadline was missed for good. Nobody can mend it; `breaches` acknowledges it, and from then on it is information.
    Breach,
}

impl Nature {
    pub const ALL: [Self; 4] = [Self::Fault, Self::Gate, Self::Debt, Self::Breach];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Fault => "fault",
            Self::Gate => "gate",
            Self::Debt => "debt",
            Self::Breach => "breach",
        }
    }

    /// Whether a command that would bring such an error is refused.
    pub const fn refuses(self) -> bool {
        matches!(self, Self::Fault | Self::Gate)
    }

    /// What follows from a finding for whoever keeps the record.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Fault => "the record is wrong; a command that would write it so is refused",
            Self::Gate => {
                "what a state asks for is missing; a command that would go there is refused, and a record made afterwards owes nothing"
            }
            Self::Debt => "something is still owed; the record can be written, and one made afterwards owes nothing",
            Self::Breach => {
                "a deadline was missed; acknowledge it with `git incident update --acknowledge RULE`, and it is information from then on"
            }
        }
    }
}

/// Rules of one subject, as the documentation groups them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    Format,
    Identity,
    Lifecycle,
    Time,
    Timeline,
    Severity,
    People,
    Communication,
    Postmortem,
    Action,
    Security,
    Visibility,
    History,
    Catalogue,
    Maintenance,
    Drill,
}

impl Family {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Identity => "identity",
            Self::Lifecycle => "lifecycle",
            Self::Time => "time",
            Self::Timeline => "timeline",
            Self::Severity => "severity",
            Self::People => "people",
            Self::Communication => "communication",
            Self::Postmortem => "postmortem",
            Self::Action => "action",
            Self::Security => "security",
            Self::Visibility => "visibility",
            Self::History => "history",
            Self::Catalogue => "catalogue",
            Self::Maintenance => "maintenance",
            Self::Drill => "drill",
        }
    }
}

/// How a rule looks at an archive. Whatever its kind, problems that were found while reading come under the rule of
/// their name. Only those that look back are given the history: the others run while it is still being read.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Everything it reports is found while reading.
    Reading,
    /// One record at a time, on many threads.
    Record(fn(&Context<'_>, &Record, &mut Findings)),
    /// One record at a time, beside what it said before.
    RecordPast(fn(&Context<'_>, &History, &Record, &mut Findings)),
    /// The whole archive: what no record shows alone.
    Archive(fn(&Context<'_>, &mut Findings)),
    /// The whole archive, beside what it said before.
    ArchivePast(fn(&Context<'_>, &History, &mut Findings)),
    /// What shows only once everything else was found, in every file of the archive.
    Afterwards(fn(&Context<'_>, &mut Findings)),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_has_a_page_where_the_repository_is_known() {
        assert_eq!(page("", "time-order"), None);
        let url = "https://git.example/incident/blob/main/docs/rules.md#time-order";
        assert_eq!(page("https://git.example/incident", "time-order").as_deref(), Some(url));
    }
}
