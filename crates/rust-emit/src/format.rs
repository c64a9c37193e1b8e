//! Tokens to text, item by item.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Item;

/// The items that tokens hold. Tokens that are no items, which we never make, stand as they are.
pub fn items(tokens: TokenStream) -> Vec<Item> {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => file.items,
        Err(_) => vec![Item::Verbatim(tokens)],
    }
}

/// Items as text: a blank line between two of them, none between a `mod` or `use` and the next.
pub fn join(items: &[Item]) -> String {
    let mut text = String::new();
    let mut previous: Option<&Item> = None;
    for item in items {
        if previous.is_some_and(|previous| !are_neighbours(previous, item)) {
            text.push('\n');
        }
        text.push_str(&print(item));
        previous = Some(item);
    }
    text
}

fn print(item: &Item) -> String {
    if let Item::Verbatim(tokens) = item {
        return format!("{tokens}\n");
    }
    let file = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item.clone()] };
    prettyplease::unparse(&file)
}

fn are_neighbours(first: &Item, second: &Item) -> bool {
    match (first, second) {
        (Item::Use(first), Item::Use(second)) => {
            first.vis.to_token_stream().is_empty() == second.vis.to_token_stream().is_empty()
        }
        (Item::Mod(first), Item::Mod(second)) => {
            first.content.is_none()
                && first.attrs.is_empty()
                && second.content.is_none()
                && second.attrs.is_empty()
        }
        _ => false,
    }
}
