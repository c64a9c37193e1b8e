//! Bodies: in each media type that is declared.

use std::collections::BTreeMap;

use serde_json::{Map as Members, Value};
use specwright_ir::{
    BodyKind, Content as Declared, Encoding, Form, Ir, PartHeader, Schema, Shape, StringFormat, Style,
    TypeKind, VALUE, Written,
};

use crate::edge::Verdict;
use crate::fits::fits;
use crate::value::{Extent, value};
use crate::vector::{Body, Content, Part};
use crate::walk::{Change, changes};
use crate::wire::{self, Parts as Pieces};
use crate::xml;

/// A body of the declared media type; without one, why.
pub(crate) fn body(ir: &Ir, declared: &Declared, extent: Extent) -> Result<Body, String> {
    let text =
        |text: &str| Ok(Body { media_type: media_type(declared)?, content: Content::Text(text.to_owned()) });
    match (&declared.kind, declared.kind.schema()) {
        (BodyKind::Text, _) => text("text"),
        (_, Some(schema)) => of_value(ir, declared, value(ir, schema, extent)?),
        _ => text("octets"),
    }
}

/// The first example of a body that can be written.
pub(crate) fn example(ir: &Ir, declared: &Declared) -> Option<Body> {
    let mut fitting = declared.examples.iter().filter(|example| example.defect.is_none());
    fitting.find_map(|example| of_value(ir, declared, example.value.clone()).ok())
}

/// The body that has this value; a stream has it as its only one.
pub(crate) fn of_value(ir: &Ir, declared: &Declared, value: Value) -> Result<Body, String> {
    let media_type = media_type(declared)?;
    let content = match &declared.kind {
        BodyKind::Json(_) => Content::Json(value),
        BodyKind::Form(form) => Content::Form(pairs(form, &members(ir, form, value)?)?.join("&")),
        BodyKind::Multipart(form) => Content::Parts(parts(ir, form, &members(ir, form, value)?)?),
        BodyKind::Scalar(_) => Content::Text(text(&value, false)),
        BodyKind::Events(_) => Content::Text(format!("data: {}\n\n", text(&value, false))),
        BodyKind::Items(_) if media_type.contains("seq") => Content::Text(format!("\u{1e}{value}\n")),
        BodyKind::Items(_) => Content::Text(format!("{value}\n")),
        // An example is a document as it stands on the wire, or the value that one is.
        BodyKind::Xml(root) => match &value {
            Value::String(text) if text.trim_start().starts_with('<') => {
                xml::read(ir, root, text)?;
                Content::Xml(text.trim().to_owned())
            }
            value => Content::Xml(xml::write(ir, root, value)?),
        },
        BodyKind::Text | BodyKind::Bytes => return Err("a body without a schema has no values".to_owned()),
    };
    Ok(Body { media_type, content })
}

/// A body of more characters is not varied.
const LONG: usize = 1000;

/// So many variants of a body are enough.
const ENOUGH: usize = 24;

/// What is refused whatever a body is written in: values of the right type, beyond a boundary.
const REFUSED: [&str; 7] =
    ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "maxLength", "pattern"];

/// The boundaries inside of a body of XML or of a form, each with the body that is there.
pub(crate) fn varied(ir: &Ir, declared: &Declared) -> Vec<(Change, Body)> {
    let (Some(schema), Ok(media_type)) = (declared.kind.schema(), media_type(declared)) else {
        return Vec::new();
    };
    let is_varied = |at: &str| match &declared.kind {
        BodyKind::Xml(_) => true,
        BodyKind::Form(form) | BodyKind::Multipart(form) => is_plain(ir, form, at),
        _ => false,
    };
    let made = |extent| {
        let value = value(ir, schema, extent).ok()?;
        of_value(ir, declared, value.clone()).ok().filter(|_| value.to_string().len() <= LONG).map(|_| value)
    };
    let Some(whole) = made(Extent::Full).or_else(|| made(Extent::Least)) else { return Vec::new() };
    let bodies = changes(ir, schema, &whole).into_iter().filter(|change| is_varied(&change.at));
    let bodies = bodies.filter_map(|change| {
        let body = match change.verdict {
            // A form has no word for it that is sure to be read so.
            Verdict::Accepted(_) if change.changed.pointer(&change.at).is_some_and(is_nothing) => None,
            Verdict::Accepted(_) => of_value(ir, declared, change.changed.clone()).ok(),
            Verdict::Refused(constraint) if REFUSED.contains(&constraint) => {
                let content = illegal(ir, declared, &change.changed)?;
                Some(Body { media_type: media_type.clone(), content })
            }
            Verdict::Refused(_) => None,
        };
        Some((change, body?))
    });
    bodies.take(ENOUGH).collect()
}

/// Whether a member of a form is neither a file nor a part with headers.
fn is_plain(ir: &Ir, form: &Form, at: &str) -> bool {
    let Some(name) = at.split('/').nth(1).map(|name| name.replace("~1", "/").replace("~0", "~")) else {
        return false;
    };
    let is_file = property(ir, &form.schema, &name).is_none_or(|schema| is_file(ir, schema));
    !is_file && headers(form, &name).is_empty()
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// What a body holds that has a value which its schema forbids.
fn illegal(ir: &Ir, declared: &Declared, value: &Value) -> Option<Content> {
    match (&declared.kind, value) {
        (BodyKind::Xml(root), value) => xml::write_any(ir, root, value).ok().map(Content::Xml),
        (BodyKind::Form(form), Value::Object(members)) => {
            pairs(form, members).ok().map(|pairs| Content::Form(pairs.join("&")))
        }
        (BodyKind::Multipart(form), Value::Object(members)) => {
            parts(ir, form, members).ok().map(Content::Parts)
        }
        _ => None,
    }
}

/// The media type as a request or an answer says it.
fn media_type(declared: &Declared) -> Result<String, String> {
    let wire = &declared.name.wire;
    match declared.kind {
        BodyKind::Bytes if wire.contains('*') => Ok(one_of(wire).to_owned()),
        _ if wire.contains('*') => Err(format!("`{wire}` is a range of media types")),
        _ => Ok(wire.clone()),
    }
}

/// A media type within a range. Octets that are of no type in particular are sent as such.
fn one_of(range: &str) -> &'static str {
    match range.split('/').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "audio" => "audio/mpeg",
        "font" => "font/woff2",
        "image" => "image/png",
        "multipart" => "multipart/mixed; boundary=boundary",
        "video" => "video/mp4",
        _ => "application/octet-stream",
    }
}

/// The members that are written: an empty list leaves nothing of itself.
fn members(ir: &Ir, form: &Form, value: Value) -> Result<Members<String, Value>, String> {
    let Value::Object(mut members) = value else { return Err("a form is an object".to_owned()) };
    members.retain(|_, member| match member {
        Value::Null => false,
        Value::Array(items) => !items.is_empty() && !items.iter().any(Value::is_null),
        _ => true,
    });
    let whole = Value::Object(members.clone());
    if fits(ir, &whole, &form.schema) {
        Ok(members)
    } else {
        Err("a form has no word for an empty list".to_owned())
    }
}

fn written<'a>(form: &'a Form, name: &str) -> Option<&'a Written> {
    form.encodings.iter().find(|Encoding { property, .. }| property == name).map(|encoding| &encoding.written)
}

/// The headers of a property's parts, and how each is written.
fn headers<'a>(form: &'a Form, name: &str) -> &'a [PartHeader] {
    let found = form.encodings.iter().find(|encoding| encoding.property == name);
    found.map_or(&[], |encoding| &encoding.headers)
}

/// What a part holds, and its headers as text.
fn apart<'a>(
    declared: &[PartHeader],
    part: &'a Value,
) -> Result<(&'a Value, BTreeMap<String, String>), String> {
    if declared.is_empty() {
        return Ok((part, BTreeMap::new()));
    }
    let mut headers = BTreeMap::new();
    for header in declared {
        let name = &header.wire;
        let Some(value) = part.get(name) else { continue };
        let text = wire::header_of(header.style, header.explode, value);
        headers.insert(name.to_lowercase(), text.map_err(|why| format!("the header `{name}`: {why}"))?);
    }
    Ok((part.get(VALUE).unwrap_or(&Value::Null), headers))
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

/// A text of its own, or JSON.
fn text(value: &Value, as_json: bool) -> String {
    match value {
        Value::String(text) if !as_json => text.clone(),
        value => value.to_string(),
    }
}

fn pairs(form: &Form, members: &Members<String, Value>) -> Result<Vec<String>, String> {
    let mut pairs = Vec::new();
    for (name, value) in members {
        if let Some(Written::Styled { style, explode, .. }) = written(form, name) {
            let parts = pieces(name, *style, value)?;
            pairs.extend(wire::pairs(name, *style, *explode, &parts));
        } else {
            let as_json = matches!(written(form, name), Some(Written::Json));
            let texts = items(value).iter().map(|item| text(item, as_json));
            pairs.extend(texts.map(|text| format!("{}={}", wire::encode(name), wire::encode(&text))));
        }
    }
    Ok(pairs)
}

/// What a style writes of a value; brackets are told of objects only.
fn pieces(name: &str, style: Style, value: &Value) -> Result<Pieces, String> {
    let is_told = |pieces: &Pieces| style != Style::DeepObject || !matches!(pieces, Pieces::Items(_));
    Pieces::of(value).filter(is_told).ok_or_else(|| format!("`{name}` has no place in its style"))
}

fn parts(ir: &Ir, form: &Form, members: &Members<String, Value>) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    for (name, value) in members {
        let declared = match written(form, name) {
            Some(Written::Part(declared)) => {
                declared.split(',').map(str::trim).find(|one| !one.contains('*'))
            }
            Some(Written::Json) => Some("application/json"),
            _ => None,
        };
        if let Some(Written::Styled { style, explode, .. }) = written(form, name) {
            let pieces = pieces(name, *style, value)?;
            let pairs = wire::unencoded_pairs(name, *style, *explode, &pieces)
                .ok_or_else(|| format!("`{name}` has what stands between its parts"))?;
            let part = |(name, text)| Part { name, text, ..Part::default() };
            parts.extend(pairs.into_iter().map(part));
            continue;
        }
        let is_file = property(ir, &form.schema, name).is_some_and(|schema| is_file(ir, schema));
        for item in items(value) {
            let (item, headers) = apart(headers(form, name), item)?;
            let is_json = declared.is_some_and(|declared| declared.contains("json"));
            let mut part = Part {
                name: name.clone(),
                file: None,
                media_type: declared.map(str::to_owned),
                headers,
                text: text(item, is_json),
            };
            if is_file {
                part.file = Some("file".to_owned());
                part.media_type.get_or_insert_with(|| "application/octet-stream".to_owned());
            } else if item.is_object() || item.is_array() {
                part.media_type.get_or_insert_with(|| "application/json".to_owned());
            }
            parts.push(part);
        }
    }
    Ok(parts)
}

fn property<'a>(ir: &'a Ir, schema: &'a Schema, name: &str) -> Option<&'a Schema> {
    match &schema.shape {
        Shape::Map(map) => Some(&map.values),
        Shape::Named(id) => match &ir.ty(*id).kind {
            TypeKind::Alias(alias) => property(ir, &alias.schema, name),
            TypeKind::Struct(object) => {
                object.fields.iter().find(|field| field.name.wire == name).map(|field| &field.schema)
            }
            TypeKind::Enum(_) | TypeKind::Union(_) => None,
        },
        _ => None,
    }
}

fn is_file(ir: &Ir, schema: &Schema) -> bool {
    match &schema.shape {
        Shape::String(rules) => rules.format == StringFormat::File,
        Shape::Array(array) => is_file(ir, &array.items),
        Shape::Named(id) => matches!(&ir.ty(*id).kind, TypeKind::Alias(alias) if is_file(ir, &alias.schema)),
        _ => false,
    }
}
