//! What the text of a string has to look like: its `pattern`, or its `format`.
//!
//! A `pattern` is a regular expression of ECMA-262, and both the document that brings it and the strings it meets
//! may be hostile. An engine that backtracks takes time exponential in a string's length for patterns as
//! short as `(a+)+$`. So a pattern without look-around and back references, which is nearly every one, is
//! translated for an engine that does not; the rest is left to one that backtracks.

#![forbid(unsafe_code)]

mod class;
mod escape;
pub mod format;
mod translate;

use std::fmt;

/// A compiled pattern.
#[derive(Clone)]
pub struct Pattern {
    engine: Engine,
    dialect: Dialect,
}

#[derive(Clone)]
enum Engine {
    Linear(Box<regex::Regex>),
    Backtracking(Box<regress::Regex>),
}

/// How a pattern is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// With the `u` flag.
    Unicode,
    /// Without a flag: only so does it parse.
    Legacy,
}

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(String);

impl Pattern {
    /// Compiles a pattern: with the `u` flag, or without one where that does not parse.
    pub fn new(source: &str) -> Result<Self, Error> {
        match Self::read(source, Dialect::Unicode) {
            Ok(pattern) => Ok(pattern),
            Err(error) => Self::read(source, Dialect::Legacy).map_err(|_| error),
        }
    }

    /// Compiles a pattern of a dialect.
    pub fn read(source: &str, dialect: Dialect) -> Result<Self, Error> {
        let flags = match dialect {
            Dialect::Unicode => "u",
            Dialect::Legacy => "",
        };
        // Also where the linear engine serves in the end: what is a pattern, ECMA-262 says.
        let backtracking = regress::Regex::with_flags(source, flags).map_err(|error| Error(error.text))?;
        let linear = translate::translate(source, dialect).and_then(|text| regex::Regex::new(&text).ok());
        let engine = match linear {
            Some(regex) => Engine::Linear(Box::new(regex)),
            None => Engine::Backtracking(Box::new(backtracking)),
        };
        Ok(Self { engine, dialect })
    }

    /// Whether some part of a text matches.
    pub fn matches(&self, text: &str) -> bool {
        match &self.engine {
            Engine::Linear(regex) => regex.is_match(text),
            Engine::Backtracking(regex) => regex.find(text).is_some(),
        }
    }

    /// Whether [`matches`](Self::matches) takes time linear in the text's length.
    pub fn is_linear(&self) -> bool {
        matches!(self.engine, Engine::Linear(_))
    }

    /// The pattern in the syntax of the `regex` crate, where that says the same.
    pub fn linear(&self) -> Option<&str> {
        match &self.engine {
            Engine::Linear(regex) => Some(regex.as_str()),
            Engine::Backtracking(_) => None,
        }
    }

    /// How it was read.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Pattern");
        shown.field("dialect", &self.dialect).field("linear", &self.is_linear()).finish_non_exhaustive()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Error {}
