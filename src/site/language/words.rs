//! The words of one language, from its Fluent catalogue.
//!
//! Ten thousand pages say the same few hundred things, so what needs no argument is resolved once into a map.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use unic_langid::LanguageIdentifier;

use super::super::builtin::Files;

/// Where the words of each language are: those of the public site, which both have, and those of the internal one.
pub const CATALOGUES: [&str; 2] = ["i18n/", "internal/i18n/"];

pub struct Words {
    bundle: FluentBundle<FluentResource>,
    plain: BTreeMap<String, String>,
}

/// Why a catalogue cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordsError {
    /// Not a language tag at all.
    NotATag(String),
    /// Neither built in nor given by the user.
    NoCatalogue { tag: String, available: Vec<String> },
    /// A catalogue that is not Fluent.
    Malformed { path: String, line: usize, message: String },
    /// A catalogue that leaves readers without words.
    Missing { path: String, keys: Vec<String> },
}

impl std::error::Error for WordsError {}

impl fmt::Display for WordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotATag(tag) => {
                write!(f, "`{tag}` under `site.languages` is not a language tag such as `en` or `pt-BR`")
            }
            Self::NoCatalogue { tag, available } => write!(
                f,
                "there are no words for the language `{tag}`; built in are {}. Write them as templates/i18n/{tag}.ftl, \
                 or take `{tag}` out of `site.languages`",
                available.join(", ")
            ),
            Self::Malformed { path, line, message } => write!(f, "templates/{path}:{line}: {message}"),
            Self::Missing { path, keys } => write!(f, "templates/{path} lacks {}", keys.join(", ")),
        }
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("plain", &self.plain).finish_non_exhaustive()
    }
}

impl Words {
    /// The built-in catalogue of a language with the user's own laid over it.
    pub fn load(tag: &str, files: &Files) -> Result<Self, WordsError> {
        let language: LanguageIdentifier = tag.parse().map_err(|_| WordsError::NotATag(tag.to_owned()))?;
        let mut bundle = FluentBundle::new_concurrent(vec![language.clone()]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(grouping(&language)));
        let mut keys = BTreeSet::new();
        let mut lacking = None;
        for catalogue in CATALOGUES {
            let path = format!("{catalogue}{tag}.ftl");
            let mut own = BTreeSet::new();
            for text in files.layers(&path) {
                let resource = parse(&path, text)?;
                own.extend(message_ids(&resource).map(str::to_owned));
                bundle.add_resource_overriding(resource);
            }
            let missing: Vec<String> = reference_keys(catalogue, files)?.difference(&own).cloned().collect();
            lacking = lacking.or((!missing.is_empty()).then_some(WordsError::Missing { path, keys: missing }));
            keys.append(&mut own);
        }
        if keys.is_empty() {
            let available = files.names().filter_map(|n| n.strip_prefix("i18n/")?.strip_suffix(".ftl"));
            return Err(WordsError::NoCatalogue {
                tag: tag.to_owned(),
                available: available.map(str::to_owned).collect(),
            });
        }
        if let Some(lacking) = lacking {
            return Err(lacking);
        }
        let plain =
            keys.into_iter().filter_map(|key| Some((plain(&bundle, &key)?, key))).map(|(text, key)| (key, text));
        let plain = plain.collect();
        Ok(Self { bundle, plain })
    }

    /// Everything that needs no argument.
    pub const fn plain(&self) -> &BTreeMap<String, String> {
        &self.plain
    }

    /// A word that needs no argument.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.plain.get(key).map_or(key, String::as_str)
    }

    /// A sentence with arguments.
    pub fn say(&self, key: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
        let arguments: FluentArgs<'_> = arguments.iter().cloned().collect();
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        pattern.map_or_else(
            || key.to_owned(),
            |pattern| self.bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned(),
        )
    }

    /// A text with slots that is resolved once and filled often.
    pub fn pattern(&self, key: &str, slots: &[&'static str]) -> Pattern {
        let mark = |slot: usize| char::from_u32(0xE000 + slot as u32).unwrap_or('\u{F8FF}');
        let arguments: Vec<(&str, FluentValue<'_>)> =
            slots.iter().enumerate().map(|(i, name)| (*name, FluentValue::from(mark(i).to_string()))).collect();
        let mut pieces = vec![Piece::Text(String::new())];
        for c in self.say(key, &arguments).chars() {
            match (0..slots.len()).find(|slot| mark(*slot) == c) {
                Some(slot) => pieces.push(Piece::Slot(slot)),
                None => match pieces.last_mut() {
                    Some(Piece::Text(text)) => text.push(c),
                    _ => pieces.push(Piece::Text(c.to_string())),
                },
            }
        }
        Pattern(pieces)
    }
}

/// How a language writes the numbers of a sentence. What must stay as it is, such as a year, is given as text.
fn grouping<M>(language: &LanguageIdentifier) -> fn(&FluentValue<'_>, &M) -> Option<String> {
    match language.language.as_str() {
        "da" | "de" | "el" | "es" | "id" | "it" | "nl" | "pt" | "tr" => group::<'.', M>,
        "en" | "he" | "ja" | "ko" | "th" | "zh" => group::<',', M>,
        // A space that does not break; whatever the language, nobody takes it for a decimal point.
        _ => group::<'\u{a0}', M>,
    }
}

/// A count with `SEPARATOR` before each three digits.
fn group<const SEPARATOR: char, M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = number.as_string();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let grouped = digits.char_indices().flat_map(|(at, digit)| {
        let starts_group = at > 0 && (digits.len() - at).is_multiple_of(3);
        starts_group.then_some(SEPARATOR).into_iter().chain([digit])
    });
    Some(grouped.collect())
}

/// Text with numbered slots.
#[derive(Clone, Debug)]
pub struct Pattern(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Slot(usize),
}

impl Pattern {
    /// The text with its slots filled, in the order in which they were named.
    pub fn fill(&self, values: &[&str]) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            Piece::Slot(slot) => values.get(*slot).copied().unwrap_or_default(),
        });
        pieces.collect::<Vec<_>>().concat()
    }
}

/// One message of a catalogue that needs no argument, whatever else the catalogue lacks.
pub fn message(files: &Files, tag: &str, key: &str) -> Option<String> {
    let path = format!("i18n/{tag}.ftl");
    let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().ok()?]);
    for text in files.layers(&path) {
        bundle.add_resource_overriding(parse(&path, text).ok()?);
    }
    plain(&bundle, key)
}

fn parse(path: &str, text: &str) -> Result<FluentResource, WordsError> {
    FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| {
        let (at, message) =
            errors.first().map_or((0, "not a Fluent catalogue".to_owned()), |e| (e.pos.start, e.to_string()));
        let line = text.bytes().take(at).filter(|b| *b == b'\n').count() + 1;
        WordsError::Malformed { path: path.to_owned(), line, message }
    })
}

/// The keys that every catalogue must have: those of the built-in English one.
fn reference_keys(catalogue: &str, files: &Files) -> Result<BTreeSet<String>, WordsError> {
    let path = format!("{catalogue}en.ftl");
    let resource = parse(&path, files.builtin(&path).unwrap_or_default())?;
    Ok(message_ids(&resource).map(str::to_owned).collect())
}

fn message_ids(resource: &FluentResource) -> impl Iterator<Item = &str> {
    resource.entries().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message.id.name),
        _ => None,
    })
}

/// A message that needs no argument.
fn plain(bundle: &FluentBundle<FluentResource>, key: &str) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
    errors.is_empty().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_as_each_language_does_and_years_are_not() {
        let files = Files::builtin_only();
        let said = |tag: &str, count: usize| {
            Words::load(tag, &files).unwrap().say("inside_records_count", &[("count", count.into())])
        };
        assert_eq!(said("en", 1), "1 record");
        assert_eq!(said("en", 999), "999 records");
        assert_eq!(said("en", 1_000), "1,000 records");
        assert_eq!(said("en", 1_234_567), "1,234,567 records");
        for (tag, written) in [("ko", "10,000"), ("ja", "10,000"), ("it", "10.000")] {
            assert!(said(tag, 10_000).contains(written), "{}", said(tag, 10_000));
        }
        let year =
            |year: &'static str| Words::load("en", &files).unwrap().say("postmortems_of", &[("year", year.into())]);
        assert_eq!(year("2026"), "Postmortems 2026");
    }

    #[test]
    fn a_language_without_words_of_ours_is_grouped_by_spaces() {
        let said = |tag: &str| {
            let grouped: fn(&FluentValue<'_>, &()) -> Option<String> = grouping(&tag.parse().unwrap());
            grouped(&FluentValue::from(10_000), &())
        };
        assert_eq!(said("fr").as_deref(), Some("10\u{a0}000"));
        assert_eq!(said("pt-BR").as_deref(), Some("10.000"));
    }
}
