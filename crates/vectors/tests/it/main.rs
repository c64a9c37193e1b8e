//! Vectors of small contracts.

#![allow(clippy::expect_used, clippy::panic)]

mod answers;
mod contract;
mod requests;
mod xml;
