//! From values to parts.

use http::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use super::{VALUE, is_file, is_json, item, member};
use crate::content::Written;
use crate::style::HeaderForm;
use crate::style::form::no_text;
use crate::{ByteStream, Constraint, File, Form, Location, Parameter, Violation, percent, pointer, style};

/// The body that has these values: an object's, each member a part, or one an item. A file that stands
/// inside of another value, which JSON has no place for, is a violation, and so are a header's impossible
/// value and a `null` in a list.
pub(crate) fn write(
    form: &Form,
    value: &Value,
    files: &[File],
    boundary: &str,
) -> Result<ByteStream, Violation> {
    let rules = form.rules();
    let mut body = Body::default();
    let mut written = 0;
    for (name, value) in value.as_object().into_iter().flatten() {
        if let Some(parameter) = form.parameter(name) {
            if let Some(at) = style::write::unsaid(parameter.schema, value) {
                return Err(no_text(name, at));
            }
            for (name, text) in pairs(&parameter, value) {
                body.begin(boundary, &name, None, None, &HeaderMap::new());
                body.octets.extend_from_slice(text.as_bytes());
                body.octets.extend_from_slice(b"\r\n");
            }
            continue;
        }
        let encoding = form.written(name);
        let of_files = member(&rules, name).map(item).is_some_and(is_file);
        let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        for (at, item) in items.iter().enumerate() {
            let (item, headers) = apart(name, form.headers(name), item)?;
            let text = match (encoding, item) {
                (_, Value::Null) if !value.is_array() => continue,
                (Written::Part(media_type), item) if is_json(media_type) => item.to_string(),
                // A list without its `null` would be another.
                (_, item) => style::write::text(item).ok_or_else(|| no_text(name, at))?,
            };
            let file = text.parse().ok().filter(|_| of_files).and_then(|position: usize| files.get(position));
            if let Some(file) = file {
                written += 1;
                let media_type = file.media_type.as_deref().or(first(encoding)).unwrap_or(OCTETS);
                body.begin(boundary, name, file.file_name.as_deref(), Some(media_type), &file.headers);
                body.append(&file.octets);
            } else {
                let is_json = item.is_object() || item.is_array();
                let media_type = first(encoding).or(is_json.then_some(JSON));
                body.begin(boundary, name, None, media_type, &headers);
                body.octets.extend_from_slice(text.as_bytes());
            }
            body.octets.extend_from_slice(b"\r\n");
        }
    }
    body.octets.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    if written < files.len() {
        let message = "has a file inside of another value";
        return Err(Violation::new(Location::Body, "", Constraint::Type, message));
    }
    Ok(body.finish())
}

/// What a part holds, and its headers.
fn apart<'a>(
    property: &str,
    declared: &[(&'static str, HeaderForm)],
    part: &'a Value,
) -> Result<(&'a Value, HeaderMap), Violation> {
    let mut headers = HeaderMap::new();
    if declared.is_empty() {
        return Ok((part, headers));
    }
    for (name, form) in declared {
        let text = part.get(name).and_then(|value| style::write::header(value, *form));
        let Some(text) = text else { continue };
        match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_bytes(text.as_bytes())) {
            (Ok(name), Ok(value)) => headers.insert(name, value),
            _ => return Err(impossible(property, name)),
        };
    }
    Ok((part.get(VALUE).unwrap_or(&Value::Null), headers))
}

fn impossible(property: &str, header: &str) -> Violation {
    let mut at = String::new();
    pointer::push(&mut at, property);
    pointer::push(&mut at, header);
    Violation::new(Location::Body, "", Constraint::Encoding, "is not what a header may hold").at(at)
}

/// A value as its style has it: the pairs of a query, of which nothing is percent-encoded.
fn pairs(parameter: &Parameter, value: &Value) -> Vec<(String, String)> {
    let query = style::write::query(parameter, value).unwrap_or_default();
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let decoded = |(name, text)| Some((percent::decode_query(name)?, percent::decode_query(text)?));
    pairs.filter_map(decoded).collect()
}

/// A body in the making: what is in memory, behind what is not.
#[derive(Default)]
struct Body {
    pieces: Vec<ByteStream>,
    octets: Vec<u8>,
}

impl Body {
    /// The line of dashes and the headers of a part.
    fn begin(
        &mut self,
        boundary: &str,
        name: &str,
        file_name: Option<&str>,
        media_type: Option<&str>,
        headers: &HeaderMap,
    ) {
        let file_name = file_name.map(|file_name| format!("; filename=\"{}\"", quoted(file_name)));
        let media_type = media_type.map(|media_type| format!("\r\nContent-Type: {media_type}"));
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"{}{}\r\n",
            quoted(name),
            file_name.unwrap_or_default(),
            media_type.unwrap_or_default()
        );
        self.octets.extend_from_slice(head.as_bytes());
        for (name, value) in headers {
            self.octets.extend_from_slice(name.as_str().as_bytes());
            self.octets.extend_from_slice(b": ");
            self.octets.extend_from_slice(value.as_bytes());
            self.octets.extend_from_slice(b"\r\n");
        }
        self.octets.extend_from_slice(b"\r\n");
    }

    fn append(&mut self, content: &ByteStream) {
        if let Some(octets) = content.octets() {
            self.octets.extend_from_slice(octets);
        } else {
            self.pieces.push(ByteStream::new(std::mem::take(&mut self.octets)));
            self.pieces.push(content.clone());
        }
    }

    fn finish(mut self) -> ByteStream {
        let last = ByteStream::new(self.octets);
        if self.pieces.is_empty() {
            return last;
        }
        self.pieces.push(last);
        ByteStream::chain(self.pieces)
    }
}

const OCTETS: &str = "application/octet-stream";
const JSON: &str = "application/json";

/// What would end the name or its line is percent-encoded, as browsers do.
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// The media type that is declared first, unless it is a range.
fn first(written: Written) -> Option<&'static str> {
    let Written::Part(declared) = written else { return None };
    declared.split(',').map(str::trim).find(|media_type| !media_type.contains('*'))
}
