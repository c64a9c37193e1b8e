//! What an operation is answered with: its response enum and its error enum.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{Ir, Operation, OperationResponse, ResponseBody, ResponseId, Status};

use super::link;
use crate::{Context, Declared, Layout, attributes, code, ident, layout, one_line, paths, response, tables};

/// `XResponse`, `XError`, and the structs of the operation's own responses.
pub fn items(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let declared = Declared::of(operation);
    let success = success(cx.ir, operation, &declared.successes);
    let structs = operation.responses.iter().map(|response| own(cx, operation, response));
    let error = error(cx.ir, operation, &declared.errors);
    quote!(#success #(#structs)* #error)
}

fn success(ir: &Ir, operation: &Operation, responses: &[&OperationResponse]) -> TokenStream {
    let name = paths::response_name(operation);
    let docs = attributes(&[format!("What [`{}`] is answered with.", paths::request_name(operation))]);
    let variants = responses.iter().map(|response| variant(ir, operation, response));
    let rows = responses.iter().map(|response| {
        let is_typed = responses.len() == 1 || means_one(ir, operation, responses, response);
        tables::response(ir, operation, response, is_typed)
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        pub enum #name { #(#variants),* }

        ::specwright_runtime::responses! { #name { #(#rows),* } }
    }
}

/// Whether what a variant holds can mean this variant alone.
fn means_one(
    ir: &Ir,
    operation: &Operation,
    responses: &[&OperationResponse],
    response: &OperationResponse,
) -> bool {
    let held = |response: &OperationResponse| {
        layout::canonical_payload(ir, operation, response).map(|ty| ty.to_string())
    };
    let this = held(response);
    this.is_some() && responses.iter().filter(|other| held(other) == this).count() == 1
}

fn error(ir: &Ir, operation: &Operation, responses: &[&OperationResponse]) -> TokenStream {
    let name = paths::error_name(operation);
    let docs = attributes(&[format!("What [`{}`] fails with.", paths::request_name(operation))]);
    let variants = responses.iter().map(|response| variant(ir, operation, response));
    let mut declared: Vec<ResponseId> = Vec::new();
    let rows: Vec<TokenStream> =
        responses.iter().map(|response| row(ir, operation, response, &mut declared)).collect();
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }

        ::specwright_runtime::error_responses! { #name { #(#rows),* } }
    }
}

/// A row of `error_responses!`. A component response converts into its first variant.
fn row(
    ir: &Ir,
    operation: &Operation,
    response: &OperationResponse,
    declared: &mut Vec<ResponseId>,
) -> TokenStream {
    let is_first = match (&response.body, response.status) {
        (ResponseBody::Shared(id), Status::Code(_)) if !declared.contains(id) => {
            declared.push(*id);
            true
        }
        _ => false,
    };
    tables::response(ir, operation, response, is_first)
}

/// A variant; one for several statuses says which.
fn variant(ir: &Ir, operation: &Operation, response: &OperationResponse) -> TokenStream {
    let name = ident(&response.name.pascal);
    let text = one_line(&ir.resolve(response).docs.description);
    let status = code(&response.name.wire);
    let status = if status.is_empty() { "A response".to_owned() } else { status };
    let mut docs = vec![if text.is_empty() { format!("{status}.") } else { format!("{status}: {text}") }];
    docs.extend(link::list(ir, operation, &ir.resolve(response).links));
    let docs = attributes(&docs);
    let payload = layout::payload(ir, operation, response);
    match (response.status, payload) {
        (Status::Code(_), None) => quote!(#docs #name),
        (Status::Code(_), Some(payload)) => quote!(#docs #name(#payload)),
        (_, payload) => {
            let body = payload.map(|payload| quote!(#[doc = " What came with it."] body: #payload));
            quote!(#docs #name { #[doc = " Which one."] status: ::specwright_runtime::StatusCode, #body })
        }
    }
}

/// What a response of this operation alone needs beside the enum: a struct where it has headers, an
/// enum where it has several media types.
fn own(cx: Context<'_>, operation: &Operation, response: &OperationResponse) -> Option<TokenStream> {
    let ResponseBody::Inline(inline) = &response.body else { return None };
    let several = paths::response_body_name(inline);
    match Layout::of(cx.ir, response) {
        Layout::Unit => None,
        Layout::Struct => Some(response::items(cx, inline, &paths::beside(cx.ir, operation, &several))),
        Layout::Body => response::bodies(cx.ir, inline),
    }
}
