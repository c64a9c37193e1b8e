//! How responses and bodies stand in Rust.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{BodyKind, Content, Ir, Operation, OperationResponse, Response, ResponseBody, Status};

use crate::rust_type::{bare, canonical};
use crate::{paths, ty};

/// What the variant of a declared response holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Nothing.
    Unit,
    /// The body alone.
    Body,
    /// The response's struct: `body`, where it has one, and a field a header.
    Struct,
}

impl Layout {
    /// The layout of a response that an operation declares: a component is always a struct.
    pub fn of(ir: &Ir, response: &OperationResponse) -> Self {
        let resolved = ir.resolve(response);
        if matches!(response.body, ResponseBody::Shared(_)) || !resolved.headers.is_empty() {
            Self::Struct
        } else if resolved.contents.is_empty() {
            Self::Unit
        } else {
            Self::Body
        }
    }
}

/// The responses of an operation as its two enums divide them, each in the order of the IR.
#[derive(Clone, Debug)]
pub struct Declared<'a> {
    /// Variants of the response enum. `default` is among them where nothing else is a success.
    pub successes: Vec<&'a OperationResponse>,
    /// Variants of the error enum.
    pub errors: Vec<&'a OperationResponse>,
}

impl<'a> Declared<'a> {
    /// Divides the responses of an operation.
    pub fn of(operation: &'a Operation) -> Self {
        let has_success = operation.responses.iter().any(OperationResponse::is_success);
        let is_success = |response: &&OperationResponse| {
            response.is_success() || (!has_success && response.status == Status::Default)
        };
        let (successes, errors) = operation.responses.iter().partition(is_success);
        Self { successes, errors }
    }
}

/// The type that the variant of a declared response holds; `None` for a unit variant. A variant for
/// several statuses has named fields, `status` and, with this type, `body`.
pub fn payload(ir: &Ir, operation: &Operation, response: &OperationResponse) -> Option<TokenStream> {
    let resolved = ir.resolve(response);
    match Layout::of(ir, response) {
        Layout::Unit => None,
        Layout::Body => {
            let several = paths::beside(ir, operation, &paths::response_body_name(resolved));
            Some(body(ir, &resolved.contents, &several))
        }
        Layout::Struct => Some(paths::response_path(ir, operation, response)),
    }
}

/// [`payload`] with aliases followed: whether two are one type.
pub(crate) fn canonical_payload(
    ir: &Ir,
    operation: &Operation,
    response: &OperationResponse,
) -> Option<TokenStream> {
    let contents = &ir.resolve(response).contents;
    match (Layout::of(ir, response), contents.as_slice()) {
        (Layout::Body, [first, ..]) if is_one_type(ir, contents) => match first.kind.value() {
            Some(schema) => Some(canonical(ir, schema)),
            None => payload(ir, operation, response),
        },
        _ => payload(ir, operation, response),
    }
}

/// The type of a component response's body.
pub fn shared_body(ir: &Ir, response: &Response) -> Option<TokenStream> {
    let name = paths::response_body_name(response);
    (!response.contents.is_empty()).then(|| body(ir, &response.contents, &quote!(crate::responses::#name)))
}

/// The type of an operation's request body; the field's is an `Option` of it where the body is not
/// required, which `null` is then the same as.
pub fn request_body(ir: &Ir, operation: &Operation) -> Option<TokenStream> {
    let request = operation.body.as_ref()?;
    if let ([content], false) = (request.contents.as_slice(), request.required)
        && let Some(schema) = content.kind.value()
    {
        return Some(bare(ir, schema));
    }
    Some(match request.contents.as_slice() {
        [content] => content_ty(ir, content),
        _ => paths::beside(ir, operation, &crate::ident(&request.name.pascal)),
    })
}

/// The type of a response's body: that of its media types where it is one, or the enum of several.
pub(crate) fn body(ir: &Ir, contents: &[Content], several: &TokenStream) -> TokenStream {
    match contents {
        [content, ..] if is_one_type(ir, contents) => content_ty(ir, content),
        _ => several.clone(),
    }
}

/// Whether a response's media types are ways to write one value, so that the caller's `Accept` can pick
/// one of them. What is read as it comes is no value.
pub fn is_one_type(ir: &Ir, contents: &[Content]) -> bool {
    let ty = |content: &Content| match content.kind.value() {
        Some(schema) => canonical(ir, schema).to_string(),
        None => content_ty(ir, content).to_string(),
    };
    match contents {
        [] => false,
        [_] => true,
        [first, rest @ ..] => {
            !first.kind.is_streamed() && rest.iter().all(|content| ty(content) == ty(first))
        }
    }
}

/// Whether the implementer picks the media type of a success: where those of one response are of several
/// types, which the caller's `Accept` alone cannot pick among.
pub fn picks_media_type(ir: &Ir, operation: &Operation) -> bool {
    Declared::of(operation).successes.into_iter().any(|response| {
        let contents = &ir.resolve(response).contents;
        !contents.is_empty() && !is_one_type(ir, contents)
    })
}

/// The type of a body in one media type.
pub fn content_ty(ir: &Ir, content: &Content) -> TokenStream {
    match &content.kind {
        BodyKind::Json(schema) | BodyKind::Scalar(schema) => ty(ir, schema),
        BodyKind::Xml(root) => ty(ir, &root.schema),
        BodyKind::Form(form) | BodyKind::Multipart(form) => bare(ir, &form.schema),
        BodyKind::Text => quote!(String),
        BodyKind::Bytes => quote!(::specwright_runtime::ByteStream),
        BodyKind::Events(schema) => {
            let data = ty(ir, schema);
            quote!(::specwright_runtime::EventStream<#data>)
        }
        BodyKind::Items(schema) => {
            let item = ty(ir, schema);
            quote!(::specwright_runtime::JsonLines<#item>)
        }
    }
}
