//! Values of one of several schemas: which of them a value is of, and how it is read and written.

use serde::de::Error as _;
use serde::{Deserialize as _, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::schema::{Additional, Fraction, ObjectRules, Shape, UnionRules};
use crate::validate::{Judge, violations};
use crate::{Constraint, Described, Schema, Xml, whole};

/// How many unions may be nested directly in one another.
const DEPTH: usize = 16;

/// One of the schemas of a union.
#[derive(Clone, Copy, Debug)]
pub struct Alternative {
    pub(crate) name: &'static str,
    pub(crate) values: &'static [&'static str],
    pub(crate) schema: &'static Schema,
    pub(crate) xml: Option<Xml>,
}

impl Alternative {
    /// A schema by its name in the contract.
    pub const fn new(name: &'static str, schema: &'static Schema) -> Self {
        Self { name, values: &[], schema, xml: None }
    }

    /// With the values of the discriminator that mean it.
    #[must_use]
    pub const fn by(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self
    }

    /// With what its element is called, where nothing is said of the place that it stands at.
    #[must_use]
    pub const fn xml(mut self, xml: Xml) -> Self {
        self.xml = Some(xml);
        self
    }
}

/// A generated enum with a variant for each alternative of its schema. [`one_of!`](crate::one_of)
/// implements it.
pub trait OneOf: Described + Sized + 'static {
    /// How a value is read as each variant, in the schema's order.
    const READERS: &'static [fn(Value) -> serde_json::Result<Self>];

    /// A value that no variant holds; it is given back where the enum has no place for it.
    fn unknown(value: Value) -> Result<Self, Value>;
}

/// What the discriminator of a value says.
pub(crate) enum Named {
    /// Nothing: there is none, or the value is no object.
    Nothing,
    /// The alternative at this position.
    One(usize),
    /// One of these: several choices hold at once, and it is about one of them.
    Several(Vec<usize>),
    /// It is not there.
    Missing(&'static str),
    /// It is none of the values that have a meaning.
    Other(&'static str),
}

impl UnionRules {
    /// What the discriminator says.
    pub(crate) fn named(&self, value: &Value) -> Named {
        let (Some(property), Value::Object(members)) = (self.discriminator, value) else {
            return Named::Nothing;
        };
        let Some(found) = members.get(property) else { return Named::Missing(property) };
        let is_it = |alternative: &Alternative| {
            found.as_str().is_some_and(|found| alternative.values.contains(&found))
        };
        let meant = self.alternatives.iter().enumerate().filter(|(_, alternative)| is_it(alternative));
        match meant.map(|(at, _)| at).collect::<Vec<_>>().as_slice() {
            [] => Named::Other(property),
            [only] => Named::One(*only),
            several => Named::Several(several.to_vec()),
        }
    }

    /// The alternatives that a value may be of, going by no more than its type, its constants, and what
    /// the discriminator says or leaves open.
    pub(crate) fn candidates(&self, value: &Value, named: &Named) -> Vec<usize> {
        let is_open = |at: usize, alternative: &Alternative| match named {
            Named::Nothing => true,
            Named::One(only) => at == *only,
            Named::Several(several) => several.contains(&at),
            Named::Missing(_) | Named::Other(_) => alternative.values.is_empty(),
        };
        let alternatives = self.alternatives.iter().enumerate();
        let open = alternatives.filter(|(at, alternative)| is_open(*at, alternative));
        open.filter(|(_, alternative)| may_be(alternative.schema, value, 0)).map(|(at, _)| at).collect()
    }
}

/// Whether a value is of the type that a schema asks for.
fn may_be(schema: &Schema, value: &Value, depth: usize) -> bool {
    let schema = schema.resolved();
    if value.is_null() && schema.nullable {
        return true;
    }
    let is_unlisted = |values: &[&str]| !values.iter().any(|listed| crate::literal::is(value, listed));
    if matches!(schema.shape, Shape::Any) && schema.listed().is_some_and(is_unlisted) {
        return false;
    }
    match (schema.shape, value) {
        (Shape::Any | Shape::Named(_), _)
        | (Shape::Boolean, Value::Bool(_))
        | (Shape::Number(_), Value::Number(_))
        | (Shape::String(_), Value::String(_))
        | (Shape::Array(_), Value::Array(_))
        | (Shape::Object(_), Value::Object(_)) => true,
        (Shape::Integer(rules), Value::Number(number)) => {
            !number.is_f64()
                || (rules.fraction == Fraction::Zero
                    && number.as_f64().is_some_and(|float| float.fract() == 0.0))
        }
        (Shape::Union(rules), _) => {
            depth < DEPTH && rules.alternatives.iter().any(|inner| may_be(inner.schema, value, depth + 1))
        }
        _ => false,
    }
}

/// How far an object is from what a schema asks for, going by its own members only: constants that
/// differ, then members that are missing.
pub(crate) fn distance(schema: &Schema, value: &Value) -> (usize, usize) {
    let (Shape::Object(rules), Value::Object(members)) = (schema.resolved().shape, value) else {
        return (0, 0);
    };
    let mut distance = (0, 0);
    for property in rules.properties {
        match members.get(property.name) {
            Some(member) => distance.0 += usize::from(differs(property.schema, member)),
            None => distance.1 += usize::from(property.required),
        }
    }
    distance
}

/// Whether a value is not the only one that a schema takes.
fn differs(schema: &Schema, value: &Value) -> bool {
    let schema = schema.resolved();
    match (schema.shape, value) {
        (Shape::String(rules), Value::String(text)) => {
            matches!(rules.values, Some([only]) if only != text)
        }
        (Shape::Integer(rules), Value::Number(number)) => {
            matches!(rules.values, Some([only]) if number.as_i64() != Some(*only))
        }
        (Shape::Any | Shape::Boolean, value) => {
            matches!(schema.listed(), Some([only]) if !crate::literal::is(value, only))
        }
        _ => false,
    }
}

/// How many members of a value a schema knows, those of its members counted too.
fn known(schema: &Schema, value: &Value, depth: usize) -> usize {
    if depth > DEPTH {
        return 0;
    }
    match (schema.resolved().shape, value) {
        (Shape::Object(rules), Value::Object(members)) => {
            let inner = members.iter().filter_map(|(name, member)| {
                let property = rules.properties.iter().find(|property| property.name == name);
                let schema = match (property, &rules.additional) {
                    (Some(property), _) => property.schema,
                    (None, Additional::Checked(schema)) => schema,
                    (None, _) => return None,
                };
                Some(1 + known(schema, member, depth + 1))
            });
            inner.sum()
        }
        (Shape::Array(rules), Value::Array(items)) => {
            items.iter().map(|item| known(rules.items, item, depth + 1)).sum()
        }
        (Shape::Union(rules), value) => {
            let inner = rules.alternatives.iter().map(|inner| known(inner.schema, value, depth + 1));
            inner.max().unwrap_or_default()
        }
        _ => 0,
    }
}

fn knows(rules: &ObjectRules, name: &str) -> bool {
    matches!(rules.additional, Additional::Checked(_))
        || rules.properties.iter().any(|property| property.name == name)
}

/// Whether a schema knows a member of an object, at its outside.
fn holds(schema: &Schema, name: &str) -> bool {
    match schema.resolved().shape {
        Shape::Object(rules) => knows(&rules, name),
        _ => true,
    }
}

/// The alternatives that a value can be read as, best first, and whether the first loses no member that
/// another would keep.
pub(crate) fn choose(rules: &UnionRules, value: &Value) -> (Vec<usize>, bool) {
    let named = rules.named(value);
    if let Named::One(at) = named {
        return (vec![at], true);
    }
    let candidates = rules.candidates(value, &named);
    if candidates.len() < 2 {
        return (candidates, true);
    }
    let schema = |at: &usize| rules.alternatives[*at].schema;
    let mut judge = Judge::default();
    let (mut fitting, others): (Vec<usize>, Vec<usize>) =
        candidates.into_iter().partition(|at| judge.fits(value, schema(at)));
    // A stable sort: of those that know as many, the first stays first.
    fitting.sort_by_cached_key(|at| std::cmp::Reverse(known(schema(at), value, 0)));
    let whole = match (fitting.split_first(), value) {
        (Some((best, rest)), Value::Object(members)) => members
            .keys()
            .all(|name| holds(schema(best), name) || !rest.iter().any(|other| holds(schema(other), name))),
        _ => true,
    };
    // What breaks a constraint only is still of its shape: who receives it may read it.
    let mut near: Vec<(usize, usize)> = others
        .into_iter()
        .filter(|at| distance(schema(at), value).0 == 0)
        .filter_map(|at| {
            let found = violations(value, schema(&at));
            let is_shape = |constraint: Constraint| {
                matches!(
                    constraint,
                    Constraint::Type
                        | Constraint::Required
                        | Constraint::AdditionalProperties
                        | Constraint::OneOf
                        | Constraint::AnyOf
                )
            };
            (!found.iter().any(|violation| is_shape(violation.constraint))).then_some((found.len(), at))
        })
        .collect();
    near.sort_unstable();
    fitting.extend(near.into_iter().map(|(_, at)| at));
    (fitting, whole)
}

/// Reads a value as the variant that it fits.
pub fn read<'de, T: OneOf, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let Shape::Union(rules) = T::schema().resolved().shape else {
        return Err(D::Error::custom("the type is no union"));
    };
    let (choice, is_whole) = choose(&rules, &value);
    let value = if is_whole {
        value
    } else {
        match T::unknown(value) {
            Ok(unknown) => return Ok(unknown),
            Err(value) => value,
        }
    };
    // What the discriminator names is of that variant, or is no value at all.
    let named = matches!(rules.named(&value), Named::One(_));
    let mut failure = None;
    for at in choice {
        let Some(reader) = T::READERS.get(at) else { continue };
        match whole::read(value.clone(), reader) {
            Ok(read) => return Ok(read),
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    match failure {
        Some(error) if named => Err(D::Error::custom(error)),
        _ => {
            T::unknown(value).map_err(|_| D::Error::custom(format!("the value is none of {}", names(&rules))))
        }
    }
}

/// The names of a union's alternatives.
pub(crate) fn names(rules: &UnionRules) -> String {
    let names: Vec<_> = rules.alternatives.iter().map(|one| format!("`{}`", one.name)).collect();
    names.join(", ")
}

/// Writes an object with a member that its own type leaves to the union.
pub fn tagged<T: Serialize, S: Serializer>(
    value: &T,
    property: &str,
    tag: &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    use serde::ser::Error as _;
    let mut written = crate::value::of(value).map_err(S::Error::custom)?;
    if let Value::Object(members) = &mut written {
        members.insert(property.to_owned(), tag.into());
    }
    written.serialize(serializer)
}

/// Makes a generated enum readable and writable: its variants in the order of its schema's
/// alternatives, with the member that the enum writes for one, and behind a semicolon the variant for what
/// the contract does not know.
#[macro_export]
macro_rules! one_of {
    (@write $value:ident, $serializer:ident) => {
        $crate::private::serde::Serialize::serialize($value, $serializer)
    };
    (@write $value:ident, $serializer:ident, $property:literal, $tag:literal) => {
        $crate::union::tagged($value, $property, $tag, $serializer)
    };
    (@unknown $value:ident) => {
        ::core::result::Result::Err($value)
    };
    (@unknown $value:ident $unknown:ident) => {
        ::core::result::Result::Ok(Self::$unknown($value))
    };
    ($name:ident {
        $($variant:ident $(($property:literal = $tag:literal))?),* $(,)?
        $(; $unknown:ident $(,)?)?
    }) => {
        impl $crate::OneOf for $name {
            const READERS: &'static [fn($crate::Value) -> $crate::private::JsonResult<Self>] = &[
                $(|value| $crate::private::from_value(value).map(Self::$variant)),*
            ];

            fn unknown(value: $crate::Value) -> ::core::result::Result<Self, $crate::Value> {
                $crate::one_of!(@unknown value $($unknown)?)
            }
        }

        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::union::read(deserializer)
            }
        }

        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        $crate::one_of!(@write value, serializer $(, $property, $tag)?)
                    })*
                    $(Self::$unknown(value) => $crate::one_of!(@write value, serializer),)?
                }
            }
        }
    };
}
