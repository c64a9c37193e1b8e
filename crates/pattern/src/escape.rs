//! What follows a backslash.

use crate::Dialect;
use crate::translate::Reader;

/// What an escape stands for.
pub(crate) enum Escape {
    Char(char),
    Set(Set),
    WordBoundary,
}

/// A set of characters that has an escape of its own.
#[derive(Clone, Copy)]
pub(crate) struct Set {
    /// What stands between the brackets of a class.
    items: &'static str,
    negated: bool,
}

const DIGIT: &str = "0-9";
const WORD: &str = "0-9A-Z_a-z";
/// `WhiteSpace` and `LineTerminator`.
const SPACE: &str =
    r"\t\n\x0b\x0c\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}";

impl Set {
    /// As a class of its own, which may also stand inside of one.
    pub(crate) fn push_class(self, out: &mut String) {
        out.push_str(if self.negated { "[^" } else { "[" });
        out.push_str(self.items);
        out.push(']');
    }
}

/// Reads an escape outside of a class; `None` where it is no character, set or word boundary.
pub(crate) fn escape(reader: &mut Reader<'_>) -> Option<Escape> {
    match reader.peek()? {
        'b' => {
            reader.next();
            Some(Escape::WordBoundary)
        }
        // The other engine has it for the boundaries of Unicode's words only.
        'B' => None,
        _ => common(reader),
    }
}

/// Reads an escape that means the same inside of a class and outside.
pub(crate) fn common(reader: &mut Reader<'_>) -> Option<Escape> {
    let set = |items, negated| Some(Escape::Set(Set { items, negated }));
    let char = match reader.next()? {
        'd' => return set(DIGIT, false),
        'D' => return set(DIGIT, true),
        'w' => return set(WORD, false),
        'W' => return set(WORD, true),
        's' => return set(SPACE, false),
        'S' => return set(SPACE, true),
        't' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        '0' if !reader.peek().is_some_and(|next| next.is_ascii_digit()) => '\0',
        'c' => char::from_u32(u32::from(reader.next().filter(char::is_ascii_alphabetic)?) % 32)?,
        'x' => char::from_u32(reader.hex(2)?)?,
        'u' => unicode(reader)?,
        // Back references, octal numbers, properties of Unicode.
        '0'..='9' | 'k' | 'p' | 'P' => return None,
        char if char.is_ascii_alphabetic() && reader.dialect == Dialect::Unicode => return None,
        char => char,
    };
    Some(Escape::Char(char))
}

fn unicode(reader: &mut Reader<'_>) -> Option<char> {
    if reader.dialect == Dialect::Unicode && reader.take('{') {
        let mut value = 0_u32;
        loop {
            let digit = reader.next()?;
            if digit == '}' {
                return char::from_u32(value);
            }
            value = value.checked_mul(16)?.checked_add(digit.to_digit(16)?)?;
        }
    }
    // One half of a pair is no character, and no string holds it.
    char::from_u32(reader.hex(4)?)
}
