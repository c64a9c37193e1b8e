//! Responses: as they came, and as the contract types them.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap, SET_COOKIE};
use serde::de::DeserializeOwned;
use serde_json::{Number, Value};

use super::error::DecodeError;
use crate::multipart::parts::{self, Broken, Part};
use crate::style::HeaderForm;
use crate::{
    ByteStream, EventStream, Form, JsonLines, Operation, Schema, Violation, file, media, multipart, pointer,
    style, whole,
};

/// What is read at once of a body that could be read piece by piece, if it says that it is not longer.
const SHORT: u64 = 64 * 1024;

/// A response, with its body unless that is left to the caller. Cloning it is cheap.
#[derive(Clone)]
pub struct Reply(Arc<Inner>);

struct Inner {
    operation: &'static Operation,
    status: StatusCode,
    headers: HeaderMap,
    octets: Bytes,
    /// What has not been read.
    stream: Option<ByteStream>,
    parts: Result<Vec<Part>, &'static str>,
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
    /// Reads a response to its end; one whose caller reads it is left as it is.
    pub(crate) async fn receive(
        operation: &'static Operation,
        response: reqwest::Response,
    ) -> Result<Self, reqwest::Error> {
        let (status, headers) = (response.status(), response.headers().clone());
        let content_type = content_type(&headers);
        let produces = operation.produces;
        let declared = produces.successes.iter().copied();
        let is_long = response.content_length().is_none_or(|length| length > SHORT);
        let is_streamed = is_long
            && (status.is_success() || status.is_redirection())
            && media::find(declared, content_type)
                .is_some_and(|at| produces.streamed.contains(&produces.successes[at]));
        let (octets, stream, parts) = if is_streamed {
            let stream = ByteStream::from_body(reqwest::Body::from(response));
            (Bytes::new(), Some(stream), Ok(Vec::new()))
        } else {
            let octets = response.bytes().await?;
            let is_multipart =
                content_type.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"));
            let parts = if is_multipart {
                let whole = ByteStream::new(octets.clone());
                let parts = parts::read(content_type, whole, usize::MAX, |_| false).await;
                parts.map_err(|broken| match broken {
                    Broken::Malformed(message) => message,
                    Broken::TooLarge => "cannot be kept",
                    #[cfg(feature = "server")]
                    Broken::Disk(_) => "cannot be kept",
                })
            } else {
                Ok(Vec::new())
            };
            (octets, None, parts)
        };
        Ok(Self(Arc::new(Inner { operation, status, headers, octets, stream, parts })))
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

    /// The body as it came; nothing where it is left to be read from [`Self::stream`].
    pub fn bytes(&self) -> &Bytes {
        &self.0.octets
    }

    /// The body as octets, read or to be read.
    pub fn stream(&self) -> ByteStream {
        let stream = self.0.stream.clone().unwrap_or_else(|| ByteStream::new(self.0.octets.clone()));
        match content_type(&self.0.headers) {
            "" => stream,
            media_type => stream.with_media_type(media_type),
        }
    }

    /// The body as events.
    pub fn events<T>(&self) -> EventStream<T> {
        EventStream::of(self.stream())
    }

    /// The body as JSON, value after value.
    pub fn items<T>(&self) -> JsonLines<T> {
        JsonLines::of(self.stream())
    }

    /// The body as a value that is written as text.
    pub fn scalar<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let text = self.text()?;
        let read = |value: Value| whole::read(value, T::deserialize).ok();
        let found = read(bare(&text)).or_else(|| read(Value::String(text)));
        found.ok_or_else(|| {
            DecodeError::new(self, "", "the text is not what the contract declares".to_owned())
        })
    }

    /// The body as a form.
    pub fn form<T: DeserializeOwned>(&self, form: &Form) -> Result<T, DecodeError> {
        let value = style::form::read(form, &self.0.octets);
        self.typed(value.map_err(|violations| self.broken(&violations))?)
    }

    /// The body as parts.
    pub fn multipart<T: DeserializeOwned>(&self, form: &Form) -> Result<T, DecodeError> {
        let parts = self.0.parts.as_ref();
        let parts = parts.map_err(|message| DecodeError::new(self, "", format!("the body {message}")))?;
        let (value, files) =
            multipart::read::read(form, parts).map_err(|violations| self.broken(&violations))?;
        file::beside(files, || self.typed(value)).0
    }

    fn typed<T: DeserializeOwned>(&self, value: Value) -> Result<T, DecodeError> {
        whole::read(value, serde_path_to_error::deserialize).map_err(|error| self.unread(error))
    }

    fn unread(&self, error: serde_path_to_error::Error<serde_json::Error>) -> DecodeError {
        let place = pointer::to(error.path());
        DecodeError::new(self, &place, without_values(&error.into_inner().to_string()))
    }

    fn broken(&self, violations: &[Violation]) -> DecodeError {
        let first = violations.first();
        let (pointer, message) = first.map_or(("", ""), |first| (&*first.pointer, &*first.message));
        DecodeError::new(self, pointer, message.to_owned())
    }

    /// The body as text.
    pub fn text(&self) -> Result<String, DecodeError> {
        let text = std::str::from_utf8(&self.0.octets);
        text.map(str::to_owned).map_err(|_| DecodeError::new(self, "", "the body is not UTF-8".to_owned()))
    }

    /// Which of these media types the body has: the one named, else the range that holds it, else the
    /// last.
    pub fn media_type(&self, declared: &[&'static str]) -> &'static str {
        let found = media::find(declared.iter().copied(), content_type(&self.0.headers));
        found.and_then(|at| declared.get(at)).or(declared.last()).copied().unwrap_or_default()
    }

    /// The body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        whole::read_json(&self.0.octets, |octets| {
            let mut reader = serde_json::Deserializer::from_slice(octets);
            let body = serde_path_to_error::deserialize(&mut reader).map_err(|error| self.unread(error))?;
            reader.end().map_err(|error| DecodeError::new(self, "", error.to_string()))?;
            Ok(body)
        })
    }

    /// The body as XML whose root element is this.
    #[cfg(feature = "xml")]
    pub fn xml<T: DeserializeOwned>(&self, root: &crate::Root) -> Result<T, DecodeError> {
        use crate::xml::read::{Manner, is_utf8, read};

        let media_type = self.0.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !media_type.is_none_or(is_utf8) {
            return Err(DecodeError::new(self, "", "the body is not UTF-8".to_owned()));
        }
        let read = read(&self.0.octets, root, 127, Manner::Lenient);
        let (value, violations) = read.map_err(|violation| self.broken(&[violation]))?;
        if violations.is_empty() { self.typed(value) } else { Err(self.broken(&violations)) }
    }

    /// A header as `T`: text, a number, a boolean, or a list or an object of those. `None` or an error
    /// where it is absent, as `T` has it.
    pub fn header<T: DeserializeOwned>(&self, name: &str) -> Result<T, DecodeError> {
        self.header_as(name, HeaderForm::Plain)
    }

    /// The same, written in this form.
    pub fn header_as<T: DeserializeOwned>(&self, name: &str, form: HeaderForm) -> Result<T, DecodeError> {
        let mut texts = Vec::new();
        for value in self.0.headers.get_all(name) {
            let text = std::str::from_utf8(value.as_bytes());
            texts.push(text.map_err(|_| self.bad_header(name, "is not UTF-8"))?);
        }
        let read = |value: Value| whole::read(value, T::deserialize).ok();
        let found = match texts.as_slice() {
            [] => return read(Value::Null).ok_or_else(|| self.bad_header(name, "is missing")),
            _ if form == HeaderForm::Json => {
                let read =
                    whole::read_json(texts.join(",").as_bytes(), |octets| serde_json::from_slice(octets));
                return read.map_err(|_| self.bad_header(name, "is not JSON as the contract declares"));
            }
            [text] => read(Value::String((*text).to_owned())).or_else(|| read(bare(text))),
            _ => None,
        };
        let separator = form.separator();
        // Cookies have commas of their own.
        let is_cookie = name.eq_ignore_ascii_case(SET_COOKIE.as_str());
        let items = || {
            let items = texts
                .iter()
                .flat_map(|text| if is_cookie { vec![*text] } else { text.split(separator).collect() });
            items.map(str::trim)
        };
        found
            .or_else(|| read(items().map(|item| Value::String(item.to_owned())).collect()))
            .or_else(|| read(items().map(bare).collect()))
            .or_else(|| read(members(items(), form, |text| Value::String(text.to_owned()))?))
            .or_else(|| read(members(items(), form, bare)?))
            .ok_or_else(|| self.bad_header(name, "cannot be read as what the contract declares"))
    }

    /// A header that is written in this form, and read as this schema has it.
    #[doc(hidden)]
    pub fn header_of<T: DeserializeOwned>(
        &self,
        name: &'static str,
        form: HeaderForm,
        schema: &'static Schema,
    ) -> Result<T, DecodeError> {
        let parameter = form.parameter(name, schema);
        let unread = || self.bad_header(name, "cannot be read as what the contract declares");
        match style::read::header(&parameter, &self.0.headers) {
            Ok(Some(value)) => whole::read(value, T::deserialize).map_err(|_| unread()),
            Ok(None) => T::deserialize(Value::Null).map_err(|_| self.bad_header(name, "is missing")),
            Err(_) => Err(unread()),
        }
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

fn content_type(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
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

/// The members of an object: names and values by turns, or `name=value`.
fn members<'a>(
    mut items: impl Iterator<Item = &'a str>,
    form: HeaderForm,
    value: impl Fn(&str) -> Value,
) -> Option<Value> {
    let mut members = serde_json::Map::new();
    while let Some(item) = items.next() {
        let (name, text) = match form {
            HeaderForm::Exploded => item.split_once('=')?,
            _ => (item, items.next()?),
        };
        members.insert(name.to_owned(), value(text));
    }
    Some(Value::Object(members))
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
