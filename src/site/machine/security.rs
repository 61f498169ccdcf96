//! `.well-known/security.txt` (RFC 9116): where a weakness is reported.

use crate::site::projection::Projection;

pub const PATH: &str = ".well-known/security.txt";

/// Nothing where no contact is configured.
pub fn text(site: &Projection) -> Option<String> {
    let security = site.security.as_ref()?;
    let contact = &security.contact;
    let is_mail = contact.contains('@') && !contact.contains(':');
    let contact = if is_mail { format!("mailto:{contact}") } else { contact.clone() };
    let line = |name: &str, value: Option<String>| value.map_or(String::new(), |value| format!("{name}: {value}\n"));
    let lines = [
        line("Contact", Some(contact)),
        line("Expires", Some(format!("{}T00:00:00Z", security.expires))),
        line("Preferred-Languages", Some(site.languages.join(", "))),
        line("Policy", security.policy.clone()),
        line("Canonical", site.url.as_ref().map(|url| format!("{url}/{PATH}"))),
    ];
    Some(lines.concat())
}
