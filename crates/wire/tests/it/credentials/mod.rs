//! `spec/credentials.yaml`: security schemes, and what provides their credentials.

mod asked;
mod discovered;
mod provided;
mod sent;
mod tokens;
