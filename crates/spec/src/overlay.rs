//! OpenAPI Overlay 1.0: amendments to a document that live in a file of their own.
//!
//! Actions are applied in order, each to the result of the one before. One that matches nothing is an
//! error: the document has moved on and the overlay was not noticed.

mod action;
mod merge;
mod provenance;
mod read;

use serde_json::Value;
use specwright_diagnostics::{Diagnostics, Part, Place};

use crate::load;

pub(crate) use provenance::{Origin, Provenance};

/// Applies an overlay's actions to a tree. `false` when the tree can no longer be gone on with.
pub(crate) fn apply(
    root: &mut Value,
    provenance: &mut Provenance,
    overlay: &Overlay<'_>,
    sink: &mut Diagnostics,
) -> bool {
    for action in read::actions(overlay, sink) {
        action::apply(root, provenance, overlay, &action, sink);
        // Each action may nest what the one before it brought.
        if load::beyond_depth(root).is_some() {
            let place = Place::InFile {
                file: overlay.file.to_owned(),
                pointer: action.pointer.clone(),
                part: Part::Value,
            };
            sink.push(load::too_deep(place));
            return false;
        }
    }
    true
}

/// One overlay: its tree, its file's name, and that file's place among those of the document.
pub(crate) struct Overlay<'a> {
    pub root: &'a Value,
    pub file: &'a str,
    pub index: usize,
}
