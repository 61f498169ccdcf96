//! Which function answers which request.

use std::panic::{AssertUnwindSafe, catch_unwind};

use gen_lsp_types as types;
use gen_lsp_types::{CodeActionKind, Uri};
use lsp_server::{ErrorCode, Request, RequestId, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::server::Server;
use super::view::View;
use super::{actions, completion, formatting, hover, lens, locate, symbols};

/// Why a request has no answer.
type Refusal = (ErrorCode, String);

/// Answers a request, whatever happens on the way.
pub fn answer(server: &mut Server, request: Request) -> Response {
    let id = request.id.clone();
    guarded(id, || {
        let method = request.method.as_str();
        match method {
            "textDocument/completion" => at(server, request, completion::completion),
            "textDocument/hover" => at(server, request, hover::hover),
            "textDocument/definition" => at(server, request, locate::definition),
            "textDocument/references" => references(server, request),
            "textDocument/documentSymbol" => of(
                server,
                request,
                |p: &types::DocumentSymbolParams| &p.text_document.uri,
                |view| Some(symbols::symbols(view)),
            ),
            "textDocument/codeLens" => of(
                server,
                request,
                |p: &types::CodeLensParams| &p.text_document.uri,
                |view| lens::lens(view).map(|lens| vec![lens]),
            ),
            "textDocument/formatting" => {
                of(server, request, |p: &types::DocumentFormattingParams| &p.text_document.uri, formatting::formatting)
            }
            "textDocument/codeAction" => code_actions(server, request),
            _ => Err((ErrorCode::MethodNotFound, format!("there is no `{method}` here"))),
        }
    })
}

/// An answer also where the work panics: one bad request must not take the others along.
fn guarded(id: RequestId, work: impl FnOnce() -> Result<Value, Refusal>) -> Response {
    let result = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        Err((ErrorCode::InternalError, "this is a bug of git-incident; its message is on standard error".to_owned()))
    });
    match result {
        Ok(value) => Response::new_ok(id, value),
        Err((code, message)) => Response::new_err(id, code as i32, message),
    }
}

fn params<P: DeserializeOwned>(request: Request) -> Result<P, Refusal> {
    serde_json::from_value(request.params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}

fn value(result: &impl Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(result).map_err(|error| (ErrorCode::InternalError, error.to_string()))
}

/// A request about a document. One that belongs to no archive has no answer, which is no error.
fn of<P: DeserializeOwned, R: Serialize>(
    server: &mut Server,
    request: Request,
    uri: impl FnOnce(&P) -> &Uri,
    answer: impl FnOnce(&View<'_>) -> Option<R>,
) -> Result<Value, Refusal> {
    let params: P = params(request)?;
    value(&server.view(uri(&params)).as_ref().and_then(answer))
}

/// A request about a place in a document.
fn at<R: Serialize>(
    server: &mut Server,
    request: Request,
    answer: impl FnOnce(&View<'_>, usize) -> Option<R>,
) -> Result<Value, Refusal> {
    let types::TextDocumentPositionParams { text_document, position } = params(request)?;
    value(&server.view(&text_document.uri).and_then(|view| answer(&view, view.offset(position))))
}

fn references(server: &mut Server, request: Request) -> Result<Value, Refusal> {
    let types::ReferenceParams { context, text_document_position_params: place, .. } = params(request)?;
    let found = server
        .view(&place.text_document.uri)
        .map(|view| locate::references(&view, view.offset(place.position), context.include_declaration));
    value(&found)
}

/// What `only` asks for; everything where nothing is asked for.
fn code_actions(server: &mut Server, request: Request) -> Result<Value, Refusal> {
    let params: types::CodeActionParams = params(request)?;
    let uri = &params.text_document.uri;
    // The findings have to be those of the text as it is now.
    server.publish();
    let only = params.context.only.unwrap_or_default();
    let wants = |kind: &str| only.iter().any(|only| *only == CodeActionKind::from(kind.to_owned()));
    let mut actions = Vec::new();
    if only.is_empty() || wants("quickfix") {
        let found = server.view(uri).map(|view| actions::quick_fixes(&view, view.span(params.range)));
        actions.extend(found.unwrap_or_default());
    }
    if only.is_empty() {
        actions.extend(server.view(uri).and_then(|view| actions::fix_all_now(&view)));
    } else if ["source", "source.fixAll", "source.fixAll.git-incident"].into_iter().any(wants) {
        let fixed = server.fixed(uri);
        let action = fixed.and_then(|text| server.view(uri).and_then(|view| actions::fix_all(&view, &text)));
        actions.extend(action);
    }
    value(&actions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_costs_one_answer_only() {
        let response = guarded(1.into(), || panic!("on purpose"));
        let error = response.response_result.unwrap_err();
        assert_eq!(error.code, ErrorCode::InternalError as i32);
        assert!(error.message.contains("bug"));
    }
}
