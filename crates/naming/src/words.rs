//! Case: the words of a wire string, joined as Rust joins them.

use std::borrow::Cow;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use unicode_normalization::UnicodeNormalization;
use unicode_security::GeneralSecurityProfile;

use crate::symbol;

/// `UpperCamelCase`: `B2BGet` becomes `B2bGet`, `+1` becomes `Plus1`, `409_conflict` `409Conflict`.
///
/// The result is an identifier unless it begins with a digit or is `Self`.
pub fn pascal(wire: &str) -> String {
    legible(wire).to_pascal_case()
}

/// `snake_case`: `extraLine1` becomes `extra_line1`, `session-id` `session_id`.
///
/// The result is an identifier unless it begins with a digit or is a keyword.
pub fn snake(wire: &str) -> String {
    legible(wire).to_snake_case()
}

/// `SHOUTY_SNAKE_CASE`, for statics and constants.
pub fn shouty(wire: &str) -> String {
    legible(wire.strip_prefix("r#").unwrap_or(wire)).to_shouty_snake_case()
}

/// `snake_case` for the name of a file: letters outside of ASCII become their code points, because
/// Rust loads no module from a file with such a name.
pub fn ascii_snake(wire: &str) -> String {
    let snake = snake(wire);
    if snake.is_ascii() {
        return snake;
    }
    let spelled: String =
        snake
            .chars()
            .map(|letter| {
                if letter.is_ascii() {
                    letter.to_string()
                } else {
                    format!("_{}_", symbol::code_point(letter))
                }
            })
            .collect();
    spelled.to_snake_case()
}

/// What is left of a string when everything that no identifier may hold is a word boundary. Symbols
/// are spelled where they tell (`+1`, `-1`) or where there is nothing else.
fn legible(wire: &str) -> String {
    // Compatibility forms (`²`, `ﬁ`) are legal nowhere or frowned upon; their plain forms are not.
    let wire = wire.trim();
    let wire: Cow<'_, str> = if wire.is_ascii() { wire.into() } else { wire.nfkc().collect() };
    let signed = wire.starts_with(['+', '-']) && wire[1..].starts_with(|next: char| next.is_ascii_digit());
    let text: String =
        if signed { symbol::spelled(&wire[..1]) + " " + &words_only(&wire[1..]) } else { words_only(&wire) };
    if text.trim().is_empty() { symbol::spelled(&wire) } else { text }
}

fn words_only(text: &str) -> String {
    // An underscore is a letter to Unicode and a boundary to us. A modifier is a part of its word, and Rust
    // warns of most.
    let kept = text.chars().filter(|letter| !is_modifier(*letter));
    kept.map(|letter| if is_letter(letter) { letter } else { ' ' }).collect()
}

/// `ʿ` and its like, which no word of today's languages needs.
fn is_modifier(letter: char) -> bool {
    !letter.is_ascii() && unicode_ident::is_xid_continue(letter) && !letter.identifier_allowed()
}

pub(crate) fn is_letter(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric();
    }
    letter.is_alphanumeric() && unicode_ident::is_xid_continue(letter) && letter.identifier_allowed()
}

#[cfg(test)]
mod tests {
    use super::{ascii_snake, pascal, shouty, snake};

    #[test]
    fn wire_names_in_both_cases() {
        for (wire, in_pascal, in_snake) in [
            ("b2b", "B2b", "b2b"),
            ("B2BGet", "B2bGet", "b2b_get"),
            ("B2B", "B2b", "b2b"),
            ("extraLine1", "ExtraLine1", "extra_line1"),
            ("login-customer-by-auth0", "LoginCustomerByAuth0", "login_customer_by_auth0"),
            ("HTTPServer", "HttpServer", "http_server"),
            ("refreshTokenExpiresIn", "RefreshTokenExpiresIn", "refresh_token_expires_in"),
            ("POST-customer-add-address", "PostCustomerAddAddress", "post_customer_add_address"),
            ("Double opt-in", "DoubleOptIn", "double_opt_in"),
            ("A.foo", "AFoo", "a_foo"),
            ("AFoo", "AFoo", "a_foo"),
            ("409_conflict", "409Conflict", "409_conflict"),
            ("+1", "Plus1", "plus_1"),
            ("-1", "Minus1", "minus_1"),
            ("*", "Star", "star"),
            (">=", "GreaterThanEqual", "greater_than_equal"),
            ("", "Empty", "empty"),
            ("_", "Underscore", "underscore"),
            ("  ", "Empty", "empty"),
            ("é", "É", "é"),
            ("e\u{301}", "É", "é"),
            ("m²", "M2", "m2"),
            ("日本", "日本", "日本"),
            ("EttaphʿalPassOfTaphʿel", "EttaphalPassOfTaphel", "ettaphal_pass_of_taphel"),
            ("ʿ", "U02bf", "u02bf"),
            ("ꮳ", "Uabb3", "uabb3"),
            ("🙂", "U1f642", "u1f642"),
            ("x-y🙂", "XY", "x_y"),
            ("{tenant}", "Tenant", "tenant"),
            ("type", "Type", "type"),
        ] {
            assert_eq!((pascal(wire).as_str(), snake(wire).as_str()), (in_pascal, in_snake), "{wire:?}");
        }
    }

    #[test]
    fn shouted() {
        assert_eq!(shouty("r#type"), "TYPE");
        assert_eq!(shouty("extraLine1"), "EXTRA_LINE1");
    }

    #[test]
    fn files_are_ascii() {
        assert_eq!(ascii_snake("Café au lait"), "caf_u00e9_au_lait");
        assert_eq!(ascii_snake("é"), "u00e9");
    }
}
