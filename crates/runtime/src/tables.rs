//! Macros by which generated code says in a table how requests and responses look in HTTP.
//!
//! What a variant or a body holds is said in one of these forms, `{H}` below:
//!
//! ```text
//! json | text | bytes         a body of this kind; a media type may follow: json "application/hal+json"
//! Pet as json                 the same, with its type
//! NotFound                    a struct of body and headers (`response!`), or a body by media type (`bodies!`)
//! ..                          the same, but not the only one that holds its type
//! ```
//!
//! Each table serves both sides. What a side needs is made where the runtime has that side's feature,
//! so the features of the crate that holds the table do not matter.

mod requests;
mod responses;
mod rows;
mod sides;
