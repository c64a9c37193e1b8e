//! Sessions and their tokens: who calls, and until when.

mod bearer;
mod logins;
mod refresh;
#[cfg(test)]
mod tests;
mod tokens;

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::customer::{AccountId, CustomerNumber};
use super::secret::Token;
use super::tenant::Tenant;

pub(super) use bearer::known;
pub(super) use logins::{Opened, Sessions};

/// What the caller knows a session by: it stays from anonymous login over login and refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SessionId(pub Uuid);

impl SessionId {
    /// A new session: a UUID of version 4.
    pub(super) fn random() -> Result<Self, getrandom::Error> {
        let mut octets = [0; 16];
        getrandom::fill(&mut octets)?;
        Ok(Self(uuid::Builder::from_random_bytes(octets).into_uuid()))
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// One login. Two of them may have one [`SessionId`] and end separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LoginId(pub(super) u64);

/// What a bearer token turns out to be.
#[derive(Clone, Debug)]
pub enum Bearer {
    /// A live anonymous access token.
    Anonymous(AnonymousCaller),
    /// A live customer access token.
    Customer(CustomerCaller),
    /// An anonymous access token that has expired within the last day.
    ExpiredAnonymous,
    /// A customer access token that has expired within the last day.
    ExpiredCustomer,
    /// Nothing that this tenant knows.
    Unknown,
}

/// Who sent an anonymous access token.
#[derive(Clone, Debug)]
pub struct AnonymousCaller {
    /// The tenant that issued it.
    pub tenant: Arc<Tenant>,
    /// The session.
    pub session: SessionId,
}

/// Who sent a customer access token.
#[derive(Clone, Debug)]
pub struct CustomerCaller {
    /// The tenant that issued it.
    pub tenant: Arc<Tenant>,
    /// The customer.
    pub customer: CustomerNumber,
    /// The account that has logged in.
    pub account: AccountId,
    /// The login that the token is of.
    pub login: LoginId,
    /// The session.
    pub session: SessionId,
    /// What it may be used for, the tenant's marker last.
    pub scopes: Arc<[String]>,
    /// The company that the customer acts for.
    pub legal_entity: Option<String>,
    /// When the token expires.
    pub expires: Timestamp,
}

/// The tokens of an anonymous session.
#[derive(Clone, Debug)]
pub struct AnonymousTokens {
    /// The access token.
    pub access: Token,
    /// Seconds that it lives.
    pub expires_in: i32,
    /// The refresh token and the seconds that it lives; none where a deprecated refresh asked for none.
    pub refresh: Option<(Token, i32)>,
    /// The session.
    pub session: SessionId,
    /// What the access token may be used for.
    pub scope: String,
}

/// The tokens of a login, or of its refresh.
#[derive(Clone, Debug)]
pub struct CustomerTokens {
    /// The access token.
    pub access: Token,
    /// Seconds that it lives.
    pub expires_in: i32,
    /// The refresh token.
    pub refresh: Token,
    /// Seconds that it lives.
    pub refresh_expires_in: i32,
    /// The session.
    pub session: SessionId,
    /// What the access token may be used for, blanks between scopes.
    pub scope: String,
}

/// What a login answers with.
#[derive(Clone, Debug)]
pub struct LoggedIn {
    /// Access and refresh token.
    pub tokens: CustomerTokens,
    /// The token for other services.
    pub saas: Token,
}

/// What validating a token tells.
#[derive(Clone, Debug)]
pub struct TokenDetails {
    /// Whole seconds that it still lives.
    pub expires_in: i32,
    /// Scopes, blanks between them, the tenant's marker last.
    pub scope: String,
    /// The session.
    pub session: SessionId,
    /// The account's login e-mail, as it is now.
    pub email: String,
    /// The company that it is bound to.
    pub legal_entity: Option<String>,
}

/// Who refreshes a customer's tokens.
#[derive(Clone, Debug)]
pub enum Refresher {
    /// With an anonymous access token.
    Anonymous(AnonymousCaller),
    /// With the customer access token.
    Customer(CustomerCaller),
}

/// What an anonymous token is refreshed with.
#[derive(Clone, Copy, Debug)]
pub enum AnonymousRefresh<'a> {
    /// The refresh token.
    Refresh(&'a Token),
    /// The access token, which is deprecated.
    Access(&'a Token),
}
