//! Names and characters as XML has them.

/// Whether XML can hold a character.
pub(super) const fn is_char(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a text is the name of an element or attribute, with or without a prefix.
pub(super) fn is_name(text: &str) -> bool {
    let mut parts = text.splitn(2, ':');
    parts.all(is_part)
}

fn is_part(text: &str) -> bool {
    text.starts_with(is_start) && text.chars().all(is_inside)
}

const fn is_start(character: char) -> bool {
    matches!(character,
        'A'..='Z' | 'a'..='z' | '_' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}'
        | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

const fn is_inside(character: char) -> bool {
    is_start(character)
        || matches!(character,
            '0'..='9' | '-' | '.' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

#[cfg(test)]
mod tests {
    use super::{is_char, is_name};

    #[test]
    fn names_begin_with_letters() {
        for name in ["a", "_", "é1", "a-b.c", "p:a", "日本"] {
            assert!(is_name(name), "{name}");
        }
        for text in ["", "1", "-a", "a b", "a:", ":a", "a:b:c", "@a", "a/b", "a>", "\u{b7}"] {
            assert!(!is_name(text), "{text}");
        }
    }

    #[test]
    fn controls_are_no_characters() {
        assert!(['\t', '\n', '\r', ' ', '\u{7f}', '\u{10ffff}'].into_iter().all(is_char));
        assert!(!['\0', '\u{1b}', '\u{1f}', '\u{fffe}', '\u{ffff}'].into_iter().any(is_char));
    }
}
