//! What insiders find: records with all that their timelines say, postmortems, and actions; also by the names of the people
//! and services in them. It is made from `Inside`, so the public site has none of it.

use crate::record::name::Name;
use crate::record::time::Time;
use crate::record::words::first_line;
use crate::record::{Record, Target};
use crate::site::SiteError;
use crate::site::draft::Draft;
use crate::site::output::File;
use crate::site::plan::INTERNAL;
use crate::site::search::{Index, Shown, excerpt};
use crate::site::view::{Reader, Text};
use crate::text::markdown;
use crate::text::yaml::{self, Node};

use super::inside::{Case, Inside};
use super::plan::Page;
use super::reader::Insider;

/// The folder below that of a language, where the page stands, too.
pub const FOLDER: &str = "internal/search/";

/// What can be found.
#[derive(Clone, Copy, Debug)]
enum Document {
    /// A place in `Inside::cases`.
    Case(usize),
    /// A place in `Inside::postmortems`.
    Review(usize),
    /// The place of a postmortem, and that of one of its actions.
    Action(usize, usize),
}

/// Everything below the folder but the page, in every language. The index is the same in all: people write in any of them.
pub fn files(inside: &Inside<'_>, draft: &Draft) -> Result<Vec<File>, SiteError> {
    let documents = documents(inside);
    let index = Index::of(documents.len(), |number, add| texts(inside, documents[number], add))?;
    let facts = &draft.facts();
    let mut files = Vec::new();
    for voice in &draft.look.voices {
        let language = &voice.language;
        let folder = format!("{}{FOLDER}", language.prefix);
        let reader = Insider { reader: Reader { facts, language, path: folder.clone() }, inside };
        files.extend(index.files(&folder, |number| shown(&reader, documents[number]))?);
    }
    Ok(files)
}

/// Oldest first; the postmortem of a record and its actions follow it.
fn documents(inside: &Inside<'_>) -> Vec<Document> {
    let of_case = |(place, case): (usize, &Case<'_>)| {
        let review = inside.review_of(case.id()).filter(|review| inside.postmortems[*review].case == place);
        let actions = review.into_iter().flat_map(|review| {
            let actions = 0..inside.postmortems[review].postmortem.actions.len();
            actions.map(move |action| Document::Action(review, action))
        });
        [Document::Case(place)].into_iter().chain(review.map(Document::Review)).chain(actions).collect::<Vec<_>>()
    };
    inside.cases.iter().enumerate().rev().flat_map(of_case).collect()
}

fn texts(inside: &Inside<'_>, document: Document, add: &mut dyn FnMut(&str, bool)) {
    match document {
        Document::Case(place) => {
            let case = &inside.cases[place];
            case.titles().for_each(|title| add(title, true));
            add(case.id(), false);
            of_record(inside, case.record, add);
        }
        Document::Review(place) => {
            let review = &inside.postmortems[place];
            inside.cases[review.case].titles().for_each(|title| add(title, true));
            of_record(inside, review.record, add);
        }
        Document::Action(review, place) => {
            let action = &inside.postmortems[review].postmortem.actions[place];
            let texts = [&action.id, &action.ticket, &action.reason, &action.approved_by].into_iter().flatten();
            action.title.iter().for_each(|title| add(&title.value, true));
            texts.chain(&action.evidence).for_each(|text| add(&text.value, false));
            for owner in action.owner.iter().map(|owner| owner.value.as_str()) {
                let team = inside.team_of(owner).map(|team| inside.name(team));
                [Some(owner), Some(inside.name(owner)), team].into_iter().flatten().for_each(|name| add(name, false));
            }
        }
    }
}

/// All that a record says, and what people call those that it names by their ids.
fn of_record(inside: &Inside<'_>, record: &Record, add: &mut dyn FnMut(&str, bool)) {
    if let Some(root) = yaml::parse(&record.text, record.front, &mut Vec::new()) {
        // What lies ahead is in the file and not in the record.
        let happened =
            |node: &&Node<'_>| record.timeline().iter().any(|entry| entry.span.range().contains(&node.span.start));
        for (key, node) in root.pairs().unwrap_or_default() {
            match node.items().filter(|_| key.scalar() == Some("timeline")) {
                Some(entries) => entries.iter().filter(happened).for_each(|entry| scalars(entry, add)),
                None => scalars(node, add),
            }
        }
    }
    add(record.body(), false);
    for reference in &record.references {
        match inside.archive.config.service(&reference.name.value).filter(|_| reference.target == Target::Service) {
            Some(service) => {
                service.name.iter().flat_map(Name::texts).for_each(|name| add(&name.value, false));
            }
            None => add(inside.name(&reference.name.value), false),
        }
    }
}

/// Times are left out: nobody looks for one, and each would be a word of its own.
fn scalars(node: &Node<'_>, add: &mut dyn FnMut(&str, bool)) {
    if let Some(text) = node.filled().filter(|text| Time::parse(text).is_err()) {
        add(text, false);
    }
    node.items().unwrap_or_default().iter().for_each(|item| scalars(item, add));
    node.pairs().unwrap_or_default().iter().for_each(|(_, value)| scalars(value, add));
}

fn shown<'a>(reader: &Insider<'a>, document: Document) -> Shown<'a> {
    let inside = reader.inside;
    let moment = |case: &Case<'_>| reader.reader.language.dates.moment(case.began);
    let path = |page: Page| page.path(inside).trim_start_matches(INTERNAL).to_owned();
    match document {
        Document::Case(place) => {
            let case = &inside.cases[place];
            let status = case.replay().status().unwrap_or_default();
            let Text { text: title, lang } = reader.title(case);
            Shown {
                path: path(Page::Case(place)),
                title,
                lang,
                kind: reader.term("", case.record.kind.name()).text,
                status,
                status_text: reader.status(status).text,
                began: moment(case),
                excerpt: excerpt(&markdown::plain_text(told(case))),
                excerpt_lang: reader.lang(told(case)),
            }
        }
        Document::Review(place) => {
            let review = &inside.postmortems[place];
            let case = &inside.cases[review.case];
            let status = review.postmortem.status.as_ref().map_or("", |status| &status.value);
            let first = first_paragraph(review.record.body());
            let Text { text: title, lang } = reader.title(case);
            Shown {
                path: path(Page::Postmortem(place)),
                title,
                lang,
                kind: reader.word("inside_postmortem").to_owned(),
                status,
                status_text: reader.term("postmortem_", status).text,
                began: moment(case),
                excerpt: excerpt(&markdown::plain_text(&first)),
                excerpt_lang: reader.lang(&first),
            }
        }
        Document::Action(review, place) => {
            let action = &inside.postmortems[review].postmortem.actions[place];
            let status = action.status.as_ref().map_or("", |status| &status.value);
            let owner = action.owner.as_ref().map(|owner| inside.name(&owner.value));
            let due = action.due.map(|due| reader.reader.language.dates.day(due.value));
            let title = action.title.as_ref().or(action.id.as_ref()).map_or("", |title| &title.value);
            Shown {
                path: path(Page::Postmortem(review)),
                title,
                lang: reader.lang(title),
                kind: reader.word("inside_action_item").to_owned(),
                status,
                status_text: reader.term("action_status_", status).text,
                began: due.unwrap_or_default(),
                excerpt: owner.unwrap_or_default().to_owned(),
                excerpt_lang: None,
            }
        }
    }
}

/// Below whatever heading.
fn first_paragraph(body: &str) -> String {
    let is_text = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let lines = body.lines().skip_while(|line| !is_text(line)).take_while(is_text);
    lines.collect::<Vec<_>>().join(" ")
}

/// What customers met, else the newest note, else the newest message.
fn told<'a>(case: &Case<'a>) -> &'a str {
    let experience = case.record.incident().and_then(|incident| incident.assessment.experience.as_ref());
    let entries = || case.entries().into_iter().rev();
    let note = || entries().find_map(|entry| entry.note.as_deref());
    let message = || entries().find_map(|entry| entry.said().next());
    experience.or_else(note).or_else(message).map_or("", |text| first_line(&text.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postmortem_is_shown_by_its_first_words() {
        assert_eq!(first_paragraph("\n# A\n\n## Summary\nThe disk\nwas full.\n\nMore.\n"), "The disk was full.");
        assert_eq!(first_paragraph("## Summary\n"), "");
    }
}
