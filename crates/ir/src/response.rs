//! Responses.

use serde::Serialize;

use crate::{Content, Docs, Example, Extensions, Ir, Link, Name, Schema, Shape, Style, TypeKind};

/// What an operation declares for a status.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OperationResponse {
    /// `pascal` names the variant; the wire name is the key under `responses`.
    pub name: Name,
    /// The status, or the statuses.
    pub status: Status,
    /// The response.
    pub body: ResponseBody,
}

impl OperationResponse {
    /// Whether a client takes it for an answer: `1XX` to `3XX`.
    pub fn is_success(&self) -> bool {
        match self.status {
            Status::Code(code) => code < 400,
            Status::Range(class) => class < 4,
            Status::Default => false,
        }
    }
}

/// A response: the operation's own, or a component.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum ResponseBody {
    /// A component response.
    Shared(ResponseId),
    /// A response of this operation alone.
    Inline(Box<Response>),
}

/// Index of a component response in [`crate::Ir::responses`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ResponseId(pub usize);

/// A key under `responses`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Status {
    /// One status code.
    Code(u16),
    /// `4XX`: the first digit.
    Range(u8),
    /// `default`
    Default,
}

/// A Response Object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Response {
    /// `pascal` names its struct.
    pub name: Name,
    /// `description`
    pub docs: Docs,
    /// Its headers, in document order, `Content-Type` left out.
    pub headers: Vec<Header>,
    /// Its media types, in document order; empty where it has no body.
    pub contents: Vec<Content>,
    /// What may follow it, in document order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Whether webhooks and callbacks declare it, and no operation of `paths` does.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub events_only: bool,
    /// `x-` members.
    pub extensions: Extensions,
}

/// A header of a response.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Header {
    /// `snake` names the field.
    pub name: Name,
    /// Texts for people.
    pub docs: Docs,
    /// `deprecated`
    pub deprecated: bool,
    /// `required`
    pub required: bool,
    /// How it is written: `Simple`, or as an older version or its media type has it.
    pub style: Style,
    /// `explode`
    pub explode: bool,
    /// Its schema.
    pub schema: Schema,
    /// Examples.
    pub examples: Vec<Example>,
}

impl Header {
    /// Whether it takes the schema to read it: its type tells enough of a primitive, and of a list of them.
    pub fn is_read_by_schema(&self, ir: &Ir) -> bool {
        let is_plain = |schema: &Schema| match &schema.shape {
            Shape::Boolean | Shape::Integer(_) | Shape::Number(_) | Shape::String(_) => true,
            Shape::Named(id) => matches!(ir.ty(*id).kind, TypeKind::Enum(_)),
            _ => false,
        };
        let schema = self.schema.named(ir);
        let tells = match &schema.shape {
            Shape::Array(array) => is_plain(array.items.named(ir)) && !array.items.nullable,
            Shape::Any => true,
            _ => is_plain(schema),
        };
        self.style != Style::Json && !tells
    }
}
