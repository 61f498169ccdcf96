//! A text in every field of every kind of record: the internal ones are looked for and found nowhere, the public ones are
//! not looked for. Made from the tables of `shape`, so that a new field is covered by itself.

use super::texts::Texts;
use crate::record::archive::Archive;
use crate::record::shape::{Shape, Value, Vocabulary};
use crate::record::{Kind, Target};
use crate::site::audience::Audience;
use crate::site::fixture::{Repository, at};
use crate::site::{Options, build};

/// The texts that were planted, with the path of the field and whether readers may have it.
#[derive(Default)]
struct Planted(Vec<(String, String, bool)>);

impl Planted {
    /// Letters that nothing else has in this order.
    fn text(&mut self, path: &str, public: bool) -> String {
        let number = self.0.len();
        let letter = |n: usize| char::from(b'a' + u8::try_from(n % 25).unwrap());
        let word: String = ['z', letter(number / 625), letter(number / 25), letter(number)].into_iter().collect();
        let text = word.repeat(6);
        self.0.push((path.to_owned(), text.clone(), public));
        text
    }

    fn map(&mut self, shape: &'static Shape, kind: Kind, path: &str, public: bool) -> String {
        let fields = shape.fields.iter().filter(|field| field.key != "status");
        let pairs = fields.map(|field| {
            let path = format!("{path}.{}", field.key);
            let value = match field.key {
                "visibility" => "public".to_owned(),
                _ => self.value(&field.value, kind, &path, public, public && field.public),
            };
            format!("{}: {value}", field.key)
        });
        let pairs: Vec<String> = pairs.collect();
        let status = match (shape.name, kind) {
            ("entry", Kind::Incident) => ", status: investigating",
            ("entry", Kind::Maintenance) => ", status: scheduled",
            ("postmortem", _) => ", status: published",
            ("action", _) => ", status: open",
            _ => "",
        };
        format!("{{{}{status}}}", pairs.join(", "))
    }

    fn value(&mut self, value: &'static Value, kind: Kind, path: &str, inherited: bool, public: bool) -> String {
        match value {
            Value::Line(_) | Value::Text => self.text(path, public),
            Value::Slug if public => self.text(path, public),
            Value::Slug | Value::Colour | Value::Zone => "plain".to_owned(),
            Value::Url => format!("https://x.example/{}", self.text(path, public)),
            Value::Bool | Value::BoolOrUnknown => "true".to_owned(),
            Value::Number | Value::NumberOrUnknown => "3".to_owned(),
            Value::Time => "2024-05-01T09:50:00Z".to_owned(),
            Value::Date => "2024-05-01".to_owned(),
            Value::Duration => "30m".to_owned(),
            Value::Percent => "99.9%".to_owned(),
            Value::Hours => "09:00-17:30".to_owned(),
            Value::OneOf(words) => words[0].to_owned(),
            Value::Word(Vocabulary::Language) => "en".to_owned(),
            Value::Word(_) => "plain".to_owned(),
            Value::Ref(Target::Service) => "checkout".to_owned(),
            Value::Ref(_) => "mara".to_owned(),
            Value::Nullable(inner) => self.value(inner, kind, path, inherited, public),
            Value::List(item) | Value::OneOrMore(item) => {
                format!("[{}]", self.value(item, kind, path, inherited, public))
            }
            Value::Map(shape) => self.map(shape, kind, path, inherited),
            Value::Dict { key, value } => {
                let key = self.value(key, kind, path, inherited, public);
                format!("{{{key}: {}}}", self.value(value, kind, path, inherited, public))
            }
            Value::Either { collection, .. } => self.value(collection, kind, path, inherited, public),
        }
    }
}

/// A repository with one record of a kind, beside the incident of a postmortem.
fn planted(kind: Kind) -> (Archive, Planted) {
    let mut planted = Planted::default();
    let is_shown = matches!(kind, Kind::Incident | Kind::Maintenance);
    let front = planted.map(kind.shape(), kind, kind.name(), is_shown);
    let (body, summary) = (planted.text("body", false), planted.text("public summary", kind == Kind::Postmortem));
    let text = format!("---\n{front}\n---\n\n## Summary\n\n{body}\n\n## Public summary\n\n{summary}\n");
    let repository = Repository::new().record(&format!("2024-05-01-x/{}", kind.file_name()), &text);
    let incident = "  - {at: 2024-05-01T09:50:00Z, by: mara, status: investigating, public: Looking.}\n";
    let repository = if kind == Kind::Postmortem { repository.incident("2024-05-01-x", incident) } else { repository };
    (repository.archive(), planted)
}

#[test]
fn what_is_internal_is_looked_for_and_in_no_file() {
    for kind in Kind::ALL {
        let (archive, planted) = planted(kind);
        let texts = Texts::of(&archive);
        let site = build(&archive, &Options::new(at("2024-05-01T12:00:00Z"))).unwrap();
        let files: Vec<_> = site.files.iter().map(|(path, bytes)| (path, String::from_utf8_lossy(bytes))).collect();
        assert!(planted.0.len() > 3, "{}", kind.name());
        for (field, text, public) in &planted.0 {
            assert_eq!(texts.find("x.txt", text).is_empty(), *public, "{field} is looked for unless it is public");
            let shown = files.iter().find(|(_, file)| file.contains(text)).map(|(path, _)| path);
            assert_eq!(shown.is_some(), *public, "{field} is in {shown:?}");
        }
    }
}

#[test]
fn insiders_find_what_is_internal_and_nobody_else_has_their_index() {
    for kind in Kind::ALL {
        let (archive, planted) = planted(kind);
        let options = Options::new(at("2024-05-01T12:00:00Z"));
        let public = build(&archive, &options).unwrap();
        assert!(!public.files.keys().any(|path| path.contains("internal")), "{}", kind.name());
        let site = build(&archive, &Options { audience: Audience::Internal, ..options }).unwrap();
        let index = site.files.iter().filter(|(path, _)| path.starts_with("internal/search/index/"));
        let index: String = index.map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
        for (field, text, _) in &planted.0 {
            assert!(index.contains(&format!("\"{text}\"")), "{field} is found");
        }
    }
}
