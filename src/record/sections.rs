//! The sections of a postmortem: what they are called in each language, and what a draft asks for in them.

use std::borrow::Cow;

use memchr::{memchr, memchr3, memmem};

use crate::text::markdown::Section;

/// A section that drafts have and the lifecycle may require.
#[derive(Debug)]
pub struct Known {
    /// The English title, which drafts use.
    pub title: &'static str,
    /// Other titles for it, in any language, in lower case.
    aliases: &'static [&'static str],
    /// What a draft says under the heading where the record knows nothing: a question to the author.
    pub prompt: &'static str,
}

/// In the order of a draft.
pub const KNOWN: [Known; 8] = [
    Known {
        title: "Summary",
        aliases: &[
            "overview",
            "executive summary",
            "요약",
            "개요",
            "概要",
            "要約",
            "サマリー",
            "riepilogo",
            "sintesi",
            "sommario",
        ],
        prompt: "What happened, to whom and for how long, in three sentences?",
    },
    Known {
        title: "Impact",
        aliases: &[
            "customer impact",
            "영향",
            "고객 영향",
            "영향 범위",
            "影響",
            "影響範囲",
            "顧客への影響",
            "impatto",
            "conseguenze",
        ],
        prompt: "What could customers not do, and how many were there?",
    },
    Known {
        title: "Root causes",
        aliases: &[
            "root cause",
            "cause",
            "causes",
            "root cause analysis",
            "contributing factors",
            "root causes and contributing factors",
            "원인",
            "근본 원인",
            "근본원인",
            "원인 분석",
            "原因",
            "根本原因",
            "原因分析",
            "causa",
            "cause principali",
            "causa principale",
            "causa radice",
            "cause radice",
            "cause profonde",
        ],
        prompt: "Which conditions had to meet, and why did nothing stop them?",
    },
    Known {
        title: "What went well",
        aliases: &[
            "잘된 점",
            "잘한 점",
            "좋았던 점",
            "うまくいった点",
            "うまくいったこと",
            "良かった点",
            "cosa ha funzionato",
            "cosa è andato bene",
        ],
        prompt: "What helped, and should stay as it is?",
    },
    Known {
        title: "What went wrong",
        aliases: &[
            "what went badly",
            "what did not go well",
            "잘못된 점",
            "안된 점",
            "아쉬웠던 점",
            "개선할 점",
            "うまくいかなかった点",
            "うまくいかなかったこと",
            "悪かった点",
            "cosa non ha funzionato",
            "cosa è andato storto",
            "cosa è andato male",
        ],
        prompt: "What cost time or made it worse?",
    },
    Known {
        title: "Where we got lucky",
        aliases: &["운이 좋았던 점", "幸運だった点", "運が良かった点", "運がよかった点", "dove siamo stati fortunati"],
        prompt: "What could have gone worse, and did not by chance?",
    },
    Known {
        title: "Lessons learned",
        aliases: &[
            "lessons",
            "what we learned",
            "교훈",
            "배운 점",
            "教訓",
            "学んだこと",
            "得られた教訓",
            "lezioni apprese",
            "cosa abbiamo imparato",
        ],
        prompt: "What do we know now that we did not know before?",
    },
    Known {
        title: PUBLIC_SUMMARY,
        aliases: &[
            "공개 요약",
            "公開サマリー",
            "公開概要",
            "公開要約",
            "riepilogo pubblico",
            "sintesi pubblica",
            "sommario pubblico",
        ],
        prompt: "What do we tell customers? Only this section is published.",
    },
];

/// The only section that readers of the site get.
pub const PUBLIC_SUMMARY: &str = "Public summary";

/// Whether a section is the one of a title, in whatever language it is written. A title that is not known stands for
/// itself.
pub fn is(section: &Section, title: &str) -> bool {
    let (written, wanted) = (section.title.trim(), title.trim());
    let known = KNOWN.iter().find(|known| known.title.eq_ignore_ascii_case(wanted));
    if written.is_ascii() && wanted.is_ascii() {
        let is_alias = |known: &Known| known.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(written));
        return written.eq_ignore_ascii_case(wanted) || known.is_some_and(is_alias);
    }
    let written = written.to_lowercase();
    written == wanted.to_lowercase() || known.is_some_and(|known| known.aliases.contains(&written.as_str()))
}

/// The only section that readers of the site get, if it is among these.
pub fn public_summary(sections: &[Section]) -> Option<&Section> {
    sections.iter().find(|section| is(section, PUBLIC_SUMMARY))
}

/// Words that hold a place until somebody writes.
const PLACEHOLDERS: [&str; 23] = [
    "todo",
    "to do",
    "tbd",
    "tba",
    "tbc",
    "fixme",
    "xxx",
    "…",
    "-",
    "—",
    "to be written",
    "to be done",
    "lorem ipsum",
    "작성 예정",
    "작성 중",
    "추후 작성",
    "미정",
    "未定",
    "未記入",
    "作成中",
    "da scrivere",
    "da definire",
    "da completare",
];

/// In letters.
const LONGEST_PLACEHOLDER: usize = 13;

/// What a placeholder may end with.
const ENDS: [char; 3] = ['.', ':', '。'];

/// Whether a line of a text says something, as can be seen without reading its Markdown: in whole, or in the words before
/// its first markup.
pub fn has_plain_words(markdown: &str) -> bool {
    let hides = memmem::find(markdown.as_bytes(), b"<!--").is_some();
    let asks = markdown.contains('?');
    let is_empty = |line: &str| match memchr3(b'*', b'_', b'`', line.as_bytes()) {
        Some(_) => !is_long(line) && says_nothing(&line.replace(EMPHASIS, "")),
        None => says_nothing(line),
    };
    let says = |line: &str| match first_markup(line) {
        Some(markup) => !asks && !begins_placeholder(&line[..markup]),
        None => !is_empty(line),
    };
    let mut lines = markdown.lines().map(|line| line.trim_start_matches(['-', '*', '+', '>', ' ']));
    !hides && lines.any(|line| line.starts_with(char::is_alphabetic) && says(line))
}

/// Whether the rest of a placeholder may follow.
fn begins_placeholder(words: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| !c.is_whitespace() && !EMPHASIS.contains(c))
    }
    PLACEHOLDERS.iter().any(|placeholder| {
        let mut rest = letters(placeholder);
        letters(words).flat_map(char::to_lowercase).all(|c| rest.next() == Some(c))
    })
}

/// What stands around words that are stressed, and around code.
const EMPHASIS: [char; 3] = ['*', '_', '`'];

/// Whether there are more letters than a placeholder has, and no question, so that the words need not be compared with any.
fn is_long(line: &str) -> bool {
    let words = line.trim_end_matches(|c: char| EMPHASIS.contains(&c) || ENDS.contains(&c) || c.is_whitespace());
    !line.contains('?') && words.chars().filter(|c| !EMPHASIS.contains(c)).nth(LONGEST_PLACEHOLDER).is_some()
}

/// Where a tag, a link, a character by its name or an escape may begin.
fn first_markup(line: &str) -> Option<usize> {
    let line = line.as_bytes();
    [memchr3(b'<', b'[', b'&', line), memchr(b'\\', line)].into_iter().flatten().min()
}

/// Whether the words under a heading say nothing yet: there are none, or only the question of a draft or a placeholder.
pub fn says_nothing(words: &str) -> bool {
    let mut rest = Cow::Borrowed(words);
    // Most texts ask nothing, so that no prompt can be in them.
    let asks = words.contains('?');
    for known in KNOWN.iter().filter(|known| asks && words.contains(known.prompt)) {
        rest = rest.replace(known.prompt, "").into();
    }
    let rest = rest.trim().trim_end_matches(ENDS);
    // In lower case no text has fewer letters.
    if rest.chars().nth(LONGEST_PLACEHOLDER).is_some() {
        return false;
    }
    let reads = |placeholder: &str| rest.chars().flat_map(char::to_lowercase).eq(placeholder.chars());
    rest.is_empty() || PLACEHOLDERS.iter().any(|placeholder| reads(placeholder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::markdown;

    #[test]
    fn a_section_is_found_by_its_title_in_any_language() {
        let is_it = |heading: &str, title| markdown::sections(heading, 0).iter().any(|section| is(section, title));
        for heading in ["## Root causes", "# root cause", "## 근본 원인", "## 根本原因", "## Causa principale"]
        {
            assert!(is_it(heading, "Root causes"), "{heading}");
            assert!(!is_it(heading, "Impact"), "{heading}");
        }
        assert!(is_it("## Follow-up", "follow-up"));
        assert!(is_it("## È SUCCESSO", "è successo"));
        assert!(is_it("## 후속 조치", "후속 조치"));
        assert!(!is_it("## 후속", "후속 조치"));
    }

    /// Two sections of one title would both be found and only one be meant.
    #[test]
    fn no_title_means_two_sections() {
        let mut seen = std::collections::BTreeSet::new();
        for known in &KNOWN {
            for title in known.aliases.iter().map(|alias| (*alias).to_owned()).chain([known.title.to_lowercase()]) {
                assert_eq!(title, title.to_lowercase());
                assert!(seen.insert(title.clone()), "{title}");
            }
        }
    }

    #[test]
    fn a_question_or_a_placeholder_is_no_answer() {
        assert!(KNOWN.iter().all(|known| known.prompt.contains('?') && !known.prompt.contains(". ")));
        assert_eq!(PLACEHOLDERS.iter().map(|words| words.chars().count()).max(), Some(LONGEST_PLACEHOLDER));
        let prompt = KNOWN[0].prompt;
        for nothing in ["", " ", "TODO", "TBD.", "…", "...", "미정", "未定。", "da scrivere", prompt] {
            assert!(says_nothing(nothing), "{nothing}");
        }
        for something in ["None.", "n/a", "TODO list was too long", "0", &format!("{prompt} The checkout.")] {
            assert!(!says_nothing(something), "{something}");
        }
        let placeholders = ["", "1. ", "### More", "TODO\n", "- TODO", "**TODO**", "TODO<br>", "TODO&#46;", "TODO\\."];
        let hidden = ["TODO <!-- x -->", "<!--\nText\n-->", "To  **be** [done](x)", "t[bd](x)", "What [was](x) it?"];
        for unseen in placeholders.into_iter().chain(hidden) {
            assert!(!has_plain_words(unseen), "{unseen}");
        }
        let long = [".", ":", "。", " ", "\t", "*", "`"].map(|end| end.repeat(20)).concat();
        let words = PLACEHOLDERS.into_iter().chain(KNOWN.iter().map(|known| known.prompt));
        for stressed in words.flat_map(|words| [format!("{words}*{long}"), format!("{words}_")]) {
            assert!(!has_plain_words(&stressed), "{stressed}");
        }
        for seen in
            ["### More\nTODO\nThe **pool** was full.\n", "See [it](x).", "TODO: [it](x)", "To be [done](x)\nIt fell."]
        {
            assert!(has_plain_words(seen), "{seen}");
        }
    }
}
