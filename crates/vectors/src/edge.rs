//! What stands at a boundary: on its legal side, or just beyond it.

use serde_json::Value;

/// A value at a boundary of what a schema allows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Edge {
    /// The value; `None` where something is to be left out.
    pub value: Option<Value>,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// What becomes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is legal, and this is what it is.
    Accepted(&'static str),
    /// It breaks this constraint.
    Refused(&'static str),
}

impl Edge {
    pub const fn accepted(what: &'static str, value: Value) -> Self {
        Self { value: Some(value), verdict: Verdict::Accepted(what) }
    }

    pub const fn refused(constraint: &'static str, value: Value) -> Self {
        Self { value: Some(value), verdict: Verdict::Refused(constraint) }
    }

    pub const fn left_out() -> Self {
        Self { value: None, verdict: Verdict::Refused("required") }
    }
}
