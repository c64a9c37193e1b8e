//! The canonical order of a document.
//!
//! The fields of a known object stand in the specification's order, then its other keys in document
//! order. Maps whose keys the document chooses, lists and opaque values stay as they are: their order
//! carries meaning.

use serde_json::{Map, Value};

use super::Kind;
use crate::version::Version;

/// The same value in canonical order.
pub(crate) fn canonical(version: Version, kind: &'static Kind, value: &Value) -> Value {
    match (kind, value) {
        (Kind::Map(inner), Value::Object(members)) => Value::Object(
            members.iter().map(|(key, value)| (key.clone(), canonical(version, inner, value))).collect(),
        ),
        (Kind::List(inner), Value::Array(items)) => {
            Value::Array(items.iter().map(|item| canonical(version, inner, item)).collect())
        }
        (Kind::Object(object) | Kind::Reference(object) | Kind::BoolOr(object), Value::Object(members)) => {
            let mut ordered = Map::new();
            let field = |key: &str| object.field_among(key, members, version);
            for field in object.fields.iter().filter_map(|known| field(known.name)) {
                if let Some(value) = members.get(field.name) {
                    ordered.insert(field.name.to_owned(), canonical(version, &field.kind, value));
                }
            }
            for (key, value) in members {
                if field(key).is_none() {
                    let inside = object.inside_among(key, members, version);
                    ordered.insert(key.clone(), canonical(version, inside, value));
                }
            }
            Value::Object(ordered)
        }
        _ => value.clone(),
    }
}
