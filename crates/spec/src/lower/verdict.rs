//! Unions as a whole, once all types are known: what tells their variants apart, and where nothing does.

use specwright_diagnostics::{Code, Diagnostic, Diagnostics, Place, Pointer};
use specwright_ir::{
    Additional, Enum, Field, Integer, Ir, Number, Schema, Shape, StringFormat, StringShape, Struct, TypeId,
    TypeKind, Union, UnionRule, Variant,
};

/// How deep two schemas are compared.
const DEPTH: usize = 6;

/// Settles every union.
pub(super) fn pass(ir: &mut Ir, sink: &mut Diagnostics) {
    for index in 0..ir.types.len() {
        let TypeKind::Union(union) = &ir.types[index].kind else { continue };
        let mut settled = union.clone();
        values(ir, &mut settled, &ir.types[index].name.origin, sink);
        if settled.discriminator.is_none() && settled.rule == UnionRule::ExactlyOne {
            ambiguous(ir, &mut settled, sink);
        }
        settled.overlaps = settled.rule == UnionRule::AtLeastOne
            && settled.discriminator.is_none()
            && overlaps(ir, &settled.variants);
        ir.types[index].kind = TypeKind::Union(settled);
    }
}

/// What the discriminator's values mean: those of a variant that is a union by the same member are its
/// own. Where no variant has any, the discriminator says nothing.
fn values(ir: &Ir, union: &mut Union, origin: &Pointer, sink: &mut Diagnostics) {
    let Some(property) = union.discriminator.clone() else { return };
    let stated: Vec<String> = union.variants.iter().flat_map(|variant| variant.values.clone()).collect();
    for variant in &mut union.variants {
        if let Some(TypeKind::Union(inner)) = kind(ir, &variant.schema)
            && inner.discriminator.as_ref() == Some(&property)
        {
            let more = inner.variants.iter().flat_map(|inner| &inner.values);
            let more = more.filter(|value| !stated.contains(value) && !variant.values.contains(value));
            let more: Vec<_> = more.cloned().collect();
            variant.values.extend(more);
        }
        variant.tagged = !variant.values.is_empty() && lacks(ir, &variant.schema, &property);
    }
    if stated.is_empty() {
        let message = "the discriminator is not carried over: it has no value that means any of the members";
        sink.push(Diagnostic::new(Code::UnusedDiscriminator, message, Place::value(origin), "left out here"));
        union.discriminator = None;
        return;
    }
    for variant in union.variants.iter().filter(|variant| variant.values.is_empty()) {
        if may_be_object(ir, &variant.schema) {
            sink.push(
                Diagnostic::new(
                    Code::UnnamedVariant,
                    format!("no value of the discriminator `{property}` means this member of the union"),
                    Place::value(&variant.name.origin),
                    "read where the value means none of the others",
                )
                .with_help("make it a component, or give it a property with an `enum` of one value"),
            );
        }
    }
}

/// Whether a discriminator can be about values of a schema.
fn may_be_object(ir: &Ir, schema: &Schema) -> bool {
    match &follow(ir, schema).shape {
        Shape::Any | Shape::Map(_) => true,
        Shape::Named(id) => match &ir.ty(*id).kind {
            TypeKind::Struct(_) => true,
            TypeKind::Union(union) => union
                .variants
                .iter()
                .any(|variant| matches!(kind(ir, &variant.schema), Some(TypeKind::Struct(_)))),
            TypeKind::Enum(_) | TypeKind::Alias(_) => false,
        },
        _ => false,
    }
}

/// Whether an object would lose a member: it neither declares it nor keeps what it does not declare.
fn lacks(ir: &Ir, schema: &Schema, property: &str) -> bool {
    match kind(ir, schema) {
        Some(TypeKind::Struct(object)) => {
            let is_ignored = object.ignored.iter().any(|name| name == property);
            (is_ignored || !matches!(object.additional, Additional::Kept { .. }))
                && object.fields.iter().all(|field| field.name.wire != property)
        }
        _ => false,
    }
}

/// What a named schema is, aliases followed.
fn kind<'a>(ir: &'a Ir, schema: &'a Schema) -> Option<&'a TypeKind> {
    let Shape::Named(id) = &follow(ir, schema).shape else { return None };
    Some(&ir.ty(*id).kind)
}

fn follow<'a>(ir: &'a Ir, schema: &'a Schema) -> &'a Schema {
    let mut schema = schema;
    for _ in 0..ir.types.len() {
        match &schema.shape {
            Shape::Named(id) => match &ir.ty(*id).kind {
                TypeKind::Alias(alias) => schema = &alias.schema,
                _ => break,
            },
            _ => break,
        }
    }
    schema
}

fn ambiguous(ir: &Ir, union: &mut Union, sink: &mut Diagnostics) {
    let mut found = false;
    for (index, later) in union.variants.iter().enumerate() {
        let alike = |earlier: &&Variant| {
            within(ir, &earlier.schema, &later.schema, 0) || within(ir, &later.schema, &earlier.schema, 0)
        };
        let Some(earlier) = union.variants[..index].iter().find(alike) else { continue };
        found = true;
        sink.push(
            Diagnostic::new(
                Code::AmbiguousUnion,
                format!(
                    "nothing tells `{}` from `{}`: what fits one of them fits both",
                    earlier.name.wire, later.name.wire
                ),
                Place::value(&later.name.origin),
                "read as `anyOf`: the variant that knows most of a value's members",
            )
            .with_secondary(Place::value(&earlier.name.origin), "the other"),
        );
    }
    if found {
        union.rule = UnionRule::AtLeastOne;
    }
}

/// Whether two of the variants are objects, neither of which knows all that the other does.
fn overlaps(ir: &Ir, variants: &[Variant]) -> bool {
    let objects: Vec<&Struct> = variants
        .iter()
        .filter_map(|variant| match kind(ir, &variant.schema) {
            Some(TypeKind::Struct(object)) if matches!(object.additional, Additional::Ignored) => {
                Some(object)
            }
            _ => None,
        })
        .collect();
    let knows_all = |one: &Struct, other: &Struct| {
        other.fields.iter().all(|field| one.fields.iter().any(|own| own.name.wire == field.name.wire))
    };
    objects.iter().enumerate().any(|(index, one)| {
        let mut earlier = objects[..index].iter();
        earlier.any(|other| !knows_all(one, other) && !knows_all(other, one) && !exclude(ir, one, other))
    })
}

/// Whether a member has one value in one object and another in the other.
fn exclude(ir: &Ir, one: &Struct, other: &Struct) -> bool {
    let listed = |field: &Field| match kind(ir, &field.schema) {
        Some(TypeKind::Enum(values)) if field.required && !values.open => {
            Some(values.values.iter().map(|value| value.value.clone()).collect::<Vec<_>>())
        }
        _ => None,
    };
    one.fields.iter().any(|field| {
        let twin = other.fields.iter().find(|twin| twin.name.wire == field.name.wire);
        let lists = listed(field).zip(twin.and_then(listed));
        lists.is_some_and(|(left, right)| left.iter().all(|value| !right.contains(value)))
    })
}

/// Whether a value of one schema is one of the other as well, as far as both say.
fn within(ir: &Ir, one: &Schema, other: &Schema, depth: usize) -> bool {
    let (one, other) = (follow(ir, one), follow(ir, other));
    if depth > DEPTH {
        return true;
    }
    // What a value is held against besides is not compared.
    let is_ruled =
        !other.rules.is_empty() || matches!(&other.shape, Shape::Named(id) if !ir.ty(*id).rules.is_empty());
    if is_ruled && (one.shape != other.shape || one.rules != other.rules) {
        return false;
    }
    match (&one.shape, &other.shape) {
        (_, Shape::Any) | (Shape::Boolean, Shape::Boolean) => true,
        (Shape::Integer(one), Shape::Integer(other)) => one == other || is_free_integer(other),
        (Shape::Integer(_), Shape::Number(other)) => is_free_number(other),
        (Shape::Number(one), Shape::Number(other)) => one == other || is_free_number(other),
        (Shape::String(one), Shape::String(other)) => one == other || is_free_string(other),
        (Shape::Array(one), Shape::Array(other)) => {
            let is_free = other.min_items.is_none() && other.max_items.is_none() && !other.unique_items;
            let same = (one.min_items, one.max_items) == (other.min_items, other.max_items);
            (is_free || same) && within(ir, &one.items, &other.items, depth + 1)
        }
        (Shape::Map(one), Shape::Map(other)) => within(ir, &one.values, &other.values, depth + 1),
        (Shape::Named(one), Shape::Named(other)) if one == other => true,
        (_, Shape::Named(id)) if matches!(ir.ty(*id).kind, TypeKind::Union(_)) => {
            variants(ir, *id).iter().any(|variant| within(ir, one, &variant.schema, depth + 1))
        }
        (Shape::Named(id), _) => named_within(ir, *id, other, depth),
        _ => false,
    }
}

fn variants(ir: &Ir, id: TypeId) -> &[Variant] {
    if let TypeKind::Union(union) = &ir.ty(id).kind { &union.variants } else { &[] }
}

fn named_within(ir: &Ir, id: TypeId, other: &Schema, depth: usize) -> bool {
    let target = if let Shape::Named(other) = &other.shape { Some(&ir.ty(*other).kind) } else { None };
    match (&ir.ty(id).kind, &other.shape, target) {
        (TypeKind::Union(union), _, _) => {
            union.variants.iter().all(|variant| within(ir, &variant.schema, other, depth + 1))
        }
        (TypeKind::Enum(_), Shape::String(text), _) => is_free_string(text),
        (TypeKind::Enum(one), _, Some(TypeKind::Enum(other))) => enum_within(one, other),
        (TypeKind::Struct(object), Shape::Map(map), _) => {
            object.fields.iter().all(|field| within(ir, &field.schema, &map.values, depth + 1))
        }
        (TypeKind::Struct(one), _, Some(TypeKind::Struct(other))) => struct_within(ir, one, other, depth),
        _ => false,
    }
}

fn enum_within(one: &Enum, other: &Enum) -> bool {
    let is_listed = |wire: &serde_json::Value| other.values.iter().any(|value| value.value == *wire);
    other.open || one.values.iter().all(|value| is_listed(&value.value))
}

fn struct_within(ir: &Ir, one: &Struct, other: &Struct, depth: usize) -> bool {
    let find =
        |object: &'_ Struct, wire: &str| object.fields.iter().position(|field| field.name.wire == wire);
    let is_free = other.groups.is_empty() && other.min_properties.is_none() && other.max_properties.is_none();
    let closed = matches!(other.additional, Additional::Denied)
        && (!matches!(one.additional, Additional::Denied)
            || one.fields.iter().any(|field| find(other, &field.name.wire).is_none()));
    is_free
        && !closed
        && other.fields.iter().all(|field| match find(one, &field.name.wire) {
            Some(index) => {
                let own = &one.fields[index];
                (own.required || !field.required) && within(ir, &own.schema, &field.schema, depth + 1)
            }
            None => !field.required,
        })
}

fn is_free_integer(integer: &Integer) -> bool {
    integer.minimum.is_none() && integer.maximum.is_none() && integer.multiple_of.is_none()
}

fn is_free_number(number: &Number) -> bool {
    number.minimum.is_none() && number.maximum.is_none() && number.multiple_of.is_none()
}

/// Whether nothing that is checked narrows a string.
fn is_free_string(text: &StringShape) -> bool {
    let checked = match &text.format {
        StringFormat::DateTime
        | StringFormat::Date
        | StringFormat::Uuid
        | StringFormat::Byte
        | StringFormat::Base64Url => true,
        StringFormat::Other(format) => format == "duration" || format == "time",
        _ => false,
    };
    !checked && text.min_length.is_none() && text.max_length.is_none() && text.pattern.is_none()
}
