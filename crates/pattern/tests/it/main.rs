//! Patterns beside the engine that backtracks, which reads ECMA-262 as it stands.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use specwright_pattern::{Dialect, Pattern};

/// Pieces that patterns are made of.
const PIECES: &[&str] = &[
    "a",
    "b",
    "é",
    "𝒳",
    "-",
    " ",
    ".",
    r"\d",
    r"\D",
    r"\w",
    r"\W",
    r"\s",
    r"\S",
    r"\b",
    r"\.",
    r"\/",
    r"\t",
    r"\0",
    r"\x41",
    r"\u00e9",
    r"\u{1d4b3}",
    r"\cJ",
    "[a-c]",
    "[^a-c]",
    r"[\d.]",
    r"[^\s@]",
    r"[\w-]",
    "[é-𝒳]",
    "[]",
    "[^]",
    r"[\b\-\]]",
    "[[&&~~--]",
    "^",
    "$",
    "|",
    "a*",
    "b+?",
    "a?",
    "a{2}",
    "a{1,}",
    "b{0,2}",
];

/// Strings that tell patterns apart.
const TEXTS: &[&str] = &[
    "", "a", "b", "A", "é", "𝒳", "-", " ", "0", "9", "_", ".", "/", "aa", "aab", "a b", "a-b", "b.c", "\n",
    "\t", "\r\n", "\0", "\u{8}", "\u{a0}", "\u{2028}", "\u{feff}", "]", "[", "&", "~", "@", "a@b", "٣", "ſ",
    "K",
];

/// What the other engine says.
fn oracle(source: &str, flags: &str, text: &str) -> bool {
    regress::Regex::with_flags(source, flags).expect("a pattern").find(text).is_some()
}

#[track_caller]
fn same(source: &str, text: &str) {
    let pattern = Pattern::new(source).expect("a pattern");
    let flags = if pattern.dialect() == Dialect::Unicode { "u" } else { "" };
    assert_eq!(pattern.matches(text), oracle(source, flags, text), "`{source}` on {text:?}, {pattern:?}");
}

proptest! {
    #[test]
    fn both_engines_agree(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 1..6),
        group in any::<bool>(),
        texts in prop::collection::vec(prop::sample::select(TEXTS), 0..4),
    ) {
        let source = if group { format!("(?:{})", pieces.concat()) } else { pieces.concat() };
        prop_assume!(Pattern::new(&source).is_ok());
        same(&source, &texts.concat());
    }

    #[test]
    fn no_text_panics(source in ".{0,24}", text in ".{0,12}") {
        if let Ok(pattern) = Pattern::new(&source) {
            pattern.matches(&text);
        }
    }
}

#[test]
fn every_piece_agrees_on_every_text() {
    for source in PIECES {
        if Pattern::new(source).is_ok() {
            for text in TEXTS {
                same(source, text);
            }
        }
    }
}

#[test]
fn patterns_of_real_contracts_are_linear() {
    for (source, yes, no) in [
        (r"^[a-z][a-z0-9]+$", "acme", "Acme"),
        (r"^[^\s@]{1,64}@(?:[^\s@.]+\.)+[^\s@.]+$", "jane@example.com", "jane@example"),
        (r"^\+?[1-9]\d{1,14}$", "+4930123456", "030"),
        (r"^(?<year>\d{4})-(?<month>\d{2})$", "2026-11", "2026-1"),
        (r"^[\w\-\.]+$", "a-b.c", "a b"),
        (r"(a+)+$", "aaa", "aab"),
        (r"^([a-zA-Z0-9]+\s?)*$", "a b c", "a  b"),
    ] {
        let pattern = Pattern::new(source).unwrap();
        assert!(pattern.is_linear(), "{source}");
        assert!(pattern.matches(yes) && !pattern.matches(no), "{source}");
    }
}

#[test]
fn a_hostile_string_costs_no_more_than_its_length() {
    let pattern = Pattern::new(r"^([a-zA-Z0-9]+\s?)*$").unwrap();
    // An engine that backtracks would not come to an end.
    assert!(!pattern.matches(&("a".repeat(4096) + "!")));
}

#[test]
fn what_the_linear_engine_lacks_is_left_to_the_other() {
    for (source, yes, no) in [
        (r"^(?=.*\d)[a-z\d]+$", "a1", "a"),
        (r"^(?!admin)\w+$", "user", "admin"),
        (r"(a|b)\1", "aa", "ab"),
        (r"^\p{Lu}$", "É", "é"),
        (r"a\B", "ab", "a"),
    ] {
        let pattern = Pattern::new(source).unwrap();
        assert!(!pattern.is_linear(), "{source}");
        assert!(pattern.matches(yes) && !pattern.matches(no), "{source}");
    }
}

#[test]
fn a_pattern_that_needs_no_flag_is_read_without() {
    for (source, yes, no) in [(r"^\-?[0-9]+$", "-1", "+1"), (r"^a{$", "a{", "a"), (r"^[\w-.]+$", "a-.", " ")]
    {
        let pattern = Pattern::new(source).unwrap();
        assert_eq!(pattern.dialect(), Dialect::Legacy, "{source}");
        assert!(pattern.matches(yes) && !pattern.matches(no), "{source}");
    }
    assert_eq!(Pattern::new("a").unwrap().dialect(), Dialect::Unicode);
}

#[test]
fn what_is_no_pattern_says_why() {
    for source in ["(", "[", "a**", "[b-a]", "(?<a>"] {
        assert!(!Pattern::new(source).unwrap_err().to_string().is_empty(), "{source}");
    }
}
