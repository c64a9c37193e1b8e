//! `src/server/mod.rs` and `src/receiver/mod.rs`: what a service's tags have in common.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use specwright_ir::Tag;
use specwright_rust_emit::{Context, Module, attributes, ident, scope::module};

use crate::{
    authenticate::{authenticate, claims},
    handler,
};

/// Names of this module that a tag's trait is not re-exported over.
const OWN: [&str; 5] = ["Answered", "Api", "Authenticate", "Receiver", "Service"];

/// The name of the module.
pub const fn module_name(cx: Context<'_>) -> &'static str {
    if cx.events { "receiver" } else { "server" }
}

/// The path of the module.
pub fn module_path(cx: Context<'_>) -> TokenStream {
    let name = ident(module_name(cx));
    quote!(crate::#name)
}

/// The path of the trait over all tags.
pub fn api_path(cx: Context<'_>) -> TokenStream {
    let (module, name) = (module_path(cx), api_name(cx));
    quote!(#module::#name)
}

fn api_name(cx: Context<'_>) -> Ident {
    ident(if cx.events { "Receiver" } else { "Api" })
}

/// The module.
pub fn server(cx: Context<'_>) -> Module {
    let mut file = Module::new(if cx.events {
        "What receives webhooks and callbacks: implement what you are sent, and mount [`router()`].\n\n\
         Each event is a POST, or whatever the contract says, to a path that its receiver chooses: by \
         default a\nwebhook is at `/` and its name. What is not implemented is answered with 501."
    } else {
        "The server: implement a trait for each tag, and hand the service to [`router()`]."
    })
    .home(&format!("crate::{}", module_name(cx)));
    file.push(modules(cx));
    file.push(authenticate(cx));
    file.push(api(cx));
    file.push(routes(cx));
    let answered = cx.operations().next().map(|_| {
        quote! {
            /// What a handler makes of a call.
            type Answered = Result<::specwright_runtime::server::Response, ::specwright_runtime::Rejection>;
        }
    });
    file.push(answered.unwrap_or_default());
    file.push(claims(cx));
    file
}

fn modules(cx: Context<'_>) -> TokenStream {
    let mut tags: Vec<&Tag> = cx.tags().map(|(_, tag)| tag).collect();
    tags.sort_by(|one, other| one.name.file_stem().cmp(other.name.file_stem()));
    let modules = tags.iter().map(|tag| module(tag, module_name(cx)));
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
    let traits = cx.tags().map(|(_, tag)| {
        let (module, name) = (ident(&tag.name.snake), ident(&tag.name.pascal));
        quote!(#module::#name)
    });
    let bounds = if cx.tags().next().is_none() {
        quote!(::specwright_runtime::server::Service)
    } else {
        quote!(#(#traits)+*)
    };
    let name = api_name(cx);
    let docs = attributes(&[if cx.events {
        "The whole receiver: every type that implements the traits of all its tags.".to_owned()
    } else {
        "The whole service: every type that implements the traits of all tags.".to_owned()
    }]);
    quote! {
        #docs
        pub trait #name: #bounds {}

        impl<T: #bounds> #name for T {}
    }
}

fn routes(cx: Context<'_>) -> TokenStream {
    let mut calls: Vec<TokenStream> = cx
        .tags()
        .map(|(id, tag)| {
            let module = ident(&tag.name.snake);
            let register = handler::register_name(cx, id);
            quote!(#module::#register(routes))
        })
        .collect();
    let last = calls.pop().unwrap_or_else(|| quote!(routes));
    let api = api_name(cx);
    let docs = if cx.events {
        "The routes of every event, received by one service; `at` moves one to another path."
    } else {
        "The routes of every operation, served by one service."
    };
    let docs = attributes(&[docs.to_owned()]);
    quote! {
        #docs
        pub fn routes<S: #api>(service: S) -> ::specwright_runtime::server::Routes<S> {
            let routes = ::specwright_runtime::server::Routes::new(service);
            #(let routes = #calls;)*
            #last
        }

        /// An axum router over [`routes()`].
        pub fn router<S: #api>(service: S) -> ::axum::Router {
            routes(service).into_router()
        }
    }
}
