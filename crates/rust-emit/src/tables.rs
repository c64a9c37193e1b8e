//! Rows of the runtime's tables, which say how requests and responses look in HTTP.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, quote};
use specwright_ir::{BodyKind, Content, Ir, Operation, OperationResponse, Parameter, RequestBody, Status};

use crate::{Layout, ident, layout};

/// `json`, with its media type where it is not the usual one.
pub fn kind(content: &Content) -> TokenStream {
    let (name, usual) = kind_name(content);
    let media_type = &content.name.wire;
    // A range is nothing that a response could say of itself.
    let is_said = media_type != usual && !media_type.contains('*');
    let media_type = is_said.then_some(media_type);
    quote!(#name #media_type)
}

fn kind_name(content: &Content) -> (TokenStream, &'static str) {
    match content.kind {
        BodyKind::Json(_) => (quote!(json), "application/json"),
        BodyKind::Form(_) => (quote!(form), "application/x-www-form-urlencoded"),
        BodyKind::Multipart(_) => (quote!(multipart), "multipart/form-data"),
        BodyKind::Text => (quote!(text), "text/plain"),
        BodyKind::Bytes => (quote!(bytes), "application/octet-stream"),
    }
}

/// `Json(json "application/json")`: a row of a body's media types.
pub fn content(content: &Content) -> TokenStream {
    let (variant, media_type) = (ident(&content.name.pascal), &content.name.wire);
    let (kind, _) = kind_name(content);
    quote!(#variant(#kind #media_type))
}

/// `201 => Created(Pet as json)`: a row of an enum of responses; without a type, as the macros have it,
/// where a value of the type does not mean this row.
pub fn response(ir: &Ir, operation: &Operation, response: &OperationResponse, is_typed: bool) -> TokenStream {
    let name = ident(&response.name.pascal);
    let held = held(ir, operation, response, is_typed);
    match response.status {
        Status::Code(code) => {
            let (code, held) = (Literal::u16_unsuffixed(code), held.map(|held| quote!((#held))));
            quote!(#code => #name #held)
        }
        Status::Range(class) => {
            let range: TokenStream = format!("{class}XX").parse().unwrap_or_default();
            quote!(#range => #name { #held })
        }
        Status::Default => quote!(default => #name { #held }),
    }
}

fn held(ir: &Ir, operation: &Operation, response: &OperationResponse, is_typed: bool) -> Option<TokenStream> {
    let ty = layout::payload(ir, operation, response)?;
    Some(match (Layout::of(ir, response), ir.resolve(response).contents.as_slice(), is_typed) {
        (Layout::Body, [content], true) => {
            let kind = kind(content);
            quote!(#ty as #kind)
        }
        (Layout::Body, [content], false) => kind(content),
        (_, _, true) => ty,
        (_, _, false) => quote!(..),
    })
}

/// `tags: query "tags"`: a row of a request.
pub fn parameter(parameter: &Parameter) -> TokenStream {
    let (field, wire) = (ident(&parameter.name.snake), &parameter.name.wire);
    let location = ident(parameter.location.as_str());
    quote!(#field: #location #wire)
}

/// `body: json "application/json"`: the last row of a request.
pub fn request_body(body: &RequestBody) -> TokenStream {
    let field = ident(&body.name.snake);
    let optional = (!body.required).then(|| quote!(optional));
    let how = match body.contents.as_slice() {
        [content] => {
            let ((kind, _), media_type) = (kind_name(content), &content.name.wire);
            quote!(#kind #media_type)
        }
        _ => ident("body").into_token_stream(),
    };
    quote!(#field: #optional #how)
}
