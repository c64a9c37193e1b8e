//! Server traits and a router on axum.
