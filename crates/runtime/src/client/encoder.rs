//! From a request's type to what goes on the wire, checked against the contract.

use std::fmt;

use http::header::{CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::Value;

use crate::target::{Pair, Part, Target};
use crate::validate::validate;
use crate::{
    ByteStream, Constraint, ContentKind, EventStream, JsonLines, Location, Operation, Parameter, Uuid,
    Violation, file, media, multipart, percent, pointer, style,
};

const OCTETS: &str = "application/octet-stream";

/// A request that is being encoded. Each function notes its violations and goes on.
pub struct Encoder {
    operation: &'static Operation,
    pub(super) path: Vec<(String, String)>,
    pub(super) query: Vec<String>,
    pub(super) headers: HeaderMap,
    cookies: Vec<String>,
    pub(super) body: Option<ByteStream>,
    violations: Vec<Violation>,
}

impl Encoder {
    pub(super) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: None,
            violations: Vec::new(),
        }
    }

    /// A path parameter.
    pub fn path<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let Some((parameter, value)) = self.parameter(Location::Path, name, value) else { return };
        self.path.push((name.to_owned(), style::write::path(parameter, &value)));
    }

    /// A query parameter; `None` is left out.
    pub fn query<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let Some((parameter, value)) = self.parameter(Location::Query, name, value) else { return };
        match style::write::query(parameter, &value) {
            Some(text) => self.query.push(text),
            // What has to be there may be there without a value.
            None if parameter.required && parameter.allow_empty => {
                self.query.push(format!("{}=", percent::encode(name)));
            }
            None => self.unwritten(parameter),
        }
    }

    /// A header parameter; `None` is left out.
    pub fn header<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let Some((parameter, value)) = self.parameter(Location::Header, name, value) else { return };
        let Some(text) = style::write::plain(parameter, &value) else {
            return self.unwritten(parameter);
        };
        let header = HeaderName::from_bytes(name.as_bytes());
        match (header, HeaderValue::from_bytes(text.as_bytes())) {
            (Ok(header), Ok(value)) => {
                self.headers.insert(header, value);
            }
            _ => self.note(Location::Header, name, Constraint::Encoding, "is not what a header may hold"),
        }
    }

    /// A cookie parameter; `None` is left out.
    pub fn cookie<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let Some((parameter, value)) = self.parameter(Location::Cookie, name, value) else { return };
        match style::write::cookie(parameter, &value) {
            Some(text) => self.cookies.push(text),
            None => self.unwritten(parameter),
        }
    }

    /// A JSON body.
    pub fn json<T: Serialize + ?Sized>(&mut self, media_type: &'static str, value: &T) {
        let (Ok(octets), Ok(value)) = (serde_json::to_vec(value), crate::value::of(value)) else {
            return self.note(Location::Body, "", Constraint::Type, "cannot be written as JSON");
        };
        if let Some(ContentKind::Json(schema)) = self.declared(media_type) {
            self.violations.extend(validate(&value, schema, Location::Body, ""));
        }
        self.content_as(media_type, "application/json", octets);
    }

    /// A body of XML.
    #[cfg(feature = "xml")]
    pub fn xml<T: Serialize + ?Sized>(&mut self, media_type: &'static str, value: &T) {
        use crate::xml::write::{to_value, write};

        let value = match to_value(value) {
            Ok(value) => value,
            Err(violation) => return self.violations.push(violation),
        };
        let Some(ContentKind::Xml(root)) = self.declared(media_type) else { return };
        self.violations.extend(validate(&value, root.schema, Location::Body, ""));
        match write(&value, &root) {
            Ok(text) => self.content(media_type, text),
            Err(violations) => self.violations.extend(violations),
        }
    }

    /// A form.
    pub fn form<T: Serialize + ?Sized>(&mut self, media_type: &'static str, value: &T) {
        let Ok(value) = crate::value::of(value) else {
            return self.note(Location::Body, "", Constraint::Type, "cannot be written as a form");
        };
        let Some(ContentKind::Form(form)) = self.declared(media_type) else { return };
        self.violations.extend(validate(&value, form.schema, Location::Body, ""));
        match style::form::write(&form, &value) {
            Ok(text) => self.content(media_type, text),
            Err(violation) => self.violations.push(violation),
        }
    }

    /// A multipart body.
    pub fn multipart<T: Serialize + ?Sized>(&mut self, media_type: &'static str, value: &T) {
        let (value, files) = file::beside(Vec::new(), || crate::value::of(value));
        let Ok(value) = value else {
            return self.note(Location::Body, "", Constraint::Type, "cannot be written in parts");
        };
        let Some(ContentKind::Multipart(form)) = self.declared(media_type) else { return };
        self.violations.extend(validate(&value, form.schema, Location::Body, ""));
        for (name, value) in value.as_object().into_iter().flatten() {
            if let Some(parameter) = form.parameter(name)
                && let Some(message) = style::write::confusing(&parameter, value)
            {
                let violation = Violation::new(Location::Body, "", Constraint::Encoding, message);
                let mut at = String::new();
                pointer::push(&mut at, name);
                self.violations.push(violation.at(at));
            }
        }
        let media_types = files.iter().filter_map(|file| file.media_type.as_deref());
        if media_types.into_iter().any(|media_type| HeaderValue::from_str(media_type).is_err()) {
            self.note(Location::Body, "", Constraint::MediaType, "has a file of an impossible media type");
        }
        let boundary = Uuid::new_v4().simple().to_string();
        let octets = match multipart::write::write(&form, &value, &files, &boundary) {
            Ok(octets) => octets,
            Err(violation) => return self.violations.push(violation),
        };
        let media_type = if media_type.contains('*') { "multipart/form-data" } else { media_type };
        self.content(&format!("{media_type}; boundary={boundary}"), octets);
    }

    /// A text body.
    pub fn text(&mut self, media_type: &'static str, text: &str) {
        self.content_as(media_type, "text/plain; charset=utf-8", text.to_owned());
    }

    /// A value as text.
    pub fn scalar<T: Serialize + ?Sized>(&mut self, media_type: &'static str, value: &T) {
        let Ok(value) = crate::value::of(value) else {
            return self.note(Location::Body, "", Constraint::Type, "cannot be written as text");
        };
        let Some(ContentKind::Scalar(schema)) = self.declared(media_type) else { return };
        self.violations.extend(validate(&value, schema, Location::Body, ""));
        self.text(media_type, &style::write::bare(&value));
    }

    /// A body of octets, of the media type that they say. A range needs one that is within it.
    pub fn bytes(&mut self, media_type: &'static str, octets: &ByteStream) {
        match octets.media_type() {
            Some(said) if media::find([media_type], said).is_none() => {
                let message = "has a media type that is not the one declared";
                self.note(Location::Body, "", Constraint::MediaType, message);
            }
            Some(said) if media_type.contains('*') || media::says(media_type, said) => {
                let said = said.to_owned();
                self.content(&said, octets.clone());
            }
            None if media::find([media_type], OCTETS).is_none() && media_type.contains('*') => {
                let message = format!("does not say which of `{media_type}` it is");
                self.note(Location::Body, "", Constraint::MediaType, &message);
            }
            _ => self.content_as(media_type, OCTETS, octets.clone()),
        }
    }

    /// Events.
    pub fn events<T>(&mut self, media_type: &'static str, events: &EventStream<T>) {
        self.content_as(media_type, "text/event-stream", events.clone().into_octets());
    }

    /// JSON, value after value.
    pub fn items<T>(&mut self, media_type: &'static str, items: &JsonLines<T>) {
        self.content_as(media_type, "application/jsonl", items.clone().into_octets(media_type));
    }

    fn declared(&self, media_type: &str) -> Option<ContentKind> {
        let mut contents = self.operation.body?.contents.iter();
        contents.find(|content| content.media_type == media_type).map(|content| content.kind)
    }

    /// A range says what may be sent, and nothing of what is.
    fn content_as(&mut self, media_type: &str, usual: &str, octets: impl Into<ByteStream>) {
        self.content(if media_type.contains('*') { usual } else { media_type }, octets);
    }

    fn content(&mut self, media_type: &str, octets: impl Into<ByteStream>) {
        match HeaderValue::from_str(media_type) {
            Ok(value) => {
                self.headers.insert(CONTENT_TYPE, value);
            }
            Err(_) => self.note(Location::Body, "", Constraint::Encoding, "has an impossible media type"),
        }
        self.body = Some(octets.into());
    }

    fn parameter<T: Serialize + ?Sized>(
        &mut self,
        location: Location,
        name: &str,
        value: &T,
    ) -> Option<(&'static Parameter, Value)> {
        let parameter = self.operation.parameter(location, name)?;
        let Ok(value) = crate::value::of(value) else {
            self.note(location, name, Constraint::Type, "cannot be written as text");
            return None;
        };
        if value.is_null() && !(parameter.required && parameter.allow_empty) {
            self.unwritten(parameter);
            return None;
        }
        if !value.is_null() {
            self.violations.extend(validate(&value, parameter.schema, location, name));
        }
        if let Some(message) = style::write::confusing(parameter, &value) {
            self.note(location, name, Constraint::Encoding, &message);
        }
        Some((parameter, value))
    }

    /// A value for which there is no text: `null`, a list or an object with nothing in it.
    fn unwritten(&mut self, parameter: &Parameter) {
        if parameter.required {
            self.note(parameter.location, parameter.name, Constraint::Required, "is required");
        }
    }

    fn note(&mut self, location: Location, name: &str, constraint: Constraint, message: &str) {
        self.violations.push(Violation::new(location, name, constraint, message));
    }

    /// Path and query, or everything that is wrong.
    pub(super) fn finish(mut self) -> Result<Encoded, Vec<Violation>> {
        let path = self.target();
        if !self.cookies.is_empty() {
            match HeaderValue::from_str(&self.cookies.join("; ")) {
                Ok(value) => {
                    self.headers.append(COOKIE, value);
                }
                Err(_) => {
                    self.note(Location::Cookie, "", Constraint::Encoding, "is not what a header may hold");
                }
            }
        }
        if self.violations.is_empty() {
            Ok(Encoded { path, query: self.query, headers: self.headers, body: self.body })
        } else {
            Err(self.violations)
        }
    }

    /// The path. A segment that is empty or made of dots would address another resource. What the
    /// template has behind a `?` goes before the other parameters, unless one of those says it.
    fn target(&mut self) -> String {
        let target = Target::of(self.operation, self.operation.path);
        let mut fixed = Vec::new();
        for Pair { name, value } in &target.query {
            let pair = match value {
                Some(Part::Literal(value)) => format!("{name}={value}"),
                Some(Part::Parameter(value)) => {
                    let found = self.path.iter().find(|(found, _)| found == value);
                    format!("{name}={}", found.map_or("", |(_, text)| text))
                }
                None => (*name).to_owned(),
            };
            let is_said = |part: &String| {
                part.split('&').any(|said| said.split('=').next() == Some(&*percent::encode(name)))
            };
            if !self.query.iter().any(is_said) {
                fixed.push(pair);
            }
        }
        self.query.splice(0..0, fixed);
        let mut path = String::new();
        for segment in target.path.split('/').skip(1) {
            path.push('/');
            let mut filled = String::new();
            let mut rest = segment;
            while let Some((literal, tail)) = rest.split_once('{') {
                let (name, tail) = tail.split_once('}').unwrap_or((tail, ""));
                filled.push_str(literal);
                let value = self.path.iter().find(|(found, _)| found == name);
                filled.push_str(value.map_or("", |(_, text)| text));
                rest = tail;
            }
            filled.push_str(rest);
            let is_missing = filled.is_empty() || filled == "." || filled == "..";
            if is_missing && let Some((_, name)) = segment.split_once('{') {
                let name = name.split_once('}').map_or(name, |(name, _)| name);
                if !self.violations.iter().any(|found| found.location == Location::Path && found.name == name)
                {
                    let message = "is empty or made of dots, which addresses another resource";
                    self.note(Location::Path, name, Constraint::PathSegment, message);
                }
            }
            path.push_str(&filled);
        }
        path
    }
}

// What a request holds may be secret.
impl fmt::Debug for Encoder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Encoder").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}

/// A request that keeps the contract.
#[derive(Clone)]
pub(super) struct Encoded {
    pub(super) path: String,
    pub(super) query: Vec<String>,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<ByteStream>,
}

/// The literals of a template may hold what a URL may not.
pub(super) fn url(base: &str, encoded: &Encoded) -> String {
    let mut url = format!("{base}{}", encoded.path.replace('?', &percent::encode("?")).replace('#', "%23"));
    if !encoded.query.is_empty() {
        url.push('?');
        url.push_str(&encoded.query.join("&"));
    }
    url
}
