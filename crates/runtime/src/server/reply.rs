//! Responses of handlers.

use axum::body::Body;
use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, SET_COOKIE};
use serde::Serialize;
use serde_json::Value;

use super::service::Response;
use crate::{Internal, style};

/// A response of several statuses: a component, or one with headers of an operation's own.
pub trait Respond {
    /// The response with this status.
    fn respond(self, status: StatusCode) -> Result<Response, Internal>;
}

/// A body that may have several media types.
pub trait ReplyBody {
    /// A reply that begins with it.
    fn begin(self, status: StatusCode) -> Reply;
}

/// What a handler answers with: it knows its status.
pub trait Render {
    /// The response.
    fn render(self) -> Result<Response, Internal>;
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
        media_type: Option<&'static str>,
        body: Result<Vec<u8>, serde_json::Error>,
    ) -> Self {
        Self(status.into_status().and_then(|status| {
            let mut response = Response::new(Body::from(body.map_err(Internal::new)?));
            *response.status_mut() = status;
            if let Some(media_type) = media_type {
                response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
            }
            Ok(response)
        }))
    }

    /// JSON.
    pub fn json<T: Serialize + ?Sized>(status: impl IntoStatus, body: &T) -> Self {
        Self::new(status, Some("application/json"), serde_json::to_vec(body))
    }

    /// Text.
    pub fn text(status: impl IntoStatus, body: impl Into<String>) -> Self {
        Self::new(status, Some("text/plain; charset=utf-8"), Ok(body.into().into_bytes()))
    }

    /// Octets.
    pub fn bytes(status: impl IntoStatus, body: impl Into<Bytes>) -> Self {
        let mut reply = Self::new(status, Some("application/octet-stream"), Ok(Vec::new()));
        if let Ok(response) = &mut reply.0 {
            *response.body_mut() = Body::from(body.into());
        }
        reply
    }

    /// No body.
    pub fn empty(status: impl IntoStatus) -> Self {
        Self::new(status, None, Ok(Vec::new()))
    }

    /// With another media type.
    pub fn media_type(self, media_type: &'static str) -> Self {
        self.map(|response| {
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_str(media_type)?);
            Ok(())
        })
    }

    /// With the media type that the contract declares; a range is nothing that a response could say.
    pub fn declared_as(self, media_type: &'static str) -> Self {
        let is_said = self.0.as_ref().is_ok_and(|response| {
            let usual = response.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
            usual.split(|octet| *octet == b';').next() == Some(media_type.as_bytes())
        });
        if is_said || media_type.contains('*') { self } else { self.media_type(media_type) }
    }

    /// With a header; `None` is left out.
    pub fn header<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.with_header(name, value, false)
    }

    /// With a header whose members are written `name=value`; `None` is left out.
    pub fn header_exploded<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.with_header(name, value, true)
    }

    /// With a header; `None` is left out.
    pub fn with_header<T: Serialize + ?Sized>(self, name: &'static str, value: &T, explode: bool) -> Self {
        self.map(|response| {
            let name = HeaderName::from_bytes(name.as_bytes())?;
            let lines = match serde_json::to_value(value)? {
                // Cookies can't be joined by commas.
                Value::Array(items) if name == SET_COOKIE => items,
                value => vec![value],
            };
            for text in lines.iter().filter_map(|line| style::write::header(line, explode)) {
                response.headers_mut().append(name.clone(), HeaderValue::from_bytes(text.as_bytes())?);
            }
            Ok(())
        })
    }

    fn map(
        mut self,
        change: impl FnOnce(&mut Response) -> Result<(), Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
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
