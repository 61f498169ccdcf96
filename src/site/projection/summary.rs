//! The one part of a postmortem that is for the public.

use std::collections::HashMap;
use std::sync::Arc;

use crate::record::archive::Archive;
use crate::record::{Kind, Record};
use crate::text::markdown;

/// Headings that mean `## Public summary`, in lower case.
const HEADINGS: [&str; 8] = [
    "public summary",
    "공개 요약",
    "公開サマリー",
    "公開概要",
    "公開要約",
    "riepilogo pubblico",
    "sintesi pubblica",
    "sommario pubblico",
];

/// The summaries of published postmortems as HTML, by the ids of the incidents they cover.
pub(super) fn published(archive: &Archive) -> HashMap<Arc<str>, String> {
    let mut summaries = HashMap::new();
    for record in archive.of_kind(Kind::Postmortem) {
        let Some(postmortem) = record.postmortem() else { continue };
        let published = postmortem.status.as_ref().is_some_and(|status| status.value == "published");
        let Some(html) = published.then(|| render(record)).flatten() else { continue };
        for other in &postmortem.incidents {
            summaries.entry(Arc::from(other.value.as_str())).or_insert_with(|| html.clone());
        }
        summaries.insert(Arc::clone(&record.id), html);
    }
    summaries
}

fn render(record: &Record) -> Option<String> {
    let text = section(record.body())?;
    let mut html = String::new();
    markdown::to_html(text, &mut html);
    (!html.trim().is_empty()).then_some(html)
}

/// What stands between the heading and the next one of its level.
fn section(body: &str) -> Option<&str> {
    let mut rest = body;
    let mut start = None;
    let mut fence = None;
    while !rest.is_empty() {
        let end = rest.find('\n').map_or(rest.len(), |i| i + 1);
        let (line, after) = rest.split_at(end);
        let at = body.len() - rest.len();
        let marker = ["```", "~~~"].into_iter().find(|m| line.trim_start().starts_with(m));
        match (fence, marker) {
            (None, Some(marker)) => fence = Some(marker),
            (Some(open), Some(marker)) if open == marker => fence = None,
            (None, None) if is_heading(line) => match start {
                Some(start) => return body.get(start..at),
                None if names_the_summary(line) => start = Some(at + end),
                None => {}
            },
            _ => {}
        }
        rest = after;
    }
    body.get(start?..)
}

fn is_heading(line: &str) -> bool {
    line.starts_with("# ") || line.starts_with("## ")
}

fn names_the_summary(line: &str) -> bool {
    let name = line.trim_start_matches('#').trim().trim_end_matches('#').trim().to_lowercase();
    HEADINGS.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::section;

    #[test]
    fn a_section_ends_where_the_next_one_begins() {
        let body = "## Summary\n\nInternal.\n\n## Public summary\n\nSaid.\n\n### More\n\nAlso said.\n\n## Lessons\n\nInternal.\n";
        assert_eq!(section(body).unwrap().trim(), "Said.\n\n### More\n\nAlso said.");
    }

    #[test]
    fn it_is_found_in_other_languages() {
        assert_eq!(section("## 공개 요약\n말했다").unwrap(), "말했다");
        assert_eq!(section("## Riepilogo pubblico ##\nDetto").unwrap(), "Detto");
    }

    #[test]
    fn a_heading_inside_code_is_none() {
        assert_eq!(section("```\n## Public summary\nsecret\n```\n"), None);
        assert_eq!(section("## Public summary\n```\n## x\n```\nend\n").unwrap(), "```\n## x\n```\nend\n");
    }
}
