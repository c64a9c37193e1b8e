//! What the server's modules look like.

mod fixture;
mod server;
