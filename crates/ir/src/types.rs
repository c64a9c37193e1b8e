//! Types with a name of their own.

use serde::Serialize;
use serde_json::Value;

use crate::{Docs, Example, Extensions, Name, RequiredGroups, Rule, Schema, Union, Xml};

/// Index of a type in [`crate::Ir::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TypeId(pub usize);

/// A component schema, or an inline one that needs a name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Type {
    /// `pascal` names the type, `snake` its file.
    pub name: Name,
    /// Texts for people.
    pub docs: Docs,
    /// `deprecated`
    pub deprecated: bool,
    /// The directions in which values of it travel.
    pub usage: Usage,
    /// The other view of its schema, where what is sent differs from what comes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<View>,
    /// What it is.
    pub kind: TypeKind,
    /// What its values have to keep besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// Examples that stand on the schema itself.
    pub examples: Vec<Example>,
    /// `x-` members.
    pub extensions: Extensions,
}

/// The directions in which a type travels. A type that no operation reaches has neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct Usage {
    /// Reached from a parameter or a request body.
    pub request: bool,
    /// Reached from a response.
    pub response: bool,
    /// Part of a union, or made of one: values are held against its schema when they are read.
    pub judged: bool,
    /// Reached from a body of XML: its schema says where its values stand.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub xml: bool,
    /// Needed by webhooks and callbacks, and by nothing else of the contract.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub events_only: bool,
}

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Direction {
    /// To the API's provider: in requests, and in answers to webhooks and callbacks.
    Request,
    /// From the API's provider: in responses, and in what webhooks and callbacks are called with.
    Response,
}

/// One of the two types of a schema whose values differ by direction: what comes back has the schema's
/// own name, what is sent has another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// Which of the two it is.
    pub direction: Direction,
    /// The type of the other direction.
    pub other: TypeId,
    /// Whether the other's values make values of this one.
    pub from_other: Conversion,
}

/// Whether values of one view make values of the other, once they have lost what that has no place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Conversion {
    /// None: something is required that they do not have.
    Never,
    /// Those that hold no variant that only what is received has a place for.
    Known,
    /// All of them.
    Always,
}

/// What a named type is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum TypeKind {
    /// An object with named properties; `allOf` is merged.
    Struct(Struct),
    /// A closed set of values.
    Enum(Enum),
    /// One of several schemas.
    Union(Union),
    /// Another name for a schema.
    Alias(Alias),
}

/// An object with named properties.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Struct {
    /// Its properties, in document order: those of merged bases first.
    pub fields: Vec<Field>,
    /// The names of properties that exist in the other direction only: legal to receive, and not read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<String>,
    /// The names of properties that only schemas under a condition speak of, such as a `then`: any value,
    /// held against those.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditional: Vec<String>,
    /// What members beyond those may be.
    pub additional: Additional,
    /// `minProperties`
    pub min_properties: Option<u64>,
    /// `maxProperties`
    pub max_properties: Option<u64>,
    /// Properties of which some have to be there together.
    pub groups: Vec<RequiredGroups>,
}

/// What `additionalProperties` says of an object with named properties.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Additional {
    /// Nothing: further members are legal, ignored when read and never written.
    Ignored,
    /// `false`: a further member is a violation.
    Denied,
    /// `true` or a schema: further members are kept, in a field of this name.
    Kept {
        /// The field that keeps them; its wire name is empty.
        name: Box<Name>,
        /// The schema of each.
        values: Box<Schema>,
    },
}

/// A property.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// `snake` names the field.
    pub name: Name,
    /// Texts for people: of the property, else of what it refers to.
    pub docs: Docs,
    /// `deprecated`
    pub deprecated: bool,
    /// Whether the object's `required` lists it.
    pub required: bool,
    /// `readOnly`, `writeOnly`
    pub access: Access,
    /// Its schema.
    pub schema: Schema,
    /// How it stands in XML, where it travels as XML and that is not an element of its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xml: Option<Box<Xml>>,
    /// `default`: documented and a constant, never filled in on the wire.
    pub default: Option<Value>,
    /// Examples that stand on the property.
    pub examples: Vec<Example>,
    /// `x-` members.
    pub extensions: Extensions,
}

/// In which direction a property exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Access {
    /// Both.
    #[default]
    ReadWrite,
    /// `readOnly`
    ReadOnly,
    /// `writeOnly`
    WriteOnly,
}

impl Access {
    /// Whether the property is part of what travels so.
    pub const fn is_part_of(self, direction: Direction) -> bool {
        match self {
            Self::ReadWrite => true,
            Self::ReadOnly => matches!(direction, Direction::Response),
            Self::WriteOnly => matches!(direction, Direction::Request),
        }
    }
}

/// A closed set of values.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Enum {
    /// What the values are.
    pub repr: EnumRepr,
    /// The values, in document order; `null` is the schema's `nullable`.
    pub values: Vec<EnumValue>,
    /// Whether other values are legal too: strings beside those that have a name.
    pub open: bool,
    /// Of integers, whether `3.0` is 3: from OpenAPI 3.1 on.
    pub zero_fraction: bool,
}

/// What the values of an enum are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum EnumRepr {
    /// Strings.
    String,
    /// Integers of 64 bits.
    Integer,
    /// Other numbers, or values of several types.
    Literal,
}

/// One value of an enum.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EnumValue {
    /// `pascal` names the variant; `wire` is the value as text.
    pub name: Name,
    /// The value on the wire: a string, a number or a boolean.
    pub value: Value,
}

/// Another name for a schema.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alias {
    /// The schema.
    pub schema: Schema,
    /// Whether it is a struct around the value, because an alias may not contain itself.
    pub newtype: bool,
}
