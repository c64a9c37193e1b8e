//! What all Rust backends share: types, docs, formatting, file sets.
//!
//! [`emit`] makes the modules that both sides of a contract need: `types`, `operations` and
//! `responses`. Backends build theirs with the same parts: tokens that name everything by its
//! absolute path, gathered in a [`Module`] that computes the imports and formats item by item.

mod docs;
mod examples;
mod file_set;
mod format;
mod ident;
mod imports;
mod layout;
mod member;
mod module;
mod operations;
pub mod paths;
mod rename;
mod response;
mod rust_type;
mod schema;
pub mod scope;
mod tables;
mod tighten;
mod types;

pub use docs::{attributes, code, doc_lines, docs, one_line};
pub use examples::examples;
pub use file_set::{FileSet, Options};
pub use ident::{ident, number, shouty};
pub use layout::{Declared, Layout, content_ty, payload, request_body, shared_body};
pub use module::{Module, allow_deprecated};
pub use rust_type::{Argument, Presence, argument, is_nullable, place, text_argument, ty};

use specwright_ir::Ir;

/// What an emitting function may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The contract.
    pub ir: &'a Ir,
    /// How to write it down.
    pub options: &'a Options,
}

/// Emits the modules that server and client share: `src/types`, `src/operations`, `src/responses.rs`.
pub fn emit(ir: &Ir, options: &Options) -> FileSet {
    let mut files = emit_types(ir, options);
    files.extend(emit_operations(ir, options));
    files
}

/// Emits `src/types` alone.
pub fn emit_types(ir: &Ir, options: &Options) -> FileSet {
    types::files(Context { ir, options })
}

/// Emits `src/operations` and `src/responses.rs` alone.
pub fn emit_operations(ir: &Ir, options: &Options) -> FileSet {
    let cx = Context { ir, options };
    let mut files = operations::files(cx);
    files.extend(response::files(cx));
    files
}
