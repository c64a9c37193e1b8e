//! JSON pointers, positions, and what is said to the user about a document.

mod pointer;

pub use pointer::Pointer;
