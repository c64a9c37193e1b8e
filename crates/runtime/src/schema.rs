//! The schemas of the contract as static data, which values are validated against.

mod build;

use crate::{Alternative, Pattern, Rule, Xml};

/// A type with a schema in the contract.
pub trait Described {
    /// The schema.
    fn schema() -> &'static Schema;
}

/// What may stand at a place. Made by its `const` functions, in the order that reads well:
/// `Schema::string().length(Some(1), None).nullable()`. One that does not apply to the shape has no
/// effect.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    pub(crate) nullable: bool,
    pub(crate) shape: Shape,
    pub(crate) rules: &'static [Rule],
}

/// What may stand at a place, `null` aside.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    Any,
    Boolean,
    Integer(IntegerRules),
    Number(NumberRules),
    String(StringRules),
    Array(ArrayRules),
    Object(ObjectRules),
    Union(UnionRules),
    Named(fn() -> &'static Schema),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct IntegerRules {
    pub width: Width,
    pub fraction: Fraction,
    pub minimum: Option<i128>,
    pub maximum: Option<i128>,
    pub exclusive: Exclusive,
    pub multiple_of: Option<i128>,
    pub values: Option<&'static [i64]>,
}

/// How an integer may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fraction {
    /// Without a fraction: `type: integer`.
    None,
    /// With one that is zero as well.
    Zero,
}

/// Which ends of a range are themselves out of range.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Exclusive {
    pub minimum: bool,
    pub maximum: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct NumberRules {
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    pub exclusive: Exclusive,
    pub multiple_of: Option<f64>,
    /// Whether 32 bits have to hold it.
    pub single: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct StringRules {
    pub min: Option<u64>,
    pub max: Option<u64>,
    pub pattern: Option<&'static Pattern>,
    pub format: Option<Format>,
    pub values: Option<&'static [&'static str]>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ArrayRules {
    pub items: &'static Schema,
    pub min: Option<u64>,
    pub max: Option<u64>,
    pub unique: bool,
    pub xml: Option<&'static Xml>,
    pub delimiter: Option<char>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ObjectRules {
    pub properties: &'static [Property],
    pub additional: Additional,
    pub min: Option<u64>,
    pub max: Option<u64>,
    pub groups: &'static [Groups],
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct UnionRules {
    pub alternatives: &'static [Alternative],
    pub exactly_one: bool,
    pub discriminator: Option<&'static str>,
}

/// Members of an object of which some have to be there together: an `anyOf` or `oneOf` whose members
/// hold nothing but `required`.
#[derive(Clone, Copy, Debug)]
pub struct Groups {
    pub(crate) groups: &'static [&'static [&'static str]],
    pub(crate) exactly_one: bool,
}

impl Groups {
    /// `anyOf`: the members of one group at least.
    pub const fn some(groups: &'static [&'static [&'static str]]) -> Self {
        Self { groups, exactly_one: false }
    }

    /// `oneOf`: the members of one group, and of no other.
    pub const fn one(groups: &'static [&'static [&'static str]]) -> Self {
        Self { groups, exactly_one: true }
    }
}

/// What members beyond the named properties may be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Additional {
    Ignored,
    Denied,
    Checked(&'static Schema),
}

/// A property of an object.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) ignored: bool,
    pub(crate) conditional: bool,
    pub(crate) schema: &'static Schema,
    pub(crate) xml: Option<&'static Xml>,
}

static ANY: &Schema = &Schema::any();

impl Property {
    /// A property that must be there.
    pub const fn required(name: &'static str, schema: &'static Schema) -> Self {
        Self { name, required: true, ignored: false, conditional: false, schema, xml: None }
    }

    /// A property that may be absent.
    pub const fn optional(name: &'static str, schema: &'static Schema) -> Self {
        Self { name, required: false, ignored: false, conditional: false, schema, xml: None }
    }

    /// A property of the other direction, `readOnly` in a request or `writeOnly` in a response: legal
    /// whatever it holds, and not read.
    pub const fn ignored(name: &'static str) -> Self {
        Self { ignored: true, ..Self::optional(name, ANY) }
    }

    /// A property that only rules under a condition speak of, which say what it holds.
    pub const fn conditional(name: &'static str) -> Self {
        Self { conditional: true, ..Self::optional(name, ANY) }
    }

    /// How it stands in XML, where that is not an element of its name.
    #[must_use]
    pub const fn xml(mut self, xml: &'static Xml) -> Self {
        self.xml = Some(xml);
        self
    }
}

/// The range that an integer's `format` allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the specification's own words")]
pub enum Width {
    Int32,
    Int64,
    Uint32,
    Uint64,
}

/// The `format` of a string that is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 3339 `date-time`
    DateTime,
    /// RFC 3339 `full-date`
    Date,
    /// `uuid`
    Uuid,
    /// Base64, with padding.
    Byte,
    /// Base64 with `-` and `_`, padded or not.
    Base64Url,
    /// RFC 3339 `duration`: `P3Y6M4DT12H30M5S`, `P8W`.
    Duration,
    /// RFC 3339 `full-time`: `12:30:00Z`.
    Time,
    /// Octets, which are checked by nothing.
    Binary,
}

impl Schema {
    /// The schema behind a chain of named types, and nullable where any link of the chain is.
    pub(crate) fn resolved(&self) -> Self {
        let mut schema = *self;
        while let Shape::Named(named) = schema.shape {
            let next = *named();
            schema = Self { nullable: schema.nullable || next.nullable, ..next };
        }
        schema
    }

    /// The same without a copy: whether it is nullable, its shape and its rules.
    #[cfg(feature = "server")]
    pub(crate) fn resolved_parts(&self) -> (bool, &Shape, &'static [Rule]) {
        let Self { mut nullable, ref shape, mut rules } = *self;
        let mut shape = shape;
        while let Shape::Named(named) = shape {
            let next = named();
            nullable |= next.nullable;
            rules = next.rules;
            shape = &next.shape;
        }
        (nullable, shape, rules)
    }

    /// The values that it lists as rules, if it does.
    pub(crate) fn listed(&self) -> Option<&'static [&'static str]> {
        self.rules.iter().find_map(|rule| if let Rule::Values(values) = rule { Some(*values) } else { None })
    }
}

impl IntegerRules {
    const fn new(width: Width, fraction: Fraction) -> Self {
        Self {
            width,
            fraction,
            minimum: None,
            maximum: None,
            exclusive: Exclusive { minimum: false, maximum: false },
            multiple_of: None,
            values: None,
        }
    }
}

impl Width {
    /// The least and the greatest value.
    pub(crate) const fn bounds(self) -> (i128, i128) {
        match self {
            Self::Int32 => (i32::MIN as i128, i32::MAX as i128),
            Self::Int64 => (i64::MIN as i128, i64::MAX as i128),
            Self::Uint32 => (0, u32::MAX as i128),
            Self::Uint64 => (0, u64::MAX as i128),
        }
    }
}
