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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::*;

    fn mixins(value: Value) -> Mixins {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn mixins_merge_level_by_level() {
        let cases = [
            (json!({"a": 1}), json!({}), json!({"a": 1})),
            (json!({"a": 1}), json!({"b": 2}), json!({"a": 1, "b": 2})),
            (json!({"a": 1}), json!({"a": 2}), json!({"a": 2})),
            (json!({"a": 1, "b": 2}), json!({"a": null}), json!({"b": 2})),
            (json!({}), json!({"a": null}), json!({})),
            (json!({"a": {"x": 1, "y": 2}}), json!({"a": {"x": 3}}), json!({"a": {"x": 3, "y": 2}})),
            (json!({"a": {"x": 1, "y": 2}}), json!({"a": {"x": null}}), json!({"a": {"y": 2}})),
            (
                json!({"a": {"x": {"y": 1}}}),
                json!({"a": {"x": {"z": 2}}}),
                json!({"a": {"x": {"y": 1, "z": 2}}}),
            ),
            (json!({"a": [1, 2]}), json!({"a": [3]}), json!({"a": [3]})),
            (json!({"a": [1]}), json!({"a": {"x": 1}}), json!({"a": {"x": 1}})),
            (json!({"a": {"x": 1}}), json!({"a": "text"}), json!({"a": "text"})),
            (json!({}), json!({"a": {"x": null, "y": 1}}), json!({"a": {"y": 1}})),
            (json!({}), json!({"a": [{"x": null}]}), json!({"a": [{"x": null}]})),
        ];
        for (stored, change, merged) in cases {
            let mut result = mixins(stored.clone());
            merge(&mut result, Patch::Value(mixins(change.clone())));
            assert_eq!(result, mixins(merged), "{stored} with {change}");
        }
    }

    #[test]
    fn absent_keeps_and_null_empties() {
        let mut stored = mixins(json!({"a": 1}));
        merge(&mut stored, Patch::Absent);
        assert_eq!(stored, mixins(json!({"a": 1})));
        merge(&mut stored, Patch::Null);
        assert_eq!(stored, Mixins::new());
    }

    #[test]
    fn members_are_kept_removed_or_replaced() {
        let patches = [(Patch::Absent, Some("old")), (Patch::Null, None), (Patch::Value("new"), Some("new"))];
        for (patch, expected) in patches {
            let mut stored = Some("old");
            replace(&mut stored, patch);
            assert_eq!(stored, expected);
        }
        let defaulted =
            [(Patch::Absent, "old"), (Patch::Null, "default"), (Patch::Value("new".to_owned()), "new")];
        for (patch, expected) in defaulted {
            let mut stored = "old".to_owned();
            replace_or(&mut stored, patch, "default");
            assert_eq!(stored, expected);
        }
    }

    #[test]
    fn mixins_have_16_kib_as_json() {
        // `{"a":"..."}` has eight octets beside the text.
        for (length, fits) in [(16 * 1024 - 8, true), (16 * 1024 - 7, false)] {
            let mut problems = Vec::new();
            check_mixins(&mut problems, "mixins".to_owned(), &mixins(json!({"a": "x".repeat(length)})));
            assert_eq!(problems.is_empty(), fits, "{length}");
        }
    }
}
