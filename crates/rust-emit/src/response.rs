//! Responses that are structs: body and headers. Components, and inline ones with headers.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{BodyKind, Content, Header, Ir, Response};

use crate::member::{Member, MemberKind, Members};
use crate::{Context, FileSet, Module, attributes, code, doc_lines, ident, layout, paths};

/// `src/responses.rs`: the component responses.
pub fn files(cx: Context<'_>) -> FileSet {
    let mut module = Module::new("Responses that operations share.").home("crate::responses");
    let mut responses: Vec<&Response> = cx.ir.responses.iter().collect();
    responses.sort_by(|a, b| a.name.pascal.cmp(&b.name.pascal));
    for response in responses {
        let name = paths::response_body_name(response);
        module.push(items(cx, response, &quote!(crate::responses::#name)));
        module.push(answers(response));
    }
    let mut files = FileSet::default();
    files.insert("src/responses.rs", module.to_source(cx));
    files
}

/// The struct of a response, what the two sides make of it, and the enum of its media types where
/// there are several; `several` is that enum's path.
pub fn items(cx: Context<'_>, response: &Response, several: &TokenStream) -> TokenStream {
    let members = Members(members(cx.ir, response, several));
    let definition = definition(response, &members);
    let from_body = from_body(response, &members);
    let respond = respond(response);
    let from_reply = from_reply(response);
    let bodies = bodies(cx.ir, response);
    let read_bodies = read_bodies(response);
    quote!(#definition #from_body #respond #from_reply #bodies #read_bodies)
}

/// A component response is an error of every operation that declares it.
fn answers(response: &Response) -> TokenStream {
    let name = ident(&response.name.pascal);
    quote! {
        impl ::specwright_runtime::Answers for #name {
            type Response = Self;

            fn answer(self) -> Self {
                self
            }
        }
    }
}

fn members(ir: &Ir, response: &Response, several: &TokenStream) -> Vec<Member> {
    let mut members = Vec::new();
    if !response.contents.is_empty() {
        let mut body = Member::of_type("body", layout::body(ir, &response.contents, several));
        body.attributes = quote!(#[doc = " The body."]);
        members.push(body);
    }
    members.extend(response.headers.iter().map(|header| {
        let name = header_name(response, header);
        let mut member = Member::of_text(ir, &header.schema, header.required, &name);
        let wire = code(&header.name.wire);
        member.attributes = match doc_lines(&header.docs.description) {
            lines if lines.is_empty() => attributes(&[format!("The header {wire}.")]),
            lines => attributes(&lines),
        };
        member.deprecated = header.deprecated;
        member
    }));
    members
}

/// The field of a header; `body` is the body's.
fn header_name(response: &Response, header: &Header) -> String {
    let is_taken = header.name.snake == "body" && !response.contents.is_empty();
    if is_taken { "body_header".to_owned() } else { header.name.snake.clone() }
}

fn definition(response: &Response, members: &Members) -> TokenStream {
    let name = ident(&response.name.pascal);
    let docs = match doc_lines(&response.docs.description) {
        lines if lines.is_empty() => attributes(&["A response.".to_owned()]),
        lines => attributes(&lines),
    };
    let default = members.are_optional().then(|| quote!(Default,));
    let bools = members.allow_bools();
    let fields = members.fields();
    let new =
        members.constructor(if members.are_optional() { "The response." } else { "With what is required." });
    let setters = members.setters(&name);
    quote! {
        #docs
        #[derive(Clone, Debug, #default PartialEq)]
        #bools
        #[non_exhaustive]
        pub struct #name { #fields }

        impl #name { #new }

        #setters
    }
}

/// `From` the body, where nothing else is required.
fn from_body(response: &Response, members: &Members) -> Option<TokenStream> {
    let name = ident(&response.name.pascal);
    let mut required = members.0.iter().filter(|member| member.kind == MemberKind::Required);
    let body = required.next().filter(|_| !response.contents.is_empty())?;
    let ty = &body.ty;
    required.next().is_none().then(|| {
        quote! {
            impl From<#ty> for #name {
                fn from(body: #ty) -> Self {
                    Self::new(body)
                }
            }
        }
    })
}

fn respond(response: &Response) -> TokenStream {
    let name = ident(&response.name.pascal);
    let allow = allow_deprecated_headers(response);
    let headers = response.headers.iter().map(|header| {
        let (wire, field) = (&header.name.wire, ident(&header_name(response, header)));
        let method = if header.explode { quote!(header_exploded) } else { quote!(header) };
        quote!(.#method(#wire, &self.#field))
    });
    let headers = quote!(#(#headers)*);
    let body = match response.contents.as_slice() {
        [] => quote!(::specwright_runtime::server::Reply::empty(status) #headers.finish()),
        [content] => {
            let reply = reply(content, &quote!(self.body));
            quote!(#reply #headers.finish())
        }
        contents => {
            let several = paths::response_body_name(response);
            let arms = contents.iter().map(|content| {
                let (variant, reply) = (ident(&content.name.pascal), reply(content, &quote!(body)));
                quote!(#several::#variant(body) => #reply)
            });
            quote!(match self.body { #(#arms,)* } #headers.finish())
        }
    };
    quote! {
        #[cfg(feature = "server")]
        #allow
        impl ::specwright_runtime::server::Respond for #name {
            fn respond(
                self,
                status: ::specwright_runtime::StatusCode,
            ) -> Result<::specwright_runtime::server::Response, ::specwright_runtime::Internal> {
                #body
            }
        }
    }
}

/// The expression that begins a reply with a body.
fn reply(content: &Content, body: &TokenStream) -> TokenStream {
    let media_type = &content.name.wire;
    let (start, usual) = match content.kind {
        BodyKind::Json(_) => (quote!(json(status, &#body)), "application/json"),
        BodyKind::Text => (quote!(text(status, #body)), "text/plain"),
        BodyKind::Bytes => (quote!(bytes(status, #body)), "application/octet-stream"),
    };
    // A range is nothing that a response could say of itself.
    let is_said = media_type != usual && !media_type.contains('*');
    let media_type = is_said.then(|| quote!(.media_type(#media_type)));
    quote!(::specwright_runtime::server::Reply::#start #media_type)
}

fn from_reply(response: &Response) -> TokenStream {
    let name = ident(&response.name.pascal);
    let allow = allow_deprecated_headers(response);
    let body = match response.contents.as_slice() {
        [] => None,
        [content] => Some(read(content)),
        _ => Some(quote!(reply.shared()?)),
    };
    let reply = if body.is_none() && response.headers.is_empty() { quote!(_) } else { quote!(reply) };
    let body = body.map(|read| quote!(body: #read,));
    let headers = response.headers.iter().map(|header| {
        let (wire, field) = (&header.name.wire, ident(&header_name(response, header)));
        quote!(#field: reply.header(#wire)?)
    });
    quote! {
        #[cfg(feature = "client")]
        #allow
        impl ::specwright_runtime::client::FromReply for #name {
            fn from_reply(
                #reply: &::specwright_runtime::client::Reply,
            ) -> Result<Self, ::specwright_runtime::client::DecodeError> {
                Ok(Self { #body #(#headers,)* })
            }
        }
    }
}

fn read(content: &Content) -> TokenStream {
    match content.kind {
        BodyKind::Json(_) => quote!(reply.json()?),
        BodyKind::Text => quote!(reply.text()?),
        BodyKind::Bytes => quote!(reply.bytes().clone()),
    }
}

fn allow_deprecated_headers(response: &Response) -> Option<TokenStream> {
    response.headers.iter().any(|header| header.deprecated).then(crate::allow_deprecated)
}

/// How a client reads the enum of several media types: by what the reply says that it is.
fn read_bodies(response: &Response) -> Option<TokenStream> {
    let (last, others) = response.contents.split_last().filter(|(_, others)| !others.is_empty())?;
    let name = paths::response_body_name(response);
    let declared = response.contents.iter().map(|content| &content.name.wire);
    let value = |content: &Content| {
        let (variant, read) = (ident(&content.name.pascal), read(content));
        quote!(Self::#variant(#read))
    };
    let arms = others.iter().map(|content| {
        let (wire, value) = (&content.name.wire, value(content));
        quote!(#wire => #value)
    });
    let last = value(last);
    Some(quote! {
        #[cfg(feature = "client")]
        impl ::specwright_runtime::client::FromReply for #name {
            fn from_reply(
                reply: &::specwright_runtime::client::Reply,
            ) -> Result<Self, ::specwright_runtime::client::DecodeError> {
                Ok(match reply.media_type(&[#(#declared),*]) { #(#arms,)* _ => #last })
            }
        }
    })
}

/// The enum of several media types.
pub fn bodies(ir: &Ir, response: &Response) -> Option<TokenStream> {
    (response.contents.len() > 1).then(|| {
        let name = paths::response_body_name(response);
        body_enum(ir, &name, "A response's body, by media type.", &response.contents)
    })
}

/// An enum with a variant a media type.
pub fn body_enum(ir: &Ir, name: &proc_macro2::Ident, docs: &str, contents: &[Content]) -> TokenStream {
    let docs = attributes(&[docs.to_owned()]);
    let variants = contents.iter().map(|content| {
        let (variant, ty) = (ident(&content.name.pascal), layout::content_ty(ir, content));
        let docs = attributes(&[code(&content.name.wire)]);
        quote!(#docs #variant(#ty))
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        pub enum #name { #(#variants),* }
    }
}
