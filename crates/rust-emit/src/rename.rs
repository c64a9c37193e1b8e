//! Absolute paths in items, and the short names they are given.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Group, Ident, Literal, Spacing, TokenStream, TokenTree};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, ExprPath, Item, Macro, Meta, Path, TypePath};

/// Shows each absolute path of an item, up to its first capitalised segment and without a leading `::`, and
/// leaves only that segment where the answer is yes.
pub fn shorten(item: &mut Item, is_short: impl FnMut(&str) -> bool) {
    Shorten { is_short, path: String::new() }.visit_item_mut(item);
}

struct Shorten<F> {
    is_short: F,
    /// The path that is being looked at.
    path: String,
}

impl<F: FnMut(&str) -> bool> Shorten<F> {
    /// Shortens a path, and tells how many segments it lost.
    fn shorten(&mut self, path: &mut Path) -> usize {
        let is_absolute = path.leading_colon.is_some()
            || path.segments.len() > 1 && path.segments.first().is_some_and(|first| first.ident == "crate");
        if !is_absolute {
            return 0;
        }
        self.path.clear();
        let is_item = |segment: &syn::PathSegment| push_segment(&mut self.path, &segment.ident);
        let Some(lost) = path.segments.iter().position(is_item) else { return 0 };
        if !(self.is_short)(&self.path) {
            return 0;
        }
        path.leading_colon = None;
        path.segments = std::mem::take(&mut path.segments).into_iter().skip(lost).collect();
        lost
    }

    fn tokens(&mut self, tokens: &mut TokenStream) {
        *tokens = rewrite(std::mem::take(tokens), &mut self.path, &mut self.is_short);
    }
}

impl<F: FnMut(&str) -> bool> VisitMut for Shorten<F> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        self.shorten(path);
        visit_mut::visit_path_mut(self, path);
    }

    // In `<T as ::a::Trait>::Name`, the position says how many segments belong to the trait.
    fn visit_type_path_mut(&mut self, path: &mut TypePath) {
        let lost = self.shorten(&mut path.path);
        if let Some(qself) = &mut path.qself {
            qself.position = qself.position.saturating_sub(lost);
        }
        visit_mut::visit_type_path_mut(self, path);
    }

    fn visit_expr_path_mut(&mut self, path: &mut ExprPath) {
        let lost = self.shorten(&mut path.path);
        if let Some(qself) = &mut path.qself {
            qself.position = qself.position.saturating_sub(lost);
        }
        visit_mut::visit_expr_path_mut(self, path);
    }

    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        match &mut attribute.meta {
            Meta::List(list) => self.tokens(&mut list.tokens),
            Meta::Path(_) | Meta::NameValue(_) => {}
        }
    }

    fn visit_macro_mut(&mut self, call: &mut Macro) {
        self.shorten(&mut call.path);
        self.tokens(&mut call.tokens);
    }

    fn visit_item_mut(&mut self, item: &mut Item) {
        match item {
            Item::Verbatim(tokens) => self.tokens(tokens),
            // An import is written as it is meant.
            Item::Use(_) => {}
            item => visit_mut::visit_item_mut(self, item),
        }
    }
}

/// Adds a segment to a path, and tells whether it is the one that an import would name.
fn push_segment(path: &mut String, segment: &Ident) -> bool {
    if !path.is_empty() {
        path.push_str("::");
    }
    let start = path.len();
    let _ = write!(path, "{segment}");
    path[start..].starts_with(char::is_uppercase)
}

/// Tokens in which absolute paths are shortened. `path` is where they are spelled.
fn rewrite(tokens: TokenStream, path: &mut String, is_short: &mut dyn FnMut(&str) -> bool) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut out = Vec::with_capacity(tokens.len());
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        if let Some(length) = absolute_path(&tokens, index, path) {
            let start = if is_short(path) { index + length - 1 } else { index };
            index += length;
            out.extend_from_slice(&tokens[start..index]);
            continue;
        }
        out.push(match token {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), rewrite(group.stream(), path, is_short));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            TokenTree::Literal(literal) if names_a_function(&out) => {
                TokenTree::Literal(rewrite_literal(literal, path, is_short))
            }
            other => other.clone(),
        });
        index += 1;
    }
    out.into_iter().collect()
}

/// Spells the absolute path that begins at a token, up to its first capitalised segment, and tells how many
/// tokens it takes.
fn absolute_path(tokens: &[TokenTree], start: usize, path: &mut String) -> Option<usize> {
    path.clear();
    let mut index = start;
    match tokens.get(index)? {
        TokenTree::Ident(ident) if *ident == "crate" && is_separator(tokens, index + 1) => {
            push_segment(path, ident);
            index += 1;
        }
        _ if is_separator(tokens, index) && !continues_a_path(&tokens[..index]) => {}
        _ => return None,
    }
    while is_separator(tokens, index)
        && let Some(TokenTree::Ident(ident)) = tokens.get(index + 2)
    {
        index += 3;
        if push_segment(path, ident) {
            return Some(index - start);
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

fn rewrite_literal(literal: &Literal, path: &mut String, is_short: &mut dyn FnMut(&str) -> bool) -> Literal {
    let text = literal.to_string();
    let Ok(tokens) = text.trim_matches('"').parse::<TokenStream>() else { return literal.clone() };
    let mut is_shorter = false;
    let tokens = rewrite(tokens, path, &mut |path| {
        let is_short = is_short(path);
        is_shorter |= is_short;
        is_short
    });
    if !is_shorter {
        return literal.clone();
    }
    Literal::string(&tokens.into_iter().map(|token| token.to_string()).collect::<String>())
}
