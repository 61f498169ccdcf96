//! From a request to a response. A site gives its files by their names, so no request reaches the file system.

use std::convert::Infallible;
use std::net::IpAddr;
use std::time::Duration;

use http_body_util::channel::Channel;
use http_body_util::{Either, Full};
use hyper::body::Bytes;
use hyper::header::{self, HeaderValue};
use hyper::http::uri::Authority;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio::sync::watch::Receiver;

use super::shown::{Build, Shown};
use super::{ServeError, media_type, reload};

pub type Answer = Response<Either<Full<Bytes>, Channel<Bytes>>>;

/// Answers every connection, for ever.
pub async fn connections(listener: TcpListener, shown: Receiver<Shown>) -> Result<(), ServeError> {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, most likely: that passes when a browser closes a connection.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let shown = shown.clone();
        let service = service_fn(move |request| answer(request, shown.clone()));
        tokio::spawn(async move {
            // A browser that hangs up, or sends what is not HTTP, is not worth a word.
            let _ =
                http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer<B>(request: Request<B>, mut shown: Receiver<Shown>) -> Result<Answer, Infallible> {
    if let Some(refusal) = refuse_foreign_host(&request) {
        return Ok(refusal);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut answer = message(StatusCode::METHOD_NOT_ALLOWED, "This server only answers GET and HEAD.");
        set(&mut answer, header::ALLOW, "GET, HEAD");
        return Ok(answer);
    }
    let path = request.uri().path();
    match path {
        reload::SCRIPT_PATH => return Ok(text("text/javascript; charset=utf-8", reload::SCRIPT)),
        reload::STYLE_PATH => return Ok(text("text/css; charset=utf-8", reload::STYLE)),
        reload::EVENTS_PATH => return Ok(reload::events(shown)),
        _ => {}
    }
    // A browser that comes during the first build waits for its end.
    let now = match shown.wait_for(Shown::is_ready).await {
        Ok(now) => now.clone(),
        Err(_) => Shown::default(),
    };
    let answer = now.build.as_ref().map(|build| file(build, path, request.uri().query()));
    let trouble = || now.trouble().unwrap_or_default().to_owned();
    Ok(answer
        .unwrap_or_else(|| Err(trouble()))
        .unwrap_or_else(|trouble| reload::error_page(&trouble, now.build.as_ref().map_or("", |build| &build.name))))
}

/// Refuses a request that was meant for another name. A page of a foreign site could otherwise have its own name
/// point at this machine (DNS rebinding) and read an unpublished archive.
fn refuse_foreign_host<B>(request: &Request<B>) -> Option<Answer> {
    let host = request.headers().get(header::HOST);
    let Some(named) = host.and_then(|host| host.to_str().ok()?.parse().ok()) else {
        return Some(message(StatusCode::BAD_REQUEST, "The request has no valid Host header."));
    };
    let mut names = [Some(&named), request.uri().authority()].into_iter().flatten();
    if names.all(is_this_machine) {
        return None;
    }
    Some(message(
        StatusCode::FORBIDDEN,
        "This preview only answers under the names of this machine: localhost, 127.0.0.1 or [::1].",
    ))
}

fn is_this_machine(name: &Authority) -> bool {
    let host = name.host().trim_matches(['[', ']']);
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

/// The file at a path, the way to it, or the site's own page for what is not there.
fn file(build: &Build, path: &str, query: Option<&str>) -> Result<Answer, String> {
    // What is not UTF-8 becomes a name that no file of a site has.
    let key = percent_decode_str(path.strip_prefix('/').unwrap_or(path)).decode_utf8_lossy().into_owned();
    let is_folder = key.is_empty() || key.ends_with('/');
    let key = if is_folder { key + "index.html" } else { key };
    if let Some(bytes) = build.site.file(&key)? {
        return Ok(page(StatusCode::OK, &key, bytes, build));
    }
    if build.site.file(&format!("{key}/index.html"))?.is_some() {
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        let mut answer = message(StatusCode::TEMPORARY_REDIRECT, "The page is a folder.");
        set(&mut answer, header::LOCATION, &format!("{path}/{query}"));
        return Ok(answer);
    }
    Ok(match build.site.file("404.html")? {
        Some(bytes) => page(StatusCode::NOT_FOUND, "404.html", bytes, build),
        None => message(StatusCode::NOT_FOUND, "There is no such page."),
    })
}

fn page(status: StatusCode, key: &str, bytes: Vec<u8>, build: &Build) -> Answer {
    let (media_type, bytes) = (media_type::of(key), Bytes::from(bytes));
    let bytes = if media_type.starts_with("text/html") { reload::inject(&bytes, &build.name) } else { bytes };
    with_body(status, media_type, bytes)
}

fn message(status: StatusCode, text: &'static str) -> Answer {
    with_body(status, "text/plain; charset=utf-8", Bytes::from(format!("{text}\n")))
}

fn text(media_type: &'static str, text: &'static str) -> Answer {
    with_body(StatusCode::OK, media_type, Bytes::from_static(text.as_bytes()))
}

/// A finished body with the headers that every answer has.
pub fn with_body(status: StatusCode, media_type: &'static str, body: Bytes) -> Answer {
    let mut answer = Response::new(Either::Left(Full::new(body)));
    *answer.status_mut() = status;
    set(&mut answer, header::CONTENT_TYPE, media_type);
    common_headers(&mut answer);
    answer
}

/// Always fresh, never guessed, and not for other sites to embed.
pub fn common_headers(answer: &mut Answer) {
    set(answer, header::CACHE_CONTROL, "no-cache");
    set(answer, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(answer, header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
}

pub fn set(answer: &mut Answer, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for name in ["localhost", "LocalHost:8000", "127.0.0.1:1", "[::1]:8000"] {
            assert!(is_this_machine(&name.parse().unwrap()), "{name}");
        }
        for name in ["evil.example", "localhost.evil.example:8000", "192.168.0.1"] {
            assert!(!is_this_machine(&name.parse().unwrap()), "{name}");
        }
    }
}
