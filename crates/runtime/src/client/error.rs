//! What can go wrong with a call.

use std::convert::Infallible;
use std::fmt;

use http::StatusCode;
use http::header::CONTENT_TYPE;

use super::base::BuildError;
use super::provider::ProviderError;
use super::reply::Reply;
use crate::{Operation, Violation};

/// Why a call has no success.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// An error that the operation declares.
    Api(E),
    /// A response whose status the operation does not declare.
    Undeclared(Reply),
    /// The request breaks the contract, and was not sent.
    InvalidRequest {
        /// The operation.
        operation: &'static Operation,
        /// Everything that is wrong with the request.
        violations: Vec<Violation>,
    },
    /// The client has the credentials of no alternative that the operation accepts, or some that no
    /// header can hold, or not together. Nothing was sent.
    MissingCredential {
        /// The operation.
        operation: &'static Operation,
    },
    /// A provider has no credential. Nothing was sent, or what was sent was answered with 401.
    Credential {
        /// The operation.
        operation: &'static Operation,
        /// The scheme whose provider it is.
        scheme: &'static str,
        /// The provider's error.
        source: ProviderError,
    },
    /// The servers that the operation has of its own give no base URL. Nothing was sent.
    BaseUrl {
        /// The operation.
        operation: &'static Operation,
        /// What is wrong.
        source: BuildError,
    },
    /// The response has not the shape that the contract declares.
    Decode(DecodeError),
    /// The response did not come in time.
    Timeout {
        /// The operation.
        operation: &'static Operation,
    },
    /// The connection failed.
    Transport {
        /// The operation.
        operation: &'static Operation,
        /// The error, without the URL, whose query may hold secrets.
        source: reqwest::Error,
    },
}

impl<E> Error<E> {
    /// The error that the operation declares, if it is one.
    pub fn api(self) -> Option<E> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }
}

impl Error<Infallible> {
    /// The same of an operation that declares errors.
    pub(super) fn widened<E>(self) -> Error<E> {
        match self {
            Self::Api(never) => match never {},
            Self::Undeclared(reply) => Error::Undeclared(reply),
            Self::InvalidRequest { operation, violations } => Error::InvalidRequest { operation, violations },
            Self::MissingCredential { operation } => Error::MissingCredential { operation },
            Self::Credential { operation, scheme, source } => Error::Credential { operation, scheme, source },
            Self::BaseUrl { operation, source } => Error::BaseUrl { operation, source },
            Self::Decode(error) => Error::Decode(error),
            Self::Timeout { operation } => Error::Timeout { operation },
            Self::Transport { operation, source } => Error::Transport { operation, source },
        }
    }
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(formatter),
            Self::Undeclared(reply) => {
                write!(
                    formatter,
                    "{}: answered {}, which is not declared",
                    reply.operation().id,
                    reply.status()
                )
            }
            Self::InvalidRequest { operation, violations } => {
                write!(formatter, "{}: the request breaks the contract", operation.id)?;
                violations.iter().try_for_each(|violation| write!(formatter, "; {violation}"))
            }
            Self::MissingCredential { operation } => {
                write!(formatter, "{}: no credential that it accepts is configured", operation.id)
            }
            Self::Credential { operation, scheme, source } => {
                write!(formatter, "{}: no credential for `{scheme}`: {source}", operation.id)
            }
            Self::BaseUrl { operation, source } => write!(formatter, "{}: {source}", operation.id),
            Self::Decode(error) => error.fmt(formatter),
            Self::Timeout { operation } => write!(formatter, "{}: no answer in time", operation.id),
            Self::Transport { operation, source } => write!(formatter, "{}: {source}", operation.id),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Api(error) => Some(error),
            Self::Decode(error) => Some(error),
            Self::Credential { source, .. } => Some(source.as_error()),
            Self::BaseUrl { source, .. } => Some(source),
            Self::Transport { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// A response that has not the shape that the contract declares. Its text holds no value of the
/// response.
#[derive(Clone, Debug)]
pub struct DecodeError(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    reply: Reply,
    pointer: String,
    message: String,
}

impl DecodeError {
    pub(super) fn new(reply: &Reply, pointer: &str, message: String) -> Self {
        Self(Box::new(Inner { reply: reply.clone(), pointer: pointer.to_owned(), message }))
    }

    /// The operation.
    pub fn operation(&self) -> &'static Operation {
        self.0.reply.operation()
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.0.reply.status()
    }

    /// RFC 6901 pointer to the value inside of the body.
    pub fn pointer(&self) -> &str {
        &self.0.pointer
    }

    /// The response as it came.
    pub fn reply(&self) -> &Reply {
        &self.0.reply
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { reply, pointer, message } = &*self.0;
        write!(formatter, "{}: the {} response cannot be read", reply.operation().id, reply.status())?;
        if !pointer.is_empty() {
            write!(formatter, " at {pointer}")?;
        }
        write!(formatter, ": {message}")?;
        match reply.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) {
            Some(media_type) if !media_type.contains("json") => write!(formatter, " (it is {media_type})"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for DecodeError {}
