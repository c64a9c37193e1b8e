//! `src/client/<tag>.rs`: one tag's trait, its group of methods.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{Operation, TagId};
use specwright_rust_emit::scope::{allow_convention, method_docs, tag_docs};
use specwright_rust_emit::{Context, Module, attributes, docs, ident, paths};

use crate::{group, group::group_name, module_name, output, sender};

/// The module of a tag.
pub fn tag(cx: Context<'_>, id: TagId) -> Module {
    let tag = &cx.ir.tags[id.0];
    let mut operations: Vec<&Operation> = cx.ir.operations_of(id).collect();
    operations.sort_by(|one, other| one.name.snake.cmp(&other.name.snake));
    let side = module_name(cx);
    let mut module = Module::new(format!("The {side}'s side of [`{}`].", tag.name.pascal))
        .home(&format!("crate::{side}::{}", tag.name.snake));
    module.push(client_trait(cx, id, &operations));
    module.push(group::group(cx, id));
    module.push(group::methods(cx, id, &operations));
    module.push(implementation(cx, id, &operations));
    for operation in &operations {
        module.push(sender::url(cx, operation).unwrap_or_default());
    }
    module
}

/// The trait by which callers may substitute a tag's group.
pub fn client_trait(cx: Context<'_>, id: TagId, operations: &[&Operation]) -> TokenStream {
    let tag = &cx.ir.tags[id.0];
    let name = ident(&tag.name.pascal);
    let docs = match tag.docs.description.as_str() {
        "" => attributes(&[tag_docs(tag)]),
        description => docs(description),
    };
    let methods = operations.iter().map(|operation| {
        let (docs, signature) = (method_docs(cx, operation), Signature::of(cx, operation));
        let (name, request, output, error) = signature.parts();
        let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
        let allow = allow_convention(&operation.name);
        quote! {
            #docs
            #deprecated
            #allow
            fn #name(
                &self,
                request: #request,
            ) -> impl Future<
                Output = Result<::specwright_runtime::client::Success<#output>, ::specwright_runtime::client::Error<#error>>,
            > + Send;
        }
    });
    quote! {
        #docs
        pub trait #name { #(#methods)* }
    }
}

/// The trait's implementation for the group of a client.
pub fn implementation(cx: Context<'_>, id: TagId, operations: &[&Operation]) -> TokenStream {
    let tag = &cx.ir.tags[id.0];
    let (name, group) = (ident(&tag.name.pascal), group_name(tag));
    let rows = operations.iter().map(|operation| {
        let name = ident(&operation.name.snake);
        let request = paths::beside(cx.ir, operation, &paths::request_name(operation));
        quote!(#name(#request))
    });
    quote!(::specwright_runtime::substitutable! { #name for #group { #(#rows),* } })
}

/// The names and types of an operation's method.
pub struct Signature {
    name: proc_macro2::Ident,
    request: TokenStream,
    output: TokenStream,
    error: TokenStream,
}

impl Signature {
    /// Those of an operation.
    pub fn of(cx: Context<'_>, operation: &Operation) -> Self {
        let path = |name| paths::beside(cx.ir, operation, &name);
        Self {
            name: ident(&operation.name.snake),
            request: path(paths::request_name(operation)),
            output: output::output(cx, operation),
            error: path(paths::error_name(operation)),
        }
    }

    /// Name, request, output, error.
    pub fn parts(&self) -> (&proc_macro2::Ident, &TokenStream, &TokenStream, &TokenStream) {
        (&self.name, &self.request, &self.output, &self.error)
    }
}
