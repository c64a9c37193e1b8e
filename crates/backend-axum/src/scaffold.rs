//! The beginnings of a service: a crate that people fill in, every operation of which answers 501.
//!
//! `src/service.rs` holds the service and who calls it, `src/api/<tag>.rs` the implementation of a tag's
//! trait. What is emitted is laid out by prettyplease, which is not rustfmt: whoever writes the files to
//! disk has them formatted as their owner formats code.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use specwright_ir::{Ir, Operation, SchemeId, Tag, TagId};
use specwright_rust_emit::{
    Context, FileSet, Index, Module, Options, attributes, code, ident, layout, one_line, paths,
};

use crate::authenticate::place;
use crate::security::{Credential, Security, credential};

/// What the crate and its neighbour are called.
#[derive(Clone, Debug)]
pub struct Names {
    /// The crate that was generated from the contract, as Rust writes it.
    pub api: String,
    /// The type that implements its traits; none of the prelude's.
    pub service: String,
}

/// Emits the files of the scaffold that depend on the contract's operations.
pub fn emit(ir: &Ir, options: &Options, names: &Names) -> FileSet {
    let index = Index::of(ir);
    let scaffold = Scaffold::new(Context::new(ir, options, &index), names);
    let cx = scaffold.cx;
    let mut files = FileSet::default();
    files.insert("src/service.rs", scaffold.service().to_source(cx));
    files.insert("src/api/mod.rs", scaffold.modules().to_source(cx));
    for (id, tag) in cx.tags() {
        let path = format!("src/api/{}.rs", tag.name.file_stem());
        files.insert(path, scaffold.tag(id).to_source(cx));
    }
    files
}

struct Scaffold<'a> {
    cx: Context<'a>,
    api: Ident,
    service: Ident,
    /// The principal of each scheme, by the scheme's id.
    principals: Vec<Ident>,
}

impl<'a> Scaffold<'a> {
    fn new(cx: Context<'a>, names: &Names) -> Self {
        let mut taken = vec![names.service.clone()];
        for scheme in &cx.ir.schemes {
            let mut name = paths::suffixed(&scheme.name.pascal, "Principal");
            while taken.contains(&name) {
                name.push('_');
            }
            taken.push(name);
        }
        let principals = taken[1..].iter().map(|name| ident(name)).collect();
        Self { cx, api: ident(&names.api), service: ident(&names.service), principals }
    }

    /// `src/service.rs`
    fn service(&self) -> Module {
        let schemes: Vec<SchemeId> = self.cx.schemes().collect();
        let service = &self.service;
        let about = if schemes.is_empty() { "" } else { ", and who calls it" };
        let mut module = Module::new(format!("The service: what all operations share{about}."));
        module.push(quote! {
            #[doc = " What all operations share. Give it the fields that they need: a store, clients, settings."]
            #[derive(Debug, Default)]
            pub struct #service {}

            impl #service {
                /// A service that can do nothing yet.
                pub fn new() -> Self {
                    Self::default()
                }
            }

            impl ::specwright_runtime::server::Service for #service {
                /// Renders everything that is not an operation's own answer, in one format: a path or a
                /// method that does not exist (404, 405), a credential that is missing or not enough
                /// (401, 403), a request that breaks the contract (400, 406, 413, 415), an operation
                /// that failed or is not written yet (500, 501, 503).
                ///
                /// RFC 9457 problem details, unless you change it: a rejection has the status, the
                /// operation, and what is wrong with the request.
                fn reject(
                    &self,
                    rejection: &::specwright_runtime::Rejection,
                ) -> ::specwright_runtime::server::Response {
                    specwright_runtime::server::problem(rejection)
                }
            }
        });
        for scheme in &schemes {
            module.push(self.principal(*scheme));
        }
        if !schemes.is_empty() {
            module.push(self.authenticate(&schemes));
        }
        module
    }

    fn principal(&self, scheme: SchemeId) -> TokenStream {
        let name = &self.principals[scheme.0];
        let docs = attributes(&[format!(
            "Who calls with a credential of {}. Give it what operations need to know of them.",
            code(&self.cx.ir.scheme(scheme).name.wire)
        )]);
        quote! {
            #docs
            #[derive(Debug)]
            pub struct #name {}
        }
    }

    fn authenticate(&self, schemes: &[SchemeId]) -> TokenStream {
        let (api, service) = (&self.api, &self.service);
        let types = schemes.iter().map(|id| {
            let (name, principal) = (ident(&self.cx.ir.scheme(*id).name.pascal), &self.principals[id.0]);
            quote!(type #name = #principal;)
        });
        let methods = schemes.iter().map(|id| self.claim(*id));
        quote! {
            #[doc = " Until these methods know a credential, every operation that asks for one answers 401."]
            impl ::#api::server::Authenticate for #service {
                #(#types)*
                #(#methods)*
            }
        }
    }

    /// The method that turns a scheme's credential into its principal.
    fn claim(&self, id: SchemeId) -> TokenStream {
        let scheme = self.cx.ir.scheme(id);
        let (name, principal) = (ident(&scheme.name.snake), &self.principals[id.0]);
        let docs = attributes(&[format!("{}: {}.", code(&scheme.name.wire), place(&scheme.kind))]);
        let Credential { name: credential, ty, .. } = credential(scheme);
        let credential = unused(&credential);
        quote! {
            #docs
            async fn #name(
                &self,
                #credential: #ty,
                _request: ::specwright_runtime::server::SecurityRequest<'_>,
            ) -> ::specwright_runtime::server::Authentication<#principal> {
                ::specwright_runtime::server::Authentication::NotMine
            }
        }
    }

    /// `src/api/mod.rs`
    fn modules(&self) -> Module {
        let mut module = Module::new("The operations of the contract, a file for each tag.");
        let mut tags: Vec<&Tag> = self.cx.tags().map(|(_, tag)| tag).collect();
        tags.sort_by(|one, other| one.name.file_stem().cmp(other.name.file_stem()));
        for tag in tags {
            let name = ident(&tag.name.snake);
            let allow = (tag.name.snake == "api")
                .then(|| quote!(#[allow(clippy::module_inception, reason = "the tag has this name")]));
            module.push(quote!(#allow mod #name;));
        }
        module
    }

    /// `src/api/<tag>.rs`
    fn tag(&self, id: TagId) -> Module {
        let Tag { name, docs, .. } = &self.cx.ir.tags[id.0];
        let about = one_line(&docs.description);
        let about =
            if about.is_empty() { "its operations, none of them written yet.".to_owned() } else { about };
        let mut module = Module::new(format!("{}: {about}", code(&name.pascal)));
        let mut operations: Vec<&Operation> = self.cx.ir.operations_of(id).collect();
        operations.sort_by(|one, other| one.name.snake.cmp(&other.name.snake));
        let methods = operations.into_iter().map(|operation| self.method(operation));
        let (api, service) = (&self.api, &self.service);
        let (tag_module, tag_trait) = (ident(&name.snake), ident(&name.pascal));
        module.push(quote! {
            impl ::#api::server::#tag_module::#tag_trait for crate::service::#service {
                #(#methods)*
            }
        });
        module
    }

    /// An operation's method, which answers 501.
    fn method(&self, operation: &Operation) -> TokenStream {
        let (api, tag) = (&self.api, &self.cx.ir.tags[operation.tag.0].name);
        let (name, tag) = (ident(&operation.name.snake), ident(&tag.snake));
        let [request, response, error] =
            [paths::request_name, paths::response_name, paths::error_name].map(|name| {
                let name = name(operation);
                quote!(::#api::operations::#tag::#name)
            });
        let route = code(&format!("{} {}", operation.method, operation.path.raw));
        let summary = one_line(&operation.docs.summary);
        let docs = if summary.is_empty() { vec![route] } else { vec![summary, String::new(), route] };
        let docs = attributes(&docs);
        let principal = Security::of(self.cx, operation).map(|security| {
            let (name, choice) = (unused(&security.parameter()), security.enum_name());
            let ty = security.ty_of(&quote!(::#api::server::#tag::#choice), |id| {
                let principal = &self.principals[id.0];
                quote!(crate::service::#principal)
            });
            quote!(#name: #ty,)
        });
        let asked = layout::picks_media_type(self.cx.ir, operation)
            .then(|| quote!(_asked: ::specwright_runtime::server::Asked,));
        quote! {
            #docs
            async fn #name(
                &self,
                #principal
                #asked
                _request: #request,
            ) -> Result<#response, ::specwright_runtime::Failure<#error>> {
                Err(::specwright_runtime::Unimplemented.into())
            }
        }
    }
}

/// A parameter that nobody uses yet.
fn unused(name: &Ident) -> Ident {
    format_ident!("_{name}")
}
