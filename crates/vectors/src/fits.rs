//! Whether a value is what a schema asks for: every value that is made is held against it.

use serde_json::{Map as Members, Value};
use specwright_ir::{Additional, Ir, Schema, Shape, Struct, TypeKind, Union, UnionRule, Variant};

use crate::{number, text};

/// Values that hold values of their own to this depth.
const DEPTH: usize = 64;

/// Whether a value is all that a schema asks for.
pub(crate) fn fits(ir: &Ir, value: &Value, schema: &Schema) -> bool {
    judge(ir, value, schema, 0)
}

fn judge(ir: &Ir, value: &Value, schema: &Schema, depth: usize) -> bool {
    if depth > DEPTH {
        return false;
    }
    if value.is_null() && schema.nullable {
        return true;
    }
    let inside = |value: &Value, schema: &Schema| judge(ir, value, schema, depth + 1);
    let within = |count: usize, least: Option<u64>, most: Option<u64>| {
        let count = count as u64;
        least.is_none_or(|least| count >= least) && most.is_none_or(|most| count <= most)
    };
    match (&schema.shape, value) {
        (Shape::Any, _) | (Shape::Boolean, Value::Bool(_)) => true,
        (Shape::Integer(rules), Value::Number(number)) => number::integer_fits(rules, number),
        (Shape::Number(rules), Value::Number(number)) => number::number_fits(rules, number),
        (Shape::String(rules), Value::String(text)) => text::fits(rules, text),
        (Shape::Array(rules), Value::Array(items)) => {
            within(items.len(), rules.min_items, rules.max_items)
                && !(rules.unique_items && (1..items.len()).any(|at| items[..at].contains(&items[at])))
                && items.iter().all(|item| inside(item, &rules.items))
        }
        (Shape::Tuple(schemas), Value::Array(items)) => {
            items.len() == schemas.len()
                && items.iter().zip(schemas).all(|(item, schema)| inside(item, schema))
        }
        (Shape::Map(rules), Value::Object(members)) => {
            within(members.len(), rules.min_properties, rules.max_properties)
                && members.values().all(|member| inside(member, &rules.values))
        }
        (Shape::Named(id), _) => match (&ir.ty(*id).kind, value) {
            (TypeKind::Alias(alias), _) => inside(value, &alias.schema),
            (TypeKind::Enum(rules), _) => {
                rules.values.iter().any(|listed| listed.value == *value) || rules.open && value.is_string()
            }
            (TypeKind::Union(rules), _) => union(ir, value, rules, depth + 1),
            (TypeKind::Struct(rules), Value::Object(members)) => {
                within(members.len(), rules.min_properties, rules.max_properties)
                    && object(ir, members, rules, depth + 1)
            }
            (TypeKind::Struct(_), _) => false,
        },
        _ => false,
    }
}

fn object(ir: &Ir, members: &Members<String, Value>, rules: &Struct, depth: usize) -> bool {
    let has = |name: &String| members.contains_key(name);
    let fields = rules.fields.iter().all(|field| match members.get(&field.name.wire) {
        Some(member) => judge(ir, member, &field.schema, depth),
        None => !field.required,
    });
    let others = members.iter().all(|(name, member)| {
        rules.fields.iter().any(|field| field.name.wire == *name)
            || match &rules.additional {
                Additional::Ignored => true,
                Additional::Denied => false,
                Additional::Kept { values, .. } => judge(ir, member, values, depth),
            }
    });
    let groups = rules.groups.iter().all(|all| {
        let met = all.groups.iter().filter(|group| group.iter().all(has)).count();
        met == 1 || met > 1 && all.rule == UnionRule::AtLeastOne
    });
    fields && others && groups
}

/// Whether a value is of one variant, or of several where it may be.
pub(crate) fn union(ir: &Ir, value: &Value, rules: &Union, depth: usize) -> bool {
    if let (Some(property), Some(members)) = (&rules.discriminator, value.as_object()) {
        let Some(tag) = members.get(property).and_then(Value::as_str) else { return false };
        let named: Vec<_> =
            rules.variants.iter().filter(|variant| variant.values.iter().any(|value| value == tag)).collect();
        let fits = |variant: &&&Variant| {
            // What the variant's own schema does not know is the union's to write.
            let mut members = members.clone();
            if variant.tagged {
                members.shift_remove(property);
            }
            judge(ir, &Value::Object(members), &variant.schema, depth)
        };
        let fitting = named.iter().filter(fits).count();
        return fitting == 1 || fitting > 1 && rules.rule == UnionRule::AtLeastOne;
    }
    let fitting = rules.variants.iter().filter(|variant| judge(ir, value, &variant.schema, depth)).count();
    fitting == 1 || fitting > 1 && rules.rule == UnionRule::AtLeastOne
}

/// Whether a value that fits has no members but those that are declared: it comes back as it is.
pub(crate) fn is_declared(ir: &Ir, value: &Value, schema: &Schema) -> bool {
    knows(ir, value, schema, 0)
}

fn knows(ir: &Ir, value: &Value, schema: &Schema, depth: usize) -> bool {
    if depth > DEPTH {
        return false;
    }
    let inside = |value: &Value, schema: &Schema| knows(ir, value, schema, depth + 1);
    let of_struct = |(name, member): (&String, &Value), rules: &Struct| {
        let field = rules.fields.iter().find(|field| field.name.wire == *name);
        match (field, &rules.additional) {
            (Some(field), _) => inside(member, &field.schema),
            (None, Additional::Kept { values, .. }) => inside(member, values),
            (None, Additional::Ignored | Additional::Denied) => false,
        }
    };
    match (&schema.shape, value) {
        (Shape::Array(rules), Value::Array(items)) => items.iter().all(|item| inside(item, &rules.items)),
        (Shape::Tuple(schemas), Value::Array(items)) => {
            items.iter().zip(schemas).all(|(item, schema)| inside(item, schema))
        }
        (Shape::Map(rules), Value::Object(members)) => {
            members.values().all(|member| inside(member, &rules.values))
        }
        (Shape::Named(id), Value::Array(_) | Value::Object(_)) => match (&ir.ty(*id).kind, value) {
            (TypeKind::Alias(alias), _) => inside(value, &alias.schema),
            (TypeKind::Struct(rules), Value::Object(members)) => {
                members.iter().all(|member| of_struct(member, rules))
            }
            // Which variant it is read as is not known here.
            (TypeKind::Union(rules), _) => {
                rules.variants.iter().all(|variant| inside(value, &variant.schema))
            }
            _ => true,
        },
        _ => true,
    }
}
