//! Who is told of events: the settings under `announce:`, made sense of.

use std::fmt;

use crate::record::config::{self, Config};
use crate::site::audience::Audience;

/// A sink that can be written to. What is secret is named here, and read from the environment when it is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sink {
    pub name: String,
    pub audience: Audience,
    /// The tag of the language in which messages are told, where they are written in it.
    pub language: String,
    /// Whether the settings of the sink name it, so that labels are in it whatever messages are written in.
    pub asks_for_language: bool,
    /// The name of who tells, for the head of a message.
    pub site: String,
    pub channel: Channel,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Channel {
    Slack(Hook),
    Teams(Hook),
    Webhook(Hook),
    Sms(Hook, Vec<String>),
    Email(Mail),
}

/// The name of the variable that holds an address to post to. The address of a webhook is a secret: who has it can post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    pub url_env: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    /// The variables that hold the user's name and the password.
    pub login: Option<(String, String)>,
    pub from: String,
    pub to: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    Starttls,
    Implicit,
    None,
}

impl Channel {
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Slack(_) => "slack",
            Self::Teams(_) => "teams",
            Self::Webhook(_) => "webhook",
            Self::Sms(..) => "sms",
            Self::Email(_) => "email",
        }
    }
}

/// Where it goes, without any secret.
impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Slack(hook) | Self::Teams(hook) | Self::Webhook(hook) | Self::Sms(hook, _) => {
                write!(f, "{} to ${}", self.kind(), hook.url_env)
            }
            Self::Email(mail) => write!(f, "email to {} by {}:{}", mail.to.join(", "), mail.host, mail.port),
        }
    }
}

impl Sink {
    /// # Errors
    ///
    /// A key is missing or makes no sense; the text names it.
    pub fn of(config: &Config, sink: &config::Sink) -> Result<Self, String> {
        let name = sink.name.value.clone();
        let audience = match &sink.audience {
            None => Audience::Public,
            Some(said) => Audience::of_name(&said.value)
                .ok_or_else(|| format!("sink `{name}`: `audience` is public or internal, not `{}`", said.value))?,
        };
        let asked = sink.language.as_ref().map(|tag| tag.value.as_str());
        let language = asked.unwrap_or_else(|| config.default_language()).to_owned();
        let site = config.site_title(&language).unwrap_or("Status").to_owned();
        Ok(Self { audience, language, asks_for_language: asked.is_some(), site, channel: channel(sink)?, name })
    }
}

fn channel(sink: &config::Sink) -> Result<Channel, String> {
    let needs = |key: &str| format!("sink `{}` needs `{key}`", sink.name.value);
    let hook = || {
        let url_env = sink.url_env.as_ref().ok_or_else(|| needs("url_env"))?;
        Ok(Hook { url_env: url_env.value.clone() })
    };
    let to = || -> Result<Vec<String>, String> {
        let to: Vec<String> = sink.to.iter().map(|to| to.value.clone()).collect();
        if to.is_empty() { Err(needs("to")) } else { Ok(to) }
    };
    match sink.kind.as_ref().map(|kind| kind.value.as_str()) {
        Some("slack") => hook().map(Channel::Slack),
        Some("teams") => hook().map(Channel::Teams),
        Some("webhook") => hook().map(Channel::Webhook),
        Some("sms") => Ok(Channel::Sms(hook()?, to()?)),
        Some("email") => {
            let tls = match sink.tls.as_ref().map(|tls| tls.value.as_str()) {
                Some("implicit") => Tls::Implicit,
                Some("none") => Tls::None,
                _ => Tls::Starttls,
            };
            let login = login(sink)?;
            if tls == Tls::None && login.is_some() {
                return Err(format!(
                    "sink `{}`: with `tls: none` everybody on the way could read the login; use `starttls` or `implicit`",
                    sink.name.value
                ));
            }
            let usual = if tls == Tls::Implicit { 465 } else { 587 };
            let port = sink.port.as_ref().map_or(Ok(usual), |port| u16::try_from(port.value));
            Ok(Channel::Email(Mail {
                host: sink.host.as_ref().ok_or_else(|| needs("host"))?.value.clone(),
                port: port.map_err(|_| format!("sink `{}`: `port` is at most 65535", sink.name.value))?,
                tls,
                login,
                from: sink.from.as_ref().ok_or_else(|| needs("from"))?.value.clone(),
                to: to()?,
            }))
        }
        _ => Err(needs("kind")),
    }
}

fn login(sink: &config::Sink) -> Result<Option<(String, String)>, String> {
    match (&sink.user_env, &sink.password_env) {
        (None, None) => Ok(None),
        (Some(user), Some(password)) => Ok(Some((user.value.clone(), password.value.clone()))),
        _ => Err(format!("sink `{}` needs both `user_env` and `password_env`, or neither", sink.name.value)),
    }
}
