//! The flags that make an entry of a timeline.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::flags::{self, CLOCK_SKEW, pair};
use super::words;
use crate::error::Error;
use crate::record::archive::Archive;
use crate::record::config::Config;
use crate::record::time::Time;
use crate::record::timeline::{Entry, ServiceState};
use crate::record::write::{NewEntry, NewEscalation, NewEvidence, NewLink, NewMessage, NewNotification};
use crate::text::suggest::either;

#[derive(Clone, Debug, Default, clap::Args)]
pub struct EntryFlags {
    /// What happened, for the responders. Markdown.
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true, value_parser = flags::words)]
    pub message: Option<String>,

    /// A message to customers; without a text, the one of `--message`, which then is the message and no note.
    #[arg(long, value_name = "TEXT", num_args = 0..=1, default_missing_value = "", value_parser = flags::words)]
    pub public: Option<String>,

    /// The language of `--public`, where the site has several; with a text, as in `--lang ko=TEXT`, the message in one
    /// more language.
    #[arg(long, value_name = "TAG[=TEXT]")]
    pub lang: Vec<String>,

    /// The state that the record moves to.
    #[arg(long, value_name = "STATE")]
    pub status: Option<String>,

    /// The severity from now on.
    #[arg(long, value_name = "SEVERITY")]
    pub severity: Option<String>,

    /// The state of a service from now on, such as `checkout=partial_outage`; `partial` will do.
    #[arg(long, visible_alias = "service", value_name = "SERVICE=STATE", value_parser = pair)]
    pub impact: Vec<(String, String)>,

    /// Who has a role from now on; `ROLE=` releases it.
    #[arg(long, value_name = "ROLE=PERSON", value_parser = pair)]
    pub role: Vec<(String, String)>,

    /// A milestone, such as `detected`, `mitigated` or `impact_ended`.
    #[arg(long, value_name = "EVENT")]
    pub event: Vec<String>,

    /// A person, a team or a role that is called in, and why: time_limit, severity, expertise, customer, security or
    /// no_acknowledgement.
    #[arg(long, value_name = "TO[:REASON]")]
    pub escalate: Option<String>,

    /// Stakeholders that were told, and how: email, sms, chat or phone.
    #[arg(long, value_name = "WHO[:HOW]")]
    pub notify: Vec<String>,

    /// What was decided, and why.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = flags::words)]
    pub decision: Option<String>,

    /// What was tried.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = flags::words)]
    pub action: Option<String>,

    /// How the action ended: worked, failed or pending.
    #[arg(long, value_name = "RESULT")]
    pub result: Option<String>,

    /// What is suspected.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = flags::words)]
    pub hypothesis: Option<String>,

    /// A follow-up, to be promoted to an action later.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = flags::words)]
    pub todo: Option<String>,

    /// A file that was secured; its name and its SHA-256 are recorded, its content is not.
    #[arg(long, value_name = "FILE")]
    pub evidence: Option<PathBuf>,

    /// When readers will hear again: `30m` from now, `14:30` in the site's zone, or a time.
    #[arg(long, value_name = "TIME")]
    pub next_update: Option<String>,

    /// When it happened: how long ago, as in `-10m`, what the clock showed in the site's zone, as in `14:30`, or a time;
    /// now where nothing is said.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub at: Option<String>,

    /// Nobody knows for certain when it happened: `--at` is an estimate.
    #[arg(long, requires = "at")]
    pub estimated: bool,

    /// Why: to go backwards, lower a severity, cancel, merge or reopen.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = flags::words)]
    pub reason: Option<String>,

    /// A graph, a query, a ticket.
    #[arg(long, value_name = "TITLE=URL")]
    pub link: Vec<String>,
}

impl EntryFlags {
    /// Whether there is nothing that an entry could say.
    pub fn is_empty(&self) -> bool {
        let Self { message, public, lang, status, severity, impact, role, event, escalate, notify, decision, .. } =
            self;
        let texts = [message, public, status, severity, escalate, decision];
        let more = [&self.action, &self.result, &self.hypothesis, &self.todo, &self.next_update, &self.reason];
        texts.into_iter().chain(more).all(Option::is_none)
            && [lang, event, notify, &self.link].into_iter().all(Vec::is_empty)
            && impact.is_empty()
            && role.is_empty()
            && self.evidence.is_none()
    }

    /// What is said beside texts in somebody's own words.
    pub fn says_more_than_texts(&self) -> bool {
        let texts = Self {
            message: None,
            public: None,
            lang: Vec::new(),
            decision: None,
            action: None,
            result: None,
            hypothesis: None,
            todo: None,
            reason: None,
            ..self.clone()
        };
        self.at.is_some() || !texts.is_empty()
    }

    pub fn only_has_a_reason(&self) -> bool {
        self.at.is_none() && Self { reason: None, ..self.clone() }.is_empty()
    }

    /// The reason for something that is no entry, where nothing else is said.
    pub fn only_reason(&self) -> Result<&str, Error> {
        match self.reason.as_deref().filter(|_| self.only_has_a_reason()) {
            Some(reason) => Ok(reason),
            None => Err(Error::new("a missed deadline is acknowledged by itself, with `--reason` and nothing else")
                .hint("say what happened in an update of its own")),
        }
    }

    pub fn tells_customers(&self) -> bool {
        self.public.is_some() || !self.lang.is_empty()
    }

    /// Whether the line at the top of the chat channel is out of date after this.
    pub fn changes_the_topic(&self) -> bool {
        self.status.is_some() || self.severity.is_some() || !self.role.is_empty()
    }

    /// The entry that these flags ask for, after those of `timeline`.
    pub fn entry(
        &self,
        archive: &Archive,
        timeline: &[Entry],
        by: &str,
        now: Timestamp,
        start: &Path,
    ) -> Result<NewEntry, Error> {
        let (at, backfill) = self.moment(timeline, now, &archive.config)?;
        let written = |instant: Timestamp| in_site_zone(archive, instant);
        let mut entry = NewEntry::new(written(at), by);
        entry.backfill = backfill;
        entry.estimated = self.estimated;
        entry.status.clone_from(&self.status);
        entry.severity.clone_from(&self.severity);
        entry.events.clone_from(&self.event);
        entry.impact = self.impact.iter().map(impact).collect::<Result<_, _>>()?;
        let person = |person: &String| (!person.is_empty()).then(|| person.clone());
        entry.roles = self.role.iter().map(|(role, who)| (role.clone(), person(who))).collect();
        (entry.public, entry.note) = self.texts(archive.config.default_language())?;
        let promised = self.next_update.as_deref().map(|text| flags::future(text, now, &archive.config)).transpose()?;
        if let (Some(promised), Some(text)) = (promised.filter(|promised| *promised <= at), &self.next_update) {
            return Err(Error::new(format!(
                "`--next-update {text}` promises an update for {}, which is not later than \
                what is said",
                written(promised)
            ))
            .hint("say when readers will hear again, such as `30m`"));
        }
        entry.next_update = promised.map(written);
        entry.escalate = self.escalate.as_deref().map(escalation);
        entry.notify = notification(&self.notify)?;
        entry.decision.clone_from(&self.decision);
        entry.action.clone_from(&self.action);
        entry.result.clone_from(&self.result);
        entry.hypothesis.clone_from(&self.hypothesis);
        entry.todo.clone_from(&self.todo);
        entry.evidence = self.evidence.as_deref().map(|file| evidence(&start.join(file), by)).transpose()?;
        entry.reason.clone_from(&self.reason);
        entry.links = self.link.iter().map(|text| link(text)).collect();
        Ok(entry)
    }

    /// When it happened, and whether later entries were recorded before it.
    fn moment(&self, timeline: &[Entry], now: Timestamp, config: &Config) -> Result<(Timestamp, bool), Error> {
        let last = timeline.iter().map(|entry| entry.at.value.instant()).max();
        let at = match (&self.at, last) {
            (Some(text), _) => flags::at(text, now, config)?,
            (None, Some(last)) if last > now && last.duration_since(now) <= CLOCK_SKEW => last,
            (None, Some(last)) if last > now => return Err(still_to_come(last, config)),
            (None, _) => now,
        };
        Ok((at, last.is_some_and(|last| last > at)))
    }

    /// What customers read, and what only responders do.
    pub fn texts(&self, default: &str) -> Result<(Option<NewMessage>, Option<String>), Error> {
        let (public, note) = match (self.public.as_deref(), &self.message) {
            (None, note) => (None, note.clone()),
            (Some(""), Some(text)) => (Some(text.clone()), None),
            (Some(""), None) => {
                return Err(Error::new("`--public` has no text").hint("add `-m TEXT`, or `--public TEXT`"));
            }
            (Some(text), note) => (Some(text.to_owned()), note.clone()),
        };
        let mut texts: Vec<(String, String)> = Vec::new();
        let mut tag = default;
        for lang in &self.lang {
            match lang.split_once('=') {
                Some((tag, text)) => texts.push((tag.to_owned(), flags::words(text).map_err(Error::new)?)),
                None => tag = lang,
            }
        }
        if let (None, Some(tag)) = (&public, self.lang.iter().find(|lang| !lang.contains('='))) {
            return Err(Error::new(format!("`--lang {tag}` says the language of a message, and there is none"))
                .hint(format!("write it as `--lang {tag}=TEXT`, or add `--public TEXT`")));
        }
        let message = match public {
            Some(text) if texts.is_empty() && tag == default => Some(NewMessage::Plain(text)),
            public => {
                texts.splice(0..0, public.map(|text| (tag.to_owned(), text)));
                (!texts.is_empty()).then_some(NewMessage::Translated(texts))
            }
        };
        Ok((message, note))
    }
}

/// Whatever is recorded now would stand before it, and count as said earlier.
fn still_to_come(last: Timestamp, config: &Config) -> Error {
    let last = Time::utc(last).whole_seconds().in_zone(&config.zone());
    Error::new(format!("the last entry says {last}, which is still to come, so nothing can follow it")).hint(
        "correct its `at` by hand, and say so under `edited` in that entry; or say with `--at` when this happened",
    )
}

/// An instant as this organisation writes times.
pub fn in_site_zone(archive: &Archive, instant: Timestamp) -> Time {
    Time::utc(instant).whole_seconds().in_zone(&archive.config.zone())
}

/// What the subject of the commit says of an entry.
pub fn facts(entry: &NewEntry) -> Vec<String> {
    let state: Vec<String> = [&entry.status, &entry.severity].into_iter().flatten().cloned().collect();
    if !state.is_empty() {
        return state;
    }
    let mut facts: Vec<String> = Vec::new();
    facts.extend(entry.escalate.as_ref().map(|escalation| format!("escalated to {}", escalation.to)));
    facts.extend(
        entry
            .roles
            .iter()
            .map(|(role, person)| format!("{} {}", words::plain(role), person.as_deref().unwrap_or("released"))),
    );
    facts.extend(entry.impact.iter().map(|(service, state)| format!("{service} {}", words::plain(state.name()))));
    facts.extend(entry.events.iter().map(|event| words::plain(event)));
    if facts.is_empty() {
        let kinds = [
            ("public update", entry.public.is_some()),
            ("decision", entry.decision.is_some()),
            ("action", entry.action.is_some()),
            ("hypothesis", entry.hypothesis.is_some()),
            ("evidence", entry.evidence.is_some()),
            ("stakeholders told", entry.notify.is_some()),
            ("todo", entry.todo.is_some()),
            ("note", entry.note.is_some()),
        ];
        facts.extend(kinds.into_iter().filter(|(_, there)| *there).map(|(kind, _)| kind.to_owned()));
    }
    facts
}

pub fn impact((service, state): &(String, String)) -> Result<(String, ServiceState), Error> {
    // At night nobody wants to write `degraded_performance`.
    let mut begun =
        ServiceState::ALL.into_iter().filter(|known| !state.is_empty() && known.name().starts_with(&**state));
    let state = begun.next().filter(|_| begun.next().is_none()).ok_or_else(|| {
        Error::new(format!("`{state}` is not a state of a service"))
            .hint(format!("say {}", either(ServiceState::ALL.map(ServiceState::name))))
    })?;
    Ok((service.clone(), state))
}

fn escalation(text: &str) -> NewEscalation {
    let (to, reason) = text.split_once(':').map_or((text, None), |(to, reason)| (to, Some(reason.to_owned())));
    NewEscalation { to: to.to_owned(), reason, acknowledged: None }
}

/// One entry has one way for all who were told.
fn notification(texts: &[String]) -> Result<Option<NewNotification>, Error> {
    let told: Vec<(&str, &str)> = texts.iter().map(|text| text.split_once(':').unwrap_or((text, ""))).collect();
    let Some((_, how)) = told.first() else { return Ok(None) };
    if told.iter().any(|(_, other)| other != how) {
        return Err(Error::new("they were told in different ways, and an entry says one for all of them")
            .hint("make an update for each way; those who were told in the same way go together, as in `legal,executives:email`"));
    }
    let list =
        |words: &str| -> Vec<String> { words.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect() };
    Ok(Some(NewNotification { who: told.iter().flat_map(|(who, _)| list(who)).collect(), by: list(how) }))
}

fn evidence(file: &Path, by: &str) -> Result<NewEvidence, Error> {
    let failed = |e: std::io::Error| Error::new(format!("{}: {e}", file.display()));
    let mut hash = Sha256::new();
    std::io::copy(&mut std::fs::File::open(file).map_err(failed)?, &mut hash).map_err(failed)?;
    let item = file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned());
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(NewEvidence { item, sha256: Some(sha256), custody: "collected".into(), from: None, to: Some(by.to_owned()) })
}

/// An address alone, or one with a title before it.
fn link(text: &str) -> NewLink {
    match text.split_once('=') {
        Some((title, url)) if !title.contains("://") => NewLink { title: Some(title.to_owned()), url: url.to_owned() },
        _ => NewLink { title: None, url: text.to_owned() },
    }
}
