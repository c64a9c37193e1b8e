//! Requests as HTTP has them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use specwright_ir::{BodyKind, Location, Operation, Parameter, RequestBody};
use specwright_rust_emit::{Context, allow_deprecated, ident, paths};

use crate::scope::free;

/// `impl FromCall`: a field for each parameter, then the body.
pub fn from_call(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let request = paths::beside(cx.ir, operation, &paths::request_name(operation));
    let names: Vec<&str> = operation
        .parameters
        .iter()
        .map(|parameter| &parameter.name)
        .chain(operation.body.iter().map(|body| &body.name))
        .map(|name| name.snake.as_str())
        .collect();
    let is_empty = names.is_empty();
    let input = free(if is_empty { "_input" } else { "input" }, &names);
    let fields: Vec<Ident> = names.iter().map(|name| ident(name)).collect();
    let parameters = operation.parameters.iter().map(|parameter| read(&input, parameter));
    let body = operation.body.iter().map(|body| read_body(&input, body));
    let values: Vec<TokenStream> = parameters.chain(body).collect();
    let make = if let [value] = values.as_slice() {
        quote!(Ok(Self { #(#fields)*: #value? }))
    } else {
        // Every field is read before the first one is asked for: all violations are found.
        quote! {
            #(let #fields = #values;)*
            Ok(Self { #(#fields: #fields?),* })
        }
    };
    let allow = operation.parameters.iter().any(|parameter| parameter.deprecated).then(allow_deprecated);
    quote! {
        impl ::specwright_runtime::server::FromCall for #request {
            #allow
            fn from_call(
                #input: &mut ::specwright_runtime::server::Input<'_>,
            ) -> Result<Self, ::specwright_runtime::server::Invalid> {
                #make
            }
        }
    }
}

fn read(input: &Ident, parameter: &Parameter) -> TokenStream {
    let wire = &parameter.name.wire;
    match parameter.location {
        Location::Path => quote!(#input.path(#wire)),
        Location::Query => quote!(#input.query(#wire)),
        Location::Header => quote!(#input.header(#wire)),
        Location::Cookie => quote!(#input.cookie(#wire)),
    }
}

fn read_body(input: &Ident, body: &RequestBody) -> TokenStream {
    match (body.contents.as_slice(), body.required) {
        ([content], true) => match content.kind {
            BodyKind::Json(_) => quote!(#input.json()),
            BodyKind::Text => quote!(#input.text()),
            BodyKind::Bytes => quote!(#input.bytes()),
        },
        ([content], false) => match content.kind {
            BodyKind::Json(_) => quote!(#input.optional_json()),
            BodyKind::Text => quote!(#input.optional_text()),
            BodyKind::Bytes => quote!(#input.optional_bytes()),
        },
        (_, true) => quote!(#input.body()),
        (_, false) => quote!(#input.optional_body()),
    }
}

/// `impl FromBody`, where a body has several media types.
pub fn from_body(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let Some(body) = operation.body.as_ref().filter(|body| body.contents.len() > 1) else {
        return TokenStream::new();
    };
    let name = paths::beside(cx.ir, operation, &ident(&body.name.pascal));
    let last = body.contents.len() - 1;
    let arms = body.contents.iter().enumerate().map(|(index, content)| {
        let (wire, variant) = (&content.name.wire, ident(&content.name.pascal));
        let pattern = if index == last { quote!(_) } else { quote!(#wire) };
        let read = match content.kind {
            BodyKind::Json(_) => quote!(input.json()),
            BodyKind::Text => quote!(input.text()),
            BodyKind::Bytes => quote!(input.bytes()),
        };
        quote!(#pattern => #read.map(Self::#variant),)
    });
    quote! {
        impl ::specwright_runtime::server::FromBody for #name {
            fn from_body(
                input: &mut ::specwright_runtime::server::Input<'_>,
                media_type: &str,
            ) -> Result<Self, ::specwright_runtime::server::Invalid> {
                match media_type { #(#arms)* }
            }
        }
    }
}
