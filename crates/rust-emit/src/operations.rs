//! `src/operations`: a file a tag, with what is said of each operation.

mod link;
mod metadata;
mod outcome;
mod request;

pub(crate) use self::metadata::encoding;

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{Operation, Role, Scheme, SchemeKind, Server, TagId, Tokens};

use crate::scope::tag_docs;
use crate::types::module_item;
use crate::{Context, FileSet, Module, attributes, code, events_only, ident, one_line, paths};

/// The files below `src/operations`.
pub fn files(cx: Context<'_>) -> FileSet {
    let mut files = FileSet::default();
    let mut tags: Vec<usize> = (0..cx.ir.tags.len()).collect();
    tags.sort_by_key(|index| &cx.ir.tags[*index].name.snake);
    let mut index = Module::new("The operations of the contract: what is asked, what is answered.");
    for tag in &tags {
        let module = ident(&cx.ir.tags[*tag].name.snake);
        let stem = cx.ir.tags[*tag].name.file_stem();
        let cfg = events_only(cx.ir.tags[*tag].role.is_event());
        index.push(module_item(&quote!(#cfg pub mod #module;), stem, "operations"));
    }
    index.push(servers(&cx.ir.servers));
    let mut schemes: Vec<&Scheme> = cx.ir.schemes.iter().collect();
    schemes.sort_by(|a, b| a.name.snake.cmp(&b.name.snake));
    for scheme in schemes {
        index.push(self::scheme(scheme));
    }
    files.insert("src/operations/mod.rs", index.to_source(cx));
    for tag in tags {
        let stem = cx.ir.tags[tag].name.file_stem();
        files.insert(format!("src/operations/{stem}.rs"), module(cx, TagId(tag)).to_source(cx));
    }
    files
}

fn module(cx: Context<'_>, tag: TagId) -> Module {
    let name = &cx.ir.tags[tag.0].name;
    let title = match one_line(&cx.ir.tags[tag.0].docs.description) {
        line if line.is_empty() => code(&name.wire),
        line => line,
    };
    let title = match (cx.ir.tags[tag.0].role, title) {
        (Role::Api, title) if title.is_empty() => "Operations without a tag.".to_owned(),
        (Role::Api, title) => title,
        _ => tag_docs(&cx.ir.tags[tag.0]),
    };
    let mut module = Module::new(title).home(&format!("crate::operations::{}", name.snake));
    let mut operations: Vec<&Operation> = cx.ir.operations_of(tag).collect();
    operations.sort_by(|a, b| a.name.snake.cmp(&b.name.snake));
    let mut shared = metadata::Shared::new(cx.ir, &operations);
    for operation in operations {
        module.push(request::items(cx, operation));
        module.push(outcome::items(cx, operation));
        module.push(metadata::item(cx, operation, &mut shared));
        module.push(request::table(operation));
    }
    module.push(shared.items());
    module
}

/// The root's servers.
fn servers(servers: &[Server]) -> TokenStream {
    let servers = server_list(servers);
    quote! {
        /// The servers that the document names.
        pub const SERVERS: &[::specwright_runtime::Server] = #servers;
    }
}

/// `&[Server { .. }]`
fn server_list(servers: &[Server]) -> TokenStream {
    let servers = servers.iter().map(|Server { url, variables, .. }| {
        let variables = variables.iter().map(|variable| {
            let (name, default, values) = (&variable.name, &variable.default, &variable.values);
            quote!(::specwright_runtime::ServerVariable { name: #name, default: #default, values: &[#(#values),*] })
        });
        quote!(::specwright_runtime::Server { url: #url, variables: &[#(#variables),*] })
    });
    quote!(&[#(#servers),*])
}

fn scheme(scheme: &Scheme) -> TokenStream {
    let name = paths::scheme_name(scheme);
    let wire = &scheme.name.wire;
    let mut docs = match crate::doc_lines(&scheme.docs.description) {
        lines if lines.is_empty() => vec![code(wire)],
        lines => lines,
    };
    docs.extend(crate::credentials::tokens(scheme));
    let docs = attributes(&docs);
    let token_url = scheme.tokens.as_ref().and_then(Tokens::client_credentials);
    let token_url = token_url.map(|url| quote!(.token_url(#url)));
    let discovery = scheme.tokens.as_ref().and_then(Tokens::discovery);
    let discovery = discovery.map(|url| quote!(.discovery_url(#url)));
    let kind = match &scheme.kind {
        SchemeKind::Bearer { .. } => quote!(Bearer),
        SchemeKind::Basic => quote!(Basic),
        SchemeKind::Http { scheme } => quote!(Http(#scheme)),
        SchemeKind::HeaderKey { header } => quote!(HeaderKey(#header)),
        SchemeKind::QueryKey { parameter } => quote!(QueryKey(#parameter)),
        SchemeKind::CookieKey { cookie } => quote!(CookieKey(#cookie)),
        SchemeKind::MutualTls => quote!(MutualTls),
    };
    quote! {
        #docs
        pub static #name: ::specwright_runtime::Scheme =
            ::specwright_runtime::Scheme::new(#wire, ::specwright_runtime::SchemeKind::#kind) #token_url #discovery;
    }
}
