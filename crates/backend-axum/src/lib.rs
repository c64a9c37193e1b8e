//! Server traits and a router on axum.
//!
//! `src/server/mod.rs` holds what the whole service has in common: who calls, one trait over all tags,
//! the router. `src/server/<tag>.rs` holds a tag: the trait that a service implements, and the
//! handlers that read a call and write its answer.
//!
//! [`scaffold`] emits the beginnings of a crate that implements those traits and belongs to people.

mod authenticate;
mod handler;
pub mod scaffold;
mod security;
mod server;
mod tag;

use specwright_ir::{Ir, TagId};
use specwright_rust_emit::{Context, FileSet, Options};

/// Emits the modules of the server: `src/server/mod.rs` and a file for each tag.
pub fn emit(ir: &Ir, options: &Options) -> FileSet {
    let cx = Context { ir, options };
    let mut files = FileSet::default();
    files.insert("src/server/mod.rs", server::server(cx).to_source(cx));
    for (index, tag) in ir.tags.iter().enumerate() {
        let path = format!("src/server/{}.rs", tag.name.file_stem());
        files.insert(path, tag::tag(cx, TagId(index)).to_source(cx));
    }
    files
}
