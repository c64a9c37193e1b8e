//! Rotating a customer's tokens.

use super::logins::Redeemable;
use super::{CustomerTokens, LoginId, Refresher};
use crate::domain::customer::Customers;
use crate::domain::error::{Invalid, Overloaded, ProblemKind, RefreshError, Unauthenticated};
use crate::domain::options::TenantOptions;
use crate::domain::secret::Token;
use crate::domain::session::Sessions;
use crate::domain::tenant::Tenant;

impl Refresher {
    /// Rotates a customer's tokens. With a legal entity the new access token is bound to it.
    pub fn refresh(
        &self,
        refresh: &Token,
        legal_entity: Option<&str>,
    ) -> Result<CustomerTokens, RefreshError> {
        let tenant = self.tenant();
        let options = tenant.options();
        let now = tenant.now();
        let mut state = tenant.state();
        if self.has_ended(&state.sessions) {
            return Err(Unauthenticated::AccessToken.into());
        }
        let login = match state.sessions.redeemable(now, refresh) {
            Redeemable::Yes(login) => login,
            Redeemable::Spent(login) => {
                self.report(&mut state.sessions, &options, login);
                return Err(Unauthenticated::RefreshToken.into());
            }
            Redeemable::No => return Err(Unauthenticated::RefreshToken.into()),
        };
        self.may_rotate(&state.sessions, &state.customers, login, legal_entity)?;
        let tokens = state.sessions.rotate(now, &options, login, refresh, legal_entity);
        Ok(tokens.map_err(Overloaded::from)?.ok_or(Unauthenticated::RefreshToken)?)
    }

    /// A customer's token refreshes that customer's sessions; only their own companies can be acted for.
    fn may_rotate(
        &self,
        sessions: &Sessions,
        customers: &Customers,
        login: LoginId,
        legal_entity: Option<&str>,
    ) -> Result<(), RefreshError> {
        let customer = &sessions.login(login).ok_or(Unauthenticated::RefreshToken)?.opened.customer;
        if let Self::Customer(caller) = self
            && caller.customer != *customer
        {
            return Err(Unauthenticated::RefreshToken.into());
        }
        let acts_for = |company| customers.get(customer).is_some_and(|customer| customer.acts_for(company));
        if legal_entity.is_some_and(|company| !acts_for(company)) {
            let message = "Not a company of this customer.";
            return Err(Invalid::field("legalEntityId", ProblemKind::InvalidValue, message).into());
        }
        Ok(())
    }

    /// A refresh token that was used twice may have been stolen.
    fn report(&self, sessions: &mut Sessions, options: &TenantOptions, login: LoginId) {
        let Some(session) = sessions.login(login).map(|login| login.opened.session) else { return };
        let ended = options.refresh_reuse_ends_session;
        tracing::warn!(tenant = self.tenant().name, %session, ended, "a refresh token was used again");
        if ended {
            sessions.end(login);
        }
    }

    /// Whether the caller has logged out since the token was checked.
    fn has_ended(&self, sessions: &Sessions) -> bool {
        matches!(self, Self::Customer(caller) if !sessions.is_open(caller.login))
    }

    fn tenant(&self) -> &Tenant {
        match self {
            Self::Anonymous(caller) => &caller.tenant,
            Self::Customer(caller) => &caller.tenant,
        }
    }
}
