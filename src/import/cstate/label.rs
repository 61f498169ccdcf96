//! The words in front of a message: `*Investigating* -`, `**Update 2**`, `[Final Message]`, `2026-01-12 09:29 UTC`.

use super::clock::Reading;
use super::words::{BARE_LABELS, LABELS};

/// What a label says about its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The message that opened the post.
    First,
    Investigating,
    Identified,
    Monitoring,
    /// It is over.
    Finished,
    /// Neither the first message nor a change of status.
    Update,
    Postmortem,
    /// A label that is not in the list, such as `*Upstream response* -`.
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// As written, without its emphasis: `Update 2`.
    pub text: String,
    pub meaning: Meaning,
}

/// The head of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub label: Option<Label>,
    pub reading: Option<Reading>,
    /// What follows on the same line.
    pub rest: String,
}

impl Label {
    /// Whether the place of the message in the timeline says as much.
    pub fn is_bare(&self) -> bool {
        BARE_LABELS.contains(&self.text.to_lowercase().as_str())
    }

    /// Whether it is a word of the list as it stands, so that a status can take its place.
    pub fn is_known(&self) -> bool {
        let text = self.text.to_lowercase();
        LABELS.iter().any(|(known, _)| *known == text)
    }
}

/// Reads the head of a message from a line. `opens` says that the line begins a paragraph.
pub(super) fn read(line: &str, opens: bool) -> Option<Head> {
    let indent = line.len() - line.trim_start().len();
    if indent > 3 {
        return None;
    }
    let line = unescape(line.trim());
    let line = line.as_str();
    let marked = bracketed(line).or_else(|| emphasised(line, opens)).or_else(|| heading(line).filter(|_| opens));
    if let Some((inner, rest)) = marked {
        return head(inner, rest);
    }
    if !opens {
        return None;
    }
    if let Some((reading, rest)) = Reading::take(line)
        && rest.trim_matches([' ', '-', ':', '–', '—']).is_empty()
    {
        return Some(Head { label: None, reading: Some(reading), rest: String::new() });
    }
    plain(line)
}

/// `\*\*Update\*\*`, as some editors save what was pasted into them.
fn unescape(line: &str) -> String {
    if line.starts_with("\\*") || line.starts_with("\\_") || line.starts_with("\\[") {
        line.replace("\\*", "*").replace("\\_", "_").replace("\\[", "[")
    } else {
        line.to_owned()
    }
}

/// `[Update] text`; not a link.
fn bracketed(line: &str) -> Option<(&str, &str)> {
    let (inner, rest) = line.strip_prefix('[')?.split_once(']')?;
    let is_link = rest.starts_with(['(', '[', ':']);
    let (words, _) = split_reading(inner);
    (!is_link && meaning(words).is_some()).then_some((inner, rest))
}

/// `*Word*`, `**Word**`, `_Word_`, also with unequal marks. A word that is not in the list needs a dash behind it.
fn emphasised(line: &str, opens: bool) -> Option<(&str, &str)> {
    let mark = line.chars().next().filter(|c| matches!(c, '*' | '_'))?;
    let inner = line.trim_start_matches(mark);
    let end = inner.find(mark)?;
    let (inner, rest) = inner.split_at(end);
    let rest = rest.trim_start_matches(mark);
    let (words, reading) = split_reading(inner);
    if meaning(words).is_some() || (words.trim().is_empty() && reading.is_some()) {
        return Some((inner, rest));
    }
    let dash = rest.trim_start().starts_with(['-', '–', '—']);
    let short = !inner.trim().is_empty() && inner.split_whitespace().count() <= 4 && !inner.contains(['.', ':']);
    (opens && dash && short).then_some((inner, rest))
}

/// `### Resolved`, `## 2018-01-04 07:33 UTC`.
fn heading(line: &str) -> Option<(&str, &str)> {
    let inner = line.strip_prefix('#')?.trim_start_matches('#');
    let inner = inner.strip_prefix(' ')?.trim_end_matches('#').trim();
    let (words, reading) = split_reading(inner);
    let known = meaning(words).is_some() || (words.is_empty() && reading.is_some());
    known.then_some((inner, ""))
}

/// A known word without marks: alone on its line, or with a colon or a dash behind it.
fn plain(line: &str) -> Option<Head> {
    let end = line.find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    let meaning = meaning(word).filter(|m| *m != Meaning::First)?;
    let alone = rest.trim_matches(['.', '!', ':', ' ']).is_empty();
    let separated = rest.starts_with(':') || rest.starts_with(" - ") || rest.starts_with(" – ");
    if alone || separated {
        let label = Some(Label { text: word.to_owned(), meaning });
        return Some(Head { label, reading: None, rest: after_separator(rest).to_owned() });
    }
    None
}

/// The label and the time inside the marks and behind them.
fn head(inner: &str, rest: &str) -> Option<Head> {
    let (words, inside) = split_reading(inner);
    let words = words.trim_matches([' ', ':', '-', '–', '—', '.', ',']);
    let (number, rest) = leading_number(rest);
    let rest = after_separator(rest);
    let outside = rest.strip_prefix('(').unwrap_or(rest);
    let (reading, rest) = match Reading::take(outside) {
        Some((reading, after)) if inside.is_none() => (Some(reading), after_separator(after.trim_start_matches(')'))),
        _ => (inside, rest),
    };
    let label = (!words.is_empty())
        .then(|| Label { text: format!("{words}{number}"), meaning: meaning(words).unwrap_or(Meaning::Other) });
    (label.is_some() || reading.is_some()).then(|| Head { label, reading, rest: rest.to_owned() })
}

/// The number in `*Update* 2 - text`.
fn leading_number(rest: &str) -> (String, &str) {
    let digits = rest.trim_start();
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let after = &digits[end..];
    let is_number = (1..=2).contains(&end) && after.trim_start().starts_with(['-', '–', '—', ':']);
    if is_number { (format!(" {}", &digits[..end]), after) } else { (String::new(), rest) }
}

fn after_separator(rest: &str) -> &str {
    let rest = rest.trim_start();
    for mark in ["-", "–", "—", ":", "."] {
        if let Some(after) = rest.strip_prefix(mark)
            && (after.is_empty() || after.starts_with(' '))
        {
            return after.trim_start();
        }
    }
    rest
}

/// A label, and the time that ends it.
fn split_reading(inner: &str) -> (&str, Option<Reading>) {
    let starts =
        inner.char_indices().filter(|(i, c)| c.is_ascii_digit() && (*i == 0 || inner[..*i].ends_with([' ', '(', '-'])));
    for (start, _) in starts {
        if let Some((reading, rest)) = Reading::take(&inner[start..])
            && rest.trim_matches([')', ' ', ':']).is_empty()
        {
            return (inner[..start].trim_end_matches(['(', ' ', '-', '–', '—']), Some(reading));
        }
    }
    (inner, None)
}

/// The meaning of a label, whatever its case, number and punctuation. `Issue resolved` and `Upstream update` mean what
/// their last word means.
fn meaning(label: &str) -> Option<Meaning> {
    let words: String =
        label.to_lowercase().chars().map(|c| if c.is_alphabetic() || c == '-' { c } else { ' ' }).collect();
    let words: Vec<&str> = words.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect();
    let look_up = |text: &str| LABELS.iter().find(|(known, _)| *known == text).map(|(_, m)| *m);
    look_up(&words.join(" ")).or_else(|| {
        let last = words.last().filter(|_| words.len() <= 3)?;
        look_up(last).filter(|m| matches!(m, Meaning::Finished | Meaning::Update))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(line: &str) -> Option<(String, Meaning, String)> {
        let head = read(line, true)?;
        let label = head.label?;
        Some((label.text, label.meaning, head.rest))
    }

    #[test]
    fn labels_as_people_write_them() {
        use Meaning::*;
        for (line, text, meaning, rest) in [
            ("*Investigating* - We look.", "Investigating", Investigating, "We look."),
            ("*Identified* -  We hae", "Identified", Identified, "We hae"),
            ("**Update** It works", "Update", Update, "It works"),
            ("**Update**: It works", "Update", Update, "It works"),
            ("**Update:** It works", "Update", Update, "It works"),
            ("*Update*. No news", "Update", Update, "No news"),
            ("*Update* 1 - Some", "Update 1", Update, "Some"),
            ("*Update 3* - Some", "Update 3", Update, "Some"),
            ("*Update** broken marks", "Update", Update, "broken marks"),
            ("***Update*** both", "Update", Update, "both"),
            ("_Resolved_ - back", "Resolved", Finished, "back"),
            ("\\*\\*Update\\*\\* pasted", "Update", Update, "pasted"),
            ("*Resolution (1)* - later", "Resolution (1)", Finished, "later"),
            ("**Observed Resolved** We are", "Observed Resolved", Finished, "We are"),
            ("**Scheduled Maintenance** Upstream", "Scheduled Maintenance", First, "Upstream"),
            ("*Under Observation* - ok", "Under Observation", Monitoring, "ok"),
            ("*Upstream response* - yes", "Upstream response", Other, "yes"),
            ("*Post-mortem*", "Post-mortem", Postmortem, ""),
            ("**Complete**", "Complete", Finished, ""),
            ("Complete", "Complete", Finished, ""),
            ("Resolved: all is well", "Resolved", Finished, "all is well"),
            ("[Initial message]", "Initial message", First, ""),
            ("[update] it goes on", "update", Update, "it goes on"),
            ("### Resolved", "Resolved", Finished, ""),
        ] {
            assert_eq!(label(line), Some((text.into(), meaning, rest.into())), "{line}");
        }
    }

    #[test]
    fn text_that_only_looks_like_a_label() {
        for line in [
            "*Upstream has just notified us*",
            "**Maintenance Details**",
            "**Start Time:** 6:00 AM (PDT)",
            "[INFRA-3118](https://issues.example/INFRA-3118)",
            "[ci.example.org] no builds",
            "- *Update* in a list",
            "    **Update** in a block of code",
            "Note: we will share more",
            "Update as of 11:39AM",
            "Identified the cause",
            "***",
            "**",
        ] {
            assert_eq!(label(line), None, "{line}");
        }
        assert_eq!(read("Complete", false), None, "not in the middle of a paragraph");
    }

    #[test]
    fn times_beside_labels() {
        let has_time = |line: &str| read(line, true).map(|h| (h.label.map(|l| l.text), h.reading.is_some(), h.rest));
        let update = Some("Update".to_owned());
        for line in [
            "**Update** - 10:40 UTC",
            "**Update 10:40 UTC**",
            "[Update] 2026-01-12 10:40 UTC",
            "**Update** (10:40 UTC)",
            "### Update - 10:40 UTC",
        ] {
            assert_eq!(has_time(line), Some((update.clone(), true, String::new())), "{line}");
        }
        assert_eq!(has_time("2026-01-12 09:29 UTC"), Some((None, true, String::new())));
        assert_eq!(has_time("**12:44 GMT**"), Some((None, true, String::new())));
        assert_eq!(has_time("**Update** - 10:40 UTC: back"), Some((update, true, "back".into())));
        assert_eq!(has_time("10:40 UTC saw errors"), None);
    }
}
