//! Extensions in use since before the specification had a field for what they say.

use serde_json::{Map, Value};
use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};

use super::{Members, Upgrade};
use crate::structure::{OPENAPI, Object};
use crate::version::Version;

/// Whether a document has an extension that is read as a field.
pub(super) fn are_in(root: &Value, version: Version) -> bool {
    let Value::Object(members) = root else { return false };
    members.keys().any(|key| {
        let field = OPENAPI.field_among(key, members, version);
        field.is_some_and(|field| field.stands_for.is_some())
    })
}

impl Upgrade<'_> {
    /// Brings an extension, which may be read as a field, into the model. `at` and `to` are the object's.
    pub(super) fn extension(
        &mut self,
        (object, members): (&'static Object, &Map<String, Value>),
        (key, meant): (&str, &str),
        (at, to): (&Pointer, &Pointer),
        out: &mut Members,
    ) {
        let Some(value) = members.get(key) else { return };
        let at = at.child(key);
        if let Some(field) = object.field_among(key, members, self.version) {
            let to = to.child(meant);
            self.moves.record(&to, &at);
            let message = format!("`{key}` is an extension: taken as `{meant}` of OpenAPI 3.1");
            self.say(Diagnostic::new(Code::VendorKeyword, message, Place::key(&at), "carried over so"));
            let copied = self.value(&field.kind, value, &at, &to);
            out.insert(meant.to_owned(), copied);
        } else if members.contains_key(meant) && object.field(meant, self.version).is_some() {
            let message = format!("`{key}` is not carried over: `{meant}` stands beside it");
            self.say(Diagnostic::new(Code::NotCarried, message, Place::key(&at), "left out"));
        } else {
            let copied = self.any(value, &at, &to.child(key));
            out.insert(key.to_owned(), copied);
        }
    }
}
