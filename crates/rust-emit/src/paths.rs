//! Where items of the shared modules are, by absolute path.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use specwright_ir::{Ir, Operation, OperationResponse, Response, ResponseBody, Scheme, SchemeId, TypeId};

use crate::{ident, shouty};

/// An allocated type name with a word after it; the underscore of `Self_` and the like is no longer
/// needed then.
pub fn suffixed(pascal: &str, word: &str) -> String {
    format!("{}{word}", pascal.trim_end_matches('_'))
}

/// `crate::operations::<tag>::<name>`: an item beside an operation.
pub fn beside(ir: &Ir, operation: &Operation, name: &Ident) -> TokenStream {
    let module = ident(&ir.tags[operation.tag.0].name.snake);
    quote!(crate::operations::#module::#name)
}

/// The name of an operation's request struct.
pub fn request_name(operation: &Operation) -> Ident {
    ident(&suffixed(&operation.name.pascal, "Request"))
}

/// The name of an operation's response enum.
pub fn response_name(operation: &Operation) -> Ident {
    ident(&suffixed(&operation.name.pascal, "Response"))
}

/// The name of an operation's error enum.
pub fn error_name(operation: &Operation) -> Ident {
    ident(&suffixed(&operation.name.pascal, "Error"))
}

/// The name of an operation's static.
pub fn operation_name(operation: &Operation) -> Ident {
    shouty(&operation.name.snake)
}

/// The path of a named type.
pub fn type_path(ir: &Ir, id: TypeId) -> TokenStream {
    let name = ident(&ir.ty(id).name.pascal);
    quote!(crate::types::#name)
}

/// The name of a security scheme's static.
pub fn scheme_name(scheme: &Scheme) -> Ident {
    let name = shouty(&scheme.name.snake);
    // The list of servers stands in the same module.
    if name == "SERVERS" { ident("SERVERS_SCHEME") } else { name }
}

/// The path of a security scheme's static.
pub fn scheme_path(ir: &Ir, id: SchemeId) -> TokenStream {
    let name = scheme_name(ir.scheme(id));
    quote!(crate::operations::#name)
}

/// The path of a response's struct: in `crate::responses`, or beside the operation.
pub fn response_path(ir: &Ir, operation: &Operation, response: &OperationResponse) -> TokenStream {
    let name = ident(&ir.resolve(response).name.pascal);
    match response.body {
        ResponseBody::Shared(_) => quote!(crate::responses::#name),
        ResponseBody::Inline(_) => beside(ir, operation, &name),
    }
}

/// The name of the enum of a response's several media types.
pub fn response_body_name(response: &Response) -> Ident {
    ident(&suffixed(&response.name.pascal, "Body"))
}
