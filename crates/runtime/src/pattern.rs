//! `pattern`: ECMA-262 regular expressions, unanchored.

use std::fmt;
use std::sync::OnceLock;

/// A regular expression of the contract, compiled when it is first asked.
///
/// It is read with the `u` flag, and without it where that does not parse. Documents whose patterns
/// parse in neither way are refused before code exists; should one come by all the same, it matches
/// nothing.
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<specwright_pattern::Pattern>>,
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
    /// That takes time linear in the text's length, unless the pattern looks around or refers back: then
    /// the engine backtracks, and there is no limit of time. Validation therefore runs no pattern on a
    /// string above its `maxLength`, nor on one above 8 KiB (64 KiB where the contract states a
    /// `maxLength`).
    pub fn matches(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| specwright_pattern::Pattern::new(self.source).ok());
        compiled.as_ref().is_some_and(|pattern| pattern.matches(text))
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Pattern").field(&self.source).finish()
    }
}
