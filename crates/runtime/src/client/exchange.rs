//! What the URL of a callback is made of.

use std::fmt;

use http::HeaderMap;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::Value;

use super::call::Request;
use super::encoder::Encoder;
use crate::{Operation, percent};

/// A part of a callback's URL: text, or a runtime expression of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the specification's own words")]
pub enum UrlPiece {
    Text(&'static str),
    Url,
    Method,
    StatusCode,
    RequestHeader(&'static str),
    RequestQuery(&'static str),
    RequestPath(&'static str),
    /// With the pointer behind the `#`.
    RequestBody(&'static str),
    ResponseHeader(&'static str),
    /// With the pointer behind the `#`.
    ResponseBody(&'static str),
}

impl fmt::Display for UrlPiece {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => formatter.write_str(text),
            Self::Url => formatter.write_str("$url"),
            Self::Method => formatter.write_str("$method"),
            Self::StatusCode => formatter.write_str("$statusCode"),
            Self::RequestHeader(name) => write!(formatter, "$request.header.{name}"),
            Self::RequestQuery(name) => write!(formatter, "$request.query.{name}"),
            Self::RequestPath(name) => write!(formatter, "$request.path.{name}"),
            Self::RequestBody(pointer) => write!(formatter, "$request.body#{pointer}"),
            Self::ResponseHeader(name) => write!(formatter, "$response.header.{name}"),
            Self::ResponseBody(pointer) => write!(formatter, "$response.body#{pointer}"),
        }
    }
}

/// An expression asks for what is not there, or is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UrlError(UrlPiece);

impl UrlError {
    /// The expression.
    pub fn expression(&self) -> UrlPiece {
        self.0
    }
}

impl fmt::Display for UrlError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the callback's URL cannot be made: `{}` has no value that is text", self.0)
    }
}

impl std::error::Error for UrlError {}

/// A request and, as far as a URL asks for it, how it was answered.
#[derive(Clone)]
pub struct Exchange {
    operation: &'static Operation,
    path: Vec<(String, String)>,
    query: Vec<String>,
    headers: HeaderMap,
    body: Value,
    url: Option<String>,
    status: Option<u16>,
    answer_headers: HeaderMap,
    answer_body: Value,
}

impl Exchange {
    /// A request that is not answered yet.
    pub fn of<R: Request>(request: &R) -> Self {
        let mut encoder = Encoder::new(R::OPERATION);
        request.encode(&mut encoder);
        let Encoder { path, query, headers, body, .. } = encoder;
        let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let body = match body.as_ref().and_then(|body| body.octets()) {
            Some(octets) if media_type.starts_with("application/x-www-form-urlencoded") => {
                let text = String::from_utf8_lossy(octets).into_owned();
                let pairs = text.split('&').filter_map(|pair| {
                    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                    Some((percent::decode_query(name)?, Value::from(percent::decode_query(value)?)))
                });
                Value::Object(pairs.collect())
            }
            Some(octets) => serde_json::from_slice(octets)
                .unwrap_or_else(|_| Value::from(String::from_utf8_lossy(octets).into_owned())),
            None => Value::Null,
        };
        Self {
            operation: R::OPERATION,
            path,
            query,
            headers,
            body,
            url: None,
            status: None,
            answer_headers: HeaderMap::new(),
            answer_body: Value::Null,
        }
    }

    /// The URL that the request was sent to: `$url`.
    #[must_use]
    pub fn with_url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// The status of the response: `$statusCode`.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// A header of the response: `$response.header`. What is no header's name or value is none.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value))
        {
            self.answer_headers.insert(name, value);
        }
        self
    }

    /// The body of the response: `$response.body`. What cannot be written as JSON is none.
    #[must_use]
    pub fn with_body<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        self.answer_body = serde_json::to_value(body).unwrap_or_default();
        self
    }

    /// A URL: what expressions ask for is put in as it is at the beginning, and percent-encoded behind
    /// that.
    pub fn url(&self, pieces: &[UrlPiece]) -> Result<String, UrlError> {
        let mut url = String::new();
        for piece in pieces {
            let value = self.value(*piece).ok_or(UrlError(*piece))?;
            if url.is_empty() || matches!(piece, UrlPiece::Text(_)) {
                url.push_str(&value);
            } else {
                url.push_str(&percent::encode(&value));
            }
        }
        Ok(url)
    }

    fn value(&self, piece: UrlPiece) -> Option<String> {
        match piece {
            UrlPiece::Text(text) => Some(text.to_owned()),
            UrlPiece::Url => self.url.clone(),
            UrlPiece::Method => Some(self.operation.method.as_str().to_owned()),
            UrlPiece::StatusCode => self.status.map(|status| status.to_string()),
            UrlPiece::RequestHeader(name) => header(&self.headers, name),
            UrlPiece::RequestQuery(name) => {
                self.query.iter().flat_map(|pairs| pairs.split('&')).find_map(|pair| {
                    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
                    (percent::decode_query(key)? == name).then(|| percent::decode_query(value))?
                })
            }
            UrlPiece::RequestPath(name) => {
                let (_, text) = self.path.iter().find(|(found, _)| found == name)?;
                percent::decode(text)
            }
            UrlPiece::RequestBody(pointer) => text(self.body.pointer(pointer)?),
            UrlPiece::ResponseHeader(name) => header(&self.answer_headers, name),
            UrlPiece::ResponseBody(pointer) => text(self.answer_body.pointer(pointer)?),
        }
    }
}

impl<R: Request> From<&R> for Exchange {
    fn from(request: &R) -> Self {
        Self::of(request)
    }
}

// What a request holds may be secret.
impl fmt::Debug for Exchange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Exchange").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
