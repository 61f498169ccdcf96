//! `sitemap.xml` and `robots.txt`, for search engines.

use std::fmt::Write;

use crate::text::markdown::escape;

/// The pages of a site, each with its address and the moment of its last change where that is known.
pub fn sitemap(pages: &[(String, Option<String>)]) -> String {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                   <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        .to_owned();
    for (address, changed) in pages {
        // Writing to a string cannot fail.
        _ = write!(xml, "<url><loc>{}</loc>", escape(address));
        if let Some(changed) = changed {
            _ = write!(xml, "<lastmod>{changed}</lastmod>");
        }
        xml.push_str("</url>\n");
    }
    xml + "</urlset>\n"
}

/// Everything may be read by anyone. `url` is the address of the site, if it has one.
pub fn robots(url: Option<&str>) -> String {
    let sitemap = url.map_or(String::new(), |url| format!("Sitemap: {url}/sitemap.xml\n"));
    format!("User-agent: *\nAllow: /\n{sitemap}")
}
