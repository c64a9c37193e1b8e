//! The service as its callers see it: a process of its own, asked over HTTP. Legal requests go through
//! the generated client; it sends no other, so those are written by hand.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on says so"
)]

mod answer;
mod ask;
mod operations;
mod people;
mod service;

mod addresses;
mod anonymous;
mod double_opt_in;
mod email_change;
mod other;
mod passwords;
mod profile;
mod sessions;
mod signup_and_login;

mod bearer_kinds;
mod companies;
mod invalidation;
mod isolation;
mod pending_accounts;
mod tenant_options;
mod throttles;

mod bounds;
mod concurrency;
mod hostile;

mod host;
mod openid;
mod readme;
mod smtp;
