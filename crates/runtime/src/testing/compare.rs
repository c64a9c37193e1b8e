//! What was sent beside what should have been.

use std::collections::BTreeMap;

use http::header::{CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName};
use serde_json::Value;

use super::exchange::{Got, Sent};
use super::vector::{Answer, Body, Content, Part};
use crate::examples::same_text;
use crate::{Format, Location, Operation, percent};

/// Whether a client's request is the vector's, but for the body. Parameters with a default may be there although
/// they were left out: the server has filled them in.
pub(super) fn parameters(
    operation: &Operation,
    expected: &Sent,
    sent: &Sent,
    is_example: bool,
) -> Result<(), String> {
    if sent.method != expected.method {
        return Err(format!("the client sends {} for {}", sent.method, expected.method));
    }
    let (path, wanted) = (sent.uri.path(), expected.uri.path());
    let is_same = path.split('/').count() == wanted.split('/').count()
        && path.split('/').zip(wanted.split('/')).all(|(one, other)| is_same(one, other));
    if !is_same && !is_example {
        return Err(format!("the client sends the path `{path}` for `{wanted}`"));
    }
    let query = |sent: &Sent| split(sent.uri.query().unwrap_or_default(), '&');
    let cookies = |sent: &Sent| {
        let lines = sent.headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| split(line, ';')).collect::<Vec<_>>()
    };
    if !is_example {
        pairs(operation, Location::Query, query(expected), query(sent))?;
        pairs(operation, Location::Cookie, cookies(expected), cookies(sent))?;
        let mut wanted = expected.headers.clone();
        // It is written where the request is sent, unless it is a parameter.
        if operation.parameter(Location::Header, CONTENT_LENGTH.as_str()).is_none() {
            wanted.remove(CONTENT_LENGTH);
        }
        headers(&wanted, &sent.headers)?;
        for parameter in operation.parameters.iter().filter(|one| one.location == Location::Header) {
            let is_more =
                sent.headers.contains_key(parameter.name) && !expected.headers.contains_key(parameter.name);
            if is_more && parameter.default.is_none() {
                return Err(format!("the client sends the header `{}`", parameter.name));
            }
        }
    }
    Ok(())
}

/// Whether a client's body is the vector's.
pub(super) fn bodies(
    operation: &Operation,
    body: Option<&Body>,
    sent: &Sent,
    is_example: bool,
) -> Result<(), String> {
    // Where no body is needed, `null` and no body are one.
    let is_optional = operation.body.is_some_and(|body| !body.required);
    let is_null = |body: &&Body| matches!(body.content, Content::Json(Value::Null));
    let body = body.filter(|body| !(is_optional && sent.body.is_empty() && is_null(body)));
    same_body(body, &sent.headers, &sent.body, is_example).map_err(|why| format!("the client sends {why}"))
}

/// Whether a server's response is the vector's.
pub(super) fn responses(expected: &Answer, sent: &HeaderMap, got: &Got) -> Result<(), String> {
    if got.status.as_u16() != expected.status {
        return Err(format!(
            "the server answers {} for {}: {}",
            got.status,
            expected.status,
            shown(&got.body)
        ));
    }
    // An example may be written in another way: what the client reads of it is compared.
    let is_missing = |name: &&HeaderName| **name != CONTENT_TYPE && !got.headers.contains_key(*name);
    if let Some(name) = sent.keys().find(is_missing) {
        return Err(format!("the server answers without the header `{name}`"));
    }
    if !expected.example {
        headers(sent, &got.headers).map_err(|why| why.replace("client sends", "server answers with"))?;
    }
    let body = same_body(expected.body.as_ref(), &got.headers, &got.body, expected.example);
    body.map_err(|why| format!("the server answers {why}"))
}

/// Whether all of an example is there, what the contract does not declare as well. Of the rest of one, another
/// variant of a union may know as much.
pub(super) fn is_all_there(example: Option<&Body>, octets: &[u8]) -> bool {
    match example.map(|body| &body.content) {
        Some(Content::Json(value)) => {
            serde_json::from_slice(octets).is_ok_and(|written: Value| same_json(value, &written, false))
        }
        _ => true,
    }
}

fn split(text: &str, separator: char) -> Vec<String> {
    text.split(separator).map(str::trim).filter(|pair| !pair.is_empty()).map(str::to_owned).collect()
}

/// Texts that differ in how they are encoded, or in how a number is written.
fn is_same(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|text| whole(&normal(text).replace("%20", " ")));
    same_items(&one, &other)
}

/// A text whose numbers have no zero fraction, wherever in it they stand.
fn whole(text: &str) -> String {
    let mut whole = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(".0") {
        let (before, fraction) = rest.split_at(at);
        let behind = fraction[1..].trim_start_matches('0');
        let is_zero = before.ends_with(|last: char| last.is_ascii_digit())
            && !behind.starts_with(|next: char| next.is_ascii_alphanumeric());
        whole.push_str(before);
        whole.push_str(if is_zero { "" } else { &fraction[..fraction.len() - behind.len()] });
        rest = behind;
    }
    whole + rest
}

/// Texts that differ in how a number is written, one of a list's included.
fn same_items(one: &str, other: &str) -> bool {
    const BETWEEN: [char; 4] = [',', '|', ' ', '\t'];
    let items = |text| str::split_inclusive(text, BETWEEN).collect::<Vec<_>>();
    let same = |one: &&str, other: &&str| {
        let number = |item: &str| item.trim_end_matches(BETWEEN).parse::<f64>().ok();
        let is_same_number = number(one).is_some_and(|one| number(other) == Some(one));
        one == other || is_same_number && one.ends_with(BETWEEN) == other.ends_with(BETWEEN)
    };
    one == other || same_lists(&items(one), &items(other), same)
}

/// Percent-encoded as little as is possible without another meaning.
fn normal(text: &str) -> String {
    let mut normal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        normal.push_str(&rest[..at]);
        let triplet = rest.get(at..at + 3).unwrap_or(&rest[at..]);
        let plain = percent::decode(triplet).filter(|plain| {
            plain.chars().all(|character| character.is_ascii_alphanumeric() || "-._~[]|".contains(character))
        });
        normal.push_str(&plain.unwrap_or_else(|| triplet.to_ascii_uppercase()));
        rest = &rest[at + triplet.len()..];
    }
    normal + rest
}

/// Pairs in any order.
fn pairs(
    operation: &Operation,
    location: Location,
    expected: Vec<String>,
    mut sent: Vec<String>,
) -> Result<(), String> {
    let halves = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (normal(name), value.to_owned())
    };
    for wanted in expected {
        let (name, value) = halves(&wanted);
        let found = sent.iter().position(|pair| {
            let (other, text) = halves(pair);
            name == other && is_same(&value, &text)
        });
        match found {
            Some(at) => drop(sent.remove(at)),
            None => return Err(format!("the client does not send `{wanted}`, but {sent:?}")),
        }
    }
    sent.retain(|pair| {
        let name = percent::decode(&halves(pair).0).unwrap_or_default();
        operation.parameter(location, &name).is_none_or(|parameter| parameter.default.is_none())
    });
    // What an object's default is made of has names of its own.
    let has_default =
        |parameter: &&crate::Parameter| parameter.location == location && parameter.default.is_some();
    if sent.is_empty() || operation.parameters.iter().any(|parameter| has_default(&parameter)) {
        Ok(())
    } else {
        Err(format!("the client sends {sent:?} as well"))
    }
}

fn headers(expected: &HeaderMap, sent: &HeaderMap) -> Result<(), String> {
    for name in expected.keys().filter(|name| *name != CONTENT_TYPE && *name != COOKIE) {
        let texts = |headers: &HeaderMap| -> Vec<String> {
            headers.get_all(name).iter().map(|value| value.to_str().unwrap_or_default().to_owned()).collect()
        };
        let (wanted, found) = (texts(expected), texts(sent));
        let agree =
            wanted.len() == found.len() && wanted.iter().zip(&found).all(|(one, other)| is_same(one, other));
        if !agree {
            return Err(format!("the client sends {found:?} as `{name}` for {wanted:?}"));
        }
    }
    Ok(())
}

fn same_body(
    expected: Option<&Body>,
    headers: &HeaderMap,
    octets: &[u8],
    is_example: bool,
) -> Result<(), String> {
    let Some(expected) = expected else {
        return if octets.is_empty() { Ok(()) } else { Err(format!("the body {} for none", shown(octets))) };
    };
    let named = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence(named) != essence(&expected.media_type) {
        return Err(format!("`{named}` for `{}`", expected.media_type));
    }
    let differs = || format!("the body {} for {:?}", shown(octets), expected.content);
    let text = std::str::from_utf8(octets).map_err(|_| differs())?;
    let is_same = match &expected.content {
        Content::Json(value) => {
            let written: Value = serde_json::from_str(text).map_err(|_| differs())?;
            same_json(value, &written, is_example)
        }
        Content::Form(wanted) => {
            let decoded = |text: &str| {
                let decode = |text: &str| percent::decode_query(text).unwrap_or_default();
                let halves = |pair: &String| {
                    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                    (decode(name), decode(value))
                };
                let mut pairs: Vec<_> = split(text, '&').iter().map(halves).collect();
                pairs.sort();
                pairs
            };
            is_example || same_lists(&decoded(wanted), &decoded(text), same_pair)
        }
        Content::Parts(wanted) => {
            let found = parts(named, text);
            is_example || found.is_some_and(|found| same_lists(wanted, &found, same_part))
        }
        Content::Xml(wanted) => same_xml(wanted, text, is_example).ok_or_else(differs)?,
        Content::Text(wanted) => wanted == text,
    };
    if is_same { Ok(()) } else { Err(differs()) }
}

/// Whether the elements are the same, however their namespaces are called; `None` where it is no XML.
#[cfg(feature = "xml")]
fn same_xml(wanted: &str, written: &str, is_example: bool) -> Option<bool> {
    let [wanted, written] = [wanted, written].map(|text| crate::xml::read::free(text.as_bytes()));
    let ((wanted_root, wanted), (written_root, written)) = (wanted?, written?);
    // An example may have a root element that the contract gives no name.
    Some((is_example || wanted_root == written_root) && same_free(&wanted, &written, is_example))
}

#[cfg(not(feature = "xml"))]
fn same_xml(_: &str, _: &str, _: bool) -> Option<bool> {
    None
}

/// Whether what elements hold is the same: texts that are numbers may be written in another way, and of an
/// example what the contract does not declare may be lost.
#[cfg(feature = "xml")]
fn same_free(wanted: &Value, written: &Value, is_example: bool) -> bool {
    match (wanted, written) {
        (Value::Object(wanted), Value::Object(written)) => {
            let kept = written.iter().all(|(name, written)| {
                wanted.get(name).is_some_and(|wanted| same_free(wanted, written, is_example))
            });
            kept && (is_example || wanted.len() == written.len())
        }
        (Value::Array(wanted), Value::Array(written)) => {
            wanted.len() == written.len()
                && wanted.iter().zip(written).all(|(wanted, written)| same_free(wanted, written, is_example))
        }
        (Value::String(wanted), Value::String(written)) => {
            let is_other = wanted.trim() == written.trim()
                || matches!((wanted.trim(), written.as_str()), ("1", "true") | ("0", "false"));
            is_same(wanted, written)
                || is_example
                    && (is_other
                        || same_number(wanted, written)
                        || same_json(&wanted.as_str().into(), &written.as_str().into(), true))
        }
        // Nothing of an example was declared.
        (Value::Object(_), Value::String(written)) => is_example && written.is_empty(),
        _ => wanted == written,
    }
}

/// Whether JSON is the same. Of an example, what the contract does not declare may be lost, and texts of
/// a format may be written in another way.
fn same_json(value: &Value, written: &Value, is_example: bool) -> bool {
    match (value, written) {
        (Value::Object(value), Value::Object(written)) => {
            let kept = written.iter().all(|(name, written)| {
                value.get(name).is_some_and(|value| same_json(value, written, is_example))
            });
            kept && (is_example || value.len() == written.len())
        }
        (Value::Array(value), Value::Array(written)) => {
            value.len() == written.len()
                && value.iter().zip(written).all(|(value, written)| same_json(value, written, is_example))
        }
        (Value::Number(value), Value::Number(written)) => {
            value == written || value.as_f64() == written.as_f64() || is_example && is_near(value, written)
        }
        (Value::String(value), Value::String(written)) => {
            let formats = [Format::DateTime, Format::Date, Format::Uuid, Format::Byte, Format::Base64Url];
            value == written || is_example && formats.iter().any(|format| same_text(value, written, *format))
        }
        _ => value == written,
    }
}

/// Whether texts are numbers of which a float of 32 bits makes the same.
#[cfg(feature = "xml")]
fn same_number(one: &str, other: &str) -> bool {
    let number = |text: &str| text.trim().parse().ok();
    number(one).zip(number(other)).is_some_and(|(one, other)| is_near(&one, &other))
}

/// Whether a float of 32 bits makes the same of both.
fn is_near(one: &serde_json::Number, other: &serde_json::Number) -> bool {
    #[expect(clippy::cast_possible_truncation, reason = "it is what reading such a float does")]
    let short = |number: &serde_json::Number| number.as_f64().map(|float| (float as f32).to_bits());
    short(one) == short(other)
}

fn same_lists<T>(wanted: &[T], found: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    wanted.len() == found.len() && wanted.iter().zip(found).all(|(wanted, found)| same(wanted, found))
}

fn same_pair(wanted: &(String, String), found: &(String, String)) -> bool {
    wanted.0 == found.0 && same_content(&wanted.1, &found.1)
}

fn same_part(wanted: &Part, found: &Part) -> bool {
    let text = found.text.clone();
    same_content(&wanted.text, &found.text) && Part { text, ..wanted.clone() } == *found
}

/// Whether texts are the same, numbers and objects however they are written.
fn same_content(wanted: &str, found: &str) -> bool {
    let json = |text: &str| serde_json::from_str::<Value>(text).ok();
    let same = json(wanted).zip(json(found)).map(|(wanted, found)| same_json(&wanted, &found, false));
    same.unwrap_or_else(|| same_items(wanted, found))
}

/// The parts of a body that has no octets that are not text.
fn parts(content_type: &str, text: &str) -> Option<Vec<Part>> {
    let boundary = content_type.split_once("boundary=")?.1.trim_matches('"');
    let delimiter = format!("--{boundary}");
    let mut pieces = text.split(&delimiter).skip(1);
    let mut parts = Vec::new();
    loop {
        let piece = pieces.next()?;
        if piece.starts_with("--") {
            return Some(parts);
        }
        let (head, text) = piece.strip_prefix("\r\n")?.split_once("\r\n\r\n")?;
        let mut part = Part {
            name: String::new(),
            file: None,
            media_type: None,
            headers: BTreeMap::new(),
            text: text.strip_suffix("\r\n")?.to_owned(),
        };
        for line in head.split("\r\n") {
            let (name, value) = line.split_once(": ")?;
            if name.eq_ignore_ascii_case("content-type") {
                part.media_type = Some(value.to_owned());
            }
            let parameter = |wanted: &str| {
                let mut parameters = value.split("; ").filter_map(|one| one.split_once('='));
                parameters
                    .find(|(name, _)| *name == wanted)
                    .map(|(_, text)| text.trim_matches('"').to_owned())
            };
            if name.eq_ignore_ascii_case("content-disposition") {
                part.name = parameter("name")?;
                part.file = parameter("filename");
            } else if !name.eq_ignore_ascii_case("content-type") {
                part.headers.insert(name.to_lowercase(), value.to_owned());
            }
        }
        parts.push(part);
    }
}

/// The beginning of a body.
pub(super) fn shown(octets: &[u8]) -> String {
    let text = String::from_utf8_lossy(octets);
    if text.is_empty() { "without octets".to_owned() } else { text.chars().take(600).collect() }
}
