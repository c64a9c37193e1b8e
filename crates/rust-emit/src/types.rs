//! `src/types`: a file a named schema.

mod alias;
mod default;
mod enumeration;
mod object;
mod union;
mod view;

use proc_macro2::TokenStream;
use quote::quote;
use specwright_ir::{Ir, Type, TypeKind};

use crate::schema::{self, Patterns};
use crate::{
    Context, FileSet, Module, allow_deprecated, attributes as lines_of, code, doc_lines, events_only, ident,
};

/// The files below `src/types`.
pub fn files(cx: Context<'_>) -> FileSet {
    let mut files = FileSet::default();
    let mut types: Vec<&Type> = cx.ir.types.iter().collect();
    types.sort_by(|a, b| a.name.snake.cmp(&b.name.snake));
    let mut index = Module::new("The types of the contract.");
    for ty in &types {
        let (module, cfg) = (ident(&ty.name.snake), events_only(ty.usage.events_only));
        index.push(module_item(&quote!(#cfg mod #module;), ty.name.file_stem(), "types"));
    }
    for ty in &types {
        let (module, name) = (ident(&ty.name.snake), ident(&ty.name.pascal));
        let (cfg, allow) = (events_only(ty.usage.events_only), ty.deprecated.then(allow_deprecated));
        index.push(quote!(#cfg #allow pub use self::#module::#name;));
        let mut file = Module::new(code(&ty.name.wire)).home("crate::types");
        file.push(item(cx, ty));
        files.insert(format!("src/types/{}.rs", ty.name.file_stem()), file.to_source(cx));
    }
    files.insert("src/types/mod.rs", index.to_source(cx));
    files
}

/// A `mod` item; one that is called like the module it stands in has clippy's attention.
pub fn module_item(item: &TokenStream, name: &str, parent: &str) -> TokenStream {
    let reason = "the contract's own name";
    let allow = (name == parent).then(|| quote!(#[allow(clippy::module_inception, reason = #reason)]));
    quote!(#allow #item)
}

/// The items of a named schema.
pub fn item(cx: Context<'_>, ty: &Type) -> TokenStream {
    let items = match &ty.kind {
        TypeKind::Struct(object) => object::items(cx, ty, object),
        TypeKind::Enum(values) => enumeration::items(cx, ty, values),
        TypeKind::Union(union) => union::items(cx, ty, union),
        TypeKind::Alias(alias) => alias::items(cx, ty, alias),
    };
    let conversions = view::conversions(cx.ir, ty);
    quote!(#items #conversions)
}

/// A type's documentation, and `#[deprecated]` where it is.
fn attributes(ty: &Type) -> TokenStream {
    attributes_with(ty, &[])
}

/// The same of a type that may be one of two views, which know each other.
fn view_attributes(cx: Context<'_>, ty: &Type) -> TokenStream {
    attributes_with(ty, &view::docs(cx.ir, ty))
}

/// With paragraphs of ours.
fn attributes_with(ty: &Type, paragraphs: &[String]) -> TokenStream {
    let (title, description) = (&ty.docs.summary, &ty.docs.description);
    // A title without a space is a name, and names are said already.
    let text = match (title.contains(' '), description.is_empty()) {
        (true, false) => format!("{title}\n\n{description}"),
        (_, false) => description.clone(),
        (true, true) => title.clone(),
        (_, true) if !title.is_empty() => code(title),
        (_, true) => code(&ty.name.wire),
    };
    let mut lines = doc_lines(&text);
    for line in paragraphs {
        lines.extend([String::new(), line.clone()]);
    }
    let docs = lines_of(&lines);
    let deprecated = ty.deprecated.then(|| quote!(#[deprecated]));
    quote!(#docs #deprecated)
}

/// Whether a type has a schema while the program runs: what is sent in requests is validated, and what
/// unions are made of is told apart by it, and what travels as XML stands where it says.
pub fn is_described(ty: &Type) -> bool {
    ty.usage.request || ty.usage.judged || ty.usage.xml
}

/// `impl Described`, whose schema is this expression, for types that need one.
fn described(ir: &Ir, ty: &Type, schema: &TokenStream, mut patterns: Patterns) -> Option<TokenStream> {
    if !is_described(ty) {
        return None;
    }
    let rules = schema::rules(ir, &ty.rules, &ty.name.snake, &mut patterns);
    let name = ident(&ty.name.pascal);
    let patterns = patterns.items();
    Some(quote! {
        impl ::specwright_runtime::Described for #name {
            fn schema() -> &'static ::specwright_runtime::Schema {
                #patterns
                static SCHEMA: ::specwright_runtime::Schema = #schema #rules;
                &SCHEMA
            }
        }
    })
}

/// A scope for the patterns of one `fn schema`.
fn patterns() -> Patterns {
    Patterns::new([ident("SCHEMA")])
}
