//! Responses and errors as HTTP has them.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{BodyKind, Content, Operation, OperationResponse, Status};
use specwright_rust_emit::{Context, Layout, ident, paths};

/// `impl Respond` for the operation's response.
pub fn response(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let name = paths::beside(cx.ir, operation, &paths::response_name(operation));
    respond(&name, &arms(cx, operation, true))
}

/// `impl Respond` for the operation's error.
pub fn error(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let name = paths::beside(cx.ir, operation, &paths::error_name(operation));
    respond(&name, &arms(cx, operation, false))
}

fn respond(name: &TokenStream, arms: &[TokenStream]) -> TokenStream {
    quote! {
        impl ::specwright_runtime::server::Respond for #name {
            fn respond(
                self,
            ) -> Result<::specwright_runtime::server::Response, ::specwright_runtime::Internal> {
                match self { #(#arms)* }
            }
        }
    }
}

fn arms(cx: Context<'_>, operation: &Operation, success: bool) -> Vec<TokenStream> {
    let responses = operation.responses.iter();
    responses
        .filter(|response| is_success(operation, response) == success)
        .map(|response| arm(cx, operation, response))
        .collect()
}

fn is_success(operation: &Operation, response: &OperationResponse) -> bool {
    match response.status {
        Status::Default => !operation.responses.iter().any(OperationResponse::is_success),
        _ => response.is_success(),
    }
}

fn arm(cx: Context<'_>, operation: &Operation, response: &OperationResponse) -> TokenStream {
    let variant = ident(&response.name.pascal);
    let (status, is_fixed) = match response.status {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            (quote!(#code), true)
        }
        Status::Range(_) | Status::Default => (quote!(status), false),
    };
    let pattern = |body: TokenStream| {
        if is_fixed { quote!(Self::#variant(#body)) } else { quote!(Self::#variant { status, body: #body }) }
    };
    let contents = &cx.ir.resolve(response).contents;
    match Layout::of(cx.ir, response) {
        Layout::Unit if is_fixed => {
            quote!(Self::#variant => ::specwright_runtime::server::Reply::empty(#status),)
        }
        Layout::Unit => {
            quote!(Self::#variant { status } => ::specwright_runtime::server::Reply::empty(#status),)
        }
        Layout::Struct => {
            let pattern = pattern(quote!(body));
            quote!(#pattern => body.respond(#status),)
        }
        Layout::Body => match contents.as_slice() {
            [content] => {
                let (pattern, reply) = (pattern(quote!(body)), reply(content, &status));
                quote!(#pattern => #reply,)
            }
            contents => {
                let name =
                    paths::beside(cx.ir, operation, &paths::response_body_name(cx.ir.resolve(response)));
                let arms = contents.iter().map(|content| {
                    let variant = ident(&content.name.pascal);
                    let (pattern, reply) = (pattern(quote!(#name::#variant(body))), reply(content, &status));
                    quote!(#pattern => #reply,)
                });
                quote!(#(#arms)*)
            }
        },
    }
}

fn reply(content: &Content, status: &TokenStream) -> TokenStream {
    let media_type = &content.name.wire;
    match content.kind {
        BodyKind::Json(_) => quote!(::specwright_runtime::server::Reply::json(#status, #media_type, &body)),
        BodyKind::Text => quote!(::specwright_runtime::server::Reply::text(#status, #media_type, body)),
        BodyKind::Bytes => quote!(::specwright_runtime::server::Reply::bytes(#status, #media_type, body)),
    }
}
