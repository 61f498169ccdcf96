//! Teams: an Adaptive Card in the envelope that a workflow "when a webhook request is received" takes.

use serde_json::{Value, json};

use super::Telling;

pub fn message(telling: &Telling<'_>) -> Value {
    let mut body = vec![block(&telling.headline(), true)];
    if let Some(text) = telling.text() {
        body.push(block(text, false));
    }
    let facts: Vec<Value> =
        telling.facts().iter().map(|(name, value)| json!({"title": name, "value": escape(value)})).collect();
    if !facts.is_empty() {
        body.push(json!({"type": "FactSet", "facts": facts}));
    }
    let mut card = json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
    });
    if let Some(url) = telling.url() {
        card["actions"] = json!([{"type": "Action.OpenUrl", "title": telling.sink.site, "url": url}]);
    }
    json!({
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null, "content": card}],
    })
}

fn block(text: &str, is_head: bool) -> Value {
    let weight = if is_head { "Bolder" } else { "Default" };
    let size = if is_head { "Medium" } else { "Default" };
    json!({"type": "TextBlock", "text": escape(text), "wrap": true, "weight": weight, "size": size})
}

/// Cards read a little Markdown; what people wrote is shown as it is.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '*' | '_' | '[' | ']' | '#' | '`') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
