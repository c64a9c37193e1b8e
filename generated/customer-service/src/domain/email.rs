//! E-mail addresses: shown as they were given, compared without regard to case.

use std::fmt;
use std::hash::{Hash, Hasher};

/// An e-mail address without the blanks around it.
#[derive(Clone)]
pub struct Email {
    shown: String,
    folded: String,
}

impl Email {
    /// The address in a text; `None` where it breaks the syntax: exactly one `@`, 1 to 64 characters
    /// before it, at least two labels behind it, at most 254 in all, no whitespace and no control characters.
    pub fn parse(text: &str) -> Option<Self> {
        let shown = text.trim();
        let (local, domain) = shown.split_once('@')?;
        let labels = domain.split('.');
        let holds = (1..=64).contains(&local.chars().count())
            && shown.chars().count() <= 254
            && labels.clone().count() >= 2
            && labels.clone().all(|label| !label.is_empty())
            && !domain.contains('@')
            && !shown.chars().any(|c| c.is_whitespace() || c.is_control());
        holds.then(|| Self { shown: shown.to_owned(), folded: fold(shown) })
    }

    /// As it was given.
    pub fn as_str(&self) -> &str {
        &self.shown
    }
}

/// In lower case. What is not ASCII stays so: the sign of the kelvin must not be a `k`, or a mailbox with
/// the one would lead to the customer of the other.
fn fold(text: &str) -> String {
    let is_kept = |c: &char| !c.is_ascii() && c.to_lowercase().any(|lower| lower.is_ascii());
    text.chars().map(|c| if is_kept(&c) { c.to_string() } else { c.to_lowercase().collect() }).collect()
}

impl PartialEq for Email {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Eq for Email {}

impl Hash for Email {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded.hash(state);
    }
}

impl fmt::Display for Email {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.shown)
    }
}

// An address is personal data; logs do without.
impl fmt::Debug for Email {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Email(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syntax() {
        let cases = [
            ("jane@example.com", true),
            ("  jane@example.com ", true),
            ("jane+tag@mail.example.com", true),
            ("jürgen@müller.example", true),
            ("jane", false),
            ("@example.com", false),
            ("jane@", false),
            ("jane@example", false),
            ("jane@.example", false),
            ("jane@example.", false),
            ("jane@exam..ple.com", false),
            ("jane@home@example.com", false),
            ("ja ne@example.com", false),
            ("jane@exam ple.com", false),
            ("jane\r\nBcc: all@example.com", false),
            ("jane\u{85}@example.com", false),
            ("jane\u{7f}@example.com", false),
            ("", false),
        ];
        for (text, valid) in cases {
            assert_eq!(Email::parse(text).is_some(), valid, "{text:?}");
        }
    }

    #[test]
    fn lengths() {
        let of = |local: usize, domain: usize| {
            Email::parse(&format!("{}@{}.de", "l".repeat(local), "d".repeat(domain))).is_some()
        };
        assert!(of(64, 186), "64 before the `@`, 254 in all");
        assert!(!of(65, 10));
        assert!(!of(64, 187));
    }

    #[test]
    fn shown_as_given_and_compared_without_case() -> Result<(), &'static str> {
        let given = Email::parse(" Jane@Example.COM ").ok_or("given")?;
        assert_eq!(given.as_str(), "Jane@Example.COM");
        assert_eq!(Some(given), Email::parse("jANE@example.com"));
        assert_eq!(Email::parse("JÜRGEN@müller.example"), Email::parse("jürgen@MÜLLER.example"));
        // The sign of the kelvin.
        assert_ne!(Email::parse("\u{212a}im@example.com"), Email::parse("kim@example.com"));
        Ok(())
    }
}
