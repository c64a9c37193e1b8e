//! Texts of the document as parts of a line.

use serde_json::Value;

/// A text between quotes, on one line, nothing invisible left in it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            ' '..='~' => quoted.push(character),
            _ if character.is_alphanumeric() => quoted.push(character),
            _ => quoted.extend(character.escape_default()),
        }
    }
    quoted + "\""
}

/// A name as it is where it needs no quotes.
pub(super) fn word(text: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || "_-$@.+/*".contains(character);
    if !text.is_empty() && text.chars().all(plain) { text.to_owned() } else { quoted(text) }
}

/// `, default ...`, or nothing.
pub(super) fn default(value: Option<&Value>) -> String {
    value.map(|value| format!(", default {}", literal(value))).unwrap_or_default()
}

fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{quoted, word};

    #[test]
    fn nothing_of_a_document_ends_a_line() {
        assert_eq!(quoted("a\"b\\c\nd\u{2028}é"), r#""a\"b\\c\nd\u{2028}é""#);
    }

    #[test]
    fn plain_names_need_no_quotes() {
        assert_eq!(word("contactName"), "contactName");
        assert_eq!(word("a b"), "\"a b\"");
        assert_eq!(word(""), "\"\"");
    }
}
