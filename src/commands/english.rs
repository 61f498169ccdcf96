//! How terminals are told what pages say in the language of their reader: in the built-in English, with times, names and
//! limits as commands take them.

use crate::error::Error;
use crate::record::config::DEFAULT_LANGUAGE;
use crate::record::time::minutes;
use crate::record::words::plain;
use crate::site::audience::Audience;
use crate::site::builtin::{Files, Overrides};
use crate::site::language::phrase::{Speaker, Value};
use crate::site::language::words::Words;

#[derive(Debug)]
pub struct English(Words);

impl English {
    pub fn new() -> Result<Self, Error> {
        let refuse = |error: &dyn std::fmt::Display| Error::new(error.to_string());
        let files = Files::new(&Overrides::default(), Audience::Internal).map_err(|e| refuse(&e.0))?;
        Words::load(DEFAULT_LANGUAGE, &files).map(Self).map_err(|e| refuse(&e))
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
            Value::Terms(_, names) => names.iter().map(|name| plain(name)).collect::<Vec<_>>().join(", "),
            Value::Party(name) => plain(name),
        }
    }
}
