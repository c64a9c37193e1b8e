//! Documents of 2.0, 3.1 and 3.2 rewritten to the one model that lowering reads: the form of 3.0.
//!
//! The order of passes is: overlays amend what the author wrote, then the grammar of the document's own
//! version checks it, and only then is it rewritten, so that whatever is said before speaks of what
//! stands in the file. What is said afterwards is about the model; [`Moves`] leads back. A keyword that
//! the model cannot hold is refused here under its own name.
//!
//! A document of 3.0 has that form, but for [`extensions`] that later became fields.
//!
//! Rewriting follows the grammar: most values are copied as they are, schemas by [`schema`].

mod bounds;
mod dynamic;
mod extensions;
mod identifiers;
mod moves;
mod objects;
mod schema;
mod swagger;
mod unions;

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};

use crate::reference;
use crate::structure::{Fate, Kind, Object, SCHEMA, SWAGGER_SCHEMA, root_kind};
use crate::version::Version;

pub(crate) use dynamic::resolve as resolve_dynamic;
pub(crate) use identifiers::{anchor, joined, resolve as resolve_identifiers, resolve_file, resource};
pub(crate) use moves::Moves;

type Members = Map<String, Value>;

/// A document in the form of the model.
#[derive(Clone, Debug)]
pub(crate) struct Upgraded {
    pub root: Value,
    pub moves: Moves,
    /// About the author's document. An allowance may cover it, so it is said when allowances are known.
    pub found: Vec<Diagnostic>,
}

/// Rewrites a checked document; `None` where it has the form of the model already.
///
/// `opaque` holds the places that only references lead to, and what stands there.
pub(crate) fn upgrade(
    version: Version,
    root: &Value,
    opaque: &BTreeMap<Pointer, &'static Object>,
) -> Option<Upgraded> {
    let mut upgrade = Upgrade::new(version, root, opaque);
    let whole = Pointer::root();
    let mut root = match version {
        Version::V3_0 if !extensions::are_in(root, version) => return None,
        Version::V2_0 => upgrade.swagger(),
        _ => upgrade.value(root_kind(version), root, &whole, &whole),
    };
    upgrade.redirect(&mut root);
    Some(Upgraded { root, moves: upgrade.moves, found: upgrade.found })
}

struct Upgrade<'a> {
    version: Version,
    root: &'a Value,
    opaque: &'a BTreeMap<Pointer, &'static Object>,
    moves: Moves,
    found: Vec<Diagnostic>,
    /// Where the model has texts that name a place of the author's document.
    references: Vec<Pointer>,
}

impl<'a> Upgrade<'a> {
    fn new(version: Version, root: &'a Value, opaque: &'a BTreeMap<Pointer, &'static Object>) -> Self {
        let (moves, found, references) = (Moves::default(), Vec::new(), Vec::new());
        Self { version, root, opaque, moves, found, references }
    }

    /// A value as the model has it. `at` is where the author wrote it, `to` where it goes.
    fn value(&mut self, kind: &Kind, value: &Value, at: &Pointer, to: &Pointer) -> Value {
        match (kind, value) {
            (Kind::Map(inner), Value::Object(members)) => {
                let copied = members.iter().map(|(key, value)| {
                    (key.clone(), self.value(inner, value, &at.child(key), &to.child(key)))
                });
                Value::Object(copied.collect())
            }
            (Kind::List(inner), Value::Array(items)) => {
                let copied = items.iter().enumerate();
                let copied =
                    copied.map(|(index, item)| self.value(inner, item, &at.index(index), &to.index(index)));
                Value::Array(copied.collect())
            }
            (Kind::BoolOr(_), Value::Bool(_)) => value.clone(),
            (Kind::Object(object) | Kind::Reference(object) | Kind::BoolOr(object), value) => {
                self.object(object, value, at, to)
            }
            (Kind::Any, value) => self.any(value, at, to),
            (_, value) => value.clone(),
        }
    }

    fn object(&mut self, object: &'static Object, value: &Value, at: &Pointer, to: &Pointer) -> Value {
        if object.is(&SCHEMA) && self.version > Version::V3_0 {
            return self.schema(value, at, to);
        }
        if object.is(&SWAGGER_SCHEMA) {
            return self.swagger_schema(value, at, to);
        }
        let Value::Object(members) = value else { return value.clone() };
        // What 3.0 says stands where it stood, but for an extension that is read as a field.
        if self.version != Version::V3_0 {
            self.moves.record(to, at);
        }
        let mut out = Members::new();
        for (key, value) in members {
            if let Some(meant) = object.field(key, self.version).and_then(|field| field.stands_for) {
                self.extension((object, members), (key, meant), (at, to), &mut out);
                continue;
            }
            let (at, to) = (at.child(key), to.child(key));
            if key == "$ref" {
                self.references.push(to);
                out.insert(key.clone(), value.clone());
                continue;
            }
            match object.field(key, self.version).map(|field| field.fate) {
                Some(Fate::Refused) => self.refused(key, value, &at),
                Some(Fate::Annotation) if value.as_str().is_some_and(objects::is_known_dialect) => {}
                Some(Fate::Annotation) => self.annotation(key, &at),
                Some(Fate::Kept | Fate::Documentation) | None => {
                    let copied = self.value(object.inside(key, self.version), value, &at, &to);
                    out.insert(key.clone(), copied);
                }
            }
        }
        if self.version > Version::V3_0 {
            self.amended(object, &mut out, at, to);
        }
        Value::Object(out)
    }

    /// A value that the grammar says nothing about, but that references may lead into.
    fn any(&mut self, value: &Value, at: &Pointer, to: &Pointer) -> Value {
        if self.opaque.is_empty() {
            return value.clone();
        }
        if let Some(object) = self.opaque.get(at) {
            return self.object(object, value, at, to);
        }
        match value {
            Value::Object(members) => {
                let copied = members
                    .iter()
                    .map(|(key, value)| (key.clone(), self.any(value, &at.child(key), &to.child(key))));
                Value::Object(copied.collect())
            }
            Value::Array(items) => {
                let copied = items.iter().enumerate();
                let copied = copied.map(|(index, item)| self.any(item, &at.index(index), &to.index(index)));
                Value::Array(copied.collect())
            }
            other => other.clone(),
        }
    }

    /// Lets every reference lead to where its target stands now.
    fn redirect(&self, root: &mut Value) {
        for pointer in &self.references {
            let Some(Value::String(text)) = root.pointer_mut(pointer.as_str()) else { continue };
            let Some(target) = reference::local(text) else { continue };
            let moved = self.moves.model(&target);
            if moved != target {
                *text = moved.to_string().replace('%', "%25");
            }
        }
    }

    fn say(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// A field that the model does not hold, and that cannot be left out.
    fn refused(&mut self, key: &str, value: &Value, at: &Pointer) {
        let empty =
            value.as_object().is_some_and(Map::is_empty) || value.as_array().is_some_and(Vec::is_empty);
        if empty {
            return;
        }
        let message = format!("`{key}` of {} is not supported yet", self.version);
        self.say(
            Diagnostic::new(Code::UnsupportedField, message, Place::key(at), "")
                .with_help("an allowance for this place generates the rest without it"),
        );
    }

    /// A field that only annotates.
    fn annotation(&mut self, key: &str, at: &Pointer) {
        let message = format!("`{key}` is not carried over: it only annotates");
        self.say(Diagnostic::new(Code::NotCarried, message, Place::key(at), "left out"));
    }
}
