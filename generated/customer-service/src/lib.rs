//! The Customer Service, in memory: the traits of [`customer_api`] over a small domain of its own.
//!
//! [`domain`] keeps customers, sessions, mailed tokens, addresses and companies, and knows nothing of
//! HTTP. [`api`] implements the generated traits over it, one file a tag. [`mail`] and [`identity`] are
//! what the domain needs of the world. [`host`] is what is around the operations: options, the listener,
//! layers, the docs page.

#![forbid(unsafe_code)]

pub mod api;
pub mod domain;
pub mod host;
pub mod identity;
pub mod mail;
