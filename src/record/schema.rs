//! The JSON Schemas (draft 2020-12), from the same tables as the reader, so that an editor and `check` agree.

use serde_json::{Map, Value as Json, json};

use super::Kind;
use super::config::Severity;
use super::lifecycle::Lifecycle;
use super::shape::{CONFIG, ROLE_ALIASES, ROLES, Shape, TYPES, Value, Vocabulary};

/// The schema of the front matter of a kind of record.
pub fn of_record(kind: Kind, lifecycle: &Lifecycle) -> Json {
    let statuses = lifecycle.machine(kind).map(|m| m.states().map(str::to_owned).collect()).unwrap_or_default();
    Writer { statuses, definitions: Map::new() }.document(kind.shape())
}

/// The schema of `incident.yaml`.
pub fn of_config() -> Json {
    Writer { statuses: Vec::new(), definitions: Map::new() }.document(&CONFIG)
}

/// The file under `schemas/` and its content, for each schema.
pub fn files(lifecycle: &Lifecycle) -> Vec<(String, Json)> {
    let records = Kind::ALL.map(|kind| (format!("{}.schema.json", kind.name()), of_record(kind, lifecycle)));
    records.into_iter().chain([("config.schema.json".to_owned(), of_config())]).collect()
}

struct Writer {
    statuses: Vec<String>,
    /// The shapes met so far, by name.
    definitions: Map<String, Json>,
}

impl Writer {
    fn document(mut self, shape: &'static Shape) -> Json {
        let mut document = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": shape.name,
        });
        let object = self.object(shape);
        if let (Some(document), Json::Object(object)) = (document.as_object_mut(), object) {
            document.extend(object);
            if !self.definitions.is_empty() {
                document.insert("$defs".into(), Json::Object(self.definitions));
            }
        }
        document
    }

    fn object(&mut self, shape: &'static Shape) -> Json {
        let mut properties = Map::new();
        for field in shape.fields {
            let mut schema = self.value(&field.value);
            if let Some(schema) = schema.as_object_mut() {
                schema.insert("description".into(), json!(field.doc));
            }
            properties.insert(field.key.into(), schema);
        }
        let required: Vec<&str> = shape.fields.iter().filter(|f| f.required).map(|f| f.key).collect();
        let mut object = json!({
            "description": shape.doc,
            "type": "object",
            "additionalProperties": false,
            "properties": properties,
        });
        if let (Some(object), false) = (object.as_object_mut(), required.is_empty()) {
            object.insert("required".into(), json!(required));
        }
        object
    }

    fn reference(&mut self, shape: &'static Shape) -> Json {
        let name = shape.name.replace(' ', "_");
        if !self.definitions.contains_key(&name) {
            // Held open first, so that a shape may contain itself.
            self.definitions.insert(name.clone(), Json::Null);
            let object = self.object(shape);
            self.definitions.insert(name.clone(), object);
        }
        json!({"$ref": format!("#/$defs/{name}")})
    }

    fn value(&mut self, value: &'static Value) -> Json {
        match value {
            Value::Line(limit) => {
                json!({"type": "string", "minLength": 1, "maxLength": limit, "pattern": "^[^\\n]*\\n?$"})
            }
            Value::Text | Value::Ref(_) => json!({"type": "string", "minLength": 1}),
            Value::Bool => json!({"type": "boolean"}),
            Value::BoolOrUnknown => json!({"enum": [true, false, "unknown"]}),
            Value::Number => json!({"type": "integer", "minimum": 0}),
            Value::NumberOrUnknown => json!({"anyOf": [{"type": "integer", "minimum": 0}, {"const": "unknown"}]}),
            Value::Time => json!({
                "type": "string",
                "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$",
                "examples": ["2024-05-01T09:05:00Z"],
            }),
            Value::Date => json!({"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$", "examples": ["2024-05-20"]}),
            Value::Duration => json!({"type": "string", "pattern": "^\\d+[mhdw]$", "examples": ["30m", "4h", "14d"]}),
            Value::Percent => {
                json!({"type": "string", "pattern": "^\\d{1,3}(\\.\\d{1,4})?%$", "examples": ["99.9%"]})
            }
            Value::Hours => json!({
                "type": "string",
                "pattern": "^\\d{1,2}:\\d{2}-\\d{1,2}:\\d{2}$",
                "examples": ["09:00-17:30"],
            }),
            Value::Url => json!({"type": "string", "pattern": "^https?://[^/\\s]\\S*$"}),
            Value::Slug => json!({"type": "string", "pattern": "^[a-z0-9-]+$"}),
            Value::Colour => json!({"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$", "examples": ["#1f5fbf"]}),
            Value::Zone => json!({"type": "string", "examples": ["Etc/UTC", "Europe/Rome", "Asia/Seoul"]}),
            Value::OneOf(words) => json!({"enum": words}),
            Value::Word(list) => self.vocabulary(*list),
            Value::Nullable(inner) => json!({"anyOf": [self.value(inner), {"type": "null"}]}),
            Value::List(item) => json!({"type": "array", "items": self.value(item)}),
            Value::OneOrMore(item) => {
                let item = self.value(item);
                json!({"anyOf": [item, {"type": "array", "items": item}]})
            }
            Value::Map(shape) => self.reference(shape),
            Value::Dict { key, value } => {
                json!({"type": "object", "propertyNames": self.value(key), "additionalProperties": self.value(value)})
            }
            Value::Either { scalar, collection } => {
                json!({"anyOf": [self.value(scalar), self.value(collection)]})
            }
        }
    }

    /// The built-in words are offered; an organisation's own are not refused.
    fn vocabulary(&self, list: Vocabulary) -> Json {
        let offered = |words: Json| json!({"anyOf": [{"enum": words}, {"type": "string", "minLength": 1}]});
        match list {
            Vocabulary::Status => offered(json!(self.statuses)),
            Vocabulary::Severity => offered(json!(Severity::built_in().into_iter().map(|s| s.id).collect::<Vec<_>>())),
            Vocabulary::Role => {
                let aliases = ROLE_ALIASES.iter().map(|(alias, _)| *alias);
                offered(json!(ROLES.iter().copied().chain(aliases).collect::<Vec<_>>()))
            }
            Vocabulary::Type => offered(json!(TYPES)),
            Vocabulary::Language => json!({"type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"}),
        }
    }
}
