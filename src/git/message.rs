//! What a commit says about the record it changes.

/// The message of a commit that changes one record.
///
/// ```
/// use git_incident::git::message::Message;
///
/// let message = Message {
///     id: "2024-05-01-checkout-errors",
///     facts: &["identified", "sev2"],
///     body: None,
///     status: Some("identified"),
///     severity: Some("sev2"),
/// };
/// assert_eq!(
///     message.text(),
///     "checkout-errors: identified, sev2\n\nIncident: 2024-05-01-checkout-errors\nStatus: identified\nSeverity: sev2\n"
/// );
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Message<'a> {
    /// The id of the record.
    pub id: &'a str,
    /// What changed, in a word or two each. Where nothing has a word, the subject says `update`.
    pub facts: &'a [&'a str],
    /// Paragraphs between the subject and the trailers.
    pub body: Option<&'a str>,
    /// The status and severity that the record has now.
    pub status: Option<&'a str>,
    pub severity: Option<&'a str>,
}

impl Message<'_> {
    /// The whole message: subject, body, trailers.
    pub fn text(&self) -> String {
        let mut out = self.subject();
        if let Some(body) = self.body.map(str::trim).filter(|body| !body.is_empty()) {
            out.push_str("\n\n");
            out.push_str(body);
        }
        out.push_str("\n\n");
        for (name, value) in [("Incident", Some(self.id)), ("Status", self.status), ("Severity", self.severity)] {
            if let Some(value) = value {
                out.push_str(&format!("{name}: {}\n", one_line(value)));
            }
        }
        out
    }

    /// The name without its day, and what changed. The trailer has the whole id.
    pub fn subject(&self) -> String {
        let slug = self.id.get(11..).filter(|slug| !slug.is_empty()).unwrap_or(self.id);
        let facts = if self.facts.is_empty() { "update".to_owned() } else { self.facts.join(", ") };
        one_line(&format!("{slug}: {facts}"))
    }
}

/// A line break in a subject or a trailer would end it.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_without_a_word_is_an_update() {
        let message = Message { id: "2024-05-01-checkout-errors", ..Message::default() };
        assert_eq!(message.text(), "checkout-errors: update\n\nIncident: 2024-05-01-checkout-errors\n");
    }

    #[test]
    fn line_breaks_cannot_forge_a_trailer() {
        let message =
            Message { id: "2024-05-01-x", facts: &["a\nStatus: closed"], status: Some("b\nc"), ..Message::default() };
        assert_eq!(message.text(), "x: a Status: closed\n\nIncident: 2024-05-01-x\nStatus: b c\n");
    }

    #[test]
    fn a_body_stands_between() {
        let message = Message { id: "2024-05-01-x", body: Some("Why.\n"), ..Message::default() };
        assert_eq!(message.text(), "x: update\n\nWhy.\n\nIncident: 2024-05-01-x\n");
    }
}
