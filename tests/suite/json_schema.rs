//! The part of JSON Schema (draft 7) that the schemas under `tests/output` use. What it does not know is a failure, so
//! that nothing passes unseen. The libraries for all of it would add forty crates to the build of the tests.

use serde_json::{Map, Value};

/// Keywords that describe and do not judge.
const SILENT: [&str; 7] = ["$schema", "$id", "title", "description", "default", "format", "definitions"];

/// What is wrong with a document, each with its place.
pub fn problems(schema: &Value, document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    judge(schema, schema, document, "", &mut found);
    found
}

fn judge(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    for (keyword, wanted) in schema.as_object().unwrap() {
        let right = match keyword.as_str() {
            "$ref" => {
                let target = wanted.as_str().unwrap().strip_prefix('#').unwrap();
                judge(root, root.pointer(target).unwrap(), value, at, found);
                true
            }
            "type" => is_a(wanted.as_str().unwrap(), value),
            "enum" => wanted.as_array().unwrap().contains(value),
            "required" => wanted.as_array().unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some()),
            "minimum" => value.as_f64().is_none_or(|number| number >= wanted.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= wanted.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= wanted.as_u64().unwrap()),
            "uniqueItems" => {
                value.as_array().is_none_or(|items| (1..items.len()).all(|n| !items[..n].contains(&items[n])))
            }
            "anyOf" => fitting(root, wanted, value) > 0,
            "oneOf" => fitting(root, wanted, value) == 1,
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    judge(root, wanted, item, &format!("{at}/{n}"), found);
                }
                true
            }
            "properties" => {
                for (key, schema) in wanted.as_object().unwrap() {
                    if let Some(value) = value.get(key) {
                        judge(root, schema, value, &format!("{at}/{key}"), found);
                    }
                }
                true
            }
            "additionalProperties" => {
                for (key, value) in others(schema, value.as_object()) {
                    match wanted {
                        Value::Bool(allowed) if *allowed => {}
                        Value::Bool(_) => found.push(format!("{at}/{key}: not a property of the schema")),
                        schema => judge(root, schema, value, &format!("{at}/{key}"), found),
                    }
                }
                true
            }
            known if SILENT.contains(&known) => true,
            unknown => panic!("{at}: this test does not know `{unknown}`"),
        };
        if !right {
            found.push(format!("{at}: {value} breaks `{keyword}`: {wanted}"));
        }
    }
}

fn fitting(root: &Value, schemas: &Value, value: &Value) -> usize {
    let fits = |schema: &&Value| {
        let mut found = Vec::new();
        judge(root, schema, value, "", &mut found);
        found.is_empty()
    };
    schemas.as_array().unwrap().iter().filter(fits).count()
}

/// The properties of a value that its schema does not name.
fn others<'a>(schema: &Value, value: Option<&'a Map<String, Value>>) -> Vec<(&'a String, &'a Value)> {
    let named = |key: &str| schema.get("properties").is_some_and(|named| named.get(key).is_some());
    value.into_iter().flatten().filter(|(key, _)| !named(key)).collect()
}

fn is_a(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("this test does not know the type `{other}`"),
    }
}

#[test]
fn what_breaks_a_schema_is_found() {
    let schema = serde_json::json!({
        "type": "object",
        "required": ["name"],
        "additionalProperties": false,
        "properties": {
            "name": {"type": "string", "enum": ["a", "b"]},
            "places": {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"$ref": "#/definitions/place"}},
        },
        "definitions": {"place": {"oneOf": [{"type": "integer", "minimum": 1, "maximum": 9}, {"type": "boolean"}]}},
    });
    let count = |document: Value| problems(&schema, &document).len();
    assert_eq!(count(serde_json::json!({"name": "a", "places": [1, 9, true]})), 0);
    for wrong in [
        serde_json::json!({}),
        serde_json::json!({"name": "c"}),
        serde_json::json!({"name": "a", "colour": 1}),
        serde_json::json!({"name": "a", "places": []}),
        serde_json::json!({"name": "a", "places": [1, 1]}),
        serde_json::json!({"name": "a", "places": [0]}),
        serde_json::json!({"name": "a", "places": [10]}),
    ] {
        assert_eq!(count(wrong.clone()), 1, "{wrong}");
    }
}
