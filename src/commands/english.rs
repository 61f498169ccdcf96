//! How terminals are told what pages say in the language of their reader: in the built-in English, with times, names and
//! limits as commands take them.

use crate::error::Error;
use crate::metrics::interval::Why;
use crate::metrics::measure::Measure;
use crate::record::config::DEFAULT_LANGUAGE;
use crate::record::time::minutes;
use crate::record::words::plain;
use crate::site::audience::Audience;
use crate::site::builtin::Files;
use crate::site::language::metrics::{measure, why};
use crate::site::language::phrase::{Speaker, Value};
use crate::site::language::words::Words;

#[derive(Debug)]
pub struct English(Words);

impl English {
    pub fn new() -> Result<Self, Error> {
        let files = Files::built_in(Audience::Internal);
        Words::load(DEFAULT_LANGUAGE, &files).map(Self).map_err(|error| Error::new(error.to_string()))
    }

    /// What a measure is called.
    pub fn title(&self, of: Measure) -> &str {
        self.0.word(measure(of)[0])
    }

    /// From what to what a measure counts.
    pub fn counted(&self, of: Measure) -> &str {
        self.0.word(measure(of)[1])
    }

    pub fn why(&self, reason: Why) -> &str {
        self.0.word(why(reason))
    }
}

impl Speaker for English {
    fn words(&self) -> &Words {
        &self.0
    }

    fn value(&self, value: &Value<'_>) -> String {
        match value {
            Value::Text(text) | Value::Person(text) => (*text).to_owned(),
            Value::Name(name) => format!("`{name}`"),
            Value::Count(count) => count.to_string(),
            Value::At(time) => time.to_string(),
            Value::Minutes(count) => minutes(*count),
            Value::Roles(names) | Value::Terms(_, names) => {
                names.iter().map(|name| plain(name)).collect::<Vec<_>>().join(", ")
            }
            Value::Party(name) => plain(name),
        }
    }
}
