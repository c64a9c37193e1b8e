//! Bodies of XML: the document that a value is, and the value that a document of the contract's author is.

mod read;
mod union;
mod write;

use serde_json::Value;
use specwright_ir::{Array, Field, Ir, Schema, Shape, Struct, TypeKind, Union, Xml, XmlNode, XmlRoot};

pub(crate) use read::read;
pub(crate) use write::write as write_any;

/// Elements inside of one another to this depth.
const DEPTH: usize = 64;

const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// What becomes of a value or a document; without that, why.
type Made<T> = Result<T, String>;

/// The document that a value is, if there is one that is no other value's.
pub(crate) fn write(ir: &Ir, root: &XmlRoot, value: &Value) -> Made<String> {
    let document = write_any(ir, root, value)?;
    let said = read(ir, root, &document)?;
    if is_said(value, &said) { Ok(document) } else { Err("its document is another value's too".to_owned()) }
}

/// Whether a value says no more than a document does: what the contract does not declare is not written, and
/// nothing is written of a list without items.
fn is_said(value: &Value, said: &Value) -> bool {
    match (value, said) {
        (Value::Object(value), Value::Object(said)) => {
            said.iter().all(|(name, said)| value.get(name).is_some_and(|value| is_said(value, said)))
        }
        (Value::Array(value), Value::Array(said)) => {
            value.len() == said.len() && value.iter().zip(said).all(|(value, said)| is_said(value, said))
        }
        (value, said) => value == said,
    }
}

/// A schema with the names of types followed.
enum Resolved<'a> {
    Object(&'a Struct),
    List(&'a Array),
    /// Members of whatever name.
    Members(&'a Schema),
    Union(&'a Union),
    Scalar(&'a Schema),
    Any,
}

fn resolved<'a>(ir: &'a Ir, schema: &'a Schema) -> Made<Resolved<'a>> {
    let mut schema = schema;
    for _ in 0..DEPTH {
        let Shape::Named(id) = &schema.shape else {
            return match &schema.shape {
                Shape::Array(array) => Ok(Resolved::List(array)),
                Shape::Map(map) => Ok(Resolved::Members(&map.values)),
                Shape::Any => Ok(Resolved::Any),
                Shape::Tuple(_) | Shape::Named(_) => Err("tuples are not made in XML".to_owned()),
                _ => Ok(Resolved::Scalar(schema)),
            };
        };
        match &ir.ty(*id).kind {
            TypeKind::Alias(alias) => schema = &alias.schema,
            TypeKind::Struct(object) => return Ok(Resolved::Object(object)),
            TypeKind::Enum(_) => return Ok(Resolved::Scalar(schema)),
            TypeKind::Union(union) => return Ok(Resolved::Union(union)),
        }
    }
    Err("its schema is another's name, and that one too".to_owned())
}

/// How a property stands.
fn placed(field: &Field) -> Xml {
    field.xml.as_deref().cloned().unwrap_or_else(|| element(&field.name.wire))
}

/// An element of this name.
fn element(name: &str) -> Xml {
    Xml { name: Some(name.to_owned()), ..Xml::default() }
}

/// How the items of a list stand, where the list does as `outer` has it.
fn item(array: &Array, outer: &Xml) -> Xml {
    let own = array.xml.as_deref().cloned().unwrap_or_default();
    of_member(outer, &own)
}

/// Whether the items of a list have a name of their own.
fn is_item_named(array: &Array) -> bool {
    array.xml.as_ref().is_some_and(|xml| xml.name.is_some())
}

/// An element that is called as `outer` is, but for what is said of it.
fn of_member(outer: &Xml, own: &Xml) -> Xml {
    Xml {
        node: XmlNode::Element,
        name: own.name.clone().or_else(|| outer.name.clone()),
        namespace: own.namespace.clone().or_else(|| outer.namespace.clone()),
        prefix: own.prefix.clone().or_else(|| outer.prefix.clone()),
    }
}

/// The root element, and what items are called after.
fn outermost(root: &XmlRoot) -> (Xml, Xml) {
    let name = root.xml.name.clone().unwrap_or_else(|| "root".to_owned());
    let xml = Xml { name: Some(name), node: XmlNode::Element, ..root.xml.clone() };
    let outer = Xml { name: root.item.clone().or_else(|| xml.name.clone()), ..xml.clone() };
    (xml, outer)
}

/// Whether an element may be called so; the plainest names are enough.
fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|character| character.is_ascii_alphanumeric() || "-_.".contains(character))
}
