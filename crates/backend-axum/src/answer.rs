//! Responses and errors as HTTP has them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use specwright_ir::{BodyKind, Content, Operation, OperationResponse, Status};
use specwright_rust_emit::{Context, Declared, Layout, content_ty, ident, paths, payload};

/// `impl Render` for the operation's response.
pub fn response(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let name = paths::beside(cx.ir, operation, &paths::response_name(operation));
    let arms =
        Declared::of(operation).successes.into_iter().flat_map(|response| arms(cx, operation, response));
    render(&name, arms)
}

/// `impl Render` for the operation's error.
pub fn error(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let name = paths::beside(cx.ir, operation, &paths::error_name(operation));
    let arms = Declared::of(operation).errors.into_iter().flat_map(|response| arms(cx, operation, response));
    render(&name, arms)
}

/// Whether a response of the operation has a struct of its own.
pub fn has_struct(cx: Context<'_>, operation: &Operation) -> bool {
    operation.responses.iter().any(|response| Layout::of(cx.ir, response) == Layout::Struct)
}

/// An arm of the `match` over an enum's variants.
struct Arm {
    pattern: TokenStream,
    /// The type of `body`, where the pattern binds it.
    body: Option<TokenStream>,
    reply: TokenStream,
}

fn render(name: &TokenStream, arms: impl Iterator<Item = Arm>) -> TokenStream {
    let mut merged: Vec<(String, Vec<TokenStream>, TokenStream)> = Vec::new();
    for Arm { pattern, body, reply } in arms {
        // Arms that do the same to the same are one.
        let key = quote!(#body => #reply).to_string();
        match merged.iter_mut().find(|(other, ..)| *other == key) {
            Some((_, patterns, _)) => patterns.push(pattern),
            None => merged.push((key, vec![pattern], reply)),
        }
    }
    let arms = merged.into_iter().map(|(_, patterns, reply)| quote!(#(#patterns)|* => #reply,));
    quote! {
        impl ::specwright_runtime::server::Render for #name {
            fn render(
                self,
            ) -> Result<::specwright_runtime::server::Response, ::specwright_runtime::Internal> {
                match self { #(#arms)* }
            }
        }
    }
}

/// The arm of a declared response; of a body in several media types, an arm for each.
fn arms(cx: Context<'_>, operation: &Operation, response: &OperationResponse) -> Vec<Arm> {
    let resolved = cx.ir.resolve(response);
    let binding = quote!(body);
    let body = payload(cx.ir, operation, response);
    let finished = |reply: TokenStream| quote!(::specwright_runtime::server::Reply::#reply.finish());
    match (Layout::of(cx.ir, response), resolved.contents.as_slice()) {
        (Layout::Unit, _) => {
            let status = number(response);
            vec![Arm { pattern: pattern(response, None), body, reply: finished(quote!(empty(#status))) }]
        }
        (Layout::Struct, _) => {
            let status = status(response);
            vec![Arm {
                pattern: pattern(response, Some(&binding)),
                body,
                reply: quote!(body.respond(#status)),
            }]
        }
        (Layout::Body, [content]) => {
            let reply = finished(write(content, &number(response)));
            vec![Arm { pattern: pattern(response, Some(&binding)), body, reply }]
        }
        (Layout::Body, contents) => {
            let name = paths::beside(cx.ir, operation, &paths::response_body_name(resolved));
            let arm = |content: &Content| {
                let variant = ident(&content.name.pascal);
                let pattern = pattern(response, Some(&quote!(#name::#variant(body))));
                let reply = finished(write(content, &number(response)));
                Arm { pattern, body: Some(content_ty(cx.ir, content)), reply }
            };
            contents.iter().map(arm).collect()
        }
    }
}

/// The pattern of a response's variant; a variant of several statuses has named fields.
fn pattern(response: &OperationResponse, body: Option<&TokenStream>) -> TokenStream {
    let variant = ident(&response.name.pascal);
    match (response.status, body) {
        (Status::Code(_), None) => quote!(Self::#variant),
        (Status::Code(_), Some(body)) => quote!(Self::#variant(#body)),
        (_, None) => quote!(Self::#variant { status }),
        (_, Some(body)) if body.to_string() == "body" => quote!(Self::#variant { status, body }),
        (_, Some(body)) => quote!(Self::#variant { status, body: #body }),
    }
}

/// The status as a reply takes it: a number, or the variant's field.
fn number(response: &OperationResponse) -> TokenStream {
    match response.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(_) | Status::Default => quote!(status),
    }
}

/// The status as a response's struct takes it: a status code.
fn status(response: &OperationResponse) -> TokenStream {
    let Status::Code(code) = response.status else { return quote!(status) };
    let Some((_, name)) = NAMED.iter().find(|(number, _)| *number == code) else {
        let code = Literal::u16_unsuffixed(code);
        return quote!(::specwright_runtime::StatusCode::from_u16(#code).map_err(::specwright_runtime::Internal::new)?);
    };
    let name = ident(name);
    quote!(::specwright_runtime::StatusCode::#name)
}

/// Statuses that have a name of their own.
const NAMED: [(u16, &str); 47] = [
    (200, "OK"),
    (201, "CREATED"),
    (202, "ACCEPTED"),
    (203, "NON_AUTHORITATIVE_INFORMATION"),
    (204, "NO_CONTENT"),
    (205, "RESET_CONTENT"),
    (206, "PARTIAL_CONTENT"),
    (207, "MULTI_STATUS"),
    (300, "MULTIPLE_CHOICES"),
    (301, "MOVED_PERMANENTLY"),
    (302, "FOUND"),
    (303, "SEE_OTHER"),
    (304, "NOT_MODIFIED"),
    (307, "TEMPORARY_REDIRECT"),
    (308, "PERMANENT_REDIRECT"),
    (400, "BAD_REQUEST"),
    (401, "UNAUTHORIZED"),
    (402, "PAYMENT_REQUIRED"),
    (403, "FORBIDDEN"),
    (404, "NOT_FOUND"),
    (405, "METHOD_NOT_ALLOWED"),
    (406, "NOT_ACCEPTABLE"),
    (407, "PROXY_AUTHENTICATION_REQUIRED"),
    (408, "REQUEST_TIMEOUT"),
    (409, "CONFLICT"),
    (410, "GONE"),
    (411, "LENGTH_REQUIRED"),
    (412, "PRECONDITION_FAILED"),
    (413, "PAYLOAD_TOO_LARGE"),
    (414, "URI_TOO_LONG"),
    (415, "UNSUPPORTED_MEDIA_TYPE"),
    (416, "RANGE_NOT_SATISFIABLE"),
    (417, "EXPECTATION_FAILED"),
    (418, "IM_A_TEAPOT"),
    (421, "MISDIRECTED_REQUEST"),
    (422, "UNPROCESSABLE_ENTITY"),
    (423, "LOCKED"),
    (424, "FAILED_DEPENDENCY"),
    (426, "UPGRADE_REQUIRED"),
    (428, "PRECONDITION_REQUIRED"),
    (429, "TOO_MANY_REQUESTS"),
    (431, "REQUEST_HEADER_FIELDS_TOO_LARGE"),
    (500, "INTERNAL_SERVER_ERROR"),
    (501, "NOT_IMPLEMENTED"),
    (502, "BAD_GATEWAY"),
    (503, "SERVICE_UNAVAILABLE"),
    (504, "GATEWAY_TIMEOUT"),
];

/// The reply with a body in one media type. A range of media types names none: the kind's own stands.
fn write(content: &Content, status: &TokenStream) -> TokenStream {
    let wire = content.name.wire.as_str();
    let (reply, own) = match content.kind {
        BodyKind::Json(_) => (quote!(json(#status, &body)), "application/json"),
        BodyKind::Text => (quote!(text(#status, body)), "text/plain"),
        BodyKind::Bytes => (quote!(bytes(#status, body)), "application/octet-stream"),
    };
    if wire == own || wire.contains('*') { reply } else { quote!(#reply.media_type(#wire)) }
}
