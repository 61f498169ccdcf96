//! A small editor: it speaks the protocol with the real program over pipes.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::sandbox::Sandbox;

const PATIENCE: Duration = Duration::from_secs(20);

pub struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// What came while something else was waited for.
    missed: Vec<Value>,
    next_id: i64,
}

impl Editor {
    /// Starts the program and introduces itself.
    pub fn start(sandbox: &Sandbox, capabilities: Value) -> (Self, Value) {
        let mut editor = Self::spawn(sandbox);
        let params = json!({ "processId": null, "rootUri": null, "capabilities": capabilities });
        let abilities = editor.request("initialize", params).unwrap();
        editor.notify("initialized", json!({}));
        (editor, abilities)
    }

    /// Starts the program and says nothing yet.
    pub fn spawn(sandbox: &Sandbox) -> Self {
        let mut command = sandbox.command(&["lsp"]);
        // 2024-05-02T00:00:00Z
        command.env("SOURCE_DATE_EPOCH", "1714608000");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let input = child.stdin.take();
        Self { child, input, messages, missed: Vec::new(), next_id: 1 }
    }

    pub fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let input = self.input.as_mut().unwrap();
        write!(input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        input.flush().unwrap();
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and does not wait for the answer.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The answer to a request: its result, or its error.
    pub fn answer(&mut self, id: i64) -> Result<Value, Value> {
        let message = self.wait(|message| message["id"] == id && message.get("method").is_none());
        match message.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(message["result"].clone()),
        }
    }

    pub fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.ask(method, params);
        self.answer(id)
    }

    /// The first message that fits; the others stay for later.
    pub fn wait(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(place) = self.missed.iter().position(&fits) {
            return self.missed.remove(place);
        }
        loop {
            let message = self.messages.recv_timeout(PATIENCE).expect("an answer in time");
            if fits(&message) {
                return message;
            }
            self.missed.push(message);
        }
    }

    pub fn open(&mut self, uri: &str, text: &str) {
        let item = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
    }

    /// Replaces the whole text.
    pub fn replace(&mut self, uri: &str, version: i64, text: &str) {
        self.change(uri, version, json!([{ "text": text }]));
    }

    pub fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// The findings of a version of a document.
    pub fn diagnostics(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let found = self.wait(|message| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && params["version"] == version
        });
        found["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// A request about a place in a document, given as line and column from 0.
    pub fn at(&mut self, method: &str, uri: &str, (line, column): (usize, usize)) -> Value {
        let position = json!({ "line": line, "character": column });
        self.request(method, json!({ "textDocument": { "uri": uri }, "position": position })).unwrap()
    }

    /// A request about a whole document.
    pub fn about(&mut self, method: &str, uri: &str) -> Value {
        let options = json!({ "tabSize": 2, "insertSpaces": true });
        self.request(method, json!({ "textDocument": { "uri": uri }, "options": options })).unwrap()
    }

    /// The code actions of a range of lines, of some kinds only or of all.
    pub fn actions(&mut self, uri: &str, (first, last): (usize, usize), only: Option<&str>) -> Vec<Value> {
        let range = json!({ "start": { "line": first, "character": 0 }, "end": { "line": last, "character": 0 } });
        let mut context = json!({ "diagnostics": [] });
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
        self.request("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
    }

    /// Says goodbye as the protocol wants it.
    pub fn leave(mut self) -> ExitStatus {
        self.request("shutdown", Value::Null).unwrap();
        self.notify("exit", Value::Null);
        self.child.wait().unwrap()
    }

    /// Closes the pipe and waits for the end.
    pub fn vanish(mut self) -> ExitStatus {
        self.input = None;
        self.child.wait().unwrap()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((_, value)) => length = value.parse().unwrap(),
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

pub fn uri(sandbox: &Sandbox, path: &str) -> String {
    format!("file://{}", Path::new(&sandbox.root).join(path).display())
}

/// The text after some edits of the protocol, which do not overlap. Columns are bytes.
pub fn applied(text: &str, edits: &Value) -> String {
    let offset = |place: &Value| {
        let lines = text.split_inclusive('\n').take(place["line"].as_u64().unwrap() as usize);
        lines.map(str::len).sum::<usize>() + place["character"].as_u64().unwrap() as usize
    };
    let mut edits: Vec<_> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]), edit["newText"].as_str().unwrap()))
        .collect();
    edits.sort_unstable();
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}
