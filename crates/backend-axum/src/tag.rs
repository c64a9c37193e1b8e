//! `src/server/<tag>.rs`: one tag's trait and its handlers.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{Operation, TagId};
use specwright_rust_emit::scope::{allow_convention, method_docs, tag_docs};
use specwright_rust_emit::{Context, Module, attributes, docs, ident, layout, paths};

use crate::{
    handler,
    security::{Security, schemes_in_use},
    server::module_path,
};

/// The module of a tag.
pub fn tag(cx: Context<'_>, id: TagId) -> Module {
    let tag = &cx.ir.tags[id.0];
    let mut operations: Vec<&Operation> = cx.ir.operations_of(id).collect();
    operations.sort_by(|one, other| one.name.snake.cmp(&other.name.snake));
    let side = if cx.events { "receiver" } else { "server" };
    let mut module = Module::new(format!("The {side}'s side of [`{}`].", tag.name.pascal))
        .home(&format!("crate::{side}::{}", tag.name.snake));
    module.push(service_trait(cx, id, &operations));
    for operation in &operations {
        module
            .push(Security::of(cx, operation).and_then(|security| security.principal()).unwrap_or_default());
    }
    module.push(handler::register(cx, id, &operations));
    for operation in &operations {
        module.push(handler::handler(cx, operation));
    }
    module
}

/// The trait that a service implements for a tag.
pub fn service_trait(cx: Context<'_>, id: TagId, operations: &[&Operation]) -> TokenStream {
    let tag = &cx.ir.tags[id.0];
    let name = ident(&tag.name.pascal);
    let docs = match tag.docs.description.as_str() {
        "" => attributes(&[tag_docs(tag)]),
        description => docs(description),
    };
    let base = if schemes_in_use(cx).is_empty() {
        quote!(::specwright_runtime::server::Service)
    } else {
        let side = module_path(cx);
        quote!(#side::Authenticate)
    };
    let methods = operations.iter().map(|operation| method(cx, operation));
    quote! {
        #docs
        pub trait #name: #base {
            #(#methods)*
        }
    }
}

/// The trait's method for an operation.
fn method(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let name = ident(&operation.name.snake);
    let path = |name| paths::beside(cx.ir, operation, &name);
    let request = path(paths::request_name(operation));
    let response = path(paths::response_name(operation));
    let error = path(paths::error_name(operation));
    let docs = method_docs(cx, operation);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let security = Security::of(cx, operation);
    let principal = security.as_ref().map(|security| {
        let (name, ty) = (security.parameter(), security.ty());
        quote!(#name: #ty,)
    });
    // Beside the request, which both sides have: what the caller takes.
    let asked = layout::picks_media_type(cx.ir, operation)
        .then(|| quote!(asked: ::specwright_runtime::server::Asked,));
    // A receiver is sent what it subscribed to.
    let body = if cx.events {
        let principal = security.as_ref().map(Security::parameter);
        let asked = asked.as_ref().map(|_| ident("asked"));
        let arguments = match (principal, asked) {
            (None, None) => quote!(request),
            (principal, asked) => {
                let others = principal.into_iter().chain(asked);
                quote!((#(#others,)* request))
            }
        };
        quote!({ ::specwright_runtime::server::not_received(#arguments) })
    } else {
        quote!(;)
    };
    let allow = allow_convention(&operation.name);
    let is_complex = security.as_ref().is_some_and(Security::is_complex);
    let complex = is_complex.then(|| quote!(#[allow(clippy::type_complexity, reason = "one type a scheme")]));
    quote! {
        #docs
        #deprecated
        #allow
        #complex
        fn #name(
            &self,
            #principal
            #asked
            request: #request,
        ) -> impl Future<Output = Result<#response, ::specwright_runtime::Failure<#error>>> + Send #body
    }
}
