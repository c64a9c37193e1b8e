//! From a document to the JSON value that it stands for, to be validated and read as JSON is.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::tree::{self, Element, is_space};
use super::{Node, Place, Root, choice};
use crate::schema::{ArrayRules, Shape};
use crate::{Constraint, Location, Schema, Violation, pointer};

/// How often a value is tried as one of the schemas of a union: unions inside of unions would take a
/// time that doubles with each.
const ATTEMPTS: usize = 10_000;

/// Whose text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Who asks keeps the contract by the letter.
    #[cfg(feature = "server")]
    Strict,
    /// Of an answer, elements may be called otherwise where nothing else is meant.
    #[cfg(feature = "client")]
    Lenient,
}

/// The value of a document, whose elements do not lie deeper inside of one another than `limit`, and what
/// of it the value does not show to be wrong.
pub(crate) fn read(
    octets: &[u8],
    root: &Root,
    limit: usize,
    manner: Manner,
) -> Result<(Value, Vec<Violation>), Violation> {
    let element = tree::parse(octets, limit)?;
    let mut reader = Reader { manner, pointer: String::new(), violations: Vec::new(), attempts: ATTEMPTS };
    if root.is_named && reader.is_strict() && !element.name.is_of(root.place) {
        reader.note(Constraint::Xml, format!("must be the element {}", described(root.place)));
    }
    let value = reader.value(&element, root.schema, root.outer());
    Ok((value, reader.violations))
}

/// The name of a document's root element and what it holds, whatever that means; `None` where it is none.
/// Namespaces are not looked at.
#[cfg(feature = "testing")]
pub(crate) fn free(octets: &[u8]) -> Option<(String, Value)> {
    let element = tree::parse(octets, 256).ok()?;
    Some((element.name.local().to_owned(), any(&element)))
}

/// Whether the `charset` of a media type, where it has one, is UTF-8.
pub(crate) fn is_utf8(media_type: &str) -> bool {
    let parameters = media_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let mut charsets = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    charsets.all(|(_, charset)| tree::is_utf8(charset.trim().trim_matches('"')))
}

/// What is found while elements become values.
pub(super) struct Reader {
    manner: Manner,
    pub(super) pointer: String,
    pub(super) violations: Vec<Violation>,
    pub(super) attempts: usize,
}

impl Reader {
    pub(super) fn is_strict(&self) -> bool {
        match self.manner {
            #[cfg(feature = "server")]
            Manner::Strict => true,
            #[cfg(feature = "client")]
            Manner::Lenient => false,
        }
    }

    pub(super) fn note(&mut self, constraint: Constraint, message: impl Into<String>) {
        let violation = Violation::new(Location::Body, "", constraint, message);
        self.violations.push(violation.at(self.pointer.clone()));
    }

    pub(super) fn inside<T>(&mut self, token: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.pointer.len();
        pointer::push(&mut self.pointer, token);
        let result = read(self);
        self.pointer.truncate(length);
        result
    }

    /// The value of an element; items of a list without a name of their own are called as `place` is.
    pub(super) fn value(&mut self, element: &Element, schema: &Schema, place: Place<'_>) -> Value {
        let resolved = schema.resolved();
        if element.is_nil {
            return Value::Null;
        }
        match resolved.shape {
            Shape::Any | Shape::Named(_) => any(element),
            Shape::Array(rules) => {
                let all: Vec<&Element> = element.elements.iter().collect();
                self.list(&all, &rules, item(&rules, place))
            }
            Shape::Object(rules) => self.object(element, &rules, resolved.nullable),
            Shape::Union(rules) => choice::of_elements(self, &rules, &[element], place),
            Shape::Boolean | Shape::Integer(_) | Shape::Number(_) | Shape::String(_) => {
                // What has elements is no text: validation says so.
                if element.elements.is_empty() { self.text(&element.text, schema) } else { any(element) }
            }
        }
    }

    /// The items that elements are.
    pub(super) fn list(&mut self, elements: &[&Element], rules: &ArrayRules, place: Place<'_>) -> Value {
        let mut items = Vec::with_capacity(elements.len());
        for (at, element) in elements.iter().enumerate() {
            let item = self.inside(&at.to_string(), |reader| {
                let is_called_so = element.name.is_of(place)
                    || !is_item_named(rules) && choice::is_member(element, rules.items, place);
                if reader.is_strict() && !is_called_so {
                    reader.note(Constraint::Xml, format!("must be the element {}", described(place)));
                }
                reader.value(element, rules.items, place)
            });
            items.push(item);
        }
        Value::Array(items)
    }
}

/// How the items of a list stand, where the list does as `place` has it.
pub(super) fn item<'a>(rules: &ArrayRules, place: Place<'a>) -> Place<'a> {
    let Some(item) = rules.xml else { return Place { node: Node::Element, ..place } };
    Place {
        name: if item.0.name.is_empty() { place.name } else { item.0.name },
        namespace: item.0.namespace.or(place.namespace),
        prefix: item.0.prefix.or(place.prefix),
        node: Node::Element,
    }
}

/// Whether the items of a list have a name of their own.
pub(super) fn is_item_named(rules: &ArrayRules) -> bool {
    rules.xml.is_some_and(|xml| !xml.0.name.is_empty())
}

fn described(place: Place<'_>) -> String {
    match place.namespace {
        Some(namespace) => format!("`{}` of the namespace `{namespace}`", place.name),
        None => format!("`{}`", place.name),
    }
}

/// An element of which the contract says nothing: a text, or an object of what lies in it, with attributes
/// behind an `@` and text under `$text`. Of elements that are called alike a list is made.
pub(super) fn any(element: &Element) -> Value {
    if element.is_nil {
        return Value::Null;
    }
    if element.is_text() {
        return Value::String(element.text.clone());
    }
    let mut members = Map::new();
    for (name, value) in &element.attributes {
        members.insert(format!("@{}", name.local()), Value::String(value.clone()));
    }
    for (name, children) in grouped(&element.elements) {
        let value = match children.as_slice() {
            [only] => any(only),
            several => several.iter().map(|child| any(child)).collect(),
        };
        members.insert(name.to_owned(), value);
    }
    if !element.text.chars().all(is_space) {
        members.insert("$text".to_owned(), Value::String(element.text.clone()));
    }
    Value::Object(members)
}

/// Elements by their names, in the order in which a name comes first.
pub(super) fn grouped<'a>(
    elements: impl IntoIterator<Item = &'a Element>,
) -> Vec<(&'a str, Vec<&'a Element>)> {
    let mut groups: Vec<(&str, Vec<&Element>)> = Vec::new();
    let mut positions = BTreeMap::new();
    for element in elements {
        let name = element.name.local();
        let at = *positions.entry(name).or_insert(groups.len());
        match groups.get_mut(at) {
            Some((_, group)) => group.push(element),
            None => groups.push((name, vec![element])),
        }
    }
    groups
}
