//! `git incident checklist`.

use std::io::Write;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::english::English;
use super::{event, find_record, find_root, now, parse_time, words};
use crate::error::Error;
use crate::record::Record;
use crate::record::time::Time;
use crate::response::checklist::{Asked, Checklist, Item, Kind, Question, Stage, State};
use crate::response::{self, Settle};
use crate::site::language::phrase::Speaker;

/// Show what an incident still needs, stage by stage, and the questions that nobody has answered
///
/// The seven stages of a response are derived from the record: what it shows is done.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Any part of an id that only one record has; not needed while exactly one incident is open.
    id: Option<String>,

    /// For programs: one object, described in docs/due.md.
    #[arg(long)]
    json: bool,

    /// The time that counts as now, such as `2024-05-01T09:05:00Z`. What the timeline says later is left out.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    as_of: Option<Time>,
}

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let now = now(args.as_of)?;
    let (mut archive, id) = find_record(&root, args.id.as_deref())?;
    event(&archive, &id)?;
    archive.forget_after(now);
    let record = archive.event(&id).ok_or_else(|| Error::new(format!("{id} had not begun by {now}")))?;
    let Some(checklist) = response::checklist(&archive, record, now) else {
        let why = format!("{id} has no checklist: it is no incident, came to nothing, or does not say where it stands");
        return Err(
            Error::new(why).hint(format!("`git incident check {id}` says what is wrong with it, if anything is"))
        );
    };
    let english = English::new()?;
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    if args.json {
        let text = serde_json::to_string_pretty(&Document::of(record, &checklist, &english))
            .map_err(|e| Error::new(e.to_string()))?;
        writeln!(out, "{text}")?;
    } else {
        page(record, &checklist, &english, &mut out)?;
    }
    out.flush()?;
    Ok(0)
}

/// The document of `--json`. Field names do not change.
#[derive(Serialize)]
struct Document<'a> {
    record: &'a str,
    title: Option<&'a str>,
    path: &'a str,
    stages: Vec<StageOf<'a>>,
    questions: Vec<QuestionOf<'a>>,
}

#[derive(Serialize)]
struct StageOf<'a> {
    stage: &'static str,
    title: &'static str,
    state: &'static str,
    items: Vec<ItemOf<'a>>,
}

#[derive(Serialize)]
struct ItemOf<'a> {
    what: String,
    state: &'static str,
    says: Option<String>,
    command: Option<&'a str>,
}

#[derive(Serialize)]
struct QuestionOf<'a> {
    question: &'static str,
    state: &'static str,
    answers: Vec<AnswerOf<'a>>,
}

#[derive(Serialize)]
struct AnswerOf<'a> {
    key: &'static str,
    value: Option<&'a str>,
    asked: bool,
}

impl<'a> Document<'a> {
    fn of(record: &'a Record, checklist: &'a Checklist, english: &English) -> Self {
        Self {
            record: &record.id,
            title: record.title().map(|title| title.value.as_str()),
            path: &record.path,
            stages: checklist.stages.iter().map(|stage| StageOf::of(stage, english)).collect(),
            questions: checklist.questions.iter().map(QuestionOf::of).collect(),
        }
    }
}

impl<'a> StageOf<'a> {
    fn of(stage: &'a Stage, english: &English) -> Self {
        let item = |item: &'a Item| ItemOf {
            what: english.say(&(&item.what).into()),
            state: item.state.name(),
            says: item.says.as_ref().map(|says| english.say(&says.into())),
            command: command(item),
        };
        Self {
            stage: stage.kind.name(),
            title: title(stage.kind),
            state: stage.state().name(),
            items: stage.items.iter().map(item).collect(),
        }
    }
}

impl<'a> QuestionOf<'a> {
    fn of(question: &'a Question) -> Self {
        let answers = question.answers.iter();
        let answer =
            answers.map(|answer| AnswerOf { key: answer.key, value: answer.value.as_deref(), asked: answer.is_asked });
        Self { question: text(question.asked), state: question.state().name(), answers: answer.collect() }
    }
}

fn command(item: &Item) -> Option<&str> {
    match item.settle.as_ref()? {
        Settle::Command(command) => Some(command),
        Settle::Edit(..) => None,
    }
}

fn page(record: &Record, checklist: &Checklist, english: &English, out: &mut impl Write) -> std::io::Result<()> {
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    writeln!(out, "{bold}{}{bold:#}\n{}\n", record.title().map_or("(no title)", |title| &title.value), record.path)?;
    for (number, stage) in (1..).zip(&checklist.stages) {
        let style = style(stage.state());
        writeln!(
            out,
            "{bold}{number} {}{bold:#}  {style}{}{style:#}",
            title(stage.kind),
            words::plain(stage.state().name())
        )?;
        for item in &stage.items {
            let says = item.says.as_ref().map_or_else(String::new, |says| format!(": {}", english.say(&says.into())));
            let style = self::style(item.state);
            writeln!(out, "  {style}{}{style:#} {}{says}", mark(item.state), english.say(&(&item.what).into()))?;
            if let Some(command) = command(item) {
                writeln!(out, "      {dim}{command}{dim:#}")?;
            }
        }
    }
    writeln!(out, "\n{bold}The six questions{bold:#}")?;
    for question in &checklist.questions {
        let style = style(question.state());
        writeln!(out, "  {style}{}{style:#} {}  {}", mark(question.state()), text(question.asked), answers(question))?;
    }
    Ok(())
}

const fn title(stage: Kind) -> &'static str {
    match stage {
        Kind::Detect => "Detect the incident",
        Kind::Channels => "Set up the team's channels",
        Kind::Assess => "Assess the impact and the severity",
        Kind::Communicate => "Communicate with customers",
        Kind::Escalate => "Escalate to the right responders",
        Kind::Delegate => "Delegate the roles",
        Kind::Resolve => "Resolve the incident",
    }
}

const fn text(asked: Asked) -> &'static str {
    match asked {
        Asked::WhoIsAffected => "Who is affected: customers, colleagues, both?",
        Asked::WhatTheySee => "What do they see?",
        Asked::HowMany => "How many are affected, some or all?",
        Asked::WhenItStarted => "When did it start?",
        Asked::SupportCases => "How many support cases were opened?",
        Asked::WhatElse => "What else matters: social media, security, data loss?",
    }
}

/// What is known, and the keys that wait for an answer.
fn answers(question: &Question) -> String {
    let named = question.answers.len() > 1;
    let answer = |answer: &response::checklist::Answer| match &answer.value {
        Some(value) if named => Some(format!("{} {value}", words::plain(answer.key))),
        Some(value) => Some(value.clone()),
        None if answer.is_asked => Some(format!("({}?)", words::plain(answer.key))),
        None => None,
    };
    let known: Vec<String> = question.answers.iter().filter_map(answer).collect();
    if known.is_empty() { "not asked, because nobody was affected".into() } else { known.join(", ") }
}

const fn mark(state: State) -> &'static str {
    match state {
        State::Done => "[x]",
        State::Missing => "[ ]",
        State::Later => "[.]",
        State::NotNeeded => "[-]",
    }
}

const fn style(state: State) -> Style {
    match state {
        State::Done => AnsiColor::Green.on_default(),
        State::Missing => AnsiColor::Red.on_default().bold(),
        State::Later | State::NotNeeded => Style::new().dimmed(),
    }
}
