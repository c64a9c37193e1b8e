//! A tag's group of methods.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use specwright_ir::{BodyKind, Content, Operation, RequestBody, Role, Schema, Shape, Tag, TagId, TypeKind};
use specwright_rust_emit::scope::{allow_convention, method_docs, tag_docs};
use specwright_rust_emit::{
    Context, attributes, ident, is_nullable, own_ty, paths, request_body, text_argument,
};

/// More arguments than these, and the method takes the request: `clippy::too_many_arguments`.
const MOST_ARGUMENTS: usize = 6;

/// The name of a tag's group.
pub fn group_name(tag: &Tag) -> Ident {
    ident(&paths::suffixed(&tag.name.pascal, "Client"))
}

/// The struct that a client hands out for a tag.
pub fn group(cx: Context<'_>, id: TagId) -> TokenStream {
    let tag = &cx.ir.tags[id.0];
    let name = group_name(tag);
    let docs = attributes(&[match tag.role {
        Role::Api => tag_docs(tag).replacen("The", "A client's", 1),
        _ => tag_docs(tag).replacen("The", "A sender's", 1),
    }]);
    quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'a> {
            pub(super) core: &'a ::specwright_runtime::client::Core,
        }
    }
}

/// The methods of the group: one for each operation.
pub fn methods(cx: Context<'_>, id: TagId, operations: &[&Operation]) -> TokenStream {
    let name = group_name(&cx.ir.tags[id.0]);
    let methods = operations.iter().map(|operation| method(cx, operation));
    quote! {
        impl<'a> #name<'a> { #(#methods)* }
    }
}

fn method(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let (name, docs) = (ident(&operation.name.snake), method_docs(cx, operation));
    let request = paths::beside(cx.ir, operation, &paths::request_name(operation));
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let arguments = arguments(cx, operation);
    let (parameters, make) = if arguments.len() > MOST_ARGUMENTS {
        (quote!(request: #request), quote!(request))
    } else {
        let parameters = arguments.iter().map(|Argument { name, ty, .. }| quote!(#name: #ty));
        let required = arguments.iter().filter(|argument| argument.required).map(|argument| &argument.value);
        let optional =
            arguments.iter().filter(|argument| !argument.required).map(|Argument { name, value, .. }| {
                let with = format_ident!("with_{}", name.to_string().trim_start_matches("r#"));
                quote!(.#with(#value))
            });
        (quote!(#(#parameters),*), quote!(#request::new(#(#required),*) #(#optional)*))
    };
    let allow = allow_convention(&operation.name);
    quote! {
        #docs
        #deprecated
        #allow
        pub fn #name(&self, #parameters) -> ::specwright_runtime::client::Call<'a, #request> {
            self.core.call(#make)
        }
    }
}

/// An argument of a method.
struct Argument {
    name: Ident,
    ty: TokenStream,
    /// What the request's constructor or setter gets.
    value: TokenStream,
    required: bool,
}

/// Required parameters in order, then the body, if the operation asks for one or has one kind of it.
fn arguments(cx: Context<'_>, operation: &Operation) -> Vec<Argument> {
    let parameters =
        operation.parameters.iter().filter(|parameter| parameter.is_always_given()).map(|parameter| {
            let name = ident(&parameter.name.snake);
            let ty = text_argument(cx.ir, &parameter.schema).ty;
            Argument { value: quote!(#name), name, ty, required: true }
        });
    let body = operation.body.iter().filter(|body| body.required || body.contents.len() == 1);
    parameters.chain(body.map(|body| body_argument(cx, operation, body))).collect()
}

fn body_argument(cx: Context<'_>, operation: &Operation, body: &RequestBody) -> Argument {
    let (name, required) = (ident(&body.name.snake), body.required);
    let by_value = |ty: TokenStream| Argument { value: quote!(#name), name: name.clone(), ty, required };
    match body.contents.as_slice() {
        [Content { kind, .. }] if kind.value().is_some_and(|schema| is_struct(cx, schema)) => {
            let ty = kind.value().map(|schema| own_ty(cx.ir, schema));
            Argument { value: quote!(#name.clone()), name, ty: quote!(&#ty), required }
        }
        [Content { kind: BodyKind::Text, .. }] => by_value(quote!(impl Into<String>)),
        [Content { kind: BodyKind::Bytes, .. }] => Argument {
            value: quote!(#name.into()),
            name,
            ty: quote!(impl Into<::specwright_runtime::ByteStream>),
            required,
        },
        [Content { kind, .. }] if kind.value().is_some_and(|of| of.boxed && !is_nullable(cx.ir, of)) => {
            by_value(kind.value().map(|schema| own_ty(cx.ir, schema)).unwrap_or_default())
        }
        _ => by_value(request_body(cx.ir, operation).unwrap_or_default()),
    }
}

/// Whether values are structs, which callers like to keep.
fn is_struct(cx: Context<'_>, schema: &Schema) -> bool {
    match schema.shape {
        Shape::Named(id) => matches!(cx.ir.ty(id).kind, TypeKind::Struct(_)) && !is_nullable(cx.ir, schema),
        _ => false,
    }
}
