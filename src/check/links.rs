//! The links of a record's texts, and where they lead.

use percent_encoding::percent_decode_str;

use crate::record::Record;
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

/// Every Markdown link of a record: those of its body at their own place, those of the timeline at the text they are in.
pub fn of(record: &Record) -> Vec<Link> {
    let folder = record.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let in_body = markdown::links(record.body(), record.body.start);
    let in_timeline = record.timeline().iter().flat_map(Entry::markdown).flat_map(|text| {
        let links = markdown::links(&text.value, 0).into_iter();
        links.map(|link| markdown::Link { span: text.span, ..link })
    });
    in_body
        .into_iter()
        .chain(in_timeline)
        .map(|link| Link { target: target(folder, &link.to), span: link.span, to: link.to })
        .collect()
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
