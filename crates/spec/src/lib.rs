//! Bytes of an OpenAPI document to the intermediate representation.
//!
//! [`Document::load`] reads, applies overlays and checks; what it returns has the shape that OpenAPI
//! says, and references that lead somewhere. [`lower`] makes an [`specwright_ir::Ir`] of it, repaired
//! where that is possible, refused where not, and with a Rust name for every item.

mod allowance;
mod bundle;
pub mod coverage;
mod document;
mod load;
mod locate;
mod lower;
mod names;
mod overlay;
mod reference;
mod settings;
mod structure;
mod typed;
mod upgrade;
mod version;

pub use document::{Document, Resolved};
pub use load::{Library, Source};
pub use lower::{Lowered, lower};
pub use names::Lock;
pub use settings::{Allowance, Settings};
