//! Values that a schema takes.

use serde_json::{Map as Members, Value};
use specwright_ir::{
    Additional, Array, EnumRepr, Example, Field, Ir, Map, RequiredGroups, Rule, Schema, Shape, Struct,
    TypeKind, Union, UnionRule,
};

use crate::edge::Edge;
use crate::{fits, number, text};

/// How much of what is optional a value has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Nothing.
    Least,
    /// All of it, as deep as is worth a test.
    Full,
}

/// Members are filled in to this depth.
const FULL: usize = 3;

/// Values are made to this depth.
const DEPTH: usize = 24;

/// A list of more is worth no test.
const MANY: u64 = 64;

/// A value; without one, why.
pub(crate) fn value(ir: &Ir, schema: &Schema, extent: Extent) -> Result<Value, String> {
    let made = make(ir, schema, extent, 0)?;
    if fits::fits(ir, &made, schema) {
        Ok(made)
    } else {
        Err(format!("no value was found that `{}` takes", schema.origin))
    }
}

fn make(ir: &Ir, schema: &Schema, extent: Extent, depth: usize) -> Result<Value, String> {
    let none = |what: &str| format!("no {what} was found that `{}` takes", schema.origin);
    if depth > DEPTH {
        return Err(none("value of this depth"));
    }
    let extent = if depth > FULL { Extent::Least } else { extent };
    // What else is asked for is left to the document's examples, but for a list of values.
    match schema.rules.as_slice() {
        [] => {}
        [Rule::Values(values)] => {
            return values.iter().find(|value| !value.is_null()).cloned().ok_or_else(|| none("value"));
        }
        _ => return Err(none("value")),
    }
    match &schema.shape {
        Shape::Any => Ok(Value::from("any")),
        Shape::Boolean => Ok(Value::Bool(true)),
        Shape::Integer(rules) => number::integer(rules, extent).ok_or_else(|| none("integer")),
        Shape::Number(rules) => number::number(rules, extent).ok_or_else(|| none("number")),
        Shape::String(rules) => text::string(rules, extent).map(Value::String).ok_or_else(|| none("string")),
        Shape::Array(rules) => list(ir, rules, extent, depth).map(Value::Array),
        Shape::Tuple(items) => items.iter().map(|item| make(ir, item, extent, depth + 1)).collect(),
        Shape::Map(rules) => map(ir, rules, extent, depth).map(Value::Object),
        Shape::Named(id) if !ir.ty(*id).rules.is_empty() => Err(none("value")),
        Shape::Named(id) => {
            let ty = ir.ty(*id);
            match &ty.kind {
                TypeKind::Alias(alias) => make(ir, &alias.schema, extent, depth + 1),
                TypeKind::Enum(rules) => {
                    let value = match extent {
                        Extent::Least => rules.values.first(),
                        Extent::Full => rules.values.last(),
                    };
                    value.map(|value| value.value.clone()).ok_or_else(|| none("value"))
                }
                TypeKind::Struct(rules) => object(ir, rules, extent, depth).map(Value::Object),
                TypeKind::Union(rules) => variants(ir, rules, extent, depth)
                    .into_iter()
                    .find(|value| fits::union(ir, value, rules, 0))
                    .ok_or_else(|| none("value of one variant alone")),
            }
        }
    }
}

fn list(ir: &Ir, rules: &Array, extent: Extent, depth: usize) -> Result<Vec<Value>, String> {
    let least = rules.min_items.unwrap_or_default();
    if extent == Extent::Least {
        return items(ir, rules, least, extent, depth);
    }
    // Two show what separates them; of objects one is long enough.
    let wanted = if is_plain(ir, &rules.items) { 2 } else { 1 };
    let several = wanted.min(rules.max_items.unwrap_or(wanted)).max(least);
    let fewer = wanted.min(1).max(least);
    items(ir, rules, several, extent, depth).or_else(|_| items(ir, rules, fewer, extent, depth))
}

/// Whether a value of the schema is no list and no object.
fn is_plain(ir: &Ir, schema: &Schema) -> bool {
    match &schema.shape {
        Shape::Named(id) => match &ir.ty(*id).kind {
            TypeKind::Alias(alias) => !alias.newtype && is_plain(ir, &alias.schema),
            TypeKind::Enum(_) => true,
            TypeKind::Struct(_) | TypeKind::Union(_) => false,
        },
        Shape::Array(_) | Shape::Tuple(_) | Shape::Map(_) | Shape::Any => false,
        _ => true,
    }
}

/// So many items, all different where they have to be.
fn items(ir: &Ir, rules: &Array, count: u64, extent: Extent, depth: usize) -> Result<Vec<Value>, String> {
    if count > MANY {
        return Err(format!("{count} items are too many for a test"));
    }
    let mut items: Vec<Value> = Vec::new();
    if count == 0 {
        return Ok(items);
    }
    let item = match make(ir, &rules.items, extent, depth + 1) {
        // A list may be empty where its items cannot be made.
        Err(_) if rules.min_items.unwrap_or_default() == 0 => return Ok(items),
        made => made?,
    };
    let mut others = edges(ir, &rules.items)
        .into_iter()
        .filter_map(|edge| edge.value)
        .filter(|value| rules.unique_items && fits::fits(ir, value, &rules.items));
    let mut numbered = (0_u64..).flat_map(|number| {
        [format!("text-{number}"), format!("00000000-0000-4000-8000-{number:012}")].map(Value::from)
    });
    items.push(item.clone());
    while (items.len() as u64) < count {
        let next = if rules.unique_items {
            let is_new = |value: &Value| !items.contains(value) && fits::fits(ir, value, &rules.items);
            others.by_ref().find(is_new).or_else(|| numbered.by_ref().take(512).find(is_new))
        } else {
            Some(item.clone())
        };
        items.push(next.ok_or_else(|| format!("no {count} different items were found"))?);
    }
    Ok(items)
}

fn map(ir: &Ir, rules: &Map, extent: Extent, depth: usize) -> Result<Members<String, Value>, String> {
    let wanted = match extent {
        Extent::Least => 0,
        Extent::Full => rules.max_properties.unwrap_or(1).min(1),
    };
    let count = rules.min_properties.unwrap_or_default().max(wanted);
    if count > MANY {
        return Err(format!("{count} members are too many for a test"));
    }
    if count == 0 {
        return Ok(Members::new());
    }
    let value = make(ir, &rules.values, extent, depth + 1)?;
    Ok((0..count).map(|number| (format!("key{number}"), value.clone())).collect())
}

fn object(ir: &Ir, rules: &Struct, extent: Extent, depth: usize) -> Result<Members<String, Value>, String> {
    let most = rules.max_properties.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
    let least = rules.min_properties.map_or(0, |least| usize::try_from(least).unwrap_or(usize::MAX));
    let grouped = grouped(&rules.groups);
    let forbidden = forbidden(&rules.groups);
    let required = |name: &String| {
        grouped.contains(&name) || rules.fields.iter().any(|field| field.required && field.name.wire == *name)
    };
    let asked = rules.fields.iter().filter(|field| required(&field.name.wire)).count();
    let mut room = most.saturating_sub(asked);
    let mut missing = least.saturating_sub(asked);
    let mut members = Members::new();
    for field in &rules.fields {
        let name = &field.name.wire;
        if !required(name) {
            let wanted = extent == Extent::Full || missing > 0;
            if !wanted || room == 0 || forbidden.contains(&name) {
                continue;
            }
            // What is optional may be left out where no value is found.
            if let Ok(value) = member(ir, field, extent, depth) {
                room -= 1;
                missing = missing.saturating_sub(1);
                members.insert(name.clone(), value);
            }
            continue;
        }
        members.insert(name.clone(), member(ir, field, extent, depth)?);
    }
    if let Additional::Kept { values, .. } = &rules.additional {
        let wanted = match extent {
            Extent::Least => missing,
            Extent::Full => missing.max(1),
        };
        for number in 0..wanted.min(room) {
            if let Ok(value) = make(ir, values, Extent::Least, depth + 1) {
                members.insert(format!("additional{number}"), value);
            }
        }
    }
    Ok(members)
}

/// A property's value: one that is made, else one of the document's examples.
fn member(ir: &Ir, field: &Field, extent: Extent, depth: usize) -> Result<Value, String> {
    make(ir, &field.schema, extent, depth + 1)
        .or_else(|why| example(ir, &field.examples, &field.schema).ok_or(why))
}

/// An example of the document's that stands for a value that is made: all of it is declared.
pub(crate) fn example(ir: &Ir, examples: &[Example], schema: &Schema) -> Option<Value> {
    let fitting = examples.iter().filter(|example| example.defect.is_none());
    fitting.map(|example| &example.value).find(|value| fits::is_declared(ir, value, schema)).cloned()
}

/// The properties that the first of each set of groups asks for.
fn grouped(groups: &[RequiredGroups]) -> Vec<&String> {
    groups.iter().filter_map(|all| all.groups.first()).flatten().collect()
}

/// The properties that would satisfy a second group where one may be satisfied.
fn forbidden(groups: &[RequiredGroups]) -> Vec<&String> {
    let asked = grouped(groups);
    let single = groups.iter().filter(|all| all.rule == UnionRule::ExactlyOne);
    let others = single.flat_map(|all| all.groups.iter().skip(1).flatten());
    others.filter(|name| !asked.contains(name)).collect()
}

/// A value of each variant that one is found for, with the discriminator's member.
pub(crate) fn variants(ir: &Ir, rules: &Union, extent: Extent, depth: usize) -> Vec<Value> {
    let values = rules.variants.iter().filter_map(|variant| {
        let mut value = make(ir, &variant.schema, extent, depth + 1).ok()?;
        if let (Some(property), Some(tag)) = (&rules.discriminator, variant.values.first())
            && let Some(members) = value.as_object_mut()
        {
            members.insert(property.clone(), Value::from(tag.as_str()));
        }
        Some(value)
    });
    values.collect()
}

/// What is on both sides of a schema's boundaries, `null` and the schemas inside of it aside.
pub(crate) fn edges(ir: &Ir, schema: &Schema) -> Vec<Edge> {
    let mut edges = Vec::new();
    if !schema.rules.is_empty() || matches!(&schema.shape, Shape::Named(id) if !ir.ty(*id).rules.is_empty()) {
        // A boundary of the type may lie beyond what is asked for besides.
        return edges;
    }
    let wrong_type = || Edge::refused("type", Value::from("text"));
    match &schema.shape {
        Shape::Any => {}
        Shape::Boolean => {
            edges.push(Edge::accepted("false", Value::Bool(false)));
            edges.push(wrong_type());
        }
        Shape::Integer(rules) => number::integer_edges(rules, &mut edges),
        Shape::Number(rules) => number::number_edges(rules, &mut edges),
        Shape::String(rules) => text::edges(rules, &mut edges),
        Shape::Array(rules) => list_edges(ir, rules, &mut edges),
        Shape::Tuple(_) => edges.push(wrong_type()),
        Shape::Map(rules) => {
            edges.push(wrong_type());
            if rules.min_properties.is_none_or(|least| least == 0) {
                edges.push(Edge::accepted("without members", Value::Object(Members::new())));
            } else {
                edges.push(Edge::refused("minProperties", Value::Object(Members::new())));
            }
        }
        Shape::Named(id) => match &ir.ty(*id).kind {
            TypeKind::Alias(alias) if !alias.newtype => return self::edges(ir, &alias.schema),
            TypeKind::Enum(rules) => {
                let values = rules.values.iter().map(|value| value.value.clone());
                edges.extend(values.take(256).map(|value| Edge::accepted("a value", value)));
                let is_integer = rules.values.iter().all(|value| value.value.is_number());
                let other = if is_integer { Value::from(987_654_321) } else { Value::from("no such value") };
                // Of several types, any may be one of the values.
                if !rules.open && rules.repr != EnumRepr::Literal {
                    edges.push(Edge::refused("enum", other));
                }
            }
            TypeKind::Union(rules) => {
                let values = variants(ir, rules, Extent::Least, 0).into_iter();
                edges.extend(values.map(|value| Edge::accepted("a variant", value)));
            }
            TypeKind::Struct(_) | TypeKind::Alias(_) => edges.push(wrong_type()),
        },
    }
    edges
}

fn list_edges(ir: &Ir, rules: &Array, edges: &mut Vec<Edge>) {
    edges.push(Edge::refused("type", Value::from("text")));
    let many = |count: u64| {
        items(ir, rules, count, Extent::Least, 0).ok().filter(|items| items.len() as u64 == count)
    };
    match rules.min_items.filter(|least| *least > 0) {
        None => edges.push(Edge::accepted("without items", Value::Array(Vec::new()))),
        Some(least) => {
            edges.extend(many(least).map(|items| Edge::accepted("the fewest items", Value::Array(items))));
            let fewer = many(least).map(|items| items.into_iter().skip(1).collect());
            edges.extend(fewer.map(|items| Edge::refused("minItems", Value::Array(items))));
        }
    }
    if let Some(most) = rules.max_items {
        edges.extend(many(most).map(|items| Edge::accepted("the most items", Value::Array(items))));
        edges.extend(many(most + 1).map(|items| Edge::refused("maxItems", Value::Array(items))));
    }
    if rules.unique_items && rules.max_items.is_none_or(|most| most > 1) {
        let twice = many(1).map(|items| [items.clone(), items].concat());
        edges.extend(twice.map(|items| Edge::refused("uniqueItems", Value::Array(items))));
    }
}
