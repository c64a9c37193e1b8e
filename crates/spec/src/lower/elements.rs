//! XML as a whole, once all types are known: what travels as XML, and the names of its elements.

use std::collections::BTreeSet;

use specwright_diagnostics::{Code, Diagnostic, Diagnostics, Place, Pointer};
use specwright_ir::{Additional, BodyKind, Content, Field, Ir, Schema, Shape, TypeKind, Xml, XmlNode};

use super::xml::component_name;

/// Settles how values stand in XML. What does not travel as XML says nothing of it from here on.
pub(super) fn settle(ir: &mut Ir, sink: &mut Diagnostics) {
    let roots: Vec<_> = ir.contents().map(|content| root_of(ir, content, sink)).collect();
    for (content, settled) in ir.contents_mut().zip(roots) {
        if let (BodyKind::Xml(root), Some((xml, item))) = (&mut content.kind, settled) {
            (root.xml, root.item) = (xml, item);
        }
    }
    let prefixes = prefixes(ir);
    for index in 0..ir.types.len() {
        let travels = ir.types[index].usage.xml;
        let mut kind = ir.types[index].kind.clone();
        each_schema_mut(&mut kind, &mut |schema| items(schema, travels, &prefixes, sink));
        if let TypeKind::Struct(object) = &mut kind {
            for field in &mut object.fields {
                field.xml = field.xml.take().filter(|_| travels);
                settle_field(ir, field, travels, &prefixes, sink);
            }
            if travels {
                collisions(&mut object.fields, sink);
            }
        }
        if let TypeKind::Union(union) = &mut kind {
            for variant in &mut union.variants {
                let xml = variant.xml.take().filter(|_| travels);
                variant.xml =
                    xml.and_then(|xml| settled_variant(*xml, &variant.schema.origin, &prefixes, sink));
            }
        }
        ir.types[index].kind = kind;
    }
    ir.each_outer_schema_mut(&mut |schema, is_xml| items(schema, is_xml, &prefixes, sink));
}

/// The root element of a body, and what items are called that have no name of their own.
fn root_of(ir: &Ir, content: &Content, sink: &mut Diagnostics) -> Option<(Xml, Option<String>)> {
    let BodyKind::Xml(root) = &content.kind else { return None };
    let mut xml = root.xml.clone();
    match &mut xml.name {
        Some(name) => legal(name, &root.schema.origin, sink),
        None if matches!(resolved(ir, &root.schema).1, Some(TypeKind::Union(_))) => {}
        None => sink.push(
            Diagnostic::new(
                Code::UnnamedRoot,
                format!("the root element of `{}` has no name", content.name.wire),
                Place::value(&root.schema.origin),
                "written as `root`, and read whatever it is called",
            )
            .with_help("add `xml: {name: ...}`, or refer to a component"),
        ),
    }
    let item = match &resolved(ir, &root.schema).0.shape {
        Shape::Array(array) => match &array.items.shape {
            Shape::Named(id) => component_name(&ir.ty(*id).name.origin),
            _ => None,
        },
        _ => None,
    };
    Some((xml, item.map(|name| repaired(&name))))
}

/// Every prefix that a namespace is declared with.
fn prefixes(ir: &Ir) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut add = |xml: &Xml| {
        if let (Some(prefix), Some(_)) = (&xml.prefix, &xml.namespace) {
            all.insert(prefix.clone());
        }
    };
    for content in ir.contents() {
        if let BodyKind::Xml(root) = &content.kind {
            add(&root.xml);
        }
    }
    for ty in ir.types.iter().filter(|ty| ty.usage.xml) {
        match &ty.kind {
            TypeKind::Struct(object) => {
                object.fields.iter().filter_map(|field| field.xml.as_deref()).for_each(&mut add);
            }
            TypeKind::Union(union) => {
                union.variants.iter().filter_map(|variant| variant.xml.as_deref()).for_each(&mut add);
            }
            TypeKind::Alias(_) | TypeKind::Enum(_) => {}
        }
        ty.kind.each_schema(&mut |schema| {
            if let Shape::Array(array) = &schema.shape {
                array.xml.as_deref().into_iter().for_each(&mut add);
            }
        });
    }
    all
}

/// What the element of a union's member is called, if anything is said of it.
fn settled_variant(
    mut xml: Xml,
    origin: &Pointer,
    prefixes: &BTreeSet<String>,
    sink: &mut Diagnostics,
) -> Option<Box<Xml>> {
    if matches!(xml.node, XmlNode::Attribute | XmlNode::Text | XmlNode::Cdata) {
        misplaced("a member of a union is an element", origin, sink);
    }
    xml.node = XmlNode::Element;
    if let Some(name) = &mut xml.name {
        legal(name, origin, sink);
    }
    bound(&xml, prefixes, origin, sink);
    (xml != Xml::default()).then(|| Box::new(xml))
}

fn settle_field(
    ir: &Ir,
    field: &mut Field,
    travels: bool,
    prefixes: &BTreeSet<String>,
    sink: &mut Diagnostics,
) {
    let origin = field.schema.origin.clone();
    if !travels {
        return;
    }
    let mut xml = field.xml.take().map_or_else(Xml::default, |xml| *xml);
    let (schema, named) = resolved(ir, &field.schema);
    let is_list = matches!(schema.shape, Shape::Array(_));
    let is_union = matches!(named, Some(TypeKind::Union(_)));
    let is_text = match (&schema.shape, named) {
        (Shape::Array(array), _) => is_primitive(ir, &array.items),
        _ => is_primitive(ir, schema) || is_union,
    };
    match xml.node {
        XmlNode::Attribute | XmlNode::Text | XmlNode::Cdata if !is_text => {
            misplaced("attributes and text hold primitive values only", &origin, sink);
            xml.node = XmlNode::Element;
        }
        XmlNode::Wrapper if !is_list && !is_union => xml.node = XmlNode::Element,
        _ => {}
    }
    if matches!(xml.node, XmlNode::Text | XmlNode::Cdata) {
        field.xml = Some(Box::new(Xml { node: xml.node, ..Xml::default() }));
        return;
    }
    // The name beside a list is that of what wraps it.
    let is_ignored = is_list && xml.node == XmlNode::Element;
    let mut name = xml.name.filter(|_| !is_ignored).unwrap_or_else(|| field.name.wire.clone());
    legal(&mut name, &origin, sink);
    xml.name = Some(name);
    bound(&xml, prefixes, &origin, sink);
    let usual = Xml { name: Some(field.name.wire.clone()), ..Xml::default() };
    field.xml = (xml != usual).then(|| Box::new(xml));
}

/// Settles the items of the lists in a schema.
fn items(schema: &mut Schema, travels: bool, prefixes: &BTreeSet<String>, sink: &mut Diagnostics) {
    match &mut schema.shape {
        Shape::Array(array) => {
            array.xml = array.xml.take().filter(|_| travels).and_then(|mut xml| {
                if matches!(xml.node, XmlNode::Attribute | XmlNode::Text | XmlNode::Cdata) {
                    misplaced("each item is an element", &array.items.origin, sink);
                }
                xml.node = XmlNode::Element;
                if let Some(name) = &mut xml.name {
                    legal(name, &array.items.origin, sink);
                }
                bound(&xml, prefixes, &array.items.origin, sink);
                (*xml != Xml::default()).then_some(xml)
            });
            items(&mut array.items, travels, prefixes, sink);
        }
        Shape::Map(map) => items(&mut map.values, travels, prefixes, sink),
        _ => {}
    }
}

fn each_schema_mut(kind: &mut TypeKind, visit: &mut impl FnMut(&mut Schema)) {
    match kind {
        TypeKind::Struct(object) => {
            object.fields.iter_mut().for_each(|field| visit(&mut field.schema));
            if let Additional::Kept { values, .. } = &mut object.additional {
                visit(values);
            }
        }
        TypeKind::Union(union) => union.variants.iter_mut().for_each(|variant| visit(&mut variant.schema)),
        TypeKind::Alias(alias) => visit(&mut alias.schema),
        TypeKind::Enum(_) => {}
    }
}

/// A schema with aliases followed, and the type that it then names.
fn resolved<'a>(ir: &'a Ir, schema: &'a Schema) -> (&'a Schema, Option<&'a TypeKind>) {
    let mut schema = schema;
    for _ in 0..ir.types.len() {
        match &schema.shape {
            Shape::Named(id) => match &ir.ty(*id).kind {
                TypeKind::Alias(alias) => schema = &alias.schema,
                kind => return (schema, Some(kind)),
            },
            _ => break,
        }
    }
    (schema, None)
}

fn is_primitive(ir: &Ir, schema: &Schema) -> bool {
    let (schema, named) = resolved(ir, schema);
    match (&schema.shape, named) {
        (_, Some(kind)) => matches!(kind, TypeKind::Enum(_)),
        (shape, None) => !matches!(shape, Shape::Array(_) | Shape::Map(_) | Shape::Named(_)),
    }
}

/// Gives properties that would be the same element or attribute their own names: one that several refer
/// to is that of what they have in common, and tells them apart no more.
fn collisions(fields: &mut [Field], sink: &mut Diagnostics) {
    let node = |field: &Field| {
        let xml = field.xml.as_deref();
        let name = xml.map_or_else(|| Some(field.name.wire.clone()), |xml| xml.name.clone());
        let is_attribute = xml.is_some_and(|xml| xml.node == XmlNode::Attribute);
        (is_attribute, xml.and_then(|xml| xml.namespace.clone()), name)
    };
    let nodes: Vec<_> = fields.iter().map(node).collect();
    for (at, key) in nodes.iter().enumerate() {
        let Some(first) = nodes.iter().position(|other| other == key).filter(|first| *first < at) else {
            continue;
        };
        let (name, of) = (&fields[at].name, &fields[first].name);
        sink.push(
            Diagnostic::new(
                Code::SameElement,
                format!("`{}` and `{}` are the same in XML", of.wire, name.wire),
                Place::key(&name.origin),
                "each is called as the property is",
            )
            .with_secondary(Place::key(&of.origin), "the first")
            .with_help("give one of them another `xml: {name: ...}`"),
        );
        for at in [first, at] {
            let wire = repaired(&fields[at].name.wire);
            if let Some(name) = fields[at].xml.as_deref_mut().and_then(|xml| xml.name.as_mut()) {
                *name = wire;
            }
        }
    }
}

fn misplaced(why: &str, at: &Pointer, sink: &mut Diagnostics) {
    sink.push(Diagnostic::new(
        Code::MisplacedXml,
        format!("an XML Object that does not fit its schema: {why}"),
        Place::value(at),
        "taken as an element",
    ));
}

fn bound(xml: &Xml, prefixes: &BTreeSet<String>, at: &Pointer, sink: &mut Diagnostics) {
    if let (Some(prefix), None) = (&xml.prefix, &xml.namespace)
        && !prefixes.contains(prefix)
    {
        sink.push(
            Diagnostic::new(
                Code::UnboundPrefix,
                format!("the prefix `{prefix}` stands for no namespace"),
                Place::value(at),
                "left out where it is written",
            )
            .with_help("add `namespace` beside it"),
        );
    }
}

/// Makes a name one that XML can hold.
fn legal(name: &mut String, at: &Pointer, sink: &mut Diagnostics) {
    let legal = repaired(name);
    if legal != *name {
        sink.push(
            Diagnostic::new(
                Code::XmlName,
                format!("no element or attribute can be called {name:?}"),
                Place::value(at),
                format!("called `{legal}` in XML"),
            )
            .with_help("add `xml: {name: ...}`"),
        );
        *name = legal;
    }
}

fn repaired(name: &str) -> String {
    let is_start = |character: char| character.is_alphabetic() || character == '_';
    let is_inside =
        |character: char| is_start(character) || character.is_ascii_digit() || "-.".contains(character);
    // One colon is that of a prefix.
    let colon = name.find(':').filter(|at| {
        let (prefix, local) = (&name[..*at], &name[at + 1..]);
        prefix.starts_with(is_start) && local.starts_with(is_start)
    });
    let mut legal = String::new();
    for (at, character) in name.char_indices() {
        if legal.is_empty() && !is_start(character) && is_inside(character) {
            legal.push('_');
        }
        legal.push(if is_inside(character) || Some(at) == colon { character } else { '_' });
    }
    if legal.is_empty() { "_".to_owned() } else { legal }
}
