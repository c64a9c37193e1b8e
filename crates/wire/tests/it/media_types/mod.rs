//! `spec/media-types.yaml`: bodies.

mod desk;
mod forms;
mod parts;
