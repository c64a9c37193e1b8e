//! `src/client/mod.rs`: the client and its builder.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use specwright_ir::{SchemeId, Tag};
use specwright_rust_emit::scope::{free, module, tag_docs};
use specwright_rust_emit::{Context, Module, attributes, ident, one_line};

use crate::{
    credential::{builder_method, builder_provider, client_method, client_provider, schemes_in_use},
    group::group_name,
    module_name,
};

/// Names of this module that a tag's trait and group are not re-exported over.
const OWN: [&str; 6] = ["BuildError", "Call", "Client", "ClientBuilder", "Error", "Success"];
/// Methods of the client; a tag's method yields to them.
const METHODS: [&str; 3] = ["builder", "call", "with_provider"];

/// The module `client`.
pub fn client(cx: Context<'_>) -> Module {
    let mut file = Module::new("The client: a group of methods for each tag, over one connection pool.")
        .home("crate::client");
    let schemes = schemes_in_use(cx);
    let mut taken: BTreeSet<String> = OWN.iter().map(|name| (*name).to_owned()).collect();
    file.push(modules(cx, &mut taken));
    file.push(quote! {
        pub use ::specwright_runtime::client::{BuildError, Call, Error, Success};
    });
    file.push(client_struct(cx));
    file.push(client_methods(cx, &schemes));
    file.push(builder_struct());
    file.push(builder_methods(cx, &schemes));
    file
}

/// The modules of the tags, and what is re-exported of them where its name is not taken.
pub fn modules(cx: Context<'_>, taken: &mut BTreeSet<String>) -> TokenStream {
    let mut tags: Vec<&Tag> = cx.tags().map(|(_, tag)| tag).collect();
    tags.sort_by(|one, other| one.name.file_stem().cmp(other.name.file_stem()));
    let modules = tags.iter().map(|tag| module(tag, module_name(cx)));
    let exports = tags.iter().map(|tag| {
        let module = ident(&tag.name.snake);
        let names = [tag.name.pascal.clone(), group_name(tag).to_string()];
        let names: Vec<Ident> =
            names.into_iter().filter(|name| taken.insert(name.clone())).map(|name| ident(&name)).collect();
        if names.is_empty() { TokenStream::new() } else { quote!(pub use self::#module::{#(#names),*};) }
    });
    let exports: Vec<TokenStream> = exports.collect();
    quote! {
        #(#modules)*
        #(#exports)*
    }
}

/// The struct `Client`.
fn client_struct(cx: Context<'_>) -> TokenStream {
    let title = match one_line(&cx.ir.info.title) {
        title if title.is_empty() => "the service".to_owned(),
        title => title,
    };
    let docs = attributes(&[format!("A client of {title}; cloning it is cheap.")]);
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Client {
            core: ::specwright_runtime::client::Core,
        }
    }
}

fn client_methods(cx: Context<'_>, schemes: &[SchemeId]) -> TokenStream {
    let credentials = schemes.iter().map(|id| client_method(cx, *id));
    let provider = (!schemes.is_empty()).then(|| client_provider(cx));
    let mut tags: Vec<&Tag> = cx.tags().map(|(_, tag)| tag).collect();
    tags.sort_by(|one, other| one.name.file_stem().cmp(other.name.file_stem()));
    let with: Vec<String> =
        schemes.iter().map(|id| format!("with_{}", cx.ir.scheme(*id).name.file_stem())).collect();
    let taken: Vec<&str> = METHODS.iter().copied().chain(with.iter().map(String::as_str)).collect();
    let groups = tags.iter().map(|tag| {
        let (name, module) = (free(&tag.name.snake, &taken), ident(&tag.name.snake));
        let group = group_name(tag);
        let docs = attributes(&[tag_docs(tag)]);
        quote! {
            #docs
            pub fn #name(&self) -> #module::#group<'_> {
                #module::#group { core: &self.core }
            }
        }
    });
    quote! {
        impl Client {
            /// Begins a client.
            pub fn builder() -> ClientBuilder {
                ClientBuilder { core: ::specwright_runtime::client::Core::builder(crate::operations::SERVERS) }
            }

            #(#credentials)*
            #provider
            #(#groups)*

            /// Calls an operation with a request of its own making.
            pub fn call<R: ::specwright_runtime::client::Request>(&self, request: R) -> Call<'_, R> {
                self.core.call(request)
            }
        }
    }
}

fn builder_struct() -> TokenStream {
    quote! {
        /// Makes a [`Client`].
        #[derive(Clone, Debug)]
        pub struct ClientBuilder {
            core: ::specwright_runtime::client::CoreBuilder,
        }
    }
}

fn builder_methods(cx: Context<'_>, schemes: &[SchemeId]) -> TokenStream {
    let credentials = schemes.iter().map(|id| builder_method(cx, *id));
    let provider = (!schemes.is_empty()).then(builder_provider);
    quote! {
        impl ClientBuilder {
            /// Sets where the service is; the first server of the document otherwise.
            #[must_use]
            pub fn base_url(self, url: impl Into<String>) -> Self {
                Self { core: self.core.base_url(url) }
            }

            /// Chooses one of the document's servers, by its place there: the first is 0.
            #[must_use]
            pub fn server(self, index: usize) -> Self {
                Self { core: self.core.server(index) }
            }

            /// Sets a variable of the server's URL.
            #[must_use]
            pub fn variable(self, name: impl Into<String>, value: impl Into<String>) -> Self {
                Self { core: self.core.variable(name, value) }
            }

            /// Sets how long a call may take.
            #[must_use]
            pub fn timeout(self, timeout: ::std::time::Duration) -> Self {
                Self { core: self.core.timeout(timeout) }
            }

            /// Sets the header `User-Agent`.
            #[must_use]
            pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
                Self { core: self.core.user_agent(user_agent) }
            }

            /// Sets the HTTP client that sends the requests.
            #[must_use]
            pub fn http(self, http: ::specwright_runtime::client::reqwest::Client) -> Self {
                Self { core: self.core.http(http) }
            }

            #(#credentials)*
            #provider

            /// Makes the client.
            pub fn build(self) -> Result<Client, BuildError> {
                Ok(Client { core: self.core.build()? })
            }
        }
    }
}
