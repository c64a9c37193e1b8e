//! Proving that one knows an account's password.

use super::customer::{Account, Credentials, Customers, Holder};
use super::error::{Overloaded, Throttled};
use super::password::Verdict;
use super::secret::Password;
use super::tenant::Tenant;

/// That somebody knew an account's password. Much can happen before the lock is held again.
pub(super) struct Proof {
    pub(super) holder: Holder,
    revision: u32,
}

impl Proof {
    /// The account, if it is there and has the password still.
    pub(super) fn account<'a>(&self, customers: &'a mut Customers) -> Option<&'a mut Account> {
        let account = customers.account_mut(&self.holder)?;
        let revision = account.password.as_ref()?.revision;
        (revision == self.revision).then_some(account)
    }
}

impl Tenant {
    /// Checks the password of an account that is found by an e-mail; without an account it takes as long.
    pub(super) async fn prove<E>(
        &self,
        credentials: &Credentials,
        holder: Option<Holder>,
    ) -> Result<Option<Proof>, E>
    where
        E: From<Throttled> + From<Overloaded>,
    {
        let Credentials { email, password } = credentials;
        self.throttle.check(self.now(), email)?;
        let known = holder.and_then(|holder| {
            let stored = self.state().customers.account(&holder)?.password.clone()?;
            Some((stored.hash, Proof { holder, revision: stored.revision }))
        });
        let (hash, proof) = known.unzip();
        let verdict = self.shared.passwords.verify(password.clone(), hash).await?;
        let now = self.now();
        // Guesses that ran beside the one that locked the e-mail out come too late.
        self.throttle.check(now, email)?;
        match (verdict, proof) {
            (Verdict::Wrong, _) | (_, None) => {
                self.throttle.fail(now, &self.options(), email);
                Ok(None)
            }
            (Verdict::Right, Some(proof)) => {
                self.throttle.clear(email);
                Ok(Some(proof))
            }
            (Verdict::Outdated, Some(proof)) => {
                self.throttle.clear(email);
                self.renew_hash(&proof, password.clone()).await;
                Ok(Some(proof))
            }
        }
    }

    /// Hashes a password with today's parameters. Under load that waits for another time.
    async fn renew_hash(&self, proof: &Proof, password: Password) {
        let Ok(hash) = self.shared.passwords.hash(password).await else { return };
        let mut state = self.state();
        if let Some(stored) =
            proof.account(&mut state.customers).and_then(|account| account.password.as_mut())
        {
            stored.hash = hash;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::sync::Arc;

    use super::*;
    use crate::domain::customer::{NewProfile, SignUp};
    use crate::domain::email::Email;
    use crate::domain::error::LogInError;
    use crate::domain::options::TenantOptions;
    use crate::domain::store::fixture::{anonymous, anonymous_caller, tenant};

    fn credentials(password: &str) -> Credentials {
        Credentials { email: Email::parse("jane@example.com").unwrap(), password: Password::new(password) }
    }

    /// A tenant with Jane, whose password is `s3cret-pw`.
    async fn with_jane() -> Arc<Tenant> {
        let tenant = tenant(TenantOptions::default());
        let caller = anonymous_caller(&tenant, &anonymous(&tenant).access);
        let Credentials { email, password } = credentials("s3cret-pw");
        let sign_up =
            SignUp { email, password, separate: None, details: NewProfile::default(), address: None };
        caller.sign_up(sign_up).await.unwrap();
        tenant
    }

    async fn prove(tenant: &Tenant, password: &str) -> Result<Option<Proof>, LogInError> {
        let credentials = credentials(password);
        let holder = tenant.state().customers.by_email(&credentials.email).cloned();
        tenant.prove(&credentials, holder).await
    }

    #[tokio::test]
    async fn a_proof_holds_while_the_password_stays() {
        let tenant = with_jane().await;
        assert!(prove(&tenant, "wrong-pw").await.unwrap().is_none());
        let proof = prove(&tenant, "s3cret-pw").await.unwrap().unwrap();
        let hash = tenant.shared.passwords.hash(Password::new("another-pw")).await.unwrap();
        let mut state = tenant.state();
        proof.account(&mut state.customers).unwrap().set_password(hash);
        assert!(proof.account(&mut state.customers).is_none());
    }

    #[tokio::test]
    async fn a_proof_ends_with_the_account() {
        let tenant = with_jane().await;
        let proof = prove(&tenant, "s3cret-pw").await.unwrap().unwrap();
        let mut state = tenant.state();
        state.customers.remove(&proof.holder.customer);
        assert!(proof.account(&mut state.customers).is_none());
    }
}
