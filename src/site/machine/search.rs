//! What readers find: every incident and maintenance by what was said of it.

use crate::site::language::Language;
use crate::site::output::File;
use crate::site::plan::Page;
use crate::site::projection::PublicEvent;
use crate::site::search::{Index, Shown, excerpt};
use crate::site::view::{Facts, Reader, Text};

/// Everything below `search/` but the page.
pub fn files(facts: &Facts<'_>, language: &Language) -> Result<Vec<File>, serde_json::Error> {
    let reader = Reader { facts, language, path: String::new() };
    let oldest_first: Vec<usize> = (0..facts.site.events.len()).rev().collect();
    let event = |document: usize| &*reader.site().events[oldest_first[document]];
    let index = Index::of(oldest_first.len(), |document, add| texts(&reader, event(document), add))?;
    index.files(&format!("{}search/", language.prefix), |document| shown(&reader, oldest_first[document]))
}

fn shown<'a>(reader: &Reader<'a>, place: usize) -> Shown<'a> {
    let event = &reader.site().events[place];
    let status = reader.status(&event.status);
    let newest = event.messages.first();
    let said = newest.and_then(|message| message.text(&reader.language.tag, reader.site().default_language()));
    let Text { text: title, lang } = reader.worded(&event.title);
    Shown {
        path: Page::Event(place).path(reader.site()),
        title,
        lang,
        kind: reader.kind(event).text.to_owned(),
        status: status.name,
        status_text: status.text.to_owned(),
        began: reader.language.dates.moment(event.began),
        excerpt: said.map_or_else(String::new, |text| excerpt(&text.plain())),
        excerpt_lang: said.and_then(|text| reader.foreign(&text.language)),
    }
}

fn texts(reader: &Reader<'_>, event: &PublicEvent, add: &mut dyn FnMut(&str, bool)) {
    let site = reader.site();
    add(event.title.in_language(&reader.language.tag), true);
    add(&event.id, false);
    for affected in &event.affected {
        add(site.services[affected.service].name_in(&reader.language.tag), false);
    }
    let texts = event.messages.iter().filter_map(|m| m.text(&reader.language.tag, site.default_language()));
    for html in texts.map(|text| &text.html).chain(&event.summary) {
        each_text(html, |text| add(text, false));
    }
}

/// The texts between the tags of our own HTML.
fn each_text(html: &str, mut found: impl FnMut(&str)) {
    for piece in html.split('<') {
        let text = piece.split_once('>').map_or(piece, |(_, text)| text);
        for part in text.split('&') {
            let entity = ["amp;", "lt;", "gt;", "quot;"].into_iter().find_map(|entity| part.strip_prefix(entity));
            found(entity.unwrap_or(part));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_not_searched() {
        let mut texts = Vec::new();
        each_text("<p>We <em>are</em> R&amp;D<a href=\"https://x\">back</a></p>", |text| texts.push(text.to_owned()));
        texts.retain(|text| !text.is_empty());
        assert_eq!(texts, ["We ", "are", " R", "D", "back"]);
    }
}
