//! Closed sets of values.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use specwright_ir::{Enum, EnumRepr, EnumValue, Type};

use super::{attributes, described, patterns};
use crate::{Context, code, docs, ident, number};

/// The enum, its conversions, its schema. One that is received has a variant for values that the
/// contract does not know yet.
pub fn items(cx: Context<'_>, ty: &Type, values: &Enum) -> TokenStream {
    let unknown = (ty.usage.response || values.open).then(|| unknown_name(values));
    let (items, schema) = match values.repr {
        EnumRepr::String => (strings(ty, values, unknown.as_ref()), strings_schema(values)),
        EnumRepr::Integer => (integers(ty, values, unknown.as_ref()), integers_schema(values)),
        EnumRepr::Literal => (literals(ty, values, unknown.as_ref()), literals_schema(values)),
    };
    let described = described(cx.ir, ty, &schema, patterns());
    quote!(#items #described)
}

/// The variant for other values, by a name that no value has.
fn unknown_name(values: &Enum) -> Ident {
    let is_free = |name: &String| values.values.iter().all(|value| value.name.pascal != *name);
    let numbered = (2..).map(|number| format!("UnknownValue{number}"));
    let mut names = ["Unknown", "UnknownValue"].map(str::to_owned).into_iter().chain(numbered);
    ident(&names.find(is_free).unwrap_or_default())
}

fn strings(ty: &Type, values: &Enum, unknown: Option<&Ident>) -> TokenStream {
    let (name, attributes) = (ident(&ty.name.pascal), attributes(ty));
    let derives = if unknown.is_some() {
        quote!(#[derive(Clone, Debug, PartialEq, Eq, Hash)] #[non_exhaustive])
    } else {
        quote!(#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)])
    };
    let wire = |value: &EnumValue| value.value.as_str().unwrap_or_default().to_owned();
    let variants = values.values.iter().map(|value| {
        let (variant, docs) = (ident(&value.name.pascal), variant_docs(&wire(value)));
        quote!(#docs #variant)
    });
    let other =
        unknown.map(|unknown| quote!(#[doc = " A value that the contract does not name."] #unknown(String),));
    let rows = values.values.iter().map(|value| {
        let (variant, wire) = (ident(&value.name.pascal), wire(value));
        quote!(#variant = #wire,)
    });
    let rest = unknown.map(|unknown| quote!(..#unknown));
    quote! {
        #attributes
        #derives
        pub enum #name { #(#variants,)* #other }

        ::specwright_runtime::texts! { #name { #(#rows)* #rest } }
    }
}

fn integers(ty: &Type, values: &Enum, unknown: Option<&Ident>) -> TokenStream {
    let (name, attributes) = (ident(&ty.name.pascal), attributes(ty));
    let derives = if unknown.is_some() {
        quote!(#[derive(Clone, Debug, PartialEq, Eq, Hash)] #[non_exhaustive])
    } else {
        quote!(#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)])
    };
    let variants = values.values.iter().map(|value| {
        let (variant, docs) = (ident(&value.name.pascal), variant_docs(&integer(value).to_string()));
        quote!(#docs #variant)
    });
    let other = unknown.map(
        |unknown| quote!(#[doc = " A value that the contract does not name."] #unknown(::specwright_runtime::Number),),
    );
    let rows = values.values.iter().map(|value| {
        let (variant, integer) = (ident(&value.name.pascal), number(integer(value)));
        quote!(#variant = #integer,)
    });
    let rest = unknown.map(|unknown| quote!(..#unknown));
    quote! {
        #attributes
        #derives
        pub enum #name { #(#variants,)* #other }

        ::specwright_runtime::integers! { #name { #(#rows)* #rest } }
    }
}

/// Values that are neither all strings nor all integers: the runtime's macro reads and writes them.
fn literals(ty: &Type, values: &Enum, unknown: Option<&Ident>) -> TokenStream {
    let (name, attributes) = (ident(&ty.name.pascal), attributes(ty));
    let derives = if unknown.is_some() {
        quote!(#[derive(Clone, Debug, PartialEq)] #[non_exhaustive])
    } else {
        quote!(#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)])
    };
    let variants = values.values.iter().map(|value| {
        let (variant, docs) = (ident(&value.name.pascal), variant_docs(&value.value.to_string()));
        quote!(#docs #variant)
    });
    let other = unknown.map(
        |unknown| quote!(#[doc = " A value that the contract does not name."] #unknown(::specwright_runtime::Value),),
    );
    let rows = values.values.iter().map(|value| {
        let (variant, text) = (ident(&value.name.pascal), value.value.to_string());
        quote!(#variant = #text,)
    });
    let last = unknown.map(|unknown| quote!(..#unknown));
    quote! {
        #attributes
        #derives
        pub enum #name { #(#variants,)* #other }

        ::specwright_runtime::literals! { #name { #(#rows)* #last } }
    }
}

fn variant_docs(wire: &str) -> TokenStream {
    let text = code(wire);
    docs(if text.is_empty() { "The empty text." } else { &text })
}

fn strings_schema(values: &Enum) -> TokenStream {
    if values.open {
        return quote!(::specwright_runtime::Schema::string());
    }
    let values = values.values.iter().map(|value| value.value.as_str().unwrap_or_default());
    quote!(::specwright_runtime::Schema::string().one_of(&[#(#values),*]))
}

fn literals_schema(values: &Enum) -> TokenStream {
    let texts = values.values.iter().map(|value| value.value.to_string());
    quote! {
        ::specwright_runtime::Schema::any().rules(&[::specwright_runtime::Rule::Values(&[#(#texts),*])])
    }
}

fn integers_schema(values: &Enum) -> TokenStream {
    let start = crate::schema::start_of_integer(values.zero_fraction);
    let values = values.values.iter().map(|value| number(integer(value)));
    quote!(::specwright_runtime::Schema::#start.one_of_integers(&[#(#values),*]))
}

fn integer(value: &EnumValue) -> i128 {
    value.value.as_i64().unwrap_or_default().into()
}
