//! Bodies of XML: the document that a value is, and the value that a document of the contract's author is.

use roxmltree::{Document, Node};
use serde_json::{Map as Members, Value};
use specwright_ir::{Additional, Field, Ir, Schema, Shape, StringFormat, TypeKind, Xml, XmlNode, XmlRoot};

use crate::fits::fits;

/// Elements inside of one another to this depth.
const DEPTH: usize = 64;

const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// What becomes of a value or a document; without that, why.
type Made<T> = Result<T, String>;

/// A schema with the names of types followed.
enum Resolved<'a> {
    Object(&'a specwright_ir::Struct),
    Scalar(&'a Schema),
    Other(&'a Schema),
}

fn resolved<'a>(ir: &'a Ir, schema: &'a Schema) -> Made<Resolved<'a>> {
    let mut schema = schema;
    for _ in 0..DEPTH {
        let Shape::Named(id) = &schema.shape else {
            return match &schema.shape {
                Shape::Array(_) | Shape::Map(_) => Ok(Resolved::Other(schema)),
                Shape::Any | Shape::Tuple(_) | Shape::Named(_) => {
                    Err("XML of any kind is not made".to_owned())
                }
                _ => Ok(Resolved::Scalar(schema)),
            };
        };
        match &ir.ty(*id).kind {
            TypeKind::Alias(alias) => schema = &alias.schema,
            TypeKind::Struct(object) => return Ok(Resolved::Object(object)),
            TypeKind::Enum(_) => return Ok(Resolved::Scalar(schema)),
            TypeKind::Union(_) => return Err("unions are not made in XML".to_owned()),
        }
    }
    Err("its schema is another's name, and that one too".to_owned())
}

/// How a property stands.
fn placed(field: &Field) -> Xml {
    let usual = || Xml { name: Some(field.name.wire.clone()), ..Xml::default() };
    field.xml.as_deref().cloned().unwrap_or_else(usual)
}

/// How the items of a list stand, where the list does as `outer` has it.
fn item(array: &specwright_ir::Array, outer: &Xml) -> Xml {
    let own = array.xml.as_deref().cloned().unwrap_or_default();
    Xml {
        node: XmlNode::Element,
        name: own.name.or_else(|| outer.name.clone()),
        namespace: own.namespace.or_else(|| outer.namespace.clone()),
        prefix: own.prefix.or_else(|| outer.prefix.clone()),
    }
}

/// The root element, and what items are called after.
fn outermost(root: &XmlRoot) -> (Xml, Xml) {
    let name = root.xml.name.clone().unwrap_or_else(|| "root".to_owned());
    let xml = Xml { name: Some(name), node: XmlNode::Element, ..root.xml.clone() };
    let outer = Xml { name: root.item.clone().or_else(|| xml.name.clone()), ..xml.clone() };
    (xml, outer)
}

/// The document that a value is.
pub(crate) fn write(ir: &Ir, root: &XmlRoot, value: &Value) -> Made<String> {
    let mut out = String::new();
    let (xml, outer) = outermost(root);
    Writer { ir, out: &mut out }.element(&xml, value, &root.schema, &outer)?;
    Ok(out)
}

struct Writer<'a> {
    ir: &'a Ir,
    out: &'a mut String,
}

impl Writer<'_> {
    fn element(&mut self, xml: &Xml, value: &Value, schema: &Schema, outer: &Xml) -> Made<()> {
        let ir = self.ir;
        let name = self.open(xml);
        match (resolved(ir, schema)?, value) {
            (Resolved::Object(object), Value::Object(members)) => {
                self.object(object, members)?;
            }
            (Resolved::Other(Schema { shape: Shape::Array(array), .. }), Value::Array(items)) => {
                self.out.push('>');
                let xml = item(array, outer);
                for item in items {
                    self.element(&xml, item, &array.items, &xml)?;
                }
            }
            (Resolved::Other(Schema { shape: Shape::Map(map), .. }), Value::Object(members)) => {
                self.out.push('>');
                for (name, value) in members {
                    self.additional(name, value, &map.values)?;
                }
            }
            (Resolved::Scalar(_), value) => {
                self.out.push('>');
                self.text(value)?;
            }
            _ => return Err("`null` is not made in XML".to_owned()),
        }
        self.out.extend(["</", &name, ">"]);
        Ok(())
    }

    /// `<name`, with its namespace.
    fn open(&mut self, xml: &Xml) -> String {
        let local = xml.name.as_deref().unwrap_or_default();
        let name = match (&xml.prefix, &xml.namespace) {
            (Some(prefix), Some(_)) => format!("{prefix}:{local}"),
            _ => local.to_owned(),
        };
        self.out.extend(["<", &name]);
        if let Some(namespace) = &xml.namespace {
            let colon = xml.prefix.as_ref().map(|prefix| format!(":{prefix}")).unwrap_or_default();
            self.out.extend([" xmlns", &colon, "=\"", &escaped(namespace), "\""]);
        }
        name
    }

    fn object(&mut self, object: &specwright_ir::Struct, members: &Members<String, Value>) -> Made<()> {
        let given = || object.fields.iter().filter_map(|field| Some((field, members.get(&field.name.wire)?)));
        for (field, value) in given() {
            let xml = placed(field);
            if xml.node != XmlNode::Attribute {
                continue;
            }
            let local = xml.name.unwrap_or_default();
            let name = match xml.namespace {
                Some(namespace) => {
                    let prefix = xml.prefix.unwrap_or_else(|| "its".to_owned());
                    self.out.extend([" xmlns:", &prefix, "=\"", &escaped(&namespace), "\""]);
                    format!("{prefix}:{local}")
                }
                None => local,
            };
            self.out.extend([" ", &name, "=\"", &escaped(&listed(value)?), "\""]);
        }
        self.out.push('>');
        for (field, value) in given() {
            let xml = placed(field);
            match xml.node {
                XmlNode::Attribute => {}
                XmlNode::Text | XmlNode::Cdata => self.out.push_str(&escaped(&listed(value)?)),
                XmlNode::Element | XmlNode::Wrapper => self.member(&xml, value, &field.schema)?,
            }
        }
        let is_declared = |name: &String| object.fields.iter().any(|field| field.name.wire == *name);
        for (name, value) in members.iter().filter(|(name, _)| !is_declared(name)) {
            match &object.additional {
                Additional::Kept { values, .. } => self.additional(name, value, values)?,
                Additional::Ignored | Additional::Denied => {}
            }
        }
        Ok(())
    }

    fn additional(&mut self, name: &str, value: &Value, schema: &Schema) -> Made<()> {
        let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(|character| character.is_ascii_alphanumeric() || "-_.".contains(character));
        if !is_name {
            return Err(format!("no element is called {name:?}"));
        }
        let xml = Xml { name: Some(name.to_owned()), ..Xml::default() };
        self.member(&xml, value, schema)
    }

    fn member(&mut self, xml: &Xml, value: &Value, schema: &Schema) -> Made<()> {
        if xml.node == XmlNode::Element
            && let Resolved::Other(Schema { shape: Shape::Array(array), .. }) = resolved(self.ir, schema)?
            && let Value::Array(items) = value
        {
            let xml = item(array, xml);
            return items.iter().try_for_each(|item| self.element(&xml, item, &array.items, &xml));
        }
        self.element(xml, value, schema, xml)
    }

    fn text(&mut self, value: &Value) -> Made<()> {
        self.out.push_str(&escaped(&plain(value)?));
        Ok(())
    }
}

fn listed(value: &Value) -> Made<String> {
    match value {
        Value::Array(items) => {
            let texts: Made<Vec<_>> = items.iter().map(plain).collect();
            let texts = texts?;
            let is_one = |text: &String| !text.is_empty() && !text.contains(char::is_whitespace);
            if texts.iter().all(is_one) { Ok(texts.join(" ")) } else { Err("an item has a space".to_owned()) }
        }
        value => plain(value),
    }
}

/// The text of a primitive.
fn plain(value: &Value) -> Made<String> {
    match value {
        Value::String(text) if text.chars().any(char::is_control) => {
            Err("not every text has a place in XML".to_owned())
        }
        Value::String(text) => Ok(text.clone()),
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => Err("`null` is not made in XML".to_owned()),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

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
        match resolved(self.ir, schema)? {
            Resolved::Object(object) => self.object(element, object, depth),
            Resolved::Scalar(schema) if element.children().all(|child| !child.is_element()) => {
                self.scalar(&text(element), schema)
            }
            Resolved::Other(Schema { shape: Shape::Array(array), .. }) => {
                let xml = item(array, outer);
                let items = element.children().filter(Node::is_element);
                items.map(|child| self.item(child, &array.items, &xml, depth)).collect()
            }
            Resolved::Other(Schema { shape: Shape::Map(map), .. }) => {
                let mut members = Members::new();
                for child in element.children().filter(Node::is_element) {
                    let name = child.tag_name().name();
                    let xml = Xml { name: Some(name.to_owned()), ..Xml::default() };
                    let value = self.value(child, &map.values, &xml, depth + 1)?;
                    if members.insert(name.to_owned(), value).is_some() {
                        return Err(format!("`{name}` is there twice"));
                    }
                }
                Ok(Value::Object(members))
            }
            Resolved::Scalar(_) | Resolved::Other(_) => Err("an element is to be text".to_owned()),
        }
    }

    fn item(&self, child: Node<'_, '_>, schema: &Schema, xml: &Xml, depth: usize) -> Made<Value> {
        if !is_of(child, xml) {
            return Err(format!("an item is called `{}`", child.tag_name().name()));
        }
        self.value(child, schema, xml, depth + 1)
    }

    fn object(&self, element: Node<'_, '_>, object: &specwright_ir::Struct, depth: usize) -> Made<Value> {
        let mut members = Members::new();
        let mut known = Vec::new();
        for field in &object.fields {
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
        for child in element.children().filter(Node::is_element).filter(|child| !known.contains(&child.id()))
        {
            let name = child.tag_name().name();
            if !matches!(object.additional, Additional::Ignored) {
                return Err(format!("it has an element `{name}` that is no property"));
            }
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
        let named = |xml: &Xml| -> Vec<Node<'_, '_>> {
            element.children().filter(|child| child.is_element() && is_of(*child, xml)).collect()
        };
        if xml.node == XmlNode::Element
            && let Resolved::Other(Schema { shape: Shape::Array(array), .. }) =
                resolved(self.ir, &field.schema)?
        {
            let xml = item(array, xml);
            let children = named(&xml);
            known.extend(children.iter().map(Node::id));
            let items: Made<Vec<_>> =
                children.into_iter().map(|child| self.item(child, &array.items, &xml, depth)).collect();
            let items = items?;
            return Ok((field.required || !items.is_empty()).then(|| items.into()));
        }
        let children = named(xml);
        known.extend(children.iter().map(Node::id));
        match children.as_slice() {
            [] => Ok(None),
            [child] => self.value(*child, &field.schema, xml, depth + 1).map(Some),
            _ => Err(format!("`{}` is there twice", field.name.wire)),
        }
    }

    fn listed(&self, text: &str, schema: &Schema) -> Made<Value> {
        match resolved(self.ir, schema)? {
            Resolved::Other(Schema { shape: Shape::Array(array), .. }) => {
                text.split_whitespace().map(|item| self.scalar(item, &array.items)).collect()
            }
            Resolved::Scalar(schema) => self.scalar(text, schema),
            Resolved::Object(_) | Resolved::Other(_) => Err("text is to be an element".to_owned()),
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
