//! Phrases that rules look for in the prose of people, for each language, with what a repository adds or takes away
//! under `rules` in `incident.yaml`.

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

/// The lexicons of a run. Each is made once, when it is first asked for.
#[derive(Debug, Default)]
pub struct Wording {
    made: Mutex<Vec<Made>>,
}

/// A lexicon, and what it was made for.
#[derive(Debug)]
struct Made {
    rule: &'static str,
    /// A rule may have several lists.
    known: &'static [Phrases],
    language: Option<String>,
    lexicon: Arc<Lexicon>,
}

/// What a rule looks for in a text of a language; in every language where none is given. Nothing where the rule knows no
/// phrase of that language, so that nothing can be concluded from finding none.
pub fn lexicon(
    context: &Context<'_>,
    rule: &'static str,
    known: &'static [Phrases],
    language: Option<&str>,
) -> Arc<Lexicon> {
    let language = language.map(primary);
    let is_it =
        |made: &&Made| made.rule == rule && std::ptr::eq(made.known, known) && made.language.as_deref() == language;
    let mut made = context.wording.made.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(made) = made.iter().find(is_it) {
        return Arc::clone(&made.lexicon);
    }
    let lexicon = Arc::new(Lexicon::new(phrases(context, rule, known, language)));
    made.push(Made { rule, known, language: language.map(str::to_owned), lexicon: Arc::clone(&lexicon) });
    lexicon
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
