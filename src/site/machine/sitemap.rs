//! `sitemap.xml` and `robots.txt`, for search engines.

use std::fmt::Write;

use crate::record::time::utc;
use crate::site::look::Voice;
use crate::site::plan::Page;
use crate::site::projection::Projection;
use crate::text::markdown::escape;

/// The map needs addresses, so that a site without one has none.
pub fn files(site: &Projection, voices: &[Voice], pages: &[Page]) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("robots.txt".to_owned(), robots(site.url.as_deref()).into_bytes())];
    if let Some(url) = &site.url {
        files.push(("sitemap.xml".to_owned(), sitemap(site, url, voices, pages).into_bytes()));
    }
    files
}

/// Every page in every language, with the moment of its last change where that is known.
fn sitemap(site: &Projection, url: &str, voices: &[Voice], pages: &[Page]) -> String {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                   <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        .to_owned();
    for page in pages.iter().filter(|page| !matches!(page, Page::NotFound | Page::Redirect(..))) {
        let path = page.path(site);
        let changed = match page {
            Page::Event(place) => {
                format!("<lastmod>{}</lastmod>", utc(site.events[*place].updated))
            }
            _ => String::new(),
        };
        for voice in voices {
            let address = format!("{url}/{}{path}", voice.language.prefix);
            // Writing to a string cannot fail.
            _ = writeln!(xml, "<url><loc>{}</loc>{changed}</url>", escape(&address));
        }
    }
    xml + "</urlset>\n"
}

/// Everything may be read by anyone. `url` is the address of the site, if it has one.
fn robots(url: Option<&str>) -> String {
    let sitemap = url.map_or(String::new(), |url| format!("Sitemap: {url}/sitemap.xml\n"));
    format!("User-agent: *\nAllow: /\n{sitemap}")
}
