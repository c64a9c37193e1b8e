//! Macros by which generated code says in a table how requests and responses look in HTTP.
//!
//! What a variant or a body holds is said in one of these forms, `{H}` below:
//!
//! ```text
//! Pet as json                 a body of this type, written so; a media type may follow: json "application/hal+json"
//! _ as json                   the same where it is not the only one that holds its type
//! Pet as xml "..." [Root::new(..)]
//!                             XML, with its root element
//! Pet as [json "..." [], form "..." [Pet]]
//!                             a body of several media types: the caller's `Accept` picks one
//! NotFound                    a struct of body and headers (`response!`), or a body by media type (`bodies!`)
//! ..                          the same, but not the only one that holds its type
//! ```
//!
//! A body is written as `json`, `text`, `scalar` (a value as text), `bytes`, `events`, `items`, or as `form` or
//! `multipart`, behind which stand the type whose schema it has and the properties that are not written as the
//! schema has it: `form "..." [Pet, Encoding::json("tags")]`.
//!
//! Each table serves both sides. What a side needs is made where the runtime has that side's feature,
//! so the features of the crate that holds the table do not matter. What a table makes is inline: a crate that
//! calls a few of a thousand operations compiles the code of those.

mod requests;
mod responses;
mod rows;
mod sides;

use http::StatusCode;

/// A status code that the contract has been checked to have.
#[doc(hidden)]
pub fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// A status that is declared by the first of its digits.
#[cfg(feature = "server")]
pub fn in_class(status: StatusCode, class: u16) -> Result<StatusCode, crate::Internal> {
    if status.as_u16() / 100 == class {
        return Ok(status);
    }
    let status = status.as_u16();
    Err(crate::Internal::new(format!("the status {status} of an answer is not of the declared {class}XX")))
}
