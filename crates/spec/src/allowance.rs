//! Allowances: diagnostics that the configuration lets pass, each for a reason.

use specwright_diagnostics::{Code, Diagnostic, Diagnostics, Place, Severity};

use crate::settings::{Allowance, Settings};

/// Takes what is allowed out of the sink, and says which allowances are not needed.
pub(crate) fn apply(settings: &Settings, found: &mut Diagnostics) {
    let mut used = vec![false; settings.allow.len()];
    found.retain(|diagnostic| {
        let covering = settings.allow.iter().position(|allowance| covers(allowance, diagnostic));
        if let Some(index) = covering {
            used[index] = true;
        }
        covering.is_none()
    });
    for (allowance, used) in settings.allow.iter().zip(used) {
        if !used {
            found.push(unused(allowance));
        }
    }
}

fn covers(allowance: &Allowance, diagnostic: &Diagnostic) -> bool {
    diagnostic.code == allowance.code
        && diagnostic.severity() != Severity::Error
        && diagnostic.primary.place.pointer().is_some_and(|pointer| pointer.is_within(&allowance.pointer))
}

fn unused(allowance: &Allowance) -> Diagnostic {
    let Allowance { code, pointer, reason } = allowance;
    let why = if code.severity() == Severity::Error {
        "an error cannot be allowed"
    } else {
        "nothing of that kind is found there"
    };
    Diagnostic::new(
        Code::UnusedAllowance,
        format!("the allowance for {code} at `{pointer}` is not needed: {why}"),
        Place::value(pointer),
        "allowed here",
    )
    .with_note(format!("its reason was: {reason}"))
    .with_help("take the entry out of `[[api.allow]]`")
}
