//! The sections of a text whose headings are plain, found many times faster than by reading all of its Markdown.
//!
//! A heading of words behind `#` at the left is what people and drafts write. A text in which anything may make another
//! heading, or hide one, is left to the library; a test compares both.

use memchr::{memchr, memchr2_iter, memmem};

use super::{Section, end_sections};
use crate::text::span::Span;

/// What code begins and ends with.
const FENCE: &str = "```";

/// The sections of a text that begins at byte `base` of its file, if all of its headings are plain.
pub fn sections(markdown: &str, base: usize) -> Option<Vec<Section>> {
    if has_other_code(markdown.as_bytes()) || memchr(b'\r', markdown.as_bytes()).is_some() {
        return None;
    }
    let mut sections: Vec<Section> = Vec::new();
    let mut in_code = false;
    let mut next = 0;
    for line in markdown.split_inclusive('\n') {
        let start = next;
        next += line.len();
        let line = line.strip_suffix('\n').unwrap_or(line);
        if let Some(language) = line.strip_prefix(FENCE) {
            let fits = language.bytes().all(|byte| !in_code && byte.is_ascii_alphanumeric());
            in_code = fits.then_some(!in_code)?;
        } else if in_code {
            continue;
        } else if may_go_on(line) {
            return None;
        } else if may_head(line) {
            let (level, title) = heading(line)?;
            end_sections(&mut sections, level, base + start);
            sections.push(Section {
                level,
                heading: Span::new(base + start, base + start + line.len()),
                title: title.to_owned(),
                content: Span::new(base + next, base + markdown.len()),
            });
        }
    }
    (!in_code).then_some(sections)
}

/// Whether code may begin or end in another way.
fn has_other_code(markdown: &[u8]) -> bool {
    let begins_line = |at: usize| at.checked_sub(1).is_none_or(|before| markdown[before] == b'\n');
    memmem::find(markdown, b"~~~").is_some() || !memmem::find_iter(markdown, FENCE).all(begins_line)
}

/// Whether a line may begin what the lines below it belong to: HTML, or an address that a link is defined with.
fn may_go_on(line: &str) -> bool {
    let line = line.as_bytes();
    memchr2_iter(b'<', b']', line).any(|at| line[at] == b'<' || line.get(at + 1) == Some(&b':'))
}

/// Whether a line may be a heading, or may make one of the line above it.
fn may_head(line: &str) -> bool {
    let line = line.trim();
    match line.as_bytes().first() {
        Some(b'#') => true,
        Some(mark @ (b'=' | b'-')) => line.bytes().all(|byte| byte == *mark),
        _ => false,
    }
}

/// The level and the words of a heading, if it is a plain one.
fn heading(line: &str) -> Option<(usize, &str)> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    let title = words.strip_prefix(' ')?;
    let is_plain = |c: char| c.is_alphanumeric() || " ,.:'’()/-".contains(c);
    let is_title = title.starts_with(char::is_alphanumeric) && !title.ends_with(' ') && title.chars().all(is_plain);
    ((1..=6).contains(&level) && is_title).then_some((level, title))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::sections_of_any;
    use super::*;

    /// Whether the sections of a text are found here, and then as the library finds them.
    fn is_found(markdown: &str) -> bool {
        let Some(here) = sections(markdown, 7) else { return false };
        assert_eq!(here, sections_of_any(markdown, 7), "{markdown}");
        true
    }

    #[test]
    fn plain_headings_are_found_here() {
        let text =
            "Intro.\n# One\n\n## 1.2: a/b, c's (d’e) - f.\ntext\n```sh\n# no\n---\n<a[b]:\n```\n- item\n  ## 근본 원인";
        assert!(is_found("") && is_found("## 근본 원인") && !is_found(text));
        assert!(is_found(&text.replace("  ##", "##")));
        assert!(is_found("###### a\n") && !is_found("####### a\n"));
    }

    #[test]
    fn anything_else_is_left_to_the_library() {
        let texts = [
            "#",
            "# ",
            "#a",
            "#\ta",
            "# a ",
            "#  a",
            "# `a`",
            "# *a*",
            "# a_b_",
            "# a #",
            "# [a]",
            "# a\\",
            "# &amp;",
            " # a",
            "\t# a",
            "a\n=",
            "a\n---",
            "a\n --- ",
            "<b>",
            "a\r\n# b",
            "[a]:\n# b",
            "~~~\n# a\n~~~",
            "```\n# a",
            " ```\n# a\n```",
            "```\n# a\n ```\n```",
            "````\n# a\n````",
            "``` a b\n```",
            "```\n```a",
        ];
        for text in texts {
            assert!(!is_found(text), "{text}");
        }
    }

    fn any_line() -> impl Strategy<Value = String> {
        const MARKS: &[&str] =
            &["", "", "", "# ", "## ", "### ", "> ", ">", "- ", "* ", "1. ", "   ", "    ", "| ", "\t", "#", "=", "--"];
        const WORDS: &[&str] = &[
            "",
            "a",
            "Root causes",
            "a | b |",
            "|---|---|",
            "--- | ---",
            "```",
            "```sh",
            "`a`",
            "**a**",
            "[a](b)",
            "[a]",
            "---",
            "===",
            "-",
            "1.",
            "a. b",
            "원인",
            "!",
            "\\",
            "~~a~~",
            "[!NOTE]",
            "[^1]",
            "&amp;",
            "- [ ] a",
            "***",
            "a  ",
        ];
        (select(MARKS), select(MARKS), select(WORDS)).prop_map(|(a, b, words)| format!("{a}{b}{words}"))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]
        #[test]
        fn what_is_found_here_is_what_the_library_finds(lines in proptest::collection::vec(any_line(), 0..9)) {
            is_found(&lines.join("\n"));
        }
    }
}
