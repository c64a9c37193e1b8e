//! What is imported, and what keeps its path.

use insta::assert_snapshot;
use proc_macro2::TokenStream;
use quote::quote;
use specwright_rust_emit::{Context, Index, Module, Options};

use crate::fixture::ir;

fn source(module: Module) -> String {
    let (ir, options) = (ir(), Options::default());
    module.to_source(Context::new(&ir, &options, &Index::of(&ir)))
}

fn module(tokens: TokenStream) -> Module {
    let mut module = Module::new("Docs.").home("crate::types");
    module.push(tokens);
    module
}

#[test]
fn imports_are_what_is_used() {
    assert_snapshot!(source(module(quote! {
        #[derive(Clone, ::serde::Serialize)]
        pub struct Pet { pub owner: crate::types::Owner, pub at: Vec<::specwright_runtime::DateTime> }
        impl ::serde::de::Expected for Pet {
            fn at(&self) -> ::std::collections::BTreeMap<String, crate::operations::pets::FeedPetRequest> {
                ::specwright_runtime::DateTime::now::<::specwright_runtime::Patch<u8>>()
            }
        }
        ::specwright_runtime::error_responses! { Pet { 400 => Bad(crate::responses::BadRequest) } }
    })));
}

#[test]
fn a_name_that_is_taken_keeps_its_path() {
    let mut module = module(quote! {
        pub struct Schema<S>(S, crate::types::Schema, ::specwright_runtime::Schema, crate::responses::Option);
        pub fn serde(a: ::serde::Serialize, s: crate::responses::S, one: ::a::Same, other: ::b::Same) {}
    });
    module.import_trait("::specwright_runtime::server::Respond");
    assert_snapshot!(source(module));
}

#[test]
fn a_text_is_never_taken_for_a_path() {
    assert_snapshot!(source(module(quote! {
        pub const TEXT: &str = "::specwright_runtime::Patch::is_absent";
        #[serde(rename = "::a::B", skip_serializing_if = "::specwright_runtime::Patch::is_absent")]
        pub struct Pet(::specwright_runtime::Patch<u8>);
    })));
}
