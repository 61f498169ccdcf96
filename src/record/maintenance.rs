//! `maintenance.md`.

use crate::text::span::{Span, Spanned};

use super::incident::{Breach, Visibility};
use super::name::Name;
use super::time::Time;
use super::timeline::{Entry, ServiceState, Text};
use super::{Record, steps};

#[derive(Clone, Debug, Default)]
pub struct Maintenance {
    pub title: Option<Name>,
    pub visibility: Option<Spanned<Visibility>>,
    pub window: Option<Window>,
    /// What readers are told to expect inside the window.
    pub services: Vec<(Text, Spanned<ServiceState>)>,
    pub approved_by: Vec<Text>,
    pub change: Option<Text>,
    pub emergency: bool,
    pub aliases: Vec<Text>,
    pub breaches: Vec<Breach>,
    pub timeline: Vec<Entry>,
    pub timeline_complete: bool,
}

#[derive(Clone, Debug)]
pub struct Window {
    pub span: Span,
    pub start: Spanned<Time>,
    pub end: Spanned<Time>,
}

/// The entry that began the work, or ended it, while its window was still to come: readers had been told of another time.
pub fn early_start(record: &Record) -> Option<(&Entry, &Window)> {
    let window = record.maintenance()?.window.as_ref().filter(|window| window.is_possible())?;
    let is_work = |status: &str| matches!(status, "in_progress" | "verifying" | "completed");
    let mut entries = steps::in_order(record);
    let began = entries.find(|entry| entry.status.as_ref().is_some_and(|status| is_work(&status.value)))?;
    let is_early = window.start.value.since(began.at.value).as_mins() >= 1;
    (is_early && steps::is_sound(record)).then_some((began, window))
}

impl Window {
    /// Whether it ends after it starts.
    pub fn is_possible(&self) -> bool {
        self.start.value < self.end.value
    }
}
