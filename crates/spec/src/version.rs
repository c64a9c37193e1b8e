//! Which versions of OpenAPI are read.

use std::fmt;

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Diagnostics, Place, Pointer};

const SUPPORTED: &str = "OpenAPI 2.0, 3.0, 3.1 and 3.2 are read";

/// A version of the specification, as far as it decides how a document is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    V2_0,
    V3_0,
    V3_1,
    V3_2,
}

impl Version {
    /// Every version, oldest first.
    pub const ALL: [Self; 4] = [Self::V2_0, Self::V3_0, Self::V3_1, Self::V3_2];
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::V2_0 => "OpenAPI 2.0",
            Self::V3_0 => "OpenAPI 3.0",
            Self::V3_1 => "OpenAPI 3.1",
            Self::V3_2 => "OpenAPI 3.2",
        })
    }
}

/// The version that a tree says it is of; if we do not read it, why is in the sink.
pub(crate) fn stated(root: &Value, sink: &mut Diagnostics) -> Option<Version> {
    read(root).map_err(|diagnostic| sink.push(*diagnostic)).ok()
}

fn read(root: &Value) -> Result<Version, Box<Diagnostic>> {
    let Some(members) = root.as_object() else {
        let whole = Place::value(&Pointer::root());
        return Err(Box::new(not_openapi("an OpenAPI document is an object", whole, "this is not")));
    };
    let at = |key: &str| Place::value(&Pointer::root().child(key));
    match (members.get("swagger"), members.get("openapi")) {
        (Some(Value::String(version)), _) if version == "2.0" => Ok(Version::V2_0),
        (Some(Value::String(version)), _) => {
            Err(unsupported(format!("Swagger {version} is not supported"), at("swagger")))
        }
        (Some(_), _) => Err(Box::new(
            not_openapi("`swagger` must be a string", at("swagger"), "not a string")
                .with_help("put it in quotes: `swagger: '2.0'`"),
        )),
        (None, Some(Value::String(version))) => of_3(version, at("openapi")),
        (None, Some(_)) => Err(Box::new(
            not_openapi("`openapi` must be a string", at("openapi"), "not a string")
                .with_help("write all three numbers: `openapi: 3.0.3`"),
        )),
        (None, None) => Err(Box::new(
            not_openapi("not an OpenAPI document: `openapi` is missing", Place::key(&Pointer::root()), "")
                .with_help("an OpenAPI document begins with `openapi: 3.0.3`"),
        )),
    }
}

fn of_3(version: &str, place: Place) -> Result<Version, Box<Diagnostic>> {
    let patch_of = |minor: &str| {
        let patch = version.strip_prefix(minor).unwrap_or_default();
        patch.as_bytes().first().is_some_and(u8::is_ascii_digit)
    };
    if patch_of("3.0.") {
        Ok(Version::V3_0)
    } else if patch_of("3.1.") {
        Ok(Version::V3_1)
    } else if patch_of("3.2.") {
        Ok(Version::V3_2)
    } else if version.split('.').count() == 3 {
        Err(unsupported(format!("OpenAPI {version} is not supported"), place))
    } else {
        let message = format!("`{version}` is not a version of OpenAPI");
        Err(Box::new(not_openapi(&message, place, "").with_help("write `openapi: 3.0.3`")))
    }
}

fn not_openapi(message: &str, place: Place, label: &str) -> Diagnostic {
    Diagnostic::new(Code::NotOpenApi, message, place, label)
}

fn unsupported(message: String, place: Place) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(Code::UnsupportedVersion, message, place, "not supported yet").with_note(SUPPORTED),
    )
}
