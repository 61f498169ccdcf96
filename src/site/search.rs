//! The index that the search page looks into, in pieces so small that a reader loads only those of the words typed.
//!
//! ```text
//! search/index.json       how many documents, and which pieces there are
//! search/index/ch.json    words that begin with `ch`, each with the documents it is in
//! search/docs/3.json      what to show of documents 96 to 127
//! ```
//!
//! Documents are numbered from the oldest on, so that a new one leaves most files as they were. A number in the
//! list of a word is twice the distance to the document before, and one more where the word is in the title.
//! `templates/assets/search.js` divides what is typed as `terms` divides what is indexed: they belong together.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use serde::Serialize;

use super::output::File;

/// Documents in one file of what to show.
const SHOWN: usize = 32;
/// Documents that one thread takes at a time.
const BATCH: usize = 1024;
/// Characters of a text that a result shows.
const EXCERPT: usize = 160;
/// Characters of a word that are looked at.
const LONGEST: usize = 32;

#[derive(Debug, Serialize)]
struct Overview<'a> {
    documents: usize,
    shown: usize,
    shards: Vec<&'a str>,
}

/// What a result shows, in the language of the page.
#[derive(Debug, Serialize)]
pub struct Shown<'a> {
    /// From the folder that the page of the search is in.
    pub path: String,
    pub title: &'a str,
    pub lang: Option<&'a str>,
    pub kind: String,
    pub status: &'a str,
    pub status_text: String,
    pub began: String,
    pub excerpt: String,
    /// The language of the excerpt, where it is not that of the page.
    pub excerpt_lang: Option<&'a str>,
}

/// The documents that a word is in, in order, each with whether it is in the title. There are millions of them in a large
/// archive, so their numbers are short.
type Postings = Vec<(u32, bool)>;

/// The words of documents, as they are written.
#[derive(Debug)]
pub struct Index {
    documents: usize,
    shards: BTreeMap<String, Vec<u8>>,
}

impl Index {
    /// `texts` gives each text of a document, with whether it is the title, to a function.
    pub fn of(
        documents: usize,
        texts: impl Fn(usize, &mut dyn FnMut(&str, bool)) + Sync,
    ) -> Result<Self, serde_json::Error> {
        let words = words(documents, texts);
        let mut shards: BTreeMap<String, Vec<(&str, &Postings)>> = BTreeMap::new();
        for (word, postings) in &words {
            shards.entry(shard(word)).or_default().push((word, postings));
        }
        let shards = shards.into_par_iter().map(|(name, words)| {
            let words: BTreeMap<&str, Vec<u32>> = words.iter().map(|(word, at)| (*word, distances(at))).collect();
            Ok((name, serde_json::to_vec(&words)?))
        });
        Ok(Self { documents, shards: shards.collect::<Result<_, serde_json::Error>>()? })
    }

    /// Everything below a folder but the page. `shown` says what to show of a document.
    pub fn files<'a>(
        &self,
        folder: &str,
        shown: impl Fn(usize) -> Shown<'a> + Sync,
    ) -> Result<Vec<File>, serde_json::Error> {
        let names = self.shards.keys().map(String::as_str).collect();
        let overview = Overview { documents: self.documents, shown: SHOWN, shards: names };
        let mut files = vec![(format!("{folder}index.json"), serde_json::to_vec(&overview)?)];
        files.extend(self.shards.iter().map(|(name, shard)| (format!("{folder}index/{name}.json"), shard.clone())));
        let pieces = (0..self.documents.div_ceil(SHOWN)).into_par_iter().map(|number| {
            let documents = number * SHOWN..self.documents.min((number + 1) * SHOWN);
            let shown: Vec<Shown<'_>> = documents.map(&shown).collect();
            Ok((format!("{folder}docs/{number}.json"), serde_json::to_vec(&shown)?))
        });
        files.extend(pieces.collect::<Result<Vec<_>, serde_json::Error>>()?);
        Ok(files)
    }
}

/// The beginning of a text without markup.
pub fn excerpt(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(EXCERPT) else { return text.to_owned() };
    // At the end of a word, unless that is far away, as it is in scripts without blanks.
    let end = text[..end].rfind(' ').filter(|blank| *blank > end / 4 * 3).unwrap_or(end);
    format!("{}…", &text[..end])
}

/// Every word with the documents it is in.
fn words(documents: usize, texts: impl Fn(usize, &mut dyn FnMut(&str, bool)) + Sync) -> HashMap<String, Postings> {
    let batches = (0..documents.div_ceil(BATCH)).into_par_iter().map(|batch| {
        let mut words = HashMap::new();
        for document in batch * BATCH..documents.min((batch + 1) * BATCH) {
            texts(document, &mut |text, in_title| add(&mut words, document as u32, text, in_title));
        }
        words
    });
    let mut all: HashMap<String, Postings> = HashMap::new();
    for batch in batches.collect::<Vec<HashMap<String, Postings>>>() {
        for (word, mut postings) in batch {
            all.entry(word).or_default().append(&mut postings);
        }
    }
    all
}

/// A title has to be given before the other texts of its document.
fn add(words: &mut HashMap<String, Postings>, document: u32, text: &str, in_title: bool) {
    terms(text, |term| match words.get_mut(term) {
        Some(postings) if postings.last().is_some_and(|(last, _)| *last == document) => {}
        Some(postings) => postings.push((document, in_title)),
        None => _ = words.insert(term.to_owned(), vec![(document, in_title)]),
    });
}

fn distances(postings: &[(u32, bool)]) -> Vec<u32> {
    let mut before = 0;
    let distance = |(document, in_title): &(u32, bool)| {
        let distance = document - before;
        before = *document;
        distance * 2 + u32::from(*in_title)
    };
    postings.iter().map(distance).collect()
}

/// The file of a term: by its first two letters, or by the neighbourhood of its first one where a script has
/// thousands. Only letters that every file system and address takes as they are.
fn shard(term: &str) -> String {
    let Some(first) = term.chars().next() else { return String::new() };
    if is_dense(first) {
        return format!("cjk-{:x}", u32::from(first) >> 5);
    }
    let name = |c: char| if c.is_ascii() { c.to_string() } else { format!("u{:x}", u32::from(c)) };
    term.chars().take(2).map(name).collect()
}

/// A text as terms: words of two letters or more, and of scripts that write without blanks, each pair of neighbours and
/// the last letter.
fn terms(text: &str, mut found: impl FnMut(&str)) {
    let mut run = String::new();
    let mut dense = false;
    let mut end = |run: &mut String, dense: bool| {
        if dense {
            pairs(run, &mut found)
        } else {
            word(run, &mut found)
        }
        run.clear();
    };
    for c in text.chars() {
        // Most letters need none of what follows.
        if c.is_ascii_alphanumeric() && !dense {
            run.push(c.to_ascii_lowercase());
            continue;
        }
        let is_dense = is_dense(c);
        if is_dense != dense || !c.is_alphanumeric() {
            end(&mut run, dense);
            dense = is_dense;
        }
        if is_dense {
            run.push(c);
        } else if c.is_alphanumeric() {
            run.extend(narrow(c).to_lowercase().map(plain));
        }
    }
    end(&mut run, dense);
}

fn word(run: &str, found: &mut impl FnMut(&str)) {
    if run.chars().nth(1).is_some() {
        let end = run.char_indices().nth(LONGEST).map_or(run.len(), |(end, _)| end);
        found(&run[..end]);
    }
}

fn pairs(run: &str, found: &mut impl FnMut(&str)) {
    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
    for pair in starts.windows(3) {
        found(&run[pair[0]..pair[2]]);
    }
    if let [.., last, end] = starts[..] {
        found(&run[last..end]);
    }
}

/// Han, Kana and Hangul: a letter says about as much as a syllable or a word elsewhere.
const fn is_dense(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
}

/// The letters of East Asian keyboards that are as wide as a Han letter, as everybody else's.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// A letter without its accent, for those who do not type it.
const fn plain(c: char) -> char {
    match c {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        terms(text, |term| all.push(term.to_owned()));
        all
    }

    #[test]
    fn words_are_in_small_letters_without_accents_and_have_two_at_least() {
        assert_eq!(of("E-mail, Perché é SSO2 ＡＰＩ"), ["mail", "perche", "sso2", "api"]);
    }

    #[test]
    fn scripts_without_blanks_are_taken_in_pairs() {
        assert_eq!(of("카드 결제가"), ["카드", "드", "결제", "제가", "가"]);
        assert_eq!(of("購入API中"), ["購入", "入", "api", "中"]);
    }

    #[test]
    fn a_word_ends_where_the_script_changes() {
        assert_eq!(of("12월 8일"), ["12", "월", "일"]);
    }

    #[test]
    fn every_shard_has_a_name_that_is_a_file_everywhere() {
        assert_eq!(shard("checkout"), "ch");
        assert_eq!(shard("결제"), "cjk-565");
        assert_eq!(shard("ошибка"), "u43eu448");
    }

    #[test]
    fn an_excerpt_ends_with_a_word() {
        assert_eq!(excerpt("All is well."), "All is well.");
        let words = excerpt(&"twelve chars ".repeat(20));
        assert!(words.ends_with("twelve…") || words.ends_with("chars…"), "{words}");
        assert_eq!(excerpt(&format!("API {}", "結".repeat(200))).chars().count(), EXCERPT + 1);
    }

    #[test]
    fn distances_tell_documents_and_titles() {
        assert_eq!(distances(&[(0, true), (3, false), (4, true)]), [1, 6, 3]);
    }
}
