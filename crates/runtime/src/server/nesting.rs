//! How deeply JSON is nested, found before any of it is built.

/// Whether more arrays and objects lie inside of one another in a JSON text. Of other text the answer
/// means nothing.
pub(super) fn is_deeper(text: &[u8], limit: usize) -> bool {
    // Most texts do not open as many, wherever.
    if text.iter().filter(|octet| matches!(octet, b'[' | b'{')).count() <= limit {
        return false;
    }
    let mut depth = 0_usize;
    let mut octets = text.iter();
    while let Some(octet) = octets.next() {
        match octet {
            b'"' => skip_string(&mut octets),
            b'[' | b'{' if depth == limit => return true,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

/// Goes on behind the string that has begun.
fn skip_string<'a>(octets: &mut impl Iterator<Item = &'a u8>) {
    while let Some(octet) = octets.next() {
        match octet {
            b'"' => return,
            b'\\' => _ = octets.next(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_deeper;

    #[test]
    fn the_deepest_place_counts() {
        for (text, depth) in [
            ("", 0),
            ("1", 0),
            ("[]", 1),
            (r#"{"a":[1,{}],"b":[]}"#, 3),
            ("[[],[[]],[]]", 3),
            (r#"["[[[["]"#, 1),
            (r#"["\"[[[["]"#, 1),
            (r#"["\\",[]]"#, 2),
            (r#"{"{[":"]}"}"#, 1),
        ] {
            assert!(!is_deeper(text.as_bytes(), depth), "{text}");
            assert!(depth == 0 || is_deeper(text.as_bytes(), depth - 1), "{text}");
        }
    }

    #[test]
    fn text_that_is_not_json_ends_too() {
        for text in ["]]}", "\"abc", "\"abc\\", "[[[", "\u{0}"] {
            is_deeper(text.as_bytes(), 2);
        }
    }
}
