//! The client's side: encoding, credentials, sending, typed answers.

mod base;
mod call;
mod client_credentials;
mod core;
mod credential;
mod discovery;
mod encoder;
mod error;
mod exchange;
mod provider;
mod reply;
mod send;
mod success;

pub use self::base::BuildError;
pub use self::call::{Call, Request, RequestBody};
pub use self::client_credentials::{ClientCredentials, TokenError};
pub use self::core::{Core, CoreBuilder};
pub use self::credential::Credential;
pub use self::encoder::Encoder;
pub use self::error::{DecodeError, Error};
pub use self::exchange::{Exchange, UrlError, UrlPiece};
pub use self::provider::{CredentialProvider, CredentialRequest, ProviderError, Refused};
pub use self::reply::{DeclaredError, DeclaredSuccess, FromReply, Outcome, Reply};
pub use self::success::Success;
pub use reqwest;
