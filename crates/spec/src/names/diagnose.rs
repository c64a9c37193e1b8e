//! What the pass says about names.

use specwright_diagnostics::{Code, Diagnostic, Place};

use super::item::Item;

pub(super) fn numbered(item: &Item, name: &str, other: Option<&Item>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::NumberedName,
        format!("only a number tells `{name}` apart from another name"),
        Place::key(&item.origin),
        format!("named `{name}`"),
    );
    with_other(diagnostic, other).with_help("pin a better name in `[api.names]`")
}

pub(super) fn pin_collision(item: &Item, name: &str, other: Option<&Item>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::PinCollision,
        format!("`{}` is pinned to `{name}`, which is taken", item.wire),
        Place::key(&item.origin),
        "pinned",
    );
    with_other(diagnostic, other).with_help("pin it to another name")
}

pub(super) fn lock_collision(item: &Item, name: &str, other: Option<&Item>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::LockCollision,
        format!("the lock names `{}` `{name}`, which is taken", item.wire),
        Place::key(&item.origin),
        "",
    )
    .with_note(format!("the line of the lock is `{} = {name}`", item.lock_key()));
    with_other(diagnostic, other).with_help("delete that line to let the name be chosen again")
}

pub(super) fn not_an_identifier(item: &Item, pin: &str) -> Diagnostic {
    Diagnostic::new(
        Code::PinIdentifier,
        format!("`{}` is pinned to `{pin}`, which is not an identifier of Rust", item.wire),
        Place::key(&item.origin),
        "pinned",
    )
}

fn with_other(diagnostic: Diagnostic, other: Option<&Item>) -> Diagnostic {
    match other {
        Some(other) => diagnostic.with_secondary(Place::key(&other.origin), "has it"),
        None => diagnostic.with_note("generated code needs that name for itself"),
    }
}
