//! `tests/conformance`: a recording implementation of the traits, and a test for each operation.
//!
//! What the tests send and expect are vectors, one file of JSON a tag. Here they are only named.

use quote::quote;
use specwright_ir::{Ir, Name, Operation, SchemeId, SchemeKind, TagId};
use specwright_rust_emit::scope::free;
use specwright_rust_emit::{Context, FileSet, Index, Module, Options, code, ident, layout, one_line, paths};
use specwright_vectors::{Vectors, token, vectors};

use crate::security::{Security, credential};

const DOCS: &str =
    "What the contract says of its operations, held against client, router and a service that records.

Requests and answers are in the files of JSON beside the tests: as they stand on the wire, at the
boundaries of what is legal and just beyond them.";

/// The root of a test is so called.
const ROOT: &str = "main";

/// Emits the conformance tests of a crate, whose name is as Rust writes it.
pub fn conformance(ir: &Ir, options: &Options, krate: &str) -> FileSet {
    let vectors = vectors(ir);
    let index = Index::of(ir);
    // A module of the tests may have the crate's name.
    let is_taken = ir.tags.iter().any(|tag| tag.name.file_stem() == krate);
    let krate = &if is_taken { format!("::{krate}") } else { krate.to_owned() };
    let mut files = FileSet::default();
    let api = Side {
        cx: Context::new(ir, options, &index),
        path: format!("{krate}::server"),
        krate,
        vectors: &vectors,
    };
    if !ir.has_events() {
        api.files("tests/conformance", "main.rs", None, &mut files);
        return files;
    }
    let modules: Vec<&str> = api.cx.tags().map(|(_, tag)| tag.name.file_stem()).collect();
    let events = free("receiver", &modules).to_string();
    api.files("tests/conformance", "main.rs", Some(&events), &mut files);
    let receiver = Side { cx: api.cx.events(), path: format!("{krate}::receiver"), ..api };
    receiver.files(&format!("tests/conformance/{events}"), "mod.rs", None, &mut files);
    files
}

/// The tests of what one side answers: the operations of `paths`, or webhooks and callbacks.
struct Side<'a> {
    cx: Context<'a>,
    krate: &'a str,
    /// The path of its module.
    path: String,
    vectors: &'a [Vectors],
}

impl Side<'_> {
    fn files(&self, folder: &str, root: &str, nested: Option<&str>, files: &mut FileSet) {
        files.insert(format!("{folder}/{root}"), self.root(nested));
        for (id, tag) in self.cx.tags() {
            let (stem, vectors) = (stem(&tag.name), &self.vectors[id.0]);
            files.insert(format!("{folder}/{stem}.rs"), self.tag(id, vectors));
            files.insert(format!("{folder}/{stem}.json"), vectors.to_text());
        }
    }

    fn root(&self, nested: Option<&str>) -> String {
        let operations = self.cx.tags().flat_map(|(id, _)| self.vectors[id.0].operations.values());
        let unservable: Vec<_> = operations
            .filter_map(|operation| Some((operation.id.as_str(), operation.unservable.as_deref()?)))
            .collect();
        let mut docs = DOCS.to_owned();
        list(&mut docs, "Not served:", unservable.iter().map(|(id, why)| format!("{}: {why}", code(id))));
        let ids: Vec<_> = unservable.iter().map(|(id, _)| format!("{id:?}")).collect();
        let mut lines = vec![Module::new(docs).to_source(self.cx)];
        let mut modules: Vec<_> = self.cx.tags().map(|(_, tag)| &tag.name).collect();
        modules.sort_by(|one, other| one.file_stem().cmp(other.file_stem()));
        let modules = modules.iter().map(|name| module(name)).chain(nested);
        lines.extend(modules.map(|module| format!("#[rustfmt::skip]\nmod {};\n", ident(module))));
        let mut path = self.path.clone();
        if path.starts_with("::") {
            let taken: Vec<&str> = self.cx.tags().map(|(_, tag)| tag.name.file_stem()).collect();
            let name = free("sides", &taken);
            lines.push(format!("use {path} as {name};\n"));
            path = name.to_string();
        }
        lines.push(format!("specwright_runtime::recorder! {{ {path};"));
        lines.push(format!("    unservable: [{}];", ids.join(", ")));
        lines.extend(self.cx.schemes().map(|id| format!("    {},", scheme(self.cx.ir, id))));
        lines.push("}\n".to_owned());
        lines.join("\n")
    }

    fn tag(&self, id: TagId, vectors: &Vectors) -> String {
        let Self { cx, krate, path, .. } = self;
        let name = &cx.ir.tags[id.0].name;
        let mut operations: Vec<&Operation> = cx.ir.operations_of(id).collect();
        operations.sort_by(|one, other| one.name.snake.cmp(&other.name.snake));
        let mut docs = format!("The operations of {}.", code(&name.pascal));
        let untested = vectors.operations.iter().flat_map(|(test, vectors)| {
            vectors.untested.iter().map(move |why| format!("{}: {}", code(test), one_line(why)))
        });
        list(&mut docs, "Not tested:", untested);
        let (module, stem) = (ident(&name.snake), stem(name));
        let trait_name = ident(&name.pascal);
        // A tag may be called by a keyword that clippy wants to be seen.
        let is_unsafe = name.snake.contains("unsafe");
        let allow = if is_unsafe {
            "#[allow(clippy::unsafe_removed_from_name, reason = \"it is a tag's\")]\n"
        } else {
            ""
        };
        let mut lines = vec![
            Module::new(docs).to_source(*cx),
            "use super::{Recorder, SERVICE};".to_owned(),
            format!("{allow}use {krate}::operations::{module} as operations;"),
            format!("{allow}use {path}::{module} as server;\n"),
            format!(
                "specwright_runtime::conformance! {{ SERVICE: Recorder; include_str!(\"{stem}.json\"); server::{trait_name};"
            ),
        ];
        lines.extend(operations.into_iter().map(|operation| format!("    {},", row(*cx, operation))));
        lines.push("}\n".to_owned());
        lines.join("\n")
    }
}

/// The name of a tag's file. The root of the tests has one that a tag may have too.
fn stem(name: &Name) -> &str {
    if name.file_stem() == ROOT { "main_" } else { name.file_stem() }
}

/// The name of a tag's module.
fn module(name: &Name) -> &str {
    if name.file_stem() == ROOT { "main_" } else { &name.snake }
}

/// `customer_token: CustomerToken(Option<&str>) = token "credential-0"`
fn scheme(ir: &Ir, id: SchemeId) -> String {
    let scheme = ir.scheme(id);
    let (method, principal) = (ident(&scheme.name.snake), ident(&scheme.name.pascal));
    let credential = credential(scheme).ty.to_string().replace(' ', "");
    match scheme.kind {
        SchemeKind::MutualTls => format!("{method}: {principal}() = connection"),
        SchemeKind::Basic => format!("{method}: {principal}({credential}) = basic {:?}", token(ir, id)),
        _ => format!("{method}: {principal}({credential}) = token {:?}", token(ir, id)),
    }
}

/// `add_pet(operations::AddPetRequest) by Self::CustomerToken`, with `_asked` where the service picks
/// the media type.
fn row(cx: Context<'_>, operation: &Operation) -> String {
    let (method, request) = (ident(&operation.name.snake), paths::request_name(operation));
    let principal = Security::of(cx, operation).map(|security| {
        let name = security.enum_name();
        let ty = security.ty_of(&quote!(server::#name), |id| {
            let scheme = ident(&cx.ir.scheme(id).name.pascal);
            quote!(Self::#scheme)
        });
        let spaced =
            [(" :: ", "::"), (" < ", "<"), (" > ", ">"), (" >", ">"), (" ,", ","), ("Option <", "Option<")];
        let ty = spaced.iter().fold(ty.to_string(), |ty, (from, to)| ty.replace(from, to));
        format!(" by {ty}")
    });
    let asked = if layout::picks_media_type(cx.ir, operation) { ", _asked" } else { "" };
    format!("{method}(operations::{request}{asked}){}", principal.unwrap_or_default())
}

/// Adds a list to docs, where it has items.
fn list(docs: &mut String, title: &str, items: impl Iterator<Item = String>) {
    for (index, item) in items.enumerate() {
        if index == 0 {
            docs.extend(["\n\n", title, "\n"]);
        }
        docs.extend(["\n- ", &item]);
    }
}
