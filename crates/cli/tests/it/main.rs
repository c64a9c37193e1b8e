//! The command from outside: exit codes, and what goes where.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod explain;
mod generate;
mod inspect;
mod site;
