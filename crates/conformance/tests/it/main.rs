//! The generated Customer Service over loopback, held against hand-written HTTP.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says so")]

mod account;
mod addresses;
mod authentication;
mod case;
mod contract;
mod credentials;
mod double_opt_in;
mod groups;
mod refusals;
mod service;
mod stub;
mod tokens;
