//! What the tables of the specification's objects are made of: fields, what may stand in them, which are
//! required, and which versions have them.

use serde_json::{Map, Value};

use super::rules;
use crate::structure::walk::Rule;
use crate::version::Version;

/// What may stand at a place.
pub(crate) enum Kind {
    Text,
    Bool,
    Number,
    /// An integer from zero up.
    Count,
    /// Anything; the inside is not looked at.
    Any,
    OneOf(&'static [&'static str]),
    Map(&'static Kind),
    List(&'static Kind),
    Object(&'static Object),
    /// The object or a Reference Object.
    Reference(&'static Object),
    /// `true`, `false`, or the object or a Reference Object.
    BoolOr(&'static Object),
}

/// One object of the specification.
pub(crate) struct Object {
    /// As the specification calls it, such as `Schema Object`.
    pub name: &'static str,
    /// In the specification's order.
    pub fields: &'static [Field],
    /// What stands under keys that are no fields.
    pub others: Option<Others>,
    /// What the table cannot say.
    pub rule: Rule,
}

/// Keys that the document chooses.
pub(crate) struct Others {
    /// The key of a `paths`, a `responses` or a callback.
    pub key: OtherKey,
    pub kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum OtherKey {
    Path,
    Status,
    Expression,
}

pub(crate) struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub required: Required,
    /// The first version that has it.
    pub since: Version,
    /// The last version that has it; `None` where the newest does.
    pub until: Option<Version>,
    pub fate: Fate,
    /// The field that it is read as, where that is not there: an extension in use since before the field.
    pub stands_for: Option<&'static str>,
}

/// Until which version a field must stand there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Required {
    Never,
    Always,
    Until(Version),
}

/// What becomes of a field on the way to the model.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The model has it, or something as good.
    Kept,
    /// It only annotates, and the model has it, or something as good.
    Documentation,
    /// It only annotates, and the contract has no place for it.
    Annotation,
    /// It changes what the document means, and the model does not hold it yet.
    Refused,
}

pub(super) const fn may(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        required: Required::Never,
        since: Version::V2_0,
        until: None,
        fate: Fate::Kept,
        stands_for: None,
    }
}

pub(super) const fn must(name: &'static str, kind: Kind) -> Field {
    Field { required: Required::Always, ..may(name, kind) }
}

impl Field {
    pub(super) const fn since(self, version: Version) -> Self {
        Self { since: version, ..self }
    }

    pub(super) const fn until(self, version: Version) -> Self {
        Self { until: Some(version), ..self }
    }

    pub(super) const fn required_until(self, version: Version) -> Self {
        Self { required: Required::Until(version), ..self }
    }

    pub(super) const fn refused(self) -> Self {
        Self { fate: Fate::Refused, ..self }
    }

    pub(super) const fn documentation(self) -> Self {
        Self { fate: Fate::Documentation, ..self }
    }

    pub(super) const fn annotation(self) -> Self {
        Self { fate: Fate::Annotation, ..self }
    }

    pub(super) const fn stands_for(self, field: &'static str) -> Self {
        Self { stands_for: Some(field), ..self }
    }

    /// Whether a version has it.
    pub fn is_of(&self, version: Version) -> bool {
        self.since <= version && self.until.is_none_or(|last| version <= last)
    }

    /// Whether it must stand there.
    pub fn is_required(&self, version: Version) -> bool {
        match self.required {
            Required::Never => false,
            Required::Always => self.is_of(version),
            Required::Until(last) => version <= last,
        }
    }
}

pub(super) const fn object(name: &'static str, fields: &'static [Field]) -> Object {
    Object { name, fields, others: None, rule: rules::none }
}

impl Kind {
    /// Whether a value looks like a map of objects, whatever faults those have: each has some field.
    fn resembles(&self, value: &Value) -> bool {
        let (Self::Object(Object { others: Some(others), .. }), Value::Object(members)) = (self, value)
        else {
            return false;
        };
        let Kind::Reference(object) = &others.kind else { return false };
        let has_field = |member: &Value| {
            let mut keys = member.as_object().into_iter().flat_map(Map::keys);
            keys.any(|key| object.field_of_another_version(key).is_some())
        };
        let mut named = members.iter().filter(|(key, _)| !key.starts_with("x-")).peekable();
        named.peek().is_some() && named.all(|(_, member)| has_field(member))
    }
}

impl Object {
    /// The field of this name, if a version has it.
    pub fn field(&self, name: &str, version: Version) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name && field.is_of(version))
    }

    /// The field of this name that an earlier or later version has.
    pub fn field_of_another_version(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field that a key is among these members: an extension is one where it is read as another
    /// that is not there, and looks like it.
    pub fn field_among(
        &self,
        name: &str,
        members: &Map<String, Value>,
        version: Version,
    ) -> Option<&'static Field> {
        let field = self.field(name, version)?;
        let Some(meant) = field.stands_for else { return Some(field) };
        let is_there = members.contains_key(meant) && self.field(meant, version).is_some();
        let is_taken = !is_there && members.get(name).is_some_and(|value| field.kind.resembles(value));
        is_taken.then_some(field)
    }

    /// What stands under a key among these members.
    pub fn inside_among(
        &'static self,
        key: &str,
        members: &Map<String, Value>,
        version: Version,
    ) -> &'static Kind {
        static ANY: Kind = Kind::Any;
        match self.field(key, version) {
            Some(_) if self.field_among(key, members, version).is_none() => &ANY,
            _ => self.inside(key, version),
        }
    }

    /// What stands under a key.
    pub fn inside(&'static self, token: &str, version: Version) -> &'static Kind {
        static ANY: Kind = Kind::Any;
        match (self.field(token, version), &self.others) {
            (Some(field), _) => &field.kind,
            (None, Some(others)) if !token.starts_with("x-") => &others.kind,
            (None, _) => &ANY,
        }
    }

    /// Whether it is this object of the table.
    pub fn is(&'static self, other: &'static Object) -> bool {
        std::ptr::eq(self, other)
    }
}
