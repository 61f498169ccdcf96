//! Walks a tree along a shape and reports everything that does not fit.

use super::scalar;
use super::{Findings, MAX_ITEMS, Names};
use crate::record::shape::{Field, SHORT_ROLES, Shape, Value, Vocabulary, is_role_alias};
use crate::record::{Kind, Reference};
use crate::text::problem::{Fix, Problem};
use crate::text::span::{Span, Spanned};
use crate::text::suggest::{either, nearest};
use crate::text::yaml::{self, Node};

pub(super) struct Checker<'a> {
    pub text: &'a str,
    pub names: &'a Names,
    /// Of the record at hand; of a configuration: incident.
    pub kind: Kind,
    pub found: Findings,
}

impl Checker<'_> {
    pub fn map(&mut self, node: &Node<'_>, shape: &'static Shape) {
        if matches!(node.value, yaml::Value::Refused) {
            return;
        }
        let Some(pairs) = node.pairs() else {
            self.wrong_type(node, shape.name, "a mapping of keys and values");
            return self.help(format!("write `{}`", example(shape)));
        };
        for (i, (key, value)) in pairs.iter().enumerate() {
            let Some(name) = key.scalar() else {
                self.wrong_type(key, shape.name, "a key");
                continue;
            };
            if self.missing_space(key, value) {
                continue;
            }
            match shape.field(name) {
                // A key that stands twice was reported by the reader; the first one counts.
                Some(_) if pairs[..i].iter().any(|(k, _)| k.scalar() == Some(name)) => {}
                Some(field) => self.value(value, &field.value, field.key),
                None if name == "<<" => {}
                None => self.unknown_key(key, name, shape),
            }
        }
        for field in shape.fields.iter().filter(|f| f.required && node.get(f.key).is_none()) {
            let place = pairs.first().map_or(node.span, |(key, _)| key.span);
            self.found.problems.push(
                Problem::new("missing-field", place, format!("this {} has no `{}`", shape.name, field.key))
                    .help(format!("add `{}:` — {}", field.key, lower_first(field.doc).trim_end_matches('.'))),
            );
        }
    }

    fn value(&mut self, node: &Node<'_>, value: &'static Value, key: &'static str) {
        if matches!(node.value, yaml::Value::Refused) {
            return;
        }
        match value {
            Value::Nullable(_) if node.is_null() => {}
            Value::Nullable(inner) => self.value(node, inner, key),
            _ if node.is_null() => self.empty(node, key),
            Value::Map(shape) => self.map(node, shape),
            Value::Dict { key: name, value } => self.dict(node, name, value, key),
            Value::List(item) => match node.items() {
                Some(items) => self.items(node, items, item, key),
                None => {
                    self.wrong_type(node, key, "a list");
                    self.help_with_list(node, item);
                }
            },
            Value::OneOrMore(item) => match node.items() {
                Some(items) => self.items(node, items, item, key),
                None => self.value(node, item, key),
            },
            Value::Either { scalar, collection } => {
                let inner = if node.scalar().is_some() { scalar } else { collection };
                self.value(node, inner, key);
            }
            Value::OneOf(words) => self.word(node, key, words),
            Value::Word(list) => self.vocabulary(node, key, *list),
            Value::Ref(target) => {
                if let Some(text) = self.scalar(node, value, key) {
                    let name = Spanned::new(text.to_owned(), node.span);
                    self.found.references.push(Reference { target: *target, name, key });
                }
            }
            _ => {
                self.scalar(node, value, key);
            }
        }
    }

    fn items(&mut self, list: &Node<'_>, items: &[Node<'_>], item: &'static Value, key: &'static str) {
        if items.len() > MAX_ITEMS {
            let message = format!("`{key}` has {} items; more than {MAX_ITEMS} are not read", items.len());
            self.found.problems.push(Problem::new("file-too-large", list.span, message).help("split the record"));
            return;
        }
        for node in items {
            self.value(node, item, key);
        }
    }

    fn dict(&mut self, node: &Node<'_>, name: &'static Value, value: &'static Value, key: &'static str) {
        let Some(pairs) = node.pairs() else {
            self.wrong_type(node, key, "a mapping such as `{name: value}`");
            return self.help("write `name: value`, without brackets or dashes around it");
        };
        for (k, v) in pairs {
            if self.missing_space(k, v) {
                continue;
            }
            self.value(k, name, key);
            if v.is_null() && !matches!(value, Value::Nullable(_)) {
                self.empty(v, k.scalar().unwrap_or(key));
            } else {
                self.value(v, value, key);
            }
        }
    }

    /// The text of a scalar that fits, after reporting what does not.
    fn scalar<'n>(&mut self, node: &'n Node<'n>, value: &'static Value, key: &'static str) -> Option<&'n str> {
        let yaml::Value::Scalar { text, plain } = &node.value else {
            self.wrong_type(node, key, scalar::expected(value));
            return None;
        };
        match scalar::judge(text, *plain, value, key, node.span) {
            None => Some(text),
            Some(problem) => {
                // An ambiguous text is still the text that was meant.
                let usable = problem.rule == "ambiguous-yaml";
                self.found.problems.push(problem);
                usable.then_some(text)
            }
        }
    }

    fn word(&mut self, node: &Node<'_>, key: &str, words: &[&str]) {
        match node.scalar() {
            None => self.wrong_type(node, key, "one word"),
            Some(word) if words.contains(&word) => {}
            Some(word) => self.unknown_value(node, key, (word, nearest(word, words.iter().copied())), words, ""),
        }
    }

    fn vocabulary(&mut self, node: &Node<'_>, key: &str, list: Vocabulary) {
        let Some(word) = node.scalar() else {
            return self.wrong_type(node, key, "one word");
        };
        let (known, added_under): (&[String], _) = match list {
            Vocabulary::Status => (self.names.statuses(self.kind), ""),
            Vocabulary::Severity => (&self.names.severities, "severities"),
            Vocabulary::Role => (&self.names.roles, "roles"),
            Vocabulary::Type => (&self.names.types, "types"),
            Vocabulary::Language => (&self.names.languages, "site.languages"),
        };
        if !known.iter().any(|k| k == word) {
            let short = SHORT_ROLES.iter().find(|(short, _)| short.eq_ignore_ascii_case(word));
            let short = short.filter(|_| matches!(list, Vocabulary::Role)).map(|(_, role)| *role);
            let meant = short.or_else(|| nearest(word, known.iter().map(String::as_str)));
            let words: Vec<&str> = known.iter().map(String::as_str).filter(|word| !is_role_alias(word)).collect();
            self.unknown_value(node, key, (word, meant), &words, added_under);
        }
    }

    fn unknown_value(
        &mut self,
        node: &Node<'_>,
        key: &str,
        (word, meant): (&str, Option<&str>),
        known: &[&str],
        added_under: &str,
    ) {
        let mut help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("write {}", either(known.iter().copied())),
        };
        if !added_under.is_empty() {
            help.push_str(&format!(" (or add it to `{added_under}` in incident.yaml)"));
        }
        let fix = meant.map(|meant| Fix::safe(format!("write `{meant}`"), node.span, meant).uncertain());
        self.found.problems.push(
            Problem::new("unknown-value", node.span, format!("`{}` is not a known value of `{key}`", shorten(word)))
                .help(help)
                .fix(fix),
        );
    }

    fn unknown_key(&mut self, key: &Node<'_>, name: &str, shape: &Shape) {
        let meant = nearest(name, shape.fields.iter().map(|f| f.key));
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("known here: {}", either(shape.fields.iter().map(|f| f.key))),
        };
        let fix = meant.map(|meant| Fix::safe(format!("write `{meant}`"), key.span, meant).uncertain());
        self.found.problems.push(
            Problem::new(
                "unknown-key",
                key.span,
                format!("`{}` is not a key of {} {}", shorten(name), article(shape.name), shape.name),
            )
            .help(help)
            .fix(fix),
        );
    }

    fn wrong_type(&mut self, node: &Node<'_>, key: &str, expected: &str) {
        let found = match &node.value {
            yaml::Value::Refused => return,
            yaml::Value::Scalar { .. } if node.is_null() => "nothing",
            yaml::Value::Scalar { .. } => "a single value",
            yaml::Value::Seq(_) => "a list",
            yaml::Value::Map(_) => "a mapping",
        };
        self.found.problems.push(Problem::new(
            "wrong-type",
            first_line(self.text, node.span),
            format!("`{key}` takes {expected}, not {found}"),
        ));
    }

    fn help_with_list(&mut self, node: &Node<'_>, item: &Value) {
        match (&node.value, item) {
            (yaml::Value::Map(_), _) => self.help("begin each item with `- `, and indent the rest of it by two spaces"),
            (_, Value::Map(shape)) => self.help(format!("write each item as `- {}`", example(shape))),
            _ => self.help(format!("put it in brackets: `[{}]`", &self.text[first_line(self.text, node.span).range()])),
        }
    }

    /// Adds help to what was reported last.
    fn help(&mut self, text: impl Into<String>) {
        if let Some(problem) = self.found.problems.last_mut() {
            problem.help = Some(text.into());
        }
    }

    /// `{checkout:major_outage}` is one long key without a value.
    fn missing_space(&mut self, key: &Node<'_>, value: &Node<'_>) -> bool {
        if !value.is_null() {
            return false;
        }
        let written = &self.text[key.span.range()];
        let colon = written.find(':').filter(|_| key.scalar() == Some(written));
        if let Some(colon) = colon {
            let start = Span::new(key.span.start, key.span.start + colon + 1);
            let message = format!("`{}` needs a space after it, else YAML takes it for text", &written[..=colon]);
            let fix = Fix::safe("insert a space", Span::at(start.end), " ");
            self.found.problems.push(Problem::new("invalid-yaml", start, message).help("insert a space").fix(fix));
        }
        colon.is_some()
    }

    /// A key without a value. `chat: #inc` is the usual way to get there.
    fn empty(&mut self, node: &Node<'_>, key: &str) {
        let rest = self.text[node.span.end..].lines().next().unwrap_or("");
        let comment = rest.trim_start();
        let problem = Problem::new("wrong-type", node.span, format!("`{key}` has no value"));
        let problem = match comment.strip_prefix('#') {
            Some(after) if !after.starts_with(' ') => {
                let start = node.span.end + rest.len() - comment.len();
                let quoted = crate::text::quote::double(comment.trim_end());
                let span = Span::new(start, start + comment.trim_end().len());
                problem.help(format!("`#` begins a comment; quote the value: `{quoted}`")).fix(Fix::safe(
                    "quote the value",
                    span,
                    quoted,
                ))
            }
            _ => problem.help("write a value, or remove the key: absent means that nobody has answered yet"),
        };
        self.found.problems.push(problem);
    }
}

/// A mapping with the keys that it needs, as a hint at its form.
fn example(shape: &Shape) -> String {
    let mut fields: Vec<&Field> = shape.fields.iter().filter(|field| field.required).collect();
    if fields.is_empty() {
        fields.extend(shape.fields.first());
    }
    let keys: Vec<String> = fields.iter().map(|field| format!("{}: …", field.key)).collect();
    format!("{{{}}}", keys.join(", "))
}

/// A span that ends with its first line, so that a report does not underline a whole block.
fn first_line(text: &str, span: Span) -> Span {
    let length = text[span.range()].find('\n').unwrap_or(span.end - span.start);
    Span::new(span.start, span.start + length)
}

fn shorten(word: &str) -> String {
    let mut chars = word.chars();
    let head: String = chars.by_ref().take(40).collect();
    if chars.next().is_some() { format!("{head}…") } else { head }
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    // An abbreviation keeps its capitals.
    if chars.clone().next().is_some_and(char::is_uppercase) { text.to_owned() } else { first + chars.as_str() }
}
