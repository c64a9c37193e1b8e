//! What the crate does with documents, seen from outside.

mod positions;
mod reject;
mod robust;
