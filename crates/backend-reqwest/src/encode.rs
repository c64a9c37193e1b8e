//! Requests as HTTP has them.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{BodyKind, Content, Operation, Parameter, RequestBody};
use specwright_rust_emit::{Context, allow_deprecated, ident, paths};

/// `fn encode`: a line for each parameter, then the body.
pub fn encode(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let parameters = operation.parameters.iter().map(parameter);
    let body = operation.body.as_ref().map(|request| body(cx, operation, request));
    let allow = operation.parameters.iter().any(|parameter| parameter.deprecated).then(allow_deprecated);
    let is_empty = operation.parameters.is_empty() && operation.body.is_none();
    let request = ident(if is_empty { "_request" } else { "request" });
    quote! {
        #allow
        fn encode(&self, #request: &mut ::specwright_runtime::client::Encoder) {
            #(#parameters)*
            #body
        }
    }
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let (wire, field) = (&parameter.name.wire, ident(&parameter.name.snake));
    let method = ident(parameter.location.as_str());
    quote!(request.#method(#wire, &self.#field);)
}

fn body(cx: Context<'_>, operation: &Operation, body: &RequestBody) -> TokenStream {
    let field = ident(&body.name.snake);
    match (body.contents.as_slice(), body.required) {
        ([content], required) if required || matches!(content.kind, BodyKind::Json(_)) => {
            let write = write(content, &quote!(&self.#field));
            quote!(#write;)
        }
        ([content], _) => {
            let write = write(content, &quote!(body));
            quote!(if let Some(body) = &self.#field { #write; })
        }
        (contents, _) => {
            let name = paths::beside(cx.ir, operation, &ident(&body.name.pascal));
            let arms = contents.iter().map(|content| {
                let (variant, write) = (ident(&content.name.pascal), write(content, &quote!(body)));
                let pattern = quote!(#name::#variant(body));
                let pattern = if body.required { pattern } else { quote!(Some(#pattern)) };
                quote!(#pattern => { #write; })
            });
            let none = (!body.required).then(|| quote!(None => {}));
            quote!(match &self.#field { #(#arms)* #none })
        }
    }
}

fn write(content: &Content, value: &TokenStream) -> TokenStream {
    let media_type = &content.name.wire;
    match content.kind {
        BodyKind::Json(_) => quote!(request.json(#media_type, #value)),
        BodyKind::Text => quote!(request.text(#media_type, #value)),
        BodyKind::Bytes => quote!(request.bytes(#media_type, #value)),
    }
}
