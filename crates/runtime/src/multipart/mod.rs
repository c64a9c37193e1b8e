//! `multipart/form-data`, and other multipart types whose parts have names: from values to parts and back.

pub(crate) mod parts;
pub(crate) mod read;
pub(crate) mod write;

use crate::schema::{Additional, ObjectRules, Shape};
use crate::{Format, Schema};

/// The schema of a list's items, or else the schema itself.
fn item(schema: &'static Schema) -> &'static Schema {
    match schema.resolved().shape {
        Shape::Array(rules) => rules.items,
        _ => schema,
    }
}

fn is_file(schema: &Schema) -> bool {
    matches!(schema.resolved().shape, Shape::String(rules) if rules.format == Some(Format::Binary))
}

fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The schema of a member.
fn member(rules: &ObjectRules, name: &str) -> Option<&'static Schema> {
    let property = rules.properties.iter().find(|property| property.name == name);
    match (property, rules.additional) {
        (Some(property), _) => Some(property.schema),
        (None, Additional::Checked(schema)) => Some(schema),
        (None, _) => None,
    }
}

/// What a part with headers holds is the member of this name; each of the others is a header.
const VALUE: &str = "value";

/// The schema of what a part with headers holds.
fn held(part: &'static Schema) -> &'static Schema {
    match part.resolved().shape {
        Shape::Object(rules) => member(&rules, VALUE).unwrap_or(part),
        _ => part,
    }
}
