//! `maintenance.md`.

use crate::text::span::{Span, Spanned};

use super::incident::{Breach, Visibility};
use super::name::Name;
use super::time::Time;
use super::timeline::{Entry, ServiceState, Text};

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

impl Window {
    /// Whether it ends after it starts.
    pub fn is_possible(&self) -> bool {
        self.start.value < self.end.value
    }
}
