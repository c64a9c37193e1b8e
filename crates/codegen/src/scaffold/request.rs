//! The requests that the scaffold's test sends.
//!
//! A request is chosen only where it is sure to reach its operation: its path is no other operation's,
//! and all it holds can be written in HTTP as it stands.

use serde_json::Value;
use specwright_ir::{
    BodyKind, Content, Ir, Location, Method, Operation, Parameter, PathPiece, RequestBody, Style,
};

use super::sample::samples;

/// Methods whose requests and answers have no rules of their own, those first that change nothing.
const METHODS: [Method; 5] = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];

/// A longer body says no more.
const LONG: usize = 1000;

/// A request as text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    method: Method,
    target: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
}

impl Request {
    /// A legal request for an operation that asks for no credential.
    pub fn unwritten(ir: &Ir) -> Option<Self> {
        let is_open = |operation: &&Operation| {
            let mut alternatives = operation.security.iter();
            operation.security.is_empty() || alternatives.any(|alternative| alternative.schemes.is_empty())
        };
        in_order(ir).filter(is_open).find_map(|operation| Self::legal(ir, operation))
    }

    /// A request for an operation that asks for a credential, which goes before all that is wrong with
    /// the request.
    pub fn secured(ir: &Ir) -> Option<Self> {
        let is_closed = |operation: &&Operation| {
            let mut alternatives = operation.security.iter();
            !operation.security.is_empty() && alternatives.all(|alternative| !alternative.schemes.is_empty())
        };
        in_order(ir).filter(is_closed).find_map(|operation| {
            let target = path(ir, operation, |_| Some("example".to_owned()))?;
            Some(Self { method: operation.method, target, headers: Vec::new(), body: None })
        })
    }

    /// The request line and the header lines.
    pub fn head(&self) -> String {
        let mut head = format!("{} {} HTTP/1.1", self.method, self.target);
        for (name, value) in &self.headers {
            head.extend(["\r\n", name, ": ", value]);
        }
        if let Some(body) = &self.body {
            head.extend(["\r\nContent-Length: ", &body.len().to_string()]);
        }
        head
    }

    /// The body; empty where there is none.
    pub fn body(&self) -> &str {
        self.body.as_deref().unwrap_or_default()
    }

    fn legal(ir: &Ir, operation: &Operation) -> Option<Self> {
        let required = |location| {
            let parameters = operation.parameters.iter();
            parameters.filter(move |parameter| parameter.required && parameter.location == location)
        };
        if required(Location::Cookie).next().is_some() {
            return None;
        }
        let named = |name: &str| {
            let mut parameters = operation.parameters.iter();
            parameters.find(|parameter| parameter.location == Location::Path && parameter.name.wire == name)
        };
        let mut target = path(ir, operation, |name| text(ir, named(name)?))?;
        for (index, parameter) in required(Location::Query).enumerate() {
            target.push(if index == 0 { '?' } else { '&' });
            let name = plain(&parameter.name.wire)?;
            target.extend([name, "=", &text(ir, parameter)?]);
        }
        let mut headers = Vec::new();
        for parameter in required(Location::Header) {
            headers.push((plain(&parameter.name.wire)?.to_owned(), text(ir, parameter)?));
        }
        let body = match operation.body.as_ref().filter(|body| body.required) {
            None => None,
            Some(body) => {
                let (media_type, body) = self::body(ir, body)?;
                headers.push(("Content-Type".to_owned(), media_type));
                Some(body)
            }
        };
        Some(Self { method: operation.method, target, headers, body })
    }
}

/// A path that no template takes, however its parameters are filled in.
pub(super) fn unknown_path(ir: &Ir) -> String {
    let mut path = "/nowhere".to_owned();
    while ir.api_operations().any(|operation| may_match(operation, &path)) {
        path.push_str("/nowhere");
    }
    path
}

/// The operations in the order in which they are tried.
fn in_order(ir: &Ir) -> impl Iterator<Item = &Operation> {
    METHODS
        .into_iter()
        .flat_map(|method| ir.api_operations().filter(move |operation| operation.method == method))
}

/// The operation's path with these values in it; `None` where it may be taken for another's.
fn path(ir: &Ir, operation: &Operation, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut path = String::new();
    for pieces in &operation.path.segments {
        path.push('/');
        for piece in pieces {
            match piece {
                PathPiece::Literal(text) => path.push_str(plain(text)?),
                PathPiece::Parameter(name) => path.push_str(&value(name)?),
            }
        }
    }
    let is_taken = ir.api_operations().filter(|other| !std::ptr::eq(*other, operation)).any(|other| {
        if has_same_shape(other, operation) {
            other.method == operation.method
        } else {
            may_match(other, &path)
        }
    });
    (!is_taken).then_some(path)
}

/// Whether two templates differ in the names of their parameters at most.
fn has_same_shape(one: &Operation, other: &Operation) -> bool {
    let shape = |operation: &Operation| -> Vec<Vec<Option<String>>> {
        let pieces = |pieces: &Vec<PathPiece>| pieces.iter().map(literal).collect();
        operation.path.segments.iter().map(pieces).collect()
    };
    shape(one) == shape(other)
}

fn literal(piece: &PathPiece) -> Option<String> {
    match piece {
        PathPiece::Literal(text) => Some(text.clone()),
        PathPiece::Parameter(_) => None,
    }
}

/// Whether a template takes a path, or might.
fn may_match(operation: &Operation, path: &str) -> bool {
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let templates = &operation.path.segments;
    segments.len() == templates.len()
        && segments.iter().zip(templates).all(|(segment, pieces)| {
            match pieces.iter().map(literal).collect::<Option<String>>() {
                Some(text) => text == *segment || plain(&text).is_none(),
                None => true,
            }
        })
}

/// A parameter's value as it stands in the request.
fn text(ir: &Ir, parameter: &Parameter) -> Option<String> {
    if !matches!(parameter.style, Style::Simple | Style::Form) {
        return None;
    }
    let mut samples = samples(ir, &parameter.schema, &parameter.examples);
    samples.find_map(|value| match value {
        Value::String(text) => plain(&text).filter(|text| !text.is_empty()).map(str::to_owned),
        Value::Bool(_) | Value::Number(_) => plain(&value.to_string()).map(str::to_owned),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    })
}

/// A body and its media type.
fn body(ir: &Ir, body: &RequestBody) -> Option<(String, String)> {
    body.contents.iter().find_map(|content| {
        let Content { name, kind, examples } = content;
        let is_plain = |octet: u8| octet.is_ascii_alphanumeric() || b"-+./".contains(&octet);
        let media_type = Some(name.wire.clone()).filter(|wire| wire.bytes().all(is_plain))?;
        let text = match kind {
            BodyKind::Json(schema) => samples(ir, schema, examples).next()?.to_string(),
            BodyKind::Xml(_)
            | BodyKind::Form(_)
            | BodyKind::Multipart(_)
            | BodyKind::Scalar(_)
            | BodyKind::Events(_)
            | BodyKind::Items(_) => return None,
            BodyKind::Text | BodyKind::Bytes => "example".to_owned(),
        };
        (text.len() <= LONG).then_some((media_type, text))
    })
}

/// A text that means itself wherever it stands in a request's head.
fn plain(text: &str) -> Option<&str> {
    let is_plain = |octet: u8| octet.is_ascii_alphanumeric() || b"-._~".contains(&octet);
    text.bytes().all(is_plain).then_some(text)
}
