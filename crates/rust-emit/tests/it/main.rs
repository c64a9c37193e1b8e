//! One item of the contract, as Rust.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod docs;
mod examples;
mod fixture;
mod imports;
mod operations;
mod responses;
mod types;
