//! Imports, computed from use.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, parse_quote};

use crate::rename::shorten;
use crate::{allow_deprecated, format, ident};

/// Splits what a module's items name by absolute path into imports and items with short names.
///
/// What names a path in `deprecated` is allowed to. A path that is named under one `#[cfg]` alone is
/// imported under it.
pub fn resolve(
    tokens: Vec<TokenStream>,
    home: &str,
    traits: &BTreeSet<String>,
    deprecated: &BTreeSet<String>,
) -> (Vec<Item>, Vec<Item>) {
    let mut items: Vec<Item> = tokens.into_iter().flat_map(format::items).collect();
    let mut defined = Defined::default();
    let mut paths = Paths::default();
    for item in &mut items {
        defined.visit_item(item);
        paths.gather(item);
    }
    let names = paths.importable(&defined.0, home);
    let is_own = |path: &str| {
        let (parent, name) = split(path);
        parent == home && defined.0.contains(name)
    };
    let own = defined.0.iter().filter(|name| deprecated.contains(&format!("{home}::{name}")));
    let own: BTreeSet<&String> = own.collect();
    for item in &mut items {
        let mut is_touchy = false;
        shorten(item, |path| {
            is_touchy |= deprecated.contains(path);
            names.contains(path)
        });
        is_touchy |= !own.is_empty() && names_any(item.to_token_stream(), &own);
        if is_touchy && !is_exempt(item) {
            allow_below_docs(item);
        }
    }
    let imported = names.iter().copied().filter(|path| !is_own(path));
    let (touchy, plain): (Vec<_>, Vec<_>) = imported.partition(|path| deprecated.contains(*path));
    let mut imports = uses(&paths, &plain, &defined.0);
    for path in touchy {
        let (allow, cfg, path) = (allow_deprecated(), paths.cfg(path), absolute(path, &defined.0));
        imports.extend(format::items(quote!(#cfg #allow use #path;)));
    }
    for path in traits {
        let path = absolute(path, &defined.0);
        imports.extend(format::items(quote!(use #path as _;)));
    }
    (imports, items)
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
struct Paths(BTreeMap<String, BTreeSet<String>>);

impl Paths {
    fn gather(&mut self, item: &mut Item) {
        let condition = condition(item);
        shorten(item, |path| {
            if !self.0.get(path).is_some_and(|conditions| conditions.contains(&condition)) {
                self.0.entry(path.to_owned()).or_default().insert(condition.clone());
            }
            false
        });
    }

    /// The attribute for the import of a path.
    fn cfg(&self, path: &str) -> Option<TokenStream> {
        self.0.get(path)?.first()?.parse().ok()
    }

    /// The paths that may be written by their last segment alone.
    fn importable(&self, defined: &BTreeSet<String>, home: &str) -> BTreeSet<&str> {
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for path in self.0.keys() {
            by_name.entry(split(path).1).or_default().push(path);
        }
        let mut importable = BTreeSet::new();
        for (name, mut paths) in by_name {
            if defined.contains(name) {
                paths.retain(|path| !home.is_empty() && split(path).0 == home);
            } else if paths.len() > 1 || PRELUDE.contains(&name) {
                paths.clear();
            }
            importable.extend(paths.into_iter().filter(|path| self.is_under_one_condition(path)));
        }
        importable
    }

    /// Whether one import serves all uses: they are unconditional, or under the same condition.
    fn is_under_one_condition(&self, path: &str) -> bool {
        self.0.get(path).is_some_and(|conditions| conditions.len() == 1 || conditions.contains(""))
    }
}

/// Names that an import would shadow where our own tokens mean the prelude's.
const PRELUDE: [&str; 25] = [
    "AsMut",
    "AsRef",
    "Box",
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

/// A path's parent and its last segment.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once("::").unwrap_or(("", path))
}

/// `use` items: the standard library, other crates, our own, each sorted; conditional ones last.
fn uses(paths: &Paths, imported: &[&str], defined: &BTreeSet<String>) -> Vec<Item> {
    let mut by_parent: BTreeMap<(String, u8, Vec<&str>), Vec<Ident>> = BTreeMap::new();
    for path in imported {
        let (parent, name) = split(path);
        let parent: Vec<&str> = parent.split("::").filter(|segment| !segment.is_empty()).collect();
        let rank = match parent.first() {
            Some(&"std") => 0,
            Some(&"crate") => 2,
            Some(_) => 1,
            None => continue,
        };
        let condition = paths.cfg(path).map(|cfg| cfg.to_string()).unwrap_or_default();
        by_parent.entry((condition, rank, parent)).or_default().push(ident(name));
    }
    let mut tokens = TokenStream::new();
    for ((condition, _, parent), names) in by_parent {
        let cfg = condition.parse::<TokenStream>().ok();
        let parent = absolute(&parent.join("::"), defined);
        tokens.extend(match names.as_slice() {
            [name] => quote!(#cfg use #parent::#name;),
            names => quote!(#cfg use #parent::{#(#names),*};),
        });
    }
    format::items(tokens)
}

/// A path for a `use` item; with a leading `::` where the crate's name is also an item's.
fn absolute(path: &str, defined: &BTreeSet<String>) -> TokenStream {
    let is_taken = path.split("::").next().is_some_and(|first| defined.contains(first));
    let segments = path.split("::").map(segment_token);
    if is_taken { quote!(:: #(#segments)::*) } else { quote!(#(#segments)::*) }
}

fn segment_token(segment: &str) -> TokenStream {
    match segment {
        "crate" => quote!(crate),
        segment => ident(segment).into_token_stream(),
    }
}
