//! `uniqueItems`, without comparing each item with each other.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::whole::whole;

/// Whether no two items are equal. `1` and `1.0` are, and the order of members does not matter.
pub(super) fn are_unique(items: &[Value]) -> bool {
    let mut seen = BTreeSet::new();
    items.iter().all(|item| seen.insert(canonical(item)))
}

/// A text that equal values share, and no others.
pub(crate) fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

/// Writes a value so that equal values have equal texts.
fn write(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => match number.as_f64().and_then(whole) {
            Some(whole) if number.is_f64() => text.push_str(&whole.to_string()),
            _ => text.push_str(&number.to_string()),
        },
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut names: Vec<_> = members.iter().collect();
            names.sort_by_key(|(name, _)| *name);
            text.push('{');
            for (name, member) in names {
                text.push_str(&Value::String(name.clone()).to_string());
                text.push(':');
                write(member, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Null | Value::Bool(_) | Value::String(_) => text.push_str(&value.to_string()),
    }
}
