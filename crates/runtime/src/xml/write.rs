//! From a JSON value to the document that it is.

use serde::Serialize;
use serde_json::{Map, Value};

use super::members::{placed, unwrapped};
use super::name::is_name;
use super::read::{is_item_named, item};
use super::scope::Scope;
use super::{INSTANCE, Node, Place, Root, text};
use crate::schema::{Additional, ArrayRules, ObjectRules, Shape};
use crate::union::choose;
use crate::{Alternative, Constraint, Location, Schema, Violation, pointer};

/// How deeply values may lie inside of one another.
const DEPTH: usize = 256;

/// The document that a value is, once it is the JSON value that its type makes of it.
#[cfg(feature = "server")]
pub(crate) fn document<T: Serialize + ?Sized>(value: &T, root: &Root) -> Result<String, Vec<Violation>> {
    write(&to_value(value).map_err(|violation| vec![violation])?, root)
}

/// The JSON value that a type makes of its own.
pub(crate) fn to_value<T: Serialize + ?Sized>(value: &T) -> Result<Value, Violation> {
    crate::value::of(value)
        .map_err(|_| Violation::new(Location::Body, "", Constraint::Type, "cannot be written as XML"))
}

/// The document that a value is, or everything that XML cannot hold.
pub(crate) fn write(value: &Value, root: &Root) -> Result<String, Vec<Violation>> {
    let mut writer = Writer {
        out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned(),
        scope: Scope::default(),
        pointer: String::new(),
        depth: 0,
        violations: Vec::new(),
    };
    let mut outer = root.outer();
    let mut place = root.place;
    if let (false, Some(chosen)) = (root.is_named, chosen(value, root.schema))
        && is_name(chosen.name)
    {
        // The name of what was chosen says more than none.
        (place.name, outer.name) = (chosen.name, chosen.name);
        if let Some(xml) = chosen.xml {
            place = place.of_member(xml);
        }
    }
    writer.element(place, value, root.schema, outer);
    if writer.violations.is_empty() { Ok(writer.out) } else { Err(writer.violations) }
}

struct Writer<'a> {
    out: String,
    scope: Scope<'a>,
    pointer: String,
    depth: usize,
    violations: Vec<Violation>,
}

impl<'a> Writer<'a> {
    fn note(&mut self, constraint: Constraint, message: &str) {
        let violation = Violation::new(Location::Body, "", constraint, message);
        self.violations.push(violation.at(self.pointer.clone()));
    }

    fn note_unless(&mut self, is_held: bool) {
        if !is_held {
            self.note(Constraint::Xml, "has a character that XML cannot hold");
        }
    }

    fn inside(&mut self, token: &str, write: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        pointer::push(&mut self.pointer, token);
        self.depth += 1;
        if self.depth > DEPTH {
            self.note(Constraint::Depth, "lies too deeply inside of other values");
        } else {
            write(self);
        }
        self.depth -= 1;
        self.pointer.truncate(length);
    }

    /// An element with a value in it; `outer` is what items of a list are called after.
    fn element(&mut self, place: Place<'a>, value: &'a Value, schema: &Schema, outer: Place<'a>) {
        let resolved = resolve(value, schema);
        let (depth, name) = self.open(place);
        match (resolved.shape, value) {
            (_, Value::Null) => {
                let nil = Place {
                    namespace: Some(INSTANCE),
                    prefix: Some("xsi"),
                    ..Place::new(Node::Attribute, "nil")
                };
                self.attribute(nil, "true");
                self.out.push_str("/>");
            }
            (Shape::Object(rules), Value::Object(members)) => self.object(&name, members, &rules),
            (Shape::Array(rules), Value::Array(items)) => {
                self.content(&name, |writer| writer.list(items, &rules, item(&rules, outer)));
            }
            (_, Value::Object(members)) => self.free(&name, members),
            (_, Value::Array(items)) => {
                let place = Place { node: Node::Element, ..outer };
                self.content(&name, |writer| {
                    for (at, item) in items.iter().enumerate() {
                        writer.inside(&at.to_string(), |writer| writer.element(place, item, &ANY, place));
                    }
                });
            }
            (_, scalar) => self.content(&name, |writer| writer.text(&plain(scalar))),
        }
        self.scope.leave(depth);
    }

    /// `<name`, with the namespace that it needs.
    fn open(&mut self, place: Place<'a>) -> (usize, String) {
        if !is_name(place.name) {
            self.note(Constraint::Xml, "has a name that XML cannot hold");
        }
        let depth = self.scope.depth();
        let written = self.scope.element(place);
        self.out.push('<');
        self.out.push_str(&written.name);
        self.declare(written.declared);
        (depth, written.name)
    }

    fn declare(&mut self, declared: Option<(String, &str)>) {
        let Some((prefix, namespace)) = declared else { return };
        self.out.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
        self.out.push_str(&prefix);
        self.value(namespace);
    }

    fn attribute(&mut self, place: Place<'a>, value: &str) {
        if !is_name(place.name) {
            self.note(Constraint::Xml, "has a name that XML cannot hold");
        }
        let written = self.scope.attribute(place);
        self.declare(written.declared);
        self.out.push(' ');
        self.out.push_str(&written.name);
        self.value(value);
    }

    fn value(&mut self, value: &str) {
        self.out.push_str("=\"");
        let is_held = text::escape_attribute(value, &mut self.out);
        self.note_unless(is_held);
        self.out.push('"');
    }

    fn text(&mut self, value: &str) {
        let is_held = text::escape(value, &mut self.out);
        self.note_unless(is_held);
    }

    /// What stands between the tags; without any it is one.
    fn content(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.out.push('>');
        let start = self.out.len();
        write(self);
        if self.out.len() == start {
            self.out.pop();
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    fn list(&mut self, items: &'a [Value], rules: &ArrayRules, place: Place<'a>) {
        for (at, item) in items.iter().enumerate() {
            let place = if is_item_named(rules) { place } else { called(place, item, rules.items) };
            self.inside(&at.to_string(), |writer| writer.element(place, item, rules.items, place));
        }
    }

    fn object(&mut self, name: &str, members: &'a Map<String, Value>, rules: &ObjectRules) {
        let present = || {
            let declared = rules.properties.iter();
            declared.filter_map(|property| Some((property, placed(property), members.get(property.name)?)))
        };
        for (property, place, value) in present() {
            if place.node == Node::Attribute && !value.is_null() {
                self.inside(property.name, |writer| writer.attribute(place, &listed(value)));
            }
        }
        self.content(name, |writer| {
            for (property, place, value) in present() {
                writer.inside(property.name, |writer| match place.node {
                    Node::Attribute => {}
                    Node::Text => writer.text(&listed(value)),
                    Node::Cdata => {
                        let is_held = text::cdata(&listed(value), &mut writer.out);
                        writer.note_unless(is_held);
                    }
                    Node::Element | Node::Wrapper => {
                        let is_named = property.xml.is_some();
                        let place = if is_named { place } else { called(place, value, property.schema) };
                        writer.member(place, value, property.schema, property.required);
                    }
                });
            }
            let values = match rules.additional {
                Additional::Checked(values) => values,
                Additional::Denied | Additional::Ignored => &ANY,
            };
            let is_declared = |name: &str| rules.properties.iter().any(|property| property.name == name);
            for (name, value) in members.iter().filter(|(name, _)| !is_declared(name)) {
                let place = Place::new(Node::Element, name);
                writer.inside(name, |writer| writer.member(place, value, values, true));
            }
        });
    }

    /// A member that is an element, or one an item.
    fn member(&mut self, place: Place<'a>, value: &'a Value, schema: &Schema, is_required: bool) {
        let resolved = resolve(value, schema);
        match (unwrapped(&resolved, place), resolved.shape, value) {
            (Some(_), _, Value::Null) if !is_required => {}
            (Some(rules), _, Value::Null) => {
                let place = item(&rules, place);
                self.element(place, value, &ANY, place);
            }
            (Some(rules), _, Value::Array(items)) => self.list(items, &rules, item(&rules, place)),
            (None, Shape::Any, Value::Array(items)) => {
                for (at, item) in items.iter().enumerate() {
                    self.inside(&at.to_string(), |writer| writer.element(place, item, &ANY, place));
                }
            }
            _ => self.element(place, value, &resolved, place),
        }
    }

    /// An object of which the contract says nothing, as it would be read.
    fn free(&mut self, name: &str, members: &'a Map<String, Value>) {
        for (key, value) in members {
            if let Some(attribute) = key.strip_prefix('@') {
                let place = Place::new(Node::Attribute, attribute);
                self.inside(key, |writer| writer.attribute(place, &listed(value)));
            }
        }
        self.content(name, |writer| {
            for (key, value) in members.iter().filter(|(key, _)| !key.starts_with('@')) {
                writer.inside(key, |writer| match key.as_str() {
                    "$text" => writer.text(&listed(value)),
                    _ => writer.member(Place::new(Node::Element, key), value, &ANY, true),
                });
            }
        });
    }
}

static ANY: Schema = Schema::any();

/// The schema that a value is of: of a union the one that it is read by.
fn resolve(value: &Value, schema: &Schema) -> Schema {
    let mut resolved = schema.resolved();
    let mut depth = 0;
    while let (Some(chosen), true) = (chosen(value, &resolved), depth < 16) {
        resolved = chosen.schema.resolved();
        depth += 1;
    }
    resolved
}

fn chosen(value: &Value, schema: &Schema) -> Option<&'static Alternative> {
    let Shape::Union(rules) = schema.resolved().shape else { return None };
    let (choice, _) = choose(&rules, value);
    rules.alternatives.get(*choice.first()?)
}

/// What the element of a value is called, where nothing but its union says so.
fn called<'a>(place: Place<'a>, value: &Value, schema: &Schema) -> Place<'a> {
    match chosen(value, schema).and_then(|chosen| chosen.xml) {
        Some(xml) => place.of_member(xml),
        None => place,
    }
}

/// The text of a value that has no members; the items of a list with spaces between them.
fn listed(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(" "),
        other => plain(other),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
