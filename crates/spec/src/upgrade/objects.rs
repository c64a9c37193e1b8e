//! What 3.1 and 3.2 say otherwise than 3.0 about objects that are no schemas.

use serde_json::{Value, json};
use specwright_diagnostics::{Code, Diagnostic, Place, Pointer};

use super::{Members, Upgrade};
use crate::structure::{EXAMPLE, INFO, LICENSE, OPENAPI, Object, PARAMETER, RESPONSE, TAG};

/// The dialects that the model's schemas are written in.
const DIALECTS: [&str; 2] =
    ["https://spec.openapis.org/oas/3.1/dialect/", "https://json-schema.org/draft/2020-12/schema"];

/// Whether a dialect is the one that schemas are read as anyway.
pub(super) fn is_known_dialect(uri: &str) -> bool {
    DIALECTS.iter().any(|known| uri.starts_with(known))
        || uri.starts_with("https://spec.openapis.org/oas/3.2/")
}

impl Upgrade<'_> {
    /// Brings an object, copied field by field, to the form of the model.
    pub(super) fn amended(&mut self, object: &'static Object, out: &mut Members, at: &Pointer, to: &Pointer) {
        if object.is(&OPENAPI) {
            out.entry("paths").or_insert_with(|| json!({}));
        } else if object.is(&INFO) || object.is(&TAG) || object.is(&RESPONSE) {
            self.summary(out, at, to);
            if object.is(&RESPONSE) && !out.contains_key("$ref") {
                out.entry("description").or_insert_with(|| json!(""));
            }
        } else if object.is(&LICENSE) {
            license(out);
        } else if object.is(&EXAMPLE) {
            if let Some(value) = out.shift_remove("dataValue") {
                self.moves.record(&to.child("value"), &at.child("dataValue"));
                out.insert("value".to_owned(), value);
            }
        } else if object.is(&PARAMETER) {
            self.parameter_of_3_2(out, at);
        }
    }

    /// A summary goes before the description.
    fn summary(&mut self, out: &mut Members, at: &Pointer, to: &Pointer) {
        let Some(Value::String(summary)) = out.shift_remove("summary") else { return };
        let description = out.get("description").and_then(Value::as_str).unwrap_or_default();
        let text = match (summary.trim(), description.trim()) {
            ("", text) | (text, "") => text.to_owned(),
            (summary, description) => format!("{summary}\n\n{description}"),
        };
        if !out.contains_key("description") {
            self.moves.record(&to.child("description"), &at.child("summary"));
        }
        out.insert("description".to_owned(), text.into());
    }

    fn parameter_of_3_2(&mut self, out: &Members, at: &Pointer) {
        if out.get("in") != Some(&json!("querystring")) {
            return;
        }
        let (media, content) =
            out.get("content").and_then(Value::as_object).and_then(|content| content.iter().next()).unzip();
        let essence = media.map_or("", |media| media.split(';').next().unwrap_or_default().trim());
        let is_plain = content.is_some_and(|content| content.get("schema").is_some())
            && content.is_some_and(|content| content.get("encoding").is_none());
        if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") || !is_plain {
            let message = format!("`in: querystring` of {} is not supported for this content", self.version);
            let place = Place::value(&at.child("in"));
            self.say(
                Diagnostic::new(Code::UnsupportedField, message, place, "")
                    .with_note("a query of `application/x-www-form-urlencoded` without `encoding` is"),
            );
        }
    }
}

/// An SPDX identifier goes beside the name, unless it is the name.
fn license(out: &mut Members) {
    let Some(Value::String(identifier)) = out.shift_remove("identifier") else { return };
    if let Some(Value::String(name)) = out.get_mut("name")
        && *name != identifier
    {
        name.push_str(" (");
        name.push_str(&identifier);
        name.push(')');
    }
}
