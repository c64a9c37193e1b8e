//! Requests and responses as they stand on the wire, without a wire.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use axum::body::Body as Stream;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use http::{Extensions, Method, StatusCode, Uri};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower_service::Service as _;

use super::record::Connection;
use super::vector::{Body, Content, Credential, Edit, Operation, Part, Place, Request};
use crate::percent;

/// What separates the parts of a multipart body.
const BOUNDARY: &str = "boundary";

/// A request, whole.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    pub extensions: Extensions,
    pub body: Bytes,
}

/// A response, whole.
#[derive(Clone, Debug)]
pub(super) struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Sent {
    /// A vector as a request. What it does not say is as in the operation's first.
    pub fn of(operation: &Operation, vector: &Request, credentials: &[&Credential]) -> Result<Self, String> {
        let first = operation.accepted.first().ok_or("there is no first request")?;
        let mut headers = HeaderMap::new();
        let mut target = vector.target.as_deref().or(first.target.as_deref()).unwrap_or("/").to_owned();
        let mut extensions = Extensions::new();
        let body = body(vector, first)?;
        if let Some(body) = &body {
            append(&mut headers, CONTENT_TYPE.as_str(), &content_type(body))?;
        }
        for (name, value) in first.headers.iter().filter(|(name, _)| !vector.headers.contains_key(*name)) {
            append(&mut headers, name, value.as_deref().unwrap_or_default())?;
        }
        for (name, value) in &vector.headers {
            if let Some(value) = value {
                append(&mut headers, name, value)?;
            }
        }
        for (at, credential) in credentials.iter().enumerate() {
            // Two schemes may ask for one and the same.
            if credentials[..at].iter().any(|other| other.place == credential.place) {
                continue;
            }
            match &credential.place {
                // A parameter may be the credential.
                place if is_there(place, &target, &headers) => {}
                Place::Header(name, value) => append(&mut headers, name, value)?,
                Place::Query(name, value) => {
                    target.push(if target.contains('?') { '&' } else { '?' });
                    target.extend([percent::encode(name), "=".to_owned(), percent::encode(value)]);
                }
                Place::Cookie(name, value) => {
                    append(&mut headers, COOKIE.as_str(), &format!("{name}={value}"))?;
                }
                Place::Connection => {
                    extensions.insert(Connection);
                }
            }
        }
        let method = Method::from_bytes(operation.method.as_bytes()).map_err(|error| error.to_string())?;
        let uri = target.parse().map_err(|error| format!("`{target}`: {error}"))?;
        let body = body.as_ref().map(octets).unwrap_or_default();
        if !body.is_empty() {
            headers.insert(CONTENT_LENGTH, body.len().into());
        }
        Ok(Self { method, uri, headers, extensions, body })
    }

    /// What a client sends.
    pub fn by(request: reqwest::Request) -> Result<Self, String> {
        let request = http::Request::<reqwest::Body>::try_from(request).map_err(|error| error.to_string())?;
        let (parts, body) = request.into_parts();
        let body = block_on(body.collect()).map_err(|error| error.to_string())?.to_bytes();
        let target = parts.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
        let uri = target.parse().map_err(|error| format!("`{target}`: {error}"))?;
        Ok(Self { method: parts.method, uri, headers: parts.headers, extensions: Extensions::new(), body })
    }

    /// The router's answer.
    pub fn exchange(&self, router: &axum::Router) -> Result<Got, String> {
        let mut request = http::Request::new(Stream::from(self.body.clone()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        *request.extensions_mut() = self.extensions.clone();
        block_on(async {
            let response = router.clone().call(request).await;
            let (parts, body) = match response {
                Ok(response) => response.into_parts(),
                Err(never) => match never {},
            };
            let body = body.collect().await.map_err(|error| error.to_string())?.to_bytes();
            Ok(Got { status: parts.status, headers: parts.headers, body })
        })
    }
}

/// Whether a request has a credential.
fn is_there(place: &Place, target: &str, headers: &HeaderMap) -> bool {
    match place {
        Place::Header(name, value) => headers.get_all(name).iter().any(|found| found == value),
        Place::Query(name, value) => {
            let pair = format!("{}={}", percent::encode(name), percent::encode(value));
            target.split_once('?').is_some_and(|(_, query)| query.split('&').any(|found| found == pair))
        }
        Place::Cookie(name, value) => {
            let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
            let pair = format!("{name}={value}");
            lines.flat_map(|line| line.split(';')).any(|found| found.trim() == pair)
        }
        Place::Connection => false,
    }
}

fn append(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), String> {
    let told = |error: &dyn std::fmt::Display| format!("the header `{name}`: {error}");
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| told(&error))?;
    headers.append(name, HeaderValue::from_str(value).map_err(|error| told(&error))?);
    Ok(())
}

/// The body of a vector, which may be the first one's with a change.
pub(super) fn body(vector: &Request, first: &Request) -> Result<Option<Body>, String> {
    let mut body = vector.body.clone().or_else(|| first.body.clone());
    match &vector.edit {
        None => {}
        Some(Edit::Remove(at)) if at.is_empty() => body = None,
        Some(edit) => {
            let Some(Body { content: Content::Json(value), .. }) = &mut body else {
                return Err("there is no JSON to change".to_owned());
            };
            change(value, edit).ok_or("there is nothing to change")?;
        }
    }
    Ok(body)
}

fn change(value: &mut Value, edit: &Edit) -> Option<()> {
    let (at, new) = match edit {
        Edit::Set(at, new) => (at, Some(new.clone())),
        Edit::Repeat(at, text, length) => {
            let text: String = text.chars().cycle().take(*length).collect();
            (at, Some(text.into()))
        }
        Edit::Remove(at) => (at, None),
    };
    let Some((outer, name)) = at.rsplit_once('/') else {
        *value = new?;
        return Some(());
    };
    let name = name.replace("~1", "/").replace("~0", "~");
    match (value.pointer_mut(outer)?, new) {
        (Value::Object(members), Some(new)) => {
            members.insert(name, new);
        }
        (Value::Object(members), None) => {
            members.remove(&name)?;
        }
        (Value::Array(items), Some(new)) => *items.get_mut(name.parse::<usize>().ok()?)? = new,
        _ => return None,
    }
    Some(())
}

/// The header `Content-Type` of a body.
pub(super) fn content_type(body: &Body) -> String {
    match body.content {
        Content::Parts(_) => format!("{}; boundary={BOUNDARY}", body.media_type),
        _ => body.media_type.clone(),
    }
}

/// A body's octets.
pub(super) fn octets(body: &Body) -> Bytes {
    match &body.content {
        Content::Json(value) => value.to_string().into(),
        Content::Form(text) | Content::Xml(text) | Content::Text(text) => text.clone().into(),
        Content::Parts(parts) => multipart(parts).into(),
    }
}

fn multipart(parts: &[Part]) -> String {
    let mut text = String::new();
    for part in parts {
        text.extend(["--", BOUNDARY, "\r\nContent-Disposition: form-data; name=\"", &part.name, "\""]);
        if let Some(file) = &part.file {
            text.extend(["; filename=\"", file, "\""]);
        }
        if let Some(media_type) = &part.media_type {
            text.extend(["\r\nContent-Type: ", media_type]);
        }
        for (name, value) in &part.headers {
            text.extend(["\r\n", name, ": ", value]);
        }
        text.extend(["\r\n\r\n", &part.text, "\r\n"]);
    }
    text + "--" + BOUNDARY + "--\r\n"
}

/// Waits for a future on this thread.
pub(super) fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}
