//! From text to values.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::COOKIE;
use serde_json::{Map, Number, Value};

use crate::schema::{Additional, Fraction, ObjectRules, Shape};
use crate::validate::violations;
use crate::{Constraint, Location, Operation, Parameter, Schema, Style, Violation};
use crate::{percent, pointer};

/// What is wrong with a text.
pub(crate) enum Fault {
    Encoding,
    Form,
    Json,
}

impl Fault {
    /// The violation where the text is that of a property of the body.
    pub(crate) fn in_body(&self, name: &str) -> Violation {
        let (constraint, message) = match self {
            Self::Encoding => (Constraint::Encoding, "is not percent-encoded UTF-8"),
            Self::Form => (Constraint::Type, "is not written as the contract declares"),
            Self::Json => (Constraint::Type, "is not JSON"),
        };
        violation(Location::Body, name, constraint, message)
    }
}

pub(crate) type Read<T> = Result<T, Fault>;

/// How the texts of a location are decoded.
pub(super) type Decode = fn(&str) -> Option<String>;

/// The value of a path parameter, from the text that stands in its place.
pub fn path(parameter: &Parameter, raw: &str) -> Result<Value, Violation> {
    let read = match parameter.style {
        Style::Label => raw.strip_prefix('.').ok_or(Fault::Form).and_then(|raw| {
            listed(parameter, raw, if parameter.explode { "." } else { "," }, percent::decode)
        }),
        Style::Matrix => raw.strip_prefix(';').ok_or(Fault::Form).and_then(|raw| matrix(parameter, raw)),
        _ => listed(parameter, raw, ",", percent::decode),
    };
    read.map_err(|fault| told(parameter, &fault))
}

/// The value of a query parameter; `None` where it is absent. The operation's other parameters are not
/// taken for members of an exploded object.
pub fn query(operation: &Operation, parameter: &Parameter, query: &str) -> Result<Option<Value>, Violation> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs_of(parameter, pairs, operation.parameters, percent::decode_query)
}

/// The value of a query parameter that takes one, joined from all that the query has for it; `None`
/// where it is absent.
pub fn joined(parameter: &Parameter, query: &str, separator: &str) -> Result<Option<Value>, Violation> {
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let named = pairs.filter(|(name, _)| percent::decode_query(name).as_deref() == Some(parameter.name));
    let texts: Option<Vec<String>> = named.map(|(_, value)| percent::decode_query(value)).collect();
    let texts = texts.ok_or_else(|| told(parameter, &Fault::Encoding))?;
    if texts.is_empty() {
        return Ok(None);
    }
    let read = scalar(parameter.schema, &texts.join(separator), |text| Some(text.to_owned()));
    read.map(Some).map_err(|fault| told(parameter, &fault))
}

/// The value of a header parameter; `None` where it is absent. Lines of one name are one list.
pub fn header(parameter: &Parameter, headers: &HeaderMap) -> Result<Option<Value>, Violation> {
    let mut lines = Vec::new();
    for value in headers.get_all(parameter.name) {
        let text = std::str::from_utf8(value.as_bytes()).map_err(|_| told(parameter, &Fault::Encoding))?;
        lines.push(text);
    }
    match (lines.as_slice(), parameter.schema.resolved().shape) {
        ([], _) => Ok(None),
        ([_], _) | (_, Shape::Array(_) | Shape::Object(_)) => {
            let read = listed(parameter, &lines.join(","), ",", |text| Some(text.trim().to_owned()));
            read.map(Some).map_err(|fault| told(parameter, &fault))
        }
        _ => Err(repeated(parameter.location, parameter.name)),
    }
}

/// The value of a cookie parameter; `None` where it is absent.
pub fn cookie(parameter: &Parameter, headers: &HeaderMap) -> Result<Option<Value>, Violation> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
    let pairs = lines.flat_map(|line| line.split(';')).map(str::trim);
    pairs_of(parameter, pairs, &[], percent::decode)
}

/// `color=blue,black` behind a semicolon, or `color=blue;color=black`.
fn matrix(parameter: &Parameter, raw: &str) -> Read<Value> {
    let named = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let is_named = percent::decode(name).is_some_and(|name| name == parameter.name);
        is_named.then(|| value.to_owned()).ok_or(Fault::Form)
    };
    match parameter.schema.resolved().shape {
        Shape::Array(rules) if parameter.explode => {
            raw.split(';').map(|pair| scalar(rules.items, &named(pair)?, percent::decode)).collect()
        }
        Shape::Object(_) if parameter.explode => listed(parameter, raw, ";", percent::decode),
        _ => listed(parameter, &named(raw)?, ",", percent::decode),
    }
}

/// A text that holds the whole value: items and members between separators.
fn listed(parameter: &Parameter, raw: &str, separator: &str, decode: Decode) -> Read<Value> {
    match parameter.schema.resolved().shape {
        Shape::Array(rules) => split(raw, separator).map(|item| scalar(rules.items, item, decode)).collect(),
        Shape::Object(rules) => {
            let mut members = Map::new();
            let mut parts = split(raw, separator);
            while let Some(part) = parts.next() {
                let (name, value) = if parameter.explode {
                    part.split_once('=').ok_or(Fault::Form)?
                } else {
                    (part, parts.next().ok_or(Fault::Form)?)
                };
                let name = decode(name).ok_or(Fault::Encoding)?;
                let value = member(&rules, &name, value, decode)?;
                members.insert(name, value);
            }
            Ok(Value::Object(members))
        }
        _ => scalar(parameter.schema, raw, decode),
    }
}

/// The empty text is the empty list.
fn split<'a>(raw: &'a str, separator: &str) -> impl Iterator<Item = &'a str> {
    let count = if raw.is_empty() { 0 } else { usize::MAX };
    raw.split(separator).take(count).collect::<Vec<_>>().into_iter()
}

/// A parameter of `name=value` pairs: queries and cookies.
fn pairs_of<'a>(
    parameter: &Parameter,
    pairs: impl Iterator<Item = &'a str>,
    all: &[Parameter],
    decode: Decode,
) -> Result<Option<Value>, Violation> {
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let shape = parameter.schema.resolved().shape;
    if let Shape::Object(rules) = shape
        && (parameter.explode || parameter.style == Style::DeepObject)
    {
        // A name that cannot be decoded is nobody's, and ignored as unknown ones are.
        let pairs: Vec<(String, &str)> =
            pairs.filter_map(|(name, value)| Some((decode(name)?, value))).collect();
        let is_other = |other: &&Parameter| other.location == Location::Query && other.name != parameter.name;
        let others: Vec<&str> = all.iter().filter(is_other).map(|other| other.name).collect();
        let read = members_of(parameter, &rules, &pairs, &others, decode);
        return read.map_err(|fault| told(parameter, &fault));
    }
    let values = pairs.filter(|(name, _)| is_name(name, parameter.name, decode)).map(|(_, value)| value);
    values_of(parameter, values, decode)
}

/// A parameter whose pairs have its name; `None` where there is none.
pub(super) fn values_of<'a>(
    parameter: &Parameter,
    mut values: impl Iterator<Item = &'a str>,
    decode: Decode,
) -> Result<Option<Value>, Violation> {
    let Some(first) = values.next() else { return Ok(None) };
    let read = match parameter.schema.resolved().shape {
        Shape::Array(rules) if parameter.explode => {
            std::iter::once(first).chain(values).map(|item| scalar(rules.items, item, decode)).collect()
        }
        _ if values.next().is_some() => return Err(repeated(parameter.location, parameter.name)),
        _ => delimited(parameter, first, decode),
    };
    read.map(Some).map_err(|fault| told(parameter, &fault))
}

/// Whether a text says a name, in whatever encoding.
fn is_name(raw: &str, name: &str, decode: Decode) -> bool {
    if raw.bytes().any(|octet| matches!(octet, b'%' | b'+')) {
        decode(raw).is_some_and(|decoded| decoded == name)
    } else {
        raw == name
    }
}

/// A comma separates where it stands for itself. A space or bar never does, and separates in any
/// encoding.
fn delimited(parameter: &Parameter, raw: &str, decode: Decode) -> Read<Value> {
    let separator = match parameter.style {
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        _ => return listed(parameter, raw, ",", decode),
    };
    let text = decode(raw).ok_or(Fault::Encoding)?;
    listed(parameter, &text, separator, |text| Some(text.to_owned()))
}

/// An object whose members are pairs of their own.
pub(super) fn members_of(
    parameter: &Parameter,
    rules: &ObjectRules,
    pairs: &[(String, &str)],
    others: &[&str],
    decode: Decode,
) -> Read<Option<Value>> {
    let is_known = |name: &str| rules.properties.iter().any(|property| property.name == name);
    let mut members: Map<String, Value> = Map::new();
    for (name, raw) in pairs {
        let name = if parameter.style == Style::DeepObject {
            let inner = name.strip_prefix(parameter.name).and_then(|rest| rest.strip_prefix('['));
            let Some(inner) = inner.and_then(|rest| rest.strip_suffix(']')) else { continue };
            inner
        } else if is_known(name)
            || matches!(rules.additional, Additional::Checked(_)) && !others.contains(&name.as_str())
        {
            name
        } else {
            continue;
        };
        let schema = member_schema(rules, name);
        match (schema.map(|schema| schema.resolved().shape), members.get_mut(name)) {
            (Some(Shape::Array(items)), Some(Value::Array(found))) => {
                found.push(scalar(items.items, raw, decode)?);
            }
            (Some(Shape::Array(items)), _) => {
                members.insert(name.to_owned(), Value::Array(vec![scalar(items.items, raw, decode)?]));
            }
            (_, Some(_)) => return Err(Fault::Form),
            (_, None) => {
                members.insert(name.to_owned(), member(rules, name, raw, decode)?);
            }
        }
    }
    Ok((!members.is_empty()).then_some(Value::Object(members)))
}

fn member_schema(rules: &ObjectRules, name: &str) -> Option<&'static Schema> {
    match (rules.properties.iter().find(|property| property.name == name), rules.additional) {
        (Some(property), _) => Some(property.schema),
        (None, Additional::Checked(schema)) => Some(schema),
        (None, _) => None,
    }
}

fn member(rules: &ObjectRules, name: &str, raw: &str, decode: Decode) -> Read<Value> {
    match member_schema(rules, name) {
        Some(schema) => scalar(schema, raw, decode),
        None => decode(raw).map(Value::String).ok_or(Fault::Encoding),
    }
}

/// A text that holds one value. Where it is none of the schema's type it stays text, and validation
/// tells.
pub(crate) fn scalar(schema: &Schema, raw: &str, decode: Decode) -> Read<Value> {
    let text = decode(raw).ok_or(Fault::Encoding)?;
    let value = match schema.resolved().shape {
        Shape::Boolean if text == "true" => Some(Value::Bool(true)),
        Shape::Boolean if text == "false" => Some(Value::Bool(false)),
        Shape::Integer(rules) => number(&text, rules.fraction),
        Shape::Number(_) => number(&text, Fraction::Zero),
        Shape::Array(_) | Shape::Object(_) => serde_json::from_str(&text).ok(),
        // The first of the schemas that the text is a value of.
        Shape::Union(rules) => {
            let mut values = rules.alternatives.iter().filter_map(|one| {
                let value = scalar(one.schema, raw, decode).ok()?;
                violations(&value, one.schema).is_empty().then_some(value)
            });
            values.next()
        }
        _ => None,
    };
    Ok(value.unwrap_or(Value::String(text)))
}

/// A number as JSON writes it; one with a zero fraction becomes the integer where that is meant.
fn number(text: &str, fraction: Fraction) -> Option<Value> {
    let number: Number = text.parse().ok()?;
    let whole = number.as_f64().filter(|_| fraction == Fraction::Zero).and_then(crate::integral::whole);
    match whole.and_then(|whole| i64::try_from(whole).ok()) {
        Some(whole) if number.is_f64() => Some(Value::from(whole)),
        _ => Some(Value::Number(number)),
    }
}

pub(super) fn told(parameter: &Parameter, fault: &Fault) -> Violation {
    let (constraint, message): (_, Cow<'_, str>) = match fault {
        Fault::Encoding if parameter.location == Location::Header => {
            (Constraint::Encoding, "is not UTF-8".into())
        }
        Fault::Encoding => (Constraint::Encoding, "is not percent-encoded UTF-8".into()),
        Fault::Json => (Constraint::Type, "is not JSON".into()),
        Fault::Form => {
            let style = format!("{:?}", parameter.style);
            let (first, rest) = style.split_at(1);
            let message = format!("is not written in the style `{}{rest}`", first.to_ascii_lowercase());
            (Constraint::Type, message.into())
        }
    };
    violation(parameter.location, parameter.name, constraint, message)
}

pub(crate) fn repeated(location: Location, name: &str) -> Violation {
    violation(location, name, Constraint::Repeated, "takes one value and is there more than once")
}

/// A property of a body is not the name of a place, but where in it the violation is.
fn violation(
    location: Location,
    name: &str,
    constraint: Constraint,
    message: impl Into<String>,
) -> Violation {
    if location != Location::Body {
        return Violation::new(location, name, constraint, message);
    }
    let mut at = String::new();
    pointer::push(&mut at, name);
    Violation::new(Location::Body, "", constraint, message).at(at)
}
