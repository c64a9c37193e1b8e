//! Request bodies, and what bodies of both sides are written as.

use serde::Serialize;

use crate::{Docs, Example, Extensions, Name, Schema, Style, XmlRoot};

/// A request body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RequestBody {
    /// `snake` names the field, `pascal` the enum of several media types.
    pub name: Name,
    /// Texts for people.
    pub docs: Docs,
    /// `required`
    pub required: bool,
    /// Its media types, in document order; never empty.
    pub contents: Vec<Content>,
    /// `x-` members.
    pub extensions: Extensions,
}

/// A body in one media type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Content {
    /// `pascal` names the variant where there are several; the wire name is the media type.
    pub name: Name,
    /// How it is written.
    pub kind: BodyKind,
    /// Examples.
    pub examples: Vec<Example>,
}

/// How a body is written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum BodyKind {
    /// `application/json` and every `+json` type.
    Json(Box<Schema>),
    /// `application/xml`, `text/xml` and every `+xml` type.
    Xml(Box<XmlRoot>),
    /// `application/x-www-form-urlencoded`
    Form(Box<Form>),
    /// `multipart/form-data`, and other multipart types whose parts have names.
    Multipart(Box<Form>),
    /// Text that is a value: a number, a boolean, a date, a string with constraints.
    Scalar(Box<Schema>),
    /// `text/plain` and other text.
    Text,
    /// Octets.
    Bytes,
    /// `text/event-stream`: events whose data are of this schema.
    Events(Box<Schema>),
    /// JSON of this schema, value after value: `application/jsonl`, `application/json-seq`.
    Items(Box<Schema>),
}

impl BodyKind {
    /// The schema of its value, or of the values that it streams, where it has one.
    pub const fn schema(&self) -> Option<&Schema> {
        match self {
            Self::Json(schema) | Self::Scalar(schema) | Self::Events(schema) | Self::Items(schema) => {
                Some(schema)
            }
            Self::Xml(root) => Some(&root.schema),
            Self::Form(form) | Self::Multipart(form) => Some(&form.schema),
            Self::Text | Self::Bytes => None,
        }
    }

    /// The schema of its value, where it is in memory as a whole.
    pub const fn value(&self) -> Option<&Schema> {
        match self {
            Self::Events(_) | Self::Items(_) => None,
            _ => self.schema(),
        }
    }

    /// Whether whoever receives it reads it as it comes.
    pub const fn is_streamed(&self) -> bool {
        matches!(self, Self::Bytes | Self::Events(_) | Self::Items(_))
    }

    /// The schema of its value, or of the values that it streams, where it has one.
    pub const fn schema_mut(&mut self) -> Option<&mut Schema> {
        match self {
            Self::Json(schema) | Self::Scalar(schema) | Self::Events(schema) | Self::Items(schema) => {
                Some(schema)
            }
            Self::Xml(root) => Some(&mut root.schema),
            Self::Form(form) | Self::Multipart(form) => Some(&mut form.schema),
            Self::Text | Self::Bytes => None,
        }
    }
}

/// A body that is made of named values.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Form {
    /// Its schema: an object, never `null`.
    pub schema: Schema,
    /// The properties that are not written as their schemas have it, in document order.
    pub encodings: Vec<Encoding>,
}

/// How a property of a form is written: an Encoding Object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Encoding {
    /// The property's name on the wire.
    pub property: String,
    /// How its value is written.
    pub written: Written,
    /// The headers of its parts, where a part is a struct of those and of [`VALUE`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<PartHeader>,
}

/// What a part with headers holds is the member of this name; each of the others is a header.
pub const VALUE: &str = "value";

/// How a header of a part is written; the struct of the part has its schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartHeader {
    /// Its name.
    pub wire: String,
    /// `style`
    pub style: Style,
    /// `explode`
    pub explode: bool,
}

/// How a value is written. Without an Encoding Object a primitive is its text, an object is JSON, and
/// the items of an array are written so one by one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Written {
    /// As without an Encoding Object.
    Plain,
    /// `contentType`, as the media type of a part.
    Part(String),
    /// `contentType`: as JSON, the items of an array one by one.
    Json,
    /// `style`, `explode`, `allowReserved`: as a query parameter would be.
    Styled {
        /// `style`, or `form`.
        style: Style,
        /// `explode`, or the style's default.
        explode: bool,
        /// `allowReserved`
        allow_reserved: bool,
    },
}
