---
source: crates/rust-emit/tests/it/types.rs
expression: "file(&ir, \"src/types/pet.rs\")"
---
//! `Pet`

use specwright_runtime::{Described, Property, Schema};

/// `Pet`
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Pet {
    /// Read only: part of responses.
    pub id: Option<String>,
}

specwright_runtime::object!(Pet { id: optional "id" });

specwright_runtime::setters!(Pet { id: with_id(impl Into<String>) });

impl Described for Pet {
    fn schema() -> &'static Schema {
        static SCHEMA: Schema = Schema::object(&[Property::optional("id", &Schema::string())]);
        &SCHEMA
    }
}
