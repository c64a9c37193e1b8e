//! The generated Customer Service over loopback, held against hand-written HTTP.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says so")]

mod account;
mod addresses;
mod authentication;
mod bodies;
mod case;
mod client_errors;
mod compile_fail;
mod contract;
mod credentials;
mod double_opt_in;
mod encoding;
mod excerpts;
mod features;
mod groups;
mod logs;
mod patch;
mod refusals;
mod rejections;
mod requests;
mod router;
mod scaffold;
mod security;
mod service;
mod stub;
mod substitute;
mod tokens;
mod unknown_members;
mod validation;
