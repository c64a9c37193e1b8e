//! From a document to a value.

use roxmltree::{Document, Node};
use serde_json::{Map as Members, Value};
use specwright_ir::{
    Additional, Array, Field, Ir, Schema, Shape, StringFormat, Struct, TypeKind, Union, Variant, Xml,
    XmlNode, XmlRoot,
};

use super::union::{is_text, names};
use super::{DEPTH, INSTANCE, Made, Resolved, element, is_item_named, item, outermost, placed, resolved};
use crate::fits::fits;

/// The value that a document is, where it is all that the contract asks for.
pub(crate) fn read(ir: &Ir, root: &XmlRoot, text: &str) -> Made<Value> {
    let document = Document::parse(text.trim()).map_err(|error| format!("it is no document: {error}"))?;
    let (xml, outer) = outermost(root);
    let element = document.root_element();
    if root.xml.name.is_some() && !is_of(element, &xml) {
        return Err(format!("its root is `{}`", element.tag_name().name()));
    }
    let value = Reader { ir }.value(element, &root.schema, &outer, 0)?;
    if fits(ir, &value, &root.schema) { Ok(value) } else { Err("it does not fit its schema".to_owned()) }
}

fn is_of(node: Node<'_, '_>, xml: &Xml) -> bool {
    let namespace = xml.namespace.as_deref();
    Some(node.tag_name().name()) == xml.name.as_deref()
        && (namespace.is_none() || node.tag_name().namespace() == namespace)
}

struct Reader<'a> {
    ir: &'a Ir,
}

impl Reader<'_> {
    fn value(&self, element: Node<'_, '_>, schema: &Schema, outer: &Xml, depth: usize) -> Made<Value> {
        if depth > DEPTH {
            return Err("it is too deep".to_owned());
        }
        if element.attribute((INSTANCE, "nil")) == Some("true") {
            return Ok(Value::Null);
        }
        let resolved = resolved(self.ir, schema)?;
        let is_bare = element.attributes().len() == 0 && !element.children().any(|child| child.is_element());
        let is_object = match &resolved {
            Resolved::Object(object) => object.fields.iter().all(|field| !is_of_text(placed(field).node)),
            Resolved::Members(_) => true,
            _ => false,
        };
        // It is as much `null` as an object without members.
        if is_object && is_bare && is_nullable(self.ir, schema) && text(element).trim().is_empty() {
            return Ok(Value::Null);
        }
        match resolved {
            Resolved::Object(object) => self.object(element, object, None, depth),
            Resolved::Union(union) => self.union(element, union, outer, depth),
            Resolved::Any => any(element, depth),
            Resolved::Scalar(schema) if element.children().all(|child| !child.is_element()) => {
                self.scalar(&text(element), schema)
            }
            Resolved::List(array) => {
                let items = element.children().filter(Node::is_element);
                items.map(|child| self.item(child, array, outer, depth)).collect()
            }
            Resolved::Members(values) => {
                let mut members = Members::new();
                self.additional(
                    &element.children().filter(Node::is_element).collect::<Vec<_>>(),
                    values,
                    depth,
                    &mut members,
                )?;
                Ok(Value::Object(members))
            }
            Resolved::Scalar(_) => Err("an element is to be text".to_owned()),
        }
    }

    fn item(&self, child: Node<'_, '_>, array: &Array, outer: &Xml, depth: usize) -> Made<Value> {
        let xml = item(array, outer);
        let own = if is_item_named(array) { Vec::new() } else { names(self.ir, &xml, &array.items) };
        if !is_of(child, &xml) && !own.iter().any(|xml| is_of(child, xml)) {
            return Err(format!("an item is called `{}`", child.tag_name().name()));
        }
        self.value(child, &array.items, &xml, depth + 1)
    }

    /// The value of the one schema of a union that an element is of.
    fn union(&self, element: Node<'_, '_>, union: &Union, outer: &Xml, depth: usize) -> Made<Value> {
        let of_tag = |variant: &Variant| {
            let tag = union.discriminator.as_ref()?;
            let value = self.tagged(element, variant, tag, outer, depth).ok()?;
            let said = value.get(tag).and_then(Value::as_str)?;
            variant.values.iter().any(|value| value == said).then_some(value)
        };
        let of_shape = |variant: &Variant| self.value(element, &variant.schema, outer, depth + 1).ok();
        let is_called_so = |variant: &&Variant| {
            let own = variant.xml.as_deref().filter(|own| own.name.is_some());
            own.is_some_and(|own| is_of(element, own))
        };
        let called: Vec<_> = union.variants.iter().filter(is_called_so).collect();
        let meant = if called.is_empty() { union.variants.iter().collect() } else { called };
        let read = |variant: &&Variant| {
            let value = if union.discriminator.is_some() { of_tag(variant) } else { of_shape(variant) };
            let bare = value.as_ref().map(|value| without(value, variant, union));
            let is_it = bare.is_some_and(|bare| fits(self.ir, &bare, &variant.schema));
            value.filter(|_| is_it).map(|value| (is_text(self.ir, &variant.schema), value))
        };
        let mut found: Vec<_> = meant.iter().filter_map(read).collect();
        // What is more than a text is no text.
        if found.iter().any(|(is_text, _)| !is_text) {
            found.retain(|(is_text, _)| !is_text);
        }
        match found.as_slice() {
            [(_, value)] => Ok(value.clone()),
            _ => Err("nothing tells which schema of a union is meant".to_owned()),
        }
    }

    /// The value of a variant, with the member that tells it apart.
    fn tagged(
        &self,
        element: Node<'_, '_>,
        variant: &Variant,
        tag: &str,
        outer: &Xml,
        depth: usize,
    ) -> Made<Value> {
        let mut value = match resolved(self.ir, &variant.schema)? {
            Resolved::Object(object) if variant.tagged => {
                self.object(element, object, Some(tag), depth + 1)?
            }
            _ => self.value(element, &variant.schema, outer, depth + 1)?,
        };
        if let (true, Value::Object(members)) = (variant.tagged, &mut value) {
            let child =
                element.children().find(|child| child.is_element() && is_of(*child, &super::element(tag)));
            let said = child.map(text).ok_or_else(|| format!("it has no element `{tag}`"))?;
            members.insert(tag.to_owned(), said.trim().into());
        }
        Ok(value)
    }

    /// Elements that the contract does not name, by their names.
    fn additional(
        &self,
        elements: &[Node<'_, '_>],
        schema: &Schema,
        depth: usize,
        members: &mut Members<String, Value>,
    ) -> Made<()> {
        for child in elements {
            let name = child.tag_name().name();
            if members.contains_key(name) {
                continue;
            }
            let same: Vec<_> = elements.iter().copied().filter(|one| one.tag_name().name() == name).collect();
            let value = self.elements(&same, schema, &element(name), depth)?;
            members.insert(name.to_owned(), value);
        }
        Ok(())
    }

    /// What elements of one name are.
    fn elements(&self, elements: &[Node<'_, '_>], schema: &Schema, xml: &Xml, depth: usize) -> Made<Value> {
        match (resolved(self.ir, schema)?, elements) {
            (Resolved::List(array), _) if xml.node == XmlNode::Element => {
                elements.iter().map(|child| self.item(*child, array, xml, depth)).collect()
            }
            (_, [child]) => self.value(*child, schema, xml, depth + 1),
            (Resolved::Any, _) => elements.iter().map(|child| any(*child, depth + 1)).collect(),
            _ => Err(format!("`{}` is there twice", xml.name.as_deref().unwrap_or_default())),
        }
    }

    /// An object; `tag` is what a union adds to tell it apart.
    fn object(&self, element: Node<'_, '_>, object: &Struct, tag: Option<&str>, depth: usize) -> Made<Value> {
        let mut members = Members::new();
        let mut known = Vec::new();
        // A name with a namespace goes before the same name without.
        let (with, without): (Vec<&Field>, Vec<&Field>) =
            object.fields.iter().partition(|field| placed(field).namespace.is_some());
        for field in with.into_iter().chain(without) {
            let (name, xml) = (&field.name.wire, placed(field));
            let value = match xml.node {
                XmlNode::Attribute => {
                    let is_it = |attribute: &roxmltree::Attribute<'_, '_>| {
                        Some(attribute.name()) == xml.name.as_deref()
                            && (xml.namespace.is_none() || attribute.namespace() == xml.namespace.as_deref())
                    };
                    let found = element.attributes().find(is_it);
                    found.map(|attribute| self.listed(attribute.value(), &field.schema)).transpose()?
                }
                XmlNode::Text | XmlNode::Cdata => Some(self.listed(&text(element), &field.schema)?),
                XmlNode::Element | XmlNode::Wrapper => {
                    self.member(element, field, &xml, &mut known, depth)?
                }
            };
            members.extend(value.map(|value| (name.clone(), value)));
        }
        let others = element.children().filter(|child| child.is_element() && !known.contains(&child.id()));
        let others: Vec<_> = others.filter(|child| Some(child.tag_name().name()) != tag).collect();
        match (&object.additional, others.first()) {
            (Additional::Kept { values, .. }, _) => self.additional(&others, values, depth, &mut members)?,
            (Additional::Denied, Some(child)) => {
                return Err(format!("it has an element `{}` that is no property", child.tag_name().name()));
            }
            (Additional::Ignored | Additional::Denied, _) => {}
        }
        Ok(Value::Object(members))
    }

    fn member(
        &self,
        element: Node<'_, '_>,
        field: &Field,
        xml: &Xml,
        known: &mut Vec<roxmltree::NodeId>,
        depth: usize,
    ) -> Made<Option<Value>> {
        let list = match resolved(self.ir, &field.schema)? {
            Resolved::List(array) if xml.node == XmlNode::Element => Some(array),
            _ => None,
        };
        let (called, own) = match list {
            Some(array) if is_item_named(array) => (item(array, xml), Vec::new()),
            Some(array) => (item(array, xml), names(self.ir, &item(array, xml), &array.items)),
            None if field.xml.is_none() => (xml.clone(), names(self.ir, xml, &field.schema)),
            None => (xml.clone(), Vec::new()),
        };
        let is_it = |child: &Node<'_, '_>| {
            child.is_element() && (is_of(*child, &called) || own.iter().any(|xml| is_of(*child, xml)))
        };
        let is_free = |child: &Node<'_, '_>| !known.contains(&child.id());
        let children: Vec<_> = element.children().filter(is_it).filter(is_free).collect();
        known.extend(children.iter().map(Node::id));
        if children.is_empty() {
            return Ok((list.is_some() && field.required).then(|| Value::Array(Vec::new())));
        }
        self.elements(&children, &field.schema, xml, depth).map(Some)
    }

    fn listed(&self, text: &str, schema: &Schema) -> Made<Value> {
        match resolved(self.ir, schema)? {
            Resolved::List(array) => {
                text.split_whitespace().map(|item| self.scalar(item, &array.items)).collect()
            }
            Resolved::Scalar(schema) => self.scalar(text, schema),
            Resolved::Object(_) | Resolved::Members(_) | Resolved::Union(_) | Resolved::Any => {
                Err("text is to be an element".to_owned())
            }
        }
    }

    fn scalar(&self, text: &str, schema: &Schema) -> Made<Value> {
        let trimmed = text.trim();
        let number = || {
            let number: Result<serde_json::Number, _> = trimmed.parse();
            number.map(Value::Number).map_err(|_| format!("{trimmed:?} is no number"))
        };
        match &schema.shape {
            Shape::Boolean => match trimmed {
                "true" | "1" => Ok(Value::Bool(true)),
                "false" | "0" => Ok(Value::Bool(false)),
                _ => Err(format!("{trimmed:?} is neither true nor false")),
            },
            Shape::Integer(_) | Shape::Number(_) => number(),
            Shape::String(rules) if rules.format != StringFormat::Plain => Ok(trimmed.into()),
            Shape::Named(id) => {
                let TypeKind::Enum(rules) = &self.ir.ty(*id).kind else { return Ok(text.into()) };
                let is_it = |value: &&Value| {
                    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    text == trimmed
                };
                let listed = rules.values.iter().map(|listed| &listed.value).find(is_it);
                Ok(listed.cloned().unwrap_or_else(|| trimmed.into()))
            }
            _ => Ok(text.into()),
        }
    }
}

/// All that stands directly in an element.
fn text(element: Node<'_, '_>) -> String {
    element.children().filter(Node::is_text).filter_map(|child| child.text()).collect()
}

const fn is_of_text(node: XmlNode) -> bool {
    matches!(node, XmlNode::Text | XmlNode::Cdata)
}

fn is_nullable(ir: &Ir, schema: &Schema) -> bool {
    schema.nullable
        || match &schema.shape {
            Shape::Named(id) => match &ir.ty(*id).kind {
                TypeKind::Alias(alias) => is_nullable(ir, &alias.schema),
                _ => false,
            },
            _ => false,
        }
}

/// An element of which the contract says nothing: a text, or an object of what lies in it, with attributes
/// behind an `@` and text under `$text`.
fn any(element: Node<'_, '_>, depth: usize) -> Made<Value> {
    if depth > DEPTH {
        return Err("it is too deep".to_owned());
    }
    let children: Vec<_> = element.children().filter(Node::is_element).collect();
    let said = text(element);
    if children.is_empty() && element.attributes().len() == 0 {
        return Ok(said.into());
    }
    let attributes = element.attributes().map(|one| (format!("@{}", one.name()), Value::from(one.value())));
    let mut members: Members<_, _> = attributes.collect();
    for child in &children {
        let name = child.tag_name().name();
        let same = children.iter().filter(|one| one.tag_name().name() == name);
        let mut values: Vec<_> = same.map(|child| any(*child, depth + 1)).collect::<Made<_>>()?;
        let value = if values.len() == 1 { values.remove(0) } else { Value::Array(values) };
        members.insert(name.to_owned(), value);
    }
    if !said.trim().is_empty() {
        members.insert("$text".to_owned(), said.into());
    }
    Ok(Value::Object(members))
}

/// A value as the schema of its variant knows it.
fn without(value: &Value, variant: &Variant, union: &Union) -> Value {
    let mut value = value.clone();
    if let (true, Some(tag), Value::Object(members)) = (variant.tagged, &union.discriminator, &mut value) {
        members.shift_remove(tag);
    }
    value
}
