//! The trait that turns credentials into principals.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{Scheme, SchemeKind};
use specwright_rust_emit::{Context, attributes, code, doc_lines, ident, scopes};

use crate::security::{Credential, Security, claim_name, credential, require_name, schemes_in_use};

/// The trait `Authenticate`; nothing where no operation asks for a credential.
pub fn authenticate(cx: Context<'_>) -> TokenStream {
    let schemes = schemes_in_use(cx);
    if schemes.is_empty() {
        return TokenStream::new();
    }
    let principals = schemes.iter().map(|scheme| principal(scheme));
    let methods = schemes.iter().map(|scheme| method(scheme));
    quote! {
        /// Turns credentials into principals: one method for each security scheme.
        ///
        /// A method answers for its own scheme alone: the principal, or that the credential is not its
        /// own, or a rejection. It runs before anything else of a call is read.
        pub trait Authenticate: ::specwright_runtime::server::Service {
            #(#principals)*
            #(#methods)*
        }
    }
}

fn principal(scheme: &Scheme) -> TokenStream {
    let name = ident(&scheme.name.pascal);
    let mut lines = vec![format!("Who calls with a credential of {}.", code(&scheme.name.wire))];
    lines.extend(scopes(scheme));
    let docs = attributes(&lines);
    quote! {
        #docs
        type #name: Send + Sync + 'static;
    }
}

fn method(scheme: &Scheme) -> TokenStream {
    let name = ident(&scheme.name.snake);
    let principal = ident(&scheme.name.pascal);
    let mut lines = vec![format!("{}: {}.", code(&scheme.name.wire), place(&scheme.kind))];
    if !scheme.docs.description.is_empty() {
        lines.push(String::new());
        lines.extend(doc_lines(&scheme.docs.description));
    }
    let docs = attributes(&lines);
    let Credential { name: credential, ty, .. } = credential(scheme);
    quote! {
        #docs
        fn #name(
            &self,
            #credential: #ty,
            request: ::specwright_runtime::server::SecurityRequest<'_>,
        ) -> impl Future<Output = ::specwright_runtime::server::Authentication<Self::#principal>> + Send;
    }
}

/// The functions by which handlers ask for principals: those that some handler uses.
pub fn claims(cx: Context<'_>) -> TokenStream {
    let securities: Vec<Security<'_>> =
        cx.operations().filter_map(|operation| Security::of(cx, operation)).collect();
    let functions = schemes_in_use(cx).into_iter().map(|scheme| {
        let is_required = securities.iter().any(|security| security.requires(scheme));
        let is_tried = securities.iter().any(|security| security.tries(scheme));
        let require = is_required.then(|| function(scheme, true));
        let claim = is_tried.then(|| function(scheme, false));
        quote!(#require #claim)
    });
    functions.collect()
}

/// The function that asks a scheme's method for the principal, and may insist on one.
fn function(scheme: &Scheme, is_required: bool) -> TokenStream {
    let (principal, method) = (ident(&scheme.name.pascal), ident(&scheme.name.snake));
    let read = credential(scheme).read;
    let claim = quote!(service.#method(#read, call.security(scopes)).await.claimed());
    let (name, output, claim) = if is_required {
        let claim = quote!(#claim?.ok_or_else(|| call.unauthenticated()));
        (require_name(scheme), quote!(S::#principal), claim)
    } else {
        (claim_name(scheme), quote!(Option<S::#principal>), claim)
    };
    quote! {
        async fn #name<S: Authenticate>(
            service: &S,
            call: &::specwright_runtime::server::Call,
            scopes: &'static [&'static str],
        ) -> Result<#output, ::specwright_runtime::Rejection> {
            #claim
        }
    }
}

/// Where the credential stands, in words.
pub fn place(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Bearer { format: None } => "a bearer token".to_owned(),
        SchemeKind::Bearer { format: Some(format) } => {
            format!("a bearer token of the format {}", code(format))
        }
        SchemeKind::Basic => "a user name and a password".to_owned(),
        SchemeKind::Http { scheme } => format!("the `Authorization` header's scheme {}", code(scheme)),
        SchemeKind::HeaderKey { header } => format!("the header {}", code(header)),
        SchemeKind::QueryKey { parameter } => format!("the query parameter {}", code(parameter)),
        SchemeKind::CookieKey { cookie } => format!("the cookie {}", code(cookie)),
        SchemeKind::MutualTls => "the certificate of the connection".to_owned(),
    }
}
