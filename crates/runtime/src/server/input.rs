//! From a request to its type: every getter notes its violations and goes on.

use std::fmt;

#[cfg(feature = "xml")]
use http::header::CONTENT_TYPE;
use http::request::Parts;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::body::Payload;
use super::nesting;
use super::path::Captures;
use super::service::Service;
use super::typed;
use crate::validate::{is_surely_valid, validate};
use crate::{
    ByteStream, Constraint, ContentKind, EventStream, JsonLines, Location, Operation, Parameter, Rejection,
    Style, Violation, file, multipart, style, whole,
};

/// An operation's request.
pub trait FromCall: Sized {
    /// Decodes it. Each getter is called before the first failure is returned, so that all violations
    /// are found.
    fn from_call(input: &mut Input<'_>) -> Result<Self, Invalid>;
}

/// A body of several media types.
pub trait FromBody: Sized {
    /// Decodes it from the declared media type that the request's matches.
    fn from_body(input: &mut Input<'_>, media_type: &str) -> Result<Self, Invalid>;
}

/// A part of the request is not what the contract declares; the [`Input`] has noted what is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invalid(());

impl fmt::Display for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the request breaks the contract")
    }
}

impl std::error::Error for Invalid {}

/// A request that is being decoded.
pub struct Input<'a> {
    operation: &'static Operation,
    parts: &'a Parts,
    captures: &'a Captures,
    payload: &'a Payload,
    service: &'a dyn Service,
    violations: Vec<Violation>,
}

impl<'a> Input<'a> {
    pub(super) fn new(
        operation: &'static Operation,
        parts: &'a Parts,
        captures: &'a Captures,
        payload: &'a Payload,
        service: &'a dyn Service,
    ) -> Self {
        Self { operation, parts, captures, payload, service, violations: Vec::new() }
    }

    pub(super) fn decode<R: FromCall>(mut self) -> Result<R, Rejection> {
        let request = R::from_call(&mut self);
        match request {
            Ok(request) if self.violations.is_empty() => Ok(request),
            Err(invalid) if self.violations.is_empty() => Err(Rejection::internal(invalid)),
            _ if self.violations.iter().any(is_malformed) => Err(Rejection::malformed(self.violations)),
            _ => Err(Rejection::invalid(self.violations)),
        }
    }

    /// A path parameter.
    pub fn path<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Invalid> {
        self.parameter(Location::Path, name)
    }

    /// A query parameter.
    pub fn query<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Invalid> {
        self.parameter(Location::Query, name)
    }

    /// A header parameter.
    pub fn header<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Invalid> {
        self.parameter(Location::Header, name)
    }

    /// A cookie parameter.
    pub fn cookie<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Invalid> {
        self.parameter(Location::Cookie, name)
    }

    fn parameter<T: DeserializeOwned>(&mut self, location: Location, name: &str) -> Result<T, Invalid> {
        let Some(parameter) = self.operation.parameter(location, name) else {
            return Err(Invalid(()));
        };
        let value = match self.value(parameter) {
            Ok(value) => value,
            Err(violation) => return Err(self.note([violation])),
        };
        let Some(value) = value else {
            if parameter.required {
                return Err(self.note([Violation::new(location, name, Constraint::Required, "is required")]));
            }
            return typed::from_value(Value::Null, location, name)
                .map_err(|violation| self.note([violation]));
        };
        // What is there without a value has nothing to be validated.
        let is_empty = value.is_null() && parameter.allow_empty;
        let violations = validate(&value, parameter.schema, location, parameter.name);
        if !violations.is_empty() && !is_empty {
            return Err(self.note(violations));
        }
        typed::from_value(value, location, name).map_err(|violation| self.note([violation]))
    }

    fn value(&self, parameter: &'static Parameter) -> Result<Option<Value>, Violation> {
        let headers = &self.parts.headers;
        let value = match parameter.location {
            Location::Path => {
                let raw = self.captures.get(parameter.name);
                raw.map(|raw| style::read::path(parameter, raw)).transpose()
            }
            Location::Query => {
                let query = self.parts.uri.query().unwrap_or_default();
                match self.service.separator(parameter) {
                    Some(separator) => style::read::joined(parameter, query, separator),
                    None => style::read::query(self.operation, parameter, query),
                }
            }
            Location::Header => style::read::header(parameter, headers),
            Location::Cookie => style::read::cookie(self.operation, parameter, headers),
            Location::Body => Ok(None),
        }?;
        let default = || {
            let text = parameter.default?.as_bytes();
            let value = whole::read_json(text, |text| serde_json::from_slice(text)).ok()?;
            Some(if parameter.style == Style::Json {
                value
            } else {
                style::read::said(parameter.schema, value)
            })
        };
        Ok(value.or_else(default))
    }

    /// A JSON body.
    pub fn json<T: DeserializeOwned>(&mut self) -> Result<T, Invalid> {
        self.optional_json()?.ok_or_else(|| self.missing_body())
    }

    /// A JSON body; `None` where there is no body.
    pub fn optional_json<T: DeserializeOwned>(&mut self) -> Result<Option<T>, Invalid> {
        let Some(content) = self.payload.content else { return Ok(None) };
        let octets = &self.payload.octets;
        let limit = self.service.nesting_limit();
        if nesting::is_deeper(octets, limit) {
            let message = format!("must not nest arrays and objects more than {limit} deep");
            return Err(self.note([Violation::new(Location::Body, "", Constraint::Depth, message)]));
        }
        let schema = if let ContentKind::Json(schema) = content.kind { Some(schema) } else { None };
        if !schema.is_some_and(|schema| is_surely_valid(octets, schema)) {
            let value: Value = match serde_json::from_slice(octets) {
                Ok(value) => value,
                Err(error) => return Err(self.note([not_json(&error)])),
            };
            let violations = schema.map(|schema| validate(&value, schema, Location::Body, ""));
            if let Some(violations) = violations.filter(|violations| !violations.is_empty()) {
                return Err(self.note(violations));
            }
        }
        match typed::from_json(octets) {
            Ok(body) => Ok(Some(body)),
            // Legal where the schema takes it, and the type does not keep it apart from no body.
            Err(_) if octets.trim_ascii() == b"null" => Ok(None),
            Err(violation) => Err(self.note([violation])),
        }
    }

    /// A body of XML.
    #[cfg(feature = "xml")]
    pub fn xml<T: DeserializeOwned>(&mut self) -> Result<T, Invalid> {
        self.optional_xml()?.ok_or_else(|| self.missing_body())
    }

    /// A body of XML; `None` where there is no body.
    #[cfg(feature = "xml")]
    pub fn optional_xml<T: DeserializeOwned>(&mut self) -> Result<Option<T>, Invalid> {
        use crate::xml::read::{Manner, is_utf8, read};

        let Some(content) = self.payload.content else { return Ok(None) };
        let ContentKind::Xml(root) = content.kind else { return Err(Invalid(())) };
        let sent = self.parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !sent.is_none_or(is_utf8) {
            return Err(self.note([Violation::new(
                Location::Body,
                "",
                Constraint::Encoding,
                "is not UTF-8",
            )]));
        }
        let limit = self.service.nesting_limit().min(127);
        let (value, mut violations) = match read(&self.payload.octets, &root, limit, Manner::Strict) {
            Ok(read) => read,
            Err(violation) => return Err(self.note([violation])),
        };
        violations.extend(validate(&value, root.schema, Location::Body, ""));
        if !violations.is_empty() {
            return Err(self.note(violations));
        }
        typed::from_value(value, Location::Body, "").map(Some).map_err(|violation| self.note([violation]))
    }

    /// A form.
    pub fn form<T: DeserializeOwned>(&mut self) -> Result<T, Invalid> {
        self.optional_form()?.ok_or_else(|| self.missing_body())
    }

    /// A form; `None` where there is no body.
    pub fn optional_form<T: DeserializeOwned>(&mut self) -> Result<Option<T>, Invalid> {
        let Some(content) = self.payload.content else { return Ok(None) };
        let ContentKind::Form(form) = content.kind else { return Err(Invalid(())) };
        let value = match style::form::read(&form, &self.payload.octets) {
            Ok(value) => value,
            Err(violations) => return Err(self.note(violations)),
        };
        let violations = validate(&value, form.schema, Location::Body, "");
        if !violations.is_empty() {
            return Err(self.note(violations));
        }
        typed::from_value(value, Location::Body, "").map(Some).map_err(|violation| self.note([violation]))
    }

    /// A multipart body.
    pub fn multipart<T: DeserializeOwned>(&mut self) -> Result<T, Invalid> {
        self.optional_multipart()?.ok_or_else(|| self.missing_body())
    }

    /// A multipart body; `None` where there is no body.
    pub fn optional_multipart<T: DeserializeOwned>(&mut self) -> Result<Option<T>, Invalid> {
        let Some(content) = self.payload.content else { return Ok(None) };
        let ContentKind::Multipart(form) = content.kind else { return Err(Invalid(())) };
        let read = match &self.payload.parts {
            Ok(parts) => multipart::read::read(&form, parts),
            Err(violation) => Err(vec![violation.clone()]),
        };
        let (value, files) = match read {
            Ok(read) => read,
            Err(violations) => return Err(self.note(violations)),
        };
        let violations = validate(&value, form.schema, Location::Body, "");
        if !violations.is_empty() {
            return Err(self.note(violations));
        }
        let (read, _) = file::beside(files, || typed::from_value(value, Location::Body, ""));
        read.map(Some).map_err(|violation| self.note([violation]))
    }

    /// A text body.
    pub fn text(&mut self) -> Result<String, Invalid> {
        self.optional_text()?.ok_or_else(|| self.missing_body())
    }

    /// A text body; `None` where there is no body.
    pub fn optional_text(&mut self) -> Result<Option<String>, Invalid> {
        if self.payload.content.is_none() {
            return Ok(None);
        }
        match std::str::from_utf8(&self.payload.octets) {
            Ok(text) => Ok(Some(text.to_owned())),
            Err(_) => {
                Err(self.note([Violation::new(Location::Body, "", Constraint::Encoding, "is not UTF-8")]))
            }
        }
    }

    /// Text that is a value.
    pub fn scalar<T: DeserializeOwned>(&mut self) -> Result<T, Invalid> {
        self.optional_scalar()?.ok_or_else(|| self.missing_body())
    }

    /// Text that is a value; `None` where there is no body.
    pub fn optional_scalar<T: DeserializeOwned>(&mut self) -> Result<Option<T>, Invalid> {
        let Some(content) = self.payload.content else { return Ok(None) };
        let ContentKind::Scalar(schema) = content.kind else { return Err(Invalid(())) };
        let Some(text) = self.optional_text()? else { return Ok(None) };
        let Ok(value) = style::read::scalar(schema, &text, |text| Some(text.to_owned())) else {
            let message = "cannot be read as what the contract declares";
            return Err(self.note([Violation::new(Location::Body, "", Constraint::Type, message)]));
        };
        let violations = validate(&value, schema, Location::Body, "");
        if !violations.is_empty() {
            return Err(self.note(violations));
        }
        typed::from_value(value, Location::Body, "").map(Some).map_err(|violation| self.note([violation]))
    }

    /// A body of octets.
    pub fn bytes(&mut self) -> Result<ByteStream, Invalid> {
        self.optional_bytes()?.ok_or_else(|| self.missing_body())
    }

    /// A body of octets; `None` where there is no body.
    pub fn optional_bytes(&mut self) -> Result<Option<ByteStream>, Invalid> {
        Ok(self.payload.content.map(|_| self.payload.stream.clone()))
    }

    /// Events.
    pub fn events<T>(&mut self) -> Result<EventStream<T>, Invalid> {
        self.optional_events()?.ok_or_else(|| self.missing_body())
    }

    /// Events; `None` where there is no body.
    pub fn optional_events<T>(&mut self) -> Result<Option<EventStream<T>>, Invalid> {
        let Some(content) = self.payload.content else { return Ok(None) };
        let ContentKind::Events(schema) = content.kind else { return Err(Invalid(())) };
        Ok(Some(EventStream::of(self.payload.stream.clone()).checked(schema)))
    }

    /// JSON, value after value.
    pub fn items<T>(&mut self) -> Result<JsonLines<T>, Invalid> {
        self.optional_items()?.ok_or_else(|| self.missing_body())
    }

    /// JSON, value after value; `None` where there is no body.
    pub fn optional_items<T>(&mut self) -> Result<Option<JsonLines<T>>, Invalid> {
        let Some(content) = self.payload.content else { return Ok(None) };
        let ContentKind::Items(schema) = content.kind else { return Err(Invalid(())) };
        Ok(Some(JsonLines::of(self.payload.stream.clone()).checked(schema)))
    }

    /// A body of several media types.
    pub fn body<T: FromBody>(&mut self) -> Result<T, Invalid> {
        self.optional_body()?.ok_or_else(|| self.missing_body())
    }

    /// A body of several media types; `None` where there is no body.
    pub fn optional_body<T: FromBody>(&mut self) -> Result<Option<T>, Invalid> {
        match self.payload.content {
            Some(content) => T::from_body(self, content.media_type).map(Some),
            None => Ok(None),
        }
    }

    /// For a body whose media type is declared for the operation, but not for the body's type.
    #[doc(hidden)]
    pub fn no_media_type(&self) -> Invalid {
        Invalid(())
    }

    fn missing_body(&mut self) -> Invalid {
        self.note([Violation::new(Location::Body, "", Constraint::Required, "is required")])
    }

    fn note(&mut self, violations: impl IntoIterator<Item = Violation>) -> Invalid {
        self.violations.extend(violations);
        Invalid(())
    }
}

// What a request holds may be secret.
impl fmt::Debug for Input<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Input").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}

/// Whether a body has not the syntax of its media type.
fn is_malformed(violation: &Violation) -> bool {
    match violation.constraint {
        Constraint::Json => true,
        Constraint::Xml => violation.pointer.is_empty(),
        _ => false,
    }
}

// The error's own text is left out: it may hold what was sent.
fn not_json(error: &serde_json::Error) -> Violation {
    let message = format!("is not JSON: line {}, column {}", error.line(), error.column());
    Violation::new(Location::Body, "", Constraint::Json, message)
}
