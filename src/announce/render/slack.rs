//! Slack: a message of Block Kit for an incoming webhook.

use serde_json::{Value, json};

use super::{Telling, cut};

/// Characters that Slack takes in a header, in a section and in a part of a context.
const HEADER: usize = 150;
const SECTION: usize = 3000;
const CONTEXT: usize = 2000;

pub fn message(telling: &Telling<'_>) -> Value {
    let headline = telling.headline();
    let mut blocks = vec![json!({"type": "header", "text": {"type": "plain_text", "text": cut(&headline, HEADER)}})];
    if let Some(text) = telling.text() {
        blocks.push(section(text));
    }
    let facts: Vec<Value> = telling.lines().iter().map(|line| context(line)).collect();
    if !facts.is_empty() {
        // One block has ten of them at most, and there are eight at most.
        blocks.push(json!({"type": "context", "elements": facts}));
    }
    if let Some(url) = telling.url() {
        let words = json!({"type": "mrkdwn", "text": format!("<{}|{}>", escape(url), escape(&telling.sink.site))});
        blocks.push(json!({"type": "section", "text": words}));
    }
    // What notifications and readers without blocks get.
    json!({"text": escape(&headline), "blocks": blocks})
}

/// What people wrote is shown as it is: nobody is called by an `@here` that it quotes.
fn section(text: &str) -> Value {
    json!({"type": "section", "text": {"type": "plain_text", "text": cut(text, SECTION)}})
}

fn context(text: &str) -> Value {
    json!({"type": "plain_text", "text": cut(text, CONTEXT)})
}

/// The three characters that Slack reads as its own.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
