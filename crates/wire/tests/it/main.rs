//! Contracts of one feature each over loopback, held against hand-written HTTP: a module a contract.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says so")]

mod choices;
mod collections;
mod credentials;
mod desk;
mod events;
mod media_types;
mod newest;
mod parameters;
mod proof;
mod tuples;
mod types;
mod views;
mod xml;
