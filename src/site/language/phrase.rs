//! What is to be said, before it is in any language: a key of the catalogue and the values that fill it.

use fluent_bundle::FluentValue;

use super::words::Words;
use crate::record::time::Time;

#[derive(Clone, Debug, PartialEq)]
pub enum Phrase<'a> {
    /// A value that needs no words around it.
    Just(Value<'a>),
    /// The key of a message, and its arguments by their names.
    Message(&'static str, Vec<(&'static str, Value<'a>)>),
}

/// What fills a message. Each reader has a way to write it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// What somebody wrote, or an id.
    Text(&'a str),
    /// A name of the configuration, such as that of a severity or a rule.
    Name(&'a str),
    Count(usize),
    At(Time),
    Minutes(u64),
    /// Names of a list that a repository may add to, with what the keys of their words begin with.
    Terms(&'static str, Vec<&'a str>),
    Person(&'a str),
    /// A person, a team, a role or a kind of stakeholder.
    Party(&'a str),
}

impl<'a> Phrase<'a> {
    pub const fn plain(key: &'static str) -> Self {
        Self::Message(key, Vec::new())
    }

    pub fn with<const N: usize>(key: &'static str, values: [(&'static str, Value<'a>); N]) -> Self {
        Self::Message(key, values.into())
    }
}

/// Says phrases to one kind of reader.
pub trait Speaker {
    fn words(&self) -> &Words;

    fn value(&self, value: &Value<'_>) -> String;

    fn say(&self, phrase: &Phrase<'_>) -> String {
        match phrase {
            Phrase::Just(value) => self.value(value),
            Phrase::Message(key, values) => {
                let argument = |value: &Value<'_>| match value {
                    // The words around a number may depend on it.
                    Value::Count(count) => FluentValue::from(*count),
                    value => FluentValue::from(self.value(value)),
                };
                let arguments: Vec<_> = values.iter().map(|(name, value)| (*name, argument(value))).collect();
                self.words().say(key, &arguments)
            }
        }
    }
}
