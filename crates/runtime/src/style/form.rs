//! Forms, `application/x-www-form-urlencoded`: from values to pairs and back.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::read::{
    Decode, Fault, Read, bracketed, item_schema, members_of, repeated, scalar, told, values_of,
};
use super::write;
use crate::content::Written;
use crate::schema::{Additional, ObjectRules, Shape};
use crate::{Constraint, Form, Location, Parameter, Schema, Style, Violation, percent, pointer};

/// The body that has these values: an object's, each member written as the form has it. A list with a `null`
/// that would be read as something else is a violation.
pub fn write(form: &Form, value: &Value) -> Result<String, Violation> {
    let mut pairs = Vec::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        if let Some(parameter) = form.parameter(name) {
            if let Some(at) = write::unsaid(parameter.schema, value) {
                return Err(no_text(name, at));
            }
            pairs.extend(write::query(&parameter, value));
        } else {
            let texts = texts(form.written(name), value).map_err(|at| no_text(name, at))?;
            let name = percent::encode_form(name);
            pairs.extend(texts.iter().map(|text| format!("{name}={}", percent::encode_form(text))));
        }
    }
    Ok(pairs.join("&"))
}

/// A value that no style applies to: the items of a list one by one, `null` not at all. The position of a
/// `null` in a list, unless it is written as JSON, is the error: without it the list would be another.
fn texts(written: Written, value: &Value) -> Result<Vec<String>, usize> {
    let text = |item: &Value| match item {
        item if written == Written::Json => Some(item.to_string()),
        item => write::text(item),
    };
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Array(items) => items.iter().enumerate().map(|(at, item)| text(item).ok_or(at)).collect(),
        value => Ok(text(value).into_iter().collect()),
    }
}

/// An item of a list that cannot be written.
pub(crate) fn no_text(name: &str, at: usize) -> Violation {
    let mut place = String::new();
    pointer::push(&mut place, name);
    pointer::push(&mut place, &at.to_string());
    let message = "is `null` in a list, for which there is no text";
    Violation::new(Location::Body, "", Constraint::Encoding, message).at(place)
}

/// The object that a body holds, to be validated. Names that the form does not have are ignored, kept
/// or refused as its schema has it.
pub fn read(form: &Form, octets: &[u8]) -> Result<Value, Vec<Violation>> {
    let pairs = pairs(octets)
        .map_err(|message| vec![Violation::new(Location::Body, "", Constraint::Encoding, message)])?;
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, value) in &pairs {
        groups.entry(name).or_default().push(value);
    }
    let rules = form.rules();
    let names: Vec<&str> = rules.properties.iter().map(|property| property.name).collect();
    let mut claimed: BTreeSet<&str> = names.iter().copied().collect();
    let (mut members, mut violations) = (Map::new(), Vec::new());
    let mut keep = |name: &str, read: Result<Option<Value>, Violation>| match read {
        Ok(Some(value)) => {
            members.insert(name.to_owned(), value);
        }
        Ok(None) => {}
        Err(violation) => violations.push(violation),
    };
    for property in rules.properties.iter().filter(|property| !property.ignored) {
        let values = groups.get(property.name).map_or(&[][..], Vec::as_slice);
        if values.is_empty() && property.required && property.schema.resolved().nullable {
            // A form has no other word for `null`.
            keep(property.name, Ok(Some(Value::Null)));
            continue;
        }
        let Some(parameter) = form.parameter(property.name) else {
            keep(property.name, plain(property.name, property.schema, form.written(property.name), values));
            continue;
        };
        keep(property.name, styled(&parameter, &pairs, &names, &mut claimed, percent::decode_query));
    }
    for (name, values) in groups.iter().filter(|(name, _)| !claimed.contains(*name)) {
        match rules.additional {
            Additional::Ignored => {}
            // Validation refuses it for its name.
            Additional::Denied => keep(name, Ok(Some(Value::Null))),
            Additional::Checked(schema) => keep(name, plain(name, schema, Written::Plain, values)),
        }
    }
    if violations.is_empty() { Ok(Value::Object(members)) } else { Err(violations) }
}

/// A property that has a style; `None` where it is absent. The names of its pairs are claimed.
pub(crate) fn styled<'a>(
    parameter: &Parameter,
    pairs: &'a [(String, &'a str)],
    names: &[&str],
    claimed: &mut BTreeSet<&'a str>,
    decode: Decode,
) -> Result<Option<Value>, Violation> {
    let found = || pairs.iter().map(|(name, _)| name.as_str());
    if parameter.style == Style::DeepObject {
        let is_bracketed =
            |name: &&str| name.strip_prefix(parameter.name).is_some_and(|rest| rest.starts_with('['));
        claimed.extend(found().filter(is_bracketed));
        return bracketed(parameter, pairs, decode);
    }
    let Some(inner) = spread(parameter) else {
        let own = pairs.iter().filter(|(name, _)| name == parameter.name);
        return values_of(parameter, own.map(|(_, value)| *value), decode);
    };
    let others: Vec<&str> = names.iter().copied().filter(|name| *name != parameter.name).collect();
    claimed.extend(found().filter(|name| claims(&inner, name)));
    let read = members_of(parameter, &inner, pairs, &others, decode);
    read.map_err(|fault| told(parameter, &fault))
}

/// Names, decoded, and values, as they came.
fn pairs(octets: &[u8]) -> Result<Vec<(String, &str)>, &'static str> {
    let text = std::str::from_utf8(octets).map_err(|_| "is not UTF-8")?;
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let decoded = pairs.map(|(name, value)| Some((percent::decode_query(name)?, value)));
    decoded.collect::<Option<_>>().ok_or("has a name that is not percent-encoded UTF-8")
}

/// A property that no style applies to; `None` where it is absent.
fn plain(
    name: &str,
    schema: &'static Schema,
    written: Written,
    values: &[&str],
) -> Result<Option<Value>, Violation> {
    let read = match (schema.resolved().shape, values) {
        (_, []) => return Ok(None),
        (Shape::Array(_), _) => {
            let items = values.iter().enumerate();
            items.map(|(at, raw)| one(item_schema(schema, at), written, raw)).collect()
        }
        (_, [raw]) => one(schema, written, raw),
        // Whatever it is, it is a list of them.
        (Shape::Any, _) => values.iter().map(|raw| one(schema, written, raw)).collect(),
        (Shape::Union(rules), _) => {
            let shapes = rules.alternatives.iter().map(|one| one.schema.resolved().shape);
            let mut lists = shapes.filter_map(|shape| match shape {
                Shape::Array(rules) => Some(rules.items),
                _ => None,
            });
            let Some(items) = lists.next() else { return Err(repeated(Location::Body, name)) };
            values.iter().map(|raw| one(items, written, raw)).collect()
        }
        _ => return Err(repeated(Location::Body, name)),
    };
    read.map(Some).map_err(|fault| fault.in_body(name))
}

fn one(schema: &Schema, written: Written, raw: &str) -> Read<Value> {
    match written {
        Written::Json => {
            let text = percent::decode_query(raw).ok_or(Fault::Encoding)?;
            serde_json::from_str(&text).map_err(|_| Fault::Json)
        }
        _ => scalar(schema, raw, percent::decode_query),
    }
}

/// The members of an object that are pairs of their own.
fn spread(parameter: &Parameter) -> Option<ObjectRules> {
    match parameter.schema.resolved().shape {
        Shape::Object(rules) if parameter.explode => Some(rules),
        _ => None,
    }
}

/// Whether a name stands for a member of such an object.
fn claims(rules: &ObjectRules, name: &str) -> bool {
    rules.properties.iter().any(|property| property.name == name)
        || matches!(rules.additional, Additional::Checked(_))
}
