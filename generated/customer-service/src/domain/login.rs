//! Logging in with a password, and what every login opens.

use jiff::Timestamp;

use super::clock::later;
use super::customer::{Credentials, Holder};
use super::error::{LogInError, Overloaded, Unauthenticated};
use super::options::TenantOptions;
use super::session::{AnonymousCaller, LoggedIn, Opened};
pub use super::social::{SocialLogIn, SociallyLoggedIn};
use super::tenant::State;

impl AnonymousCaller {
    /// Logs a customer in by e-mail and password.
    pub async fn log_in(&self, credentials: Credentials) -> Result<LoggedIn, LogInError> {
        let tenant = &self.tenant;
        let holder = tenant.state().customers.by_email(&credentials.email).cloned();
        let proof = tenant.prove::<LogInError>(&credentials, holder).await?;
        let proof = proof.ok_or(Unauthenticated::Credentials)?;
        let mut state = tenant.state();
        let account = proof.account(&mut state.customers).ok_or(Unauthenticated::Credentials)?;
        if !account.is_active() {
            return Err(Unauthenticated::NotActivated.into());
        }
        Ok(self.open(&mut state, tenant.now(), &tenant.options(), &proof.holder)?)
    }

    /// Opens a login on the anonymous session.
    pub(super) fn open(
        &self,
        state: &mut State,
        now: Timestamp,
        options: &TenantOptions,
        holder: &Holder,
    ) -> Result<LoggedIn, Overloaded> {
        let saas = self.tenant.key.sign(&holder.customer, later(now, options.customer_token_ttl))?;
        let tokens = state.sessions.open(
            now,
            options,
            Opened {
                session: self.session,
                tenant: self.tenant.name.clone(),
                customer: holder.customer.clone(),
                account: holder.account,
            },
        )?;
        if let Some(customer) = state.customers.get_mut(&holder.customer) {
            customer.last_login = Some(now);
        }
        Ok(LoggedIn { tokens, saas })
    }
}
