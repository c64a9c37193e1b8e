//! What the crate does with documents, seen from outside.

#![allow(clippy::unwrap_used, clippy::panic)]

mod files;
mod lowered;
mod lowering;
mod names;
mod oddities;
mod positions;
mod reject;
mod robust;
mod versions;
