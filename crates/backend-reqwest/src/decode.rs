//! Answers as HTTP has them.

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use specwright_ir::{BodyKind, Content, Operation, OperationResponse, Status};
use specwright_rust_emit::{Context, Declared, Layout, ident, paths, payload};

/// What a call gives on success: the only success's body, or the response's enum.
pub fn output(cx: Context<'_>, operation: &Operation) -> TokenStream {
    match Declared::of(operation).successes.as_slice() {
        [response] => payload(cx.ir, operation, response).unwrap_or_else(|| quote!(())),
        _ => paths::beside(cx.ir, operation, &paths::response_name(operation)),
    }
}

/// `fn decode`: an arm for each declared status.
pub fn decode(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let (otherwise, declared): (Vec<&OperationResponse>, Vec<_>) =
        operation.responses.iter().partition(|response| response.status == Status::Default);
    let otherwise = otherwise.first().map_or_else(
        || quote!(::specwright_runtime::client::Outcome::Undeclared),
        |response| outcome(cx, operation, response),
    );
    let read = if declared.is_empty() {
        quote!(Ok(#otherwise))
    } else {
        let arms = declared.iter().map(|response| {
            let (pattern, outcome) = (pattern(response.status), outcome(cx, operation, response));
            quote!(#pattern => #outcome,)
        });
        quote! {
            let outcome = match reply.status().as_u16() {
                #(#arms)*
                _ => #otherwise,
            };
            Ok(outcome)
        }
    };
    let reply = ident(if names_reply(read.clone()) { "reply" } else { "_reply" });
    quote! {
        fn decode(
            #reply: &::specwright_runtime::client::Reply,
        ) -> Result<
            ::specwright_runtime::client::Outcome<Self::Output, Self::Error>,
            ::specwright_runtime::client::DecodeError,
        > {
            #read
        }
    }
}

/// Whether the answer itself matters, and not only that there is one.
fn names_reply(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => names_reply(group.stream()),
        TokenTree::Ident(ident) => ident == "reply",
        _ => false,
    })
}

/// The pattern of a status; that of a range may overlap codes that stand before it.
fn pattern(status: Status) -> TokenStream {
    let literal = |number: u16| Literal::u16_unsuffixed(number);
    match status {
        Status::Code(code) => literal(code).into_token_stream(),
        Status::Range(class) => {
            let class = literal(u16::from(class));
            quote!(status if status / 100 == #class)
        }
        Status::Default => quote!(_),
    }
}

/// What a declared response is to the caller.
fn outcome(cx: Context<'_>, operation: &Operation, response: &OperationResponse) -> TokenStream {
    let value = value(cx, response);
    let declared = Declared::of(operation);
    if declared.errors.iter().any(|error| error.status == response.status) {
        let name = paths::beside(cx.ir, operation, &paths::error_name(operation));
        let value = variant(&name, response, value);
        return quote!(::specwright_runtime::client::Outcome::Failure(#value));
    }
    let value = if declared.successes.len() == 1 {
        value.unwrap_or_else(|| quote!(()))
    } else {
        let name = paths::beside(cx.ir, operation, &paths::response_name(operation));
        variant(&name, response, value)
    };
    quote!(::specwright_runtime::client::Outcome::Success(#value))
}

/// The variant of an enum; of several statuses, it has named fields.
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
fn value(cx: Context<'_>, response: &OperationResponse) -> Option<TokenStream> {
    match (Layout::of(cx.ir, response), cx.ir.resolve(response).contents.as_slice()) {
        (Layout::Unit, _) => None,
        (Layout::Body, [content]) => Some(read(content)),
        (Layout::Body | Layout::Struct, _) => Some(quote!(reply.shared()?)),
    }
}

fn read(content: &Content) -> TokenStream {
    match content.kind {
        BodyKind::Json(_) => quote!(reply.json()?),
        BodyKind::Text => quote!(reply.text()?),
        BodyKind::Bytes => quote!(reply.bytes().clone()),
    }
}

/// `impl FromReply` for the enum of an inline response's several media types.
pub fn from_reply(cx: Context<'_>, operation: &Operation, response: &OperationResponse) -> TokenStream {
    let resolved = cx.ir.resolve(response);
    if Layout::of(cx.ir, response) != Layout::Body || resolved.contents.len() < 2 {
        return TokenStream::new();
    }
    let name = paths::beside(cx.ir, operation, &paths::response_body_name(resolved));
    let declared = resolved.contents.iter().map(|content| &content.name.wire);
    let last = resolved.contents.len() - 1;
    let arms = resolved.contents.iter().enumerate().map(|(index, content)| {
        let (wire, variant, read) = (&content.name.wire, ident(&content.name.pascal), read(content));
        let pattern = if index == last { quote!(_) } else { quote!(#wire) };
        quote!(#pattern => Self::#variant(#read),)
    });
    quote! {
        impl ::specwright_runtime::client::FromReply for #name {
            fn from_reply(
                reply: &::specwright_runtime::client::Reply,
            ) -> Result<Self, ::specwright_runtime::client::DecodeError> {
                Ok(match reply.media_type(&[#(#declared),*]) { #(#arms)* })
            }
        }
    }
}
