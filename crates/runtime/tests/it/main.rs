//! The runtime from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod answer;
#[cfg(feature = "server")]
mod bodies;
mod date_time;
mod examples;
mod form;
mod integral;
mod patch;
mod pets;
mod style;
mod tables;
mod unions;
mod validate;

#[cfg(feature = "client")]
mod client;
#[cfg(feature = "server")]
mod layers;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "server")]
mod service;
#[cfg(feature = "server")]
mod spans;
