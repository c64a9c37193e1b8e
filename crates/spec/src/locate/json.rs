//! Positions in JSON: a scanner that knows where tokens begin and end, and trusts them otherwise.

use super::Builder;

pub(super) fn read(text: &str, builder: &mut Builder) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => {
                builder.begin(at, *byte == b'{');
                at += 1;
            }
            b'}' | b']' => {
                at += 1;
                builder.end(at);
            }
            b'"' => {
                let end = string_end(bytes, at);
                if builder.wants_key() {
                    let key = text.get(at..end).and_then(|token| serde_json::from_str(token).ok());
                    builder.key(key.unwrap_or_default(), at..end);
                } else {
                    builder.scalar(at..end);
                }
                at = end;
            }
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => at += 1,
            _ => {
                let rest = &bytes[at..];
                let length = rest.iter().position(|byte| b" \t\r\n,:{}[]\"".contains(byte));
                let end = at + length.unwrap_or(rest.len());
                builder.scalar(at..end);
                at = end;
            }
        }
    }
}

/// One past the closing quote of the string that opens at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}
