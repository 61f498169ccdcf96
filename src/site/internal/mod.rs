//! The pages that only the people who respond may read. They are made from `Inside`, which holds the records themselves;
//! nothing of the public site is made from it, and nothing here is part of a public build.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::language::Language;
use super::plan as public;
use super::render::{Printable, Renderer, TemplateError};
use super::view::head::{Edition, Head, Part, Place};
use super::view::{Facts, Reader};

mod inside;
mod plan;
mod reader;
mod view;

pub use inside::Inside;
use plan::Page;
use reader::Insider;

/// The internal pages of one language, by their paths.
pub fn pages(
    inside: &Inside<'_>,
    facts: &Facts<'_>,
    language: &Language,
    renderer: &Renderer,
    edition: &Edition<'_>,
) -> Result<Vec<(String, Vec<u8>)>, TemplateError> {
    let pages = plan::pages(inside);
    pages.par_iter().map(|page| render(inside, facts, language, *page, renderer, edition)).collect()
}

/// What search engines are told: that nothing here is for them, also where the site is reachable by mistake.
pub fn keep_out_robots(files: &mut BTreeMap<String, Vec<u8>>) {
    files.remove("sitemap.xml");
    files.insert("robots.txt".to_owned(), b"User-agent: *\nDisallow: /\n".to_vec());
}

fn render(
    inside: &Inside<'_>,
    facts: &Facts<'_>,
    language: &Language,
    page: Page,
    renderer: &Renderer,
    edition: &Edition<'_>,
) -> Result<(String, Vec<u8>), TemplateError> {
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
        current: part == page.part(),
    };
    plan::PARTS.into_iter().map(part).collect()
}
