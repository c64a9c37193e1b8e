//! A client on reqwest.
//!
//! `src/client/mod.rs` holds the client and its builder. `src/client/<tag>.rs` holds a tag: the trait
//! by which callers may substitute it, the group of methods that a client has for it, and how its
//! requests and answers look in HTTP.

mod client;
mod credential;
mod group;
mod output;
mod tag;

use specwright_ir::{Ir, TagId};
use specwright_rust_emit::{Context, FileSet, Options};

/// Emits the modules of the client: `src/client/mod.rs` and a file for each tag.
pub fn emit(ir: &Ir, options: &Options) -> FileSet {
    let cx = Context { ir, options };
    let mut files = FileSet::default();
    files.insert("src/client/mod.rs", client::client(cx).to_source(cx));
    for (index, tag) in ir.tags.iter().enumerate() {
        let path = format!("src/client/{}.rs", tag.name.file_stem());
        files.insert(path, tag::tag(cx, TagId(index)).to_source(cx));
    }
    files
}
