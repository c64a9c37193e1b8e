//! From parts to values.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::parts::Part;
use super::{VALUE, essence, is_file, is_json, item};
use crate::content::Written;
use crate::schema::{Additional, Shape};
use crate::style::HeaderForm;
use crate::style::form::styled;
use crate::style::read::{Fault, Read, repeated, scalar};
use crate::{Constraint, File, Form, Location, Schema, Violation, pointer, style};

/// The object that a body holds, and its files.
pub(crate) fn read(form: &Form, parts: &[Part]) -> Result<(Value, Vec<File>), Vec<Violation>> {
    let mut groups: BTreeMap<&str, Vec<File>> = BTreeMap::new();
    for part in parts {
        groups.entry(&part.name).or_default().push(part.file.clone());
    }
    let rules = form.rules();
    let names: Vec<&str> = rules.properties.iter().map(|property| property.name).collect();
    let (pairs, mut claimed) = (pairs(parts), BTreeSet::new());
    let mut reading = Reading { files: Vec::new() };
    let (mut members, mut violations) = (Map::new(), Vec::new());
    for property in rules.properties {
        if let Some(parameter) = form.parameter(property.name).filter(|_| !property.ignored) {
            groups.remove(property.name);
            match styled(&parameter, &pairs, &names, &mut claimed, |text| Some(text.to_owned())) {
                Ok(value) => members.extend(value.map(|value| (property.name.to_owned(), value))),
                Err(violation) => violations.push(violation),
            }
            continue;
        }
        let values = groups.remove(property.name).unwrap_or_default();
        if property.ignored {
            continue;
        }
        if values.is_empty() && property.required && property.schema.resolved().nullable {
            members.insert(property.name.to_owned(), Value::Null);
            continue;
        }
        let encoding = (form.written(property.name), form.headers(property.name));
        match reading.property(property.name, property.schema, encoding, values) {
            Ok(value) => members.extend(value.map(|value| (property.name.to_owned(), value))),
            Err(violation) => violations.push(violation),
        }
    }
    for (name, values) in groups.into_iter().filter(|(name, _)| !claimed.contains(name)) {
        match rules.additional {
            Additional::Ignored => {}
            // Validation refuses it for its name.
            Additional::Denied => {
                members.insert(name.to_owned(), Value::Null);
            }
            Additional::Checked(schema) => {
                match reading.property(name, schema, (Written::Plain, &[]), values) {
                    Ok(value) => members.extend(value.map(|value| (name.to_owned(), value))),
                    Err(violation) => violations.push(violation),
                }
            }
        }
    }
    if violations.is_empty() { Ok((Value::Object(members), reading.files)) } else { Err(violations) }
}

/// Parts that are text, as the pairs of a form, of which nothing is percent-encoded.
fn pairs(parts: &[Part]) -> Vec<(String, &str)> {
    let texts = parts.iter().filter_map(|part| {
        let text = std::str::from_utf8(part.file.octets.octets()?).ok()?;
        Some((part.name.clone(), text))
    });
    texts.collect()
}

/// Whether the parts of this name are files.
#[cfg(feature = "server")]
pub(crate) fn is_file_part(form: &Form, name: &str) -> bool {
    super::member(&form.rules(), name).map(item).is_some_and(is_file)
}

/// Parts that are being read.
struct Reading {
    files: Vec<File>,
}

impl Reading {
    fn property(
        &mut self,
        name: &str,
        schema: &'static Schema,
        (written, headers): (Written, &[(&'static str, HeaderForm)]),
        mut values: Vec<File>,
    ) -> Result<Option<Value>, Violation> {
        let refused = |file: &File| is_file(item(schema)) && !is_declared(written, file);
        if values.iter().any(refused) {
            let mut at = String::new();
            pointer::push(&mut at, name);
            let message = "has a media type that is not among those declared";
            return Err(Violation::new(Location::Body, "", Constraint::MediaType, message).at(at));
        }
        let mut one = |schema: &'static Schema, file: File| {
            if headers.is_empty() {
                return self.value(schema, written, file).map_err(|fault| told(name, fault));
            }
            let mut members = heads(name, schema, headers, &file)?;
            let held = self.value(super::held(schema), written, file).map_err(|fault| told(name, fault))?;
            members.insert(VALUE.to_owned(), held);
            Ok(Value::Object(members))
        };
        match (schema.resolved().shape, values.len()) {
            (_, 0) => return Ok(None),
            (Shape::Array(rules), _) => values.into_iter().map(|file| one(rules.items, file)).collect(),
            (_, 1) => one(schema, values.remove(0)),
            // Whatever it is, it is a list of them.
            (Shape::Any, _) => values.into_iter().map(|file| one(schema, file)).collect(),
            _ => Err(repeated(Location::Body, name)),
        }
        .map(Some)
    }

    fn value(&mut self, schema: &Schema, written: Written, file: File) -> Read<Value> {
        if is_file(schema) {
            self.files.push(file);
            return Ok(Value::String((self.files.len() - 1).to_string()));
        }
        let octets = file.octets.octets().map(AsRef::as_ref).unwrap_or_default();
        let text = std::str::from_utf8(octets).map_err(|_| Fault::Encoding)?;
        let is_any = matches!(schema.resolved().shape, Shape::Any);
        let says_json = file.media_type.as_deref().is_some_and(is_json);
        if matches!(written, Written::Part(media_type) if is_json(media_type)) || is_any && says_json {
            return serde_json::from_str(text).map_err(|_| Fault::Json);
        }
        scalar(schema, text, |text| Some(text.to_owned()))
    }
}

/// The headers of a part that are declared, by their names. Those that are missing are found by validation.
fn heads(
    name: &str,
    schema: &Schema,
    headers: &[(&'static str, HeaderForm)],
    file: &File,
) -> Result<Map<String, Value>, Violation> {
    let Shape::Object(rules) = schema.resolved().shape else { return Ok(Map::new()) };
    let mut members = Map::new();
    for (header, form) in headers {
        let Some(schema) = super::member(&rules, header) else { continue };
        let parameter = form.parameter(header, schema);
        let value = style::read::header(&parameter, &file.headers).map_err(|violation| {
            let mut at = String::new();
            pointer::push(&mut at, name);
            pointer::push(&mut at, header);
            Violation { location: Location::Body, name: String::new(), ..violation }.at(at)
        })?;
        members.extend(value.map(|value| ((*header).to_owned(), value)));
    }
    Ok(members)
}

fn told(name: &str, fault: Fault) -> Violation {
    match fault {
        Fault::Encoding => not_utf8(name),
        fault => fault.in_body(name),
    }
}

fn not_utf8(name: &str) -> Violation {
    let mut at = String::new();
    pointer::push(&mut at, name);
    Violation::new(Location::Body, "", Constraint::Encoding, "is not UTF-8").at(at)
}

/// Whether a file has one of the declared media types. One that does not say its own may be any.
fn is_declared(written: Written, file: &File) -> bool {
    let (Written::Part(declared), Some(media_type)) = (written, &file.media_type) else { return true };
    let found = essence(media_type);
    let (kind, _) = found.split_once('/').unwrap_or((&found, ""));
    declared.split(',').map(essence).any(|media_type| {
        media_type == found
            || media_type == "*/*"
            || media_type.strip_suffix("/*").is_some_and(|ty| ty == kind)
    })
}
