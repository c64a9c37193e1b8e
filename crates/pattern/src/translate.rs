//! A pattern of ECMA-262 in the syntax of the `regex` crate, where that says the same.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

use crate::Dialect;
use crate::class;
use crate::escape::{self, Escape};

/// What is left to read of a pattern.
pub(crate) struct Reader<'a> {
    chars: Peekable<Chars<'a>>,
    pub(crate) dialect: Dialect,
}

/// Translates a pattern that is known to parse; `None` where it holds what the other syntax lacks.
pub(crate) fn translate(source: &str, dialect: Dialect) -> Option<String> {
    let mut reader = Reader { chars: source.chars().peekable(), dialect };
    let mut out = String::with_capacity(source.len() * 2);
    while let Some(char) = reader.next() {
        match char {
            '^' | '$' | '|' | ')' | '*' | '+' | '?' => out.push(char),
            '.' => out.push_str(r"[^\n\r\x{2028}\x{2029}]"),
            '(' => group(&mut reader, &mut out)?,
            '[' => class::class(&mut reader, &mut out)?,
            '\\' => match escape::escape(&mut reader)? {
                Escape::Char(char) => literal(char, &mut out),
                Escape::Set(set) => set.push_class(&mut out),
                Escape::WordBoundary => out.push_str(r"(?-u:\b)"),
            },
            '{' => match reader.quantifier() {
                Some(quantifier) => out.push_str(&quantifier),
                None => literal('{', &mut out),
            },
            char => literal(char, &mut out),
        }
    }
    Some(out)
}

/// A character that stands for itself.
pub(crate) fn literal(char: char, out: &mut String) {
    if char.is_ascii_alphanumeric() {
        out.push(char);
    } else {
        // Writing to a string cannot fail.
        let _ = write!(out, r"\x{{{:x}}}", u32::from(char));
    }
}

/// What follows an opening parenthesis. What is captured does not matter.
fn group(reader: &mut Reader<'_>, out: &mut String) -> Option<()> {
    out.push_str("(?:");
    if !reader.take('?') {
        return Some(());
    }
    match reader.next()? {
        ':' => Some(()),
        '<' if !matches!(reader.peek(), Some('=' | '!')) => {
            while reader.next()? != '>' {}
            Some(())
        }
        // Look-around, or flags for a part.
        _ => None,
    }
}

impl Reader<'_> {
    pub(crate) fn next(&mut self) -> Option<char> {
        self.chars.next()
    }

    pub(crate) fn peek(&mut self) -> Option<char> {
        self.chars.peek().copied()
    }

    pub(crate) fn take(&mut self, wanted: char) -> bool {
        self.chars.next_if_eq(&wanted).is_some()
    }

    /// So many hexadecimal digits.
    pub(crate) fn hex(&mut self, digits: usize) -> Option<u32> {
        let mut value = 0;
        for _ in 0..digits {
            value = value * 16 + self.chars.next_if(char::is_ascii_hexdigit)?.to_digit(16)?;
        }
        Some(value)
    }

    /// `n}`, `n,}` or `n,m}`, with the brace before it. Without the `u` flag a brace may be itself.
    fn quantifier(&mut self) -> Option<String> {
        let mut ahead = self.chars.clone();
        let mut text = String::from("{");
        let mut commas = 0;
        loop {
            let char = ahead.next()?;
            match char {
                '0'..='9' => {}
                ',' if commas == 0 && text.len() > 1 => commas += 1,
                '}' if text.len() > 1 => break,
                _ => return None,
            }
            text.push(char);
        }
        text.push('}');
        self.chars = ahead;
        Some(text)
    }
}
