//! Responses of handlers.

use std::error::Error;

use axum::body::Body;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, SET_COOKIE, VARY};
use serde::Serialize;
use serde_json::Value;

use super::asked::Asked;
use super::service::Response;
use crate::style::HeaderForm;
use crate::{ByteStream, EventStream, Form, Internal, JsonLines, Uuid, file, media, multipart, style};

const TEXT: &str = "text/plain; charset=utf-8";
const OCTETS: &str = "application/octet-stream";

/// A response of several statuses: a component, or one with headers of an operation's own.
pub trait Respond {
    /// The response with this status.
    fn respond(self, status: StatusCode, asked: &Asked) -> Result<Response, Internal>;
}

/// A body that may have several media types.
pub trait ReplyBody {
    /// A reply that begins with it.
    fn begin(self, status: StatusCode, asked: &Asked) -> Reply;
}

/// What a handler answers with: it knows its status.
pub trait Render {
    /// The response.
    fn render(self, asked: &Asked) -> Result<Response, Internal>;
}

/// A status code, or its number.
pub trait IntoStatus {
    /// The status code.
    fn into_status(self) -> Result<StatusCode, Internal>;
}

impl IntoStatus for StatusCode {
    fn into_status(self) -> Result<StatusCode, Internal> {
        Ok(self)
    }
}

impl IntoStatus for u16 {
    fn into_status(self) -> Result<StatusCode, Internal> {
        StatusCode::from_u16(self).map_err(Internal::new)
    }
}

/// A response in the making.
#[derive(Debug)]
#[must_use]
pub struct Reply(Result<Response, Internal>);

impl Reply {
    fn new(
        status: impl IntoStatus,
        media_type: Option<&str>,
        body: Result<Body, Box<dyn Error + Send + Sync>>,
    ) -> Self {
        Self(status.into_status().and_then(|status| {
            let mut response = Response::new(body.map_err(Internal::new)?);
            *response.status_mut() = status;
            if let Some(media_type) = media_type {
                let media_type = HeaderValue::from_str(media_type).map_err(Internal::new)?;
                response.headers_mut().insert(CONTENT_TYPE, media_type);
            }
            Ok(response)
        }))
    }

    /// JSON.
    pub fn json<T: Serialize + ?Sized>(status: impl IntoStatus, body: &T) -> Self {
        let body = serde_json::to_vec(body).map(Body::from).map_err(Into::into);
        Self::new(status, Some("application/json"), body)
    }

    /// A form.
    pub fn form<T: Serialize + ?Sized>(status: impl IntoStatus, body: &T, form: &Form) -> Self {
        let body = crate::value::of(body).map_err(Into::into).and_then(|value| {
            let text = style::form::write(form, &value);
            text.map(Body::from).map_err(|violation| violation.to_string().into())
        });
        Self::new(status, Some("application/x-www-form-urlencoded"), body)
    }

    /// Parts.
    pub fn multipart<T: Serialize + ?Sized>(status: impl IntoStatus, body: &T, form: &Form) -> Self {
        let boundary = Uuid::new_v4().simple().to_string();
        let (value, files) = file::beside(Vec::new(), || crate::value::of(body));
        let body = value.map_err(Into::into).and_then(|value| {
            let parts = multipart::write::write(form, &value, &files, &boundary);
            parts.map(Body::new).map_err(|violation| violation.to_string().into())
        });
        Self::new(status, Some(&format!("multipart/form-data; boundary={boundary}")), body)
    }

    /// XML.
    #[cfg(feature = "xml")]
    pub fn xml<T: Serialize + ?Sized>(status: impl IntoStatus, body: &T, root: &crate::Root) -> Self {
        match crate::xml::write::document(body, root) {
            Ok(text) => Self::new(status, Some("application/xml"), Ok(Body::from(text))),
            Err(violations) => Self(Err(Internal::new(NotXml(violations)))),
        }
    }

    /// Text.
    pub fn text(status: impl IntoStatus, body: impl Into<String>) -> Self {
        Self::new(status, Some(TEXT), Ok(Body::from(body.into())))
    }

    /// A value as text.
    pub fn scalar<T: Serialize + ?Sized>(status: impl IntoStatus, body: &T) -> Self {
        let body = crate::value::of(body).map(|value| Body::from(style::write::bare(&value)));
        Self::new(status, Some(TEXT), body.map_err(Into::into))
    }

    /// Octets, of the media type that they say.
    pub fn bytes(status: impl IntoStatus, body: impl Into<ByteStream>) -> Self {
        let body = body.into();
        let media_type = body.media_type().unwrap_or(OCTETS).to_owned();
        Self::new(status, Some(&media_type), Ok(Body::new(body)))
    }

    /// Events.
    pub fn events<T>(status: impl IntoStatus, body: EventStream<T>) -> Self {
        Self::new(status, Some("text/event-stream"), Ok(Body::new(body.into_octets())))
    }

    /// JSON, value after value, as a media type has it.
    pub fn items<T>(status: impl IntoStatus, body: JsonLines<T>, media_type: &'static str) -> Self {
        Self::new(status, Some(media_type), Ok(Body::new(body.into_octets(media_type))))
    }

    /// No body.
    pub fn empty(status: impl IntoStatus) -> Self {
        Self::new(status, None, Ok(Body::empty()))
    }

    /// With another media type.
    pub fn media_type(self, media_type: &'static str) -> Self {
        self.map(|response| {
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_str(media_type)?);
            Ok(())
        })
    }

    /// With the media type that the contract declares, unless the response says one that this one has
    /// room for: a range, or the same with other parameters. A range has no room for others.
    pub fn declared_as(self, media_type: &'static str) -> Self {
        let said = self.0.as_ref().ok().and_then(|response| response.headers().get(CONTENT_TYPE));
        let said = said.and_then(|value| value.to_str().ok()).unwrap_or_default();
        if media::says(media_type, said) {
            return self;
        }
        let parameters = said.strip_prefix("multipart/form-data").map(str::to_owned);
        match parameters {
            _ if media_type.contains('*') => {
                let problem = format!("the response is `{said}`, and the contract declares `{media_type}`");
                self.map(|_| Err(problem.into()))
            }
            // The boundary goes with the parts.
            Some(boundary) => self.map(|response| {
                let media_type = HeaderValue::from_str(&format!("{media_type}{boundary}"))?;
                response.headers_mut().insert(CONTENT_TYPE, media_type);
                Ok(())
            }),
            None => self.media_type(media_type),
        }
    }

    /// Chosen by what the caller takes, which caches have to know.
    pub fn negotiated(self) -> Self {
        self.map(|response| {
            response.headers_mut().append(VARY, HeaderValue::from_static("accept"));
            Ok(())
        })
    }

    /// With a header; `None` is left out.
    pub fn header<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.with_header(name, value, HeaderForm::Plain)
    }

    /// With a header whose members are written `name=value`; `None` is left out.
    pub fn header_exploded<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.with_header(name, value, HeaderForm::Exploded)
    }

    /// With a header; `None` is left out.
    pub fn with_header<T: Serialize + ?Sized>(self, name: &'static str, value: &T, form: HeaderForm) -> Self {
        self.map(|response| {
            let name = HeaderName::from_bytes(name.as_bytes())?;
            let lines = match crate::value::of(value)? {
                // Cookies can't be joined by commas.
                Value::Array(items) if name == SET_COOKIE => items,
                value => vec![value],
            };
            for text in lines.iter().filter_map(|line| style::write::header(line, form)) {
                response.headers_mut().append(name.clone(), HeaderValue::from_bytes(text.as_bytes())?);
            }
            Ok(())
        })
    }

    fn map(mut self, change: impl FnOnce(&mut Response) -> Result<(), Box<dyn Error + Send + Sync>>) -> Self {
        if let Ok(response) = &mut self.0
            && let Err(error) = change(response)
        {
            self.0 = Err(Internal::new(error));
        }
        self
    }

    /// The response.
    pub fn finish(self) -> Result<Response, Internal> {
        self.0
    }
}

/// What a handler answered with is nothing that XML can hold.
#[cfg(feature = "xml")]
#[derive(Debug)]
struct NotXml(Vec<crate::Violation>);

#[cfg(feature = "xml")]
impl std::fmt::Display for NotXml {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let texts: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        write!(formatter, "the response cannot be written as XML: {}", texts.join("; "))
    }
}

#[cfg(feature = "xml")]
impl Error for NotXml {}
