//! Rows of the runtime's tables, which say how requests and responses look in HTTP.

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use specwright_ir::{
    BodyKind, Content, Ir, Operation, OperationResponse, Parameter, RequestBody, Schema, Shape, Status,
    TypeKind,
};

use crate::{Layout, ident, layout, xml};

/// `json`, with its media type where that is not the usual one; `[json "..." [], form "..." [..]]` where
/// there are several of one type.
pub fn how(ir: &Ir, contents: &[Content]) -> TokenStream {
    if let [content] = contents {
        let (name, usual) = kind_name(content);
        let media_type = &content.name.wire;
        let form = form(ir, content);
        // A form's is said always, so that what follows cannot be taken for it.
        let is_said = form.is_some() || media_type != usual;
        let media_type = is_said.then_some(media_type);
        return quote!(#name #media_type #form);
    }
    let ways = contents.iter().map(|content| {
        let ((name, _), media_type) = (kind_name(content), &content.name.wire);
        let form = form(ir, content).unwrap_or_else(|| quote!([]));
        quote!(#name #media_type #form)
    });
    quote!([#(#ways),*])
}

/// How a form is written: `[Pet, Encoding::json("tags")]`; and XML,
/// `[Root::new(Xml::element("pet"), &Schema::of::<Pet>())]`.
fn form(ir: &Ir, content: &Content) -> Option<TokenStream> {
    if let BodyKind::Xml(root) = &content.kind {
        let root = xml::unchecked(ir, root);
        return Some(unimported(quote!([#root])));
    }
    let (BodyKind::Form(form) | BodyKind::Multipart(form)) = &content.kind else { return None };
    let ty = described(ir, &form.schema).unwrap_or_else(|| quote!(_));
    let encodings = form.encodings.iter().map(crate::operations::encoding);
    Some(unimported(quote!([#ty #(, #encodings)*])))
}

/// With the runtime's paths in a form that nothing is imported for: a crate that has neither side leaves
/// these rows out, and would not use what it imported.
fn unimported(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                kept.push(Group::new(group.delimiter(), unimported(group.stream())).into());
            }
            TokenTree::Ident(ident) if ident == "specwright_runtime" => {
                let is_colon =
                    |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':');
                while kept.last().is_some_and(is_colon) {
                    kept.pop();
                }
                kept.push(ident.into());
            }
            other => kept.push(other),
        }
    }
    kept.into_iter().collect()
}

/// The type, where it is one that has a schema.
fn described(ir: &Ir, schema: &Schema) -> Option<TokenStream> {
    let Shape::Named(id) = schema.shape else { return None };
    match &ir.ty(id).kind {
        TypeKind::Alias(alias) if !alias.newtype => described(ir, &alias.schema),
        _ => Some(crate::rust_type::unboxed(ir, schema)),
    }
}

fn kind_name(content: &Content) -> (TokenStream, &'static str) {
    match content.kind {
        BodyKind::Json(_) => (quote!(json), "application/json"),
        BodyKind::Xml(_) => (quote!(xml), "application/xml"),
        BodyKind::Form(_) => (quote!(form), "application/x-www-form-urlencoded"),
        BodyKind::Multipart(_) => (quote!(multipart), "multipart/form-data"),
        BodyKind::Scalar(_) => (quote!(scalar), "text/plain"),
        BodyKind::Text => (quote!(text), "text/plain"),
        BodyKind::Bytes => (quote!(bytes), "application/octet-stream"),
        BodyKind::Events(_) => (quote!(events), "text/event-stream"),
        BodyKind::Items(_) => (quote!(items), "application/jsonl"),
    }
}

/// `Json(json "application/json")`: a row of a request body's media types.
pub fn content(content: &Content) -> TokenStream {
    let (variant, media_type) = (ident(&content.name.pascal), &content.name.wire);
    let (kind, _) = kind_name(content);
    quote!(#variant(#kind #media_type))
}

/// The same of a response's body, whose forms say how they are written.
pub fn answer(ir: &Ir, content: &Content) -> TokenStream {
    let (variant, media_type) = (ident(&content.name.pascal), &content.name.wire);
    let ((kind, _), form) = (kind_name(content), form(ir, content));
    quote!(#variant(#kind #media_type #form))
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
    let contents = &ir.resolve(response).contents;
    let is_body = Layout::of(ir, response) == Layout::Body && layout::is_one_type(ir, contents);
    Some(match (is_body, is_typed) {
        (true, true) => {
            let how = how(ir, contents);
            quote!(#ty as #how)
        }
        (true, false) => {
            let how = how(ir, contents);
            quote!(_ as #how)
        }
        (false, true) => ty,
        (false, false) => quote!(..),
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
