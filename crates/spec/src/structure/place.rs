//! What the tables have at a place in a document.

use serde_json::Value;
use specwright_diagnostics::Pointer;

use super::grammar::Kind;
use super::openapi::OPENAPI;
use super::swagger::SWAGGER;
use crate::version::Version;

/// What a document as a whole is.
pub(crate) fn root_kind(version: Version) -> &'static Kind {
    static SWAGGER_ROOT: Kind = Kind::Object(&SWAGGER);
    static OPENAPI_ROOT: Kind = Kind::Object(&OPENAPI);
    if version == Version::V2_0 { &SWAGGER_ROOT } else { &OPENAPI_ROOT }
}

/// What the specification has at a place in a document.
pub(crate) fn kind_at(version: Version, root: &Value, pointer: &Pointer) -> &'static Kind {
    static ANY: Kind = Kind::Any;
    let whole = (root_kind(version), Some(root));
    let (kind, _) = pointer.tokens().fold(whole, |(kind, value), token| {
        let inside = match (kind, value) {
            (
                Kind::Object(object) | Kind::Reference(object) | Kind::BoolOr(object),
                Some(Value::Object(members)),
            ) => object.inside_among(&token, members, version),
            (Kind::Map(kind) | Kind::List(kind), _) => kind,
            _ => &ANY,
        };
        let value = value.and_then(|value| match value {
            Value::Object(members) => members.get(&token),
            Value::Array(items) => items.get(token.parse::<usize>().ok()?),
            _ => None,
        });
        (inside, value)
    });
    kind
}
