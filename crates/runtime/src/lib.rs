//! The small library that generated code links to.
