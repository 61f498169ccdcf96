//! Phrases that rules look for in the prose of people, for each language, with what a repository adds or takes away
//! under `rules` in `incident.yaml`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Context;
use crate::text::phrase::Lexicon;

/// The phrases of one language.
#[derive(Clone, Copy, Debug)]
pub struct Phrases {
    /// A language tag without a region.
    pub language: &'static str,
    pub phrases: &'static [&'static str],
}

/// A rule, the place of its list of phrases, and a language.
type Key = (&'static str, usize, Option<String>);

/// The lexicons of a run. Each is made once, when it is first asked for.
#[derive(Debug, Default)]
pub struct Wording {
    made: Mutex<HashMap<Key, Arc<Lexicon>>>,
}

/// What a rule looks for in a text of a language; in every language where none is given. Nothing where the rule knows no
/// phrase of that language, so that nothing can be concluded from finding none.
pub fn lexicon(
    context: &Context<'_>,
    rule: &'static str,
    known: &'static [Phrases],
    language: Option<&str>,
) -> Arc<Lexicon> {
    let key = (rule, known.as_ptr().addr(), language.map(|language| primary(language).to_owned()));
    let mut made = context.wording.made.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(made.entry(key).or_insert_with(|| Arc::new(Lexicon::new(phrases(context, rule, known, language)))))
}

fn phrases<'a>(context: &Context<'a>, rule: &str, known: &[Phrases], language: Option<&str>) -> Vec<&'a str> {
    let is_meant = |phrases: &&Phrases| language.is_none_or(|language| primary(language) == phrases.language);
    let built_in: Vec<&str> = known.iter().filter(is_meant).flat_map(|known| known.phrases).copied().collect();
    let own = || context.archive.config.phrases.iter().filter(|own| own.rule.value == rule);
    let except =
        |phrase: &str| own().any(|own| own.except.iter().any(|except| except.value.eq_ignore_ascii_case(phrase)));
    let also = own().flat_map(|own| own.also.iter().map(|also| also.value.as_str()));
    built_in.into_iter().filter(|phrase| !except(phrase)).chain(also).collect()
}

/// `pt-BR` is Portuguese.
pub fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}
