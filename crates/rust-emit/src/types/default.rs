//! `default` of a property: documented, and a constant where Rust has one.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use specwright_ir::{Enum, Field, IntegerFormat, Ir, NumberFormat, Schema, Shape, StringFormat, TypeKind};

use crate::ident::float;
use crate::{attributes, code, ident, number, paths, shouty};

/// The constant that holds a property's default.
pub fn constant(ir: &Ir, field: &Field) -> Option<TokenStream> {
    let (ty, value) = literal(ir, &field.schema, field.default.as_ref()?)?;
    let name = ident(&format!("DEFAULT_{}", shouty(&field.name.snake)));
    let docs = attributes(&[format!("The default of {}.", code(&field.name.wire))]);
    Some(quote!(#docs pub const #name: #ty = #value;))
}

/// The type and the expression of a constant.
fn literal(ir: &Ir, schema: &Schema, value: &Value) -> Option<(TokenStream, TokenStream)> {
    match &schema.shape {
        Shape::Boolean => value.as_bool().map(|value| (quote!(bool), quote!(#value))),
        Shape::Integer(integer) => {
            let value = number(value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from))?);
            let ty = match integer.format {
                IntegerFormat::Unspecified | IntegerFormat::Int64 => quote!(i64),
                IntegerFormat::Int32 => quote!(i32),
                IntegerFormat::Uint32 => quote!(u32),
                IntegerFormat::Uint64 => quote!(u64),
            };
            Some((ty, value))
        }
        Shape::Number(number) => {
            let value = float(value.as_f64()?);
            match number.format {
                NumberFormat::Unspecified | NumberFormat::Double => Some((quote!(f64), value)),
                NumberFormat::Float | NumberFormat::Custom { .. } => None,
            }
        }
        Shape::String(text) => match text.format {
            StringFormat::Plain | StringFormat::Other(_) => {
                value.as_str().map(|value| (quote!(&'static str), quote!(#value)))
            }
            _ => None,
        },
        Shape::Named(id) => match &ir.ty(*id).kind {
            TypeKind::Alias(alias) if !alias.newtype => literal(ir, &alias.schema, value),
            TypeKind::Enum(Enum { values, .. }) => {
                let variant = ident(&values.iter().find(|known| known.value == *value)?.name.pascal);
                let path = paths::type_path(ir, *id);
                Some((path.clone(), quote!(#path::#variant)))
            }
            _ => None,
        },
        Shape::Any | Shape::Array(_) | Shape::Tuple(_) | Shape::Map(_) => None,
    }
}
