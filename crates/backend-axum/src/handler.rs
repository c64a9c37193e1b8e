//! Handlers: from a call to the service and back.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use specwright_ir::{Operation, TagId};
use specwright_rust_emit::scope::free;
use specwright_rust_emit::{Context, allow_deprecated, ident, layout, paths};

use crate::security::Security;
use crate::server::{api_path, module_path};

/// The name of the function that adds a tag's operations to the routes.
pub fn register_name(cx: Context<'_>, id: TagId) -> Ident {
    let taken: Vec<&str> = cx.ir.operations_of(id).map(|operation| operation.name.snake.as_str()).collect();
    free("routes", &taken)
}

/// Calls of one chain: each nests the others a level deeper, in ours as in the compiler's syntax tree.
const LONGEST_CHAIN: usize = 100;

/// The function that adds a tag's operations to the routes.
pub fn register(cx: Context<'_>, id: TagId, operations: &[&Operation]) -> TokenStream {
    let name = register_name(cx, id);
    let api = api_path(cx);
    let call = |operation: &&Operation| {
        let path = paths::beside(cx.ir, operation, &paths::operation_name(operation));
        let handler = ident(&operation.name.snake);
        quote!(.operation(&#path, #handler::<S>))
    };
    let mut chains: Vec<TokenStream> = operations
        .chunks(LONGEST_CHAIN)
        .map(|chunk| {
            let calls = chunk.iter().map(call);
            quote!(#name #(#calls)*)
        })
        .collect();
    let last = chains.pop().unwrap_or_else(|| quote!(#name));
    quote! {
        pub(super) fn #name<S: #api>(
            #name: ::specwright_runtime::server::Routes<S>,
        ) -> ::specwright_runtime::server::Routes<S> {
            #(let #name = #chains;)*
            #last
        }
    }
}

/// The handler of an operation: claims the credentials, reads the request, asks the service.
pub fn handler(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let tag = &cx.ir.tags[operation.tag.0].name;
    let (name, module, service) = (ident(&operation.name.snake), ident(&tag.snake), ident(&tag.pascal));
    let security = Security::of(cx, operation);
    let claim = security.as_ref().map(Security::claim);
    let principal = security.as_ref().map(|_| quote!(principal,));
    let picks = layout::picks_media_type(cx.ir, operation);
    let asked = picks.then(|| quote!(call.asked(),));
    let respond = if picks { quote!(respond_acceptable) } else { quote!(respond) };
    let allow = operation.deprecated.then(allow_deprecated);
    let (side, api) = (module_path(cx), api_path(cx));
    quote! {
        #allow
        async fn #name<S: #api>(
            service: ::std::sync::Arc<S>,
            mut call: ::specwright_runtime::server::Call,
        ) -> super::Answered {
            #claim
            let request = call.decode().await?;
            call.#respond(#side::#module::#service::#name(&*service, #principal #asked request).await)
        }
    }
}
