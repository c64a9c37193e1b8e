//! Symbols spelled out, where a name has nothing else or nothing else tells it apart.

use crate::words::is_letter;

/// A string with every symbol spelled: `A.foo` becomes `A dot foo`, the empty string `empty`.
pub fn spelled(wire: &str) -> String {
    if wire.trim().is_empty() {
        return "empty".to_owned();
    }
    let mut text = String::new();
    for character in wire.chars() {
        if is_letter(character) {
            text.push(character);
        } else {
            text.push(' ');
            match word(character) {
                Some(word) => text.push_str(word),
                None if character.is_whitespace() || character.is_control() => {}
                None => text.push_str(&code_point(character)),
            }
            text.push(' ');
        }
    }
    text
}

/// `u1f642` for a character without a word.
pub(crate) fn code_point(character: char) -> String {
    format!("u{:04x}", u32::from(character))
}

fn word(symbol: char) -> Option<&'static str> {
    Some(match symbol {
        '!' => "not",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '\'' => "apostrophe",
        '(' => "open paren",
        ')' => "close paren",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less than",
        '=' => "equal",
        '>' => "greater than",
        '?' => "question",
        '@' => "at",
        '[' => "open bracket",
        '\\' => "backslash",
        ']' => "close bracket",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' => "open brace",
        '|' => "or",
        '}' => "close brace",
        '~' => "tilde",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::spelled;
    use crate::pascal;

    #[test]
    fn symbols_have_words() {
        for (wire, name) in [("A.foo", "ADotFoo"), ("a/b", "ASlashB"), ("x 🙂", "XU1f642"), ("", "Empty")] {
            assert_eq!(pascal(&spelled(wire)), name, "{wire:?}");
        }
    }
}
