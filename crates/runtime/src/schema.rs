//! The schemas of the contract as static data, which values are validated against.

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
    const fn of_shape(shape: Shape) -> Self {
        Self { nullable: false, shape, rules: &[] }
    }

    /// Any JSON value, `null` included.
    pub const fn any() -> Self {
        Self::of_shape(Shape::Any)
    }

    /// `false` as a schema: no value at all.
    pub const fn never() -> Self {
        const NEVER: Schema = Schema::any().rules(&[Rule::Not(&Schema::any())]);
        NEVER
    }

    /// `true` or `false`.
    pub const fn boolean() -> Self {
        Self::of_shape(Shape::Boolean)
    }

    /// `type: integer` up to OpenAPI 3.0: digits without a fraction; of 64 bits unless [`width`](Self::width) says otherwise.
    pub const fn integer() -> Self {
        Self::of_shape(Shape::Integer(IntegerRules::new(Width::Int64, Fraction::None)))
    }

    /// An integer that may be written with a zero fraction: `3.0` is accepted, `3.5` is not. `type: integer`
    /// from OpenAPI 3.1 on, `type: number` with an integer's format in all versions. Of 64 bits unless
    /// [`width`](Self::width) says otherwise.
    pub const fn integral() -> Self {
        Self::of_shape(Shape::Integer(IntegerRules::new(Width::Int64, Fraction::Zero)))
    }

    /// `type: number`
    pub const fn number() -> Self {
        Self::of_shape(Shape::Number(NumberRules {
            minimum: None,
            maximum: None,
            exclusive: Exclusive { minimum: false, maximum: false },
            multiple_of: None,
            single: false,
        }))
    }

    /// `type: string`
    pub const fn string() -> Self {
        Self::of_shape(Shape::String(StringRules {
            min: None,
            max: None,
            pattern: None,
            format: None,
            values: None,
        }))
    }

    /// `type: array`
    pub const fn array(items: &'static Self) -> Self {
        Self::of_shape(Shape::Array(ArrayRules {
            items,
            min: None,
            max: None,
            unique: false,
            xml: None,
            delimiter: None,
        }))
    }

    /// An object with named properties. Others are legal and ignored unless
    /// [`deny_additional`](Self::deny_additional) or [`additional`](Self::additional) says otherwise.
    pub const fn object(properties: &'static [Property]) -> Self {
        Self::of_shape(Shape::Object(ObjectRules {
            properties,
            additional: Additional::Ignored,
            min: None,
            max: None,
            groups: &[],
        }))
    }

    /// `anyOf`: one of several schemas at least, unless [`exactly_one`](Self::exactly_one) or
    /// [`discriminator`](Self::discriminator) says otherwise.
    pub const fn union(alternatives: &'static [Alternative]) -> Self {
        Self::of_shape(Shape::Union(UnionRules { alternatives, exactly_one: false, discriminator: None }))
    }

    /// An object without named properties: string keys to values of one schema.
    pub const fn map(values: &'static Self) -> Self {
        Self::object(&[]).additional(values)
    }

    /// The schema of a named type.
    pub const fn of<T: Described>() -> Self {
        Self::of_shape(Shape::Named(T::schema))
    }

    /// `null` is a legal value too.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// What values have to keep besides. `null` that is legal has nothing to keep.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// `minLength` and `maxLength`, in characters.
    #[must_use]
    pub const fn length(mut self, min: Option<u64>, max: Option<u64>) -> Self {
        if let Shape::String(rules) = &mut self.shape {
            rules.min = min;
            rules.max = max;
        }
        self
    }

    /// `pattern`
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static Pattern) -> Self {
        if let Shape::String(rules) = &mut self.shape {
            rules.pattern = Some(pattern);
        }
        self
    }

    /// The `format` of a string.
    #[must_use]
    pub const fn format(mut self, format: Format) -> Self {
        if let Shape::String(rules) = &mut self.shape {
            rules.format = Some(format);
        }
        self
    }

    /// `enum` of strings.
    #[must_use]
    pub const fn one_of(mut self, values: &'static [&'static str]) -> Self {
        if let Shape::String(rules) = &mut self.shape {
            rules.values = Some(values);
        }
        self
    }

    /// `enum` of integers.
    #[must_use]
    pub const fn one_of_integers(mut self, values: &'static [i64]) -> Self {
        if let Shape::Integer(rules) = &mut self.shape {
            rules.values = Some(values);
        }
        self
    }

    /// The `format` of an integer.
    #[must_use]
    pub const fn width(mut self, width: Width) -> Self {
        if let Shape::Integer(rules) = &mut self.shape {
            rules.width = width;
        }
        self
    }

    /// `minimum` and `maximum` of an integer.
    #[must_use]
    pub const fn range(mut self, minimum: Option<i128>, maximum: Option<i128>) -> Self {
        if let Shape::Integer(rules) = &mut self.shape {
            rules.minimum = minimum;
            rules.maximum = maximum;
        }
        self
    }

    /// `minimum` and `maximum` of a number.
    #[must_use]
    pub const fn range_f64(mut self, minimum: Option<f64>, maximum: Option<f64>) -> Self {
        if let Shape::Number(rules) = &mut self.shape {
            rules.minimum = minimum;
            rules.maximum = maximum;
        }
        self
    }

    /// `exclusiveMinimum: true`, of an integer or a number.
    #[must_use]
    pub const fn exclusive_minimum(mut self) -> Self {
        match &mut self.shape {
            Shape::Integer(rules) => rules.exclusive.minimum = true,
            Shape::Number(rules) => rules.exclusive.minimum = true,
            _ => {}
        }
        self
    }

    /// `exclusiveMaximum: true`, of an integer or a number.
    #[must_use]
    pub const fn exclusive_maximum(mut self) -> Self {
        match &mut self.shape {
            Shape::Integer(rules) => rules.exclusive.maximum = true,
            Shape::Number(rules) => rules.exclusive.maximum = true,
            _ => {}
        }
        self
    }

    /// `multipleOf` an integer.
    #[must_use]
    pub const fn multiple_of(mut self, divisor: i128) -> Self {
        if let Shape::Integer(rules) = &mut self.shape {
            rules.multiple_of = Some(divisor);
        }
        self
    }

    /// `format: float`: 32 bits have to hold it.
    #[must_use]
    pub const fn single(mut self) -> Self {
        if let Shape::Number(rules) = &mut self.shape {
            rules.single = true;
        }
        self
    }

    /// `multipleOf` a number.
    #[must_use]
    pub const fn multiple_of_f64(mut self, divisor: f64) -> Self {
        if let Shape::Number(rules) = &mut self.shape {
            rules.multiple_of = Some(divisor);
        }
        self
    }

    /// `minItems` and `maxItems`.
    #[must_use]
    pub const fn items(mut self, min: Option<u64>, max: Option<u64>) -> Self {
        if let Shape::Array(rules) = &mut self.shape {
            rules.min = min;
            rules.max = max;
        }
        self
    }

    /// How each item stands in XML, where that is not an element called as the list is.
    #[must_use]
    pub const fn item_xml(mut self, xml: &'static Xml) -> Self {
        if let Shape::Array(rules) = &mut self.shape {
            rules.xml = Some(xml);
        }
        self
    }

    /// Inside of another list it is one text, with this between its items.
    #[must_use]
    pub const fn delimited(mut self, delimiter: char) -> Self {
        if let Shape::Array(rules) = &mut self.shape {
            rules.delimiter = Some(delimiter);
        }
        self
    }

    /// `uniqueItems: true`
    #[must_use]
    pub const fn unique(mut self) -> Self {
        if let Shape::Array(rules) = &mut self.shape {
            rules.unique = true;
        }
        self
    }

    /// `minProperties` and `maxProperties`.
    #[must_use]
    pub const fn properties(mut self, min: Option<u64>, max: Option<u64>) -> Self {
        if let Shape::Object(rules) = &mut self.shape {
            rules.min = min;
            rules.max = max;
        }
        self
    }

    /// `additionalProperties: false`
    #[must_use]
    pub const fn deny_additional(mut self) -> Self {
        if let Shape::Object(rules) = &mut self.shape {
            rules.additional = Additional::Denied;
        }
        self
    }

    /// `additionalProperties` with a schema.
    #[must_use]
    pub const fn additional(mut self, values: &'static Self) -> Self {
        if let Shape::Object(rules) = &mut self.shape {
            rules.additional = Additional::Checked(values);
        }
        self
    }

    /// Members of which some have to be there together.
    #[must_use]
    pub const fn groups(mut self, groups: &'static [Groups]) -> Self {
        if let Shape::Object(rules) = &mut self.shape {
            rules.groups = groups;
        }
        self
    }

    /// `oneOf`: of the schemas of a union, one and no other.
    #[must_use]
    pub const fn exactly_one(mut self) -> Self {
        if let Shape::Union(rules) = &mut self.shape {
            rules.exactly_one = true;
        }
        self
    }

    /// `discriminator`: the member that says which of the schemas an object is of.
    #[must_use]
    pub const fn discriminator(mut self, property: &'static str) -> Self {
        if let Shape::Union(rules) = &mut self.shape {
            rules.discriminator = Some(property);
        }
        self
    }

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
