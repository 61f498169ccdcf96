//! Posting to a webhook.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use ureq::tls::{RootCerts, TlsConfig};

use super::deliver::{Remedy, Trouble};
use super::tls;

/// Posts JSON. The address is a secret: what is said of it is the name of its variable.
///
/// # Errors
///
/// It did not get through. Every 2xx is a yes; the rest of the answer does not matter.
pub fn post(url: &str, url_env: &str, id: &str, json: &str, timeout: Duration) -> Result<(), Trouble> {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let agent = ureq::Agent::config_builder()
        .timeout_global(Some(timeout))
        .http_status_as_error(false)
        // A webhook that has moved is configured anew: to follow would tell somebody else.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .tls_config(tls)
        .user_agent(concat!("git-incident/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent();
    let request = agent.post(url).header("Content-Type", "application/json").header("Idempotency-Key", id);
    let answer = request.send(json).map_err(|error| trouble(&error, url_env))?;
    let status = answer.status().as_u16();
    let after = answer.headers().get("Retry-After").and_then(|value| wait(value.to_str().ok()?, Timestamp::now()));
    match status {
        200..=299 => Ok(()),
        408 | 425 | 429 | 500..=599 => {
            Err(Trouble { why: format!("${url_env} answers {status}"), remedy: Remedy::Again(after) })
        }
        _ => Err(Trouble::lasting(format!("${url_env} answers {status} and will not take it as it is"))),
    }
}

/// What libraries say of an address may quote it.
fn trouble(error: &ureq::Error, url_env: &str) -> Trouble {
    match error {
        ureq::Error::BadUri(_) | ureq::Error::Http(_) | ureq::Error::RequireHttpsOnly(_) => {
            Trouble::lasting(format!("${url_env} holds no web address"))
        }
        ureq::Error::Timeout(_) => Trouble::passing(format!("${url_env} does not answer in time")),
        ureq::Error::HostNotFound => Trouble::passing(format!("the host in ${url_env} is not found")),
        ureq::Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref()) {
            Some(refusal) => tls::trouble(refusal, &format!("in ${url_env}")),
            None => Trouble::passing(format!("${url_env}: {error}")),
        },
        ureq::Error::Tls(why) => Trouble::passing(format!("${url_env}: {why}")),
        ureq::Error::Rustls(refusal) => tls::trouble(refusal, &format!("in ${url_env}")),
        _ => Trouble::passing(format!("the connection to ${url_env} broke off")),
    }
}

/// `Retry-After`: seconds, or a date.
fn wait(value: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = rfc2822::DateTimeParser::new().parse_timestamp(value.trim()).ok()?;
    date.duration_since(now).try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_given_in_seconds_or_as_a_date() {
        let now = "2024-05-01T09:00:00Z".parse().unwrap();
        assert_eq!(wait("120", now), Some(Duration::from_secs(120)));
        assert_eq!(wait("Wed, 01 May 2024 09:01:30 GMT", now), Some(Duration::from_secs(90)));
        assert_eq!(wait("Wed, 01 May 2024 08:59:00 GMT", now), None);
        assert_eq!(wait("soon", now), None);
    }
}
