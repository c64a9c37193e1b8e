//! Imports, computed from use.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, parse_quote};

use crate::rename::rename;
use crate::{allow_deprecated, format, ident};

/// Splits what a module's items name by absolute path into imports and items with short names.
///
/// What names a path in `deprecated` is allowed to. A path that is named under one `#[cfg]` alone is
/// imported under it.
pub fn resolve(
    tokens: &[TokenStream],
    home: &[String],
    traits: &BTreeSet<String>,
    deprecated: &BTreeSet<Vec<String>>,
) -> (Vec<Item>, Vec<Item>) {
    let mut items: Vec<Item> = tokens.iter().cloned().flat_map(format::items).collect();
    let mut defined = Defined::default();
    let mut paths = Paths::default();
    for item in &mut items {
        defined.visit_item(item);
        paths.gather(item);
    }
    let names = paths.importable(&defined.0, home);
    let own = deprecated.iter().filter(|path| parent(path) == home).filter_map(|path| path.last());
    let own: BTreeSet<&String> = own.filter(|name| defined.0.contains(*name)).collect();
    for item in &mut items {
        let is_touchy =
            shorten(item, &names, deprecated) || !own.is_empty() && names_any(item.to_token_stream(), &own);
        if is_touchy && !is_exempt(item) {
            allow_below_docs(item);
        }
    }
    let is_own = |path: &&Vec<String>| {
        parent(path) == home && path.last().is_some_and(|name| defined.0.contains(name))
    };
    let imported = names.keys().filter(|path| !is_own(path));
    let (touchy, plain): (Vec<_>, Vec<_>) = imported.partition(|path| deprecated.contains(*path));
    let mut imports = uses(&paths, &plain, &defined.0);
    for path in touchy {
        let (allow, cfg, path) = (allow_deprecated(), paths.cfg(path), absolute(path, &defined.0));
        imports.extend(format::items(quote!(#cfg #allow use #path;)));
    }
    for path in traits {
        let path = absolute(&path.split("::").map(str::to_owned).collect::<Vec<_>>(), &defined.0);
        imports.extend(format::items(quote!(use #path as _;)));
    }
    (imports, items)
}

/// Gives an item short names, and tells whether it names something deprecated.
fn shorten(
    item: &mut Item,
    names: &BTreeMap<Vec<String>, String>,
    deprecated: &BTreeSet<Vec<String>>,
) -> bool {
    let mut is_touchy = false;
    rename(item, |path| {
        is_touchy |= deprecated.contains(path);
        names.get(path).cloned()
    });
    is_touchy
}

/// Whether one of these identifiers stands somewhere in the tokens.
fn names_any(tokens: TokenStream, names: &BTreeSet<&String>) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => names.contains(&ident.to_string()),
        TokenTree::Group(group) => names_any(group.stream(), names),
        _ => false,
    })
}

/// Permits an item, below its documentation, to name what is deprecated.
fn allow_below_docs(item: &mut Item) {
    let Some(attributes) = attributes(item) else { return };
    let docs = attributes.iter().take_while(|attribute| attribute.path().is_ident("doc")).count();
    let allow: Attribute = parse_quote!(#[allow(deprecated, reason = "it stays on the wire")]);
    attributes.insert(docs, allow);
}

/// The condition under which an item is compiled, as the text of its attribute; empty where it always is.
fn condition(item: &mut Item) -> String {
    let cfg = attributes(item).and_then(|attributes| {
        let cfg = attributes.iter().find(|attribute| attribute.path().is_ident("cfg"));
        cfg.map(|attribute| attribute.to_token_stream().to_string())
    });
    cfg.unwrap_or_default()
}

/// Whether rustc does not ask for permission here: in an alias that is itself deprecated, and before a
/// macro, which takes no attributes. What is derived for a type is not deprecated with it.
fn is_exempt(item: &mut Item) -> bool {
    match item {
        Item::Macro(_) => true,
        Item::Type(_) => attributes(item).is_some_and(|attributes| {
            attributes.iter().any(|attribute| attribute.path().is_ident("deprecated"))
        }),
        _ => false,
    }
}

/// The attributes of an item, where it is of a kind that we emit.
fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Const(item) => Some(&mut item.attrs),
        Item::Enum(item) => Some(&mut item.attrs),
        Item::Fn(item) => Some(&mut item.attrs),
        Item::Impl(item) => Some(&mut item.attrs),
        Item::Static(item) => Some(&mut item.attrs),
        Item::Struct(item) => Some(&mut item.attrs),
        Item::Trait(item) => Some(&mut item.attrs),
        Item::Type(item) => Some(&mut item.attrs),
        Item::Use(item) => Some(&mut item.attrs),
        _ => None,
    }
}

/// Names that a module's own items take.
#[derive(Default)]
struct Defined(BTreeSet<String>);

impl Defined {
    fn add(&mut self, ident: &Ident) {
        self.0.insert(ident.to_string());
    }
}

impl<'ast> Visit<'ast> for Defined {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Const(item) => self.add(&item.ident),
            Item::Enum(item) => self.add(&item.ident),
            Item::Fn(item) => self.add(&item.sig.ident),
            Item::Mod(item) => self.add(&item.ident),
            Item::Static(item) => self.add(&item.ident),
            Item::Struct(item) => self.add(&item.ident),
            Item::Trait(item) => self.add(&item.ident),
            Item::Type(item) => self.add(&item.ident),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_type_param(&mut self, parameter: &'ast syn::TypeParam) {
        self.add(&parameter.ident);
        visit::visit_type_param(self, parameter);
    }

    fn visit_use_name(&mut self, name: &'ast syn::UseName) {
        self.add(&name.ident);
    }

    fn visit_use_rename(&mut self, name: &'ast syn::UseRename) {
        self.add(&name.rename);
    }
}

/// Absolute paths in use, each up to the segment that an import would name, with the conditions under
/// which it is. The first segment is `crate` or the name of an external crate.
#[derive(Default)]
struct Paths(BTreeMap<Vec<String>, BTreeSet<String>>);

impl Paths {
    fn gather(&mut self, item: &mut Item) {
        let condition = condition(item);
        rename(item, |path| {
            if !self.0.get(path).is_some_and(|conditions| conditions.contains(&condition)) {
                self.0.entry(path.to_vec()).or_default().insert(condition.clone());
            }
            None
        });
    }

    /// The attribute for the import of a path.
    fn cfg(&self, path: &[String]) -> Option<TokenStream> {
        self.0.get(path)?.first()?.parse().ok()
    }

    /// The short name of each path that may have one.
    fn importable(&self, defined: &BTreeSet<String>, home: &[String]) -> BTreeMap<Vec<String>, String> {
        let mut by_name: BTreeMap<&String, Vec<&Vec<String>>> = BTreeMap::new();
        for path in self.0.keys() {
            if let Some(name) = path.last() {
                by_name.entry(name).or_default().push(path);
            }
        }
        let mut names = BTreeMap::new();
        for (name, mut paths) in by_name {
            if defined.contains(name) {
                paths.retain(|path| !home.is_empty() && parent(path) == home);
            } else if paths.len() > 1 || PRELUDE.contains(&name.as_str()) {
                paths.clear();
            }
            paths.retain(|path| self.is_under_one_condition(path));
            names.extend(paths.into_iter().map(|path| (path.clone(), name.clone())));
        }
        names
    }

    /// Whether one import serves all uses: they are unconditional, or under the same condition.
    fn is_under_one_condition(&self, path: &[String]) -> bool {
        self.0.get(path).is_some_and(|conditions| conditions.len() == 1 || conditions.contains(""))
    }
}

/// Names that an import would shadow where our own tokens mean the prelude's.
const PRELUDE: [&str; 24] = [
    "AsMut",
    "AsRef",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "From",
    "Hash",
    "Into",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Self",
    "Send",
    "Some",
    "String",
    "Vec",
];

fn parent(path: &[String]) -> &[String] {
    path.split_last().map_or(&[], |(_, parent)| parent)
}

/// `use` items: the standard library, other crates, our own, each sorted; conditional ones last.
fn uses(paths: &Paths, imported: &[&Vec<String>], defined: &BTreeSet<String>) -> Vec<Item> {
    let mut by_parent: BTreeMap<(String, u8, &[String]), Vec<Ident>> = BTreeMap::new();
    for path in imported {
        let [first, .., name] = path.as_slice() else { continue };
        let rank = match first.as_str() {
            "std" => 0,
            "crate" => 2,
            _ => 1,
        };
        let condition = paths.cfg(path).map(|cfg| cfg.to_string()).unwrap_or_default();
        by_parent.entry((condition, rank, parent(path))).or_default().push(ident(name));
    }
    let mut tokens = TokenStream::new();
    for ((condition, _, parent), names) in by_parent {
        let cfg = condition.parse::<TokenStream>().ok();
        let parent = absolute(parent, defined);
        tokens.extend(match names.as_slice() {
            [name] => quote!(#cfg use #parent::#name;),
            names => quote!(#cfg use #parent::{#(#names),*};),
        });
    }
    format::items(tokens)
}

/// A path for a `use` item; with a leading `::` where the crate's name is also an item's.
fn absolute(path: &[String], defined: &BTreeSet<String>) -> TokenStream {
    let is_taken = path.first().is_some_and(|first| defined.contains(first));
    let segments = path.iter().map(|segment| segment_token(segment));
    if is_taken { quote!(:: #(#segments)::*) } else { quote!(#(#segments)::*) }
}

fn segment_token(segment: &str) -> TokenStream {
    match segment {
        "crate" => quote!(crate),
        segment => ident(segment).into_token_stream(),
    }
}
