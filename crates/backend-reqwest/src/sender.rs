//! `src/sender/mod.rs`: what sends webhooks and callbacks.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{Operation, SchemeId, Tag, UrlPiece};
use specwright_rust_emit::scope::{free, route, tag_docs};
use specwright_rust_emit::{Context, Module, attributes, ident, paths};

use crate::client::modules;
use crate::credential::{builder_method, builder_provider, client_method, client_provider, schemes_in_use};
use crate::group::group_name;

/// Names of this module that a tag's trait and group are not re-exported over.
const OWN: [&str; 8] =
    ["BuildError", "Call", "Error", "Exchange", "Sender", "SenderBuilder", "Success", "Target"];

/// The module `sender`.
pub fn sender(cx: Context<'_>) -> Module {
    let mut file = Module::new(
        "What sends webhooks and callbacks: a group of methods for each tag, to the URL of a receiver.",
    )
    .home("crate::sender");
    let schemes = schemes_in_use(cx);
    let mut taken: BTreeSet<String> = OWN.iter().map(|name| (*name).to_owned()).collect();
    file.push(modules(cx, &mut taken));
    file.push(quote! {
        pub use ::specwright_runtime::client::{BuildError, Call, Error, Exchange, Success};
    });
    file.push(sender_struct(cx, &schemes));
    file.push(target(cx));
    file.push(builder(cx, &schemes));
    file
}

fn sender_struct(cx: Context<'_>, schemes: &[SchemeId]) -> TokenStream {
    let credentials = schemes.iter().map(|id| client_method(cx, *id));
    let provider = (!schemes.is_empty()).then(|| client_provider(cx));
    quote! {
        /// Sends webhooks and callbacks; cloning it is cheap.
        #[derive(Clone, Debug)]
        pub struct Sender {
            core: ::specwright_runtime::client::Core,
        }

        impl Sender {
            /// Begins a sender.
            pub fn builder() -> SenderBuilder {
                SenderBuilder { core: ::specwright_runtime::client::Core::sender() }
            }

            #(#credentials)*
            #provider

            /// What sends to a receiver, by the whole URL that its requests go to.
            ///
            /// The URL is the receiver's word: check that it leads where you would send requests to.
            pub fn to(&self, url: &str) -> Result<Target, BuildError> {
                Ok(Target { core: self.core.to(url)? })
            }
        }
    }
}

fn target(cx: Context<'_>) -> TokenStream {
    let mut tags: Vec<&Tag> = cx.tags().map(|(_, tag)| tag).collect();
    tags.sort_by(|one, other| one.name.file_stem().cmp(other.name.file_stem()));
    let groups = tags.iter().map(|tag| {
        let (name, module) = (free(&tag.name.snake, &["call"]), ident(&tag.name.snake));
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
        /// Sends to one URL.
        #[derive(Clone, Debug)]
        pub struct Target {
            core: ::specwright_runtime::client::Core,
        }

        impl Target {
            #(#groups)*

            /// Sends an event with a request of its own making.
            pub fn call<R: ::specwright_runtime::client::Request>(&self, request: R) -> Call<'_, R> {
                self.core.call(request)
            }
        }
    }
}

fn builder(cx: Context<'_>, schemes: &[SchemeId]) -> TokenStream {
    let credentials = schemes.iter().map(|id| builder_method(cx, *id));
    let provider = (!schemes.is_empty()).then(builder_provider);
    quote! {
        /// Makes a [`Sender`].
        #[derive(Clone, Debug)]
        pub struct SenderBuilder {
            core: ::specwright_runtime::client::CoreBuilder,
        }

        impl SenderBuilder {
            /// Sets how long a request may take.
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

            /// Makes the sender.
            pub fn build(self) -> Result<Sender, BuildError> {
                Ok(Sender { core: self.core.build()? })
            }
        }
    }
}

/// The function that makes a callback's URL; nothing where only its sender can know it.
pub fn url(cx: Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let callback = operation.event.as_ref()?.callback.as_ref()?;
    let pieces = callback.url.as_ref()?.iter().map(piece);
    let parents: Vec<&Operation> =
        callback.parents.iter().filter_map(|parent| cx.ir.operation_at(parent)).collect();
    let name = ident(&format!("{}_url", operation.name.file_stem()));
    let mut docs = vec![format!("Where the requests of {} go.", route(operation))];
    let (parameter, exchange) = match parents.as_slice() {
        [parent] if callback.follows_from_request() => {
            let request = paths::beside(cx.ir, parent, &paths::request_name(parent));
            (quote!(request: &#request), quote!(::specwright_runtime::client::Exchange::of(request)))
        }
        _ => {
            docs.extend([
                String::new(),
                "It follows from the request of the operation that has the callback, or from how that was \
                 answered."
                    .to_owned(),
            ]);
            (quote!(exchange: impl Into<::specwright_runtime::client::Exchange>), quote!(exchange.into()))
        }
    };
    let docs = attributes(&docs);
    Some(quote! {
        #docs
        pub fn #name(#parameter) -> Result<String, ::specwright_runtime::client::UrlError> {
            #exchange.url(&[#(#pieces),*])
        }
    })
}

fn piece(piece: &UrlPiece) -> TokenStream {
    let piece = match piece {
        UrlPiece::Text(text) => quote!(Text(#text)),
        UrlPiece::Url => quote!(Url),
        UrlPiece::Method => quote!(Method),
        UrlPiece::StatusCode => quote!(StatusCode),
        UrlPiece::RequestHeader(name) => quote!(RequestHeader(#name)),
        UrlPiece::RequestQuery(name) => quote!(RequestQuery(#name)),
        UrlPiece::RequestPath(name) => quote!(RequestPath(#name)),
        UrlPiece::RequestBody(pointer) => quote!(RequestBody(#pointer)),
        UrlPiece::ResponseHeader(name) => quote!(ResponseHeader(#name)),
        UrlPiece::ResponseBody(pointer) => quote!(ResponseBody(#pointer)),
    };
    quote!(::specwright_runtime::client::UrlPiece::#piece)
}
