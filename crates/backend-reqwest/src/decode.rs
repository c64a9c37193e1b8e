//! Answers as HTTP has them.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use specwright_ir::{BodyKind, Content, Operation, OperationResponse, Status};
use specwright_rust_emit::{Context, Layout, ident, paths, payload};

/// What a call gives on success: the only success's body, or the response's enum.
pub fn output(cx: Context<'_>, operation: &Operation) -> TokenStream {
    match successes(operation).as_slice() {
        [response] => payload(cx.ir, operation, response).unwrap_or_else(|| quote!(())),
        _ => paths::beside(cx.ir, operation, &paths::response_name(operation)),
    }
}

fn successes(operation: &Operation) -> Vec<&OperationResponse> {
    operation.responses.iter().filter(|response| is_success(operation, response)).collect()
}

fn is_success(operation: &Operation, response: &OperationResponse) -> bool {
    match response.status {
        Status::Default => !operation.responses.iter().any(OperationResponse::is_success),
        _ => response.is_success(),
    }
}

/// `fn decode`: an arm for each declared status.
pub fn decode(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let (output, error) = (quote!(Self::Output), quote!(Self::Error));
    let arms = operation.responses.iter().map(|response| arm(cx, operation, response));
    let is_total = operation.responses.iter().any(|response| response.status == Status::Default);
    let otherwise = (!is_total).then(|| quote!(_ => ::specwright_runtime::client::Outcome::Undeclared,));
    quote! {
        fn decode(
            reply: &::specwright_runtime::client::Reply,
        ) -> Result<::specwright_runtime::client::Outcome<#output, #error>, ::specwright_runtime::client::DecodeError> {
            Ok(match reply.status().as_u16() {
                #(#arms)*
                #otherwise
            })
        }
    }
}

fn arm(cx: Context<'_>, operation: &Operation, response: &OperationResponse) -> TokenStream {
    let pattern = match response.status {
        Status::Code(code) => Literal::u16_unsuffixed(code).into_token_stream(),
        Status::Range(class) => {
            let (first, last) = (u16::from(class) * 100, u16::from(class) * 100 + 99);
            let (first, last) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
            quote!(#first..=#last)
        }
        Status::Default => quote!(_),
    };
    let value = value(cx, operation, response);
    if !is_success(operation, response) {
        let name = paths::beside(cx.ir, operation, &paths::error_name(operation));
        let value = variant(&name, response, value);
        quote!(#pattern => ::specwright_runtime::client::Outcome::Failure(#value),)
    } else if successes(operation).len() == 1 {
        let value = value.unwrap_or_else(|| quote!(()));
        quote!(#pattern => ::specwright_runtime::client::Outcome::Success(#value),)
    } else {
        let name = paths::beside(cx.ir, operation, &paths::response_name(operation));
        let value = variant(&name, response, value);
        quote!(#pattern => ::specwright_runtime::client::Outcome::Success(#value),)
    }
}

fn variant(name: &TokenStream, response: &OperationResponse, value: Option<TokenStream>) -> TokenStream {
    let variant = ident(&response.name.pascal);
    match (response.status, value) {
        (Status::Code(_), None) => quote!(#name::#variant),
        (Status::Code(_), Some(value)) => quote!(#name::#variant(#value)),
        (_, None) => quote!(#name::#variant { status: reply.status() }),
        (_, Some(value)) => quote!(#name::#variant { status: reply.status(), body: #value }),
    }
}

/// The expression that reads what a response's variant holds.
fn value(cx: Context<'_>, operation: &Operation, response: &OperationResponse) -> Option<TokenStream> {
    let _ = operation;
    match Layout::of(cx.ir, response) {
        Layout::Unit => None,
        Layout::Struct => Some(quote!(reply.shared()?)),
        Layout::Body => Some(match cx.ir.resolve(response).contents.as_slice() {
            [content] => {
                let read = read(content);
                quote!(#read?)
            }
            _ => quote!(reply.shared()?),
        }),
    }
}

fn read(content: &Content) -> TokenStream {
    match content.kind {
        BodyKind::Json(_) => quote!(reply.json()),
        BodyKind::Text => quote!(reply.text()),
        BodyKind::Bytes => quote!(reply.bytes()),
    }
}

/// `impl FromReply` for the enum of an inline response's several media types.
pub fn from_reply(cx: Context<'_>, operation: &Operation, response: &OperationResponse) -> TokenStream {
    let resolved = cx.ir.resolve(response);
    if Layout::of(cx.ir, response) != Layout::Body || resolved.contents.len() < 2 {
        return TokenStream::new();
    }
    let name = paths::beside(cx.ir, operation, &paths::response_body_name(resolved));
    let arms = resolved.contents.iter().map(|content| {
        let (media_type, variant, read) = (&content.name.wire, ident(&content.name.pascal), read(content));
        quote!(Some(#media_type) => #read.map(Self::#variant),)
    });
    quote! {
        impl ::specwright_runtime::client::FromReply for #name {
            fn from_reply(
                reply: &::specwright_runtime::client::Reply,
            ) -> Result<Self, ::specwright_runtime::client::DecodeError> {
                match reply.media_type() {
                    #(#arms)*
                    _ => Err(reply.unexpected_media_type()),
                }
            }
        }
    }
}
