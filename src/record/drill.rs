//! `drill.md`.

use crate::text::span::Spanned;

use super::name::Name;
use super::time::Time;
use super::timeline::{Entry, Text};

#[derive(Clone, Debug, Default)]
pub struct Drill {
    pub title: Option<Name>,
    pub scenario: Option<Text>,
    pub held: Option<Spanned<Time>>,
    pub participants: Vec<Text>,
    pub objectives: Vec<Objective>,
    pub aliases: Vec<Text>,
    pub timeline: Vec<Entry>,
    pub timeline_complete: bool,
}

#[derive(Clone, Debug)]
pub struct Objective {
    pub text: Option<Text>,
    /// met, partly, missed.
    pub result: Option<Text>,
}
