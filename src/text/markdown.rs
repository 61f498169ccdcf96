//! Markdown: safe HTML, plain text, and sections with their places.
//!
//! Records are written by many people and read by strangers, so HTML is made from an allow-list: the parser's events,
//! never text that the record brought along.

use std::fmt::Write;

use pulldown_cmark::{Alignment, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::span::Span;

mod outline;

/// Attributes after headings stay off: they would let a text write attributes. Footnotes too: their ids would collide
/// where several texts share a page.
fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM
}

/// Appends HTML in which raw HTML is shown as text, links lead to harmless places only, and images are links.
pub fn to_html(markdown: &str, out: &mut String) {
    to_html_with(markdown, &Some, out);
}

/// The same; `lead` says where a link leads instead, and only its words are shown where it leads nowhere.
pub fn to_html_with(markdown: &str, lead: &dyn Fn(String) -> Option<String>, out: &mut String) {
    let mut links = Links { lead, open: Vec::new() };
    let events = Parser::new_ext(markdown, options()).map(|event| allow(event, &mut links));
    pulldown_cmark::html::push_html(out, events);
}

/// The words on one line, without any markup: for titles, descriptions and search.
pub fn plain_text(markdown: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::Rule => out.push(' '),
            Event::End(tag) if !is_inline(tag) => out.push(' '),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

const fn is_inline(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// A heading and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// 1 to 6.
    pub level: usize,
    /// The heading, without the end of its line.
    pub heading: Span,
    /// The words of the heading.
    pub title: String,
    /// Everything up to the next heading of the same or a higher level, deeper sections included.
    pub content: Span,
}

/// The sections of a text that begins at byte `base` of its file. Headings inside quotes and lists are not sections.
pub fn sections(markdown: &str, base: usize) -> Vec<Section> {
    outline::sections(markdown, base).unwrap_or_else(|| sections_of_any(markdown, base))
}

/// The same of any Markdown, by the library.
fn sections_of_any(markdown: &str, base: usize) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut depth = 0;
    let mut in_heading = false;
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) if depth == 0 => {
                let level = level as usize;
                end_sections(&mut sections, level, base + range.start);
                let length = markdown[range.clone()].trim_end().len();
                sections.push(Section {
                    level,
                    heading: Span::new(base + range.start, base + range.start + length),
                    title: String::new(),
                    content: Span::new(base + range.end, base + markdown.len()),
                });
                in_heading = true;
            }
            Event::End(TagEnd::Heading(_)) if depth == 0 => in_heading = false,
            Event::Start(_) if !in_heading => depth += 1,
            Event::End(_) if !in_heading => depth -= 1,
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) if in_heading => {
                if let Some(section) = sections.last_mut() {
                    section.title.push_str(&text);
                }
            }
            _ => {}
        }
    }
    sections
}

/// A heading ends every section before it that is not its parent.
fn end_sections(sections: &mut [Section], level: usize, at: usize) {
    for section in sections.iter_mut().rev() {
        if section.level >= level {
            section.content.end = section.content.end.min(at);
        }
    }
}

/// What a text shows rather than says: its code and what it quotes. The places are in the text itself.
pub fn asides(markdown: &str) -> Vec<Span> {
    Parser::new_ext(markdown, options())
        .into_offset_iter()
        .filter_map(|(event, range)| {
            let aside = matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::BlockQuote(_)) | Event::Code(_));
            aside.then(|| Span::new(range.start, range.end))
        })
        .collect()
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// All of it, from the bracket to the end of the address.
    pub span: Span,
    /// The address as the text gives it.
    pub to: String,
}

/// The links and images of a text that begins at byte `base` of its file. Mail addresses are not among them.
pub fn links(markdown: &str, base: usize) -> Vec<Link> {
    // Every link to somewhere has one of these; most texts have neither and need not be parsed.
    if !markdown.contains("](") && !markdown.contains("]:") {
        return Vec::new();
    }
    Parser::new_ext(markdown, options())
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
            Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. })
                if !matches!(link_type, LinkType::Email | LinkType::Autolink) =>
            {
                let span = Span::new(base + range.start, base + range.end);
                Some(Link { span, to: dest_url.into_string() })
            }
            _ => None,
        })
        .collect()
}

/// The tags of raw HTML in a text. What a block of HTML holds is found tag by tag.
pub fn html(markdown: &str) -> Vec<Span> {
    if !markdown.contains('<') {
        return Vec::new();
    }
    let is_html = |event: &Event<'_>| matches!(event, Event::Html(_) | Event::InlineHtml(_));
    let raw = Parser::new_ext(markdown, options()).into_offset_iter().filter(|(event, _)| is_html(event));
    let tags = |range: std::ops::Range<usize>| {
        let text = &markdown[range.clone()];
        let ends = move |at: usize| text[at..].find('>').map_or(text.len(), |length| at + length + 1);
        text.match_indices('<').map(move |(at, _)| Span::new(range.start + at, range.start + ends(at)))
    };
    raw.flat_map(|(_, range)| tags(range)).collect()
}

struct Links<'l> {
    lead: &'l dyn Fn(String) -> Option<String>,
    /// Those that are open at a place of the text, the innermost last.
    open: Vec<Open>,
}

enum Open {
    /// Only its text is shown: it leads to a place that we do not link to, or stands inside another link.
    TextOnly,
    Link,
    /// An image. It gets its address as text if it has no description.
    Image {
        address: String,
        described: bool,
    },
}

fn allow<'a>(event: Event<'a>, links: &mut Links<'_>) -> Event<'a> {
    match event {
        Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
            links.describe();
            Event::Text(text)
        }
        Event::Code(text) => {
            links.describe();
            Event::Code(text)
        }
        // Alignment would be written as a style attribute, which the site's policy forbids.
        Event::Start(Tag::Table(columns)) => Event::Start(Tag::Table(vec![Alignment::None; columns.len()])),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
            links.start(destination(link_type, &dest_url), &title, |_| Open::Link)
        }
        Event::Start(Tag::Image { link_type, dest_url, title, .. }) => {
            links.start(destination(link_type, &dest_url), &title, |address| Open::Image { address, described: false })
        }
        Event::End(TagEnd::Link | TagEnd::Image) => links.end(),
        other => other,
    }
}

impl Links<'_> {
    fn describe(&mut self) {
        if let Some(Open::Image { described, .. }) = self.open.last_mut() {
            *described = true;
        }
    }

    fn start<'a>(&mut self, to: Option<String>, title: &str, kind: impl FnOnce(String) -> Open) -> Event<'a> {
        let nested = self.open.iter().any(|open| !matches!(open, Open::TextOnly));
        let Some(to) = to.filter(|_| !nested).and_then(self.lead) else {
            self.open.push(Open::TextOnly);
            return Event::Text("".into());
        };
        let mut html = format!("<a href=\"{}\"", escape(&to));
        if !title.is_empty() {
            // Writing into a String cannot fail.
            let _ = write!(html, " title=\"{}\"", escape(title));
        }
        html.push_str(if is_external(&to) { " rel=\"nofollow noopener\">" } else { ">" });
        self.open.push(kind(to));
        Event::InlineHtml(html.into())
    }

    fn end<'a>(&mut self) -> Event<'a> {
        match self.open.pop() {
            Some(Open::Link) => Event::InlineHtml("</a>".into()),
            Some(Open::Image { address, described }) => {
                let text = if described { String::new() } else { escape(&address) };
                Event::InlineHtml(format!("{text}</a>").into())
            }
            Some(Open::TextOnly) | None => Event::Text("".into()),
        }
    }
}

/// Where a link may lead: the web, a mailbox, a place of the same site. Nothing else, whatever it is spelled like.
fn destination(link_type: LinkType, written: &str) -> Option<String> {
    let clean: String = written.chars().filter(|c| !c.is_control()).collect();
    let clean = clean.trim().replace(' ', "%20");
    if link_type == LinkType::Email {
        return Some(format!("mailto:{clean}"));
    }
    match clean.find([':', '/', '?', '#']) {
        Some(at) if clean[at..].starts_with(':') => {
            let scheme = clean[..at].to_ascii_lowercase();
            matches!(scheme.as_str(), "http" | "https" | "mailto").then_some(clean)
        }
        _ => Some(clean),
    }
}

fn is_external(destination: &str) -> bool {
    let start = destination.as_bytes();
    // Browsers read a backslash as a slash, so `/\host` leads to another site too.
    let slashes = start.iter().take(2).filter(|b| matches!(b, b'/' | b'\\')).count();
    let scheme = destination.get(..4).unwrap_or_default();
    slashes == 2 || (scheme.eq_ignore_ascii_case("http") && destination.contains(':'))
}

/// Text inside HTML or XML, also inside a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
