//! Templates and the engine that fills them.

use std::{fmt, io};

use serde::Serialize;
use tera::{Context, Tera, Value};

use super::builtin::Files;
use super::language::words::Words;

/// A template that cannot be used: which, where in it, and what is wrong.
#[derive(Debug)]
pub struct TemplateError(String);

impl std::error::Error for TemplateError {}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<tera::Error> for TemplateError {
    fn from(error: tera::Error) -> Self {
        let text = error.to_string();
        // The engine begins its reports like that; the program that prints them does too.
        let text = text.strip_prefix("error: ").unwrap_or(&text);
        Self(text.replace("--> ", "--> templates/").replace("templates/builtin/", "built-in templates/"))
    }
}

/// The templates with the words of one language.
#[derive(Debug)]
pub struct Renderer(Tera);

impl Renderer {
    pub fn new(files: &Files, words: &Words) -> Result<Self, TemplateError> {
        let mut tera = Tera::default();
        // A template of the user's wins over the built-in one of its name, and may still extend `builtin/…`.
        tera.set_fallback_prefixes(["builtin/"])?;
        tera.set_escape_fn(escape);
        tera.add_raw_templates(files.templates())?;
        tera.global_context().insert_value("t", Value::try_from_serializable(words.plain())?);
        Ok(Self(tera))
    }

    /// Fills a template with named values.
    pub fn render(&self, template: &str, values: &[(&'static str, &dyn Printable)]) -> Result<String, TemplateError> {
        let mut context = Context::new();
        for (name, value) in values {
            context.insert_value(*name, value.print()?);
        }
        Ok(self.0.render(template, &context)?)
    }
}

/// Escapes for HTML and XML, and replaces what XML forbids even when escaped: one such character breaks a whole feed.
fn escape(text: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let forbidden = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}');
    // A look at the bytes spares almost every text the look at its characters; 0xEF begins the two at the end.
    let suspect = text.bytes().any(|b| b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r') || b == 0xef);
    if suspect && text.contains(forbidden) {
        escape_html(&text.replace(forbidden, "\u{fffd}"), out)
    } else {
        escape_html(text, out)
    }
}

/// What lies between two characters is written in one go; the engine's own function writes byte by byte.
fn escape_html(text: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let bytes = text.as_bytes();
    let mut written = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.write_all(&bytes[written..at])?;
        out.write_all(entity.as_bytes())?;
        written = at + 1;
    }
    out.write_all(&bytes[written..])
}

/// What a template can print.
pub trait Printable {
    fn print(&self) -> Result<Value, tera::Error>;
}

impl<T: Serialize> Printable for T {
    fn print(&self) -> Result<Value, tera::Error> {
        Value::try_from_serializable(self)
    }
}

#[cfg(test)]
mod tests {
    use super::escape;

    fn escaped(text: &str) -> String {
        let mut out = Vec::new();
        escape(text, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_html_would_read_as_markup_is_escaped_and_what_xml_forbids_is_replaced() {
        assert_eq!(escaped("<a href='x' id=\"y\"> & 결제"), "&lt;a href=&#39;x&#39; id=&quot;y&quot;&gt; &amp; 결제");
        assert_eq!(escaped("<\u{1}&\u{ffff}\t"), "&lt;\u{fffd}&amp;\u{fffd}\t");
        assert_eq!(escaped(""), "");
    }
}
