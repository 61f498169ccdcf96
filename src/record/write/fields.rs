//! Keys that have a value, in the order in which they are written.

use crate::record::shape::Shape;
use crate::text::data::Data;

/// Keys and values that are there.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(pub Vec<(String, Data)>);

impl Fields {
    pub fn put(&mut self, key: &str, value: Option<Data>) {
        if let Some(value) = value {
            self.0.push((key.to_owned(), value));
        }
    }

    pub fn text(&mut self, key: &str, text: Option<&String>) {
        self.put(key, text.map(Data::text));
    }

    pub fn one_or_more(&mut self, key: &str, texts: &[String]) {
        match texts {
            [] => {}
            [text] => self.text(key, Some(text)),
            texts => self.put(key, Some(Data::texts(texts))),
        }
    }

    pub fn in_order_of(mut self, shape: &Shape) -> Data {
        self.0.sort_by_key(|(key, _)| shape.place(key));
        Data::Map(self.0)
    }
}

pub(super) fn some_map<'a>(pairs: impl Iterator<Item = (&'a str, Data)>) -> Option<Data> {
    Some(Data::map(pairs)).filter(|map| !map.is_empty())
}
