//! Objects: which elements and attributes are their members.

use serde_json::{Map, Value};

use super::read::{Reader, any, grouped, is_item_named, item};
use super::tree::{Element, is_space};
use super::{Node, Place, choice};
use crate::schema::{Additional, ArrayRules, ObjectRules, Shape};
use crate::{Constraint, Property, Schema};

/// How a property stands where nothing is said of it: as an element of its name.
pub(super) fn placed(property: &Property) -> Place<'static> {
    property.xml.map_or(Place::new(Node::Element, property.name), |xml| xml.0)
}

/// The list that a property's elements are the items of.
pub(super) fn unwrapped(schema: &Schema, place: Place<'_>) -> Option<ArrayRules> {
    match schema.resolved().shape {
        Shape::Array(rules) if place.node == Node::Element => Some(rules),
        _ => None,
    }
}

/// An element whose members are being read.
struct Members<'a> {
    element: &'a Element,
    /// Which of its elements are members already.
    claimed: Vec<bool>,
    attributes: Vec<bool>,
    object: Map<String, Value>,
}

impl<'a> Members<'a> {
    /// The elements that stand so and are no other member.
    fn claim(&mut self, place: Place<'_>) -> Vec<&'a Element> {
        self.claim_all(|child| child.name.is_of(place))
    }

    fn claim_all(&mut self, is_it: impl Fn(&Element) -> bool) -> Vec<&'a Element> {
        let children = self.element.elements.iter().zip(&mut self.claimed);
        let found = children.filter(|(child, claimed)| !**claimed && is_it(child));
        found
            .map(|(child, claimed)| {
                *claimed = true;
                child
            })
            .collect()
    }
}

impl Reader {
    pub(super) fn object(&mut self, element: &Element, rules: &ObjectRules, nullable: bool) -> Value {
        let text_is_member =
            rules.properties.iter().any(|property| matches!(placed(property).node, Node::Text | Node::Cdata));
        let is_blank = element.text.chars().all(is_space);
        if element.is_text() && !text_is_member {
            if is_blank && nullable {
                return Value::Null;
            }
            if !is_blank {
                // Validation says that it is no object.
                return any(element);
            }
        }
        let mut members = Members {
            element,
            claimed: vec![false; element.elements.len()],
            attributes: vec![false; element.attributes.len()],
            object: Map::new(),
        };
        // A name with a namespace goes before the same name without.
        let (with, without): (Vec<&Property>, Vec<&Property>) =
            rules.properties.iter().partition(|property| placed(property).namespace.is_some());
        for property in with.into_iter().chain(without) {
            let value = self.inside(property.name, |reader| reader.property(&mut members, property));
            if let Some(value) = value {
                members.object.insert(property.name.to_owned(), value);
            }
        }
        self.additional(&mut members, rules);
        Value::Object(members.object)
    }

    fn property(&mut self, members: &mut Members<'_>, property: &Property) -> Option<Value> {
        let place = placed(property);
        let element = members.element;
        match place.node {
            Node::Attribute => {
                let at = element.attributes.iter().position(|(name, _)| name.is_of(place));
                let Some(at) = at else { return absent(property) };
                members.attributes[at] = true;
                Some(self.text(&element.attributes[at].1, property.schema))
            }
            Node::Text | Node::Cdata => Some(self.text(&element.text, property.schema)),
            Node::Element | Node::Wrapper => {
                let rules = unwrapped(property.schema, place);
                let named = rules.map_or(place, |rules| item(&rules, place));
                // What the members of a union are called, where nothing else says it.
                let of_union = match rules {
                    Some(rules) => Some(rules.items).filter(|_| !is_item_named(&rules)),
                    None => Some(property.schema).filter(|_| property.xml.is_none()),
                };
                let mut found = members.claim_all(|child| {
                    child.name.is_of(named)
                        || of_union.is_some_and(|schema| choice::is_member(child, schema, named))
                });
                if found.is_empty() && !self.is_strict() {
                    found = members.claim(Place::new(Node::Element, property.name));
                }
                match found.first() {
                    Some(first) => Some(self.elements(first, &found, property.schema, place)),
                    None => absent(property),
                }
            }
        }
    }

    /// What elements of one name are, of which this is the first.
    fn elements(
        &mut self,
        first: &Element,
        elements: &[&Element],
        schema: &Schema,
        place: Place<'_>,
    ) -> Value {
        let resolved = schema.resolved();
        if let Some(rules) = unwrapped(schema, place) {
            let is_null = first.is_nil && resolved.nullable && !rules.items.resolved().nullable;
            return match elements.len() {
                1 if is_null => Value::Null,
                _ => self.list(elements, &rules, item(&rules, place)),
            };
        }
        let is_one = elements.len() == 1;
        match resolved.shape {
            Shape::Union(rules) if !first.is_nil && (is_one || choice::has_list(&rules)) => {
                choice::of_elements(self, &rules, elements, place)
            }
            Shape::Any if !is_one => elements.iter().map(|element| any(element)).collect(),
            _ => {
                if !is_one {
                    self.note(Constraint::Repeated, "must not be there more than once");
                }
                self.value(first, schema, place)
            }
        }
    }

    /// What the contract does not name.
    fn additional(&mut self, members: &mut Members<'_>, rules: &ObjectRules) {
        let element = members.element;
        let others = element.elements.iter().zip(&members.claimed).filter(|(_, claimed)| !**claimed);
        let others: Vec<&Element> = others.map(|(child, _)| child).collect();
        match rules.additional {
            Additional::Ignored => {}
            Additional::Denied if !self.is_strict() => {}
            Additional::Denied => {
                let attributes = element.attributes.iter().zip(&members.attributes);
                let attributes = attributes.filter(|(_, claimed)| !**claimed).map(|((name, _), _)| name);
                for name in attributes.chain(others.iter().map(|child| &child.name)) {
                    self.inside(name.local(), |reader| {
                        reader.note(Constraint::AdditionalProperties, "is not a known member");
                    });
                }
            }
            Additional::Checked(schema) => {
                for (name, same) in grouped(others) {
                    if members.object.contains_key(name) {
                        continue;
                    }
                    let place = Place::new(Node::Element, name);
                    let read =
                        |reader: &mut Self| reader.elements(same.first()?, &same, schema, place).into();
                    if let Some(value) = self.inside(name, read) {
                        members.object.insert(name.to_owned(), value);
                    }
                }
            }
        }
    }
}

/// What a property is that nothing stands for: a list without items, if it has to be there.
fn absent(property: &Property) -> Option<Value> {
    let place = placed(property);
    if !property.required {
        return None;
    }
    if unwrapped(property.schema, place).is_some() {
        return Some(Value::Array(Vec::new()));
    }
    // An attribute has no other word for `null`.
    (place.node == Node::Attribute && property.schema.resolved().nullable).then_some(Value::Null)
}
