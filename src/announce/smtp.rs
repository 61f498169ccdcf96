//! Handing a message to a mail server.

use std::time::Duration;

use mail_send::smtp::message::Message;
use mail_send::{Error, SmtpClientBuilder};

use super::deliver::Trouble;
use super::sink::{Mail, Tls};
use super::tls;

/// Sends a message in one conversation with the server.
///
/// # Errors
///
/// It did not get through, or not to all. Answers from 500 on are refusals.
pub fn send(mail: &Mail, login: Option<(String, String)>, message: &str, timeout: Duration) -> Result<(), Trouble> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Trouble::passing(error.to_string()))?;
    let conversation = async { tokio::time::timeout(timeout, converse(mail, login, message, timeout)).await };
    let late = || Trouble::passing(format!("{}:{} does not answer in time", mail.host, mail.port));
    runtime.block_on(conversation).map_err(|_| late())?
}

async fn converse(
    mail: &Mail,
    login: Option<(String, String)>,
    message: &str,
    timeout: Duration,
) -> Result<(), Trouble> {
    let said = |error: Error| trouble(&error, mail);
    let client = SmtpClientBuilder::new(mail.host.clone(), mail.port).map_err(Trouble::passing)?;
    let client = client.timeout(timeout).implicit_tls(mail.tls == Tls::Implicit);
    let client = if let Some(login) = login { client.credentials(login) } else { client };
    let message = Message::new(mail.from.as_str(), mail.to.iter().map(String::as_str), message.as_bytes());
    // Taken is taken: whether the server says goodbye does not matter.
    if mail.tls == Tls::None {
        let mut client = client.connect_plain().await.map_err(said)?;
        client.send(message).await.map_err(said)?;
    } else {
        let mut client = client.connect().await.map_err(said)?;
        client.send(message).await.map_err(said)?;
    }
    Ok(())
}

fn trouble(error: &Error, mail: &Mail) -> Trouble {
    let server = format!("{}:{}", mail.host, mail.port);
    match error {
        Error::AuthenticationFailed(reply) => {
            // Some servers say back what they were told, so that only their code is shown.
            let [class, subject, detail] = reply.esc;
            let code =
                if class > 0 { format!("{} {class}.{subject}.{detail}", reply.code) } else { reply.code.to_string() };
            let names = mail.login.as_ref().map(|(user, password)| format!(" in ${user} and ${password}"));
            let why = format!("{server} refuses the login{} ({code})", names.unwrap_or_default());
            if reply.code >= 500 { Trouble::lasting(why) } else { Trouble::passing(why) }
        }
        Error::UnexpectedReply(reply) => {
            let why = format!("{server} answers {} {}", reply.code, reply.message.trim());
            if reply.code >= 500 { Trouble::lasting(why) } else { Trouble::passing(why) }
        }
        Error::MissingStartTls => Trouble::lasting(format!(
            "{server} does not offer STARTTLS; `tls: implicit` is another way, `tls: none` is for servers on the same machine"
        )),
        Error::UnsupportedAuthMechanism => {
            Trouble::lasting(format!("{server} lets nobody log in by name and password (PLAIN or LOGIN)"))
        }
        Error::InvalidTLSName => Trouble::lasting(format!("{server}: {error}")),
        Error::Tls(refusal) => tls::trouble(refusal, &server),
        Error::Timeout => Trouble::passing(format!("{server} does not answer in time")),
        _ => Trouble::passing(format!("{server}: {error}")),
    }
}
