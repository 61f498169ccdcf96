//! The preview server, seen from a browser: over real sockets, in plain HTTP.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use git_incident::serve::{self, Builder, Changed, Event, Judgement, Options, ServeError, Site};

/// Far more than anything here takes, so that a slow machine does not fail a test.
const PATIENCE: Duration = Duration::from_secs(10);

const PAGE: &str = "<!doctype html><html><head><title>x</title></head><body>";

/// A site whose home page holds the text of `home.txt`. A text that starts with `bad` cannot be built; one with `wrong` in
/// it is judged to be wrong.
struct Home {
    source: PathBuf,
    text: String,
    last: Arc<dyn Site>,
}

struct Files(BTreeMap<String, Vec<u8>>);

impl Site for Files {
    fn file(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        if path == "broken.html" {
            return Err("error: <broken>".into());
        }
        Ok(self.0.get(path).cloned())
    }
}

impl Home {
    fn new(source: &Path) -> Self {
        Self { source: source.to_owned(), text: "nothing".into(), last: Arc::new(Files(BTreeMap::new())) }
    }
}

impl Builder for Home {
    fn build(&mut self, _: &Changed) -> Result<Arc<dyn Site>, String> {
        let text = fs::read_to_string(self.source.join("home.txt")).map_err(|error| error.to_string())?;
        if text.starts_with("bad") {
            return Err(format!("error: <{text}>\n  --> home.txt:1:1"));
        }
        if text != self.text {
            let page = |body: &str| format!("{PAGE}{body}</body></html>").into_bytes();
            self.last = Arc::new(Files(BTreeMap::from([
                ("index.html".into(), page(&text)),
                ("404.html".into(), page("Nothing here")),
                ("incidents/one/index.html".into(), page("The first incident")),
                ("history/잔/index.html".into(), page("Not only ASCII")),
                ("assets/site.css".into(), b"body { margin: 0 }".to_vec()),
                ("api/v2/status.json".into(), b"{}".to_vec()),
                ("history.atom".into(), b"<feed/>".to_vec()),
            ])));
            self.text = text;
        }
        Ok(Arc::clone(&self.last))
    }

    fn judgement(&self) -> Judgement {
        let (text, source) = (self.text.clone(), self.source.clone());
        Box::new(move |is_outdated| {
            _ = fs::create_dir_all(source.join("public/judging"));
            // As long as something long would take, whether it gives way or not.
            while text.contains("slow") && !is_outdated() {
                thread::sleep(Duration::from_millis(1));
            }
            if text.contains("deaf") {
                thread::sleep(PATIENCE);
            }
            text.contains("wrong").then(|| "error: wrong".to_owned())
        })
    }
}

/// A running preview of a folder of its own.
struct Preview {
    source: PathBuf,
    address: SocketAddr,
    events: Receiver<Event>,
}

impl Preview {
    /// Starts it on a folder with one `home.txt`, and waits for the first build.
    fn start(name: &str, home: &str) -> Self {
        Self::start_watching(name, home, "")
    }

    /// Watches only this path of the folder.
    fn start_watching(name: &str, home: &str, watched: &str) -> Self {
        let source = folder(name);
        fs::write(source.join("home.txt"), home).unwrap();
        let options = Options { port: Some(0), watch: vec![source.join(watched)], ignore: vec![source.join("public")] };
        let (sender, events) = channel();
        let home = Home::new(&source);
        thread::spawn(move || serve::run(&options, home, move |event| sender.send(event).unwrap_or_default()));
        let Event::Listening(address) = events.recv_timeout(PATIENCE).unwrap() else {
            panic!("listening comes first");
        };
        let preview = Self { source, address, events };
        preview.next_build();
        preview
    }

    fn save(&self, name: &str, text: &str) {
        fs::write(self.source.join(name), text).unwrap();
    }

    /// The names of the files that led to the next build.
    fn next_build(&self) -> Vec<String> {
        loop {
            match self.events.recv_timeout(PATIENCE).unwrap() {
                Event::Judged { .. } => {}
                Event::Built { changed, .. } | Event::Failed { changed, .. } => {
                    let names = changed.iter().filter_map(|path| path.file_name());
                    return names.map(|name| name.to_string_lossy().into_owned()).collect();
                }
                other => panic!("a build was expected, not {other:?}"),
            }
        }
    }

    /// A slow machine may turn one save into two builds.
    fn wait_for_build_after(&self, name: &str) {
        while !self.next_build().iter().any(|changed| changed == name) {}
    }

    fn get(&self, path: &str) -> Response {
        self.request("GET", path, &format!("Host: {}\r\n", self.address))
    }

    fn request(&self, method: &str, path: &str, headers: &str) -> Response {
        let mut stream = self.connect();
        write!(stream, "{method} {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        Response::parse(&answer)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// The event stream, behind its head.
    fn listen(&self) -> BufReader<TcpStream> {
        let mut stream = self.connect();
        write!(stream, "GET /__git-incident/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        BufReader::new(stream)
    }
}

/// The data of the next event of a stream.
fn next_event(stream: &mut BufReader<TcpStream>) -> serde_json::Value {
    loop {
        let mut line = String::new();
        assert_ne!(stream.read_line(&mut line).unwrap(), 0, "the stream ended");
        if let Some(data) = line.strip_prefix("data: ") {
            return serde_json::from_str(data).unwrap();
        }
    }
}

struct Response {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
}

impl Response {
    fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        Self {
            status: status.parse().unwrap(),
            headers: lines
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect(),
            body: body.to_owned(),
        }
    }
}

/// An empty folder.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve").join(name);
    match fs::remove_dir_all(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => panic!("{error}"),
        _ => {}
    }
    fs::create_dir_all(&path).unwrap();
    path
}

#[test]
fn pages_are_served_with_the_reload_script() {
    let preview = Preview::start("pages", "Hello");
    for (path, text) in [
        ("/", "Hello"),
        ("/index.html", "Hello"),
        ("/?from=feed", "Hello"),
        ("/incidents/one/", "The first incident"),
        ("/history/%EC%9E%94/", "Not only ASCII"),
    ] {
        let page = preview.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.body.contains(text), "{path}");
        assert!(page.body.contains("/__git-incident/reload.js"), "{path}");
    }
}

#[test]
fn files_have_their_media_type_and_their_own_bytes() {
    let preview = Preview::start("types", "Hello");
    for (path, media_type, body) in [
        ("/assets/site.css", "text/css; charset=utf-8", "body { margin: 0 }"),
        ("/api/v2/status.json", "application/json", "{}"),
        ("/history.atom", "application/atom+xml; charset=utf-8", "<feed/>"),
    ] {
        let file = preview.get(path);
        assert_eq!(file.headers["content-type"], media_type);
        assert_eq!(file.headers["cache-control"], "no-cache");
        assert_eq!(file.body, body);
    }
    let page = preview.get("/");
    assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
}

#[test]
fn head_is_get_without_the_body() {
    let preview = Preview::start("head", "Hello");
    let head = preview.request("HEAD", "/", "Host: localhost\r\n");
    assert_eq!(head.status, 200);
    assert_eq!(head.body, "");
    let length = preview.get("/").body.len().to_string();
    assert_eq!(head.headers["content-length"], length);
}

#[test]
fn other_methods_are_refused() {
    let preview = Preview::start("methods", "Hello");
    let answer = preview.request("POST", "/", "Host: localhost\r\nContent-Length: 0\r\n");
    assert_eq!(answer.status, 405);
    assert_eq!(answer.headers["allow"], "GET, HEAD");
}

#[test]
fn a_missing_page_is_the_sites_own_404() {
    let preview = Preview::start("missing", "Hello");
    for path in ["/nothing", "/nothing/", "/incidents/", "/index.html/", "//", "/%ff"] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.body.contains("Nothing here"), "{path}");
    }
}

#[test]
fn a_folder_without_its_slash_leads_to_the_folder() {
    let preview = Preview::start("folders", "Hello");
    let answer = preview.get("/incidents/one?from=feed");
    assert_eq!(answer.status, 307);
    assert_eq!(answer.headers["location"], "/incidents/one/?from=feed");
    let answer = preview.get("//evil.example/incidents/one");
    assert_eq!(answer.status, 404);
}

#[test]
fn nothing_outside_the_site_can_be_reached() {
    let preview = Preview::start("outside", "a secret");
    for path in [
        "/home.txt",
        "/../home.txt",
        "/incidents/../../home.txt",
        "/%2e%2e/home.txt",
        "/..%2fhome.txt",
        "/etc/passwd",
        "//etc/passwd",
        "/%2Fetc%2Fpasswd",
        "/..\\home.txt",
    ] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
}

#[test]
fn only_names_of_this_machine_are_answered() {
    let preview = Preview::start("hosts", "Hello");
    for host in ["localhost", "127.0.0.1:8000", "[::1]"] {
        let answer = preview.request("GET", "/", &format!("Host: {host}\r\n"));
        assert_eq!(answer.status, 200, "{host}");
    }
    for path in ["/", "/__git-incident/events"] {
        let answer = preview.request("GET", path, "Host: evil.example\r\n");
        assert_eq!(answer.status, 403);
        assert!(!answer.body.contains("Hello"));
    }
    let answer = preview.request("GET", "http://evil.example/", "Host: localhost\r\n");
    assert_eq!(answer.status, 403);
    assert_eq!(preview.request("GET", "/", "").status, 400);
}

#[test]
fn a_save_reaches_the_browser() {
    let preview = Preview::start("save", "before");
    let mut browser = preview.listen();
    let first = next_event(&mut browser);
    let page = preview.get("/").body;
    assert!(page.contains(&format!("data-build={}", first["build"])));

    let saved = Instant::now();
    preview.save("home.txt", "after");
    let second = next_event(&mut browser);
    let took = saved.elapsed();

    assert_ne!(first["build"], second["build"]);
    assert!(preview.get("/").body.contains("after"));
    // 30 ms of quiet and a build; the rest is room for a busy machine.
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert_eq!(preview.next_build(), ["home.txt"]);
}

#[test]
fn an_editor_that_saves_through_a_rename_is_noticed() {
    let preview = Preview::start("rename", "before");
    preview.save("home.txt~", "after");
    fs::rename(preview.source.join("home.txt~"), preview.source.join("home.txt")).unwrap();
    while !preview.get("/").body.contains("after") {
        preview.next_build();
    }
}

#[test]
fn a_new_folder_is_watched_too() {
    let preview = Preview::start("new-folder", "Hello");
    fs::create_dir_all(preview.source.join("2026/11")).unwrap();
    preview.next_build();
    preview.save("2026/11/incident.md", "text");
    preview.wait_for_build_after("incident.md");
}

#[test]
fn a_folder_that_is_replaced_as_a_whole_stays_watched() {
    let preview = Preview::start("replaced", "before");
    fs::remove_dir_all(&preview.source).unwrap();
    preview.next_build();
    fs::create_dir(&preview.source).unwrap();
    preview.save("home.txt", "between");
    while !preview.get("/").body.contains("between") {
        preview.next_build();
    }
    preview.save("home.txt", "after");
    while !preview.get("/").body.contains("after") {
        preview.next_build();
    }
}

#[test]
fn a_file_is_noticed_when_it_and_its_folder_are_made_later() {
    let preview = Preview::start_watching("later", "Hello", "schemas/lifecycle.yaml");
    for round in ["made", "made again after the folder was removed"] {
        fs::create_dir(preview.source.join("schemas")).unwrap();
        preview.wait_for_build_after("schemas");
        preview.save("schemas/lifecycle.yaml", round);
        preview.wait_for_build_after("lifecycle.yaml");
        fs::remove_dir_all(preview.source.join("schemas")).unwrap();
        preview.wait_for_build_after("schemas");
    }
}

#[test]
fn ignored_folders_do_not_lead_to_a_build() {
    let preview = Preview::start("ignored", "before");
    fs::create_dir(preview.source.join("public")).unwrap();
    preview.save("public/index.html", "output");
    preview.save("home.txt", "after");
    assert_eq!(preview.next_build(), ["home.txt"]);
}

#[test]
fn a_build_that_changes_nothing_does_not_reload_the_browser() {
    let preview = Preview::start("same", "same");
    let mut browser = preview.listen();
    let before = next_event(&mut browser);
    preview.save("home.txt", "same");
    assert_eq!(next_event(&mut browser), before);
}

#[test]
fn a_failed_build_is_reported_over_the_last_good_site_until_it_is_mended() {
    let preview = Preview::start("failed", "good");
    let mut browser = preview.listen();
    let good = next_event(&mut browser);
    assert_eq!(good["trouble"], serde_json::Value::Null);

    preview.save("home.txt", "bad");
    let failed = next_event(&mut browser);
    assert_eq!(failed["trouble"], "error: <bad>\n  --> home.txt:1:1");
    assert_eq!(failed["build"], good["build"]);
    assert!(preview.get("/").body.contains("good"));

    preview.save("home.txt", "good");
    assert_eq!(next_event(&mut browser), good);
}

#[test]
fn when_the_first_build_fails_an_error_page_waits_for_the_mended_one() {
    let preview = Preview::start("first-failed", "bad");
    let page = preview.get("/incidents/one/");
    assert_eq!(page.status, 500);
    assert!(page.body.contains("error: &lt;bad&gt;\n  --&gt; home.txt:1:1"));
    assert!(page.body.contains("data-build=\"\""));

    let mut browser = preview.listen();
    assert_eq!(next_event(&mut browser)["build"], "");
    preview.save("home.txt", "good");
    assert_ne!(next_event(&mut browser)["build"], "");
    assert!(preview.get("/").body.contains("good"));
}

#[test]
fn what_is_wrong_stands_over_what_is_shown() {
    let preview = Preview::start("wrong", "good");
    let mut browser = preview.listen();
    let good = next_event(&mut browser);
    preview.save("home.txt", "wrong");
    let shown = next_event(&mut browser);
    assert_ne!(shown["build"], good["build"], "the change is shown at once");
    let judged = if shown["trouble"].is_null() { next_event(&mut browser) } else { shown.clone() };
    assert_eq!((&judged["build"], &judged["trouble"]), (&shown["build"], &"error: wrong".into()));
    assert!(preview.get("/").body.contains("wrong"));
}

#[test]
fn a_change_does_not_wait_until_the_one_before_is_judged() {
    for judgement in ["slow", "deaf"] {
        let preview = Preview::start(judgement, judgement);
        while !preview.source.join("public/judging").exists() {
            thread::sleep(Duration::from_millis(1));
        }
        preview.save("home.txt", "after");
        preview.wait_for_build_after("home.txt");
        assert!(preview.get("/").body.contains("after"));
    }
}

#[test]
fn a_page_that_cannot_be_made_says_why_and_is_reloaded_with_the_next_change() {
    let preview = Preview::start("broken", "good");
    let page = preview.get("/broken.html");
    assert_eq!(page.status, 500);
    assert!(page.body.contains("error: &lt;broken&gt;"));
    assert!(page.body.contains(&format!("data-build={}", next_event(&mut preview.listen())["build"])));
}

fn run_on(port: Option<u16>) -> Result<(), ServeError> {
    let options = Options { port, ..Options::default() };
    serve::run(&options, Home::new(Path::new("")), |_| {})
}

#[test]
fn a_taken_port_is_explained() {
    let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = other.local_addr().unwrap().port();
    let error = run_on(Some(port)).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "port {port} is taken by another program; stop it, or choose another port with `--port` (0: any free one)"
        )
    );
}

#[test]
fn a_port_that_was_not_asked_for_is_passed_over_when_taken() {
    // Whether this takes the port or somebody else has it: it is taken.
    let _other = TcpListener::bind((Ipv4Addr::LOCALHOST, serve::DEFAULT_PORT));
    let (sender, events) = channel();
    thread::spawn(|| {
        let home = Home::new(Path::new(""));
        serve::run(&Options::default(), home, move |event| sender.send(event).unwrap_or_default())
    });
    let Event::Listening(address) = events.recv_timeout(PATIENCE).unwrap() else {
        panic!("listening comes first");
    };
    assert!(address.port() > serve::DEFAULT_PORT);
    assert!(address.ip().is_loopback());
}

#[test]
fn a_build_that_panics_ends_the_preview() {
    let options = Options { port: Some(0), ..Options::default() };
    struct Panics;
    impl Builder for Panics {
        fn build(&mut self, _: &Changed) -> Result<Arc<dyn Site>, String> {
            panic!("on purpose")
        }
        fn judgement(&self) -> Judgement {
            Box::new(|_| None)
        }
    }
    let result = serve::run(&options, Panics, |_| {});
    assert!(matches!(result, Err(ServeError::BuildPanicked)));
}
