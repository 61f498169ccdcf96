//! The links of a record's texts, and where they lead.

use memchr::memchr_iter;
use percent_encoding::percent_decode_str;

use crate::record::Record;
use crate::record::postmortem::Document;
use crate::record::timeline::Entry;
use crate::text::markdown;
use crate::text::span::Span;

#[derive(Debug)]
pub struct Link {
    pub span: Span,
    /// As it is written.
    pub to: String,
    pub target: Target,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Target {
    /// A path from the root of the repository.
    File(String),
    /// A path that climbs out of the repository.
    Outside,
    /// An address of the web without `http:` or `https:`.
    WithoutScheme,
    /// An address, a mailbox, a place of the same text.
    Elsewhere,
}

/// Everything in a record that may lead to a file: the Markdown links of its body at their own place, those of the timeline
/// at the text they are in, and the documents of a postmortem.
pub fn of(record: &Record) -> Vec<Link> {
    let folder = record.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let body = Some(record.body()).filter(|body| may_lead_to_files(body));
    let in_body = body.into_iter().flat_map(|body| markdown::links(body, record.body.start));
    let texts = record.timeline().iter().flat_map(Entry::markdown).filter(|text| may_lead_to_files(&text.value));
    let in_timeline = texts.flat_map(|text| {
        let links = markdown::links(&text.value, 0).into_iter();
        links.map(|link| markdown::Link { span: text.span, ..link })
    });
    let documents = record.postmortem().into_iter().flat_map(|postmortem| &postmortem.documents).map(document);
    in_body
        .chain(in_timeline)
        .chain(documents)
        .map(|link| Link { target: target(folder, &link.to), span: link.span, to: link.to })
        .collect()
}

/// A document is named from the root of the repository, unless its path begins with a dot.
fn document(document: &Document) -> markdown::Link {
    let path = &document.path;
    let is_from_root = !path.value.starts_with(['.', '/']) && !path.value.contains("://");
    let to = if is_from_root { format!("/{}", path.value) } else { path.value.clone() };
    markdown::Link { span: path.span, to }
}

/// Whether a text has links to anything but web addresses, as far as can be seen without reading its Markdown: most have
/// none, and reading is what takes the time.
fn may_lead_to_files(markdown: &str) -> bool {
    const ELSEWHERE: [&str; 4] = ["https://", "http://", "mailto:", "#"];
    let leads_elsewhere = |at: usize| {
        let to = markdown[at..].trim_start_matches([' ', '<']);
        ELSEWHERE.iter().any(|scheme| to.starts_with(scheme))
    };
    // `]:` defines a link only on a line that begins with the bracket; logs are full of others.
    let defines = |at: usize| {
        let line = markdown[..at].rsplit('\n').next().unwrap_or_default();
        line.trim_start_matches([' ', '>', '-', '*', '+', '\t']).starts_with('[')
    };
    memchr_iter(b']', markdown.as_bytes()).any(|at| match markdown.as_bytes().get(at + 1) {
        Some(b'(') => !leads_elsewhere(at + 2),
        Some(b':') => defines(at) && !leads_elsewhere(at + 2),
        _ => false,
    })
}

fn target(folder: &str, to: &str) -> Target {
    let end = to.find(['?', '#']).unwrap_or(to.len());
    let path = percent_decode_str(&to[..end]).decode_utf8_lossy();
    if path.starts_with("//") || path.starts_with("www.") {
        return Target::WithoutScheme;
    }
    let has_scheme = path.find([':', '/']).is_some_and(|at| path[at..].starts_with(':'));
    if path.is_empty() || has_scheme {
        return Target::Elsewhere;
    }
    let from_root = path.strip_prefix('/');
    let mut parts: Vec<&str> = match from_root {
        Some(_) => Vec::new(),
        None => folder.split('/').collect(),
    };
    for part in from_root.unwrap_or(&path).split('/') {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_none() => return Target::Outside,
            ".." => {}
            part => parts.push(part),
        }
    }
    Target::File(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_files_from_the_folder_or_the_root() {
        let file = |to: &str| match target("incidents/2024/a", to) {
            Target::File(path) => path,
            other => panic!("{to}: {other:?}"),
        };
        assert_eq!(file("pool.png"), "incidents/2024/a/pool.png");
        assert_eq!(file("./a%20b.txt?raw#x"), "incidents/2024/a/a b.txt");
        assert_eq!(file("../b/incident.md"), "incidents/2024/b/incident.md");
        assert_eq!(file("/runbooks/payments.md"), "runbooks/payments.md");
    }

    #[test]
    fn texts_without_links_to_files_are_not_read() {
        for text in [
            "no link",
            "pool[7]: full",
            "[a](https://a.example) and [b]( <http://b.example>)",
            "[a][1]\n\n[1]: https://a.example",
        ] {
            assert!(!may_lead_to_files(text), "{text}");
        }
        for text in ["[a](https://a.example) and [b](b.png)", "[a][1]\n\n[1]:\n  a.png", "![](HTTPS://a.example)"] {
            assert!(may_lead_to_files(text), "{text}");
        }
    }

    #[test]
    fn other_links_are_told_apart() {
        let of = |to| target("incidents/a", to);
        assert_eq!(of("../../../etc/passwd"), Target::Outside);
        assert_eq!(of("/../etc/passwd"), Target::Outside);
        assert_eq!(of("//graphs.example/x"), Target::WithoutScheme);
        assert_eq!(of("www.example.com"), Target::WithoutScheme);
        for elsewhere in ["https://a.example/x", "mailto:a@b.example", "#impact", ""] {
            assert_eq!(of(elsewhere), Target::Elsewhere, "{elsewhere}");
        }
    }
}
