//! What the server's modules look like.

mod fixture;
mod scaffold;
mod server;
