//! Providers: what gives a credential when a call needs one.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use http::Method;

use super::credential::Credential;
use crate::{Operation, Scheme};

/// Gives the credentials of a scheme when calls need them: tokens that are fetched and renewed, signatures
/// of a request, answers to a challenge.
///
/// It is asked before a request is sent, and once more where the answer is 401: then
/// [`CredentialRequest::refused`] says so, and the request is repeated if the provider gives another
/// credential and the body can be sent again.
pub trait CredentialProvider: Send + Sync + 'static {
    /// Gives the credential for a request.
    fn credential(
        &self,
        request: CredentialRequest<'_>,
    ) -> impl Future<Output = Result<Credential, ProviderError>> + Send;
}

/// What a provider is asked for.
#[derive(Clone, Copy)]
pub struct CredentialRequest<'a> {
    pub(super) operation: &'static Operation,
    pub(super) scheme: &'static Scheme,
    pub(super) scopes: &'static [&'static str],
    pub(super) url: &'a str,
    pub(super) body: Option<&'a [u8]>,
    pub(super) http: &'a reqwest::Client,
    pub(super) refused: Option<Refused<'a>>,
}

/// A credential that was answered with 401.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Refused<'a> {
    /// The credential.
    pub credential: &'a Credential,
    /// What the answer's `WWW-Authenticate` asks for, a challenge or several in each.
    pub challenges: &'a [String],
}

impl<'a> CredentialRequest<'a> {
    /// The operation that is called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The scheme.
    pub fn scheme(&self) -> &'static Scheme {
        self.scheme
    }

    /// The scopes that the operation asks for.
    pub fn scopes(&self) -> &'static [&'static str] {
        self.scopes
    }

    /// The method of the request.
    pub fn method(&self) -> &'static Method {
        &self.operation.method
    }

    /// The URL of the request, without any credential.
    pub fn url(&self) -> &'a str {
        self.url
    }

    /// The body of the request, where it is in memory.
    pub fn body(&self) -> Option<&'a [u8]> {
        self.body
    }

    /// The HTTP client that the request is sent with.
    pub fn http(&self) -> &'a reqwest::Client {
        self.http
    }

    /// The credential that was refused a moment ago.
    pub fn refused(&self) -> Option<Refused<'a>> {
        self.refused
    }
}

// What a request holds may be secret.
impl fmt::Debug for CredentialRequest<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CredentialRequest")
            .field("operation", &self.operation.id)
            .field("scheme", &self.scheme.name)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// Why a provider has no credential: any error. Cloning it is cheap.
#[derive(Clone)]
pub struct ProviderError(Arc<dyn StdError + Send + Sync>);

impl ProviderError {
    /// The error, if it is of this type.
    pub fn downcast_ref<E: StdError + 'static>(&self) -> Option<&E> {
        self.0.downcast_ref()
    }

    /// An error that several calls have.
    pub(super) fn shared(error: Arc<dyn StdError + Send + Sync>) -> Self {
        Self(error)
    }

    pub(super) fn as_error(&self) -> &(dyn StdError + 'static) {
        &*self.0
    }
}

impl<E: StdError + Send + Sync + 'static> From<E> for ProviderError {
    fn from(error: E) -> Self {
        Self(Arc::new(error))
    }
}

impl fmt::Debug for ProviderError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Display for ProviderError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A provider of whatever type.
pub(super) trait AnyProvider: Send + Sync {
    fn ask<'a>(
        &'a self,
        request: CredentialRequest<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<Credential, ProviderError>> + Send + 'a>>;
}

impl<P: CredentialProvider> AnyProvider for P {
    fn ask<'a>(
        &'a self,
        request: CredentialRequest<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<Credential, ProviderError>> + Send + 'a>> {
        Box::pin(self.credential(request))
    }
}
