//! How schemas are made: `const` functions, as static data is.

use super::{
    Additional, ArrayRules, Described, Exclusive, Format, Fraction, Groups, IntegerRules, NumberRules,
    ObjectRules, Property, Schema, Shape, StringRules, UnionRules, Width,
};
use crate::{Alternative, Pattern, Rule, Xml};

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
}
