//! Identifiers and numbers as tokens.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

/// The identifier that a name pass allocated; `r#` makes it a raw one.
///
/// Total: a text that is no identifier, which no name pass produces, has its other characters replaced.
pub fn ident(name: &str) -> Ident {
    if let Ok(ident) = syn::parse_str::<Ident>(name) {
        return ident;
    }
    let mut text: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    text.push('_');
    if text.starts_with(|c: char| c.is_ascii_digit()) || text == "_" {
        text.insert(0, '_');
    }
    Ident::new(&text, Span::call_site())
}

/// The name of the static or constant that belongs to an allocated `snake_case` name.
pub fn shouty(snake: &str) -> Ident {
    let text = snake.strip_prefix("r#").unwrap_or(snake).to_uppercase();
    ident(&text)
}

/// A number without a type suffix, its digits grouped as clippy asks for.
pub fn number(value: i128) -> TokenStream {
    let digits = value.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && digits.len() > 5 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    let literal = grouped.parse::<Literal>().map_or_else(|_| quote!(0), ToTokens::into_token_stream);
    if value < 0 { quote!(-#literal) } else { literal }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_made_of_any_text() {
        for (name, expected) in [
            ("tenant", "tenant"),
            ("r#type", "r#type"),
            ("Größe", "Größe"),
            ("type", "type_"),
            ("1st", "_1st_"),
            ("", "__"),
            ("a; fn b() {}", "a__fn_b______"),
        ] {
            assert_eq!(ident(name).to_string(), expected);
        }
        assert_eq!(shouty("r#type").to_string(), "TYPE");
    }

    #[test]
    fn long_numbers_are_grouped() {
        for (value, expected) in
            [(0, "0"), (99_999, "99999"), (100_000, "100_000"), (-1_234_567, "- 1_234_567")]
        {
            assert_eq!(number(value).to_string(), expected);
        }
    }
}
