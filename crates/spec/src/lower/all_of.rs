//! `allOf`: which schemas hold at once, and which of two declarations of a property is the narrower.

use serde_json::Value;
use specwright_diagnostics::Pointer;
use specwright_ir::Schema;

use super::context::Lowering;
use super::facts::Facts;
use super::{Cursor, Place};

/// How deep `allOf` may nest.
pub(super) const DEPTH: usize = 64;

/// Keywords that describe a schema without narrowing it.
const ANNOTATIONS: &[&str] = &[
    "description",
    "title",
    "example",
    "examples",
    "default",
    "deprecated",
    "externalDocs",
    "nullable",
    "readOnly",
    "writeOnly",
    "xml",
];

impl<'a> Lowering<'a, '_> {
    /// The schema that this one is another name for: a reference, or an `allOf`, `oneOf` or `anyOf` of
    /// one reference with nothing but annotations beside it, in parts of their own or not.
    pub(super) fn alias_of(&mut self, schema: &Cursor<'a>) -> Option<Cursor<'a>> {
        if let Some(reference) = schema.reference() {
            return self.target(reference);
        }
        let mut keys = schema.members().map(|(key, _)| key).filter(|key| !is_annotation(key));
        let (only, typed) = match (keys.next()?, keys.next(), keys.next()) {
            (key, None, None) => (key, false),
            ("type", Some(key), None) | (key, Some("type"), None) => (key, true),
            _ => return None,
        };
        if !matches!(only, "allOf" | "oneOf" | "anyOf") {
            return None;
        }
        let mut members = schema.items_of(only);
        members.retain(|member| match only {
            "allOf" => !only_describes(member) || member.has("xml"),
            _ => !super::choice::is_null(member),
        });
        let [member] = members.as_slice() else { return None };
        let reference = member.reference()?;
        let bare = !typed;
        // A `type` that the target has anyway says nothing new.
        let same_type = typed && self.follow(member).text("type") == schema.text("type");
        let target = if bare || same_type { self.target(reference) } else { None };
        target.filter(|target| !self.is_variant_of(schema, target))
    }

    /// All schemas that hold where one stands.
    pub(super) fn flatten(&mut self, schema: &Cursor<'a>) -> Facts<'a> {
        let mut facts = self.flatten_all(std::slice::from_ref(schema));
        facts.origin = schema.pointer.clone();
        facts
    }

    /// All schemas that hold where several do.
    pub(super) fn flatten_all(&mut self, schemas: &[Cursor<'a>]) -> Facts<'a> {
        let origin = schemas.last().map(|schema| schema.pointer.clone()).unwrap_or_default();
        let mut facts = Facts { origin, nullable: true, ..Facts::default() };
        for schema in schemas {
            facts.nullable &= self.accepts_null(schema);
            self.collect(schema, &mut Vec::new(), &mut facts);
        }
        self.reconcile(&mut facts);
        facts
    }

    /// Adds what holds where a schema does; `path` is what it is part of.
    pub(super) fn collect(&mut self, schema: &Cursor<'a>, path: &mut Vec<Pointer>, facts: &mut Facts<'a>) {
        let schema = self.follow(schema);
        if path.contains(&schema.pointer) || path.len() > DEPTH {
            self.circular_all_of(&schema);
            return;
        }
        self.has_access(&schema);
        path.push(schema.pointer.clone());
        for member in schema.items_of("allOf") {
            self.collect(&member, path, facts);
        }
        if !facts.leaves.iter().any(|leaf| leaf.pointer == schema.pointer) {
            for keyword in ["oneOf", "anyOf"] {
                self.choice(&schema, keyword, path, facts);
            }
            facts.leaves.push(schema);
        }
        path.pop();
    }

    /// The schema of a property that is declared more than once.
    ///
    /// Equal declarations are one. Where a schema derives from another through `allOf`, it is the
    /// narrower. Anything else is merged.
    pub(super) fn unified(&mut self, declared: &[Cursor<'a>], place: &Place) -> Schema {
        match self.narrowest(declared).as_slice() {
            [one] => self.schema(one, place),
            several => self.merged(several, place),
        }
    }

    pub(super) fn narrowest(&mut self, declared: &[Cursor<'a>]) -> Vec<Cursor<'a>> {
        let mut kept: Vec<Cursor<'a>> = Vec::new();
        for candidate in declared {
            // Of equals the later is kept: it is closer to the schema, and so are its texts.
            kept.retain(|other| !self.derives(candidate, other));
            if !kept.iter().any(|other| self.derives(other, candidate)) {
                kept.push(candidate.clone());
            }
        }
        kept
    }

    /// Whether everything that `base` asks is asked by `schema` as well.
    pub(super) fn derives(&mut self, schema: &Cursor<'a>, base: &Cursor<'a>) -> bool {
        let (schema, base) = (self.follow(schema), self.follow(base));
        if schema.pointer == base.pointer || bare(schema.value) == bare(base.value) {
            return true;
        }
        let facts = self.flatten(&schema);
        facts.leaves.iter().any(|leaf| leaf.pointer == base.pointer)
    }
}

/// Whether a schema asks for nothing and refers to none.
pub(super) fn only_describes(schema: &Cursor<'_>) -> bool {
    schema.reference().is_none() && schema.members().all(|(key, _)| is_annotation(key))
}

pub(super) fn is_annotation(key: &str) -> bool {
    ANNOTATIONS.contains(&key) || key.starts_with("x-")
}

pub(super) fn bare(schema: &Value) -> Value {
    let Value::Object(members) = schema else { return schema.clone() };
    let kept = members.iter().filter(|(key, _)| *key == "nullable" || !is_annotation(key));
    Value::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect())
}
