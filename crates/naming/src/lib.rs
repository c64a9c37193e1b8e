//! Wire strings to Rust identifiers: words, case, keywords, scopes.
//!
//! [`pascal`], [`snake`] and [`shouty`] spell any string, the empty one included, so that it is an
//! identifier once [`type_ident`] or [`value_ident`] has stepped around keywords. [`Scope`] keeps
//! what is taken. Which of two colliding names yields is decided where the items are known.

mod casing;
mod keyword;
mod reserved;
mod scope;
mod short;
mod symbol;
mod words;

pub use casing::{Casing, casing};
pub use keyword::{is_identifier, type_ident, unraw, value_ident};
pub use reserved::{FILES, GROUPS, METHODS, TYPES};
pub use scope::Scope;
pub use short::shortened;
pub use symbol::spelled;
pub use words::{ascii_snake, pascal, shouty, snake};
