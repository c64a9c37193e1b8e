//! Unions: as which of its schemas an element or a text is read.

use std::cmp::Reverse;

use serde_json::Value;

use super::members::placed;
use super::read::{Reader, item};
use super::tree::{Element, is_space};
use super::{Node, Place};
use crate::schema::{Shape, UnionRules};
use crate::validate::violations;
use crate::{Alternative, Constraint, Schema, Violation, pointer};

/// The value of elements of one name: one, or as many as one of the schemas is a list of.
pub(super) fn of_elements(
    reader: &mut Reader,
    rules: &UnionRules,
    elements: &[&Element],
    place: Place<'_>,
) -> Value {
    let mut alternatives: Vec<&Alternative> = rules.alternatives.iter().collect();
    if let (Some(property), [element]) = (rules.discriminator, elements)
        && let Some(tag) = tag(rules, property, element)
    {
        let meant: Vec<_> =
            rules.alternatives.iter().filter(|alternative| alternative.values.contains(&tag)).collect();
        if meant.len() < 2 {
            return tagged(reader, rules, property, tag, element, place);
        }
        alternatives = meant;
    }
    if let [element] = elements {
        let is_called_so = |one: &&Alternative| {
            one.xml.is_some_and(|xml| element.name.is_of(Place::new(Node::Element, "").of_member(xml)))
        };
        let called: Vec<_> = alternatives.iter().copied().filter(is_called_so).collect();
        if !called.is_empty() {
            alternatives = called;
        }
    }
    let mut best: Option<(Rank, Value)> = None;
    for alternative in alternatives {
        if reader.attempts == 0 {
            break;
        }
        reader.attempts -= 1;
        let known = reader.violations.len();
        let value = one(reader, elements, alternative.schema, place);
        let found = reader.violations.split_off(known).len() + violations(&value, alternative.schema).len();
        let is_called_so = elements.iter().any(|element| element.name.local() == alternative.name);
        let rank = (found, !is_called_so, is_text(alternative.schema), Reverse(size(&value)));
        if best.as_ref().is_none_or(|(other, _)| rank < *other) {
            best = Some((rank, value));
        }
    }
    best.map(|(_, value)| value).unwrap_or_default()
}

/// Less is better: violations, another name, text where it may be more than that, members that are lost.
type Rank = (usize, bool, bool, Reverse<usize>);

/// The value of a text.
pub(super) fn of_text(reader: &mut Reader, rules: &UnionRules, text: &str) -> Value {
    let mut as_text = false;
    for alternative in rules.alternatives {
        if is_text(alternative.schema) {
            as_text = true;
            continue;
        }
        if reader.attempts == 0 {
            break;
        }
        reader.attempts -= 1;
        let value = reader.text(text, alternative.schema);
        if violations(&value, alternative.schema).is_empty() {
            return value;
        }
    }
    let only = rules.alternatives.iter().find(|alternative| as_text && is_text(alternative.schema));
    only.map_or_else(|| Value::String(text.to_owned()), |only| reader.text(text, only.schema))
}

/// Whether an element is called as a member of the union, where the schema is one.
pub(super) fn is_member(element: &Element, schema: &Schema, place: Place<'_>) -> bool {
    let Shape::Union(rules) = schema.resolved().shape else { return false };
    let mut named = rules.alternatives.iter().filter_map(|alternative| alternative.xml);
    named.any(|xml| element.name.is_of(place.of_member(xml)))
}

/// Whether one of a union's schemas is that of a list.
pub(super) fn has_list(rules: &UnionRules) -> bool {
    rules.alternatives.iter().any(|alternative| is_list(alternative.schema))
}

fn one(reader: &mut Reader, elements: &[&Element], schema: &Schema, place: Place<'_>) -> Value {
    match (schema.resolved().shape, elements) {
        (Shape::Array(rules), _) if place.node == Node::Element => {
            reader.list(elements, &rules, item(&rules, place))
        }
        (_, [first, ..]) => reader.value(first, schema, place),
        (_, []) => Value::Null,
    }
}

/// What the member says that tells the schemas apart, wherever one of them has it.
fn tag<'a>(rules: &UnionRules, property: &str, element: &'a Element) -> Option<&'a str> {
    let declared = rules.alternatives.iter().find_map(|alternative| {
        let Shape::Object(object) = alternative.schema.resolved().shape else { return None };
        object.properties.iter().find(|found| found.name == property).map(placed)
    });
    let name = Place::new(Node::Element, property);
    let place = declared.unwrap_or(Place { ..name });
    let attribute = element.attributes.iter().find(|(name, _)| name.is_of(place));
    let child = element.elements.iter().find(|child| child.name.is_of(place));
    let text = match place.node {
        Node::Attribute => attribute.map(|(_, value)| value.as_str()),
        Node::Text | Node::Cdata => Some(element.text.as_str()),
        Node::Element | Node::Wrapper => child.map(|child| child.text.as_str()),
    };
    text.map(|text| text.trim_matches(is_space))
}

fn tagged(
    reader: &mut Reader,
    rules: &UnionRules,
    property: &str,
    tag: &str,
    element: &Element,
    place: Place<'_>,
) -> Value {
    let is_meant = |alternative: &&Alternative| alternative.values.contains(&tag);
    // What none of them is called is told by validation, whichever it is read as.
    let alternative = rules.alternatives.iter().find(is_meant).or_else(|| rules.alternatives.first());
    let Some(alternative) = alternative else { return Value::Null };
    let known = reader.violations.len();
    let mut value = reader.value(element, alternative.schema, place);
    // Its own schema may leave the member to the union, and know no other.
    let mut at = reader.pointer.clone();
    pointer::push(&mut at, property);
    let found = reader.violations.split_off(known);
    let is_of_union =
        |one: &Violation| one.constraint == Constraint::AdditionalProperties && one.pointer == at;
    reader.violations.extend(found.into_iter().filter(|one| !is_of_union(one)));
    if let Value::Object(members) = &mut value {
        members.entry(property).or_insert_with(|| tag.into());
    }
    value
}

fn is_text(schema: &Schema) -> bool {
    matches!(schema.resolved().shape, Shape::String(rules) if rules.values.is_none())
}

fn is_list(schema: &Schema) -> bool {
    matches!(schema.resolved().shape, Shape::Array(_))
}

/// How much a value holds.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(size).sum::<usize>() + 1,
        Value::Object(members) => members.values().map(size).sum::<usize>() + members.len(),
        _ => 1,
    }
}
