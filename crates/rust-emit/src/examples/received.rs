//! What is only received: its types have no schema while the program runs.

use serde_json::Value;
use specwright_ir::{Additional, Ir, Schema, Shape, TypeKind};

/// Whether a schema can be written down: types that requests do not reach have none.
pub fn has_schema(ir: &Ir, schema: &Schema) -> bool {
    match &schema.shape {
        Shape::Array(array) => has_schema(ir, &array.items),
        Shape::Map(map) => has_schema(ir, &map.values),
        Shape::Tuple(items) => items.iter().all(|item| has_schema(ir, item)),
        Shape::Named(id) => match &ir.ty(*id).kind {
            TypeKind::Alias(alias) if !alias.newtype => has_schema(ir, &alias.schema),
            _ => crate::types::is_described(ir.ty(*id)),
        },
        _ => true,
    }
}

/// The pointers to members that no schema declares: reading loses them.
pub fn undeclared(ir: &Ir, value: &Value, schema: &Schema, at: &str, found: &mut Vec<String>) {
    let child = |name: &str| format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
    match (&schema.shape, value) {
        (Shape::Array(array), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                undeclared(ir, item, &array.items, &format!("{at}/{index}"), found);
            }
        }
        (Shape::Tuple(schemas), Value::Array(items)) => {
            for (index, (schema, item)) in schemas.iter().zip(items).enumerate() {
                undeclared(ir, item, schema, &format!("{at}/{index}"), found);
            }
        }
        (Shape::Map(map), Value::Object(members)) => {
            for (name, member) in members {
                undeclared(ir, member, &map.values, &child(name), found);
            }
        }
        (Shape::Named(id), _) => match (&ir.ty(*id).kind, value) {
            (TypeKind::Alias(alias), _) => undeclared(ir, value, &alias.schema, at, found),
            (TypeKind::Struct(object), Value::Object(members)) => {
                for (name, member) in members {
                    let field = object.fields.iter().find(|field| field.name.wire == *name);
                    match (field, &object.additional) {
                        (Some(field), _) => undeclared(ir, member, &field.schema, &child(name), found),
                        (None, Additional::Kept { values, .. }) if !object.ignored.contains(name) => {
                            undeclared(ir, member, values, &child(name), found);
                        }
                        (None, _) => found.push(child(name)),
                    }
                }
            }
            _ => {}
        },
        _ => {}
    }
}
