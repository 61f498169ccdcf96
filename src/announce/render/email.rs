//! Mail: one message of plain text, which readers and filters can thread by incident.

use jiff::Timestamp;
use mail_builder::MessageBuilder;
use mail_builder::headers::date::Date;
use mail_builder::headers::text::Text;

use super::{clock, facts, headline, text};
use crate::announce::event::Event;
use crate::announce::sink::{Mail, Sink};

/// The message with its head. Its `Message-ID` is the id of the event, so that a repeated one is known as such.
pub fn message(event: &Event, sink: &Sink, mail: &Mail, now: Timestamp) -> String {
    let domain = mail.from.rsplit_once('@').map_or(mail.host.as_str(), |(_, domain)| domain);
    let thread = format!("{}.{}@{domain}", event.record, event.audience);
    let to: Vec<&str> = mail.to.iter().map(String::as_str).collect();
    let message = MessageBuilder::new()
        .message_id(format!("{}@{domain}", event.id))
        .references(thread)
        .from((sink.site.as_str(), mail.from.as_str()))
        .to(to)
        .subject(headline(event))
        .date(Date::new(now.as_second()))
        // Nobody's "I am on holiday" comes back.
        .header("Auto-Submitted", Text::new("auto-generated"))
        .text_body(body(event, sink));
    // Writing to memory does not fail.
    message.write_to_string().unwrap_or_default()
}

fn body(event: &Event, sink: &Sink) -> String {
    let said = text(event, &sink.language).map(|text| format!("{}\n\n", text.trim_end())).unwrap_or_default();
    let facts: String = facts(event).iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    let url = event.url.as_ref().map(|url| format!("{url}\n")).unwrap_or_default();
    format!("{said}Time: {}\n{facts}{url}", clock(event.at))
}
