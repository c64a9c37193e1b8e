//! Whether a tree has the shape that its version of OpenAPI gives it.
//!
//! [`openapi`], [`schema`] and [`swagger`] are tables of the specification's objects; one walk over the tree
//! reports everything that is unknown, missing or of the wrong type. What a table cannot say is a rule of an
//! object, in [`rules`], [`schema_rules`] and [`swagger_rules`]. The walk also gathers references for
//! [`crate::reference`].

mod grammar;
mod openapi;
mod order;
mod place;
mod report;
mod rules;
mod schema;
mod schema_rules;
mod swagger;
mod swagger_rules;
mod walk;

use serde_json::Value;

pub(crate) use grammar::{Fate, Field, Kind, Object};
pub(crate) use openapi::{EXAMPLE, INFO, LICENSE, OPENAPI, PARAMETER, RESPONSE, TAG};
pub(crate) use order::canonical;
pub(crate) use place::{kind_at, root_kind};
pub(crate) use report::with_article;
pub(crate) use schema::SCHEMA;
pub(crate) use swagger::{SWAGGER, SWAGGER_SCHEMA};
pub(crate) use walk::{Check, Reference};

/// What a value is, in a sentence.
pub(crate) const fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The known word that was probably meant: the same but for case and separators, or one or two slips
/// in a word long enough.
pub(crate) fn near_miss<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |word: &str| word.replace(['_', '-', ' '], "").to_lowercase();
    let wanted = plain(word);
    let slips = match word.chars().count() {
        0..=4 => 0,
        5..=7 => 1,
        _ => 2,
    };
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &plain(candidate)), candidate))
        .filter(|(distance, _)| *distance <= slips)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::near_miss;

    #[test]
    fn slips_and_case_are_near_misses() {
        let known = ["operationId", "in", "required", "type"];
        assert_eq!(near_miss("operationID", known), Some("operationId"));
        assert_eq!(near_miss("operation_id", known), Some("operationId"));
        assert_eq!(near_miss("reqiured", known), Some("required"));
        assert_eq!(near_miss("id", known), None);
        assert_eq!(near_miss("tags", known), None);
    }
}
