//! Whether a value is what a schema says: its type and bounds. What else it asks for is in `rules`.

mod rules;

use std::collections::BTreeMap;

use serde_json::Value;
use specwright_diagnostics::Pointer;
use specwright_ir::{
    Additional, Bound, EnumRepr, Integer, IntegerFormat, Ir, Number, Schema, Shape, StringFormat,
    StringShape, Struct, TypeKind, Union, UnionRule, Variant,
};
use specwright_pattern::Pattern;
use specwright_pattern::format::{is_base64, is_date, is_date_time, is_duration, is_time, is_uuid};

/// How deep a value is compared with its schema.
const DEPTH: usize = 64;

/// Octets of a string that an engine which backtracks gets through whatever the pattern.
const SHORT: usize = 16;

/// A value that its schema does not allow.
pub(super) struct Misfit {
    pub(super) at: Pointer,
    pub(super) why: String,
    pub(super) schema: Pointer,
}

/// Compares values with schemas.
pub(super) struct Judge<'a> {
    ir: &'a Ir,
    patterns: BTreeMap<String, Option<Pattern>>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(ir: &'a Ir) -> Self {
        Self { ir, patterns: BTreeMap::new() }
    }

    /// All that is wrong with a value.
    pub(super) fn compare(&mut self, value: &Value, at: &Pointer, schema: &Schema) -> Vec<Misfit> {
        let mut misfits = Vec::new();
        self.value(value, at, schema, 0, &mut misfits);
        misfits
    }

    fn value(&mut self, value: &Value, at: &Pointer, schema: &Schema, depth: usize, out: &mut Vec<Misfit>) {
        if depth > DEPTH || (value.is_null() && schema.nullable && schema.shape != Shape::Any) {
            return;
        }
        let why = match (&schema.shape, value) {
            (Shape::Tuple(items), Value::Array(values)) => {
                for (index, (item, value)) in items.iter().zip(values).enumerate() {
                    self.value(value, &at.index(index), item, depth + 1, out);
                }
                (items.len() != values.len()).then(|| format!("{} items are out of bounds", values.len()))
            }
            (Shape::Any, _) | (Shape::Boolean, Value::Bool(_)) => None,
            (Shape::Integer(integer), Value::Number(_)) => misfit_integer(integer, value),
            (Shape::Number(number), Value::Number(_)) => misfit_number(number, value),
            (Shape::String(text), Value::String(value)) => self.misfit_string(text, value),
            (Shape::Array(array), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(item, &at.index(index), &array.items, depth + 1, out);
                }
                misfit_count(items.len(), array.min_items, array.max_items, "items").or_else(|| {
                    (array.unique_items && repeats(items)).then(|| "two items are equal".to_owned())
                })
            }
            (Shape::Map(map), Value::Object(members)) => {
                for (name, member) in members {
                    self.value(member, &at.child(name), &map.values, depth + 1, out);
                }
                misfit_count(members.len(), map.min_properties, map.max_properties, "members")
            }
            (Shape::Named(id), _) => {
                let ty = self.ir.ty(*id);
                match &ty.kind {
                    TypeKind::Alias(alias) => {
                        self.value(value, at, &alias.schema, depth + 1, out);
                        None
                    }
                    TypeKind::Enum(values) => {
                        let known = values.values.iter().any(|known| known.value == *value);
                        let kind = match values.repr {
                            EnumRepr::Integer => "integers",
                            EnumRepr::String => "strings",
                            EnumRepr::Literal => "values",
                        };
                        let known = known || (values.open && value.is_string());
                        (!known).then(|| format!("{value} is not one of the {kind} of its `enum`"))
                    }
                    TypeKind::Struct(object) => self.members(value, at, object, depth, out),
                    TypeKind::Union(union) => self.variants(value, at, union, depth, out),
                }
            }
            (shape, value) => Some(format!("{} where {} is asked for", article(value), expected(shape))),
        };
        if let Some(why) = why.or_else(|| self.broken(schema, value, depth)) {
            out.push(Misfit { at: at.clone(), why, schema: self.resolved(schema) });
        }
    }

    fn resolved(&self, schema: &Schema) -> Pointer {
        match &schema.shape {
            Shape::Named(id) => self.ir.ty(*id).name.origin.clone(),
            _ => schema.origin.clone(),
        }
    }

    fn members(
        &mut self,
        value: &Value,
        at: &Pointer,
        object: &'a Struct,
        depth: usize,
        out: &mut Vec<Misfit>,
    ) -> Option<String> {
        let Value::Object(members) = value else {
            return Some(format!("{} where an object is asked for", article(value)));
        };
        for (name, member) in members {
            match object.fields.iter().find(|field| field.name.wire == *name) {
                Some(field) => self.value(member, &at.child(name), &field.schema, depth + 1, out),
                None if object.ignored.contains(name) => {}
                None => match &object.additional {
                    Additional::Kept { values, .. } => {
                        self.value(member, &at.child(name), values, depth + 1, out);
                    }
                    Additional::Denied => return Some(format!("`{name}` is not declared")),
                    Additional::Ignored => {}
                },
            }
        }
        let missing =
            object.fields.iter().find(|field| field.required && !members.contains_key(&field.name.wire));
        let unmet = object.groups.iter().find(|all| {
            let met = all.groups.iter().filter(|group| group.iter().all(|name| members.contains_key(name)));
            match (met.count(), all.rule) {
                (0, _) => true,
                (1, _) | (_, UnionRule::AtLeastOne) => false,
                _ => true,
            }
        });
        missing.map(|field| format!("`{}` is required", field.name.wire)).or_else(|| {
            unmet.map(|all| {
                let names: Vec<_> =
                    all.groups.iter().map(|group| format!("`{}`", group.join("` and `"))).collect();
                format!("{} of {} is required", all.rule.amount(), names.join(", "))
            })
        })
    }

    fn variants(
        &mut self,
        value: &Value,
        at: &Pointer,
        union: &'a Union,
        depth: usize,
        out: &mut Vec<Misfit>,
    ) -> Option<String> {
        let mut among: Vec<&Variant> = union.variants.iter().collect();
        if let (Some(property), Value::Object(members)) = (&union.discriminator, value) {
            let named = members.get(property);
            let is_it =
                |variant: &&Variant| variant.values.iter().any(|value| named == Some(&value[..].into()));
            let is_free = |variant: &&Variant| variant.values.is_empty();
            among = union.variants.iter().filter(is_it).collect();
            if among.is_empty() {
                among = union.variants.iter().filter(is_free).collect();
            }
            match (among.as_slice(), named) {
                ([], None) => return Some(format!("`{property}` is required")),
                ([], Some(_)) => return Some(format!("`{property}` names none of the variants")),
                ([only], _) => {
                    self.value(value, at, &only.schema, depth + 1, out);
                    return None;
                }
                _ => {}
            }
        }
        let mut fitting = 0;
        let mut closest: Option<Vec<Misfit>> = None;
        for variant in among {
            let mut misfits = Vec::new();
            self.value(value, at, &variant.schema, depth + 4, &mut misfits);
            if misfits.is_empty() {
                fitting += 1;
            } else if closest.as_ref().is_none_or(|closest| misfits.len() < closest.len()) {
                closest = Some(misfits);
            }
        }
        match (fitting, union.rule) {
            (0, _) => Some(match closest.unwrap_or_default().first() {
                Some(first) => format!("it fits none of the variants: {}", first.why),
                None => "it fits none of the variants".to_owned(),
            }),
            (1, _) | (_, UnionRule::AtLeastOne) => None,
            _ => Some("it fits more than one of the variants".to_owned()),
        }
    }

    /// Whether a text matches a pattern, where that is told soon.
    fn matches(&mut self, pattern: &str, text: &str) -> Option<bool> {
        let compiled = self.patterns.entry(pattern.to_owned()).or_insert_with(|| Pattern::new(pattern).ok());
        // One that backtracks may take for ever, so that it gets short strings only.
        let is_quick = |compiled: &&Pattern| compiled.is_linear() || text.len() <= SHORT;
        compiled.as_ref().filter(is_quick).map(|compiled| compiled.matches(text))
    }

    fn misfit_string(&mut self, text: &StringShape, value: &str) -> Option<String> {
        let length = u64::try_from(value.chars().count()).unwrap_or(u64::MAX);
        if text.min_length.is_some_and(|least| length < least)
            || text.max_length.is_some_and(|most| length > most)
        {
            return Some(format!("a string of {length} characters is out of bounds"));
        }
        if let Some(pattern) = &text.pattern
            && self.matches(pattern, value) == Some(false)
        {
            return Some(format!("the string does not match `{pattern}`"));
        }
        let legal = match &text.format {
            StringFormat::Uuid => is_uuid(value),
            StringFormat::Byte => is_base64(value),
            StringFormat::Date => is_date(value),
            StringFormat::DateTime => is_date_time(value),
            StringFormat::Other(format) if format == "duration" => is_duration(value),
            StringFormat::Other(format) if format == "time" => is_time(value),
            _ => true,
        };
        (!legal).then(|| format!("{value:?} is not of the format"))
    }
}

fn repeats(items: &[Value]) -> bool {
    items.iter().enumerate().any(|(index, item)| items[..index].contains(item))
}

fn misfit_count(count: usize, least: Option<u64>, most: Option<u64>, what: &str) -> Option<String> {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    let out = least.is_some_and(|least| count < least) || most.is_some_and(|most| count > most);
    out.then(|| format!("{count} {what} are out of bounds"))
}

fn misfit_integer(integer: &Integer, value: &Value) -> Option<String> {
    let whole = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from)).or_else(|| {
        let real = value.as_f64().filter(|real| real.fract() == 0.0)?;
        #[expect(clippy::cast_possible_truncation, reason = "the cast saturates, and a limit is far below")]
        Some(real as i128)
    });
    let Some(whole) = whole else { return Some(format!("{value} is not a whole number")) };
    let (least, most) = match integer.format {
        IntegerFormat::Int32 => (i128::from(i32::MIN), i128::from(i32::MAX)),
        IntegerFormat::Int64 | IntegerFormat::Unspecified => (i128::from(i64::MIN), i128::from(i64::MAX)),
        IntegerFormat::Uint32 => (0, i128::from(u32::MAX)),
        IntegerFormat::Uint64 => (0, i128::from(u64::MAX)),
    };
    let fits = (least..=most).contains(&whole)
        && integer.minimum.is_none_or(|bound| above(whole, bound))
        && integer.maximum.is_none_or(|bound| above(-whole, Bound { value: -bound.value, ..bound }))
        && integer.multiple_of.is_none_or(|step| step == 0 || whole % step == 0);
    (!fits).then(|| format!("{value} is out of bounds"))
}

fn misfit_number(number: &Number, value: &Value) -> Option<String> {
    let real = value.as_f64().unwrap_or_default();
    let fits = number.minimum.is_none_or(|bound| above(real, bound))
        && number.maximum.is_none_or(|bound| above(-real, Bound { value: -bound.value, ..bound }));
    (!fits).then(|| format!("{value} is out of bounds"))
}

fn above<T: PartialOrd + Copy>(value: T, bound: Bound<T>) -> bool {
    if bound.exclusive { value > bound.value } else { value >= bound.value }
}

fn article(value: &Value) -> &'static str {
    match value {
        Value::Null => "`null`",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn expected(shape: &Shape) -> &'static str {
    match shape {
        Shape::Boolean => "a boolean",
        Shape::Integer(_) => "an integer",
        Shape::Number(_) => "a number",
        Shape::String(_) => "a string",
        Shape::Array(_) | Shape::Tuple(_) => "a list",
        Shape::Map(_) | Shape::Named(_) => "an object",
        Shape::Any => "anything",
    }
}
