//! A report that strangers may read: the logs of build servers are often public, and a credential in a record is found
//! before anybody could revoke it.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Diagnostic, Report};
use crate::text::secrets::{self, masked};
use crate::text::span::Span;

/// A message may quote the beginning of a credential only. What is shorter than this is a word of the language.
const LEAST: usize = 6;

impl Report {
    /// The same without the credentials of its sources, wherever it shows or quotes them. All places stay what they are.
    #[must_use]
    pub fn without_credentials(mut self) -> Self {
        let mut credentials: BTreeSet<String> = BTreeSet::new();
        let found: Vec<Vec<Span>> = self
            .sources
            .par_iter()
            .map(|(_, text)| secrets::find(text).into_iter().map(|secret| secret.span).collect())
            .collect();
        for (text, spans) in self.sources.values_mut().zip(found).filter(|(_, spans)| !spans.is_empty()) {
            // A message has the lines of a key one behind the other.
            let lines = spans.iter().filter_map(|span| text.get(span.range())).flat_map(str::lines);
            credentials.extend(lines.map(|line| line.trim().to_owned()).filter(|line| line.len() >= LEAST));
            *text = masked(text, &spans).into();
        }
        for text in self.diagnostics.iter_mut().flat_map(texts) {
            // What a message quotes of the past stands in no source.
            let mut spans: Vec<Span> = secrets::find(text).into_iter().map(|secret| secret.span).collect();
            spans.extend(credentials.iter().flat_map(|credential| quoted(text, credential)));
            if !spans.is_empty() {
                *text = masked(text, &spans);
            }
        }
        self
    }
}

/// Everything in a finding that could quote a record.
fn texts(found: &mut Diagnostic) -> impl Iterator<Item = &mut String> {
    let fix = found.fix.iter_mut().flat_map(|fix| {
        let edits = fix.edits.iter_mut().map(|edit| &mut edit.replacement);
        std::iter::once(&mut fix.title).chain(edits)
    });
    let labels = found.labels.iter_mut().map(|label| &mut label.text);
    std::iter::once(&mut found.message).chain(&mut found.help).chain(labels).chain(fix)
}

/// Where a text has a credential or its beginning.
fn quoted(text: &str, credential: &str) -> Vec<Span> {
    let start = &credential[..credential.floor_char_boundary(LEAST)];
    let same = |at: usize| text[at..].bytes().zip(credential.bytes()).take_while(|(a, b)| a == b).count();
    text.match_indices(start).map(|(at, _)| Span::new(at, text.floor_char_boundary(at + same(at)))).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Level, Sources};
    use crate::text::problem::{Fix, Problem};

    const CREDENTIAL: &str = "q7Rt2vX9bK4m";

    /// A finding whose source, message, help, label and fix have a text.
    fn report(text: &str) -> Report {
        let path: Arc<str> = "a.md".into();
        let problem = Problem::new("r", Span::at(0), text).help(text).label(Span::at(0), text).fix(Fix::safe(
            text,
            Span::at(0),
            text,
        ));
        let sources = Sources::from([(Arc::clone(&path), "note: 결제 password=q7Rt2vX9bK4m, then ok\n".into())]);
        Report::new(vec![Diagnostic::new(Level::Error, &path, problem)], sources, 1)
    }

    #[test]
    fn a_credential_stands_nowhere_in_the_report_and_places_stay() {
        let shown = report(&format!("said `{CREDENTIAL}`")).without_credentials();
        assert!(!format!("{shown:?}").contains(CREDENTIAL), "{shown:?}");
        assert_eq!(&*shown.sources["a.md"], "note: 결제 password=************, then ok\n");
        assert_eq!(shown.diagnostics[0].message, "said `************`");
    }

    #[test]
    fn so_does_the_beginning_of_one() {
        let shown = report("said `q7Rt2vX…` and q7Rt3").without_credentials();
        assert_eq!(shown.diagnostics[0].message, "said `*******…` and q7Rt3");
    }

    #[test]
    fn a_credential_of_the_past_is_known_by_its_form() {
        let shown = report("it said `token: 9f8a7c6e5b4d` before").without_credentials();
        assert_eq!(shown.diagnostics[0].message, "it said `token: ************` before");
    }

    #[test]
    fn the_whole_of_a_key_is_hidden_line_by_line() {
        let material = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDkQzV7mTfLw2Rb";
        let rest = "kQzV7mTfLw2RbXs9HdYc6GnaE4jPu8oWi1Bx";
        let key = format!("-----BEGIN PRIVATE KEY-----\n{material}\n{rest}\n-----END PRIVATE KEY-----\n");
        let mut report = report(&format!("the line `{material}` and `{rest}`"));
        report.sources = Sources::from([("a.md".into(), key.as_str().into())]);
        let shown = format!("{:?}", report.without_credentials());
        assert!(!shown.contains(material) && !shown.contains(rest), "{shown}");
    }

    #[test]
    fn what_has_no_credential_stays_as_it_is() {
        let before = report("said `checkout`");
        assert_eq!(before.clone().without_credentials().diagnostics, before.diagnostics);
    }
}
