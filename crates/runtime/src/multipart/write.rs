//! From values to parts.

use serde_json::Value;

use super::{is_file, is_json, item};
use crate::operation::Written;
use crate::schema::{Additional, ObjectRules};
use crate::{File, Form, Schema};

/// The body that has these values: an object's, each member a part, or one an item. `None` where a file
/// stands inside of another value, which JSON has no place for.
pub(crate) fn write(form: &Form, value: &Value, files: &[File], boundary: &str) -> Option<Vec<u8>> {
    let rules = form.rules();
    let mut body = Vec::new();
    let mut written = 0;
    for (name, value) in value.as_object().into_iter().flatten() {
        let encoding = form.written(name);
        let of_files = member(&rules, name).map(item).is_some_and(is_file);
        let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        for item in items {
            let Some(text) = text(encoding, item) else { continue };
            let file = text.parse().ok().filter(|_| of_files).and_then(|position: usize| files.get(position));
            let (octets, file_name, media_type) = match file {
                Some(file) => {
                    written += 1;
                    let media_type = file.media_type.as_deref().or(first(encoding)).unwrap_or(OCTETS);
                    (&file.octets[..], file.file_name.as_deref(), Some(media_type))
                }
                None if item.is_object() || item.is_array() => {
                    (text.as_bytes(), None, Some(first(encoding).unwrap_or(JSON)))
                }
                None => (text.as_bytes(), None, first(encoding)),
            };
            begin(&mut body, boundary, name, file_name, media_type);
            body.extend_from_slice(octets);
            body.extend_from_slice(b"\r\n");
        }
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (written == files.len()).then_some(body)
}

/// What a part holds; `None` for `null`, which is no part at all.
fn text(encoding: Written, item: &Value) -> Option<String> {
    match (encoding, item) {
        (_, Value::Null) => None,
        (Written::Part(media_type), item) if is_json(media_type) => Some(item.to_string()),
        (_, Value::String(text)) => Some(text.clone()),
        (_, other) => Some(other.to_string()),
    }
}

const OCTETS: &str = "application/octet-stream";
const JSON: &str = "application/json";

/// The line of dashes and the headers of a part.
fn begin(body: &mut Vec<u8>, boundary: &str, name: &str, file_name: Option<&str>, media_type: Option<&str>) {
    let file_name = file_name.map(|file_name| format!("; filename=\"{}\"", quoted(file_name)));
    let media_type = media_type.map(|media_type| format!("\r\nContent-Type: {media_type}"));
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"{}{}",
        quoted(name),
        file_name.unwrap_or_default(),
        media_type.unwrap_or_default()
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(b"\r\n\r\n");
}

/// What would end the name or its line is percent-encoded, as browsers do.
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// The media type that is declared first, unless it is a range.
fn first(written: Written) -> Option<&'static str> {
    let Written::Part(declared) = written else { return None };
    declared.split(',').map(str::trim).find(|media_type| !media_type.contains('*'))
}

fn member(rules: &ObjectRules, name: &str) -> Option<&'static Schema> {
    let property = rules.properties.iter().find(|property| property.name == name);
    match (property, rules.additional) {
        (Some(property), _) => Some(property.schema),
        (None, Additional::Checked(schema)) => Some(schema),
        (None, _) => None,
    }
}
