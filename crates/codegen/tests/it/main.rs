//! The façade from outside: folders on disk, configurations, whole runs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod config;
mod folder;
mod generate;
mod service;
mod stability;
