//! Operations: parameters, bodies, responses.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::{
    Alternative, Docs, Event, Example, Extensions, Ir, Link, Name, Schema, Server, Shape, TagId, TypeKind,
    XmlRoot,
};

/// An operation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Operation {
    /// `snake` names the method, `pascal` begins the names of its request, response and error. The
    /// wire name is the operationId, or `GET /path` where there is none.
    pub name: Name,
    /// The operationId, where the document gives one.
    pub id: Option<String>,
    /// The HTTP method.
    pub method: Method,
    /// The path; of a webhook or callback the one that its receiver has it at, unless it says otherwise.
    pub path: PathTemplate,
    /// What is particular to a webhook or callback; `None` for an operation of `paths`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<Event>,
    /// The first of its tags.
    pub tag: TagId,
    /// Texts for people.
    pub docs: Docs,
    /// `deprecated`
    pub deprecated: bool,
    /// Path parameters in the template's order, then query, header and cookie parameters in document
    /// order, the operation's before the path item's.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<RequestBody>,
    /// Declared responses: codes ascending, then ranges, then `default`.
    pub responses: Vec<OperationResponse>,
    /// The alternatives of `security`, in document order; empty where no credential is asked for.
    pub security: Vec<Alternative>,
    /// Servers of the operation or its path item; empty where the root's hold.
    pub servers: Vec<Server>,
    /// `x-` members.
    pub extensions: Extensions,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[expect(missing_docs, reason = "the variants are the specification's own words")]
pub enum Method {
    Delete,
    Get,
    Head,
    Options,
    Patch,
    Post,
    Put,
    Trace,
}

impl Method {
    /// Every method that a Path Item Object has a field for.
    pub const ALL: [Self; 8] =
        [Self::Get, Self::Put, Self::Post, Self::Delete, Self::Options, Self::Head, Self::Patch, Self::Trace];

    /// The method on the wire, such as `GET`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "DELETE",
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Patch => "PATCH",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Trace => "TRACE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Parameter {
    /// Whether a request always has a value for it.
    pub const fn is_always_given(&self) -> bool {
        self.required && !self.may_be_null
    }
}

/// A path template.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathTemplate {
    /// The template as the document writes it, such as `/pets/{petId}`.
    pub raw: String,
    /// What stands between the slashes.
    pub segments: Vec<Vec<PathPiece>>,
}

impl PathTemplate {
    /// The parameters that no text is between, two by two, by their wire names.
    pub fn adjacent(&self) -> impl Iterator<Item = (&str, &str)> {
        self.segments.iter().flat_map(|pieces| pieces.windows(2)).filter_map(|pair| match pair {
            [PathPiece::Parameter(first), PathPiece::Parameter(second)] => {
                Some((first.as_str(), second.as_str()))
            }
            _ => None,
        })
    }
}

/// A part of a path segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum PathPiece {
    /// Fixed text.
    Literal(String),
    /// The value of a path parameter, by its wire name.
    Parameter(String),
}

/// Where a parameter stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[expect(missing_docs, reason = "the variants are the specification's own words")]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

impl Location {
    /// The value of `in`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a parameter's value is written: in a style of the specification's table, or as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the variants are the specification's own words")]
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    /// Tabs between the parts, as `collectionFormat: tsv` of 2.0 has it.
    TabDelimited,
    /// As `Form`, and nothing is percent-encoded.
    Cookie,
    DeepObject,
    /// No style: `content` of JSON, and what no style can write.
    Json,
}

/// A parameter of a request.
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the Parameter Object")]
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// `snake` names the field.
    pub name: Name,
    /// Where it stands.
    pub location: Location,
    /// Texts for people.
    pub docs: Docs,
    /// `deprecated`
    pub deprecated: bool,
    /// `required`
    pub required: bool,
    /// `style`, or the location's default.
    pub style: Style,
    /// `explode`, or the style's default.
    pub explode: bool,
    /// `allowReserved`
    pub allow_reserved: bool,
    /// Whether an empty text stands for no value: `allowEmptyValue`, or `null`.
    pub allow_empty: bool,
    /// Whether it may be there without a value, though it is required.
    pub may_be_null: bool,
    /// Its schema.
    pub schema: Schema,
    /// `default`: what the server fills in where a query, header or cookie parameter is absent.
    pub default: Option<Value>,
    /// Examples.
    pub examples: Vec<Example>,
    /// `x-` members.
    pub extensions: Extensions,
}

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
