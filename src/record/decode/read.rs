//! Takes typed values out of a tree that has been checked. What does not fit was reported, and is absent here.

use super::MAX_ITEMS;
use crate::record::name::Name;
use crate::record::shape::canonical_role;
use crate::record::time::{Time, parse_date};
use crate::record::timeline::{
    Amendment, Entry, Escalation, Evidence, Link, Message, Notification, ServiceState, Text,
};
use crate::text::span::{Span, Spanned};
use crate::text::yaml::Node;

/// The values of one mapping; of nothing where there is none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'a> {
    node: Option<&'a Node<'a>>,
    /// A bit for each key. An entry has few of the many that it could have, so most are not looked for.
    keys: u64,
}

/// Two keys may share one.
fn bit(key: &str) -> u64 {
    let first = key.as_bytes().first().copied().unwrap_or_default();
    1 << ((usize::from(first) + 7 * key.len()) % 64)
}

impl<'a> Fields<'a> {
    pub fn of(node: Option<&'a Node<'a>>) -> Self {
        let keys = node.and_then(Node::pairs).unwrap_or_default().iter().filter_map(|(key, _)| key.scalar());
        Self { node, keys: keys.fold(0, |keys, key| keys | bit(key)) }
    }

    pub fn node(self, key: &str) -> Option<&'a Node<'a>> {
        let node = self.node.filter(|_| self.keys & bit(key) != 0)?;
        node.get(key).filter(|node| !node.is_null())
    }

    pub fn span(self) -> Span {
        self.node.map_or(Span::default(), |node| node.span)
    }

    pub fn map(self, key: &str) -> Self {
        Self::of(self.node(key).filter(|node| node.pairs().is_some()))
    }

    pub fn pairs(self, key: &str) -> &'a [(Node<'a>, Node<'a>)] {
        self.node(key).and_then(Node::pairs).unwrap_or(&[])
    }

    pub fn items(self, key: &str) -> &'a [Node<'a>] {
        self.node(key).and_then(Node::items).unwrap_or(&[])
    }

    pub fn text(self, key: &str) -> Option<Text> {
        self.node(key).and_then(text)
    }

    pub fn boxed(self, key: &str) -> Option<Box<Text>> {
        self.text(key).map(Box::new)
    }

    /// One text or a list of them.
    pub fn texts(self, key: &str) -> Vec<Text> {
        match self.node(key) {
            Some(node) => match node.items() {
                Some(items) => fitting(items, text),
                None => text(node).into_iter().collect(),
            },
            None => Vec::new(),
        }
    }

    pub fn time(self, key: &str) -> Option<Spanned<Time>> {
        self.parsed(key, |text| Time::parse(text).ok())
    }

    pub fn date(self, key: &str) -> Option<Spanned<jiff::civil::Date>> {
        self.parsed(key, |text| parse_date(text).ok())
    }

    pub fn bool(self, key: &str) -> Option<Spanned<bool>> {
        self.parsed(key, |text| text.parse().ok())
    }

    pub fn number(self, key: &str) -> Option<Spanned<u64>> {
        self.parsed(key, |text| text.parse().ok())
    }

    /// A value that `read` makes of the text, with its place.
    pub fn parsed<T>(self, key: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Spanned<T>> {
        let node = self.node(key)?;
        read(node.scalar()?).map(|value| Spanned::new(value, node.span))
    }
}

/// What `read` makes of each item, without room to spare: an archive holds a hundred thousand of these lists.
pub(super) fn fitting<'a, T, R>(items: &'a [T], read: impl FnMut(&'a T) -> Option<R>) -> Vec<R> {
    let mut all = Vec::with_capacity(items.len());
    all.extend(items.iter().filter_map(read));
    all
}

pub(super) fn text(node: &Node<'_>) -> Option<Text> {
    node.filled().map(|text| Spanned::new(text.to_owned(), node.span))
}

/// What something is called. `default` is the first language of the site.
pub(super) fn name(fields: Fields<'_>, key: &str, default: &str) -> Option<Name> {
    let translations = text_pairs(fields.pairs(key));
    let first = || translations.iter().find(|(tag, _)| tag.value == default).or(translations.first());
    let text = fields.text(key).or_else(|| first().map(|(_, text)| text.clone()))?;
    Some(Name { text, translations })
}

/// Names and texts of a mapping, in its order.
pub(super) fn text_pairs(pairs: &[(Node<'_>, Node<'_>)]) -> Vec<(Text, Text)> {
    fitting(pairs, |(k, v)| Some((text(k)?, text(v)?)))
}

pub(super) fn impact(pairs: &[(Node<'_>, Node<'_>)]) -> Vec<(Text, Spanned<ServiceState>)> {
    fitting(pairs, |(service, state)| {
        let value = ServiceState::parse(state.scalar()?)?;
        Some((text(service)?, Spanned::new(value, state.span)))
    })
}

pub(super) fn links(items: &[Node<'_>]) -> Vec<Link> {
    fitting(items, |item| {
        let link = Fields::of(Some(item));
        Some(Link { title: link.text("title"), url: link.text("url")? })
    })
}

/// The entries that have a time, and whether those are all. More than are allowed are none, as was reported.
pub(super) fn timeline(fields: Fields<'_>) -> (Vec<Entry>, bool) {
    let items = fields.items("timeline");
    if items.len() > MAX_ITEMS {
        return (Vec::new(), false);
    }
    let entries = fitting(items, |item| entry(Fields::of(Some(item))));
    let complete = entries.len() == items.len();
    (entries, complete)
}

fn entry(fields: Fields<'_>) -> Option<Entry> {
    Some(Entry {
        span: fields.span(),
        at: fields.time("at")?,
        by: fields.text("by"),
        status: fields.boxed("status"),
        severity: fields.boxed("severity"),
        impact: impact(fields.pairs("impact")),
        events: fields.texts("event"),
        roles: roles(fields.pairs("roles")),
        public: message(fields, "public"),
        note: fields.boxed("note"),
        next_update: fields.time("next_update"),
        escalate: escalation(fields.map("escalate")).map(Box::new),
        notify: notification(fields.map("notify")).map(Box::new),
        decision: fields.boxed("decision"),
        action: fields.boxed("action"),
        result: fields.boxed("result"),
        hypothesis: fields.boxed("hypothesis"),
        todo: fields.boxed("todo"),
        promoted: fields.boxed("promoted"),
        dismissed: fields.boxed("dismissed"),
        evidence: evidence(fields.map("evidence")).map(Box::new),
        reason: fields.boxed("reason"),
        links: links(fields.items("links")),
        backfill: fields.bool("backfill").is_some_and(|b| b.value),
        estimated: fields.bool("estimated").is_some_and(|b| b.value),
        edited: amendment(fields.map("edited")).map(Box::new),
        redacted: amendment(fields.map("redacted")).map(Box::new),
    })
}

fn roles(pairs: &[(Node<'_>, Node<'_>)]) -> Vec<(Text, Option<Text>)> {
    fitting(pairs, |(role, person)| {
        let role = text(role)?.map(|name| canonical_role(&name).to_owned());
        Some((role, text(person)))
    })
}

pub(super) fn message(fields: Fields<'_>, key: &str) -> Option<Message> {
    let node = fields.node(key)?;
    match node.pairs() {
        Some(pairs) => Some(Message::Translated(text_pairs(pairs))).filter(|_| !pairs.is_empty()),
        None => text(node).map(Message::Plain),
    }
}

fn escalation(fields: Fields<'_>) -> Option<Escalation> {
    Some(Escalation {
        to: fields.text("to")?,
        reason: fields.text("reason"),
        acknowledged: fields.time("acknowledged"),
    })
}

fn notification(fields: Fields<'_>) -> Option<Notification> {
    fields.node.map(|_| Notification { who: fields.texts("who"), by: fields.texts("by") })
}

fn evidence(fields: Fields<'_>) -> Option<Evidence> {
    Some(Evidence {
        item: fields.text("item")?,
        sha256: fields.text("sha256"),
        custody: fields.text("custody"),
        from: fields.text("from"),
        to: fields.text("to"),
    })
}

fn amendment(fields: Fields<'_>) -> Option<Amendment> {
    fields.node.map(|_| amended(fields))
}

/// The three answers that every change in the open gives.
pub(super) fn amended(fields: Fields<'_>) -> Amendment {
    Amendment { span: fields.span(), at: fields.time("at"), by: fields.text("by"), reason: fields.text("reason") }
}
