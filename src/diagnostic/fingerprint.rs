//! Knows a finding again after lines above it came or went.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{Diagnostic, Places};

/// Gives every finding of one report a name of its own.
#[derive(Debug, Default)]
pub struct Fingerprints {
    seen: BTreeMap<String, usize>,
}

impl Fingerprints {
    /// Made of the rule, the path and the text of the line, so that it changes only when one of these does. Findings that
    /// have all three in common are numbered in their order.
    pub fn of(&mut self, found: &Diagnostic, places: &mut Places<'_>) -> String {
        let parts = [found.rule, &found.path, places.line(&found.path, found.span)].join("\n");
        let count = self.seen.entry(parts.clone()).or_default();
        *count += 1;
        let digest = Sha256::digest(format!("{parts}\n{count}"));
        digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::diagnostic::{Level, Report, Sources};
    use crate::text::problem::Problem;
    use crate::text::span::Span;

    /// The fingerprints of findings of one rule at every `x` of a text.
    fn fingerprints(text: &str) -> Vec<String> {
        let path = Arc::from("a");
        let at = |(start, _)| Diagnostic::new(Level::Error, &path, Problem::new("r", Span::at(start), "m"));
        let found = text.match_indices('x').map(at).collect();
        let report = Report::new(found, Sources::from([(Arc::clone(&path), text.into())]), 1);
        let mut places = Places::new(&report.sources);
        let mut fingerprints = Fingerprints::default();
        report.diagnostics.iter().map(|found| fingerprints.of(found, &mut places)).collect()
    }

    #[test]
    fn a_finding_keeps_its_fingerprint_when_lines_move() {
        let before = fingerprints("key: x\nother: x\n");
        assert_eq!(before, fingerprints("new: 1\n\n  key: x\nother: x\n"));
        assert_ne!(before, fingerprints("key: xyz\nother: x\n"));
        assert_eq!(before[0].len(), 32);
    }

    #[test]
    fn no_two_findings_share_one() {
        let same = fingerprints("key: xx\nkey: x\n");
        assert!(same[0] != same[1] && same[1] != same[2] && same[0] != same[2], "{same:?}");
    }
}
