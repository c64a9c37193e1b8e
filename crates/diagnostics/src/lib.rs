//! JSON pointers, positions, and what is said to the user about a document.
//!
//! A pass finds problems and pushes a [`Diagnostic`] for each into [`Diagnostics`]. A diagnostic names
//! places by pointer; [`Sources`] turns them into file, line and column, and only when something is
//! rendered.

mod code;
mod diagnostic;
mod human;
mod json;
mod place;
mod pointer;
mod sink;
mod source;

pub use code::{Code, Severity};
pub use diagnostic::Diagnostic;
pub use place::{Label, Part, Place};
pub use pointer::Pointer;
pub use sink::Diagnostics;
pub use source::{LineColumn, Sources, Spot, Texts};
