//! How deeply JSON is nested, found before any of it is built.

/// Whether more arrays and objects lie inside of one another in a JSON text. Of other text the answer
/// means nothing.
pub(super) fn is_deeper(text: &[u8], limit: usize) -> bool {
    // Most texts do not open as many, wherever.
    if opened(text) <= limit {
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

/// How many octets open an array or object, or would outside of a string.
fn opened(text: &[u8]) -> usize {
    // The two differ in this bit. As many as one octet can count are counted at once.
    let count = |some: &[u8]| some.iter().map(|octet| u8::from(octet | 0x20 == b'{')).sum::<u8>();
    text.chunks(255).map(|some| usize::from(count(some))).sum()
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
    fn long_texts_are_counted_whole() {
        for count in [254, 255, 256, 600] {
            let text = format!("{}{}", "[".repeat(count), "]".repeat(count));
            assert!(is_deeper(text.as_bytes(), count - 1) && !is_deeper(text.as_bytes(), count), "{count}");
            let beside = format!("[{}1]", "[],".repeat(count));
            assert!(is_deeper(beside.as_bytes(), 1) && !is_deeper(beside.as_bytes(), 2), "{count}");
        }
    }

    #[test]
    fn text_that_is_not_json_ends_too() {
        for text in ["]]}", "\"abc", "\"abc\\", "[[[", "\u{0}"] {
            is_deeper(text.as_bytes(), 2);
        }
    }
}
