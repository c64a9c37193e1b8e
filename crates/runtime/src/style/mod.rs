//! Parameters as text, as the table of styles in `OpenAPI` 3.0.4 has them.
//!
//! Both sides of the wire use it: [`mod@write`] makes text of JSON values, [`mod@read`] makes JSON values of
//! text, led by the parameter's schema. Where that table says nothing, values inside of lists and
//! objects that are lists or objects themselves are written as JSON text, and with `deepObject` in
//! further brackets.

pub mod form;
pub mod read;
pub mod write;

/// How the header of a response is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderForm {
    /// Items and members between commas.
    Plain,
    /// The same, with `name=value` for members.
    Exploded,
    /// As JSON.
    Json,
}
