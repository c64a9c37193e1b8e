//! What a schema asks of a value besides its type, a keyword each.

use serde_json::Value;

use crate::{Pattern, Schema};

/// A keyword that a value is held against, as JSON Schema has it: one that is about another type than the
/// value's says nothing.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Rule {
    /// `enum`, `const`: one of these values, which are JSON texts.
    Values(&'static [&'static str]),
    /// `type`
    Types(&'static [JsonType]),
    /// A schema that holds besides.
    Fits(&'static Schema),
    /// What a value of the schema's own type has to fit: bounds, lengths, counts.
    When(&'static Schema),
    /// `not`
    Not(&'static Schema),
    /// `anyOf`
    AnyOf(&'static [Schema]),
    /// `oneOf`
    OneOf(&'static [Schema]),
    /// `if`, `then`, `else`
    If(&'static Schema, Option<&'static Schema>, Option<&'static Schema>),
    /// `prefixItems`
    Prefix(&'static [Schema]),
    /// `items`, of those from a position on.
    Items(usize, &'static Schema),
    /// `contains`, with `minContains` and `maxContains`.
    Contains(&'static Schema, Option<u64>, Option<u64>),
    /// `unevaluatedItems`
    UnevaluatedItems(&'static Schema),
    /// `required`
    Required(&'static [&'static str]),
    /// `properties`
    Properties(&'static [(&'static str, Schema)]),
    /// `patternProperties`, and `additionalProperties` beside them: what is about names that are not among
    /// the known.
    Members {
        /// The names of `properties`.
        known: &'static [&'static str],
        /// Patterns of names, and the schemas of what they match.
        patterns: &'static [(&'static Pattern, Schema)],
        /// What all others have to fit.
        rest: Option<&'static Schema>,
    },
    /// `propertyNames`
    Names(&'static Schema),
    /// `dependentRequired`: the names that a member asks for.
    DependentRequired(&'static str, &'static [&'static str]),
    /// `dependentSchemas`: what holds where there is a member.
    DependentSchema(&'static str, &'static Schema),
    /// `unevaluatedProperties`
    UnevaluatedProperties(&'static Schema),
}

/// The types of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the specification's own words")]
pub enum JsonType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl JsonType {
    /// Whether a value is of the type.
    pub(crate) fn is_of(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Null, Value::Null)
            | (Self::Boolean, Value::Bool(_))
            | (Self::Number, Value::Number(_))
            | (Self::String, Value::String(_))
            | (Self::Array, Value::Array(_))
            | (Self::Object, Value::Object(_)) => true,
            (Self::Integer, Value::Number(number)) => {
                !number.is_f64() || number.as_f64().is_some_and(|real| real.fract() == 0.0)
            }
            _ => false,
        }
    }

    /// With its article.
    pub(crate) const fn phrase(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}
