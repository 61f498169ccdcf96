//! The front matter of a record as JSON.

use serde_json::{Map, Value};

use crate::record::Record;
use crate::text::data::Data;
use crate::text::yaml;

/// Its keys and values as they stand there; null where it cannot be read.
pub fn json(record: &Record) -> Value {
    let root = yaml::parse(&record.text, record.front, &mut Vec::new());
    root.as_ref().and_then(Data::of).map_or(Value::Null, |data| value(&data))
}

fn value(data: &Data) -> Value {
    match data {
        Data::Text(text) => Value::String(text.clone()),
        Data::Plain(text) => plain(text),
        Data::List(items) => Value::Array(items.iter().map(value).collect()),
        Data::Map(pairs) => {
            Value::Object(pairs.iter().map(|(key, data)| (key.clone(), value(data))).collect::<Map<_, _>>())
        }
    }
}

/// The numbers and booleans that the format has; a time stays the text that it is.
fn plain(text: &str) -> Value {
    match (text, text.parse::<u64>()) {
        ("", _) => Value::Null,
        ("true", _) => Value::Bool(true),
        ("false", _) => Value::Bool(false),
        (_, Ok(number)) => Value::from(number),
        _ => Value::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_types_and_their_order() {
        let text = "b: 2024-05-01T09:00:00Z\na: [true, 4100, null, \"12\", unknown]\n";
        let root = yaml::parse(text, crate::text::span::Span::new(0, text.len()), &mut Vec::new()).unwrap();
        let json = value(&Data::of(&root).unwrap()).to_string();
        assert_eq!(json, r#"{"b":"2024-05-01T09:00:00Z","a":[true,4100,null,"12","unknown"]}"#);
    }
}
