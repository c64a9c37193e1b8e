//! What the client's modules look like.

mod client;
#[path = "../../../backend-axum/tests/it/fixture.rs"]
mod fixture;
