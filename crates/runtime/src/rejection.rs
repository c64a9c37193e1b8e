//! Everything that a server answers without a handler's answer.

use std::error::Error;
use std::fmt;

use http::header::{HeaderMap, HeaderName, HeaderValue};
use http::{Extensions, StatusCode};

use crate::{Operation, Violation};

/// Why a request is not answered by its handler. One hook of the service renders it.
#[derive(Debug)]
pub struct Rejection(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: RejectionKind,
    operation: Option<&'static Operation>,
    violations: Vec<Violation>,
    detail: Option<String>,
    headers: HeaderMap,
    extensions: Extensions,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// What kind of rejection it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RejectionKind {
    /// 400: the body is not JSON, or not text.
    Malformed,
    /// 400: the request breaks the contract.
    Invalid,
    /// 401
    Unauthenticated,
    /// 403
    Forbidden,
    /// 404: no path of the contract.
    NotFound,
    /// 405: the path is one of the contract's, the method is not.
    MethodNotAllowed,
    /// 406
    NotAcceptable,
    /// 413
    TooLarge,
    /// 415
    UnsupportedMediaType,
    /// 500: an error that the contract does not declare, or a panic.
    Internal,
    /// 501
    Unimplemented,
    /// 503
    Unavailable,
    /// Any other status that an authenticator chose.
    Other(StatusCode),
}

impl RejectionKind {
    /// The status that goes with it.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::Malformed | Self::Invalid => StatusCode::BAD_REQUEST,
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unimplemented => StatusCode::NOT_IMPLEMENTED,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Other(status) => status,
        }
    }
}

impl Rejection {
    /// A rejection of a kind.
    pub fn new(kind: RejectionKind) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            violations: Vec::new(),
            detail: None,
            headers: HeaderMap::new(),
            extensions: Extensions::new(),
            source: None,
        }))
    }

    /// 401: the credential is missing, or not a good one.
    pub fn unauthenticated() -> Self {
        Self::new(RejectionKind::Unauthenticated)
    }

    /// 403: the credential does not suffice.
    pub fn forbidden() -> Self {
        Self::new(RejectionKind::Forbidden)
    }

    /// 400 with what is wrong.
    pub fn invalid(violations: Vec<Violation>) -> Self {
        let mut rejection = Self::new(RejectionKind::Invalid);
        rejection.0.violations = violations;
        rejection
    }

    /// 400 with what cannot be read.
    pub fn malformed(violations: Vec<Violation>) -> Self {
        let mut rejection = Self::new(RejectionKind::Malformed);
        rejection.0.violations = violations;
        rejection
    }

    /// 500 with the error behind it.
    pub fn internal(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(RejectionKind::Internal).with_source(source)
    }

    /// With a sentence for the caller of the API.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// With a header of the response.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.append(name, value);
        self
    }

    /// With typed data for the hook that renders it.
    #[must_use]
    pub fn with_extension<T: Clone + Send + Sync + 'static>(mut self, data: T) -> Self {
        self.0.extensions.insert(data);
        self
    }

    /// With the error behind it, which is never rendered by default.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// With the operation, unless it has one.
    #[must_use]
    pub fn with_operation(mut self, operation: &'static Operation) -> Self {
        self.0.operation.get_or_insert(operation);
        self
    }

    /// Its kind.
    pub fn kind(&self) -> RejectionKind {
        self.0.kind
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.0.kind.status()
    }

    /// The operation, where one is known.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// Everything in the request that breaks the contract.
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    /// A sentence for the caller of the API.
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// Headers that the response gets unless the hook sets them: `Allow`, `WWW-Authenticate`,
    /// `Retry-After`.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Typed data of the service's own.
    pub fn extensions(&self) -> &Extensions {
        &self.0.extensions
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "rejected with {}", self.status())?;
        if let Some(operation) = self.operation() {
            write!(formatter, " by {}", operation.id)?;
        }
        for violation in self.violations() {
            write!(formatter, "; {violation}")?;
        }
        Ok(())
    }
}

impl Error for Rejection {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}
