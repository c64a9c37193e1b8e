//! The struct of what an operation asks for.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{Event, Ir, Location, Operation, Parameter, RequestBody};

use super::link;
use crate::docs::{example, with_notes};
use crate::member::{Member, Members};
use crate::scope::route;
use crate::{Context, attributes, code, credentials, doc_lines, layout, paths, response, tables};

/// `XRequest`, and the enum of its body's media types where there are several.
pub fn items(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let name = paths::request_name(operation);
    let mut members: Vec<Member> =
        operation.parameters.iter().map(|parameter| self::parameter(cx, parameter)).collect();
    members.extend(operation.body.as_ref().and_then(|body| self::body(cx, operation, body)));
    let members = Members(members);
    let docs = attributes(&text(cx.ir, operation));
    let default = members.are_optional().then(|| quote!(Default,));
    let bools = members.allow_bools();
    let fields = members.fields();
    let new = members.constructor("With what is required.");
    let setters = members.setters(&name);
    let bodies = operation.body.as_ref().filter(|body| body.contents.len() > 1).map(|body| {
        let docs = format!("The body of [`{name}`], by media type.");
        let name = crate::ident(&body.name.pascal);
        let rows = body.contents.iter().map(tables::content);
        let body = response::body_enum(cx.ir, &name, &docs, &body.contents);
        quote!(#body ::specwright_runtime::request_bodies! { #name { #(#rows),* } })
    });
    quote! {
        #docs
        #[derive(Clone, Debug, #default PartialEq)]
        #bools
        #[non_exhaustive]
        pub struct #name { #fields }

        impl #name { #new }

        #setters

        #bodies
    }
}

/// `operation!`: how both sides have the request.
pub fn table(operation: &Operation) -> TokenStream {
    let (name, request) = (paths::operation_name(operation), paths::request_name(operation));
    let (response, error) = (paths::response_name(operation), paths::error_name(operation));
    let rows = operation.parameters.iter().map(tables::parameter);
    let rows = rows.chain(operation.body.as_ref().map(tables::request_body));
    quote! {
        ::specwright_runtime::operation! { #name: #request -> #response | #error { #(#rows),* } }
    }
}

/// The operation's whole documentation: summary, description, method and path.
pub fn text(ir: &Ir, operation: &Operation) -> Vec<String> {
    let mut lines = doc_lines(&operation.docs.summary);
    let description = doc_lines(&operation.docs.description);
    if !lines.is_empty() && !description.is_empty() {
        lines.push(String::new());
    }
    lines.extend(description);
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.push(match &operation.event {
        None => route(operation),
        Some(event) => format!("{}{}.", route(operation), event_text(ir, operation, event)),
    });
    lines.extend(credentials::asked(ir, operation));
    lines
}

/// Who sends an event.
fn event_text(ir: &Ir, operation: &Operation, event: &Event) -> String {
    let parents = event.callback.iter().flat_map(|callback| &callback.parents);
    let parents: Vec<String> = parents
        .filter_map(|parent| ir.operation_at(parent))
        .map(|parent| link::request_link(ir, operation, parent))
        .collect();
    let of = if parents.is_empty() {
        String::new()
    } else {
        format!(", the callback {} of {}", code(&event.name), parents.join(", "))
    };
    format!("{of}, sent by whoever provides the API")
}

fn parameter(cx: Context<'_>, parameter: &Parameter) -> Member {
    let mut member =
        Member::of_text(cx.ir, &parameter.schema, parameter.is_always_given(), &parameter.name.snake);
    let wire = code(&parameter.name.wire);
    let mut docs = doc_lines(&parameter.docs.description);
    if docs.is_empty() {
        docs.push(format!("{wire}, in the {}.", parameter.location.as_str()));
    }
    let default = parameter.default.as_ref().map(|value| {
        let value = code(&value.to_string());
        match parameter.location {
            Location::Path => format!("Default: {value}."),
            _ => format!("Default: {value}, which the server fills in."),
        }
    });
    let docs = with_notes(docs, [default, example(&parameter.examples)].into_iter().flatten());
    member.attributes = attributes(&docs);
    member.deprecated = parameter.deprecated;
    member
}

fn body(cx: Context<'_>, operation: &Operation, body: &RequestBody) -> Option<Member> {
    let mut member = Member::of_type(&body.name.snake, layout::request_body(cx.ir, operation)?);
    let docs = match doc_lines(&body.docs.description) {
        lines if lines.is_empty() => vec!["The body.".to_owned()],
        lines => lines,
    };
    member.attributes = attributes(&docs);
    Some(if body.required { member } else { member.optional() })
}
