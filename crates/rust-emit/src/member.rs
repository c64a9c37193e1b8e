//! A member of a generated struct: field, argument, setter. Types, requests and responses share it.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use specwright_ir::{Ir, Schema};

use crate::rust_type::{bare, text_argument};
use crate::{Argument, argument, ident, is_nullable, place};

/// A field with what its constructor and its setter need.
pub struct Member {
    /// Its name.
    pub name: Ident,
    /// Its attributes: documentation, serde's.
    pub attributes: TokenStream,
    /// Its type.
    pub ty: TokenStream,
    /// What the constructor or setter takes for it.
    pub argument: Argument,
    /// Whether the constructor takes it, and how a setter stores it.
    pub kind: MemberKind,
    /// Whether it is deprecated.
    pub deprecated: bool,
}

/// How a member comes by its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberKind {
    /// The constructor takes it.
    Required,
    /// A setter takes what stands in the `Some`.
    Optional,
    /// A setter takes it; it begins as what a member of its type begins as.
    Absent,
    /// A setter takes it; it begins as an empty map.
    Empty,
}

impl Member {
    /// A member of a schema's type, documented and named by the caller.
    pub fn new(ir: &Ir, schema: &Schema, required: bool, name: &str) -> Self {
        let kind = match (required, is_nullable(ir, schema)) {
            (true, _) => MemberKind::Required,
            (false, false) => MemberKind::Optional,
            (false, true) => MemberKind::Absent,
        };
        let argument = argument(ir, schema, required);
        Self { argument, kind, ..Self::of_type(name, place(ir, schema, required)) }
    }

    /// A parameter or header, which cannot be `null`.
    pub fn of_text(ir: &Ir, schema: &Schema, required: bool, name: &str) -> Self {
        let value = bare(ir, schema);
        let argument = text_argument(ir, schema);
        if required {
            return Self { argument, ..Self::of_type(name, value) };
        }
        Self { argument, kind: MemberKind::Optional, ..Self::of_type(name, quote!(Option<#value>)) }
    }

    /// A required member of this type.
    pub fn of_type(name: &str, ty: TokenStream) -> Self {
        let text = ty.to_string();
        let into = text == "String" || text.starts_with("Box <");
        let argument = if into { quote!(impl Into<#ty>) } else { ty.clone() };
        Self {
            name: ident(name),
            attributes: TokenStream::new(),
            argument: Argument { ty: argument, into },
            ty,
            kind: MemberKind::Required,
            deprecated: false,
        }
    }

    /// The same member, to be left out at will.
    pub fn optional(mut self) -> Self {
        let ty = self.ty;
        self.ty = quote!(Option<#ty>);
        self.kind = MemberKind::Optional;
        self
    }
}

/// A struct's members, in order.
pub struct Members(pub Vec<Member>);

impl Members {
    /// Whether the struct has a default: no member is required.
    pub fn are_optional(&self) -> bool {
        self.0.iter().all(|member| member.kind != MemberKind::Required)
    }

    fn required(&self) -> impl Iterator<Item = &Member> {
        self.0.iter().filter(|member| member.kind == MemberKind::Required)
    }

    /// Lints of clippy's that the contract itself provokes.
    pub fn allow_bools(&self) -> Option<TokenStream> {
        let bools = self.0.iter().filter(|member| is_bool(member)).count();
        let reason = "the contract has as many";
        (bools > 3).then(|| quote!(#[allow(clippy::struct_excessive_bools, reason = #reason)]))
    }

    /// The fields.
    pub fn fields(&self) -> TokenStream {
        let fields = self.0.iter().map(|Member { name, attributes, ty, deprecated, .. }| {
            let deprecated = deprecated.then(|| quote!(#[deprecated]));
            quote!(#attributes #deprecated pub #name: #ty)
        });
        quote!(#(#fields),*)
    }

    /// `fn new`, which takes what is required.
    pub fn constructor(&self, docs: &str) -> TokenStream {
        let arguments = self.required().map(|Member { name, argument, .. }| {
            let ty = &argument.ty;
            quote!(#name: #ty)
        });
        let values = self.0.iter().map(|Member { name, argument, kind, .. }| {
            let value = match kind {
                MemberKind::Required if argument.into => argument.value(name),
                MemberKind::Required => return quote!(#name),
                MemberKind::Optional => quote!(None),
                MemberKind::Absent => quote!(::specwright_runtime::Patch::Absent),
                MemberKind::Empty => quote!(::std::collections::BTreeMap::new()),
            };
            quote!(#name: #value)
        });
        let allow = self.allow_arguments();
        let deprecated = self.0.iter().any(|member| member.deprecated).then(crate::allow_deprecated);
        let docs = format!(" {docs}");
        quote! {
            #[doc = #docs]
            #allow
            #deprecated
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
        }
    }

    fn allow_arguments(&self) -> Option<TokenStream> {
        let many = self.required().nth(7).map(|_| quote!(clippy::too_many_arguments));
        let bools = self.required().filter(|member| is_bool(member)).nth(3);
        let bools = bools.map(|_| quote!(clippy::fn_params_excessive_bools));
        let lints: Vec<TokenStream> = many.into_iter().chain(bools).collect();
        (!lints.is_empty()).then(|| quote!(#[allow(#(#lints,)* reason = "the contract requires as many")]))
    }

    /// A `with_…` for each member that the constructor does not take.
    pub fn setters(&self, owner: &Ident) -> Option<TokenStream> {
        let optional = self.0.iter().filter(|member| member.kind != MemberKind::Required);
        let setters: Vec<TokenStream> = optional
            .map(|Member { name, argument, kind, deprecated, .. }| {
                let method = ident(&format!("with_{}", plain(name)));
                let deprecated = deprecated.then(|| quote!(#[deprecated]));
                let as_is = (*kind != MemberKind::Optional).then(|| quote!(as is));
                let ty = &argument.ty;
                quote!(#deprecated #name: #method(#ty) #as_is)
            })
            .collect();
        (!setters.is_empty()).then(|| quote!(::specwright_runtime::setters! { #owner { #(#setters),* } }))
    }
}

fn is_bool(member: &Member) -> bool {
    member.ty.to_string() == "bool"
}

fn plain(name: &Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").map(str::to_owned).unwrap_or(name)
}
