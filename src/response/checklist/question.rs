//! The incident manager's six questions.

use super::{State, assessment};
use crate::record::Record;
use crate::record::incident::{Assessment, Count};
use crate::text::span::Spanned;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Customers, colleagues, or both.
    WhoIsAffected,
    WhatTheySee,
    HowMany,
    WhenItStarted,
    SupportCases,
    /// Social media, security, data.
    WhatElse,
}

/// One of the six, with what answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub asked: Asked,
    pub answers: Vec<Answer>,
}

/// What a key of the record answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// A key of `assessment`, or the moment `impact_started`.
    pub key: &'static str,
    /// Nothing where nobody has answered; `unknown` is an answer.
    pub value: Option<String>,
    /// Whether it is asked at all: where nobody was affected, most are not.
    pub is_asked: bool,
}

impl Asked {
    const ALL: [Self; 6] = [
        Self::WhoIsAffected,
        Self::WhatTheySee,
        Self::HowMany,
        Self::WhenItStarted,
        Self::SupportCases,
        Self::WhatElse,
    ];

    /// The keys that answer it.
    const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::WhoIsAffected => &["audience"],
            Self::WhatTheySee => &["experience"],
            Self::HowMany => &["scope", "customers"],
            Self::WhenItStarted => &[STARTED],
            Self::SupportCases => &["support_cases"],
            Self::WhatElse => &["social_media", "security", "data_loss"],
        }
    }
}

const STARTED: &str = "impact_started";

impl Question {
    /// Open while one of its answers is missing.
    pub fn state(&self) -> State {
        let is_open = |answer: &&Answer| answer.is_asked && answer.value.is_none();
        match self.answers.iter().find(is_open) {
            Some(_) => State::Missing,
            None if self.answers.iter().all(|answer| answer.value.is_none()) => State::NotNeeded,
            None => State::Done,
        }
    }
}

pub fn all(record: &Record) -> Vec<Question> {
    let Some(incident) = record.incident() else { return Vec::new() };
    let asked: Vec<&str> = assessment::questions(record).collect();
    let answer = |key: &&'static str| {
        let started = record.replay.moments.impact_started.filter(|_| *key == STARTED).map(|at| at.to_string());
        let is_asked = if *key == STARTED { !incident.assessment.says_nobody() } else { asked.contains(key) };
        Answer { key, value: started.or_else(|| said(&incident.assessment, key)), is_asked }
    };
    let question = |asked: Asked| Question { asked, answers: asked.keys().iter().map(answer).collect() };
    Asked::ALL.map(question).into()
}

fn said(assessment: &Assessment, key: &str) -> Option<String> {
    let text = |text: &Option<Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    let count = |count: Option<Spanned<Count>>| match count?.value {
        Count::Known(number) => Some(number.to_string()),
        Count::Unknown => Some("unknown".to_owned()),
    };
    let whether = |answer: Option<Spanned<Option<bool>>>| match answer?.value {
        Some(true) => Some("yes".to_owned()),
        Some(false) => Some("no".to_owned()),
        None => Some("unknown".to_owned()),
    };
    match key {
        "audience" => text(&assessment.audience),
        "experience" => text(&assessment.experience),
        "scope" => text(&assessment.scope),
        "customers" => count(assessment.customers),
        "support_cases" => count(assessment.support_cases),
        "social_media" => whether(assessment.social_media),
        "security" => whether(assessment.security),
        "data_loss" => whether(assessment.data_loss),
        _ => None,
    }
}
