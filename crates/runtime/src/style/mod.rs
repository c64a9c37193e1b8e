//! Parameters as text, as the specification's table of styles has them.
//!
//! Both sides of the wire use it: [`write`] makes text of JSON values, [`read`] makes JSON values of
//! text, led by the parameter's schema.

pub mod read;
pub mod write;
