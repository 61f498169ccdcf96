//! The tree with places says the same as the typed reader that everyone else uses.

use std::path::Path;

use git_incident::text::frontmatter;
use git_incident::text::problem::Problem;
use git_incident::text::span::Span;
use git_incident::text::yaml::{self, Node, Value};
use proptest::prelude::*;
use walkdir::WalkDir;

/// The tree, with plain scalars resolved as the typed reader resolves them.
fn resolved(node: &Node<'_>) -> serde_yaml::Value {
    match &node.value {
        Value::Refused => serde_yaml::Value::Null,
        Value::Scalar { text, plain: false } => serde_yaml::Value::String(text.to_string()),
        Value::Scalar { text, plain: true } => match serde_yaml::from_str(text) {
            Ok(value @ (serde_yaml::Value::Null | serde_yaml::Value::Bool(_) | serde_yaml::Value::Number(_))) => value,
            _ => serde_yaml::Value::String(text.to_string()),
        },
        Value::Seq(items) => serde_yaml::Value::Sequence(items.iter().map(resolved).collect()),
        Value::Map(pairs) => {
            serde_yaml::Value::Mapping(pairs.iter().map(|(k, v)| (resolved(k), resolved(v))).collect())
        }
    }
}

fn read(text: &str, span: Span) -> (Option<Node<'_>>, Vec<Problem>) {
    let mut problems = Vec::new();
    let node = yaml::parse(text, span, &mut problems);
    (node, problems)
}

#[test]
fn every_record_of_the_repository_reads_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["incidents", "tests"].into_iter().flat_map(|folder| WalkDir::new(root.join(folder)));
    let mut compared = 0;
    for file in files.filter_map(Result::ok).filter(|f| f.path().extension().is_some_and(|e| e == "md")) {
        let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
        let Some(front) = frontmatter::split(&text).front else { continue };
        let (Some(node), problems) = read(&text, front) else { continue };
        // What the tree reports (aliases, keys that stand twice), the typed reader resolves or refuses.
        if !problems.is_empty() {
            continue;
        }
        let expected: serde_yaml::Value = serde_yaml::from_str(&text[front.range()]).unwrap();
        assert_eq!(resolved(&node), expected, "{}", file.path().display());
        compared += 1;
    }
    assert!(compared >= 19, "only {compared} records were compared");
}

/// Documents of the shapes that people write: nested maps and lists, block and flow, quotes, comments.
fn document() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        "[a-z][a-z ]{0,8}[a-z]",
        Just("\"quoted: text\"".to_owned()),
        Just("'single ''quoted'''".to_owned()),
        Just("2024-05-01T09:05:00Z".to_owned()),
        Just("12".to_owned()),
        Just("[a, b]".to_owned()),
        Just("{a: 1, b: [2]}".to_owned()),
        Just("".to_owned()),
        Just("|\n      two\n      lines".to_owned()),
        Just("결제 # comment".to_owned()),
    ];
    let entry = prop::collection::btree_map("[a-z]{1,6}", scalar.clone(), 1..4).prop_map(|keys| {
        let lines: Vec<String> = keys.iter().map(|(k, v)| format!("{k}: {v}")).collect();
        format!("  - {}\n", lines.join("\n    "))
    });
    (prop::collection::vec(entry, 0..4), prop::collection::btree_map("[a-z]{1,6}", scalar, 0..4)).prop_map(
        |(entries, keys)| {
            let mut out: String = keys.iter().map(|(k, v)| format!("{k}: {v}\n")).collect();
            if !entries.is_empty() {
                out.push_str("timeline_:\n");
                out.extend(entries);
            }
            out
        },
    )
}

proptest! {
    #[test]
    fn generated_documents_read_alike(text in document()) {
        let (node, problems) = read(&text, Span::new(0, text.len()));
        match serde_yaml::from_str::<serde_yaml::Value>(&text) {
            Ok(expected) => {
                prop_assert_eq!(&problems, &[]);
                let expected = if expected.is_null() { serde_yaml::Value::Mapping(Default::default()) } else { expected };
                prop_assert_eq!(resolved(&node.unwrap()), expected);
            }
            Err(_) => prop_assert!(node.is_none()),
        }
    }

    #[test]
    fn every_span_lies_inside_its_parent(text in document()) {
        fn inside(node: &Node<'_>, parent: Span) -> bool {
            let here = parent.start <= node.span.start && node.span.end <= parent.end && node.span.start <= node.span.end;
            here && match &node.value {
                Value::Seq(items) => items.iter().all(|item| inside(item, node.span)),
                Value::Map(pairs) => pairs.iter().all(|(k, v)| inside(k, node.span) && inside(v, node.span)),
                _ => true,
            }
        }
        if let (Some(node), _) = read(&text, Span::new(0, text.len())) {
            prop_assert!(inside(&node, Span::new(0, text.len())), "{node:#?}");
        }
    }
}
