//! How responses and bodies stand in Rust.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{BodyKind, Content, Ir, Operation, OperationResponse, Response, ResponseBody};

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

/// The type of a component response's body.
pub fn shared_body(ir: &Ir, response: &Response) -> Option<TokenStream> {
    let name = paths::response_body_name(response);
    (!response.contents.is_empty()).then(|| body(ir, &response.contents, &quote!(crate::responses::#name)))
}

/// The type of an operation's request body, without regard to whether it is required.
pub fn request_body(ir: &Ir, operation: &Operation) -> Option<TokenStream> {
    let request = operation.body.as_ref()?;
    let several = paths::beside(ir, operation, &crate::ident(&request.name.pascal));
    Some(body(ir, &request.contents, &several))
}

/// The type of a body: that of its only media type, or the enum of several.
pub(crate) fn body(ir: &Ir, contents: &[Content], several: &TokenStream) -> TokenStream {
    match contents {
        [content] => content_ty(ir, content),
        _ => several.clone(),
    }
}

/// The type of a body in one media type.
pub fn content_ty(ir: &Ir, content: &Content) -> TokenStream {
    match &content.kind {
        BodyKind::Json(schema) => ty(ir, schema),
        BodyKind::Text => quote!(String),
        BodyKind::Bytes => quote!(::specwright_runtime::Bytes),
    }
}
