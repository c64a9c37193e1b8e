//! What the tests in this crate hold generated code against: raw HTTP over loopback, and the compiler.
//!
//! Nothing in here was generated, and nothing knows a contract: requests and answers are text, and what
//! went over the wire is compared byte for byte.

mod scratch;
mod wire;

pub use scratch::{Report, Scratch, check_package, repository, target};
pub use wire::{Answer, Recorder, exchange};
