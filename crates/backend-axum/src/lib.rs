//! Server traits and a router on axum.
//!
//! `src/server/mod.rs` holds what the whole service has in common: who calls, one trait over all tags,
//! the router. `src/server/<tag>.rs` holds a tag: the trait that a service implements, and the
//! handlers that read a call and write its answer.
//!
//! `src/receiver` holds the same for webhooks and callbacks, which the API's consumer answers.
//!
//! [`conformance()`] emits tests of what it emits, through the client and back.
//!
//! [`scaffold`] emits the beginnings of a crate that implements those traits and belongs to people.

mod authenticate;
mod conformance;
mod handler;
pub mod scaffold;
mod security;
mod server;
mod tag;

pub use conformance::conformance;
use specwright_ir::Ir;
use specwright_rust_emit::{Context, FileSet, Index, Options};

/// Emits the modules of the server: `src/server/mod.rs` and a file for each tag.
pub fn emit(ir: &Ir, options: &Options) -> FileSet {
    side(Context::new(ir, options, &Index::of(ir)))
}

/// Emits the modules of the receiver, in the same way; nothing where there is nothing to receive.
pub fn emit_receiver(ir: &Ir, options: &Options) -> FileSet {
    if ir.has_events() {
        side(Context::new(ir, options, &Index::of(ir)).events())
    } else {
        FileSet::default()
    }
}

fn side(cx: Context<'_>) -> FileSet {
    let module = server::module_name(cx);
    let mut files = FileSet::default();
    files.insert(format!("src/{module}/mod.rs"), server::server(cx).to_source(cx));
    for (id, tag) in cx.tags() {
        let path = format!("src/{module}/{}.rs", tag.name.file_stem());
        files.insert(path, tag::tag(cx, id).to_source(cx));
    }
    files
}
