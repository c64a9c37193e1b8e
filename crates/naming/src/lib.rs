//! Wire strings to Rust identifiers: words, case, keywords, scopes.
