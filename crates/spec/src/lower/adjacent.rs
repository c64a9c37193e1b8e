//! Path parameters that nothing is between.

use specwright_diagnostics::{Code, Diagnostic, Diagnostics, Place};
use specwright_ir::Ir;

/// Warns of two parameters where no text tells the end of the first one.
pub(super) fn check(ir: &Ir, found: &mut Diagnostics) {
    for operation in &ir.operations {
        for (first, second) in operation.path.adjacent() {
            if [first, second].iter().any(|name| ir.path_texts(operation, name).is_some()) {
                continue;
            }
            found.push(
                Diagnostic::new(
                    Code::AdjacentParameters,
                    format!("nothing stands between `{{{first}}}` and `{{{second}}}`"),
                    Place::key(&operation.name.origin),
                    "where one ends is not said",
                )
                .with_note(format!("`{first}` is a single character, `{second}` is the rest"))
                .with_help("put a character between them, or give the second one an `enum`"),
            );
        }
    }
}
