//! `src/client/<tag>.rs`: one tag's trait, its group of methods, its requests and answers.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{Operation, TagId};
use specwright_rust_emit::{Context, Module, attributes, code, docs, ident, one_line, paths};

use crate::{
    decode, encode, group,
    group::group_name,
    scope::{allow_convention, request_link},
};

/// The module of a tag.
pub fn tag(cx: Context<'_>, id: TagId) -> Module {
    let tag = &cx.ir.tags[id.0];
    let mut operations: Vec<&Operation> = cx.ir.operations_of(id).collect();
    operations.sort_by(|one, other| one.name.snake.cmp(&other.name.snake));
    let mut module = Module::new(format!("The client's side of [`{}`].", tag.name.pascal))
        .home(&format!("crate::client::{}", tag.name.snake));
    module.push(client_trait(cx, id, &operations));
    module.push(group::group(cx, id));
    module.push(group::methods(cx, id, &operations));
    module.push(implementation(cx, id, &operations));
    for operation in &operations {
        module.push(request(cx, operation));
        for response in &operation.responses {
            module.push(decode::from_reply(cx, operation, response));
        }
    }
    module
}

/// The trait by which callers may substitute a tag's group.
pub fn client_trait(cx: Context<'_>, id: TagId, operations: &[&Operation]) -> TokenStream {
    let tag = &cx.ir.tags[id.0];
    let name = ident(&tag.name.pascal);
    let docs = match tag.docs.description.as_str() {
        "" => attributes(&[format!("The operations of {}.", code(&tag.name.wire))]),
        description => docs(description),
    };
    let methods = operations.iter().map(|operation| {
        let (docs, signature) = (summary(cx, operation), Signature::of(cx, operation));
        let (name, request, output, error) = signature.parts();
        let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
        let allow = allow_convention(&operation.name);
        quote! {
            #docs
            #deprecated
            #allow
            fn #name(
                &self,
                request: #request,
            ) -> impl Future<
                Output = Result<::specwright_runtime::client::Success<#output>, ::specwright_runtime::client::Error<#error>>,
            > + Send;
        }
    });
    quote! {
        #docs
        pub trait #name { #(#methods)* }
    }
}

/// The trait's implementation for the group of a client.
pub fn implementation(cx: Context<'_>, id: TagId, operations: &[&Operation]) -> TokenStream {
    let tag = &cx.ir.tags[id.0];
    let (name, group) = (ident(&tag.name.pascal), group_name(tag));
    let methods = operations.iter().map(|operation| {
        let name = ident(&operation.name.snake);
        let request = paths::beside(cx.ir, operation, &paths::request_name(operation));
        quote! {
            async fn #name(&self, request: #request) -> super::Answer<#request> {
                self.core.call(request).send().await
            }
        }
    });
    quote! {
        impl #name for #group<'_> { #(#methods)* }
    }
}

/// `impl Request`: how an operation's request is written and its answers are read.
pub fn request(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let signature = Signature::of(cx, operation);
    let (_, request, output, error) = signature.parts();
    let path = paths::beside(cx.ir, operation, &paths::operation_name(operation));
    let (encode, decode) = (encode::encode(cx, operation), decode::decode(cx, operation));
    quote! {
        impl ::specwright_runtime::client::Request for #request {
            type Output = #output;
            type Error = #error;
            const OPERATION: &'static ::specwright_runtime::Operation = &#path;
            #encode
            #decode
        }
    }
}

/// The names and types of an operation's method.
pub struct Signature {
    name: proc_macro2::Ident,
    request: TokenStream,
    output: TokenStream,
    error: TokenStream,
}

impl Signature {
    /// Those of an operation.
    pub fn of(cx: Context<'_>, operation: &Operation) -> Self {
        let path = |name| paths::beside(cx.ir, operation, &name);
        Self {
            name: ident(&operation.name.snake),
            request: path(paths::request_name(operation)),
            output: decode::output(cx, operation),
            error: path(paths::error_name(operation)),
        }
    }

    /// Name, request, output, error.
    pub fn parts(&self) -> (&proc_macro2::Ident, &TokenStream, &TokenStream, &TokenStream) {
        (&self.name, &self.request, &self.output, &self.error)
    }
}

/// The docs of an operation's method.
pub fn summary(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let summary = match one_line(&operation.docs.summary) {
        text if text.is_empty() => code(&format!("{} {}", operation.method, operation.path.raw)),
        text => text,
    };
    let link = request_link(cx, operation);
    attributes(&[summary, String::new(), link])
}
