//! Values of one of several schemas.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use specwright_ir::{Ir, Shape, Type, Union, UnionRule, Variant};

use super::{described, patterns, view_attributes};
use crate::rust_type::{bare, canonical, unboxed};
use crate::schema::Patterns;
use crate::{Context, code, docs, ident, schema, xml};

/// The enum, its conversions, its schema. One that is received has a variant for what the contract does
/// not know yet, and so has one whose values may be of several variants at once.
pub fn items(cx: Context<'_>, ty: &Type, union: &Union) -> TokenStream {
    let ir = cx.ir;
    let name = ident(&ty.name.pascal);
    let attributes = view_attributes(cx, ty);
    let unknown = union.is_open(ty.usage).then(|| ident("Unknown"));
    let variants = union.variants.iter().map(|variant| {
        let (docs, name, value) =
            (variant_docs(ir, variant), ident(&variant.name.pascal), bare(ir, &variant.schema));
        quote!(#docs #name(#value))
    });
    let other = unknown.as_ref().map(|unknown| {
        quote!(#[doc = " A value that none of the others holds as a whole."] #unknown(::specwright_runtime::Value),)
    });
    let non_exhaustive = ty.usage.response.then(|| quote!(#[non_exhaustive]));
    let large = (union.variants.len() > 1).then(|| {
        quote!(#[allow(clippy::large_enum_variant, reason = "a variant is what the contract makes of it")])
    });
    let reading = reading(&name, union, unknown.as_ref());
    let conversions = conversions(ir, &ty.name.pascal, union);
    let mut patterns = patterns();
    let schema = rules(ir, union, &mut patterns);
    let described = described(ir, ty, &schema, patterns);
    quote! {
        #attributes
        #[derive(Clone, Debug, PartialEq)]
        #large
        #non_exhaustive
        pub enum #name { #(#variants,)* #other }

        #reading

        #conversions

        #described
    }
}

fn variant_docs(ir: &Ir, variant: &Variant) -> TokenStream {
    let text = match (&variant.docs.description, &variant.docs.summary, &variant.schema.shape) {
        (description, _, _) if !description.is_empty() => description.clone(),
        (_, _, Shape::Named(id)) => code(&ir.ty(*id).name.wire),
        (_, summary, _) if !summary.is_empty() => summary.clone(),
        _ => code(&variant.name.wire),
    };
    docs(&text)
}

/// Reading and writing: the runtime's macro.
fn reading(name: &Ident, union: &Union, unknown: Option<&Ident>) -> TokenStream {
    let variants = union.variants.iter().map(|variant| {
        let name = ident(&variant.name.pascal);
        let tag = union.discriminator.as_ref().zip(variant.values.first()).filter(|_| variant.tagged);
        let tag = tag.map(|(property, value)| quote!((#property = #value)));
        quote!(#name #tag)
    });
    let unknown = unknown.map(|unknown| quote!(; #unknown));
    quote!(::specwright_runtime::one_of! { #name { #(#variants),* #unknown } })
}

/// `From` for each type that only one variant has.
fn conversions(ir: &Ir, name: &str, union: &Union) -> TokenStream {
    let name = ident(name);
    let own = quote!(crate::types::#name).to_string();
    let types: Vec<String> =
        union.variants.iter().map(|variant| canonical(ir, &variant.schema).to_string()).collect();
    let conversions = union.variants.iter().zip(&types).map(|(variant, ty)| {
        let is_only = types.iter().filter(|other| *other == ty).count() == 1;
        (is_only && *ty != own && variant.schema.shape != Shape::Any).then(|| {
            let (value, variant_name) = (unboxed(ir, &variant.schema), ident(&variant.name.pascal));
            let boxed = if variant.schema.boxed { quote!(Box::new(value)) } else { quote!(value) };
            let deprecated = is_deprecated(ir, variant).then(crate::allow_deprecated);
            quote! {
                #deprecated
                impl From<#value> for #name {
                    fn from(value: #value) -> Self {
                        Self::#variant_name(#boxed)
                    }
                }
            }
        })
    });
    quote!(#(#conversions)*)
}

fn is_deprecated(ir: &Ir, variant: &Variant) -> bool {
    matches!(variant.schema.shape, Shape::Named(id) if ir.ty(id).deprecated)
}

/// `Schema::union(..)`, with a line for each variant.
fn rules(ir: &Ir, union: &Union, patterns: &mut Patterns) -> TokenStream {
    let alternatives = union.variants.iter().map(|variant| {
        let (wire, values) = (&variant.name.wire, &variant.values);
        let schema = schema::schema(ir, &variant.schema, variant.name.file_stem(), patterns);
        let values = (!values.is_empty()).then(|| quote!(.by(&[#(#values),*])));
        let xml = variant.xml.as_deref().map(xml::place).map(|place| quote!(.xml(#place)));
        quote!(::specwright_runtime::Alternative::new(#wire, &#schema) #values #xml)
    });
    let exactly_one = (union.rule == UnionRule::ExactlyOne).then(|| quote!(.exactly_one()));
    let discriminator = union.discriminator.as_ref().map(|property| quote!(.discriminator(#property)));
    quote!(::specwright_runtime::Schema::union(&[#(#alternatives),*]) #exactly_one #discriminator)
}
