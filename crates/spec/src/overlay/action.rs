//! One action, applied to all that its target selects.

use std::collections::BTreeSet;

use serde_json::Value;
use serde_json_path::PathElement;
use specwright_diagnostics::{Code, Diagnostic, Diagnostics, Part, Place, Pointer};

use super::merge::{Mismatch, update};
use super::read::{Action, Change};
use super::{Origin, Overlay, Provenance};

/// A step to a selected value. Ordered so that, backwards, later items come before earlier ones.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Item(usize),
    Member(String),
}

pub(super) fn apply(
    root: &mut Value,
    provenance: &mut Provenance,
    overlay: &Overlay<'_>,
    action: &Action<'_>,
    sink: &mut Diagnostics,
) {
    let selected = select(root, action);
    if selected.is_empty() {
        sink.push(unmatched(overlay, action));
    }
    match action.change {
        Change::Remove => {
            // Later items first, so that the places of those still to go stay as they are.
            for steps in selected.iter().rev() {
                if !remove(root, provenance, steps) {
                    sink.push(mismatch(overlay, action, "the root of a document cannot be removed"));
                }
            }
        }
        Change::Update(value) => {
            let origin = Origin { file: overlay.index, pointer: action.pointer.child("update") };
            for steps in &selected {
                let pointer = pointer(steps);
                let Some(target) = root.pointer_mut(pointer.as_str()) else { continue };
                let mut mismatches = Vec::new();
                update(target, value, &pointer, &origin, provenance, &mut mismatches);
                sink.extend(mismatches.into_iter().map(|found| unmergeable(overlay, found)));
            }
        }
    }
}

/// Each value once, in a fixed order, however often the target selects it.
fn select(root: &Value, action: &Action<'_>) -> Vec<Vec<Step>> {
    let nodes = action.target.query_located(root);
    let selected: BTreeSet<Vec<Step>> = nodes
        .locations()
        .map(|location| {
            let step = |element: &PathElement<'_>| match element {
                PathElement::Name(name) => Step::Member((*name).to_owned()),
                PathElement::Index(index) => Step::Item(*index),
            };
            location.iter().map(step).collect()
        })
        .collect();
    selected.into_iter().collect()
}

fn pointer(steps: &[Step]) -> Pointer {
    steps.iter().fold(Pointer::root(), |pointer, step| match step {
        Step::Item(index) => pointer.index(*index),
        Step::Member(name) => pointer.child(name),
    })
}

/// Whether there was something to remove it from.
fn remove(root: &mut Value, provenance: &mut Provenance, steps: &[Step]) -> bool {
    let Some((last, parents)) = steps.split_last() else { return false };
    let parent = pointer(parents);
    match (root.pointer_mut(parent.as_str()), last) {
        (Some(Value::Object(members)), Step::Member(name)) => {
            members.shift_remove(name);
            provenance.forget(&parent.child(name));
        }
        (Some(Value::Array(items)), Step::Item(index)) if *index < items.len() => {
            items.remove(*index);
            provenance.close_gap(&parent, *index, items.len());
        }
        _ => {}
    }
    true
}

fn place(overlay: &Overlay<'_>, pointer: Pointer) -> Place {
    Place::InFile { file: overlay.file.to_owned(), pointer, part: Part::Value }
}

fn unmatched(overlay: &Overlay<'_>, action: &Action<'_>) -> Diagnostic {
    let place = place(overlay, action.pointer.child("target"));
    Diagnostic::new(Code::OverlayUnmatched, "the target matches nothing", place, "nothing in the document")
        .with_help("the document may have changed: mend the target, or drop the action")
}

fn mismatch(overlay: &Overlay<'_>, action: &Action<'_>, message: &str) -> Diagnostic {
    Diagnostic::new(Code::OverlayMismatch, message, place(overlay, action.pointer.child("target")), "")
}

fn unmergeable(overlay: &Overlay<'_>, found: Mismatch) -> Diagnostic {
    if found.selected_scalar {
        let message = format!("an update does not go into {}", found.into);
        return Diagnostic::new(Code::OverlayMismatch, message, place(overlay, found.origin), "")
            .with_secondary(Place::value(&found.target), format!("the target is {}", found.into))
            .with_help("select the object that holds it, and update its member");
    }
    let message = format!("{} cannot be merged into {}", found.from, found.into);
    Diagnostic::new(
        Code::OverlayMismatch,
        message,
        place(overlay, found.origin),
        format!("this is {}", found.from),
    )
    .with_secondary(Place::value(&found.target), format!("this is {}", found.into))
}
