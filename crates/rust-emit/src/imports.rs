//! Imports, computed from use.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Group, Ident, Literal, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Item;
use syn::visit::{self, Visit};

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
    let items: Vec<Item> = tokens.iter().cloned().flat_map(format::items).collect();
    let mut defined = Defined::default();
    let mut paths = Paths::default();
    for item in &items {
        defined.visit_item(item);
        paths.gather(item);
    }
    let names = paths.importable(&defined.0, home);
    let own = deprecated.iter().filter(|path| parent(path) == home).filter_map(|path| path.last());
    let own: BTreeSet<&String> = own.filter(|name| defined.0.contains(*name)).collect();
    let items = items.iter().map(|item| {
        let (tokens, is_touchy) = shortened(item, &names, deprecated);
        let is_touchy = is_touchy || names_any(item.to_token_stream(), &own);
        let allow = (is_touchy && !is_exempt(item)).then(allow_deprecated);
        below_docs(tokens, allow.as_ref())
    });
    let items = items.flat_map(format::items).collect();
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

/// An item with short names, and whether it names something deprecated.
fn shortened(
    item: &Item,
    names: &BTreeMap<Vec<String>, String>,
    deprecated: &BTreeSet<Vec<String>>,
) -> (TokenStream, bool) {
    let mut is_touchy = false;
    let tokens = rewrite(item.to_token_stream(), &mut |path| {
        is_touchy |= deprecated.contains(path);
        names.get(path).cloned()
    });
    (tokens, is_touchy)
}

/// Whether one of these identifiers stands somewhere in the tokens.
fn names_any(tokens: TokenStream, names: &BTreeSet<&String>) -> bool {
    !names.is_empty()
        && tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => names.contains(&ident.to_string()),
            TokenTree::Group(group) => names_any(group.stream(), names),
            _ => false,
        })
}

/// An item with one more attribute, below its documentation.
fn below_docs(item: TokenStream, attribute: Option<&TokenStream>) -> TokenStream {
    let tokens: Vec<TokenTree> = item.into_iter().collect();
    let is_doc = |pair: &[TokenTree]| match pair {
        [TokenTree::Punct(hash), TokenTree::Group(group)] if hash.as_char() == '#' => {
            matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(name)) if name == "doc")
        }
        _ => false,
    };
    let docs = tokens.chunks(2).take_while(|pair| is_doc(pair)).count() * 2;
    let (docs, item) = tokens.split_at(docs);
    quote!(#(#docs)* #attribute #(#item)*)
}

/// The condition under which an item is compiled, as the text of its attribute; empty where it always is.
fn condition(item: &Item) -> String {
    let attributes = match item {
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        _ => return String::new(),
    };
    let cfg = attributes.iter().find(|attribute| attribute.path().is_ident("cfg"));
    cfg.map(|attribute| attribute.to_token_stream().to_string()).unwrap_or_default()
}

/// Whether rustc does not ask for permission here: in an item that is itself deprecated, and before a
/// macro, which takes no attributes.
fn is_exempt(item: &Item) -> bool {
    let attributes = match item {
        Item::Macro(_) => return true,
        Item::Enum(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        _ => return false,
    };
    attributes.iter().any(|attribute| attribute.path().is_ident("deprecated"))
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
    fn gather(&mut self, item: &Item) {
        let condition = condition(item);
        rewrite(item.to_token_stream(), &mut |path| {
            self.0.entry(path.to_vec()).or_default().insert(condition.clone());
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

/// Rewrites each absolute path for which `rename` has a short name.
fn rewrite(tokens: TokenStream, rename: &mut impl FnMut(&[String]) -> Option<String>) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut out = Vec::with_capacity(tokens.len());
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        if let Some((path, length)) = absolute_path(&tokens, index) {
            if let Some(name) = rename(&path) {
                out.push(TokenTree::Ident(ident(&name)));
            } else {
                out.extend_from_slice(&tokens[index..index + length]);
            }
            index += length;
            continue;
        }
        out.push(match token {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), rewrite(group.stream(), rename));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            TokenTree::Literal(literal) if names_a_function(&out) => {
                TokenTree::Literal(rewrite_literal(literal, rename))
            }
            other => other.clone(),
        });
        index += 1;
    }
    out.into_iter().collect()
}

/// The absolute path that begins at a token, up to its first capitalised segment, and how many tokens it takes.
fn absolute_path(tokens: &[TokenTree], start: usize) -> Option<(Vec<String>, usize)> {
    let mut path = Vec::new();
    let mut index = start;
    match tokens.get(index)? {
        TokenTree::Ident(ident) if *ident == "crate" && is_separator(tokens, index + 1) => {
            path.push("crate".to_owned());
            index += 1;
        }
        _ if is_separator(tokens, index) && !continues_a_path(&tokens[..index]) => {}
        _ => return None,
    }
    while is_separator(tokens, index)
        && let Some(TokenTree::Ident(ident)) = tokens.get(index + 2)
    {
        let segment = ident.to_string();
        index += 3;
        let is_item = segment.starts_with(char::is_uppercase);
        path.push(segment);
        if is_item {
            return Some((path, index - start));
        }
    }
    None
}

fn is_separator(tokens: &[TokenTree], index: usize) -> bool {
    let is_colon = |index: usize, spacing: Option<Spacing>| match tokens.get(index) {
        Some(TokenTree::Punct(punct)) => {
            punct.as_char() == ':' && spacing.is_none_or(|spacing| punct.spacing() == spacing)
        }
        _ => false,
    };
    is_colon(index, Some(Spacing::Joint)) && is_colon(index + 1, None)
}

/// Whether `::` after these tokens goes on with a path that has begun before.
fn continues_a_path(before: &[TokenTree]) -> bool {
    const KEYWORDS: [&str; 16] = [
        "as", "const", "dyn", "else", "for", "if", "impl", "in", "let", "match", "move", "mut", "ref",
        "return", "type", "where",
    ];
    match before {
        // A lifetime: `&'a ::core::fmt::Debug`.
        [.., TokenTree::Punct(tick), TokenTree::Ident(_)] if tick.as_char() == '\'' => false,
        [.., TokenTree::Ident(ident)] => !KEYWORDS.iter().any(|keyword| ident == keyword),
        [.., TokenTree::Punct(first), TokenTree::Punct(last)] if last.as_char() == '>' => {
            !(first.spacing() == Spacing::Joint && matches!(first.as_char(), '-' | '='))
        }
        [.., TokenTree::Punct(last)] => last.as_char() == '>',
        [.., TokenTree::Group(group)] => group.delimiter() == Delimiter::None,
        _ => false,
    }
}

/// Whether these tokens end with the `name =` of a serde attribute whose text is a path.
fn names_a_function(before: &[TokenTree]) -> bool {
    match before {
        [.., TokenTree::Ident(name), TokenTree::Punct(equals)] if equals.as_char() == '=' => {
            ["skip_serializing_if", "deserialize_with", "serialize_with"].iter().any(|known| name == known)
        }
        _ => false,
    }
}

fn rewrite_literal(literal: &Literal, rename: &mut impl FnMut(&[String]) -> Option<String>) -> Literal {
    let text = literal.to_string();
    let Ok(tokens) = text.trim_matches('"').parse::<TokenStream>() else { return literal.clone() };
    let path: String = rewrite(tokens, rename).into_iter().map(|token| token.to_string()).collect();
    Literal::string(path.trim_start_matches("::"))
}
