//! How an update goes into what is there.

use serde_json::Value;
use specwright_diagnostics::Pointer;

use super::{Origin, Provenance};
use crate::structure::kind_of;

/// An update that has another shape than its target.
pub(super) struct Mismatch {
    pub origin: Pointer,
    pub target: Pointer,
    pub from: &'static str,
    pub into: &'static str,
    /// Whether the action's own target is neither an object nor a list.
    pub selected_scalar: bool,
}

/// Updates a selected value: an object is merged into an object, anything is appended to a list.
pub(super) fn update(
    target: &mut Value,
    value: &Value,
    pointer: &Pointer,
    origin: &Origin,
    provenance: &mut Provenance,
    mismatches: &mut Vec<Mismatch>,
) {
    if let Value::Array(items) = target {
        provenance.record(&pointer.index(items.len()), origin.clone());
        items.push(value.clone());
    } else if target.is_object() && value.is_object() {
        merge(target, value, pointer, origin, provenance, mismatches);
    } else {
        mismatches.push(Mismatch {
            origin: origin.pointer.clone(),
            target: pointer.clone(),
            from: kind_of(value),
            into: kind_of(target),
            selected_scalar: !is_collection(target),
        });
    }
}

/// Below the selected object: objects merge, lists grow at their end, anything else is replaced.
fn merge(
    target: &mut Value,
    value: &Value,
    pointer: &Pointer,
    origin: &Origin,
    provenance: &mut Provenance,
    mismatches: &mut Vec<Mismatch>,
) {
    match (target, value) {
        (Value::Object(target), Value::Object(members)) => {
            for (key, value) in members {
                let (pointer, origin) = (pointer.child(key), origin.child(key));
                if let Some(target) = target.get_mut(key) {
                    merge(target, value, &pointer, &origin, provenance, mismatches);
                } else {
                    provenance.record(&pointer, origin);
                    target.insert(key.clone(), value.clone());
                }
            }
        }
        (Value::Array(target), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                provenance.record(&pointer.index(target.len()), origin.child(index.to_string()));
                target.push(item.clone());
            }
        }
        (target, value) if is_collection(target) || is_collection(value) => mismatches.push(Mismatch {
            origin: origin.pointer.clone(),
            target: pointer.clone(),
            from: kind_of(value),
            into: kind_of(target),
            selected_scalar: false,
        }),
        (target, value) => {
            provenance.record(pointer, origin.clone());
            *target = value.clone();
        }
    }
}

fn is_collection(value: &Value) -> bool {
    value.is_object() || value.is_array()
}
