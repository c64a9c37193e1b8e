//! Responses: as they came, and as the contract types them.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap};
use serde::de::DeserializeOwned;
use serde_json::{Number, Value};

use super::error::DecodeError;
use crate::{Operation, pointer};

/// A response that has been read to its end. Cloning it is cheap.
#[derive(Clone)]
pub struct Reply(Arc<Inner>);

struct Inner {
    operation: &'static Operation,
    status: StatusCode,
    headers: HeaderMap,
    octets: Bytes,
}

/// A component response, or one with headers of an operation's own.
pub trait FromReply: Sized {
    /// Reads it.
    fn from_reply(reply: &Reply) -> Result<Self, DecodeError>;
}

/// What an operation declares for its successes.
pub trait DeclaredSuccess {
    /// What a call gives.
    type Output;
    /// Whether it takes every status that nothing else is declared for.
    const HAS_DEFAULT: bool;

    /// Reads it, if it is one.
    fn decode(reply: &Reply) -> Result<Option<Self::Output>, DecodeError>;
}

/// What an operation declares for its errors.
pub trait DeclaredError: Sized {
    /// Reads it, if it is one.
    fn decode(reply: &Reply) -> Result<Option<Self>, DecodeError>;
}

/// What a response is to its operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<T, E> {
    /// A declared success.
    Success(T),
    /// A declared error.
    Failure(E),
    /// A status that the operation does not declare.
    Undeclared,
}

impl Reply {
    pub(super) fn new(
        operation: &'static Operation,
        status: StatusCode,
        headers: HeaderMap,
        octets: Bytes,
    ) -> Self {
        Self(Arc::new(Inner { operation, status, headers, octets }))
    }

    /// The operation that it answers.
    pub fn operation(&self) -> &'static Operation {
        self.0.operation
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The body as it came.
    pub fn bytes(&self) -> &Bytes {
        &self.0.octets
    }

    /// The body as text.
    pub fn text(&self) -> Result<String, DecodeError> {
        let text = std::str::from_utf8(&self.0.octets);
        text.map(str::to_owned).map_err(|_| DecodeError::new(self, "", "the body is not UTF-8".to_owned()))
    }

    /// Which of these media types the body has: the one named, else the range that holds it, else the
    /// last.
    pub fn media_type(&self, declared: &[&'static str]) -> &'static str {
        let named =
            self.0.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let named = essence(named);
        let is_within = |range: &str| {
            essence(range).strip_suffix('*').is_some_and(|start| start == "*/" || named.starts_with(start))
        };
        let exact = declared.iter().find(|media_type| essence(media_type) == named);
        let range = || declared.iter().find(|media_type| is_within(media_type));
        exact.or_else(range).or(declared.last()).copied().unwrap_or_default()
    }

    /// The body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let mut reader = serde_json::Deserializer::from_slice(&self.0.octets);
        let body = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let place = pointer::to(error.path());
            DecodeError::new(self, &place, without_values(&error.into_inner().to_string()))
        })?;
        reader.end().map_err(|error| DecodeError::new(self, "", error.to_string()))?;
        Ok(body)
    }

    /// A header as `T`: text, a number, a boolean, or a list of those. `None` or an error where it is
    /// absent, as `T` has it.
    pub fn header<T: DeserializeOwned>(&self, name: &str) -> Result<T, DecodeError> {
        let mut texts = Vec::new();
        for value in self.0.headers.get_all(name) {
            let text = std::str::from_utf8(value.as_bytes());
            texts.push(text.map_err(|_| self.bad_header(name, "is not UTF-8"))?);
        }
        let read = |value: Value| T::deserialize(value).ok();
        let found = match texts.as_slice() {
            [] => return read(Value::Null).ok_or_else(|| self.bad_header(name, "is missing")),
            [text] => read(Value::String((*text).to_owned())).or_else(|| read(bare(text))),
            _ => None,
        };
        let items = || texts.iter().flat_map(|text| text.split(',')).map(str::trim);
        found
            .or_else(|| read(items().map(|item| Value::String(item.to_owned())).collect()))
            .or_else(|| read(items().map(bare).collect()))
            .ok_or_else(|| self.bad_header(name, "cannot be read as what the contract declares"))
    }

    /// A component response.
    pub fn shared<T: FromReply>(&self) -> Result<T, DecodeError> {
        T::from_reply(self)
    }

    /// What an operation declares for it.
    pub fn declared<S: DeclaredSuccess, E: DeclaredError>(
        &self,
    ) -> Result<Outcome<S::Output, E>, DecodeError> {
        let success = || Ok(S::decode(self)?.map(Outcome::Success));
        let failure = || Ok(E::decode(self)?.map(Outcome::Failure));
        let outcome = if S::HAS_DEFAULT {
            match failure()? {
                None => success()?,
                outcome => outcome,
            }
        } else {
            match success()? {
                None => failure()?,
                outcome => outcome,
            }
        };
        Ok(outcome.unwrap_or(Outcome::Undeclared))
    }

    /// The error for a body that has none of the declared media types.
    #[doc(hidden)]
    pub fn no_media_type(&self) -> DecodeError {
        DecodeError::new(self, "", "the body has none of the declared media types".to_owned())
    }

    fn bad_header(&self, name: &str, problem: &str) -> DecodeError {
        DecodeError::new(self, "", format!("the header `{name}` {problem}"))
    }
}

/// serde's text without the strings it quotes, which are values of the response.
fn without_values(message: &str) -> String {
    match (message.find('"'), message.rfind('"')) {
        (Some(open), Some(close)) if open < close => {
            format!("{}\"..\"{}", &message[..open], &message[close + 1..])
        }
        _ => message.to_owned(),
    }
}

/// A header's text as a number or boolean, where it is one.
fn bare(text: &str) -> Value {
    match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => text.parse::<Number>().map_or_else(|_| Value::String(text.to_owned()), Value::Number),
    }
}

// Headers and bodies may hold secrets.
impl fmt::Debug for Reply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Reply")
            .field("operation", &self.0.operation.id)
            .field("status", &self.0.status)
            .field("content_type", &self.0.headers.get(CONTENT_TYPE))
            .field("octets", &self.0.octets.len())
            .finish_non_exhaustive()
    }
}

/// A declared success: the body, by `Deref`, and what came with it.
#[derive(Clone, Debug)]
pub struct Success<T> {
    body: T,
    status: StatusCode,
    headers: HeaderMap,
}

impl<T> Success<T> {
    /// A success without headers: what a substitute of a client answers with.
    pub fn new(status: StatusCode, body: T) -> Self {
        Self { body, status, headers: HeaderMap::new() }
    }

    pub(super) fn of(reply: &Reply, body: T) -> Self {
        Self { body, status: reply.status(), headers: reply.headers().clone() }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, owned.
    pub fn into_body(self) -> T {
        self.body
    }
}

impl<T> Deref for Success<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}
