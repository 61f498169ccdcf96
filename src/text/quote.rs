//! Scalars that YAML 1.1 and 1.2 readers both take for the same text.

use std::borrow::Cow;

/// A text as one line of YAML: plain where that is safe, else in double quotes.
pub fn scalar(text: &str) -> Cow<'_, str> {
    if is_safe_plain(text) { Cow::Borrowed(text) } else { Cow::Owned(double(text)) }
}

/// A text in double quotes.
pub fn double(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The blanks by which a literal block stands deeper than its key or dash.
const DEEPER: usize = 2;

/// A text of several lines as a literal block, to stand after a key or dash at `column`. Falls back to quotes where a block
/// would change it.
pub fn block(text: &str, column: usize) -> String {
    let breaks_lines = |c: char| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
    let literal = text.contains('\n')
        && !text.trim_matches('\n').is_empty()
        && !text.ends_with("\n\n")
        && !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t') || breaks_lines(c) || c == '\u{feff}');
    if !literal {
        return scalar(text).into_owned();
    }
    let indent = column + DEEPER;
    let mut out = String::from("|");
    // Else readers would take the blanks of the first line for the depth of the block.
    if text.starts_with([' ', '\n', '\t']) {
        out.push_str(&DEEPER.to_string());
    }
    if !text.ends_with('\n') {
        out.push('-');
    }
    for line in text.trim_end_matches('\n').split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', indent));
            out.push_str(line);
        }
    }
    out
}

/// Whether readers of both versions take a plain scalar for this very text, in block and in flow.
pub fn is_safe_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let indicator = "-?:,[]{}#&*!|>'\"%@`=<~.+0123456789".contains(first);
    !indicator
        && !text.ends_with([' ', ':'])
        && !text.starts_with(' ')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains([',', '[', ']', '{', '}'])
        && !text.chars().any(|c| c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{85}'))
        && !means_something(text)
}

/// Plain scalars that some reader takes for a boolean or for nothing.
pub fn means_something(text: &str) -> bool {
    const WORDS: [&str; 11] = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_where_it_is_safe() {
        for text in ["Card payments fail", "wei", "team-payments", "https://x.example/a?b=c", "결제 오류"] {
            assert_eq!(scalar(text), text);
        }
    }

    #[test]
    fn quoted_where_any_reader_would_differ() {
        for text in
            ["", "no", "On", "12", "1:30", "a: b", "a #b", "- x", "*.example", "x, y", "~", "ends:", "2024-05-01"]
        {
            assert!(scalar(text).starts_with('"'), "{text}");
        }
    }

    const TEXTS: [&str; 16] = [
        "a\nb",
        "a\n\nb\n",
        " lead",
        "x\\\"y",
        "tab\there",
        "\u{feff}bom",
        "a\r\nb",
        "no",
        "ends\n\n",
        "\n",
        "NPE\n\tat com.a.B\n\tat com.a.C",
        "  indented\nless",
        "\tby a tab\nnot",
        "\n\n  after empty lines\n",
        "a\n  \n b",
        "a\u{2028}b\nc",
    ];

    #[test]
    fn a_pasted_log_keeps_its_lines_in_a_block() {
        assert_eq!(block("NPE\n\tat com.a.B", 4), "|-\n      NPE\n      \tat com.a.B");
        assert_eq!(block("  12 ok\n3 failed", 0), "|2-\n    12 ok\n  3 failed");
    }

    #[test]
    fn what_was_written_is_what_is_read() {
        for text in TEXTS {
            for yaml in [format!("k: {}\n", scalar(text)), format!("k: {}\n", block(text, 0))] {
                let read: std::collections::BTreeMap<String, String> = serde_yaml::from_str(&yaml).unwrap();
                assert_eq!(read["k"], text, "{yaml}");
            }
        }
    }
}
