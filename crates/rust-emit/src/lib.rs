//! What all Rust backends share: types, docs, formatting, file sets.
//!
//! [`emit`] makes the modules that both sides of a contract need: `types`, `operations` and
//! `responses`. Backends build theirs with the same parts: tokens that name everything by its
//! absolute path, gathered in a [`Module`] that computes the imports and formats item by item.

mod credentials;
mod docs;
mod examples;
mod file_set;
mod format;
mod ident;
mod imports;
mod index;
pub mod layout;
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
mod xml;

pub use credentials::scopes;
pub use docs::{attributes, code, doc_lines, docs, one_line};
pub use examples::examples;
pub use file_set::{FileSet, Options};
pub use ident::{ident, number, shouty};
pub use index::Index;
pub use layout::{Declared, Layout, content_ty, payload, request_body, shared_body};
use module::events_only;
pub use module::{Module, allow_deprecated};
pub use rust_type::{Argument, argument, is_nullable, own_ty, place, text_argument, ty};

use specwright_ir::{Ir, Operation, SchemeId, Tag, TagId};

/// What an emitting function may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The contract.
    pub ir: &'a Ir,
    /// Its names.
    pub index: &'a Index<'a>,
    /// How to write it down.
    pub options: &'a Options,
    /// Whether a side's modules are about webhooks and callbacks, not about the operations of `paths`.
    pub events: bool,
}

impl<'a> Context<'a> {
    /// What emits the modules of `paths`, and those that all operations share.
    pub fn new(ir: &'a Ir, options: &'a Options, index: &'a Index<'a>) -> Self {
        Self { ir, index, options, events: false }
    }

    /// What emits the modules of webhooks and callbacks.
    #[must_use]
    pub fn events(self) -> Self {
        Self { events: true, ..self }
    }

    /// The tags that a side's modules are about, in document order.
    pub fn tags(self) -> impl Iterator<Item = (TagId, &'a Tag)> {
        self.ir.tags_of(self.events)
    }

    /// The operations that a side's modules are about, in document order.
    pub fn operations(self) -> impl Iterator<Item = &'a Operation> {
        self.ir.operations.iter().filter(move |operation| operation.event.is_some() == self.events)
    }

    /// The schemes that those operations ask for, in document order.
    pub fn schemes(self) -> impl Iterator<Item = SchemeId> {
        let uses = move || self.operations().flat_map(|operation| &operation.security);
        let is_used = move |id| uses().flat_map(|one| &one.schemes).any(|used| used.scheme == id);
        (0..self.ir.schemes.len()).map(SchemeId).filter(move |id| is_used(*id))
    }
}

/// Emits the modules that server and client share: `src/types`, `src/operations`, `src/responses.rs`.
pub fn emit(ir: &Ir, options: &Options) -> FileSet {
    let mut files = emit_types(ir, options);
    files.extend(emit_operations(ir, options));
    files
}

/// Emits `src/types` alone.
pub fn emit_types(ir: &Ir, options: &Options) -> FileSet {
    types::files(Context::new(ir, options, &Index::of(ir)))
}

/// Emits `src/operations` and `src/responses.rs` alone.
pub fn emit_operations(ir: &Ir, options: &Options) -> FileSet {
    let index = Index::of(ir);
    let cx = Context::new(ir, options, &index);
    let mut files = operations::files(cx);
    files.extend(response::files(cx));
    files
}
