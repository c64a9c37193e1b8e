//! Which examples are of what is sent: those that hold what only that has, or lack what comes back.

use std::collections::BTreeSet;

use serde_json::Value;
use specwright_diagnostics::Pointer;
use specwright_ir::{Access, Direction, Example, Ir, Schema, Shape, Type, TypeId, TypeKind};

/// How deep an example is looked into.
const DEPTH: usize = 64;

/// Where the examples of what is sent stand. All others are of what comes back.
pub(super) struct Sent(BTreeSet<Pointer>);

/// Tells the examples of schemas and properties apart.
pub(super) fn sent(ir: &Ir) -> Sent {
    let mut found = BTreeSet::new();
    for (index, ty) in ir.types.iter().enumerate() {
        let whole = Schema::new(Shape::Named(TypeId(index)), ty.name.origin.clone());
        add(ir, &ty.examples, &whole, &mut found);
        if let TypeKind::Struct(object) = &ty.kind {
            for field in &object.fields {
                add(ir, &field.examples, &field.schema, &mut found);
            }
        }
    }
    Sent(found)
}

fn add(ir: &Ir, examples: &[Example], schema: &Schema, found: &mut BTreeSet<Pointer>) {
    for example in examples {
        let mut signs = Signs::default();
        signs.look(ir, &example.value, schema, 0);
        if signs.of_request && !signs.of_response {
            found.insert(example.origin.clone());
        }
    }
}

impl Sent {
    /// Leaves one view of a type with its own examples.
    pub(super) fn keep(&self, ty: &mut Type, direction: Direction) {
        let is_own =
            |example: &Example| self.0.contains(&example.origin) == (direction == Direction::Request);
        ty.examples.retain(is_own);
        if let TypeKind::Struct(object) = &mut ty.kind {
            for field in object.fields.iter_mut().filter(|field| field.access == Access::ReadWrite) {
                field.examples.retain(is_own);
            }
        }
    }
}

/// What in a value speaks for which direction.
#[derive(Default)]
struct Signs {
    of_request: bool,
    of_response: bool,
}

impl Signs {
    fn look(&mut self, ir: &Ir, value: &Value, schema: &Schema, depth: usize) {
        if depth > DEPTH {
            return;
        }
        match (&schema.shape, value) {
            (Shape::Array(array), Value::Array(items)) => {
                for item in items {
                    self.look(ir, item, &array.items, depth + 1);
                }
            }
            (Shape::Map(map), Value::Object(members)) => {
                for member in members.values() {
                    self.look(ir, member, &map.values, depth + 1);
                }
            }
            (Shape::Named(id), _) => match (&ir.ty(*id).kind, value) {
                (TypeKind::Alias(alias), _) => self.look(ir, value, &alias.schema, depth + 1),
                (TypeKind::Struct(object), Value::Object(members)) => {
                    for field in &object.fields {
                        match (members.get(&field.name.wire), field.access) {
                            (Some(_), Access::ReadOnly) => self.of_response = true,
                            (Some(_), Access::WriteOnly) => self.of_request = true,
                            (None, Access::ReadOnly) => self.of_request |= field.required,
                            (None, Access::WriteOnly) => self.of_response |= field.required,
                            (Some(member), Access::ReadWrite) => {
                                self.look(ir, member, &field.schema, depth + 1);
                            }
                            (None, Access::ReadWrite) => {}
                        }
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
}
