//! What the preview adds to a site: a script that reloads the page after a build and shows why one failed.

use std::time::Duration;

use http_body_util::Either;
use http_body_util::channel::{Channel, Sender};
use hyper::body::Bytes;
use hyper::header;
use hyper::{Response, StatusCode};
use tokio::sync::watch::Receiver;

use super::answer::{self, Answer};
use super::policy;
use super::shown::Shown;
use crate::text::markdown;

pub const SCRIPT_PATH: &str = "/__git-incident/reload.js";
pub const STYLE_PATH: &str = "/__git-incident/trouble.css";
pub const EVENTS_PATH: &str = "/__git-incident/events";

pub const SCRIPT: &str = include_str!("assets/reload.js");
pub const STYLE: &str = include_str!("assets/trouble.css");
const ERROR_PAGE: &str = include_str!("assets/error.html");

/// How often an idle stream says that it is still there, which is also how it learns that the browser is not.
const PULSE: Duration = Duration::from_secs(15);

/// Adds the script to a page. A page that is not UTF-8 is left alone.
pub fn inject(html: &Bytes, build: &str) -> Bytes {
    let Ok(page) = std::str::from_utf8(html) else {
        return html.clone();
    };
    let mut page = policy::widen_in_page(page);
    let script = format!("<script src=\"{SCRIPT_PATH}\" data-build=\"{build}\" defer></script>");
    let place = page.find("</head>").unwrap_or(page.len());
    page.insert_str(place, &script);
    Bytes::from(page)
}

/// What is shown instead of a page that cannot be made.
pub fn error_page(diagnostics: &str, build: &str) -> Answer {
    let page = ERROR_PAGE.replace("{{diagnostics}}", &markdown::escape(diagnostics));
    answer::with_body(StatusCode::INTERNAL_SERVER_ERROR, "text/html; charset=utf-8", inject(&Bytes::from(page), build))
}

/// An endless stream of server-sent events: what is shown now, and again whenever that changes.
pub fn events(shown: Receiver<Shown>) -> Answer {
    let (sender, body) = Channel::new(1);
    tokio::spawn(send_events(sender, shown));
    let mut answer = Response::new(Either::Right(body));
    answer::set(&mut answer, header::CONTENT_TYPE, "text/event-stream");
    answer::common_headers(&mut answer);
    answer
}

async fn send_events(mut sender: Sender<Bytes>, mut shown: Receiver<Shown>) {
    if shown.wait_for(Shown::is_ready).await.is_err() {
        return;
    }
    let mut text = event(&shown.borrow_and_update());
    while sender.send_data(Bytes::from(text)).await.is_ok() {
        text = match tokio::time::timeout(PULSE, shown.changed()).await {
            Ok(Ok(())) => event(&shown.borrow_and_update()),
            Ok(Err(_)) => return,
            Err(_) => ":\n\n".to_owned(),
        };
    }
}

fn event(shown: &Shown) -> String {
    let state = serde_json::json!({
        "build": shown.build.as_ref().map_or("", |build| &*build.name),
        "trouble": shown.trouble(),
    });
    format!("data: {state}\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_goes_into_the_head_with_the_name_of_the_build() {
        let page = inject(&Bytes::from("<head><title>x</title></head><p>y"), "7");
        assert_eq!(
            page,
            "<head><title>x</title><script src=\"/__git-incident/reload.js\" data-build=\"7\" defer></script></head><p>y"
        );
    }

    #[test]
    fn an_event_is_one_line_whatever_the_diagnostics_are() {
        let mut shown = Shown::default();
        shown.refuse("error: a\n  --> b:1:2");
        assert_eq!(event(&shown), "data: {\"build\":\"\",\"trouble\":\"error: a\\n  --> b:1:2\"}\n\n");
    }
}
