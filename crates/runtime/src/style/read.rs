//! From text to values.

mod deep;
mod pairs;

use std::borrow::Cow;

use http::HeaderMap;
use http::header::COOKIE;
use serde_json::{Map, Number, Value};

use crate::rule::JsonType;
use crate::schema::{Additional, ArrayRules, Fraction, ObjectRules, Shape, UnionRules};
use crate::validate::violations;
use crate::{Constraint, Location, Operation, Parameter, Rule, Schema, Style, Violation};
use crate::{percent, pointer};

use pairs::pairs_of;
pub(super) use pairs::{bracketed, members_of, values_of};

const REPEATED: &str = "takes one value and is there more than once";

/// What is wrong with a text.
pub(crate) enum Fault {
    Encoding,
    Form,
    Repeated,
    Json,
}

impl Fault {
    /// The violation where the text is that of a property of the body.
    pub(crate) fn in_body(&self, name: &str) -> Violation {
        let (constraint, message) = match self {
            Self::Encoding => (Constraint::Encoding, "is not percent-encoded UTF-8"),
            Self::Form => (Constraint::Type, "is not written as the contract declares"),
            Self::Json => (Constraint::Type, "is not JSON"),
            Self::Repeated => (Constraint::Repeated, REPEATED),
        };
        violation(Location::Body, name, constraint, message)
    }
}

pub(crate) type Read<T> = Result<T, Fault>;

/// How the texts of a location are decoded.
pub(crate) type Decode = fn(&str) -> Option<String>;

/// The value of a path parameter, from the text that stands in its place.
pub fn path(parameter: &Parameter, raw: &str) -> Result<Value, Violation> {
    let schema = parameter.schema;
    let read = match parameter.style {
        Style::Label => raw.strip_prefix('.').ok_or(Fault::Form).and_then(|raw| {
            listed(parameter, schema, raw, if parameter.explode { "." } else { "," }, percent::decode)
        }),
        Style::Matrix => {
            raw.strip_prefix(';').ok_or(Fault::Form).and_then(|raw| matrix(parameter, schema, raw))
        }
        _ => delimited(parameter, schema, raw, percent::decode),
    };
    read.map_err(|fault| told(parameter, &fault))
}

/// The value of a query parameter; `None` where it is absent, `null` where it is required and there
/// without a value. The operation's other parameters are not taken for members of an exploded object.
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
        ([_], _) | (_, Shape::Array(_) | Shape::Object(_) | Shape::Union(_)) => {
            let decode: Decode = |text| Some(text.trim().to_owned());
            let separator = parameter.style.delimiter().unwrap_or(',').to_string();
            let read = listed(parameter, parameter.schema, &lines.join(&separator), &separator, decode);
            read.map(Some).map_err(|fault| told(parameter, &fault))
        }
        _ => Err(repeated(parameter.location, parameter.name)),
    }
}

/// The value of a cookie parameter; `None` where it is absent. As with queries, other parameters are
/// no members.
pub fn cookie(
    operation: &Operation,
    parameter: &Parameter,
    headers: &HeaderMap,
) -> Result<Option<Value>, Violation> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
    let pairs = lines.flat_map(|line| line.split(';')).map(str::trim);
    let plain: Decode = |text| Some(text.to_owned());
    let decode = if parameter.style == Style::Cookie { plain } else { percent::decode };
    pairs_of(parameter, pairs, operation.parameters, decode)
}

/// `color=blue,black` behind a semicolon, or `color=blue;color=black`.
fn matrix(parameter: &Parameter, schema: &Schema, raw: &str) -> Read<Value> {
    let named = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let is_named = percent::decode(name).is_some_and(|name| name == parameter.name);
        is_named.then(|| value.to_owned()).ok_or(Fault::Form)
    };
    match schema.resolved().shape {
        Shape::Array(_) | Shape::Object(_) if raw == percent::encode(parameter.name) => {
            listed(parameter, schema, "", ",", percent::decode)
        }
        Shape::Array(_) if parameter.explode => {
            let texts = raw.split(';').map(named).collect::<Read<Vec<_>>>()?;
            items(schema, texts.iter().map(String::as_str), percent::decode)
        }
        Shape::Object(_) if parameter.explode => listed(parameter, schema, raw, ";", percent::decode),
        Shape::Union(rules) if parameter.explode => {
            let is_list = raw.contains(';');
            fitting(alternatives(&rules, is_list, false), |schema| matrix(parameter, schema, raw))
        }
        _ => listed(parameter, schema, &named(raw)?, ",", percent::decode),
    }
}

/// A comma separates where it stands for itself. A space, tab or bar never does, and separates in any
/// encoding.
fn delimited(parameter: &Parameter, schema: &Schema, raw: &str, decode: Decode) -> Read<Value> {
    let Some(delimiter) = parameter.style.delimiter() else {
        return listed(parameter, schema, raw, ",", decode);
    };
    let text = decode(raw).ok_or(Fault::Encoding)?;
    listed(parameter, schema, &text, delimiter.encode_utf8(&mut [0; 4]), |text| Some(text.to_owned()))
}

/// A text that holds the whole value: items and members between separators.
fn listed(parameter: &Parameter, schema: &Schema, raw: &str, separator: &str, decode: Decode) -> Read<Value> {
    if parameter.style == Style::Json {
        let text = decode(raw).ok_or(Fault::Encoding)?;
        return serde_json::from_str(&text).map_err(|_| Fault::Json);
    }
    match schema.resolved().shape {
        Shape::Array(_) => items(schema, split(raw, separator), decode),
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
        Shape::Union(rules) => {
            let alternatives = alternatives(&rules, raw.contains(separator), false);
            fitting(alternatives, |schema| listed(parameter, schema, raw, separator, decode))
        }
        _ => scalar(schema, raw, decode),
    }
}

/// The schemas of a union in the order in which they are tried. A text alone does not tell a list of
/// one from its item; a name of its own is not a member's.
fn alternatives(rules: &UnionRules, is_list: bool, is_named: bool) -> Vec<&'static Schema> {
    let mut schemas: Vec<&'static Schema> = rules.alternatives.iter().map(|one| one.schema).collect();
    schemas.sort_by_key(|schema| match schema.resolved().shape {
        Shape::Array(_) => {
            if is_list {
                0
            } else {
                2
            }
        }
        Shape::Object(_) => {
            if is_named {
                3
            } else {
                0
            }
        }
        _ => 1,
    });
    schemas
}

/// What the first of the schemas that it is a value of makes of a text. Where it is none's, validation
/// tells.
fn fitting(schemas: Vec<&'static Schema>, read: impl Fn(&Schema) -> Read<Value>) -> Read<Value> {
    let mut first = None;
    for schema in schemas {
        let read = read(schema);
        if let Ok(value) = &read
            && violations(value, schema).is_empty()
        {
            return read;
        }
        if first.as_ref().is_none_or(Result::is_err) {
            first = Some(read);
        }
    }
    first.unwrap_or(Err(Fault::Form))
}

/// The empty text is the empty list.
fn split<'a>(raw: &'a str, separator: &str) -> impl Iterator<Item = &'a str> {
    let count = if raw.is_empty() { 0 } else { usize::MAX };
    raw.split(separator).take(count).collect::<Vec<_>>().into_iter()
}

/// The items of a list, each as its position has it.
fn items<'a>(schema: &Schema, texts: impl Iterator<Item = &'a str>, decode: Decode) -> Read<Value> {
    texts.enumerate().map(|(at, text)| item(item_schema(schema, at), text, decode)).collect()
}

/// An item of a list: a text that is empty keeps the place of `null`, where it is no value of its own.
fn item(schema: &Schema, text: &str, decode: Decode) -> Read<Value> {
    if is_null(schema, text) { Ok(Value::Null) } else { scalar(schema, text, decode) }
}

fn is_null(schema: &Schema, text: &str) -> bool {
    text.trim().is_empty() && schema.resolved().nullable && !has_empty_text(schema)
}

/// Whether the empty text is a value, as far as the type tells.
pub(crate) fn has_empty_text(schema: &Schema) -> bool {
    match schema.resolved().shape {
        Shape::String(rules) => rules.format.is_none(),
        Shape::Any => true,
        _ => false,
    }
}

/// The schema of a list's item: its own, where the list says what each of its first items is.
pub(crate) fn item_schema(schema: &Schema, at: usize) -> &'static Schema {
    static ANY: Schema = Schema::any();
    let schema = schema.resolved();
    let by_position = schema.rules.iter().find_map(|rule| match *rule {
        Rule::Prefix(schemas) => schemas.get(at),
        Rule::Items(from, schema) if at >= from => Some(schema),
        _ => None,
    });
    match schema.shape {
        Shape::Array(rules) if !matches!(rules.items.resolved().shape, Shape::Any) => rules.items,
        Shape::Array(rules) => by_position.unwrap_or(rules.items),
        _ => by_position.unwrap_or(&ANY),
    }
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
    let schema = schema.resolved();
    let value = match schema.shape {
        Shape::Any => match schema.listed() {
            Some(values) => crate::literal::read(&text, values),
            None => typed(schema.rules, &text),
        },
        Shape::Boolean if text == "true" => Some(Value::Bool(true)),
        Shape::Boolean if text == "false" => Some(Value::Bool(false)),
        Shape::Integer(rules) => number(&text, rules.fraction),
        Shape::Number(_) => number(&text, Fraction::Zero),
        Shape::Array(ArrayRules { delimiter: Some(delimiter), .. }) => {
            let mut buffer = [0; 4];
            let texts = split(&text, delimiter.encode_utf8(&mut buffer));
            Some(items(&schema, texts, |text| Some(text.to_owned()))?)
        }
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

/// What would be read if the value were sent: where several types take a text, it is of the first of them.
#[cfg(feature = "server")]
pub(crate) fn said(schema: &Schema, value: Value) -> Value {
    match value {
        Value::Array(items) => {
            let items = items.into_iter().enumerate();
            items.map(|(at, item)| said(item_schema(schema, at), item)).collect()
        }
        Value::Null | Value::Object(_) => value,
        value => {
            let read = scalar(schema, &super::write::bare(&value), |text| Some(text.to_owned()));
            read.unwrap_or(value)
        }
    }
}

/// A text as the type that rules ask for, where that is not text.
fn typed(rules: &[Rule], text: &str) -> Option<Value> {
    let types =
        rules.iter().find_map(|rule| if let Rule::Types(types) = rule { Some(*types) } else { None })?;
    let value: Value = serde_json::from_str(text).ok()?;
    (!types.contains(&JsonType::String) && types.iter().any(|ty| ty.is_of(&value))).then_some(value)
}

/// A number as JSON writes it; one with a zero fraction becomes the integer where that is meant.
fn number(text: &str, fraction: Fraction) -> Option<Value> {
    let number: Number = text.parse().ok()?;
    let whole = number.as_f64().filter(|_| fraction == Fraction::Zero).and_then(crate::whole::whole);
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
        Fault::Repeated => (Constraint::Repeated, REPEATED.into()),
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
    violation(location, name, Constraint::Repeated, REPEATED)
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
