//! The report for a review by management, as somebody opens it.

use std::fs;
use std::path::Path;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::rules::files_in;
use crate::sandbox::Sandbox;

const MAY: [&str; 4] = ["--month", "2026-05", "--as-of", "2026-06-01T09:00:00Z"];

/// The archive whose report stands in a transcript.
fn archive(name: &str) -> Sandbox {
    let sandbox = Sandbox::new(name);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commands/stats/of-a-month");
    for (path, text) in files_in(&folder) {
        sandbox.file(&path, &text);
    }
    sandbox
}

fn report(sandbox: &Sandbox, flags: &[&str]) -> String {
    let run = sandbox.run(&[&["report"], MAY.as_slice(), flags].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

/// The first end that does not fit its start.
fn unbalanced(html: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    let (_, body) = html.split_once("<body").unwrap();
    for tag in body.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        if tag.starts_with('/') && name != "body" && name != "html" {
            if open.pop() != Some(name) {
                return Some(tag.to_owned());
            }
        } else if !tag.starts_with('/') && !tag.ends_with('/') {
            open.push(name);
        }
    }
    open.pop().map(str::to_owned)
}

#[test]
fn one_html_file_holds_everything() {
    let html = report(&archive("report-html"), &["--format", "html"]);
    for outside in ["<script", "<link", " src=", "href=\"http", "@import", "url("] {
        assert!(!html.contains(outside), "{outside}");
    }
    assert!(html.starts_with("<!doctype html>") && html.contains("--page: #0e1116"), "the look of the site, dark too");
    assert_eq!(unbalanced(&html), None);
    assert!(html.contains("Letters &lt;b&gt;late&lt;/b&gt; | by hours"), "titles are text");
    assert!(!html.contains("Add a load gate"), "restricted records are counted and tell no more");
}

#[test]
fn each_chart_says_in_words_what_it_shows() {
    let html = report(&archive("report-charts"), &["--format", "html"]);
    let charts: Vec<&str> = html.split("<svg ").skip(1).collect();
    // Each is drawn for wide and for narrow screens.
    assert_eq!(charts.len(), 2 * 4);
    for chart in charts {
        assert!(chart.contains("role=\"img\" aria-label=\""), "{}", chart.split('>').next().unwrap());
    }
    for words in [
        "Incidents by week: 1 May: 4, 8 May: 3, 15 May: 3, 22 May: 1, 29 May: 1",
        "recover: 11 values, median 55 min",
        "Downtime of services: Checkout 1 h 30 min; Search 1 d",
        "messages to customers in time 5 of 7",
    ] {
        assert!(html.contains(words), "{words}");
    }
    // One dot an incident and measure, with its record.
    assert_eq!(html.matches("<title>2026-05-22-checkout: 2 h 30 min</title>").count(), 2);
}

#[test]
fn markdown_is_tables_that_others_read() {
    let markdown = report(&archive("report-markdown"), &[]);
    let events: Vec<Event<'_>> = Parser::new_ext(&markdown, Options::ENABLE_TABLES).collect();
    let tables = events.iter().filter(|event| matches!(event, Event::Start(Tag::Table(_)))).count();
    assert_eq!(tables, 12);
    assert!(!events.iter().any(|event| matches!(event, Event::InlineHtml(_) | Event::Html(_))), "titles are text");
    let text: String = events.iter().filter_map(|e| if let Event::Text(t) = e { Some(&**t) } else { None }).collect();
    assert!(text.contains("Letters <b>late</b> | by hours"));
}

#[test]
fn the_name_of_the_file_says_the_format() {
    let sandbox = archive("report-files");
    for (file, begins) in [("out.html", "<!doctype html>"), ("out.md", "# Example Shop"), ("out", "# Example Shop")] {
        assert_eq!(report(&sandbox, &["--output-file", file]), "");
        assert!(sandbox.read(file).starts_with(begins), "{file}");
    }
    report(&sandbox, &["--output-file", "plain", "--format", "html"]);
    assert!(sandbox.read("plain").starts_with("<!doctype html>"));
    sandbox.file("taken", "");
    let refused = sandbox.run(&["report", "--output-file", "taken/x.html"]);
    assert!(refused.code == 2 && refused.stderr.contains("x.html cannot be written"), "{}", refused.stderr);
}

#[test]
fn an_empty_period_and_own_styles_make_a_report_too() {
    let sandbox = archive("report-empty");
    let empty = sandbox.run(&["report", "--month", "2025-01", "--as-of", "2026-06-01T09:00:00Z"]);
    assert!(empty.code == 0 && empty.stdout.contains("| Incidents | **0** |"), "{}", empty.stderr);
    fs::create_dir_all(sandbox.root.join("templates")).unwrap();
    sandbox.file("templates/assets/internal.report.css", "h1 { color: teal; } </style><p>");
    let html = report(&sandbox, &["--format", "html"]);
    assert!(html.contains("h1 { color: teal; }"));
    assert_eq!(html.matches("</style>").count(), 1, "a style sheet cannot leave its element");
}

#[test]
fn a_report_is_written_in_the_language_of_its_readers() {
    let sandbox = archive("report-languages");
    let korean = report(&sandbox, &["--lang", "ko"]);
    for words in [
        "# Example Shop: 인시던트, 2026년 5월",
        "| 복구 시간 | **55분** | 중앙값, 11건 중 11건 기준 |",
        "| 2026년 5월 1일 | sev2 | Checkout fails |",
        "| 감지 | 영향 시작부터 감지까지 | 11건 중 11건 |",
        "| 2026-05-22-checkout | 완화 시각이 기록되지 않음 | 완화 |",
    ] {
        assert!(korean.contains(words), "no {words} in {korean}");
    }
    let japanese = report(&sandbox, &["--lang", "ja", "--format", "html"]);
    assert!(japanese.starts_with("<!doctype html>\n<html lang=\"ja\">"));
    assert!(japanese.contains("aria-label=\"週別のインシデント：5月1日: 4, 5月8日: 3"), "{japanese}");
    assert!(japanese.contains(">15分</text>") && !japanese.contains(">15m<"), "the scale, too");
    let italian = report(&sandbox, &["--lang", "it"]);
    assert!(italian.contains("| Checkout | 99,79% | 1 h 30 min | 99,9% | esaurito |"), "{italian}");
}

#[test]
fn a_report_is_in_the_first_language_of_the_site_where_nothing_is_said() {
    let sandbox = archive("report-first-language");
    let config = sandbox.read("incident.yaml").replacen("site: {", "site: {languages: [ja, en], ", 1);
    sandbox.file("incident.yaml", &config);
    assert!(report(&sandbox, &[]).starts_with("# Example Shop：インシデント、2026年5月"), "{config}");
}

#[test]
fn a_language_without_words_is_refused_with_those_that_have_them() {
    let sandbox = archive("report-no-language");
    let run = sandbox.run(&["report", "--lang", "kr"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("no words for the language `kr`"), "{}", run.stderr);
    assert!(run.stderr.contains("`ko` (한국어)"), "{}", run.stderr);
}
