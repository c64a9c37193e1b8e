//! What a schema asks of a value besides its type.

use serde::Serialize;
use serde_json::Value;

use crate::{Number, Schema, StringShape};

/// A keyword that a value is held against, as JSON Schema has it: one that is about another type than
/// the value's says nothing. The schemas inside are of any shape with rules of their own, or name a
/// type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Rule {
    /// `enum`, `const`: one of these values.
    Values(Vec<Value>),
    /// `type`
    Types(Vec<JsonType>),
    /// A schema that holds besides: `allOf`, `$ref`.
    Fits(Box<Schema>),
    /// `not`
    Not(Box<Schema>),
    /// `anyOf`
    AnyOf(Vec<Schema>),
    /// `oneOf`
    OneOf(Vec<Schema>),
    /// `if`, `then`, `else`
    If {
        /// The condition.
        condition: Box<Schema>,
        /// What holds where it is met.
        then: Option<Box<Schema>>,
        /// What holds where it is not.
        otherwise: Option<Box<Schema>>,
    },
    /// The bounds of a number.
    Number(Number),
    /// Length, pattern and format of a string.
    Text(StringShape),
    /// `prefixItems`
    Prefix(Vec<Schema>),
    /// `items`: of those from a position on.
    Items {
        /// How many come before.
        from: usize,
        /// The schema of each.
        schema: Box<Schema>,
    },
    /// `minItems`, `maxItems`
    ItemCount(Count),
    /// `uniqueItems`
    Unique,
    /// `contains`, with `minContains` and `maxContains`.
    Contains {
        /// What is looked for.
        schema: Box<Schema>,
        /// How often.
        count: Count,
    },
    /// `unevaluatedItems`
    UnevaluatedItems(Box<Schema>),
    /// `required`
    Required(Vec<String>),
    /// `properties`
    Properties(Vec<(String, Schema)>),
    /// `patternProperties`, and `additionalProperties` beside them.
    Members {
        /// The names of `properties`, which neither is about.
        known: Vec<String>,
        /// Patterns of names, and the schemas of what they match.
        patterns: Vec<(String, Schema)>,
        /// What all others have to fit.
        rest: Option<Box<Schema>>,
    },
    /// `minProperties`, `maxProperties`
    MemberCount(Count),
    /// `propertyNames`
    Names(Box<Schema>),
    /// `dependentRequired`: the names that a member asks for.
    DependentRequired {
        /// The member.
        name: String,
        /// What has to be there with it.
        names: Vec<String>,
    },
    /// `dependentSchemas`: what holds where there is a member.
    DependentSchema {
        /// The member.
        name: String,
        /// What holds with it.
        schema: Box<Schema>,
    },
    /// `unevaluatedProperties`
    UnevaluatedProperties(Box<Schema>),
}

/// The types of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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

/// Both ends of a count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The least.
    pub min: Option<u64>,
    /// The greatest.
    pub max: Option<u64>,
}

impl JsonType {
    /// The type of that name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::Null,
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    /// The name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// Whether a value is of the type.
    pub fn is_of(self, value: &Value) -> bool {
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
}

impl Rule {
    /// Calls `visit` with every schema of the rule, those inside of them included.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Schema)) {
        match self {
            Self::Fits(schema)
            | Self::Not(schema)
            | Self::Items { schema, .. }
            | Self::Contains { schema, .. }
            | Self::UnevaluatedItems(schema)
            | Self::Names(schema)
            | Self::DependentSchema { schema, .. }
            | Self::UnevaluatedProperties(schema) => walk_all(schema, visit),
            Self::AnyOf(schemas) | Self::OneOf(schemas) | Self::Prefix(schemas) => {
                for schema in schemas {
                    walk_all(schema, visit);
                }
            }
            Self::If { condition, then, otherwise } => {
                let parts = [Some(condition), then.as_ref(), otherwise.as_ref()];
                parts.into_iter().flatten().for_each(|schema| walk_all(schema, visit));
            }
            Self::Properties(properties) => {
                for (_, schema) in properties {
                    walk_all(schema, visit);
                }
            }
            Self::Members { patterns, rest, .. } => {
                let schemas = patterns.iter().map(|(_, schema)| schema).chain(rest.as_deref());
                schemas.for_each(|schema| walk_all(schema, visit));
            }
            Self::Values(_)
            | Self::Types(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::ItemCount(_)
            | Self::Unique
            | Self::Required(_)
            | Self::MemberCount(_)
            | Self::DependentRequired { .. } => {}
        }
    }
}

impl Rule {
    /// Calls `visit` with every schema of the rule, those inside of them and of their rules included.
    pub fn walk_mut(&mut self, visit: &mut dyn FnMut(&mut Schema)) {
        match self {
            Self::Fits(schema)
            | Self::Not(schema)
            | Self::Items { schema, .. }
            | Self::Contains { schema, .. }
            | Self::UnevaluatedItems(schema)
            | Self::Names(schema)
            | Self::DependentSchema { schema, .. }
            | Self::UnevaluatedProperties(schema) => schema.walk_mut(visit),
            Self::AnyOf(schemas) | Self::OneOf(schemas) | Self::Prefix(schemas) => {
                for schema in schemas {
                    schema.walk_mut(visit);
                }
            }
            Self::If { condition, then, otherwise } => {
                let parts = [Some(condition), then.as_mut(), otherwise.as_mut()];
                parts.into_iter().flatten().for_each(|schema| schema.walk_mut(visit));
            }
            Self::Properties(properties) => {
                for (_, schema) in properties {
                    schema.walk_mut(visit);
                }
            }
            Self::Members { patterns, rest, .. } => {
                let schemas = patterns.iter_mut().map(|(_, schema)| schema).chain(rest.as_deref_mut());
                schemas.for_each(|schema| schema.walk_mut(visit));
            }
            Self::Values(_)
            | Self::Types(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::ItemCount(_)
            | Self::Unique
            | Self::Required(_)
            | Self::MemberCount(_)
            | Self::DependentRequired { .. } => {}
        }
    }
}

fn walk_all<'a>(schema: &'a Schema, visit: &mut dyn FnMut(&'a Schema)) {
    schema.walk(&mut |inner| visit(inner));
    schema.walk_rules(visit);
}
