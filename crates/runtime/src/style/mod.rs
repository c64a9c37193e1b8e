//! Parameters as text, as the table of styles in `OpenAPI` 3.0.4 has them.
//!
//! Both sides of the wire use it: [`mod@write`] makes text of JSON values, [`mod@read`] makes JSON values of
//! text, led by the parameter's schema. Where that table says nothing, values inside of arrays and
//! objects that are arrays or objects themselves are written as JSON text.

pub mod form;
pub mod read;
pub mod write;
