//! XML Objects, and bodies of XML.

use specwright_ir::{BodyKind, Schema, Shape, StringFormat, StringShape, TypeKind, Xml, XmlNode, XmlRoot};

use super::all_of::DEPTH;
use super::context::Lowering;
use super::{Cursor, Place};

impl<'a> Lowering<'a, '_> {
    /// How a schema stands in XML: what its XML Object says, then that of what it is another name for.
    pub(super) fn xml(&mut self, schema: &Cursor<'a>) -> Option<Box<Xml>> {
        let mut stated = Vec::new();
        let mut next = Some(schema.clone());
        while let Some(schema) = next.take().filter(|_| stated.len() < DEPTH) {
            stated.extend(schema.get("xml"));
            let members = schema.items_of("allOf").into_iter();
            stated.extend(
                members.filter(|member| member.reference().is_none()).filter_map(|member| member.get("xml")),
            );
            next = self.alias_of(&schema);
        }
        if stated.is_empty() {
            return None;
        }
        let text = |key: &str| {
            let mut texts = stated.iter().map(|xml| xml.text(key).trim());
            texts.find(|text| !text.is_empty()).map(str::to_owned)
        };
        let nodes = stated.iter().find_map(|xml| match xml.text("nodeType") {
            "attribute" => Some(XmlNode::Attribute),
            // Of what is no list, an element is one anyway.
            "element" => Some(XmlNode::Wrapper),
            "text" => Some(XmlNode::Text),
            "cdata" => Some(XmlNode::Cdata),
            "none" => Some(XmlNode::Element),
            _ if xml.flag("attribute") => Some(XmlNode::Attribute),
            _ if xml.flag("wrapped") => Some(XmlNode::Wrapper),
            _ => None,
        });
        Some(Box::new(Xml {
            node: nodes.unwrap_or_default(),
            name: text("name"),
            namespace: text("namespace"),
            prefix: text("prefix"),
        }))
    }

    /// A body of XML; octets where its schema says nothing of elements.
    pub(super) fn xml_body(&mut self, content: &Cursor<'a>, place: &Place) -> BodyKind {
        let lowered = self.content_schema(content, place);
        let schema = content.get("schema");
        let xml = schema.as_ref().and_then(|schema| self.xml(schema));
        if xml.is_none() && self.is_any_document(&lowered, 0) {
            let is_plain = matches!(lowered.shape, Shape::String(_) | Shape::Any);
            if let Some(schema) = schema.filter(|_| !is_plain) {
                self.not_carried(&schema, "it says nothing of elements: the body is carried as octets");
            }
            return BodyKind::Bytes;
        }
        let mut xml = xml.map_or_else(Xml::default, |xml| *xml);
        xml.node = XmlNode::Element;
        if xml.name.is_none() {
            xml.name = schema.as_ref().and_then(|schema| self.component(schema));
        }
        BodyKind::Xml(Box::new(XmlRoot { xml, item: None, schema: lowered }))
    }

    /// The key of the component that a schema refers to.
    fn component(&mut self, schema: &Cursor<'a>) -> Option<String> {
        let target = self.alias_of(schema)?;
        component_name(&target.pointer).or_else(|| self.component(&target))
    }

    /// Whether a schema takes any document: text, or members of which nothing is said.
    fn is_any_document(&self, schema: &Schema, depth: usize) -> bool {
        let free = StringShape { format: StringFormat::Plain, ..StringShape::default() };
        match &schema.shape {
            Shape::Any => true,
            Shape::String(text) => StringShape { format: StringFormat::Plain, ..text.clone() } == free,
            Shape::Map(map) => map.values.shape == Shape::Any,
            Shape::Named(id) if depth < 8 => match &self.type_of(*id).kind {
                TypeKind::Alias(alias) => self.is_any_document(&alias.schema, depth + 1),
                _ => false,
            },
            _ => false,
        }
    }
}

/// The key of a component schema, where a pointer is that of one.
pub(super) fn component_name(pointer: &specwright_diagnostics::Pointer) -> Option<String> {
    let tokens: Vec<String> = pointer.tokens().collect();
    match tokens.as_slice() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => {
            Some(name.clone())
        }
        _ => None,
    }
}
