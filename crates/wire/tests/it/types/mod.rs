//! `spec/types.yaml`: what the keywords of schemas mean on the wire.

mod echo;
mod kept;
mod large;
mod refused;
mod tolerant;
mod whole;
