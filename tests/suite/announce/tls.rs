//! Servers that speak TLS, with certificates of an authority that only they know.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Output;
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::{INCIDENT, PATH, commit};
use crate::sandbox::Sandbox;

const USER: &str = "status-robot";
const PASSWORD: &str = "correct-horse-battery";

/// An authority, as a company has one for its own servers.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self { issuer: CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap() }
    }

    /// A server with a name, whose certificate ends with a year.
    fn server(&self, name: &str, year: i32) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(year, 12, 31);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let config = ServerConfig::builder().with_no_client_auth();
        Arc::new(config.with_single_cert(vec![certificate.der().clone()], key).unwrap())
    }
}

/// What a server heard, each line with whether it was encrypted.
type Heard = Arc<Mutex<Vec<(bool, String)>>>;

/// How a mail server begins, and what it answers to a login.
#[derive(Clone, Copy)]
struct Mail {
    starttls: bool,
    login: &'static str,
}

const TAKES_LOGIN: Mail = Mail { starttls: true, login: "235 2.7.0 welcome" };

fn serve(
    config: Arc<ServerConfig>,
    talk: impl Fn(TcpStream, Arc<ServerConfig>, &Heard) + Send + 'static,
) -> (u16, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Heard::default();
    let log = Arc::clone(&heard);
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            talk(stream, Arc::clone(&config), &log);
        }
    });
    (port, heard)
}

fn web_server(config: Arc<ServerConfig>) -> (u16, Heard) {
    serve(config, |stream, config, heard| {
        let mut stream = encrypted(stream, config);
        while let Some(line) = line(&mut stream, true, heard) {
            if line.is_empty() {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }
        }
    })
}

fn mail_server(config: Arc<ServerConfig>, mail: Mail) -> (u16, Heard) {
    serve(config, move |mut stream, config, heard| {
        if mail.starttls {
            let _ = stream.write_all(b"220 mail.example ESMTP\r\n");
            while let Some(line) = line(&mut stream, false, heard) {
                match line.as_str() {
                    "STARTTLS" => {
                        let _ = stream.write_all(b"220 go on\r\n");
                        return converse(&mut encrypted(stream, config), mail, heard);
                    }
                    _ => drop(stream.write_all(b"250-mail.example\r\n250 STARTTLS\r\n")),
                }
            }
        } else {
            let mut stream = encrypted(stream, config);
            let _ = stream.write_all(b"220 mail.example ESMTP\r\n");
            converse(&mut stream, mail, heard);
        }
    })
}

fn encrypted(stream: TcpStream, config: Arc<ServerConfig>) -> StreamOwned<ServerConnection, TcpStream> {
    StreamOwned::new(ServerConnection::new(config).unwrap(), stream)
}

fn converse(stream: &mut impl Conversation, mail: Mail, heard: &Heard) {
    let mut in_message = false;
    while let Some(line) = line(stream, true, heard) {
        let answer = match line.split(' ').next().unwrap_or_default() {
            "." => "250 2.0.0 taken",
            _ if in_message => continue,
            "EHLO" => "250-mail.example\r\n250 AUTH PLAIN LOGIN CRAM-MD5",
            "AUTH" => mail.login,
            "DATA" => "354 go on",
            _ => "250 2.1.0 fine",
        };
        in_message = answer.starts_with("354");
        let _ = write!(stream, "{answer}\r\n");
    }
}

trait Conversation: Read + Write {}
impl<S: Read + Write> Conversation for S {}

/// The next line, which is remembered. It is read letter by letter, so that nothing of what follows `STARTTLS` is lost.
fn line(stream: &mut impl Conversation, is_encrypted: bool, heard: &Heard) -> Option<String> {
    let mut line = Vec::new();
    while !line.ends_with(b"\r\n") {
        let mut letter = [0];
        if stream.read(&mut letter).ok()? == 0 {
            return None;
        }
        line.push(letter[0]);
    }
    let line = String::from_utf8(line).unwrap().trim_end().to_owned();
    heard.lock().unwrap().push((is_encrypted, line.clone()));
    Some(line)
}

/// A repository with something to tell, and a sink.
fn repository(name: &str, sink: &str) -> Sandbox {
    let sandbox = Sandbox::new(name);
    sandbox.file(
        "incident.yaml",
        &format!("site: {{title: Example}}\nservices: [{{id: checkout}}]\nannounce:\n  - {sink}\n"),
    );
    commit(&sandbox);
    sandbox.file(PATH, INCIDENT);
    commit(&sandbox);
    sandbox
}

fn mail_sink(tls: &str, port: u16) -> String {
    format!(
        "{{name: mail, kind: email, host: localhost, port: {port}, tls: {tls}, user_env: MAIL_USER, password_env: MAIL_PASSWORD, from: a@example.com, to: b@example.com}}"
    )
}

const NO_HOOK: &str = "https://unused.example";

const WEB_SINK: &str = "{name: hook, kind: webhook, url_env: HOOK}";

/// Announces where an authority is trusted. No try is made twice, unless the trouble may pass.
fn announce(sandbox: &Sandbox, trusted: &Authority, url: &str) -> (i32, String) {
    let file = sandbox.root.join("authority.pem");
    std::fs::write(&file, trusted.issuer.pem()).unwrap();
    let mut command = sandbox.command(&["announce", "--send", "--since", "HEAD~1", "--retries", "1"]);
    command.env("SSL_CERT_FILE", file).env_remove("SSL_CERT_DIR").env("HOOK", url);
    let Output { status, stdout, stderr } =
        command.env("MAIL_USER", USER).env("MAIL_PASSWORD", PASSWORD).output().unwrap();
    let said = String::from_utf8([stdout, stderr].concat()).unwrap();
    assert!(!said.contains(PASSWORD) && !said.contains(url), "{said}");
    (status.code().unwrap(), said)
}

fn address(port: u16) -> String {
    format!("https://localhost:{port}/secret-of-the-hook")
}

/// What was heard in the clear.
fn overheard(heard: &Heard) -> Vec<String> {
    heard.lock().unwrap().iter().filter(|(is_encrypted, _)| !is_encrypted).map(|(_, line)| line.clone()).collect()
}

fn count(heard: &Heard, word: &str) -> usize {
    heard.lock().unwrap().iter().filter(|(is_encrypted, line)| *is_encrypted && line.starts_with(word)).count()
}

#[test]
fn a_webhook_of_a_private_authority_is_told_where_that_is_trusted() {
    let authority = Authority::new("Example");
    let (port, heard) = web_server(authority.server("localhost", 2090));
    let sandbox = repository("announce-tls-web", WEB_SINK);
    let (code, said) = announce(&sandbox, &Authority::new("Another"), &address(port));
    assert_eq!((code, count(&heard, "POST")), (1, 0), "{said}");
    assert!(said.contains("the certificate of the server in $HOOK is of no authority that is trusted here"), "{said}");
    assert!(said.contains("`SSL_CERT_FILE`") && !said.contains("tried"), "{said}");
    let (code, said) = announce(&sandbox, &authority, &address(port));
    assert_eq!((code, count(&heard, "POST /secret-of-the-hook")), (0, 1), "{said}");
}

#[test]
fn a_certificate_for_another_name_or_another_time_is_refused() {
    let authority = Authority::new("Example");
    for (name, year, why) in [("other.example", 2090, "is for another name"), ("localhost", 2021, "has expired")] {
        let (port, heard) = web_server(authority.server(name, year));
        let (code, said) = announce(&repository("announce-tls-name", WEB_SINK), &authority, &address(port));
        assert_eq!((code, count(&heard, "POST")), (1, 0), "{said}");
        assert!(said.contains(&format!("the certificate of the server in $HOOK {why}")), "{said}");
    }
}

#[test]
fn a_login_is_sent_over_tls_only() {
    let authority = Authority::new("Example");
    for (tls, starttls) in [("starttls", true), ("implicit", false)] {
        let (port, heard) = mail_server(authority.server("localhost", 2090), Mail { starttls, ..TAKES_LOGIN });
        let sandbox = repository("announce-tls-mail", &mail_sink(tls, port));
        let (code, said) = announce(&sandbox, &Authority::new("Another"), NO_HOOK);
        assert_eq!((code, count(&heard, "")), (1, 0), "{tls}: nothing is said to a server that nobody knows: {said}");
        let certificate =
            format!("the certificate of the server localhost:{port} is of no authority that is trusted here");
        assert!(said.contains(&certificate) && said.contains("`SSL_CERT_FILE`"), "{said}");
        let (code, said) = announce(&sandbox, &authority, NO_HOOK);
        assert_eq!((code, count(&heard, "AUTH PLAIN"), count(&heard, "Message-ID")), (0, 1, 1), "{tls}: {said}");
        assert!(overheard(&heard).iter().all(|line| line.starts_with("EHLO") || line == "STARTTLS"), "{tls}");
    }
}

#[test]
fn a_login_that_is_refused_is_named_and_not_shown() {
    let authority = Authority::new("Example");
    // Some servers say back what they were told.
    for login in ["535 5.7.8 no", "535 5.7.8 no such user status-robot, or not with correct-horse-battery"] {
        let (port, heard) = mail_server(authority.server("localhost", 2090), Mail { starttls: true, login });
        let (code, said) =
            announce(&repository("announce-tls-login", &mail_sink("starttls", port)), &authority, NO_HOOK);
        assert_eq!((code, count(&heard, "AUTH"), count(&heard, "MAIL")), (1, 1, 0), "{said}");
        let expected = format!("localhost:{port} refuses the login in $MAIL_USER and $MAIL_PASSWORD (535 5.7.8)");
        assert!(said.contains(&expected) && !said.contains(USER), "{said}");
    }
}

#[test]
fn a_sink_with_a_login_and_without_tls_is_refused_before_anything_is_sent() {
    let (port, heard) = mail_server(Authority::new("Another").server("localhost", 2090), TAKES_LOGIN);
    let (code, said) =
        announce(&repository("announce-tls-none", &mail_sink("none", port)), &Authority::new("Another"), NO_HOOK);
    assert_eq!((code, heard.lock().unwrap().len()), (2, 0), "{said}");
    assert!(said.contains("sink `mail`: with `tls: none` everybody on the way could read the login"), "{said}");
}
