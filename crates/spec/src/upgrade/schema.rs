//! Schemas of JSON Schema 2020-12 as those of 3.0.

use serde_json::{Value, json};
use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};

use super::objects::is_known_dialect;
use super::{Members, Upgrade};
use crate::structure::{Fate, SCHEMA};

/// Keywords that are put together from several, each by a function of its own.
const APART: &[&str] = &[
    "$anchor",
    "$dynamicAnchor",
    "$id",
    "$ref",
    "$schema",
    "allOf",
    "anyOf",
    "const",
    "contentEncoding",
    "contentMediaType",
    "else",
    "enum",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "if",
    "items",
    "maximum",
    "minimum",
    "nullable",
    "oneOf",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// A schema on its way: what the author wrote, and what becomes of it.
pub(super) struct Draft<'v> {
    pub members: &'v Members,
    pub at: Pointer,
    pub to: Pointer,
    /// The types that are left once `null` is taken out; where there are several, each has a part.
    pub types: Vec<&'v str>,
    pub nullable: bool,
    pub out: Members,
    /// One for each type, where there are several.
    pub parts: Vec<Members>,
    /// Where the parts go.
    pub parts_at: Pointer,
}

impl Draft<'_> {
    /// Whether a keyword stands there.
    pub fn has(&self, key: &str) -> bool {
        self.members.contains_key(key)
    }

    /// Whether `null` is among the types.
    pub fn null_is_stated(&self) -> bool {
        self.members.get("type").and_then(Value::as_array).is_some_and(|names| names.contains(&json!("null")))
    }

    /// Where a keyword goes: into the part of the type that it narrows, if there are parts.
    pub fn home(&mut self, key: &str) -> (&mut Members, Pointer) {
        let part = type_narrowed_by(key, &self.types).filter(|_| !self.parts.is_empty());
        let part = part.and_then(|narrowed| self.types.iter().position(|name| *name == narrowed));
        match part {
            Some(index) => (&mut self.parts[index], self.parts_at.index(index).child(key)),
            None => (&mut self.out, self.to.child(key)),
        }
    }
}

/// Of several types, the one that a keyword is about.
pub(super) fn type_narrowed_by<'t>(key: &str, types: &[&'t str]) -> Option<&'t str> {
    let groups: [(&[&str], &[&str]); 7] = [
        (&["minLength", "maxLength", "pattern", "format"], &["string"]),
        (
            &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format"],
            &["number", "integer"],
        ),
        (&["items", "minItems", "maxItems", "uniqueItems"], &["array"]),
        (&["prefixItems", "contains", "minContains", "maxContains", "unevaluatedItems"], &["array"]),
        (&["properties", "required", "additionalProperties", "minProperties", "maxProperties"], &["object"]),
        (&["patternProperties", "propertyNames", "dependentRequired", "dependentSchemas"], &["object"]),
        (&["unevaluatedProperties"], &["object"]),
    ];
    let mut narrowed = groups.iter().filter(|(keys, _)| keys.contains(&key)).flat_map(|(_, names)| *names);
    narrowed.find_map(|name| types.iter().copied().find(|stated| stated == name))
}

/// Whether a keyword says what the data of an event are.
fn is_of_event(at: &Pointer) -> bool {
    at.as_str().ends_with("/itemSchema/properties/data/contentSchema")
}

impl Upgrade<'_> {
    /// A schema; `true` and `false` are schemas too.
    pub(super) fn schema(&mut self, value: &Value, at: &Pointer, to: &Pointer) -> Value {
        self.moves.record(to, at);
        match value {
            Value::Bool(true) => json!({}),
            Value::Bool(false) => json!({"not": {}}),
            Value::Object(members) if is_plain_reference(members) => {
                self.references.push(to.child("$ref"));
                value.clone()
            }
            Value::Object(members) => self.schema_object(members, at, to),
            other => other.clone(),
        }
    }

    fn schema_object(&mut self, members: &Members, at: &Pointer, to: &Pointer) -> Value {
        let mut draft = self.types(members, at, to);
        for (key, value) in members {
            if APART.contains(&key.as_str()) {
                continue;
            }
            let at = at.child(key);
            match SCHEMA.field(key, self.version).map(|field| field.fate) {
                Some(Fate::Annotation) if !is_of_event(&at) => self.annotation(key, &at),
                Some(Fate::Refused) => self.keyword(key, &at),
                _ => {
                    let (_, to) = draft.home(key);
                    let copied = self.value(SCHEMA.inside(key, self.version), value, &at, &to);
                    draft.home(key).0.insert(key.clone(), copied);
                }
            }
        }
        self.values(&mut draft);
        self.bounds(&mut draft);
        self.lists(&mut draft);
        self.objects(&mut draft);
        self.conditions(&mut draft);
        self.content(&mut draft);
        self.examples(&mut draft);
        self.mapping(&draft);
        self.unions(&mut draft);
        if draft.nullable {
            draft.out.insert("nullable".to_owned(), true.into());
        }
        if let Some(dialect) = members.get("$schema").and_then(Value::as_str)
            && !is_known_dialect(dialect)
        {
            self.annotation("$schema", &at.child("$schema"));
        }
        Value::Object(draft.out)
    }

    /// A keyword that changes what a schema means.
    pub(super) fn keyword(&mut self, key: &str, at: &Pointer) {
        if key == "$dynamicRef" {
            return self.say(
                Diagnostic::new(
                    Code::UnsupportedKeyword,
                    "nothing says which schema `$dynamicRef` leads to",
                    Place::key(at),
                    "several schemas of one `$id`, or none, have this `$dynamicAnchor`",
                )
                .with_help("in an overlay, replace it by the `$ref` that is meant here; an allowance for this place takes any value"),
            );
        }
        self.say(
            Diagnostic::new(
                Code::UnsupportedKeyword,
                format!("`{key}` is not supported yet"),
                Place::key(at),
                "",
            )
            .with_help("an allowance for this place takes the schema without it"),
        );
    }

    /// A keyword that has no effect where it stands.
    fn idle(&mut self, key: &str, at: &Pointer, why: &str) {
        let message = format!("`{key}` is not carried over: {why}");
        self.say(Diagnostic::new(Code::NotCarried, message, Place::key(at), "left out"));
    }

    /// A keyword whose schemas the model holds as they are.
    fn carried(&mut self, key: &str, draft: &mut Draft<'_>) {
        let Some(value) = draft.members.get(key) else { return };
        let at = draft.at.child(key);
        let (_, to) = draft.home(key);
        let copied = self.value(SCHEMA.inside(key, self.version), value, &at, &to);
        self.moves.record(&to, &at);
        draft.home(key).0.insert(key.to_owned(), copied);
    }

    fn lists(&mut self, draft: &mut Draft<'_>) {
        let at = draft.at.clone();
        for key in ["minContains", "maxContains"] {
            if draft.has(key) && !draft.has("contains") {
                draft.home(key).0.remove(key);
                self.idle(key, &at.child(key), "without `contains` it says nothing");
            }
        }
        self.carried("prefixItems", draft);
        let prefix = draft.members.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
        // What neither a list of items nor another schema speaks of is all the rest.
        let open = ["anyOf", "oneOf", "allOf", "$ref", "if", "contains"].iter().any(|key| draft.has(key));
        let by = if draft.has("items") || open { "items" } else { "unevaluatedItems" };
        if by == "items"
            && let Some(rest) = draft.members.get("unevaluatedItems")
            && !is_anything(rest)
            && !draft.has("items")
        {
            self.carried("unevaluatedItems", draft);
        }
        let Some(items) = draft.members.get(by) else { return };
        let at = at.child(by);
        let (_, to) = draft.home("items");
        if *items == Value::Bool(false) {
            let most = draft.members.get("maxItems").and_then(Value::as_u64).unwrap_or(u64::MAX);
            let (home, to) = draft.home("maxItems");
            home.insert("maxItems".to_owned(), most.min(prefix as u64).into());
            self.moves.record(&to, &at);
        }
        if items.is_boolean() && prefix > 0 {
            return;
        }
        let copied = if items.is_boolean() { json!({}) } else { self.schema(items, &at, &to) };
        self.moves.record(&to, &at);
        draft.home("items").0.insert("items".to_owned(), copied);
    }

    fn objects(&mut self, draft: &mut Draft<'_>) {
        let at = draft.at.clone();
        if let Some(names) = draft.members.get("propertyNames")
            && !is_anything(names)
            && *names != json!({"type": "string"})
        {
            self.carried("propertyNames", draft);
        }
        if let Some(Value::Object(patterns)) = draft.members.get("patternProperties") {
            let at = at.child("patternProperties");
            let free =
                draft.members.get("additionalProperties").is_none_or(|value| *value == Value::Bool(false));
            match patterns.iter().next() {
                None => {}
                Some((pattern, value))
                    if patterns.len() == 1 && free && !draft.has("properties") && is_any_name(pattern) =>
                {
                    self.additional(draft, value, &at.child(pattern));
                }
                Some(_) => self.carried("patternProperties", draft),
            }
        }
        self.unevaluated(draft);
    }

    /// What the schema and all that holds beside it leave unnamed. Merging `allOf` reads
    /// `additionalProperties` so already.
    fn unevaluated(&mut self, draft: &mut Draft<'_>) {
        const OPEN: [&str; 5] = ["anyOf", "oneOf", "if", "dependentSchemas", "patternProperties"];
        let Some(rest) = draft.members.get("unevaluatedProperties") else { return };
        let at = draft.at.child("unevaluatedProperties");
        if draft.has("additionalProperties") {
            return;
        }
        if is_anything(rest) {
            self.additional(draft, &Value::Bool(true), &at);
        } else if OPEN.iter().any(|key| draft.has(key)) {
            self.carried("unevaluatedProperties", draft);
        } else {
            self.additional(draft, rest, &at);
        }
    }

    fn additional(&mut self, draft: &mut Draft<'_>, value: &Value, at: &Pointer) {
        let (_, to) = draft.home("additionalProperties");
        let copied = if value.is_boolean() { value.clone() } else { self.schema(value, at, &to) };
        self.moves.record(&to, at);
        draft.home("additionalProperties").0.insert("additionalProperties".to_owned(), copied);
    }

    fn conditions(&mut self, draft: &mut Draft<'_>) {
        let then = ["then", "else"].into_iter().filter(|key| draft.has(key)).collect::<Vec<_>>();
        match (draft.has("if"), then.as_slice()) {
            (true, []) => {
                self.idle("if", &draft.at.child("if"), "without `then` or `else` it only annotates");
            }
            (true, keys) => {
                for key in ["if"].iter().chain(keys) {
                    self.carried(key, draft);
                }
            }
            (false, keys) => {
                for key in keys {
                    self.idle(key, &draft.at.child(key), "without `if` it says nothing");
                }
            }
        }
    }

    /// What a string holds. `format` says it for base64 and for octets.
    fn content(&mut self, draft: &mut Draft<'_>) {
        let text = |key: &str| draft.members.get(key).and_then(Value::as_str);
        let (encoding, media) = (text("contentEncoding"), text("contentMediaType"));
        let octets = encoding.is_none() && media.is_some_and(is_binary);
        let format = match encoding {
            Some("base64") => Some(("byte", "contentEncoding")),
            Some("base64url") => Some(("base64url", "contentEncoding")),
            _ if octets => Some(("binary", "contentMediaType")),
            _ => None,
        };
        let at = draft.at.clone();
        let stated = draft.has("format");
        for key in ["contentEncoding", "contentMediaType"] {
            let of_event = key == "contentMediaType"
                && draft.has("contentSchema")
                && is_of_event(&at.child("contentSchema"));
            let used = format.is_some_and(|(_, by)| by == key) && !stated || of_event;
            if draft.has(key) && !used {
                let why = match encoding {
                    Some("base64" | "base64url") | None => "what a string holds is not looked at",
                    Some(_) => "a string of this encoding is carried as its text, encoded",
                };
                self.idle(key, &at.child(key), why);
            }
        }
        if let Some((format, by)) = format.filter(|_| !stated) {
            if octets && !draft.has("type") {
                draft.out.insert("type".to_owned(), "string".into());
            }
            let (home, to) = draft.home("format");
            home.insert("format".to_owned(), format.into());
            self.moves.record(&to, &at.child(by));
        }
    }

    /// A list of examples as the model's named ones; the names are empty for one, else their numbers.
    fn examples(&mut self, draft: &mut Draft<'_>) {
        let Some(Value::Array(examples)) = draft.members.get("examples") else { return };
        let at = draft.at.child("examples");
        if let ([one], false) = (examples.as_slice(), draft.has("example")) {
            self.moves.record(&draft.to.child("example"), &at.index(0));
            draft.out.insert("example".to_owned(), one.clone());
            return;
        }
        let mut named = Members::new();
        for (index, value) in examples.iter().enumerate() {
            let name = (index + 1).to_string();
            let to = draft.to.child("examples").child(&name).child("value");
            self.moves.record(&to, &at.index(index));
            named.insert(name, json!({"value": value}));
        }
        draft.out.insert("examples".to_owned(), Value::Object(named));
    }

    fn mapping(&mut self, draft: &Draft<'_>) {
        let mapping = draft.out.get("discriminator").and_then(|discriminator| discriminator.get("mapping"));
        for key in mapping.and_then(Value::as_object).into_iter().flat_map(Members::keys) {
            self.references.push(draft.to.child("discriminator").child("mapping").child(key));
        }
    }
}

/// Nothing but a reference.
fn is_plain_reference(members: &Members) -> bool {
    members.contains_key("$ref") && members.keys().all(|key| key == "$ref" || key.starts_with("x-"))
}

/// A schema that every value fits.
pub(super) fn is_anything(schema: &Value) -> bool {
    *schema == Value::Bool(true) || schema.as_object().is_some_and(Members::is_empty)
}

/// A pattern that every name matches.
fn is_any_name(pattern: &str) -> bool {
    matches!(pattern.trim_start_matches('^').trim_end_matches('$'), "" | "." | ".*" | ".+")
}

fn is_binary(media: &str) -> bool {
    let media = media.to_ascii_lowercase();
    ["image/", "audio/", "video/"].iter().any(|family| media.starts_with(family))
        || ["application/octet-stream", "application/pdf", "application/zip"].contains(&media.as_str())
}
