//! Values against schemas: every violation of the contract, in document order.
//!
//! A message names the constraint and its limit, and never the value, which may be a secret.

mod evaluated;
mod format;
mod number;
mod rules;
mod text;
#[cfg(feature = "server")]
mod unbuilt;
mod union;
mod unique;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::schema::{Additional, ArrayRules, ObjectRules, Property, Shape};
use crate::{Constraint, Location, Schema, Violation, pointer};

#[cfg(feature = "server")]
pub(crate) use unbuilt::is_surely_valid;
pub(crate) use unique::canonical;

/// How deeply values may lie inside of one another. JSON text is refused earlier by its reader.
const DEPTH: usize = 256;

/// After so many violations the rest is not looked for: an answer is not to outgrow its request.
const ENOUGH: usize = 1000;

/// Everything in a value that its schema does not allow. `name` is the parameter's, and empty for a
/// body. At most 1,000 violations are told.
pub fn validate(value: &Value, schema: &Schema, location: Location, name: &str) -> Vec<Violation> {
    let mut check = Check::new(location, name);
    check.value(value, schema);
    check.violations
}

/// Everything in a value that its schema does not allow, wherever it stands.
pub(crate) fn violations(value: &Value, schema: &Schema) -> Vec<Violation> {
    validate(value, schema, Location::Body, "")
}

/// Whether values are what schemas ask for, with what was found so far.
pub(crate) struct Judge(Check<'static>);

impl Default for Judge {
    fn default() -> Self {
        Self(Check::new(Location::Body, ""))
    }
}

impl Judge {
    /// Whether a value is all that a schema asks for. The value may not move between two calls.
    pub(crate) fn fits(&mut self, value: &Value, schema: &'static Schema) -> bool {
        self.0.fits(value, schema)
    }
}

/// A check in progress.
struct Check<'a> {
    location: Location,
    name: &'a str,
    pointer: String,
    depth: usize,
    violations: Vec<Violation>,
    /// After so many violations the rest is not looked for.
    enough: usize,
    /// Which values, by their address, fit which schemas of unions.
    known: BTreeMap<(usize, usize), bool>,
    /// The member by which a union has told what the value is that comes next.
    tag: Option<&'static str>,
}

impl<'a> Check<'a> {
    const fn new(location: Location, name: &'a str) -> Self {
        Self {
            location,
            name,
            pointer: String::new(),
            depth: 0,
            violations: Vec::new(),
            enough: ENOUGH,
            known: BTreeMap::new(),
            tag: None,
        }
    }
}

impl Check<'_> {
    fn note(&mut self, constraint: Constraint, message: impl Into<String>) {
        if self.violations.len() < self.enough {
            let violation = Violation::new(self.location, self.name, constraint, message);
            self.violations.push(violation.at(self.pointer.clone()));
        }
    }

    fn note_unless(&mut self, kept: bool, constraint: Constraint, message: impl FnOnce() -> String) {
        if !kept {
            self.note(constraint, message());
        }
    }

    /// Checks what lies inside of the current value.
    fn inside(&mut self, token: &str, check: impl FnOnce(&mut Self)) {
        if self.violations.len() >= self.enough {
            return;
        }
        let length = self.pointer.len();
        pointer::push(&mut self.pointer, token);
        self.depth += 1;
        if self.depth > DEPTH {
            self.note(Constraint::Depth, "lies too deeply inside of other values");
        } else {
            check(self);
        }
        self.depth -= 1;
        self.pointer.truncate(length);
    }

    fn value(&mut self, value: &Value, schema: &Schema) {
        let schema = schema.resolved();
        let tag = self.tag.take();
        let before = self.violations.len();
        if value.is_null() && schema.nullable {
            return;
        }
        match (schema.shape, value) {
            (Shape::Any | Shape::Named(_), _) | (Shape::Boolean, Value::Bool(_)) => {}
            (Shape::Integer(rules), Value::Number(number)) => self.integer(number, &rules),
            (Shape::Number(rules), Value::Number(number)) => self.number(number, &rules),
            (Shape::String(rules), Value::String(text)) => self.text(text, &rules),
            (Shape::Array(rules), Value::Array(items)) => self.array(items, &rules),
            (Shape::Object(rules), Value::Object(members)) => self.object(members, &rules, tag),
            (Shape::Union(rules), value) => self.union(value, &rules, schema.nullable),
            (shape, _) => return self.wrong_type(&shape, schema.nullable),
        }
        self.rules(value, &schema, before);
    }

    fn wrong_type(&mut self, shape: &Shape, nullable: bool) {
        let expected = expected(shape);
        let or_null = if nullable { " or null" } else { "" };
        self.note(Constraint::Type, format!("must be {expected}{or_null}"));
    }

    fn array(&mut self, items: &[Value], rules: &ArrayRules) {
        let count = items.len() as u64;
        if let Some(min) = rules.min {
            self.note_unless(count >= min, Constraint::MinItems, || {
                format!("must have at least {}", counted(min, "item", "items"))
            });
        }
        if let Some(max) = rules.max {
            self.note_unless(count <= max, Constraint::MaxItems, || {
                format!("must have at most {}", counted(max, "item", "items"))
            });
        }
        if rules.unique && !unique::are_unique(items) {
            self.note(Constraint::UniqueItems, "must not have the same item twice");
        }
        for (at, item) in items.iter().enumerate() {
            self.inside(&at.to_string(), |check| check.value(item, rules.items));
        }
    }

    /// An object; `tag` is what a union adds to tell it apart from others.
    fn object(&mut self, members: &Map<String, Value>, rules: &ObjectRules, tag: Option<&str>) {
        let is_ignored = |property: &&Property| property.ignored && members.contains_key(property.name);
        let ignored = rules.properties.iter().filter(is_ignored).count();
        let count = (members.len() - ignored) as u64;
        if let Some(min) = rules.min {
            self.note_unless(count >= min, Constraint::MinProperties, || {
                format!("must have at least {}", counted(min, "member", "members"))
            });
        }
        if let Some(max) = rules.max {
            self.note_unless(count <= max, Constraint::MaxProperties, || {
                format!("must have at most {}", counted(max, "member", "members"))
            });
        }
        for property in rules.properties {
            match members.get(property.name) {
                Some(value) => self.inside(property.name, |check| check.value(value, property.schema)),
                None if property.required => {
                    self.inside(property.name, |check| check.note(Constraint::Required, "is required"));
                }
                None => {}
            }
        }
        self.groups(members, rules.groups);
        if matches!(rules.additional, Additional::Ignored) {
            return;
        }
        for (name, value) in members {
            if rules.properties.iter().any(|property| property.name == name) {
                continue;
            }
            self.inside(name, |check| match rules.additional {
                Additional::Ignored => {}
                Additional::Denied if tag == Some(name) => {}
                Additional::Denied => check.note(Constraint::AdditionalProperties, "is not a known member"),
                Additional::Checked(schema) => check.value(value, schema),
            });
        }
    }
}

/// The type that a shape asks for.
fn expected(shape: &Shape) -> &'static str {
    match shape {
        Shape::Any | Shape::Named(_) | Shape::Union(_) => "a value",
        Shape::Boolean => "a boolean",
        Shape::Integer(_) => "an integer",
        Shape::Number(_) => "a number",
        Shape::String(_) => "a string",
        Shape::Array(_) => "an array",
        Shape::Object(_) => "an object",
    }
}

/// `1 item`, `2 items`.
fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
