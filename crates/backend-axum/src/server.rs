//! `src/server/mod.rs`: what a service's tags have in common.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{Tag, TagId};
use specwright_rust_emit::{Context, Module, ident, scope::module};

use crate::{
    authenticate::{authenticate, claims},
    handler,
};

/// Names of this module that a tag's trait is not re-exported over.
const OWN: [&str; 4] = ["Answered", "Api", "Authenticate", "Service"];

/// The module `server`.
pub fn server(cx: Context<'_>) -> Module {
    let mut file =
        Module::new("The server: implement a trait for each tag, and hand the service to [`router()`].")
            .home("crate::server");
    file.push(modules(cx));
    file.push(authenticate(cx));
    file.push(api(cx));
    file.push(routes(cx));
    file.push(quote! {
        /// What a handler makes of a call.
        type Answered = Result<::specwright_runtime::server::Response, ::specwright_runtime::Rejection>;
    });
    file.push(claims(cx));
    file
}

fn modules(cx: Context<'_>) -> TokenStream {
    let mut tags: Vec<&Tag> = cx.ir.tags.iter().collect();
    tags.sort_by(|one, other| one.name.file_stem().cmp(other.name.file_stem()));
    let modules = tags.iter().map(|tag| module(tag, "server"));
    let traits = tags.iter().filter(|tag| !OWN.contains(&tag.name.pascal.as_str())).map(|tag| {
        let (module, name) = (ident(&tag.name.snake), ident(&tag.name.pascal));
        quote!(pub use self::#module::#name;)
    });
    quote! {
        #(#modules)*
        #(#traits)*
    }
}

/// The trait over all tags, and its blanket implementation.
fn api(cx: Context<'_>) -> TokenStream {
    let traits = cx.ir.tags.iter().map(|tag| {
        let (module, name) = (ident(&tag.name.snake), ident(&tag.name.pascal));
        quote!(#module::#name)
    });
    let bounds = if cx.ir.tags.is_empty() {
        quote!(::specwright_runtime::server::Service)
    } else {
        quote!(#(#traits)+*)
    };
    quote! {
        /// The whole service: every type that implements the traits of all tags.
        pub trait Api: #bounds {}

        impl<T: #bounds> Api for T {}
    }
}

fn routes(cx: Context<'_>) -> TokenStream {
    let mut calls: Vec<TokenStream> = (0..cx.ir.tags.len())
        .map(|index| {
            let module = ident(&cx.ir.tags[index].name.snake);
            let register = handler::register_name(cx, TagId(index));
            quote!(#module::#register(routes))
        })
        .collect();
    let last = calls.pop().unwrap_or_else(|| quote!(routes));
    quote! {
        /// The routes of every operation, served by one service.
        pub fn routes<S: Api>(service: S) -> ::specwright_runtime::server::Routes<S> {
            let routes = ::specwright_runtime::server::Routes::new(service);
            #(let routes = #calls;)*
            #last
        }

        /// An axum router over [`routes()`].
        pub fn router<S: Api>(service: S) -> ::axum::Router {
            routes(service).into_router()
        }
    }
}
