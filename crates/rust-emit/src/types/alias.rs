//! Another name for a schema.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{Alias, Type};

use super::{described, patterns, view_attributes};
use crate::{Context, ident, rust_type, schema, ty};

/// A type alias; `null` is a matter of each use. Or a struct around the value, `null` included.
pub fn items(cx: Context<'_>, alias_type: &Type, alias: &Alias) -> TokenStream {
    let attributes = view_attributes(cx, alias_type);
    let name = ident(&alias_type.name.pascal);
    if !alias.newtype {
        let value = rust_type::bare(cx.ir, &alias.schema);
        return quote!(#attributes pub type #name = #value;);
    }
    let value = ty(cx.ir, &alias.schema);
    let mut patterns = patterns();
    let schema = schema::schema(cx.ir, &alias.schema, &alias_type.name.snake, &mut patterns);
    let described = described(cx.ir, alias_type, &schema, patterns);
    quote! {
        #attributes
        #[derive(Clone, Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(transparent)]
        pub struct #name(pub #value);

        impl From<#value> for #name {
            fn from(value: #value) -> Self {
                Self(value)
            }
        }

        #described
    }
}
