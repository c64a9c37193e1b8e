//! Types, values and bounds of a schema.

use serde_json::{Value, json};
use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};

use super::schema::{Draft, is_anything, type_narrowed_by};
use super::{Members, Upgrade};

impl Upgrade<'_> {
    /// The types of a schema, and a part for each where there are several.
    pub(super) fn types<'v>(&mut self, members: &'v Members, at: &Pointer, to: &Pointer) -> Draft<'v> {
        let stated: Vec<&str> = match members.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let mut types: Vec<&str> = Vec::new();
        for name in stated.iter().copied().filter(|name| *name != "null") {
            if !types.contains(&name) {
                types.push(name);
            }
        }
        if types.contains(&"number") {
            types.retain(|name| *name != "integer");
        }
        // What no value of a list has, is no type of the schema.
        if let Some(values) = values_of(members).filter(|_| types.len() > 1) {
            types.retain(|name| values.iter().any(|value| fits(name, value)));
        }
        let mut draft = Draft {
            members,
            at: at.clone(),
            to: to.clone(),
            types,
            nullable: stated.contains(&"null") && stated.len() > 1,
            out: Members::new(),
            parts: Vec::new(),
            parts_at: parts_at(members, to),
        };
        let everything = ["string", "number", "boolean", "array", "object"];
        let narrows =
            |key: &str, value: &Value| !is_anything(value) && type_narrowed_by(key, &draft.types).is_some();
        let narrowed = || members.iter().any(|(key, value)| narrows(key, value));
        if draft.nullable && everything.iter().all(|name| draft.types.contains(name)) && !narrowed() {
            // Whatever JSON can say. A keyword that narrows the values of one type keeps them apart.
            (draft.types, draft.nullable) = (Vec::new(), false);
        }
        match draft.types.as_slice() {
            [] if !stated.is_empty() && stated.iter().all(|name| *name == "null") => {
                draft.out.insert("enum".to_owned(), json!([null]));
                draft.nullable = true;
                self.moves.record(&to.child("enum"), &at.child("type"));
            }
            [] => {}
            [name] => {
                draft.out.insert("type".to_owned(), json!(name));
            }
            names => {
                for (index, name) in names.iter().enumerate() {
                    self.moves.record(&draft.parts_at.index(index), at);
                    let listed = stated.iter().position(|other| other == name).unwrap_or_default();
                    let from = at.child("type").index(listed);
                    self.moves.record(&draft.parts_at.index(index).child("type"), &from);
                }
                if let Some(holder) = draft.parts_at.parent() {
                    self.moves.record(&holder, at);
                    self.moves.record(&draft.parts_at, &at.child("type"));
                }
                draft.parts =
                    names.iter().map(|name| Members::from_iter([("type".to_owned(), json!(name))])).collect();
            }
        }
        if members.get("nullable") == Some(&Value::Bool(true)) {
            draft.nullable = true;
        }
        draft
    }

    /// `enum` and `const`.
    pub(super) fn values(&mut self, draft: &mut Draft<'_>) {
        let (at, members) = (draft.at.clone(), draft.members);
        let Some(values) = values_of(members) else { return };
        if let (Some(Value::Array(listed)), Some(one)) = (members.get("enum"), members.get("const"))
            && !listed.contains(one)
        {
            let place = Place::value(&at.child("const"));
            let message = "schemas that exclude each other: the `const` is not in the `enum`";
            self.say(
                Diagnostic::new(Code::SchemaConflict, message, place, "this")
                    .with_secondary(Place::value(&at.child("enum")), "and this hold at once"),
            );
        }
        let has_null = values.iter().any(|value| value.is_null());
        if !members.contains_key("type") {
            draft.nullable |= has_null;
            if let (Some(kind), true) = (common_type(&values), members.contains_key("const")) {
                draft.out.insert("type".to_owned(), kind.into());
                self.moves.record(&draft.to.child("type"), &at.child("const"));
            }
        } else if draft.null_is_stated() && !has_null {
            let place = Place::value(&at.child("type"));
            let message = "`null` is one of the types, but none of the values";
            self.say(
                Diagnostic::new(Code::UnfitValue, message, place, "taken as legal")
                    .with_help("add `null` to the values, or take it off the types"),
            );
        }
        if draft.parts.is_empty() {
            let to = draft.to.child("enum");
            self.listed(&values, members, &at, &to);
            draft.out.insert("enum".to_owned(), values.iter().map(|value| (*value).clone()).collect());
            return;
        }
        for index in 0..draft.parts.len() {
            let fitting: Vec<&Value> =
                values.iter().copied().filter(|value| fits(draft.types[index], value)).collect();
            let to = draft.parts_at.index(index).child("enum");
            self.listed(&fitting, members, &at, &to);
            draft.parts[index].insert("enum".to_owned(), fitting.into_iter().cloned().collect());
        }
    }

    /// Says where the values of a list come from.
    fn listed(&mut self, values: &[&Value], members: &Members, at: &Pointer, to: &Pointer) {
        if members.contains_key("const") {
            self.moves.record(to, &at.child("const"));
            self.moves.record(&to.index(0), &at.child("const"));
        } else if let Some(Value::Array(all)) = members.get("enum") {
            let from = at.child("enum");
            self.moves.record(to, &from);
            for (index, value) in values.iter().enumerate() {
                let listed = all.iter().position(|other| std::ptr::eq(other, *value)).unwrap_or(index);
                self.moves.record(&to.index(index), &from.index(listed));
            }
        }
    }

    /// A number as `exclusiveMinimum` is the bound itself; of two bounds the tighter holds.
    pub(super) fn bounds(&mut self, draft: &mut Draft<'_>) {
        for (bound, exclusive, is_tighter) in [
            ("minimum", "exclusiveMinimum", f64::gt as fn(&f64, &f64) -> bool),
            ("maximum", "exclusiveMaximum", f64::lt as fn(&f64, &f64) -> bool),
        ] {
            let members = draft.members;
            let (inclusive, open) = (members.get(bound), members.get(exclusive));
            let real = |value: &Value| value.as_f64().unwrap_or_default();
            let (value, by, is_open) = match (inclusive, open) {
                (Some(value), Some(Value::Number(other)))
                    if is_tighter(&real(value), &other.as_f64().unwrap_or_default()) =>
                {
                    (value, bound, false)
                }
                (_, Some(open @ Value::Number(_))) => (open, exclusive, true),
                (Some(value), open) => (value, bound, open == Some(&Value::Bool(true))),
                (None, _) => continue,
            };
            let at = draft.at.child(by);
            let (home, to) = draft.home(bound);
            home.insert(bound.to_owned(), value.clone());
            self.moves.record(&to, &at);
            if is_open {
                let at = draft.at.child(exclusive);
                let (home, to) = draft.home(exclusive);
                home.insert(exclusive.to_owned(), true.into());
                self.moves.record(&to, &at);
            }
        }
    }
}

/// Where the parts go: `anyOf`, unless the author has one already.
fn parts_at(members: &Members, to: &Pointer) -> Pointer {
    if members.contains_key("anyOf") {
        return to.child("allOf").index(super::unions::first_free(members)).child("anyOf");
    }
    to.child("anyOf")
}

fn values_of(members: &Members) -> Option<Vec<&Value>> {
    match (members.get("const"), members.get("enum")) {
        (Some(one), _) => Some(vec![one]),
        (None, Some(Value::Array(values))) => Some(values.iter().collect()),
        _ => None,
    }
}

fn common_type(values: &[&Value]) -> Option<&'static str> {
    let kinds = ["string", "integer", "number", "boolean", "array", "object"];
    kinds.into_iter().find(|kind| !values.is_empty() && values.iter().all(|value| fits(kind, value)))
}

pub(super) fn fits(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => {
            value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}
