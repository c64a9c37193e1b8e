//! Parameters.

use serde::Serialize;
use serde_json::Value;

use crate::{Docs, Example, Extensions, Name, Schema};

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

impl Parameter {
    /// Whether a request always has a value for it.
    pub const fn is_always_given(&self) -> bool {
        self.required && !self.may_be_null
    }
}
