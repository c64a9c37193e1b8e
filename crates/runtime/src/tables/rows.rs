//! The rows of tables, one part of an implementation each.

mod conversions;
mod forms;
mod read;
mod status;
mod write;
