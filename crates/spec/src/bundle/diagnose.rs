//! What is said of references to other files.

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Pointer};

use crate::reference;
use crate::structure::{Reference, near_miss};

pub(super) fn outside(root: &Value, reference: &Reference) -> Diagnostic {
    Diagnostic::new(
        Code::OutsideFolder,
        format!("`{}` is outside of the document's folder", reference.target),
        reference::place(root, reference),
        "leads out",
    )
    .with_note("only files of the root document's folder, links followed, are read")
    .with_help("keep the root document in a folder that holds all of its files")
}

pub(super) fn remote(root: &Value, reference: &Reference) -> Diagnostic {
    Diagnostic::new(
        Code::RemoteReference,
        format!("`{}` is not in the document's folder", reference.target),
        reference::place(root, reference),
        "nothing is read over the network",
    )
    .with_help("put a copy into the document's folder, and say in `[api.copies]` where it is")
}

pub(super) fn unreadable(root: &Value, reference: &Reference, why: &str) -> Diagnostic {
    let target = &reference.target;
    let diagnostic = Diagnostic::new(
        Code::MissingFile,
        format!("`{target}` cannot be read: {why}"),
        reference::place(root, reference),
        "is meant as a file",
    );
    match reference::beside(root, target) {
        Some(section) => diagnostic.with_help(format!("did you mean `#/components/{section}/{target}`?")),
        None => diagnostic.with_help("the path counts from the file that the reference stands in"),
    }
}

pub(super) fn no_pointer(root: &Value, reference: &Reference) -> Diagnostic {
    Diagnostic::new(
        Code::MalformedReference,
        format!("`{}` names no JSON pointer and no anchor of the file", reference.target),
        reference::place(root, reference),
        "",
    )
    .with_help("write `#/` and the way to what is meant")
}

pub(super) fn dangling(
    root: &Value,
    reference: &Reference,
    tree: &Value,
    key: &str,
    pointer: &Pointer,
) -> Diagnostic {
    let message = format!("`{}` leads nowhere", reference.target);
    let diagnostic = Diagnostic::new(
        Code::DanglingReference,
        message,
        reference::place(root, reference),
        "nothing is there",
    );
    let (held, missing) = reference::held(tree, pointer);
    let siblings = tree.pointer(held.as_str()).and_then(Value::as_object).into_iter().flatten();
    match near_miss(&missing, siblings.map(|(key, _)| key.as_str())) {
        Some(meant) => diagnostic.with_help(format!("did you mean `{key}{}`?", held.child(meant))),
        None => diagnostic.with_note(format!("`{key}{held}` has no `{missing}`")),
    }
}

pub(super) fn circular(root: &Value, reference: &Reference) -> Diagnostic {
    Diagnostic::new(
        Code::CircularReference,
        format!("`{}` leads back to itself", reference.target),
        reference::place(root, reference),
        "begins here",
    )
    .with_help("one of them has to be more than a reference")
}
