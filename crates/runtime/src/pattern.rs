//! `pattern`: ECMA-262 regular expressions, unanchored.

use std::fmt;
use std::sync::OnceLock;

use regress::Regex;

/// A regular expression of the contract, compiled when it is first asked.
///
/// It is read with the `u` flag, and without it where that does not parse. Documents whose patterns
/// parse in neither way are refused before code exists; should one come by all the same, it matches
/// nothing.
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// The pattern as the contract writes it.
    pub const fn new(source: &'static str) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    /// The pattern's text.
    pub const fn source(&self) -> &'static str {
        self.source
    }

    /// Whether some part of `text` matches.
    ///
    /// There is no limit of time: the engine backtracks, and a pattern such as `(a+)+$` takes time
    /// exponential in the length of a string made for it. Validation therefore runs no pattern on a string
    /// above its `maxLength`, nor on one above 8 KiB (64 KiB where the contract states a `maxLength`).
    pub fn matches(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| {
            Regex::with_flags(self.source, "u").or_else(|_| Regex::with_flags(self.source, "")).ok()
        });
        compiled.as_ref().is_some_and(|regex| regex.find(text).is_some())
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Pattern").field(&self.source).finish()
    }
}
