//! The generated Customer Service over loopback, held against hand-written HTTP.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says so")]

mod addresses;
mod case;
mod service;
mod stub;
