//! Objects with named properties.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{Access, Additional, Field, Ir, Name, Schema, Shape, Struct, Type, TypeKind, UnionRule};

use super::{default, described, patterns, view_attributes};
use crate::docs::{example, with_notes};
use crate::member::{Member, MemberKind, Members};
use crate::{Argument, Context, attributes as lines, code, doc_lines, ident, is_nullable, schema, ty, xml};

/// The struct, its constructor and setters, its schema.
pub fn items(cx: Context<'_>, object_type: &Type, object: &Struct) -> TokenStream {
    let ir = cx.ir;
    let mut members: Vec<Member> = object.fields.iter().map(|field| member(ir, field)).collect();
    if let Additional::Kept { name, values } = &object.additional {
        members.push(kept(ir, name, values));
    }
    let members = Members(members);
    let definition = definition(cx, object_type, &members);
    let wire = wire(ir, object_type, object, &members);
    let methods = methods(ir, object_type, object, &members);
    let mut patterns = patterns();
    let schema = properties(ir, object, &mut patterns);
    let described = described(ir, object_type, &schema, patterns);
    quote!(#definition #wire #methods #described)
}

fn definition(cx: Context<'_>, ty: &Type, members: &Members) -> TokenStream {
    let attributes = view_attributes(cx, ty);
    let name = ident(&ty.name.pascal);
    let default = members.are_optional().then(|| quote!(Default,));
    let bools = members.allow_bools();
    let fields = members.fields();
    quote! {
        #attributes
        #[derive(Clone, Debug, #default PartialEq)]
        #bools
        #[non_exhaustive]
        pub struct #name { #fields }
    }
}

/// How its fields are written: `object!`, a row a member.
fn wire(ir: &Ir, ty: &Type, object: &Struct, members: &Members) -> TokenStream {
    let owner = ident(&ty.name.pascal);
    let rows = object.fields.iter().zip(&members.0).map(|(field, member)| {
        let (name, wire) = (&member.name, &field.name.wire);
        let presence = if member.kind == MemberKind::Required { quote!(required) } else { quote!(optional) };
        let integral = is_integral(ir, &field.schema).then(|| quote!(integral));
        quote!(#name: #presence #integral #wire,)
    });
    let rest = members.0.get(object.fields.len()).map(|Member { name, .. }| {
        // What belongs to the other direction is dropped.
        let ignored = &object.ignored;
        let except = (!ignored.is_empty()).then(|| quote!(except #(#ignored)*));
        quote!(..#name #except)
    });
    quote!(::specwright_runtime::object! { #owner { #(#rows)* #rest } })
}

fn methods(ir: &Ir, ty: &Type, object: &Struct, members: &Members) -> TokenStream {
    let name = ident(&ty.name.pascal);
    let constants: Vec<TokenStream> =
        object.fields.iter().filter_map(|field| default::constant(ir, field)).collect();
    let new = (!members.are_optional()).then(|| members.constructor("With the members that are required."));
    let setters = members.setters(&name);
    let is_empty = constants.is_empty() && new.is_none();
    let own = (!is_empty).then(|| quote!(impl #name { #(#constants)* #new }));
    quote!(#own #setters)
}

fn member(ir: &Ir, field: &Field) -> Member {
    let mut member = Member::new(ir, &field.schema, field.required, &field.name.snake);
    member.attributes = lines(&field_docs(field));
    member.deprecated = field.deprecated;
    member
}

/// The field that keeps members without a name of their own.
fn kept(ir: &Ir, name: &Name, values: &Schema) -> Member {
    let values = ty(ir, values);
    let ty = quote!(::std::collections::BTreeMap<String, #values>);
    Member {
        name: ident(&name.snake),
        attributes: quote!(#[doc = " Members that the contract does not name."]),
        ty: ty.clone(),
        argument: Argument { ty, into: false },
        kind: MemberKind::Empty,
        deprecated: false,
    }
}

fn field_docs(field: &Field) -> Vec<String> {
    let text = if field.docs.description.is_empty() { &field.docs.summary } else { &field.docs.description };
    let access = match field.access {
        Access::ReadWrite => None,
        Access::ReadOnly => Some("Read only: part of responses.".to_owned()),
        Access::WriteOnly => Some("Write only: part of requests.".to_owned()),
    };
    let default = field.default.as_ref().map(|value| format!("Default: {}.", code(&value.to_string())));
    with_notes(doc_lines(text), [access, default, example(&field.examples)].into_iter().flatten())
}

/// `Schema::object(..)`, with what the properties ask for.
fn properties(ir: &Ir, object: &Struct, patterns: &mut schema::Patterns) -> TokenStream {
    let properties: Vec<TokenStream> = object
        .fields
        .iter()
        .map(|field| {
            let wire = &field.name.wire;
            if object.conditional.contains(wire) {
                return quote!(::specwright_runtime::Property::conditional(#wire));
            }
            let value = schema::schema(ir, &field.schema, &field.name.snake, patterns);
            let kind = if field.required { quote!(required) } else { quote!(optional) };
            let xml = field.xml.as_deref().map(xml::place).map(|place| quote!(.xml(&#place)));
            quote!(::specwright_runtime::Property::#kind(#wire, &#value) #xml)
        })
        .chain(object.ignored.iter().map(|wire| quote!(::specwright_runtime::Property::ignored(#wire))))
        .collect();
    let additional = match &object.additional {
        Additional::Ignored => None,
        Additional::Denied => Some(quote!(.deny_additional())),
        Additional::Kept { name, values } => {
            let values = schema::schema(ir, values, &name.snake, patterns);
            Some(quote!(.additional(&#values)))
        }
    };
    let count = schema::counts(&quote!(properties), object.min_properties, object.max_properties);
    let groups: Vec<TokenStream> = object
        .groups
        .iter()
        .map(|all| {
            let groups = all.groups.iter().map(|names| quote!(&[#(#names),*]));
            let rule = match all.rule {
                UnionRule::ExactlyOne => quote!(one),
                UnionRule::AtLeastOne => quote!(some),
            };
            quote!(::specwright_runtime::Groups::#rule(&[#(#groups),*]))
        })
        .collect();
    let groups = (!groups.is_empty()).then(|| quote!(.groups(&[#(#groups),*])));
    quote!(::specwright_runtime::Schema::object(&[#(#properties),*]) #additional #count #groups)
}

/// Whether a whole number may be written with a fraction somewhere in the value.
fn is_integral(ir: &Ir, schema: &Schema) -> bool {
    match &schema.shape {
        Shape::Integer(integer) => integer.is_number,
        Shape::Array(array) => !is_nullable(ir, &array.items) && is_integral(ir, &array.items),
        Shape::Map(map) => !is_nullable(ir, &map.values) && is_integral(ir, &map.values),
        Shape::Named(id) => match &ir.ty(*id).kind {
            TypeKind::Alias(alias) if !alias.newtype => is_integral(ir, &alias.schema),
            _ => false,
        },
        _ => false,
    }
}
