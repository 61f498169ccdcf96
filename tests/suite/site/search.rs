//! The search index, read as the script of the page reads it.

use super::*;

/// The titles of the documents that a term is in.
pub fn find(site: &Site, language: &str, term: &str) -> Vec<String> {
    let overview = json(site, &format!("{language}search/index.json"));
    let shards = overview["shards"].as_array().unwrap().iter().map(|shard| shard.as_str().unwrap());
    let shards = shards.map(|shard| json(site, &format!("{language}search/index/{shard}.json")));
    let distances = shards.filter_map(|words| words[term].as_array().cloned()).flatten();
    let mut document = 0;
    let documents = distances.map(|distance| {
        document += distance.as_u64().unwrap() >> 1;
        let shown = overview["shown"].as_u64().unwrap();
        let page = json(site, &format!("{language}search/docs/{}.json", document / shown));
        page[(document % shown) as usize]["title"].as_str().unwrap().to_owned()
    });
    documents.collect()
}

#[test]
fn a_word_leads_to_the_events_that_say_it_in_the_language_of_the_reader() {
    let site = at(&example(), MOMENTS[5]);
    let cards = ["Cards are <refused> & returned"];
    assert_eq!(find(&site, "", "works"), cards);
    assert_eq!(find(&site, "", "certificate"), cards, "a public summary is searched too");
    assert_eq!(find(&site, "ko/", "조사"), cards);
    assert_eq!(find(&site, "", "조사"), [] as [&str; 0]);
    assert_eq!(find(&site, "", "refused"), cards);
    assert_eq!(find(&site, "", "gt"), [] as [&str; 0], "an escaped sign is no word");
}

#[test]
fn every_shard_that_is_named_exists() {
    let site = at(&example(), MOMENTS[5]);
    for language in ["", "ko/"] {
        let overview = json(&site, &format!("{language}search/index.json"));
        let named: BTreeSet<String> = overview["shards"].as_array().unwrap().iter().map(|s| s.to_string()).collect();
        let folder = format!("{language}search/index/");
        let there = site.files.keys().filter_map(|path| path.strip_prefix(&folder)?.strip_suffix(".json"));
        assert_eq!(there.map(|name| format!("\"{name}\"")).collect::<BTreeSet<_>>(), named);
    }
}
