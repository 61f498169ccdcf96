//! The session: from the editor's first message to its last.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use gen_lsp_types as types;
use gen_lsp_types::{InitializeParams, Uri};
use jiff::Timestamp;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::document::Document;
use super::position::Encoding;
use super::requests;
use super::uri;
use super::view::View;
use super::workspace::{self, Workspace};

/// How long keystrokes are gathered before the documents are checked.
const PAUSE: Duration = Duration::from_millis(40);

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The editor said that it would go, and went.
    Orderly,
    /// It just went.
    Abrupt,
}

/// Speaks with an editor until it goes. `clock` says what time counts as now.
pub fn run(connection: Connection, clock: fn() -> Timestamp) -> Ending {
    let Ok((id, params)) = connection.initialize_start() else { return Ending::Abrupt };
    let params: InitializeParams = serde_json::from_value(params).unwrap_or_default();
    let mut inbox = Inbox::new(&connection);
    let mut server = Server::new(&params, connection, clock);
    server.send(Response::new_ok(id, abilities(server.encoding)));
    loop {
        match inbox.next(server.check_at) {
            Next::Message(Message::Request(request)) if inbox.is_cancelled(&request.id) => {
                server.refuse(request.id, ErrorCode::RequestCanceled, "cancelled before its turn");
            }
            Next::Message(Message::Request(request)) => server.request(request),
            Next::Message(Message::Notification(gone)) if gone.method == "exit" => return server.ending,
            Next::Message(Message::Notification(notification)) => {
                server.unharmed(|server| server.notification(notification));
            }
            // Nothing was asked that matters.
            Next::Message(Message::Response(_)) => {}
            Next::Quiet => server.unharmed(Server::publish),
            Next::Gone => return Ending::Abrupt,
        }
    }
}

/// The messages of the editor. They are taken as they come, so that a request can be seen to be cancelled before its turn.
struct Inbox {
    incoming: Receiver<Message>,
    waiting: VecDeque<Message>,
}

enum Next {
    Message(Message),
    /// It is time to check the documents.
    Quiet,
    Gone,
}

impl Inbox {
    fn new(connection: &Connection) -> Self {
        let (sender, incoming) = mpsc::channel();
        let receiver = connection.receiver.clone();
        // It ends with the editor, or with the session.
        thread::spawn(move || receiver.into_iter().try_for_each(|message| sender.send(message).ok()));
        Self { incoming, waiting: VecDeque::new() }
    }

    /// The next message; one that has come already comes before the check.
    fn next(&mut self, check_at: Option<Instant>) -> Next {
        self.waiting.extend(self.incoming.try_iter());
        if let Some(message) = self.waiting.pop_front() {
            return Next::Message(message);
        }
        let wait = check_at.map(|at| at.saturating_duration_since(Instant::now()));
        let received = match wait {
            Some(wait) => self.incoming.recv_timeout(wait),
            None => self.incoming.recv().map_err(RecvTimeoutError::from),
        };
        match received {
            Ok(message) => Next::Message(message),
            Err(RecvTimeoutError::Timeout) => Next::Quiet,
            Err(RecvTimeoutError::Disconnected) => Next::Gone,
        }
    }

    /// Whether the editor has lost its interest in a request.
    fn is_cancelled(&self, id: &RequestId) -> bool {
        let cancels = |message: &Message| match message {
            Message::Notification(note) if note.method == "$/cancelRequest" => {
                note.params.get("id").and_then(|id| serde_json::from_value(id.clone()).ok()).as_ref() == Some(id)
            }
            _ => false,
        };
        self.waiting.iter().any(cancels)
    }
}

pub struct Server {
    connection: Connection,
    clock: fn() -> Timestamp,
    encoding: Encoding,
    /// Whether the editor can be asked to tell of files that change outside of it.
    can_watch: bool,
    workspaces: Vec<Workspace>,
    /// When the documents are checked; nothing while nothing has changed.
    check_at: Option<Instant>,
    ending: Ending,
}

impl Server {
    fn new(params: &InitializeParams, connection: Connection, clock: fn() -> Timestamp) -> Self {
        let client = &params.capabilities;
        let encodings = client.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let watched = client.workspace.as_ref().and_then(|workspace| workspace.did_change_watched_files.as_ref());
        Self {
            connection,
            clock,
            encoding: Encoding::negotiate(encodings),
            can_watch: watched.and_then(|watched| watched.dynamic_registration).unwrap_or_default(),
            workspaces: Vec::new(),
            check_at: None,
            ending: Ending::Abrupt,
        }
    }

    /// An editor that is gone is noticed when the next message is read.
    fn send(&self, message: impl Into<Message>) {
        let _ = self.connection.sender.send(message.into());
    }

    fn refuse(&self, id: RequestId, code: ErrorCode, why: &str) {
        self.send(Response::new_err(id, code as i32, why.to_owned()));
    }

    fn request(&mut self, request: Request) {
        match request.method.as_str() {
            _ if self.ending == Ending::Orderly => {
                self.refuse(request.id, ErrorCode::InvalidRequest, "the session is over");
            }
            "shutdown" => {
                self.ending = Ending::Orderly;
                self.send(Response::new_ok(request.id, ()));
            }
            "initialize" => self.refuse(request.id, ErrorCode::InvalidRequest, "the session has begun already"),
            _ => {
                let response = requests::answer(self, request);
                self.send(response);
            }
        }
    }

    /// Does something that nobody waits for. What was being read when it panicked is read again.
    fn unharmed(&mut self, work: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_err() {
            self.check_at = None;
            for place in 0..self.workspaces.len() {
                self.load(place);
            }
        }
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            "initialized" => self.watch(),
            "textDocument/didOpen" => given(params, |params| self.open(params)),
            "textDocument/didChange" => given(params, |params| self.change(params)),
            "textDocument/didClose" => given(params, |params| self.close(&params)),
            "textDocument/didSave" if !self.can_watch => given(params, |params| self.saved(&params)),
            "workspace/didChangeWatchedFiles" => given(params, |params| self.notice(&params)),
            // The rest is nothing to us; the protocol forbids complaints.
            _ => {}
        }
    }

    /// Asks the editor to tell of files that change.
    fn watch(&self) {
        if !self.can_watch {
            return;
        }
        let globs = ["**/incident.yaml", "**/incidents/**", "**/schemas/lifecycle.yaml"];
        let watchers = globs.map(|glob| json!({ "globPattern": glob }));
        let registration = json!({
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        });
        let params = json!({ "registrations": [registration] });
        self.send(Request::new(RequestId::from("files".to_owned()), "client/registerCapability".to_owned(), params));
    }

    fn open(&mut self, params: types::DidOpenTextDocumentParams) {
        let item = params.text_document;
        let Some(file) = uri::path(&item.uri) else { return };
        let Some(root) = workspace::root_of(&file) else { return };
        let known = self.workspaces.iter().position(|workspace| *workspace.root() == *root);
        let place = known.unwrap_or_else(|| {
            self.workspaces.push(Workspace::new(root));
            self.workspaces.len() - 1
        });
        let Some(workspace) = self.workspaces.get_mut(place) else { return };
        let is_ours = workspace.open(&file, Document::new(item.uri, item.version, item.text)).is_some();
        if is_ours && !workspace.is_loaded() {
            self.load(place);
        }
        self.soon();
    }

    fn change(&mut self, params: types::DidChangeTextDocumentParams) {
        let types::VersionedTextDocumentIdentifier { version, text_document_identifier: document } =
            params.text_document;
        let encoding = self.encoding;
        if let Some(document) = self.workspaces.iter_mut().find_map(|workspace| workspace.edit(&document.uri)) {
            document.change(version, params.content_changes, encoding);
            self.soon();
        }
    }

    fn close(&mut self, params: &types::DidCloseTextDocumentParams) {
        let uri = &params.text_document.uri;
        if self.workspaces.iter_mut().find_map(|workspace| workspace.close(uri)).is_some() {
            let nothing = types::PublishDiagnosticsParams { uri: uri.clone(), version: None, diagnostics: Vec::new() };
            self.notify("textDocument/publishDiagnostics", &nothing);
            self.soon();
        }
    }

    /// For editors that do not watch files: a save is the time at which others are seen.
    fn saved(&mut self, params: &types::DidSaveTextDocumentParams) {
        let uri = &params.text_document.uri;
        let place = self.workspaces.iter_mut().position(|workspace| workspace.edit(uri).is_some());
        if let Some(place) = place {
            self.load(place);
            self.soon();
        }
    }

    fn notice(&mut self, params: &types::DidChangeWatchedFilesParams) {
        let files: Vec<PathBuf> = params.changes.iter().filter_map(|change| uri::path(&change.uri)).collect();
        for place in 0..self.workspaces.len() {
            if self.workspaces.get_mut(place).is_some_and(|workspace| workspace.notice(&files)) {
                self.load(place);
            }
        }
        self.soon();
    }

    /// Reads an archive; where that is impossible, says so.
    fn load(&mut self, place: usize) {
        let Some(workspace) = self.workspaces.get_mut(place) else { return };
        if let Err(why) = workspace.load() {
            let message = format!("git-incident cannot read the archive: {why}");
            self.notify("window/showMessage", &types::ShowMessageParams { kind: types::MessageType::Error, message });
        }
    }

    /// Checks the documents in a moment. Keystrokes until then cost nothing more; those after it do not put it off.
    fn soon(&mut self) {
        self.check_at.get_or_insert_with(|| Instant::now() + PAUSE);
    }

    /// Tells the editor what was found in the documents as they are now.
    pub fn publish(&mut self) {
        self.check_at = None;
        let now = (self.clock)();
        let encoding = self.encoding;
        let messages: Vec<_> =
            self.workspaces.iter_mut().flat_map(|workspace| workspace.publish(encoding, now)).collect();
        for message in &messages {
            self.notify("textDocument/publishDiagnostics", message);
        }
    }

    fn notify(&self, method: &str, params: &impl Serialize) {
        // Everything that is sent is plain data, which JSON can say.
        if let Ok(params) = serde_json::to_value(params) {
            self.send(Notification { method: method.to_owned(), params });
        }
    }

    /// An open document with its archive, both up to date.
    pub fn view(&mut self, uri: &Uri) -> Option<View<'_>> {
        let now = (self.clock)();
        let encoding = self.encoding;
        self.workspaces.iter_mut().find_map(|workspace| {
            workspace.refresh();
            workspace.view(uri, encoding, now)
        })
    }

    /// A document after all its safe fixes.
    pub fn fixed(&mut self, uri: &Uri) -> Option<String> {
        let now = (self.clock)();
        self.workspaces.iter_mut().find_map(|workspace| workspace.fixed(uri, now))
    }
}

/// Calls a function with the parameters of a notification; one that makes no sense is dropped, as the protocol wants it.
fn given<P: DeserializeOwned>(params: Value, work: impl FnOnce(P)) {
    if let Ok(params) = serde_json::from_value(params) {
        work(params);
    }
}

/// What the server can do.
fn abilities(encoding: Encoding) -> Value {
    json!({
        "capabilities": {
            "positionEncoding": encoding.kind(),
            // Changes come as ranges.
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "completionProvider": { "triggerCharacters": [" ", "{", "["] },
            "hoverProvider": true,
            "definitionProvider": true,
            "referencesProvider": true,
            "documentSymbolProvider": true,
            "documentFormattingProvider": true,
            "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll"] },
            "codeLensProvider": {},
            // An archive is found from its files, in whatever folder they are.
            "workspace": { "workspaceFolders": { "supported": true } },
        },
        "serverInfo": { "name": "git-incident", "version": env!("CARGO_PKG_VERSION") },
    })
}
