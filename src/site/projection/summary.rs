//! The one part of a postmortem that is for the public.

use std::collections::HashMap;

use crate::record::archive::Archive;
use crate::record::{Kind, Record, sections};
use crate::text::markdown::{self, Section};

/// The published postmortems, by the ids of the incidents that they cover. That in the incident's own folder comes first.
#[derive(Debug)]
pub(super) struct Summaries<'a>(HashMap<&'a str, Vec<&'a Record>>);

impl<'a> Summaries<'a> {
    pub fn of(archive: &'a Archive) -> Self {
        let mut covering: HashMap<&str, Vec<&Record>> = HashMap::new();
        for record in archive.of_kind(Kind::Postmortem) {
            let Some(postmortem) = record.postmortem() else { continue };
            if postmortem.status.as_ref().is_none_or(|status| status.value != "published") {
                continue;
            }
            for other in postmortem.incidents.iter().filter(|id| id.value != *record.id) {
                covering.entry(&other.value).or_default().push(record);
            }
            covering.entry(&record.id).or_default().insert(0, record);
        }
        Self(covering)
    }

    /// The summary for an incident, as HTML.
    pub fn of_incident(&self, id: &str) -> Option<String> {
        self.0.get(id)?.iter().find_map(|record| render(record))
    }
}

/// Whether a postmortem has something for the public to read.
pub fn has_public_summary(record: &Record) -> bool {
    section(&record.text, record.sections()).is_some()
}

fn render(record: &Record) -> Option<String> {
    let mut html = String::new();
    markdown::to_html(section(&record.text, record.sections())?, &mut html);
    (!html.trim().is_empty()).then_some(html)
}

fn section<'a>(text: &'a str, sections: &[Section]) -> Option<&'a str> {
    let section = sections::public_summary(sections)?;
    text.get(section.content.range()).filter(|text| !sections::says_nothing(&markdown::plain_text(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(body: &str) -> Option<&str> {
        super::section(body, &markdown::sections(body, 0))
    }

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
        assert!(section("## Public summary\n```\n## x\n```\nend\n").unwrap().contains("end"));
    }
}
