//! `allOf`, `anyOf`, `oneOf` and what stands beside a reference.

use serde_json::{Value, json};

use super::schema::Draft;
use super::{Members, Upgrade};

/// Beside a `null` these say nothing.
const ANNOTATIONS: [&str; 4] = ["title", "description", "$comment", "deprecated"];

/// The first place in the model's `allOf` that the author's own do not take.
pub(super) fn first_free(members: &Members) -> usize {
    let own = members.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
    own + usize::from(members.contains_key("$ref"))
}

impl Upgrade<'_> {
    /// Puts together what holds at once, what is one of several, and whether `null` is one of them.
    pub(super) fn unions(&mut self, draft: &mut Draft<'_>) {
        let members = draft.members;
        let mut all = Vec::new();
        if let Some(reference) = members.get("$ref") {
            let to = draft.to.child("allOf").index(0);
            self.moves.record(&to, &draft.at);
            self.references.push(to.child("$ref"));
            all.push(json!({"$ref": reference}));
        }
        for (index, value) in members.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate()
        {
            let at = draft.at.child("allOf").index(index);
            let to = draft.to.child("allOf").index(all.len());
            all.push(self.schema(value, &at, &to));
        }
        let parts = std::mem::take(&mut draft.parts);
        if !parts.is_empty() {
            let parts = Value::Array(parts.into_iter().map(Value::Object).collect());
            if members.contains_key("anyOf") {
                all.push(json!({"anyOf": parts}));
            } else {
                draft.out.insert("anyOf".to_owned(), parts);
            }
        }
        let mut null = Vec::new();
        for key in ["anyOf", "oneOf"] {
            let Some(Value::Array(listed)) = members.get(key) else { continue };
            null.push(listed.iter().any(is_null));
            self.union(key, listed, draft, &mut all);
        }
        // `null` is legal where nothing excludes it.
        if !null.is_empty() && null.iter().all(|null| *null) && !members.contains_key("type") {
            draft.nullable = true;
        }
        if !all.is_empty() {
            draft.out.insert("allOf".to_owned(), Value::Array(all));
        }
    }

    /// One of several, `null` taken out: what is left of two is no union.
    fn union(&mut self, key: &str, listed: &[Value], draft: &mut Draft<'_>, all: &mut Vec<Value>) {
        let at = draft.at.child(key);
        let mut left: Vec<(usize, &Value)> =
            listed.iter().enumerate().filter(|(_, value)| !is_null(value)).collect();
        if left.is_empty() {
            left = listed.iter().enumerate().collect();
        }
        if let ([(index, value)], true) = (left.as_slice(), left.len() < listed.len()) {
            let to = draft.to.child("allOf").index(all.len());
            all.push(self.schema(value, &at.index(*index), &to));
            return;
        }
        let to = draft.to.child(key);
        let mut schemas = Vec::new();
        for (index, value) in left {
            let to = to.index(schemas.len());
            self.moves.record(&to, &at.index(index));
            schemas.push(self.schema(value, &at.index(index), &to));
        }
        self.moves.record(&to, &at);
        draft.out.insert(key.to_owned(), Value::Array(schemas));
    }
}

/// A schema of which only `null` is a value.
fn is_null(schema: &Value) -> bool {
    let Some(members) = schema.as_object() else { return false };
    let mut said = members.iter().filter(|(key, _)| !ANNOTATIONS.contains(&key.as_str()));
    let (Some((key, value)), None) = (said.next(), said.next()) else { return false };
    match key.as_str() {
        "type" => *value == json!("null") || *value == json!(["null"]),
        "const" => value.is_null(),
        "enum" => *value == json!([null]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_null;
    use serde_json::json;

    #[test]
    fn null_is_written_in_three_ways() {
        for schema in [json!({"type": "null"}), json!({"const": null}), json!({"enum": [null]})] {
            assert!(is_null(&schema), "{schema}");
        }
        assert!(is_null(&json!({"type": ["null"], "description": "nothing"})));
        assert!(!is_null(&json!({"type": ["string", "null"]})));
        assert!(!is_null(&json!({})));
    }
}
