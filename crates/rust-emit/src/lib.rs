//! What all Rust backends share: types, docs, formatting, file sets.
