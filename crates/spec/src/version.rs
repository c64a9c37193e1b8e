//! Which versions of OpenAPI are read.

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Diagnostics, Place, Pointer};

const SUPPORTED: &str = "OpenAPI 3.0 is supported: 3.0.0 to 3.0.4";

/// Whether a tree says that it is of a version that we read; if not, why is in the sink.
pub(crate) fn supported(root: &Value, sink: &mut Diagnostics) -> bool {
    match refusal(root) {
        Some(diagnostic) => {
            sink.push(diagnostic);
            false
        }
        None => true,
    }
}

fn refusal(root: &Value) -> Option<Diagnostic> {
    let whole = Place::value(&Pointer::root());
    let Some(members) = root.as_object() else {
        return Some(Diagnostic::new(
            Code::NotOpenApi,
            "an OpenAPI document is an object",
            whole,
            "this is not",
        ));
    };
    if let Some(version) = members.get("swagger") {
        let place = Place::value(&Pointer::root().child("swagger"));
        let said = version.as_str().map_or_else(|| version.to_string(), str::to_owned);
        return Some(unsupported(format!("Swagger {said} is not supported"), place));
    }
    let place = Place::value(&Pointer::root().child("openapi"));
    match members.get("openapi") {
        Some(Value::String(version)) if is_3_0(version) => None,
        Some(Value::String(version)) if version == "3.0" || version.split('.').count() != 3 => {
            let message = format!("`{version}` is not a version of OpenAPI");
            Some(Diagnostic::new(Code::NotOpenApi, message, place, "").with_help("write `openapi: 3.0.3`"))
        }
        Some(Value::String(version)) => {
            Some(unsupported(format!("OpenAPI {version} is not supported"), place))
        }
        Some(_) => {
            let message = "`openapi` must be a string";
            Some(
                Diagnostic::new(Code::NotOpenApi, message, place, "not a string")
                    .with_help("write all three numbers: `openapi: 3.0.3`"),
            )
        }
        None => {
            let diagnostic = Diagnostic::new(
                Code::NotOpenApi,
                "not an OpenAPI document: `openapi` is missing",
                Place::key(&Pointer::root()),
                "",
            );
            Some(diagnostic.with_help("an OpenAPI document begins with `openapi: 3.0.3`"))
        }
    }
}

fn is_3_0(version: &str) -> bool {
    let patch = version.strip_prefix("3.0.").unwrap_or_default();
    patch.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

fn unsupported(message: String, place: Place) -> Diagnostic {
    Diagnostic::new(Code::UnsupportedVersion, message, place, "not supported yet").with_note(SUPPORTED)
}
