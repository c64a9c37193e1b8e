//! Vectors of small contracts.

#![allow(clippy::expect_used, clippy::panic)]

mod contract;
mod requests;
