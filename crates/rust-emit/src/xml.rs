//! Where values stand in XML, as the runtime's static data.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{Ir, Schema, Shape, Xml, XmlNode, XmlRoot};

use crate::schema::{Patterns, schema};

/// `Xml::attribute("id")`
pub fn place(xml: &Xml) -> TokenStream {
    let name = xml.name.as_deref().unwrap_or_default();
    let node = match xml.node {
        XmlNode::Element => quote!(element(#name)),
        XmlNode::Wrapper => quote!(wrapper(#name)),
        XmlNode::Attribute => quote!(attribute(#name)),
        XmlNode::Text => quote!(text()),
        XmlNode::Cdata => quote!(cdata()),
    };
    let namespace = xml.namespace.as_ref().map(|namespace| quote!(.namespace(#namespace)));
    let prefix = xml.prefix.as_ref().map(|prefix| quote!(.prefix(#prefix)));
    quote!(::specwright_runtime::Xml::#node #namespace #prefix)
}

/// `Root::new(Xml::element("pet"), &schema)`
pub fn root(ir: &Ir, root: &XmlRoot, hint: &str, patterns: &mut Patterns) -> TokenStream {
    let schema = schema(ir, &root.schema, hint, patterns);
    let item = root.item.as_ref().map(|item| quote!(.item(#item)));
    if root.xml.name.is_none() {
        return quote!(::specwright_runtime::Root::unnamed(&#schema) #item);
    }
    let place = place(&root.xml);
    quote!(::specwright_runtime::Root::new(#place, &#schema) #item)
}

/// The same for who only reads and writes, and checks nothing: patterns are left out.
pub fn unchecked(ir: &Ir, root: &XmlRoot) -> TokenStream {
    let root = XmlRoot { schema: unpatterned(&root.schema), ..root.clone() };
    self::root(ir, &root, "", &mut Patterns::default())
}

fn unpatterned(schema: &Schema) -> Schema {
    let mut schema = schema.clone();
    match &mut schema.shape {
        Shape::String(text) => text.pattern = None,
        Shape::Array(array) => array.items = unpatterned(&array.items),
        Shape::Map(map) => map.values = unpatterned(&map.values),
        _ => {}
    }
    schema
}
