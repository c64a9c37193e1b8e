//! Responses that are structs: body and headers. Components, and inline ones with headers.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{Array, Content, Header, Integer, Ir, Response, Schema, Shape, StringShape, Style};

use crate::docs::{example, with_notes};
use crate::member::{Member, MemberKind, Members};
use crate::schema::Patterns;
use crate::{
    Context, FileSet, Module, attributes, code, doc_lines, events_only, ident, layout, paths, tables,
};

/// `src/responses.rs`: the component responses. Those that only webhooks and callbacks declare are in a
/// file of their own, which is compiled with them.
pub fn files(cx: Context<'_>) -> FileSet {
    let mut responses: Vec<&Response> = cx.ir.responses.iter().collect();
    responses.sort_by(|a, b| a.name.pascal.cmp(&b.name.pascal));
    let (of_events, responses): (Vec<_>, Vec<_>) =
        responses.into_iter().partition(|response| response.events_only);
    let mut files = FileSet::default();
    let mut module = Module::new("Responses that operations share.").home("crate::responses");
    if !of_events.is_empty() {
        let cfg = events_only(true);
        let names = of_events.iter().flat_map(|response| {
            let several = bodies(cx.ir, response).map(|_| paths::response_body_name(response));
            std::iter::once(ident(&response.name.pascal)).chain(several)
        });
        module.push(quote!(#cfg mod events; #cfg pub use self::events::{#(#names),*};));
        let mut events = Module::new("Responses that webhooks and callbacks share.").home("crate::responses");
        push(cx, &of_events, &mut events);
        files.insert("src/responses/events.rs", events.to_source(cx));
    }
    push(cx, &responses, &mut module);
    files.insert("src/responses.rs", module.to_source(cx));
    files
}

fn push(cx: Context<'_>, responses: &[&Response], module: &mut Module) {
    for response in responses {
        let name = paths::response_body_name(response);
        module.push(items(cx, response, &quote!(crate::responses::#name)));
    }
}

/// The struct of a response, what the two sides make of it, and the enum of its media types where
/// there are several; `several` is that enum's path.
pub fn items(cx: Context<'_>, response: &Response, several: &TokenStream) -> TokenStream {
    let members = Members(members(cx.ir, response, several));
    let definition = definition(response, &members);
    let table = table(cx, response, several, &members);
    let bodies = bodies(cx.ir, response);
    quote!(#definition #table #bodies)
}

/// `response!`: how both sides have it. With the body's type, it is made `From` the body too: where
/// nothing else is required.
fn table(cx: Context<'_>, response: &Response, several: &TokenStream, members: &Members) -> TokenStream {
    let name = ident(&response.name.pascal);
    let mut required = members.0.iter().filter(|member| member.kind == MemberKind::Required);
    let body = required.next().filter(|_| !response.contents.is_empty() && required.next().is_none());
    let contents = &response.contents;
    let held = match (layout::is_one_type(cx.ir, contents), body) {
        _ if contents.is_empty() => TokenStream::new(),
        (true, Some(body)) => {
            let (ty, how) = (&body.ty, tables::how(cx.ir, contents));
            quote!(#ty as #how)
        }
        (true, None) => {
            let how = tables::how(cx.ir, contents);
            quote!(_ as #how)
        }
        (false, Some(_)) => several.clone(),
        (false, None) => quote!(..),
    };
    let headers = response.headers.iter().map(|header| {
        let (wire, field) = (&header.name.wire, ident(&header_name(response, header)));
        let form = match (header.style, header.explode) {
            (Style::Json, _) => Some(quote!(json)),
            (Style::SpaceDelimited, _) => Some(quote!(spaces)),
            (Style::PipeDelimited, _) => Some(quote!(bars)),
            (Style::TabDelimited, _) => Some(quote!(tabs)),
            (_, true) => Some(quote!(exploded)),
            (_, false) => None,
        };
        let read = form.as_ref().map_or_else(|| quote!(plain), Clone::clone);
        if let Some(schema) = schema(cx.ir, header) {
            quote!(#field: #wire #read(#schema))
        } else {
            quote!(#field: #wire #form)
        }
    });
    let headers = (!response.headers.is_empty()).then(|| quote!({ #(#headers),* }));
    quote!(::specwright_runtime::response! { #name(#held) #headers })
}

/// The schema that a client needs to read a header.
fn schema(ir: &Ir, header: &Header) -> Option<TokenStream> {
    header.is_read_by_schema(ir).then(|| {
        let mut patterns = Patterns::default();
        crate::schema::schema(ir, &shape_of(ir, &header.schema), "", &mut patterns)
    })
}

/// A schema without constraints: a client refuses an answer for its shape alone.
fn shape_of(ir: &Ir, schema: &Schema) -> Schema {
    let schema = schema.named(ir);
    let shape = match &schema.shape {
        Shape::Integer(rules) => {
            Shape::Integer(Integer { minimum: None, maximum: None, multiple_of: None, ..*rules })
        }
        Shape::String(rules) => {
            Shape::String(StringShape { format: rules.format.clone(), ..StringShape::default() })
        }
        Shape::Array(rules) => {
            let items = shape_of(ir, &rules.items);
            let array = Array {
                items,
                min_items: None,
                max_items: None,
                unique_items: false,
                xml: None,
                delimiter: None,
            };
            Shape::Array(Box::new(array))
        }
        Shape::Tuple(items) => Shape::Tuple(items.iter().map(|item| shape_of(ir, item)).collect()),
        other => other.clone(),
    };
    Schema { shape, nullable: schema.nullable, ..Schema::new(Shape::Any, schema.origin.clone()) }
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
        let docs = match doc_lines(&header.docs.description) {
            lines if lines.is_empty() => vec![format!("The header {wire}.")],
            lines => lines,
        };
        member.attributes = attributes(&with_notes(docs, example(&header.examples)));
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

/// The enum of several media types.
pub fn bodies(ir: &Ir, response: &Response) -> Option<TokenStream> {
    let contents = &response.contents;
    (!contents.is_empty() && !layout::is_one_type(ir, contents)).then(|| {
        let name = paths::response_body_name(response);
        let body = body_enum(ir, &name, "A response's body, by media type.", &response.contents);
        let rows = response.contents.iter().map(|content| tables::answer(ir, content));
        quote!(#body ::specwright_runtime::bodies! { #name { #(#rows),* } })
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
