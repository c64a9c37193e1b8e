//! What the server's modules look like.

#[allow(dead_code, reason = "the client's tests have it too")]
mod fixture;
mod scaffold;
mod server;
