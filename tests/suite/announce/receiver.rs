//! Servers on this machine that do as they are told, and remember what they got.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What a server does with a connection.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// Takes the message.
    Take,
    /// Takes it, and lets the sender wait for the answer.
    Late,
    /// Takes it and answers this: a status line and headers, or a reply to the whole message.
    Answer(&'static str),
    /// Closes at once.
    Reset,
    /// Never answers.
    Hang,
    /// Closes in the middle of the message.
    Stop,
    /// Closes in the middle of the answer.
    Half,
    /// Of a mail server: answers this instead of a greeting.
    Greet(&'static str),
    /// Of a mail server: answers this to each recipient.
    Recipient(&'static str),
}

/// A message that a server took or refused.
#[derive(Clone, Debug)]
pub struct Message {
    pub head: String,
    pub body: String,
}

impl Message {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// What arrived at a server, whatever it answered.
pub struct Receiver {
    pub port: u16,
    pub messages: Arc<Mutex<Vec<Message>>>,
    calls: Arc<Mutex<Calls>>,
}

/// The ports of all who called, in their order, and how many of them were served.
#[derive(Default)]
struct Calls {
    ports: Vec<u16>,
    served: usize,
}

type Serve = fn(TcpStream, Act, &Mutex<Vec<Message>>) -> std::io::Result<()>;

impl Receiver {
    /// A web server that does one thing after another, and then takes everything.
    pub fn http(acts: &[Act]) -> Self {
        Self::listen(acts, http)
    }

    /// A mail server.
    pub fn smtp(acts: &[Act]) -> Self {
        Self::listen(acts, smtp)
    }

    fn listen(acts: &[Act], serve: Serve) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (messages, calls): (Arc<Mutex<Vec<Message>>>, Arc<Mutex<Calls>>) = Default::default();
        let (log, called) = (Arc::clone(&messages), Arc::clone(&calls));
        let mut acts: VecDeque<Act> = acts.iter().copied().collect();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                called.lock().unwrap().ports.push(stream.peer_addr().map_or(0, |caller| caller.port()));
                let act = acts.pop_front().unwrap_or(Act::Take);
                let (log, called) = (Arc::clone(&log), Arc::clone(&called));
                thread::spawn(move || {
                    // Who calls may be killed at any moment.
                    let _ = serve(stream, act, &log);
                    called.lock().unwrap().served += 1;
                });
            }
        });
        Self { port, messages, calls }
    }

    /// Waits until everybody who has called so far was served, so that what they sent is in the log. Calls are taken in the order
    /// in which they come, so a call of our own comes after them.
    pub fn settle(&self) {
        let before = self.connections();
        let call = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let own = call.local_addr().unwrap().port();
        drop(call);
        let is_settled = || {
            let calls = self.calls.lock().unwrap();
            calls.ports[before..].contains(&own) && calls.served == calls.ports.len()
        };
        while !is_settled() {
            thread::sleep(Duration::from_millis(1));
        }
    }

    pub fn connections(&self) -> usize {
        self.calls.lock().unwrap().ports.len()
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook", self.port)
    }

    pub fn got(&self) -> Vec<Message> {
        self.messages.lock().unwrap().clone()
    }
}

fn http(mut stream: TcpStream, act: Act, log: &Mutex<Vec<Message>>) -> std::io::Result<()> {
    match act {
        Act::Reset => return Ok(()),
        Act::Hang => thread::sleep(Duration::from_secs(5)),
        Act::Stop => return stream.read_exact(&mut [0; 10]),
        _ => {}
    }
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    let mut message = Message { head, body: String::new() };
    let length: usize = message.header("Content-Length").and_then(|value| value.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    message.body = String::from_utf8(body).unwrap();
    log.lock().unwrap().push(message);
    wait(act);
    match act {
        Act::Half => stream.write_all(b"HTTP/1.1 2"),
        Act::Answer(line) => write!(stream, "HTTP/1.1 {line}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        _ => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"),
    }
}

fn wait(act: Act) {
    if matches!(act, Act::Late) {
        thread::sleep(Duration::from_millis(5));
    }
}

fn smtp(mut stream: TcpStream, act: Act, log: &Mutex<Vec<Message>>) -> std::io::Result<()> {
    match act {
        Act::Reset => return Ok(()),
        Act::Hang => thread::sleep(Duration::from_secs(5)),
        Act::Greet(line) => return write!(stream, "{line}\r\n"),
        _ => {}
    }
    let mut reader = BufReader::new(stream.try_clone()?);
    write!(stream, "220 mail.example ESMTP\r\n")?;
    let mut envelope = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match (verb.as_str(), act) {
            ("RCPT", Act::Recipient(reply)) => write!(stream, "{reply}\r\n")?,
            ("DATA", Act::Stop) => return Ok(()),
            ("DATA", _) => {
                write!(stream, "354 go on\r\n")?;
                let mut text = String::new();
                while !text.ends_with("\r\n.\r\n") {
                    if reader.read_line(&mut text)? == 0 {
                        return Ok(());
                    }
                }
                let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
                let head = format!("{envelope}{head}");
                log.lock().unwrap().push(Message { head, body: body.to_owned() });
                wait(act);
                match act {
                    Act::Half => return stream.write_all(b"25"),
                    Act::Answer(reply) => write!(stream, "{reply}\r\n")?,
                    _ => write!(stream, "250 2.0.0 taken\r\n")?,
                }
            }
            ("EHLO", _) => write!(stream, "250-mail.example\r\n250 8BITMIME\r\n")?,
            ("QUIT", _) => return write!(stream, "221 bye\r\n"),
            _ => {
                envelope += &format!("X-{}\r\n", line.trim());
                write!(stream, "250 2.1.0 fine\r\n")?;
            }
        }
    }
}
