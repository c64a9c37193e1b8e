//! From a value to a document.

use serde_json::{Map as Members, Value};
use specwright_ir::{Additional, Ir, Schema, Struct, Xml, XmlNode, XmlRoot};

use super::union::{called, chosen};
use super::{Made, Resolved, element, is_item_named, is_name, item, outermost, placed, resolved};

/// The document that a value is, whether it is another one's too, and legal or not.
pub(crate) fn write(ir: &Ir, root: &XmlRoot, value: &Value) -> Made<String> {
    let mut out = String::new();
    let (mut xml, mut outer) = outermost(root);
    if let (None, Resolved::Union(union)) = (&root.xml.name, resolved(ir, &root.schema)?) {
        // The name of the schema that is meant says more than none.
        let variant = chosen(ir, union, value)?;
        if is_name(&variant.name.wire) {
            xml = called(ir, &element(&variant.name.wire), value, &root.schema)?;
            outer = element(&variant.name.wire);
        }
    }
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
        let mut resolved = resolved(ir, schema)?;
        let mut tag = None;
        while let Resolved::Union(union) = resolved {
            let variant = chosen(ir, union, value)?;
            tag = tag.or_else(|| union.discriminator.as_deref().filter(|_| variant.tagged));
            resolved = super::resolved(ir, &variant.schema)?;
        }
        if let (Resolved::Any, Value::Object(members)) = (&resolved, value) {
            return self.free(xml, members);
        }
        let name = self.open(xml);
        match (resolved, value) {
            (Resolved::Object(object), Value::Object(members)) => self.object(object, members, tag)?,
            (Resolved::List(array), Value::Array(items)) => {
                self.out.push('>');
                self.list(array, items, outer)?;
            }
            (Resolved::Members(values), Value::Object(members)) => {
                self.out.push('>');
                for (name, value) in members {
                    self.additional(name, value, values)?;
                }
            }
            (Resolved::Any, Value::String(text)) => {
                self.out.push('>');
                self.text(&Value::from(text.as_str()))?;
            }
            (Resolved::Any, _) => return Err("of what may be anything only texts are made in XML".to_owned()),
            (Resolved::Scalar(_), value) => {
                self.out.push('>');
                self.text(value)?;
            }
            _ => return Err("`null` is not made in XML".to_owned()),
        }
        self.out.extend(["</", &name, ">"]);
        Ok(())
    }

    /// An object of which the contract says nothing: attributes behind an `@`, text under `$text`.
    fn free(&mut self, xml: &Xml, members: &Members<String, Value>) -> Made<()> {
        let name = self.open(xml);
        for (key, value) in members {
            let Some(attribute) = key.strip_prefix('@') else { continue };
            let (true, Value::String(text)) = (is_name(attribute), value) else {
                return Err(format!("no attribute is {key:?}"));
            };
            self.out.extend([" ", attribute, "=\"", &escaped(text), "\""]);
        }
        self.out.push('>');
        let any = Schema::new(specwright_ir::Shape::Any, specwright_diagnostics::Pointer::default());
        for (key, value) in members.iter().filter(|(key, _)| !key.starts_with('@')) {
            match key.as_str() {
                "$text" => self.text(value)?,
                _ => self.additional(key, value, &any)?,
            }
        }
        self.out.extend(["</", &name, ">"]);
        Ok(())
    }

    /// The items of a list that stands as `outer` has it.
    fn list(&mut self, array: &specwright_ir::Array, items: &[Value], outer: &Xml) -> Made<()> {
        let xml = item(array, outer);
        for item in items {
            let xml =
                if is_item_named(array) { xml.clone() } else { called(self.ir, &xml, item, &array.items)? };
            self.element(&xml, item, &array.items, &xml)?;
        }
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

    fn object(&mut self, object: &Struct, members: &Members<String, Value>, tag: Option<&str>) -> Made<()> {
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
                XmlNode::Element | XmlNode::Wrapper => {
                    let is_named = field.xml.is_some();
                    let xml = if is_named { xml } else { called(self.ir, &xml, value, &field.schema)? };
                    self.member(&xml, value, &field.schema)?;
                }
            }
        }
        let is_declared = |name: &String| object.fields.iter().any(|field| field.name.wire == *name);
        for (name, value) in members.iter().filter(|(name, _)| !is_declared(name)) {
            match &object.additional {
                Additional::Kept { values, .. } => self.additional(name, value, values)?,
                // What tells the schemas of a union apart is not in each of them.
                Additional::Ignored | Additional::Denied if tag == Some(name) => {
                    self.out.extend(["<", name, ">", &escaped(&plain(value)?), "</", name, ">"]);
                }
                Additional::Ignored | Additional::Denied => {}
            }
        }
        Ok(())
    }

    fn additional(&mut self, name: &str, value: &Value, schema: &Schema) -> Made<()> {
        if !is_name(name) {
            return Err(format!("no element is called {name:?}"));
        }
        self.member(&element(name), value, schema)
    }

    fn member(&mut self, xml: &Xml, value: &Value, schema: &Schema) -> Made<()> {
        match (resolved(self.ir, schema)?, value) {
            (Resolved::List(array), Value::Array(items)) if xml.node == XmlNode::Element => {
                self.list(array, items, xml)
            }
            (Resolved::Any, Value::Array(items)) if items.len() > 1 => {
                items.iter().try_for_each(|item| self.element(xml, item, schema, xml))
            }
            _ => self.element(xml, value, schema, xml),
        }
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
