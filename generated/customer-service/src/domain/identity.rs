//! Identity providers: whom a customer may be vouched for by.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use super::options::TenantOptions;
use super::secret::Token;

/// Exchanges authorization codes for identities.
pub trait IdentityProvider: Send + Sync + 'static {
    /// Exchanges a code. The verifier is that of RFC 7636.
    fn exchange(&self, code: AuthorizationCode) -> Exchange<'_>;
}

/// An exchange that is under way.
pub type Exchange<'a> = Pin<Box<dyn Future<Output = Result<Identity, ExchangeError>> + Send + 'a>>;

/// What a client brings back from an identity provider.
#[derive(Clone, Debug)]
pub struct AuthorizationCode {
    /// The code.
    pub code: Token,
    /// Where the provider sent the client to with it.
    pub redirect_uri: String,
    /// The verifier of the challenge that the client gave the provider, if it gave one.
    pub verifier: Option<Token>,
}

/// Whom a provider vouches for.
#[derive(Clone)]
pub struct Identity {
    /// The provider's name.
    pub provider: String,
    /// Who it is, to the provider.
    pub subject: String,
    /// The e-mail.
    pub email: Option<String>,
    /// Whether the provider has checked that the e-mail is the subject's.
    pub email_verified: bool,
    /// The given name.
    pub given_name: Option<String>,
    /// The family name.
    pub family_name: Option<String>,
    /// The provider's access token.
    pub access_token: Token,
    /// The provider's ID token.
    pub id_token: Token,
}

impl fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Identity").field("provider", &self.provider).finish_non_exhaustive()
    }
}

/// Why a code is not exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExchangeError {
    /// The provider refuses the code, or what it answers does not hold.
    Refused,
    /// The provider gives no answer.
    Unreachable,
}

/// Which provider a tenant has.
pub trait Providers: Send + Sync + 'static {
    /// The provider of a tenant with these options.
    fn provider(&self, tenant: &str, options: &TenantOptions) -> Option<Arc<dyn IdentityProvider>>;
}
