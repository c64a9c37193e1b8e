//! Tokens to text, item by item.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, ItemMacro};

use crate::tighten::{WIDTH, tighten};

/// The items that tokens hold. Tokens that are no items, which we never make, are an error of the compiler's.
pub fn items(tokens: TokenStream) -> Vec<Item> {
    match syn::parse2::<syn::File>(tokens) {
        Ok(file) => file.items,
        Err(error) => vec![Item::Verbatim(error.to_compile_error())],
    }
}

/// Items as text: a blank line between two of them, none between those of one row.
pub fn join(items: Vec<Item>) -> String {
    let mut text = String::new();
    let mut previous = None;
    for item in items {
        let row = Row::of(&item);
        if !text.is_empty() && (row.is_none() || row != previous) {
            text.push('\n');
        }
        text.push_str(&print(item));
        previous = row;
    }
    text
}

/// What stands together without blank lines.
#[derive(PartialEq)]
enum Row {
    Imports,
    Exports,
    Modules,
}

impl Row {
    fn of(item: &Item) -> Option<Self> {
        match item {
            Item::Use(item) if item.vis.to_token_stream().is_empty() => Some(Self::Imports),
            Item::Use(_) => Some(Self::Exports),
            Item::Mod(item) if item.content.is_none() && item.attrs.is_empty() => Some(Self::Modules),
            _ => None,
        }
    }
}

fn print(item: Item) -> String {
    if let Item::Verbatim(tokens) = item {
        return format!("{tokens}\n");
    }
    if let Item::Macro(item) = &item
        && let Some(text) = print_macro(item)
    {
        return text;
    }
    let has_members = matches!(item, Item::Impl(_) | Item::Trait(_));
    let file = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
    let text = tighten(&prettyplease::unparse(&file));
    let text = if has_members { space_out(&text) } else { text };
    if has_long_function(&text) { allow_long_functions(&text) } else { text }
}

/// Whether clippy would object to the length of a function. Functions are as long as the contract's
/// lists: a line for each value, member, or operation.
fn has_long_function(text: &str) -> bool {
    const LIMIT: usize = 100;
    let mut start: Option<(usize, usize)> = None;
    for (number, line) in text.lines().enumerate() {
        let depth = line.len() - line.trim_start().len();
        let text = line.trim_start();
        if text.contains("fn ") && !text.starts_with("//") {
            start = Some((number, depth));
        }
        let ends = start.filter(|(_, outer)| depth == *outer && text.starts_with('}'));
        if ends.is_some_and(|(begin, _)| number - begin > LIMIT) {
            return true;
        }
    }
    false
}

fn allow_long_functions(text: &str) -> String {
    let docs = text.lines().take_while(|line| line.starts_with("///")).count();
    let (docs, item): (Vec<&str>, Vec<&str>) =
        (text.lines().take(docs).collect(), text.lines().skip(docs).collect());
    let allow = "#[allow(clippy::too_many_lines, reason = \"the contract's lists are as long\")]";
    docs.into_iter().chain([allow]).chain(item).flat_map(|line| [line, "\n"]).collect()
}

/// A blank line between two members of an `impl` or `trait`, but for constants and types in a row.
fn space_out(text: &str) -> String {
    let mut out = String::new();
    let mut previous = None;
    let mut lead: Vec<&str> = Vec::new();
    let mut is_attribute = false;
    for line in text.lines() {
        let member = line.strip_prefix("    ").filter(|text| !text.starts_with(' '));
        // An attribute may go on for lines.
        is_attribute = match member {
            Some(text) if text.starts_with('#') => true,
            Some(text) => is_attribute && text == ")]",
            None => is_attribute,
        };
        match member {
            // What stands above a member is part of it.
            _ if is_attribute => lead.push(line),
            Some(text) if text.starts_with("//") => lead.push(line),
            Some(text) if previous.is_none() || !text.starts_with(['}', ')', ']', '>']) => {
                let kind = text.trim_start_matches("pub ").split(' ').next();
                let is_row = kind == previous && matches!(kind, Some("const" | "type"));
                if previous.is_some() && !is_row {
                    out.push('\n');
                }
                previous = kind;
                lead.push(line);
            }
            _ => lead.push(line),
        }
        if !is_attribute && member.is_none_or(|text| !text.starts_with("//")) {
            out.extend(lead.drain(..).flat_map(|line| [line, "\n"]));
        }
    }
    out
}

/// `path!(Name { row, .. });`, with a line a row where they do not fit: prettyplease does not know where
/// to break a macro.
fn print_macro(item: &ItemMacro) -> Option<String> {
    let path = compact(item.mac.path.to_token_stream());
    let path = path.trim_start_matches("::");
    let mut tokens: Vec<TokenTree> = item.mac.tokens.clone().into_iter().collect();
    let rows = match tokens.last() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => group.stream(),
        Some(_) => {
            let line = compact(item.mac.tokens.clone());
            return Some(format!("{path}!({line});\n"));
        }
        None => return None,
    };
    tokens.pop();
    let name = compact(tokens.into_iter().collect());
    let rows: Vec<TokenTree> = rows.into_iter().collect();
    let rows = rows.split(is_comma).filter(|row| !row.is_empty());
    let rows: Vec<String> = rows.map(|row| compact(row.iter().cloned().collect())).collect();
    let line = match rows.join(", ") {
        rows if rows.is_empty() => format!("{path}!({name} {{}});\n"),
        rows => format!("{path}!({name} {{ {rows} }});\n"),
    };
    if line.chars().count() <= WIDTH + 1 {
        return Some(line);
    }
    let rows: String = rows.iter().flat_map(|row| ["    ", row, ",\n"]).collect();
    Some(format!("{path}!({name} {{\n{rows}}});\n"))
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

/// Tokens on one line, without the spaces that nobody writes; literals stay as they are.
fn compact(tokens: TokenStream) -> String {
    const SPACES: [(&str, &str); 13] = [
        (" :: ", "::"),
        (":: ", "::"),
        (" : ", ": "),
        (" (", "("),
        (" < ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("# [", "#["),
        ("{ }", "{}"),
        ("& ", "&"),
        ("::< ", "::<"),
        (" . ", "."),
        ("__literal__(", "__literal__ ("),
    ];
    let mut literals = Vec::new();
    let text = without_literals(tokens, &mut literals).to_string();
    let text = SPACES.iter().fold(text, |text, (from, to)| text.replace(from, to));
    let text = text.replace("->", " ->").replace("  ->", " ->");
    let mut parts = text.split(LITERAL);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (literal, part) in literals.iter().zip(parts) {
        out.push_str(literal);
        out.push_str(part);
    }
    out
}

/// What stands for a literal while spaces are taken out: a word that the contract has no say in.
const LITERAL: &str = "__literal__";

fn without_literals(tokens: TokenStream, literals: &mut Vec<String>) -> TokenStream {
    let placeholder = |token| match token {
        TokenTree::Group(group) => {
            TokenTree::Group(Group::new(group.delimiter(), without_literals(group.stream(), literals)))
        }
        TokenTree::Literal(literal) => {
            literals.push(literal.to_string());
            TokenTree::Ident(Ident::new(LITERAL, literal.span()))
        }
        token => token,
    };
    tokens.into_iter().map(placeholder).collect()
}
