//! Whether the text of a scalar is what its key takes.

use crate::record::colour::Colour;
use crate::record::percent::Percent;
use crate::record::shape::Value;
use crate::record::time::{NotATime, Time, parse_date, parse_minutes, zone};
use crate::record::wall_clock::Hours;
use crate::text::problem::{Fix, Problem};
use crate::text::quote;
use crate::text::span::Span;

/// What a key takes, in words that follow "takes".
pub(super) const fn expected(value: &Value) -> &'static str {
    match value {
        Value::Line(_) => "one line of text",
        Value::Bool => "`true` or `false`",
        Value::BoolOrUnknown => "`true`, `false` or `unknown`",
        Value::Number => "a whole number",
        Value::NumberOrUnknown => "a whole number or `unknown`",
        Value::Time => "a time such as `2024-05-01T09:05:00Z`",
        Value::Date => "a day such as `2024-05-20`",
        Value::Duration => "a duration such as `30m`, `4h` or `14d`",
        Value::Percent => "a share such as `99.9%`",
        Value::Hours => "hours such as `09:00-17:30`",
        Value::Url => "an absolute web address",
        Value::Slug => "a name of lower case letters, digits and hyphens",
        Value::Colour => "a colour such as `\"#1f5fbf\"`, in quotes",
        Value::Zone => "a time zone such as `Europe/Rome`",
        Value::Ref(_) => "a name",
        _ => "text",
    }
}

/// What is wrong with a scalar, if anything is.
pub(super) fn judge(text: &str, plain: bool, value: &Value, key: &str, span: Span) -> Option<Problem> {
    let wrong = |why: String| Problem::new("wrong-type", span, why);
    let not = || wrong(format!("`{key}` takes {}, not `{}`", expected(value), text.lines().next().unwrap_or("")));
    match value {
        Value::Bool | Value::BoolOrUnknown => {
            let unknown_fits = matches!(value, Value::BoolOrUnknown) && text == "unknown";
            (!(plain && matches!(text, "true" | "false") || unknown_fits)).then(|| boolean(not(), text, span))
        }
        Value::Number | Value::NumberOrUnknown => {
            let unknown_fits = matches!(value, Value::NumberOrUnknown) && text == "unknown";
            (!(plain && is_number(text) || unknown_fits)).then(|| number(not(), text, span))
        }
        Value::Time => Time::parse(text).err().map(|why| not_a_time(text, span, why)),
        Value::Date => parse_date(text).err().map(|why| not_a_time(text, span, why)),
        Value::Duration => parse_minutes(text).is_none().then(not),
        Value::Percent => Percent::parse(text).is_none().then(not),
        Value::Hours => Hours::parse(text).is_none().then(not),
        Value::Zone => zone(text)
            .is_none()
            .then(|| not().help("use a name of the IANA database, such as `Etc/UTC` or `Asia/Seoul`")),
        Value::Colour => Colour::parse(text).is_none().then(not),
        Value::Url => (!is_web_address(text)).then(|| not().help("begin it with `https://`")),
        Value::Slug => (!is_slug(text)).then(not).or_else(|| ambiguous(text, plain, span)),
        Value::Line(limit) => line(text, *limit, key, span).or_else(|| ambiguous(text, plain, span)),
        _ if text.trim().is_empty() => {
            Some(wrong(format!("`{key}` is empty")).help("write something, or remove the key"))
        }
        _ => ambiguous(text, plain, span),
    }
}

fn boolean(problem: Problem, text: &str, span: Span) -> Problem {
    let meant = match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "y" => "true",
        "false" | "no" | "off" | "n" => "false",
        _ => return problem,
    };
    problem
        .help(format!("write `{meant}`: some YAML readers take `{text}` for text, others for a boolean"))
        .fix(Fix::safe(format!("write `{meant}`"), span, meant))
}

fn number(problem: Problem, text: &str, span: Span) -> Problem {
    if !is_number(text) {
        return problem;
    }
    problem.help("write it without quotes").fix(Fix::safe("remove the quotes", span, text))
}

fn is_number(text: &str) -> bool {
    (text == "0" || !text.starts_with('0')) && text.bytes().all(|b| b.is_ascii_digit()) && text.parse::<u64>().is_ok()
}

fn not_a_time(text: &str, span: Span, why: NotATime) -> Problem {
    let first = text.lines().next().unwrap_or("");
    let problem =
        Problem::new("invalid-time", span, format!("`{first}` is not a time that a record can hold: {}", why.reason));
    match why.meant {
        Some(meant) => problem.help(format!("write `{meant}`")).fix(Fix::safe(format!("write `{meant}`"), span, meant)),
        None => problem,
    }
}

fn line(text: &str, limit: usize, key: &str, span: Span) -> Option<Problem> {
    let wrong = |why: String| Problem::new("wrong-type", span, why);
    if text.trim().is_empty() {
        return Some(wrong(format!("`{key}` is empty")).help("write something, or remove the key"));
    }
    if text.trim_end().contains('\n') {
        return Some(wrong(format!("`{key}` takes one line, and this has several")));
    }
    let length = text.chars().count();
    (length > limit).then(|| {
        wrong(format!("`{key}` has {length} characters; {limit} is the limit"))
            .help("say it shorter; details go into the text of the record")
    })
}

/// Plain scalars that readers of YAML 1.1 take for something else than text.
fn ambiguous(text: &str, plain: bool, span: Span) -> Option<Problem> {
    if !plain {
        return None;
    }
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let numeric = |s: &str| s.starts_with(|c: char| c.is_ascii_digit()) && s.parse::<f64>().is_ok();
    let other = if quote::means_something(text) {
        "a boolean or as nothing"
    } else if text.contains(':') && text.split(':').all(|part| digits(part) && part.len() <= 2) {
        "a number in base 60"
    } else if text.len() > 1 && text.starts_with('0') && digits(text) {
        "a number in base 8"
    } else if numeric(text) {
        "a number, which drops zeros at its ends"
    } else {
        return None;
    };
    let quoted = quote::double(text);
    Some(
        Problem::new(
            "ambiguous-yaml",
            span,
            format!("`{text}` is meant as text, but other YAML readers take it as {other}"),
        )
        .help(format!("quote it: `{quoted}`"))
        .fix(Fix::safe("quote it", span, quoted)),
    )
}

pub(super) fn is_web_address(text: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| text.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/')))
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Lower case letters, digits and hyphens.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
