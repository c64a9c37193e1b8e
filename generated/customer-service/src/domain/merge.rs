//! Merging changes into what is stored, as RFC 7396 has it.

use serde_json::{Map, Value};
use specwright_runtime::Patch;

use super::customer::Mixins;
use super::error::{Problem, ProblemKind};

/// What the mixins of a profile or address may take as JSON, in octets.
const MIXINS_LIMIT: usize = 16 * 1024;

/// Keeps, removes or replaces a member.
pub(super) fn replace<T>(stored: &mut Option<T>, patch: Patch<T>) {
    match patch {
        Patch::Absent => {}
        Patch::Null => *stored = None,
        Patch::Value(value) => *stored = Some(value),
    }
}

/// Keeps or replaces a member that has a default, which is what removing it restores.
pub(super) fn replace_or(stored: &mut String, patch: Patch<String>, default: &str) {
    match patch {
        Patch::Absent => {}
        Patch::Null => default.clone_into(stored),
        Patch::Value(value) => *stored = value,
    }
}

/// Merges mixins, level by level.
pub(super) fn merge(stored: &mut Mixins, patch: Patch<Mixins>) {
    match patch {
        Patch::Absent => {}
        Patch::Null => stored.clear(),
        Patch::Value(members) => {
            for (name, change) in members {
                if change.is_null() {
                    stored.remove(&name);
                } else {
                    merge_value(stored.entry(name).or_default(), change);
                }
            }
        }
    }
}

fn merge_value(stored: &mut Value, change: Value) {
    let Value::Object(members) = change else {
        *stored = change;
        return;
    };
    if !stored.is_object() {
        *stored = Value::Object(Map::new());
    }
    let Value::Object(stored) = stored else { return };
    for (name, change) in members {
        if change.is_null() {
            stored.remove(&name);
        } else {
            merge_value(stored.entry(name).or_insert(Value::Null), change);
        }
    }
}

/// Mixins that are too large, and where.
pub(super) fn check_mixins(problems: &mut Vec<Problem>, field: String, mixins: &Mixins) {
    let length = serde_json::to_vec(mixins).map_or(usize::MAX, |json| json.len());
    if length > MIXINS_LIMIT {
        problems.push(Problem::new(field, ProblemKind::InvalidLength, "At most 16 KiB as JSON."));
    }
}
