//! Credentials: how a caller gives them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use specwright_ir::{Scheme, SchemeId, SchemeKind};
use specwright_rust_emit::scope::free;
use specwright_rust_emit::{Context, attributes, code, ident, paths};

use crate::module_name;

/// Methods of the client's builder; a scheme's method yields to them.
const BUILDER: [&str; 8] =
    ["base_url", "build", "http", "provider", "server", "timeout", "user_agent", "variable"];

/// The schemes that operations ask for, in document order.
pub fn schemes_in_use(cx: Context<'_>) -> Vec<SchemeId> {
    cx.schemes().collect()
}

/// The method of the client that makes another one with a credential.
pub fn client_method(cx: Context<'_>, id: SchemeId) -> TokenStream {
    let scheme = cx.ir.scheme(id);
    if scheme.kind == SchemeKind::MutualTls {
        return TokenStream::new();
    }
    let name = format_ident!("with_{}", scheme.name.file_stem());
    let docs = attributes(&[format!(
        "The same {} with another credential for {}.",
        module_name(cx),
        code(&scheme.name.wire)
    )]);
    let (parameters, credential) = parts(scheme);
    let path = paths::scheme_path(cx.ir, id);
    quote! {
        #docs
        #[must_use]
        pub fn #name(&self, #parameters) -> Self {
            Self { core: self.core.with_credential(&#path, #credential) }
        }
    }
}

/// The method of the builder that sets a credential.
pub fn builder_method(cx: Context<'_>, id: SchemeId) -> TokenStream {
    let scheme = cx.ir.scheme(id);
    let name = free(&scheme.name.snake, &BUILDER);
    if scheme.kind == SchemeKind::MutualTls {
        let path = paths::scheme_path(cx.ir, id);
        let docs = attributes(&[format!(
            "Sets the HTTP client that sends the requests, with its certificate for {}.",
            code(&scheme.name.wire)
        )]);
        return quote! {
            #docs
            #[must_use]
            pub fn #name(self, http: ::specwright_runtime::client::reqwest::Client) -> Self {
                Self { core: self.core.connection(&#path, http) }
            }
        };
    }
    let docs = attributes(&[format!("Sets the credential for {}.", code(&scheme.name.wire))]);
    let (parameters, credential) = parts(scheme);
    let path = paths::scheme_path(cx.ir, id);
    quote! {
        #docs
        #[must_use]
        pub fn #name(self, #parameters) -> Self {
            Self { core: self.core.credential(&#path, #credential) }
        }
    }
}

/// The method of the builder that takes a provider.
pub fn builder_provider() -> TokenStream {
    quote! {
        /// Sets what gives the credentials of a scheme, such as tokens that are fetched and renewed.
        #[must_use]
        pub fn provider(
            self,
            scheme: &'static ::specwright_runtime::Scheme,
            provider: impl ::specwright_runtime::client::CredentialProvider,
        ) -> Self {
            Self { core: self.core.provider(scheme, provider) }
        }
    }
}

/// The method of the client that makes another one with a provider.
pub fn client_provider(cx: Context<'_>) -> TokenStream {
    let with: Vec<String> =
        cx.schemes().map(|id| format!("with_{}", cx.ir.scheme(id).name.file_stem())).collect();
    let name = free("with_provider", &with.iter().map(String::as_str).collect::<Vec<_>>());
    let docs = attributes(&[format!(
        "The same {} with another provider of the credentials of a scheme.",
        module_name(cx)
    )]);
    quote! {
        #docs
        #[must_use]
        pub fn #name(
            &self,
            scheme: &'static ::specwright_runtime::Scheme,
            provider: impl ::specwright_runtime::client::CredentialProvider,
        ) -> Self {
            Self { core: self.core.with_provider(scheme, provider) }
        }
    }
}

/// The parameters of a scheme's method, and the credential that they make.
fn parts(scheme: &Scheme) -> (TokenStream, TokenStream) {
    let credential = quote!(::specwright_runtime::client::Credential);
    let single = |name: &str, make: &str, ty: TokenStream| {
        let (name, make) = (ident(name), ident(make));
        (quote!(#name: impl Into<#ty>), quote!(#credential::#make(#name)))
    };
    let secret = quote!(::specwright_runtime::Secret);
    match &scheme.kind {
        SchemeKind::Basic => (
            quote!(user: impl Into<String>, password: impl Into<#secret>),
            quote!(#credential::basic(user, password)),
        ),
        SchemeKind::Http { .. } => single("credentials", "token", secret),
        SchemeKind::HeaderKey { .. } | SchemeKind::QueryKey { .. } | SchemeKind::CookieKey { .. } => {
            single("key", "token", secret)
        }
        SchemeKind::Bearer { .. } | SchemeKind::MutualTls => single("token", "token", secret),
    }
}
