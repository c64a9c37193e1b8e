//! A client on reqwest.
//!
//! `src/client/mod.rs` holds the client and its builder. `src/client/<tag>.rs` holds a tag: the trait
//! by which callers may substitute it, the group of methods that a client has for it, and how its
//! requests and answers look in HTTP. `src/sender` holds the same for webhooks and callbacks, which
//! the API's provider sends.

mod client;
mod credential;
mod group;
mod output;
mod sender;
mod tag;

use specwright_ir::Ir;
use specwright_rust_emit::{Context, FileSet, Index, Options};

/// Emits the modules of the client: `src/client/mod.rs` and a file for each tag.
pub fn emit(ir: &Ir, options: &Options) -> FileSet {
    let index = Index::of(ir);
    let cx = Context::new(ir, options, &index);
    let mut files = tags(cx);
    files.insert("src/client/mod.rs", client::client(cx).to_source(cx));
    files
}

/// Emits the modules of the sender, in the same way; nothing where there is nothing to send.
pub fn emit_sender(ir: &Ir, options: &Options) -> FileSet {
    if !ir.has_events() {
        return FileSet::default();
    }
    let index = Index::of(ir);
    let cx = Context::new(ir, options, &index).events();
    let mut files = tags(cx);
    files.insert("src/sender/mod.rs", sender::sender(cx).to_source(cx));
    files
}

/// The name of a side's module.
const fn module_name(cx: Context<'_>) -> &'static str {
    if cx.events { "sender" } else { "client" }
}

fn tags(cx: Context<'_>) -> FileSet {
    let mut files = FileSet::default();
    for (id, tag) in cx.tags() {
        let path = format!("src/{}/{}.rs", module_name(cx), tag.name.file_stem());
        files.insert(path, tag::tag(cx, id).to_source(cx));
    }
    files
}
