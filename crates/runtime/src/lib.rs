//! The small library that generated code links to.
//!
//! Generated code names things and wires them; what it calls is here. Without features: what types,
//! operations and responses need, on either side of the wire. With `server`: routing, decoding,
//! rejections. With `client`: encoding, sending, typed answers.

pub mod answer;
pub mod content;
mod date_time;
pub mod examples;
pub mod file;
pub mod formats;
pub mod integers;
pub mod integral;
pub mod literal;
pub mod object;
pub mod operation;
pub mod parameter;
pub mod patch;
pub mod pattern;
pub mod rejection;
pub mod rule;
pub mod schema;
pub mod setters;
mod span;
pub mod stream;
pub mod style;
pub mod tables;
pub mod texts;
pub mod union;
pub mod validate;
pub mod views;
pub mod violation;
pub mod xml;

#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "server")]
pub mod server;
#[cfg(all(feature = "testing", feature = "client", feature = "server"))]
pub mod testing;

#[cfg(any(feature = "client", feature = "server"))]
mod media;
#[cfg(any(feature = "client", feature = "server"))]
mod multipart;
mod percent;
mod pointer;
#[cfg(any(feature = "client", feature = "server"))]
mod target;
mod value;
mod whole;

pub use answer::{Answers, Declares, Failure, Internal, OperationError, Unavailable, Unimplemented};
pub use content::{Body, Content, ContentKind, Encoding, Form, Produces};
pub use date_time::DateTime;
pub use file::File;
pub use formats::{Base64, Base64Url, Secret};
pub use integral::integral;
pub use operation::{Operation, Scheme, SchemeKind, SchemeUse, Server, ServerVariable};
pub use parameter::{Parameter, Style};
pub use patch::{Nullable, Patch};
pub use pattern::Pattern;
pub use rejection::{Rejection, RejectionKind};
pub use rule::{JsonType, Rule};
pub use schema::{Described, Format, Groups, Property, Schema, Width};
pub use stream::{ByteStream, Event, EventStream, ItemError, JsonLines, StreamError};
pub use style::HeaderForm;
pub use union::{Alternative, OneOf};
pub use views::{UnknownVariant, map_values, try_map_values};
pub use violation::{Constraint, Location, Violation};
pub use xml::{Root, Xml};

pub use bytes::Bytes;
pub use http::{Method, StatusCode};
/// `format: date`
pub use jiff::civil::Date;
pub use serde_json::{Number, Value};
/// `format: uuid`
pub use uuid::Uuid;

/// What the macros of this crate expand to.
#[doc(hidden)]
pub mod private {
    pub use crate::span::{Callsite, metadata as span_metadata};
    #[cfg(feature = "server")]
    pub use crate::tables::in_class;
    pub use crate::tables::status;
    pub use serde;
    pub use serde_json::{Result as JsonResult, from_value};
    pub use tracing;
}
