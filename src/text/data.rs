//! A YAML value without places, and how it is written.

use super::quote;
use super::yaml::{Node, Value};

/// Longer flow collections are written in lines of their own.
const WIDTH: usize = 100;

/// Two values are equal where every reader takes them for the same, whatever their quotes and their layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// A text, quoted where a reader could take it for something else.
    Text(String),
    /// A number, a boolean, a time, or nothing (an empty text): written as it is.
    Plain(String),
    List(Vec<Data>),
    Map(Vec<(String, Data)>),
}

impl Data {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// What is no text: a number, a boolean, a time. What can only be a text becomes one.
    pub fn plain(written: impl ToString) -> Self {
        let written = written.to_string();
        match written.as_str() {
            "" | "~" | "null" | "Null" | "NULL" => Self::null(),
            text if quote::is_safe_plain(text) => Self::Text(written),
            _ => Self::Plain(written),
        }
    }

    /// Nothing, however it is written.
    pub const fn null() -> Self {
        Self::Plain(String::new())
    }

    pub fn texts(texts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    pub fn map(pairs: impl IntoIterator<Item = (impl Into<String>, Self)>) -> Self {
        Self::Map(pairs.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }

    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Plain(text) if text.is_empty())
    }

    pub const fn is_empty(&self) -> bool {
        match self {
            Self::List(items) => items.is_empty(),
            Self::Map(pairs) => pairs.is_empty(),
            Self::Text(text) | Self::Plain(text) => text.is_empty(),
        }
    }

    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(pairs) => pairs.iter().find(|(k, _)| k == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The value of a node. `None` where something in it was refused, such as an alias or a key that is no scalar.
    pub fn of(node: &Node<'_>) -> Option<Self> {
        Some(match &node.value {
            Value::Refused => return None,
            Value::Scalar { text, plain: true } => Self::plain(text),
            Value::Scalar { text, plain: false } => Self::Text(text.clone().into_owned()),
            Value::Seq(items) => Self::List(items.iter().map(Self::of).collect::<Option<_>>()?),
            Value::Map(pairs) => {
                let pair = |(key, value): &(Node<'_>, Node<'_>)| Some((key.scalar()?.to_owned(), Self::of(value)?));
                Self::Map(pairs.iter().map(pair).collect::<Option<_>>()?)
            }
        })
    }

    /// On one line, whatever its length.
    pub fn flow(&self) -> String {
        match self {
            Self::Text(text) => quote::scalar(text).into_owned(),
            Self::Plain(text) if text.is_empty() => "null".into(),
            Self::Plain(text) => text.clone(),
            Self::List(items) => format!("[{}]", items.iter().map(Self::flow).collect::<Vec<_>>().join(", ")),
            Self::Map(pairs) => {
                let pairs: Vec<_> = pairs.iter().map(|(k, v)| format!("{}: {}", quote::scalar(k), v.flow())).collect();
                format!("{{{}}}", pairs.join(", "))
            }
        }
    }

    /// On one line, if that is how a person would write it after `column` characters.
    pub fn short_flow(&self, column: usize) -> Option<String> {
        let line = Some(self.flow()).filter(|line| !self.has_lines() && column + line.chars().count() <= WIDTH);
        line.or_else(|| self.is_empty().then(|| self.flow()))
    }

    fn has_lines(&self) -> bool {
        match self {
            Self::Text(text) => text.contains('\n'),
            Self::Plain(_) => false,
            Self::List(items) => items.iter().any(Self::has_lines),
            Self::Map(pairs) => pairs.iter().any(|(_, value)| value.has_lines()),
        }
    }

    /// What follows `key:`, whose first character stands at `column`: begins with a blank or a line break, ends without one.
    pub fn after_key(&self, key: &str, column: usize) -> String {
        match self {
            Self::Text(text) => format!(" {}", quote::block(text, column)),
            Self::Plain(text) if text.is_empty() => String::new(),
            Self::Plain(text) => format!(" {text}"),
            Self::List(_) | Self::Map(_) => match self.short_flow(column + key.chars().count() + 2) {
                Some(line) => format!(" {line}"),
                None => format!("\n{}", self.lines(column + 2)),
            },
        }
    }

    /// `key: value` in the lines that it needs, its key at `column`, without the blanks before the key.
    pub fn pair(&self, key: &str, column: usize) -> String {
        format!("{}:{}", quote::scalar(key), self.after_key(key, column))
    }

    /// An item of a list with its dash at `column`, without the blanks before the dash. Mappings have a line for each key.
    pub fn item(&self, column: usize) -> String {
        match self {
            Self::Text(text) => format!("- {}", quote::block(text, column)),
            Self::Plain(text) => format!("- {text}").trim_end().to_owned(),
            Self::Map(pairs) if !pairs.is_empty() => format!("- {}", self.lines(column + 2).trim_start()),
            Self::List(_) | Self::Map(_) => format!("- {}", self.flow()),
        }
    }

    /// The lines of a collection in block style, each after `column` blanks.
    pub fn lines(&self, column: usize) -> String {
        let blanks = " ".repeat(column);
        let lines: Vec<String> = match self {
            Self::List(items) => items.iter().map(|item| blanks.clone() + &item.nested_item(column)).collect(),
            Self::Map(pairs) => pairs.iter().map(|(key, value)| blanks.clone() + &value.pair(key, column)).collect(),
            Self::Text(_) | Self::Plain(_) => vec![blanks + &self.flow()],
        };
        lines.join("\n")
    }

    /// An item below a key: a small mapping such as a link stays on its line.
    fn nested_item(&self, column: usize) -> String {
        match (self, self.short_flow(column + 2)) {
            (Self::Map(_), Some(line)) => format!("- {line}"),
            _ => self.item(column),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_collections_stand_on_one_line() {
        let links =
            Data::List(vec![Data::map([("title", Data::text("5xx: all")), ("url", Data::text("https://x.y"))])]);
        assert_eq!(links.pair("links", 4), "links: [{title: \"5xx: all\", url: https://x.y}]");
        assert_eq!(Data::map([("mara", Data::null())]).pair("roles", 0), "roles: {mara: null}");
    }

    #[test]
    fn long_ones_and_texts_of_several_lines_do_not() {
        let public = Data::map([("en", Data::text("One.\n\nTwo.")), ("ko", Data::text("하나"))]);
        assert_eq!(public.pair("public", 4), "public:\n      en: |-\n        One.\n\n        Two.\n      ko: 하나");
        let who = Data::texts((0..20).map(|n| format!("team-{n}")));
        assert!(who.pair("who", 0).starts_with("who:\n  - team-0\n  - team-1\n"));
    }

    #[test]
    fn an_entry_has_a_line_for_each_key() {
        let entry = Data::map([("at", Data::plain("2024-05-01T09:41:00Z")), ("note", Data::text("x"))]);
        assert_eq!(entry.item(2), "- at: 2024-05-01T09:41:00Z\n    note: x");
    }
}
