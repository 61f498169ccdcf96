//! The pages that only the people who respond may read. They are made from `Inside`, which holds the records themselves;
//! nothing of the public site is made from it, and nothing here is part of a public build.

use rayon::prelude::*;

use super::SiteError;
use super::draft::Draft;
use super::look::Voice;
use super::output::File;
use super::plan as public;
use super::render::{Printable, TemplateError};
use super::view::head::{Edition, Head, Part, Place};
use super::view::{Facts, Reader};

mod inside;
mod plan;
mod reader;
mod reports;
mod search;
mod view;

#[cfg(test)]
mod tests;

pub use inside::{Inside, Sources};
use plan::Page;
use reader::Insider;

/// Makes the files that only the internal site has, hands each over with its path, and gives their number.
pub fn make<E>(
    inside: &Inside<'_>,
    draft: &Draft,
    take: impl Fn(String, Vec<u8>) -> Result<(), E> + Sync,
) -> Result<usize, E>
where
    E: From<SiteError> + Send,
{
    inside.prepare();
    let (facts, edition) = (draft.facts(), draft.look.edition());
    let pages = plan::pages(inside);
    let all = draft.look.voices.par_iter().flat_map(|voice| pages.par_iter().map(move |page| (voice, *page)));
    all.try_for_each(|(voice, page)| {
        let (path, bytes) = render(inside, &facts, voice, page, &edition).map_err(SiteError::from)?;
        take(path, bytes)
    })?;
    search::files(inside, draft)?.into_iter().try_for_each(|(path, bytes)| take(path, bytes))?;
    Ok(pages.len() * draft.look.voices.len())
}

/// The file at a whole path, from the root of the site, where only the internal site has it.
pub fn file(sources: &Sources, draft: &Draft, whole: &str) -> Result<Option<Vec<u8>>, SiteError> {
    let voices = draft.look.voices.iter();
    let mut places = voices.filter_map(|voice| Some((voice, whole.strip_prefix(&*voice.language.prefix)?)));
    let Some((voice, path)) = places.find(|(_, path)| path.starts_with(public::INTERNAL)) else { return Ok(None) };
    if path.starts_with(search::FOLDER) && path.ends_with(".json") {
        return sources.search.file(whole, || search::files(&sources.inside(), draft));
    }
    let inside = &sources.inside();
    let page = path.strip_suffix("index.html").and_then(|path| plan::page_at(inside, path));
    let Some(page) = page else { return Ok(None) };
    let (_, bytes) = render(inside, &draft.facts(), voice, page, &draft.look.edition())?;
    Ok(Some(bytes))
}

/// What search engines are told: that nothing here is for them, also where the site is reachable by mistake.
pub fn robots() -> File {
    ("robots.txt".to_owned(), b"User-agent: *\nDisallow: /\n".to_vec())
}

fn render(
    inside: &Inside<'_>,
    facts: &Facts<'_>,
    voice: &Voice,
    page: Page,
    edition: &Edition<'_>,
) -> Result<File, TemplateError> {
    let Voice { language, renderer } = voice;
    let path = page.path(inside);
    let reader = Insider { reader: Reader { facts, language, path: language.prefix.clone() + &path }, inside };
    let view = view::of(&reader, page);
    let head = Head::new(&reader.reader, Place::Internal(&path), Some(view.title), view.moves, edition);
    let head = Head { parts: parts(&reader, page), ..head };
    let shown: [(&'static str, &dyn Printable); 2] = [("page", &head), (view.name, &*view.shown)];
    let html = renderer.render(view.template, &shown)?;
    Ok((public::file(&reader.reader.path), html.into_bytes()))
}

fn parts<'a>(reader: &Insider<'a>, page: Page) -> Vec<Part<'a>> {
    let part = |(part, key): (Page, &'static str)| Part {
        href: reader.to(part),
        text: reader.reader.word(key),
        current: part == page.part(reader.inside),
    };
    plan::PARTS.into_iter().map(part).collect()
}
