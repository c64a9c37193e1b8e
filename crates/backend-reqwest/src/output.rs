//! What calls give.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::Operation;
use specwright_rust_emit::{Context, Declared, paths, payload};

/// What a call gives on success: the only success's body, or the response's enum.
pub fn output(cx: Context<'_>, operation: &Operation) -> TokenStream {
    match Declared::of(operation).successes.as_slice() {
        [response] => payload(cx.ir, operation, response).unwrap_or_else(|| quote!(())),
        _ => paths::beside(cx.ir, operation, &paths::response_name(operation)),
    }
}
