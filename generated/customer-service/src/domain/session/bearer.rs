//! What a bearer token is, and what a customer's says and ends.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Bearer, CustomerCaller, TokenDetails};
use crate::domain::clock::{MEMORY, later, seconds_left};
use crate::domain::error::{Invalid, LogOutError, ProblemKind, Unauthenticated};
use crate::domain::secret::Token;
use crate::domain::tenant::Tenant;

impl Tenant {
    /// What a bearer token is here.
    pub fn bearer(self: &Arc<Self>, token: &Token) -> Bearer {
        let digest = token.digest();
        let scopes = self.setup().scopes;
        let now = self.now();
        let state = self.state();
        if let Some((access, login)) = state.sessions.access(&digest) {
            let caller = || CustomerCaller {
                tenant: Arc::clone(self),
                customer: login.opened.customer.clone(),
                account: login.opened.account,
                login: access.login,
                session: login.opened.session,
                scopes,
                legal_entity: access.legal_entity.clone(),
                expires: access.expires,
            };
            return known(now, access.expires, || Bearer::Customer(caller()), Bearer::ExpiredCustomer);
        }
        state.anonymous.bearer(now, &digest, self)
    }
}

/// A token that is stored: what it is while it lives, and for a day more that it has expired.
pub(in crate::domain) fn known(
    now: Timestamp,
    expires: Timestamp,
    live: impl FnOnce() -> Bearer,
    past: Bearer,
) -> Bearer {
    if now < expires {
        live()
    } else if now < later(expires, MEMORY) {
        past
    } else {
        Bearer::Unknown
    }
}

impl CustomerCaller {
    /// Ends the session that owns a live access token of the same customer: this one or another.
    pub fn log_out(&self, access_token: &Token) -> Result<(), LogOutError> {
        let digest = access_token.digest();
        let now = self.tenant.now();
        let mut state = self.enter()?;
        let owner = state.sessions.access(&digest).and_then(|(access, login)| {
            let theirs = now < access.expires && login.opened.customer == self.customer;
            theirs.then_some(access.login)
        });
        let Some(owner) = owner else {
            let message = "Not a live access token of this customer.";
            return Err(Invalid::field("accessToken", ProblemKind::InvalidValue, message).into());
        };
        state.sessions.end(owner);
        Ok(())
    }

    /// What the token says.
    pub fn token_details(&self) -> Result<TokenDetails, Unauthenticated> {
        let expires_in = seconds_left(self.tenant.now(), self.expires);
        let state = self.enter()?;
        let account = state.customers.account(&self.holder()).ok_or(Unauthenticated::AccessToken)?;
        Ok(TokenDetails {
            expires_in,
            scope: self.scopes.join(" "),
            session: self.session,
            email: account.shown().to_owned(),
            legal_entity: self.legal_entity.clone(),
        })
    }
}
