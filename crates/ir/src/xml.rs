//! How values stand in bodies of XML.

use serde::Serialize;

use crate::Schema;

/// An XML Object: how a property, an item or a body stands in XML. What says nothing is an element called
/// as the property is, and an item as its list is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Xml {
    /// The kind of node.
    pub node: XmlNode,
    /// The name of the element or attribute. `None` for text, for an item that is called as its list is, and
    /// for a root element that the document gives no name.
    pub name: Option<String>,
    /// `namespace`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// `prefix`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
}

/// The kind of node that a value is in XML.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum XmlNode {
    /// An element; of a list each item.
    #[default]
    Element,
    /// `wrapped`: an element around the items of a list.
    Wrapper,
    /// `attribute`
    Attribute,
    /// `nodeType: text`
    Text,
    /// `nodeType: cdata`
    Cdata,
}

/// A body of XML.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct XmlRoot {
    /// The root element; a list is always wrapped in it.
    pub xml: Xml,
    /// What the items of a list are called that have no name of their own, where it is not the root
    /// element's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The schema of its value.
    pub schema: Schema,
}
