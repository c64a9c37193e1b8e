//! XML: how values of the contract stand in elements and attributes, and from text to values and back.
//!
//! Where a value stands is said by static data, [`Xml`] for a property or an item and [`Root`] for a
//! body. Text becomes a JSON value, as its schema has it, which is then validated and read as JSON is.

#[cfg(all(feature = "xml", any(feature = "client", feature = "server")))]
mod choice;
#[cfg(all(feature = "xml", any(feature = "client", feature = "server")))]
mod members;
#[cfg(all(feature = "xml", any(feature = "client", feature = "server")))]
mod name;
#[cfg(all(feature = "xml", any(feature = "client", feature = "server")))]
pub(crate) mod read;
#[cfg(all(feature = "xml", any(feature = "client", feature = "server")))]
mod scope;
#[cfg(all(feature = "xml", any(feature = "client", feature = "server")))]
mod text;
#[cfg(all(feature = "xml", any(feature = "client", feature = "server")))]
mod tree;
#[cfg(all(feature = "xml", any(feature = "client", feature = "server")))]
pub(crate) mod write;

use crate::Schema;

/// The namespace of `xsi:nil`, which says that a value is `null`.
#[cfg(all(feature = "xml", any(feature = "client", feature = "server")))]
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The namespace of `xml:lang` and its like.
#[cfg(all(feature = "xml", any(feature = "client", feature = "server")))]
const RESERVED: &str = "http://www.w3.org/XML/1998/namespace";

/// How a property, or an item of a list, stands in XML. Made by its `const` functions:
/// `Xml::element("pet").namespace("https://example.com/pets").prefix("p")`.
#[derive(Clone, Copy, Debug)]
pub struct Xml(pub(crate) Place<'static>);

/// How a value stands in XML.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(
    not(all(feature = "xml", any(feature = "client", feature = "server"))),
    expect(dead_code, reason = "XML is read and written by the sides")
)]
pub(crate) struct Place<'a> {
    pub(crate) node: Node,
    pub(crate) name: &'a str,
    pub(crate) namespace: Option<&'a str>,
    pub(crate) prefix: Option<&'a str>,
}

/// The kind of node that a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// An element; of a list each item.
    Element,
    /// An element around the items of a list.
    Wrapper,
    /// An attribute of the element around it.
    Attribute,
    /// The text of the element around it.
    Text,
    /// The same, written as a CDATA section.
    Cdata,
}

impl<'a> Place<'a> {
    pub(crate) const fn new(node: Node, name: &'a str) -> Self {
        Self { node, name, namespace: None, prefix: None }
    }

    /// As the member of a union has it that the value is of.
    #[cfg(all(feature = "xml", any(feature = "client", feature = "server")))]
    fn of_member(self, xml: Xml) -> Self {
        Self {
            node: self.node,
            name: if xml.0.name.is_empty() { self.name } else { xml.0.name },
            namespace: xml.0.namespace.or(self.namespace),
            prefix: xml.0.prefix.or(self.prefix),
        }
    }
}

impl Xml {
    /// An element of this name; of a list each item.
    pub const fn element(name: &'static str) -> Self {
        Self(Place::new(Node::Element, name))
    }

    /// `wrapped: true`: an element of this name around the items of a list.
    pub const fn wrapper(name: &'static str) -> Self {
        Self(Place::new(Node::Wrapper, name))
    }

    /// `attribute: true`
    pub const fn attribute(name: &'static str) -> Self {
        Self(Place::new(Node::Attribute, name))
    }

    /// `nodeType: text`
    pub const fn text() -> Self {
        Self(Place::new(Node::Text, ""))
    }

    /// `nodeType: cdata`
    pub const fn cdata() -> Self {
        Self(Place::new(Node::Cdata, ""))
    }

    /// `namespace`
    #[must_use]
    pub const fn namespace(mut self, namespace: &'static str) -> Self {
        self.0.namespace = Some(namespace);
        self
    }

    /// `prefix`
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.0.prefix = Some(prefix);
        self
    }
}

/// A body of XML.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(
    not(all(feature = "xml", any(feature = "client", feature = "server"))),
    expect(dead_code, reason = "XML is read and written by the sides")
)]
pub struct Root {
    pub(crate) schema: &'static Schema,
    pub(crate) place: Place<'static>,
    pub(crate) is_named: bool,
    pub(crate) item: Option<&'static str>,
}

impl Root {
    /// A root element.
    pub const fn new(xml: Xml, schema: &'static Schema) -> Self {
        Self { schema, place: xml.0, is_named: true, item: None }
    }

    /// A root element that the contract gives no name: it is written as `root`, and read whatever it is
    /// called.
    pub const fn unnamed(schema: &'static Schema) -> Self {
        Self { schema, place: Place::new(Node::Element, "root"), is_named: false, item: None }
    }

    /// What the items of a list are called where they have no name of their own.
    #[must_use]
    pub const fn item(mut self, name: &'static str) -> Self {
        self.item = Some(name);
        self
    }

    /// How its schema stands in it, where items of a list take their name from.
    #[cfg(all(feature = "xml", any(feature = "client", feature = "server")))]
    fn outer(&self) -> Place<'static> {
        Place { name: self.item.unwrap_or(self.place.name), ..self.place }
    }
}
