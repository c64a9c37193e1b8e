//! Values of `name=value` pairs: queries, cookies, forms.

use serde_json::{Map, Value};

use super::{
    Decode, Fault, Read, alternatives, deep, delimited, fitting, items, member_schema, scalar, told,
};
use crate::schema::{Additional, ObjectRules, Shape};
use crate::validate::violations;
use crate::{Parameter, Schema, Style, Violation};

/// A parameter of `name=value` pairs: queries and cookies.
pub(super) fn pairs_of<'a>(
    parameter: &Parameter,
    pairs: impl Iterator<Item = &'a str>,
    all: &[Parameter],
    decode: Decode,
) -> Result<Option<Value>, Violation> {
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let has_members = parameter.style != Style::Json
        && (parameter.explode || parameter.style == Style::DeepObject)
        && (parameter.style == Style::DeepObject || may_be_object(parameter.schema));
    if !has_members {
        let values = pairs.filter(|(name, _)| is_name(name, parameter.name, decode));
        let values: Vec<&str> = values.map(|(_, value)| value).collect();
        let read = several(parameter, parameter.schema, &values, decode);
        return settled(parameter, &values, read);
    }
    // A name that cannot be decoded is nobody's, and ignored as unknown ones are.
    let pairs: Vec<(String, &str)> = pairs.filter_map(|(name, value)| Some((decode(name)?, value))).collect();
    let is_other = |other: &&Parameter| other.location == parameter.location && other.name != parameter.name;
    let mut others: Vec<&str> = Vec::new();
    for other in all.iter().filter(is_other) {
        others.push(other.name);
        // Members of another object are that one's.
        if let Shape::Object(rules) = other.schema.resolved().shape
            && other.explode
            && matches!(other.style, Style::Form | Style::Cookie)
        {
            others.extend(rules.properties.iter().map(|property| property.name));
        }
    }
    let source = Source { parameter, pairs: &pairs, others: &others, decode };
    settled(parameter, &source.named().collect::<Vec<_>>(), source.value(parameter.schema))
}

/// What was read, where an empty text is not to stand for something else.
fn settled(
    parameter: &Parameter,
    named: &[&str],
    read: Read<Option<Value>>,
) -> Result<Option<Value>, Violation> {
    if parameter.allow_empty && named == [""] {
        return Ok(unless_empty(parameter, read));
    }
    read.map_err(|fault| told(parameter, &fault))
}

/// What an empty text is: a value of its own if the schema has one, the empty list, or nothing. For
/// nothing, a parameter that has to be there is `null`.
fn unless_empty(parameter: &Parameter, read: Read<Option<Value>>) -> Option<Value> {
    if matches!(parameter.schema.resolved().shape, Shape::Array(_)) {
        return Some(Value::Array(Vec::new()));
    }
    let sound = |value: &Value| violations(value, parameter.schema).is_empty();
    let nothing = parameter.required.then_some(Value::Null);
    read.ok().flatten().filter(sound).or(nothing)
}

fn may_be_object(schema: &Schema) -> bool {
    match schema.resolved().shape {
        Shape::Object(_) => true,
        Shape::Union(rules) => {
            rules.alternatives.iter().any(|one| matches!(one.schema.resolved().shape, Shape::Object(_)))
        }
        _ => false,
    }
}

/// Pairs whose names are decoded, for a value that may be several of them.
struct Source<'a> {
    parameter: &'a Parameter,
    pairs: &'a [(String, &'a str)],
    others: &'a [&'a str],
    decode: Decode,
}

impl<'a> Source<'a> {
    /// The values of the parameter's own name.
    fn named(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let name = self.parameter.name;
        self.pairs.iter().filter(move |(found, _)| found == name).map(|(_, value)| *value)
    }

    fn value(&self, schema: &Schema) -> Read<Option<Value>> {
        let named: Vec<&str> = self.named().collect();
        match schema.resolved().shape {
            Shape::Object(rules) => members_of(self.parameter, &rules, self.pairs, self.others, self.decode),
            Shape::Union(rules) => {
                let mut first = None;
                for schema in alternatives(&rules, named.len() > 1, !named.is_empty()) {
                    let read = self.value(schema);
                    if let Ok(Some(value)) = &read
                        && violations(value, schema).is_empty()
                    {
                        return read;
                    }
                    if first.as_ref().is_none_or(|first| !matches!(first, Ok(Some(_)))) {
                        first = Some(read);
                    }
                }
                first.unwrap_or(Ok(None))
            }
            _ if named.is_empty() && self.parameter.style == Style::DeepObject => {
                deep::value(self.parameter.name, schema, self.pairs, self.decode)
            }
            _ => several(self.parameter, schema, &named, self.decode),
        }
    }
}

/// A parameter whose pairs have its name with brackets behind it; `None` where there is none.
pub(in crate::style) fn bracketed(
    parameter: &Parameter,
    pairs: &[(String, &str)],
    decode: Decode,
) -> Result<Option<Value>, Violation> {
    let source = Source { parameter, pairs, others: &[], decode };
    source.value(parameter.schema).map_err(|fault| told(parameter, &fault))
}

/// A parameter whose pairs have its name; `None` where there is none.
pub(in crate::style) fn values_of<'a>(
    parameter: &Parameter,
    values: impl Iterator<Item = &'a str>,
    decode: Decode,
) -> Result<Option<Value>, Violation> {
    let values: Vec<&str> = values.collect();
    several(parameter, parameter.schema, &values, decode).map_err(|fault| told(parameter, &fault))
}

/// The value that texts of one name have together.
fn several(parameter: &Parameter, schema: &Schema, values: &[&str], decode: Decode) -> Read<Option<Value>> {
    match (schema.resolved().shape, values) {
        (_, []) => Ok(None),
        (Shape::Array(_), _) if parameter.explode && parameter.style != Style::Json => {
            items(schema, values.iter().copied(), decode).map(Some)
        }
        (Shape::Union(rules), _) if parameter.explode && parameter.style != Style::Json => {
            let read =
                |schema: &Schema| several(parameter, schema, values, decode).map(Option::unwrap_or_default);
            fitting(alternatives(&rules, values.len() > 1, true), read).map(Some)
        }
        (_, [value]) => delimited(parameter, schema, value, decode).map(Some),
        // Whatever it is, it is a list of them.
        (Shape::Any, _) if parameter.explode => {
            values.iter().map(|item| scalar(schema, item, decode)).collect::<Read<_>>().map(Some)
        }
        _ => Err(Fault::Repeated),
    }
}

/// Whether a text says a name, in whatever encoding.
fn is_name(raw: &str, name: &str, decode: Decode) -> bool {
    if raw.bytes().any(|octet| matches!(octet, b'%' | b'+')) {
        decode(raw).is_some_and(|decoded| decoded == name)
    } else {
        raw == name
    }
}

/// An object whose members are pairs of their own; `None` where there is no pair for it.
pub(in crate::style) fn members_of(
    parameter: &Parameter,
    rules: &ObjectRules,
    pairs: &[(String, &str)],
    others: &[&str],
    decode: Decode,
) -> Read<Option<Value>> {
    if parameter.style == Style::DeepObject {
        return deep::members(parameter.name, rules, pairs, decode);
    }
    let is_known = |name: &str| rules.properties.iter().any(|property| property.name == name);
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for (name, raw) in pairs {
        let is_member = is_known(name)
            || matches!(rules.additional, Additional::Checked(_)) && !others.contains(&name.as_str());
        if is_member {
            match groups.iter_mut().find(|(found, _)| found == name) {
                Some((_, values)) => values.push(raw),
                None => groups.push((name, vec![raw])),
            }
        }
    }
    let mut members: Map<String, Value> = Map::new();
    for (name, values) in groups {
        let value = match member_schema(rules, name) {
            Some(schema) => together(schema, &values, decode)?,
            None => continue,
        };
        members.insert(name.to_owned(), value);
    }
    Ok((!members.is_empty()).then_some(Value::Object(members)))
}

/// A member's value of all the texts that there are for it.
pub(super) fn together(schema: &Schema, values: &[&str], decode: Decode) -> Read<Value> {
    match (schema.resolved().shape, values) {
        (Shape::Array(_), _) => items(schema, values.iter().copied(), decode),
        (Shape::Union(rules), _) => {
            let read = |schema: &Schema| together(schema, values, decode);
            fitting(alternatives(&rules, values.len() > 1, true), read)
        }
        (_, [value]) => scalar(schema, value, decode),
        (Shape::Any, _) => values.iter().map(|item| scalar(schema, item, decode)).collect(),
        _ => Err(Fault::Form),
    }
}
