//! Bytes of an OpenAPI document to the intermediate representation.
//!
//! [`Document::load`] reads, applies overlays and checks; what it returns has the shape that OpenAPI
//! says, and references that lead somewhere. [`lower`] makes an [`specwright_ir::Ir`] of it.

mod document;

pub use document::{Document, Resolved, Source};
