//! The server's side: routing, credentials, decoding, rejections.
//!
//! A request goes through these in order, and the first that fails rejects it: path (404), method
//! (405), security, what the caller takes (406), media type (415), size (413), JSON (400), all parameters and the body together
//! (400), handler. Every rejection is rendered by [`Service::reject`].

mod asked;
mod body;
mod call;
mod input;
mod nesting;
mod path;
mod reply;
mod routes;
mod security;
mod service;
mod typed;

pub use asked::Asked;
pub use call::Call;
pub use input::{FromBody, FromCall, Input, Invalid};
pub use reply::{IntoStatus, Render, Reply, ReplyBody, Respond};
pub use routes::{Routes, Unservable};
pub use security::{Authentication, Basic, ClientCertificate, SecurityRequest};
pub use service::{Response, Service, not_received, problem};
