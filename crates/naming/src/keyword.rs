//! Keywords, and the identifiers that step around them.

/// Words that Rust keeps for itself, in edition 2024 or for later.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that may not be written as raw identifiers.
const NEVER_RAW: &[&str] = &["self", "super", "crate", "Self", "_"];

/// The identifier of a field, function, module or variable: `r#type`, `self_`.
pub fn value_ident(name: &str) -> String {
    if NEVER_RAW.contains(&name) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name) {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}

/// The identifier of a type or variant: only `Self` is in the way.
pub fn type_ident(name: &str) -> String {
    if name == "Self" { "Self_".to_owned() } else { name.to_owned() }
}

/// An identifier without `r#`.
pub fn unraw(ident: &str) -> &str {
    ident.strip_prefix("r#").unwrap_or(ident)
}

/// Whether a text is an identifier as it stands: no keyword, unless raw.
pub fn is_identifier(text: &str) -> bool {
    let name = unraw(text);
    let mut letters = name.chars();
    let legal = letters.next().is_some_and(|first| first == '_' || unicode_ident::is_xid_start(first))
        && letters.all(unicode_ident::is_xid_continue);
    let raw = text.len() > name.len();
    legal && !NEVER_RAW.contains(&name) && (raw || !KEYWORDS.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::{is_identifier, type_ident, value_ident};

    #[test]
    fn keywords_are_raw_where_legal() {
        for (name, ident) in [
            ("type", "r#type"),
            ("gen", "r#gen"),
            ("try", "r#try"),
            ("self", "self_"),
            ("super", "super_"),
            ("crate", "crate_"),
            ("union", "union"),
            ("name", "name"),
        ] {
            assert_eq!(value_ident(name), ident);
            assert!(is_identifier(ident), "{ident}");
        }
        assert_eq!(type_ident("Self"), "Self_");
    }

    #[test]
    fn not_everything_is_an_identifier() {
        for text in ["", "1a", "a-b", "type", "self", "r#self", "_", "a b", "r#", "é!"] {
            assert!(!is_identifier(text), "{text:?}");
        }
        for text in ["é", "_a", "r#type", "Type", "a1"] {
            assert!(is_identifier(text), "{text:?}");
        }
    }
}
