//! Mail: one message of plain text, which readers and filters can thread by incident.

use jiff::Timestamp;
use mail_builder::MessageBuilder;
use mail_builder::headers::date::Date;
use mail_builder::headers::text::Text;

use super::{Telling, fact};
use crate::announce::sink::Mail;

/// The message with its head. Its `Message-ID` is the id of the event, so that a repeated one is known as such.
pub fn message(telling: &Telling<'_>, mail: &Mail, now: Timestamp) -> String {
    let Telling { event, sink, language } = telling;
    let domain = mail.from.rsplit_once('@').map_or(mail.host.as_str(), |(_, domain)| domain);
    let thread = format!("{}.{}@{domain}", event.record, event.audience);
    let to: Vec<&str> = mail.to.iter().map(String::as_str).collect();
    let message = MessageBuilder::new()
        .message_id(format!("{}@{domain}", event.id))
        .references(thread)
        .from((sink.site.as_str(), mail.from.as_str()))
        .to(to)
        .subject(telling.headline())
        .date(Date::new(now.as_second()))
        // Nobody's "I am on holiday" comes back.
        .header("Auto-Submitted", Text::new("auto-generated"))
        .header("Content-Language", Text::new(language.tag.as_str()))
        .text_body(body(telling));
    // Writing to memory does not fail.
    message.write_to_string().unwrap_or_default()
}

fn body(telling: &Telling<'_>) -> String {
    let Telling { event, language, .. } = telling;
    let said = telling.text().map(|text| format!("{}\n\n", text.trim_end())).unwrap_or_default();
    let time = fact(language, language.words.word("announce_time"), &language.dates.moment(event.at));
    let facts: String = telling.lines().iter().map(|line| format!("{line}\n")).collect();
    let url = telling.url().map(|url| format!("{url}\n")).unwrap_or_default();
    format!("{said}{time}\n{facts}{url}")
}
