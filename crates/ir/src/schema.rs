//! A schema in use at a place: what may stand there, and within which bounds.

use serde::Serialize;
use specwright_diagnostics::Pointer;

use crate::{Alias, Ir, Rule, TypeId, TypeKind, Xml};

/// A schema in use: the type of a field, item, parameter, header or body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Schema {
    /// Whether `null` is a legal value.
    pub nullable: bool,
    /// What may stand here.
    pub shape: Shape,
    /// Whether the value is boxed where it stands: its type would otherwise contain itself, or is large.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub boxed: bool,
    /// What it has to keep besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// Where the schema stands in the document.
    pub origin: Pointer,
}

impl Schema {
    /// A schema without `null`, and with nothing to keep besides its shape.
    pub const fn new(shape: Shape, origin: Pointer) -> Self {
        Self { nullable: false, shape, boxed: false, rules: Vec::new(), origin }
    }

    /// What it is, where it names a type that is another name for that.
    pub fn named<'a>(&'a self, ir: &'a Ir) -> &'a Self {
        let mut schema = self;
        // Invariant: no alias is one of itself. Whatever may stand there, it ends.
        for _ in 0..64 {
            let Shape::Named(id) = &schema.shape else { break };
            let TypeKind::Alias(Alias { schema: inner, newtype: false }) = &ir.ty(*id).kind else { break };
            schema = inner;
        }
        schema
    }
}

/// What may stand at a place, `null` aside.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Shape {
    /// Any JSON value.
    Any,
    /// `true` or `false`.
    Boolean,
    /// `type: integer`, or a number whose format makes it one.
    Integer(Integer),
    /// `type: number`
    Number(Number),
    /// `type: string`
    String(StringShape),
    /// `type: array`
    Array(Box<Array>),
    /// `prefixItems` of a list whose length is fixed.
    Tuple(Vec<Schema>),
    /// An object without named properties.
    Map(Box<Map>),
    /// A type with a name of its own.
    Named(TypeId),
}

/// One end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bound<T> {
    /// The limit.
    pub value: T,
    /// Whether the limit itself is out of range.
    pub exclusive: bool,
}

/// An integer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Integer {
    /// Its width.
    pub format: IntegerFormat,
    /// Whether the contract says `type: number`, with an integer's format.
    pub is_number: bool,
    /// Whether `3.0` is an integer as well: of `type: number`, and of all from OpenAPI 3.1 on.
    pub zero_fraction: bool,
    /// `minimum`
    pub minimum: Option<Bound<i128>>,
    /// `maximum`
    pub maximum: Option<Bound<i128>>,
    /// `multipleOf`
    pub multiple_of: Option<i128>,
}

/// The `format` of an integer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum IntegerFormat {
    /// No format: 64 bits.
    #[default]
    Unspecified,
    /// `int32`
    Int32,
    /// `int64`
    Int64,
    /// `uint32`
    Uint32,
    /// `uint64`
    Uint64,
}

/// A number that need not be whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Number {
    /// Its precision.
    pub format: NumberFormat,
    /// `minimum`
    pub minimum: Option<Bound<f64>>,
    /// `maximum`
    pub maximum: Option<Bound<f64>>,
    /// `multipleOf`
    pub multiple_of: Option<f64>,
}

/// The `format` of a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub enum NumberFormat {
    /// No format: a double.
    #[default]
    Unspecified,
    /// `float`
    Float,
    /// `double`
    Double,
    /// A format that the configuration maps to a Rust type, such as `decimal`.
    Custom {
        /// The format's name.
        format: String,
        /// The Rust type's path.
        rust: String,
    },
}

/// A string.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StringShape {
    /// What the text means.
    pub format: StringFormat,
    /// `minLength`, in characters.
    pub min_length: Option<u64>,
    /// `maxLength`, in characters.
    pub max_length: Option<u64>,
    /// `pattern`: ECMA-262, unanchored.
    pub pattern: Option<String>,
}

/// The `format` of a string.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub enum StringFormat {
    /// No format.
    #[default]
    Plain,
    /// `date-time`: RFC 3339.
    DateTime,
    /// `date`: RFC 3339 `full-date`.
    Date,
    /// `uuid`
    Uuid,
    /// `byte`: base64.
    Byte,
    /// `base64url`: base64 whose text needs no escaping in URLs and file names.
    Base64Url,
    /// `password`: never shown by `Debug`.
    Password,
    /// `binary`: octets where the whole body is one, else a string.
    Binary,
    /// `binary` as a property of a multipart body: a file.
    File,
    /// A format that the configuration maps to a Rust type.
    Custom {
        /// The format's name.
        format: String,
        /// The Rust type's path.
        rust: String,
    },
    /// Any other format: documented, and a plain string.
    Other(String),
}

/// A list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Array {
    /// Its items.
    pub items: Schema,
    /// `minItems`
    pub min_items: Option<u64>,
    /// `maxItems`
    pub max_items: Option<u64>,
    /// `uniqueItems`
    pub unique_items: bool,
    /// How each item stands in XML, where it travels as XML and that is not an element called as the list
    /// is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xml: Option<Box<Xml>>,
    /// What stands between its items where it is one text inside of another list: a `collectionFormat`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
}

/// An object without named properties: string keys to values of one schema.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Map {
    /// Its values.
    pub values: Schema,
    /// `minProperties`
    pub min_properties: Option<u64>,
    /// `maxProperties`
    pub max_properties: Option<u64>,
}
