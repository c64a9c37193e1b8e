//! A value that a schema takes, for the scaffold's test.

use serde_json::{Map, Number, Value};
use specwright_ir::{Bound, Example, Integer, Ir, Rule, Schema, Shape, StringFormat, StringShape, TypeKind};
use specwright_pattern::Pattern;

/// Values that hold values of their own to this depth.
const DEPTH: u8 = 4;

/// Values of the schema: the document's examples that fit, then one that is made up. That is left out
/// where it would take more than a sample is worth: rare patterns, bounds of fractions, lists of distinct
/// items.
pub(super) fn samples<'a>(
    ir: &'a Ir,
    schema: &'a Schema,
    examples: &'a [Example],
) -> impl Iterator<Item = Value> {
    fitting(examples).chain(std::iter::once_with(|| made_up(ir, schema, DEPTH)).flatten())
}

fn fitting(examples: &[Example]) -> impl Iterator<Item = Value> {
    examples.iter().filter(|example| example.defect.is_none()).map(|example| example.value.clone())
}

fn made_up(ir: &Ir, schema: &Schema, depth: u8) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    if let [rule, rest @ ..] = schema.rules.as_slice() {
        // What else is asked for is more than a sample is worth.
        return match rule {
            Rule::Values(values) if rest.is_empty() => values.first().cloned(),
            _ => None,
        };
    }
    match &schema.shape {
        Shape::Any | Shape::Boolean => Some(Value::Bool(true)),
        Shape::Integer(integer) => self::integer(integer).map(Value::Number),
        Shape::Number(number) => {
            let is_free =
                number.minimum.is_none() && number.maximum.is_none() && number.multiple_of.is_none();
            is_free.then(|| Value::from(1))
        }
        Shape::String(string) => text(string).map(Value::String),
        Shape::Array(array) => {
            let count = array.min_items.unwrap_or_default();
            if count > 3 || count > 1 && array.unique_items {
                return None;
            }
            (0..count).map(|_| made_up(ir, &array.items, depth)).collect::<Option<_>>().map(Value::Array)
        }
        Shape::Tuple(items) => {
            items.iter().map(|item| made_up(ir, item, depth)).collect::<Option<_>>().map(Value::Array)
        }
        Shape::Map(map) => (map.min_properties.unwrap_or_default() == 0).then(|| Value::Object(Map::new())),
        Shape::Named(id) => {
            let ty = ir.ty(*id);
            fitting(&ty.examples).next().or_else(|| match &ty.kind {
                _ if !ty.rules.is_empty() => None,
                TypeKind::Alias(alias) => made_up(ir, &alias.schema, depth),
                TypeKind::Enum(values) => values.values.first().map(|first| first.value.clone()),
                TypeKind::Union(union) => {
                    // A value of one variant may be one of another as well, unless a discriminator tells.
                    let by_name = union.discriminator.as_deref();
                    by_name.and_then(|property| {
                        let first = union.variants.first()?;
                        let mut value = made_up(ir, &first.schema, depth)?;
                        let members = value.as_object_mut()?;
                        members.insert(property.to_owned(), Value::from(first.values.first()?.as_str()));
                        Some(value)
                    })
                }
                TypeKind::Struct(object) if !object.groups.is_empty() => None,
                TypeKind::Struct(object) => {
                    let required = object.fields.iter().filter(|field| field.required);
                    let members: Map<String, Value> = required
                        .map(|field| {
                            let value = fitting(&field.examples).next();
                            let value = value.or_else(|| made_up(ir, &field.schema, depth))?;
                            Some((field.name.wire.clone(), value))
                        })
                        .collect::<Option<_>>()?;
                    let count = u64::try_from(members.len()).unwrap_or(u64::MAX);
                    let fits = object.min_properties.is_none_or(|least| count >= least);
                    fits.then_some(Value::Object(members))
                }
            })
        }
    }
}

/// The least whole number in range that is not negative, or else the greatest.
fn integer(integer: &Integer) -> Option<Number> {
    let least = integer.minimum.map(|Bound { value, exclusive }| value + i128::from(exclusive));
    let most = integer.maximum.map(|Bound { value, exclusive }| value - i128::from(exclusive));
    let step = integer.multiple_of.filter(|step| *step > 0).unwrap_or(1);
    let up = |value: i128| value.div_euclid(step) * step + if value.rem_euclid(step) == 0 { 0 } else { step };
    let value = match (least, most) {
        (Some(least), _) if least > 0 => up(least),
        (_, Some(most)) if most < 0 => most.div_euclid(step) * step,
        _ => 0,
    };
    let fits = least.is_none_or(|least| value >= least) && most.is_none_or(|most| value <= most);
    fits.then(|| i64::try_from(value).ok().map(Number::from)).flatten()
}

/// The first of a few texts that is one of the schema's.
fn text(string: &StringShape) -> Option<String> {
    const WORDS: [&str; 6] = ["example", "Example1", "EXAMPLE", "1", "a", "example@example.com"];
    let least = usize::try_from(string.min_length.unwrap_or_default()).ok().filter(|least| *least <= 100)?;
    let long = || "example".chars().cycle().take(least).collect();
    let mut texts: Vec<String> = match string.format {
        StringFormat::Plain
        | StringFormat::Password
        | StringFormat::Binary
        | StringFormat::File
        | StringFormat::Other(_) => WORDS.map(str::to_owned).into_iter().chain([long()]).collect(),
        StringFormat::DateTime => vec!["2000-01-01T00:00:00Z".to_owned()],
        StringFormat::Date => vec!["2000-01-01".to_owned()],
        StringFormat::Uuid => vec!["00000000-0000-4000-8000-000000000000".to_owned()],
        StringFormat::Byte | StringFormat::Base64Url => vec!["AAAA".to_owned()],
        StringFormat::Custom { .. } => return None,
    };
    let most = string.max_length.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
    let pattern = match &string.pattern {
        None => None,
        Some(pattern) => Some(Pattern::new(pattern).ok()?),
    };
    texts.retain(|text| (least..=most).contains(&text.len()));
    texts.into_iter().find(|text| pattern.as_ref().is_none_or(|pattern| pattern.matches(text)))
}
