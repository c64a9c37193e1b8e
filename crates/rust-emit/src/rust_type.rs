//! A schema in use, as a Rust type.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{
    Alias, IntegerFormat, Ir, NumberFormat, Schema, Shape, StringFormat, StringShape, TypeKind,
};

use crate::ident;

/// Whether `null` is legal where the schema stands: by itself, or through the alias that it names.
pub fn is_nullable(ir: &Ir, schema: &Schema) -> bool {
    schema.nullable
        || match &schema.shape {
            Shape::Named(id) => match &ir.ty(*id).kind {
                TypeKind::Alias(Alias { schema, newtype: false }) => is_nullable(ir, schema),
                _ => false,
            },
            _ => false,
        }
}

/// The Rust type of a value where it stands, such as a body or an item; `Option` where `null` is legal.
pub fn ty(ir: &Ir, schema: &Schema) -> TokenStream {
    or_null(ir, schema, bare(ir, schema))
}

/// The Rust type of a value by itself, which nothing holds in a box; `Option` where `null` is legal.
pub fn own_ty(ir: &Ir, schema: &Schema) -> TokenStream {
    or_null(ir, schema, unboxed(ir, schema))
}

fn or_null(ir: &Ir, schema: &Schema, value: TokenStream) -> TokenStream {
    if is_nullable(ir, schema) && !matches!(schema.shape, Shape::Any) {
        quote!(Option<#value>)
    } else {
        value
    }
}

/// The Rust type of an object's member: `Option`, `Patch` or `Nullable` where it may be absent, null, or both.
pub fn place(ir: &Ir, schema: &Schema, required: bool) -> TokenStream {
    let value = bare(ir, schema);
    match (required, is_nullable(ir, schema)) {
        (true, false) => value,
        (false, false) => quote!(Option<#value>),
        (true, true) => quote!(::specwright_runtime::Nullable<#value>),
        (false, true) => quote!(::specwright_runtime::Patch<#value>),
    }
}

/// The type of a constructor's or setter's argument, and the expression that makes a value of the
/// member's type of `name`; wrapping in `Some` is the caller's business.
pub fn argument(ir: &Ir, schema: &Schema, required: bool) -> Argument {
    if is_nullable(ir, schema) {
        let ty = place(ir, schema, required);
        return Argument { ty: quote!(impl Into<#ty>), into: true };
    }
    text_argument(ir, schema)
}

/// The same where there is neither `null` nor a box.
pub fn text_argument(ir: &Ir, schema: &Schema) -> Argument {
    let value = bare(ir, schema);
    let into = schema.boxed || is_text(ir, schema);
    Argument { ty: if into { quote!(impl Into<#value>) } else { value }, into }
}

/// An argument of a constructor or setter.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Its type.
    pub ty: TokenStream,
    /// Whether `.into()` makes the value of it.
    pub into: bool,
}

impl Argument {
    /// The expression for the value, given the argument's name.
    pub fn value(&self, name: &proc_macro2::Ident) -> TokenStream {
        if self.into { quote!(#name.into()) } else { quote!(#name) }
    }
}

/// Whether callers hold values of the type as `&str` more often than not.
fn is_text(ir: &Ir, schema: &Schema) -> bool {
    match &schema.shape {
        Shape::String(text) => matches!(
            text.format,
            StringFormat::Plain
                | StringFormat::Other(_)
                | StringFormat::Binary
                | StringFormat::File
                | StringFormat::Password
                | StringFormat::Byte
                | StringFormat::Base64Url
        ),
        Shape::Named(id) => match &ir.ty(*id).kind {
            TypeKind::Alias(Alias { schema, newtype: false }) => is_text(ir, schema),
            _ => false,
        },
        _ => false,
    }
}

/// The type without regard to `null`.
pub(crate) fn bare(ir: &Ir, schema: &Schema) -> TokenStream {
    let value = unboxed(ir, schema);
    if schema.boxed { quote!(Box<#value>) } else { value }
}

/// The type of a value by itself, which nothing else holds, without regard to `null`.
pub(crate) fn unboxed(ir: &Ir, schema: &Schema) -> TokenStream {
    match &schema.shape {
        Shape::Any => quote!(::specwright_runtime::Value),
        Shape::Boolean => quote!(bool),
        Shape::Integer(integer) => match integer.format {
            IntegerFormat::Unspecified | IntegerFormat::Int64 => quote!(i64),
            IntegerFormat::Int32 => quote!(i32),
            IntegerFormat::Uint32 => quote!(u32),
            IntegerFormat::Uint64 => quote!(u64),
        },
        Shape::Number(number) => match &number.format {
            NumberFormat::Unspecified | NumberFormat::Double => quote!(f64),
            NumberFormat::Float => quote!(f32),
            NumberFormat::Custom { rust, .. } => configured(rust, quote!(f64)),
        },
        Shape::String(text) => string(text),
        Shape::Array(array) => {
            let items = ty(ir, &array.items);
            quote!(Vec<#items>)
        }
        Shape::Tuple(items) => {
            let items = items.iter().map(|item| ty(ir, item));
            quote!((#(#items,)*))
        }
        Shape::Map(map) => {
            let values = ty(ir, &map.values);
            quote!(::std::collections::BTreeMap<String, #values>)
        }
        Shape::Named(id) => {
            let name = ident(&ir.ty(*id).name.pascal);
            quote!(crate::types::#name)
        }
    }
}

/// The type of a value with aliases followed, at its outside: enough to tell whether two are one.
pub(crate) fn canonical(ir: &Ir, schema: &Schema) -> TokenStream {
    match &schema.shape {
        Shape::Named(id) => match &ir.ty(*id).kind {
            TypeKind::Alias(Alias { schema: inner, newtype: false }) => {
                let inner = canonical(ir, inner);
                if schema.nullable { quote!(Option<#inner>) } else { inner }
            }
            _ => own_ty(ir, schema),
        },
        _ => own_ty(ir, schema),
    }
}

fn string(text: &StringShape) -> TokenStream {
    match &text.format {
        StringFormat::Plain | StringFormat::Binary | StringFormat::Other(_) => quote!(String),
        StringFormat::DateTime => quote!(::specwright_runtime::DateTime),
        StringFormat::Date => quote!(::specwright_runtime::Date),
        StringFormat::Uuid => quote!(::specwright_runtime::Uuid),
        StringFormat::Byte => quote!(::specwright_runtime::Base64),
        StringFormat::Base64Url => quote!(::specwright_runtime::Base64Url),
        StringFormat::File => quote!(::specwright_runtime::File),
        StringFormat::Password => quote!(::specwright_runtime::Secret),
        StringFormat::Custom { rust, .. } => configured(rust, quote!(String)),
    }
}

/// A type that the configuration names; the configuration's reader has made sure that it is one.
fn configured(rust: &str, otherwise: TokenStream) -> TokenStream {
    match syn::parse_str::<syn::Type>(rust) {
        Ok(ty) => quote!(#ty),
        Err(_) => otherwise,
    }
}
