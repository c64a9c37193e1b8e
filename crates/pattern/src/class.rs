//! Classes: what stands between brackets.

use crate::escape::{self, Escape, Set};
use crate::translate::{Reader, literal};

/// A part of a class.
enum Atom {
    Char(char),
    Set(Set),
}

/// Translates what follows an opening bracket.
pub(crate) fn class(reader: &mut Reader<'_>, out: &mut String) -> Option<()> {
    let negated = reader.take('^');
    if reader.take(']') {
        // Nothing, or anything.
        out.push_str(if negated { r"[\x00-\x{10ffff}]" } else { r"[^\x00-\x{10ffff}]" });
        return Some(());
    }
    out.push_str(if negated { "[^" } else { "[" });
    while !reader.take(']') {
        let low = atom(reader)?;
        if reader.peek() != Some('-') {
            push(&low, out);
            continue;
        }
        reader.next();
        if reader.peek() == Some(']') {
            push(&low, out);
            push(&Atom::Char('-'), out);
            continue;
        }
        // A set at one end makes the hyphen itself, which only patterns without the `u` flag may have.
        let (Atom::Char(low), Atom::Char(high)) = (low, atom(reader)?) else { return None };
        literal(low, out);
        out.push('-');
        literal(high, out);
    }
    out.push(']');
    Some(())
}

fn atom(reader: &mut Reader<'_>) -> Option<Atom> {
    match reader.next()? {
        '\\' => match reader.peek()? {
            'b' => {
                reader.next();
                Some(Atom::Char('\u{8}'))
            }
            'B' => None,
            _ => match escape::common(reader)? {
                Escape::Char(char) => Some(Atom::Char(char)),
                Escape::Set(set) => Some(Atom::Set(set)),
                Escape::WordBoundary => None,
            },
        },
        char => Some(Atom::Char(char)),
    }
}

fn push(atom: &Atom, out: &mut String) {
    match atom {
        Atom::Char(char) => literal(*char, out),
        Atom::Set(set) => set.push_class(out),
    }
}
