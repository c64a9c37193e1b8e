//! Unions: which of its schemas a value is of, and what its element is called.

use serde_json::Value;
use specwright_ir::{Ir, Schema, Shape, TypeKind, Union, Variant, Xml};

use super::{Made, Resolved, of_member, resolved};
use crate::fits::fits;

/// The variant that a value is of, which is of no other.
pub(super) fn chosen<'a>(ir: &'a Ir, union: &'a Union, value: &Value) -> Made<&'a Variant> {
    for variant in &union.variants {
        if matches!(resolved(ir, &variant.schema), Ok(Resolved::List(_))) {
            return Err("a list in a union is spelt as its items are".to_owned());
        }
    }
    let tag = union.discriminator.as_ref().and_then(|property| value.get(property)).and_then(Value::as_str);
    let is_it = |variant: &&Variant| match tag {
        Some(tag) => variant.values.iter().any(|value| value == tag),
        None => fits(ir, value, &variant.schema),
    };
    let mut found = union.variants.iter().filter(is_it);
    match (found.next(), found.next()) {
        (Some(variant), None) => Ok(variant),
        _ => Err("nothing tells which schema of a union is meant".to_owned()),
    }
}

/// What an element is called, where nothing but the union that its value is of says so.
pub(super) fn called(ir: &Ir, outer: &Xml, value: &Value, schema: &Schema) -> Made<Xml> {
    let Resolved::Union(union) = resolved(ir, schema)? else { return Ok(outer.clone()) };
    let own = chosen(ir, union, value)?.xml.as_deref();
    Ok(own.map_or_else(|| outer.clone(), |own| of_member(outer, own)))
}

/// What elements may be called for the union that they are of.
pub(super) fn names(ir: &Ir, outer: &Xml, schema: &Schema) -> Vec<Xml> {
    match resolved(ir, schema) {
        Ok(Resolved::Union(union)) => union
            .variants
            .iter()
            .filter_map(|variant| Some(of_member(outer, variant.xml.as_deref()?)))
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether any text is of a schema.
pub(super) fn is_text(ir: &Ir, schema: &Schema) -> bool {
    match &schema.shape {
        Shape::String(_) => true,
        Shape::Named(id) => matches!(&ir.ty(*id).kind, TypeKind::Alias(alias) if is_text(ir, &alias.schema)),
        _ => false,
    }
}
