//! Percent-encoding, exactly as much as each place asks for.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All but RFC 3986's unreserved characters.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// As `COMPONENT`, and the reserved characters stay that cannot end a query or one of its values.
/// `+` is not among them because form decoding reads it as a space.
const RESERVED: &AsciiSet = &COMPONENT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// What forms leave as it is; a space becomes `+`.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_').remove(b' ');

/// Encodes a name or value of a form.
pub(crate) fn encode_form(text: &str) -> String {
    utf8_percent_encode(text, FORM).to_string().replace(' ', "+")
}

/// Encodes a name or value for a path or query.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// Encodes a query value whose reserved characters stay.
pub(crate) fn encode_reserved(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Encodes a path parameter whose reserved characters stay, but for those that end a segment or path.
pub(crate) fn encode_path(text: &str) -> String {
    encode_reserved(text).replace('/', "%2F").replace('?', "%3F")
}

/// Decodes; `None` where a `%` is not followed by two hex digits, or the octets are not UTF-8.
pub(crate) fn decode(text: &str) -> Option<String> {
    let octets = text.as_bytes();
    if !octets.contains(&b'%') {
        return Some(text.to_owned());
    }
    let mut triplets = octets.iter().enumerate().filter(|(_, octet)| **octet == b'%');
    let sound = triplets.all(|(at, _)| {
        octets.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    if !sound {
        return None;
    }
    Some(percent_decode_str(text).decode_utf8().ok()?.into_owned())
}

/// Decodes a part of a query, where `+` is a space.
pub(crate) fn decode_query(text: &str) -> Option<String> {
    if text.contains('+') { decode(&text.replace('+', "%20")) } else { decode(text) }
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_query, encode, encode_form, encode_reserved};

    #[test]
    fn only_unreserved_characters_stay() {
        assert_eq!(encode("a-b_c.d~e f/g%é+&=:"), "a-b_c.d~e%20f%2Fg%25%C3%A9%2B%26%3D%3A");
        assert_eq!(encode_reserved("a/b?c=d&e#f+g h"), "a/b?c=d%26e%23f%2Bg%20h");
        assert_eq!(encode_form("a-b_c.d*e f/g+é~"), "a-b_c.d*e+f%2Fg%2B%C3%A9%7E");
    }

    #[test]
    fn what_is_not_encoded_text_is_none() {
        assert_eq!(decode("%C3%A9%2f+").as_deref(), Some("é/+"));
        assert_eq!(decode_query("a+b%2B").as_deref(), Some("a b+"));
        for broken in ["%", "%2", "%zz", "a%", "%FF", "%C3"] {
            assert_eq!(decode(broken), None, "{broken}");
        }
    }
}
