//! Identifiers and numbers as tokens.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};
use specwright_naming as naming;

/// The identifier that a name pass allocated; `r#` makes it a raw one.
///
/// Total: a text that is no identifier, which no name pass produces, has its other characters replaced.
pub fn ident(name: &str) -> Ident {
    if naming::is_identifier(name) {
        return match name.strip_prefix("r#") {
            Some(name) => Ident::new_raw(name, Span::call_site()),
            None => Ident::new(name, Span::call_site()),
        };
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
    let snake = snake.strip_prefix("r#").unwrap_or(snake);
    let mut text = snake.to_uppercase();
    // Without letters that have a case it would be the name of a function or binding as well.
    if text == snake {
        text.push('_');
    }
    ident(&text)
}

/// A number that need not be whole, its digits grouped as clippy asks for. Infinite limits are none.
pub fn float(value: f64) -> TokenStream {
    let text = format!("{:?}", value.abs());
    let text = if text.contains('e') { text } else { grouped(&text) };
    let literal = text.parse::<Literal>().map_or_else(|_| quote!(0.0), ToTokens::into_token_stream);
    if value < 0.0 { quote!(-#literal) } else { literal }
}

/// A number without a type suffix, its digits grouped as clippy asks for.
pub fn number(value: i128) -> TokenStream {
    let text = grouped(&value.unsigned_abs().to_string());
    let literal = text.parse::<Literal>().map_or_else(|_| quote!(0), ToTokens::into_token_stream);
    if value < 0 { quote!(-#literal) } else { literal }
}

fn grouped(digits: &str) -> String {
    let (whole, fraction) =
        digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && whole.len() > 5 && (whole.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        for (index, digit) in fraction.chars().enumerate() {
            if index > 0 && fraction.len() > 5 && index.is_multiple_of(3) {
                text.push('_');
            }
            text.push(digit);
        }
    }
    text
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
    fn fractions_are_grouped_too() {
        for (value, expected) in [
            (0.0, "0.0"),
            (-0.5, "- 0.5"),
            (1_234_567.25, "1_234_567.25"),
            (0.123_456_7, "0.123_456_7"),
            (1e300, "1e300"),
        ] {
            assert_eq!(float(value).to_string(), expected);
        }
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
