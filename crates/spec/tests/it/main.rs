//! What the crate does with documents, seen from outside.
