//! `spec/media-types.yaml`: bodies.

mod answers;
mod desk;
mod forms;
mod parts;
mod streams;
