//! The boundaries inside of a value.

use std::collections::VecDeque;

use serde_json::Value;
use specwright_ir::{Access, Additional, EnumRepr, Ir, Schema, Shape, TypeKind};

use crate::edge::{Edge, Verdict};
use crate::fits::fits;
use crate::value::edges;
use crate::vector::Edit;

/// So many boundaries of a value are tested, those at its outside first.
const ENOUGH: usize = 120;

/// Values inside of so many others are not varied.
const DEPTH: usize = 4;

/// A change of a value.
pub(crate) struct Change {
    /// RFC 6901 pointer to where the value changes.
    pub at: String,
    /// The change.
    pub edit: Edit,
    /// What becomes of the value then.
    pub verdict: Verdict,
    /// The value with the change.
    pub changed: Value,
}

/// A value inside of another, and its schema.
struct Inner<'a> {
    at: String,
    schema: &'a Schema,
    value: &'a Value,
    depth: usize,
}

/// Changes of a value that lead to a boundary, or just beyond it.
pub(crate) fn changes(ir: &Ir, schema: &Schema, whole: &Value) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut queue = VecDeque::from([Inner { at: String::new(), schema, value: whole, depth: 0 }]);
    while let Some(inner) = queue.pop_front() {
        if changes.len() >= ENOUGH || inner.depth > DEPTH {
            break;
        }
        let mut found: Vec<(String, Edge)> =
            edges(ir, inner.schema).into_iter().map(|edge| (inner.at.clone(), edge)).collect();
        if !inner.at.is_empty() && !takes_null(ir, inner.schema) {
            let broken = if is_literal(ir, inner.schema) { "enum" } else { "type" };
            found.push((inner.at.clone(), Edge::refused(broken, Value::Null)));
        } else if !inner.at.is_empty() && inner.schema.nullable {
            found.push((inner.at.clone(), Edge::accepted("null", Value::Null)));
        }
        enter(ir, &inner, &mut found, &mut queue);
        changes.extend(found.into_iter().filter_map(|(at, edge)| change(ir, schema, whole, at, edge)));
    }
    changes.truncate(ENOUGH);
    changes
}

/// Whether `null` is legal, or what is said of it is not sure: a union says it in its own words.
fn takes_null(ir: &Ir, schema: &Schema) -> bool {
    schema.nullable
        || match &schema.shape {
            Shape::Any => true,
            Shape::Named(id) => match &ir.ty(*id).kind {
                TypeKind::Alias(alias) => takes_null(ir, &alias.schema),
                TypeKind::Union(_) => true,
                TypeKind::Struct(_) | TypeKind::Enum(_) => false,
            },
            _ => false,
        }
}

/// Whether what is legal are values of whatever type, so that no type is wrong.
fn is_literal(ir: &Ir, schema: &Schema) -> bool {
    let Shape::Named(id) = &schema.shape else { return false };
    match &ir.ty(*id).kind {
        TypeKind::Alias(alias) => is_literal(ir, &alias.schema),
        TypeKind::Enum(rules) => rules.repr == EnumRepr::Literal,
        TypeKind::Struct(_) | TypeKind::Union(_) => false,
    }
}

/// Queues the values inside of a value. What may be there or has to be is a boundary of the outer one.
fn enter<'a>(
    ir: &'a Ir,
    outer: &Inner<'a>,
    found: &mut Vec<(String, Edge)>,
    queue: &mut VecDeque<Inner<'a>>,
) {
    let depth = outer.depth + 1;
    // What holds for the whole may depend on what is inside of it.
    let of_type = matches!(&outer.schema.shape, Shape::Named(id) if !ir.ty(*id).rules.is_empty());
    if of_type || !outer.schema.rules.is_empty() {
        return;
    }
    let mut enter = |name: &str, schema: &'a Schema, value: &'a Value| {
        queue.push_back(Inner { at: child(&outer.at, name), schema, value, depth });
    };
    match (&outer.schema.shape, outer.value) {
        (Shape::Array(rules), Value::Array(items)) => {
            if let Some(first) = items.first() {
                enter("0", &rules.items, first);
            }
        }
        (Shape::Map(rules), Value::Object(members)) => {
            if let Some((name, member)) = members.iter().next() {
                enter(name, &rules.values, member);
            }
        }
        (Shape::Named(id), value) => match (&ir.ty(*id).kind, value) {
            (TypeKind::Alias(alias), value) => {
                let inner = Inner { at: outer.at.clone(), schema: &alias.schema, value, depth: outer.depth };
                self::enter(ir, &inner, found, queue);
            }
            (TypeKind::Struct(rules), Value::Object(members)) => {
                for field in &rules.fields {
                    let name = &field.name.wire;
                    let Some(member) = members.get(name) else { continue };
                    enter(name, &field.schema, member);
                    // Of one direction alone it need not be there in the other.
                    if field.required && field.access == Access::ReadWrite {
                        found.push((child(&outer.at, name), Edge::left_out()));
                    }
                }
                if matches!(rules.additional, Additional::Denied) {
                    let unknown = child(&outer.at, "unknown member");
                    found.push((unknown, Edge::refused("additionalProperties", Value::Bool(true))));
                }
            }
            _ => {}
        },
        _ => {}
    }
}

/// The change that an edge makes, where it does to the whole value what it says of a part.
fn change(ir: &Ir, schema: &Schema, whole: &Value, at: String, edge: Edge) -> Option<Change> {
    let mut changed = whole.clone();
    let edit = if let Some(value) = edge.value {
        set(&mut changed, &at, value.clone())?;
        Edit::set(at.clone(), value)
    } else {
        remove(&mut changed, &at)?;
        Edit::Remove(at.clone())
    };
    let is_legal = matches!(edge.verdict, Verdict::Accepted(_));
    let is_new = changed != *whole;
    (is_new && fits(ir, &changed, schema) == is_legal).then_some(Change {
        at,
        edit,
        verdict: edge.verdict,
        changed,
    })
}

fn child(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn parent<'v>(value: &'v mut Value, at: &str) -> Option<(&'v mut Value, String)> {
    let (outer, name) = at.rsplit_once('/')?;
    let name = name.replace("~1", "/").replace("~0", "~");
    value.pointer_mut(outer).map(|outer| (outer, name))
}

fn set(whole: &mut Value, at: &str, value: Value) -> Option<()> {
    if at.is_empty() {
        *whole = value;
        return Some(());
    }
    match parent(whole, at)? {
        (Value::Object(members), name) => {
            members.insert(name, value);
        }
        (Value::Array(items), name) => *items.get_mut(name.parse::<usize>().ok()?)? = value,
        _ => return None,
    }
    Some(())
}

fn remove(whole: &mut Value, at: &str) -> Option<()> {
    match parent(whole, at)? {
        (Value::Object(members), name) => members.shift_remove(&name).map(|_| ()),
        _ => None,
    }
}
