//! What a request has that the contract does not allow, or lacks that it asks for.

use std::fmt;

use serde::Serialize;

/// One way in which a request breaks the contract. It never holds the value itself, which may be a
/// secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Violation {
    /// The part of the request.
    pub location: Location,
    /// The parameter's name; empty for the body.
    pub name: String,
    /// RFC 6901 pointer to the value inside of the parameter or body.
    pub pointer: String,
    /// The constraint.
    pub constraint: Constraint,
    /// For people.
    pub message: String,
}

impl Violation {
    /// A violation at a place of the request.
    pub fn new(
        location: Location,
        name: impl Into<String>,
        constraint: Constraint,
        message: impl Into<String>,
    ) -> Self {
        Self { location, name: name.into(), pointer: String::new(), constraint, message: message.into() }
    }

    /// With the place inside of the parameter or body.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.location.as_str())?;
        if !self.name.is_empty() {
            write!(formatter, " `{}`", self.name)?;
        }
        if !self.pointer.is_empty() {
            write!(formatter, " {}", self.pointer)?;
        }
        write!(formatter, " {}", self.message)
    }
}

/// The part of a request that a violation is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the variants are the specification's own words")]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
    Body,
}

impl Location {
    /// The value of `in`, or `body`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body",
        }
    }
}

macro_rules! constraints {
    ($($(#[$doc:meta])* $variant:ident => $keyword:literal,)*) => {
        /// What a violation breaks. Its text is the schema's keyword where there is one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[non_exhaustive]
        pub enum Constraint {
            $($(#[$doc])* #[serde(rename = $keyword)] $variant,)*
        }

        impl Constraint {
            /// The stable text.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $keyword,)* }
            }
        }
    };
}

constraints! {
    /// `type`
    Type => "type",
    /// `required`
    Required => "required",
    /// `additionalProperties`
    AdditionalProperties => "additionalProperties",
    /// `minProperties`
    MinProperties => "minProperties",
    /// `maxProperties`
    MaxProperties => "maxProperties",
    /// `minItems`
    MinItems => "minItems",
    /// `maxItems`
    MaxItems => "maxItems",
    /// `uniqueItems`
    UniqueItems => "uniqueItems",
    /// `minLength`
    MinLength => "minLength",
    /// `maxLength`
    MaxLength => "maxLength",
    /// `pattern`
    Pattern => "pattern",
    /// `format`
    Format => "format",
    /// `enum`
    Enum => "enum",
    /// `minimum`
    Minimum => "minimum",
    /// `maximum`
    Maximum => "maximum",
    /// `exclusiveMinimum`
    ExclusiveMinimum => "exclusiveMinimum",
    /// `exclusiveMaximum`
    ExclusiveMaximum => "exclusiveMaximum",
    /// `multipleOf`
    MultipleOf => "multipleOf",
    /// `oneOf`
    OneOf => "oneOf",
    /// `anyOf`
    AnyOf => "anyOf",
    /// `not`
    Not => "not",
    /// `contains`
    Contains => "contains",
    /// `minContains`
    MinContains => "minContains",
    /// `maxContains`
    MaxContains => "maxContains",
    /// `unevaluatedItems`
    UnevaluatedItems => "unevaluatedItems",
    /// `propertyNames`
    PropertyNames => "propertyNames",
    /// `dependentRequired`
    DependentRequired => "dependentRequired",
    /// `unevaluatedProperties`
    UnevaluatedProperties => "unevaluatedProperties",
    /// The text is not percent-encoded, not UTF-8, or not what a header may hold.
    Encoding => "encoding",
    /// A part has a media type that is not among those declared.
    MediaType => "mediaType",
    /// The body is not JSON.
    Json => "json",
    /// The body is not XML, has an element in another's place, or a character that XML cannot hold.
    Xml => "xml",
    /// A parameter that takes one value is there more than once.
    Repeated => "repeated",
    /// Values lie inside of one another too deeply.
    Depth => "depth",
    /// A path parameter is empty or a dot segment, and so would address another resource.
    PathSegment => "pathSegment",
}

impl fmt::Display for Constraint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
