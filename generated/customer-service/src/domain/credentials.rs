//! Changing what a customer logs in with: the password, and further accounts.

use super::clock::later;
use super::customer::{Credentials, CustomerNumber, Holder};
use super::email::Email;
use super::error::{
    AssignAccountError, ChangePasswordError, Invalid, Problem, ProblemKind, ResetPasswordError,
    Unauthenticated,
};
pub use super::login_email::NewLoginEmail;
use super::mail::MailKind;
use super::mailed::{MailedToken, MailedTokens, Purpose};
use super::notify::Letter;
use super::password::PasswordHash;
use super::proof::Proof;
use super::secret::{Password, Token};
use super::session::{AnonymousCaller, CustomerCaller};
use super::tenant::State;

/// A password that is too short or too long, and where.
pub(super) fn check_password(problems: &mut Vec<Problem>, field: &str, password: &Password) {
    if !(6..=256).contains(&password.expose().chars().count()) {
        problems.push(Problem::new(field, ProblemKind::InvalidLength, "Has to have 6 to 256 characters."));
    }
}

/// That what is called the current password of an account is not.
pub(super) fn wrong_password(field: &str) -> Problem {
    Problem::new(field, ProblemKind::InvalidValue, "Not the password.")
}

impl CustomerCaller {
    /// Changes the password of the account that has logged in.
    pub async fn change_password(&self, current: Password, new: Password) -> Result<(), ChangePasswordError> {
        let mut problems = Vec::new();
        check_password(&mut problems, "newPassword", &new);
        Invalid::unless_empty(problems)?;
        let is_same = current.expose() == new.expose();
        let credentials = Credentials { email: self.password_email()?, password: current };
        let proof = self.tenant.prove::<ChangePasswordError>(&credentials, Some(self.holder())).await?;
        let mut problems = Vec::new();
        if proof.is_none() {
            problems.push(wrong_password("currentPassword"));
        }
        if is_same {
            problems.push(Problem::new("newPassword", ProblemKind::InvalidValue, "Has to be another one."));
        }
        Invalid::unless_empty(problems)?;
        let hash = self.tenant.shared.passwords.hash(new).await?;
        let letter = self.set_password(proof.as_ref(), hash)?;
        self.tenant.send(letter);
        Ok(())
    }

    /// Adds an account to the customer.
    pub async fn assign_account(
        &self,
        credentials: Credentials,
    ) -> Result<CustomerNumber, AssignAccountError> {
        let tenant = &self.tenant;
        let Credentials { email, password } = credentials;
        tenant.check_vacant(&*self.enter()?, tenant.now(), &email)?;
        let hash = tenant.shared.passwords.hash(password).await?;
        let letter = self.add_account(email, hash)?;
        tenant.send(letter);
        Ok(self.customer.clone())
    }

    /// The login e-mail of the account that has logged in, if it has a password.
    fn password_email(&self) -> Result<Email, ChangePasswordError> {
        let state = self.enter()?;
        let account = state.customers.account(&self.holder()).ok_or(Unauthenticated::AccessToken)?;
        let email = account.email.clone().filter(|_| account.password.is_some());
        let without =
            || Invalid::field("currentPassword", ProblemKind::InvalidValue, "The account has no password.");
        Ok(email.ok_or_else(without)?)
    }

    /// Stores another password, ends the customer's other logins, and voids what was mailed before.
    fn set_password(
        &self,
        proof: Option<&Proof>,
        hash: PasswordHash,
    ) -> Result<Option<Letter>, ChangePasswordError> {
        let mut state = self.enter()?;
        let State { customers, sessions, mailed, .. } = &mut *state;
        let account = proof.and_then(|proof| proof.account(customers));
        let account = account.ok_or_else(|| Invalid::new(vec![wrong_password("currentPassword")]))?;
        account.set_password(hash);
        let to = account.email.clone();
        sessions.end_others(&self.customer, Some(self.login));
        void_secrets(mailed, &self.customer);
        Ok(to.map(|to| Letter::PasswordChanged { to }))
    }

    fn add_account(&self, email: Email, hash: PasswordHash) -> Result<Option<Letter>, AssignAccountError> {
        let tenant = &self.tenant;
        let now = tenant.now();
        let mut state = self.enter()?;
        tenant.check_vacant(&state, now, &email)?;
        let (account, letter) = tenant.new_account(&mut state, now, &self.customer, email, hash)?;
        state.customers.add_account(&self.customer, account);
        Ok(letter)
    }
}

impl AnonymousCaller {
    /// Mails a token, if there is an active account with a password.
    pub fn request_password_reset(&self, email: &Email, site: Option<&str>) {
        let (email, site) = (email.clone(), site.map(str::to_owned));
        self.send_later(move |caller| caller.reset_letter(&email, site));
    }

    /// Redeems a mailed token for a new password.
    pub async fn reset_password(&self, token: &Token, password: Password) -> Result<(), ResetPasswordError> {
        let tenant = &self.tenant;
        let mut problems = Vec::new();
        check_password(&mut problems, "password", &password);
        Invalid::unless_empty(problems)?;
        let now = tenant.now();
        tenant.state().mailed.peek(now, Purpose::PasswordReset, token).ok_or_else(Invalid::token)?;
        let hash = tenant.shared.passwords.hash(password).await?;
        let letter = self.redeem_reset(token, hash)?;
        tenant.send(letter);
        Ok(())
    }

    /// A mail with a new token, which voids older ones; none when the hour's are sent.
    fn reset_letter(&self, email: &Email, site: Option<String>) -> Option<Letter> {
        let tenant = &self.tenant;
        let options = tenant.options();
        let now = tenant.now();
        let mut state = tenant.state();
        let Holder { customer, account } = state.customers.by_email(email)?.clone();
        let stored = state.customers.get(&customer)?.account(account)?;
        if !stored.is_active() || stored.password.is_none() {
            return None;
        }
        let to = stored.email.clone()?;
        if !tenant.throttle.may_mail(now, &options, account, MailKind::PasswordReset) {
            return None;
        }
        let expires = later(now, options.password_reset_ttl);
        let reset = MailedToken { purpose: Purpose::PasswordReset, customer, account, expires, change: None };
        let token = state.mailed.issue(reset).ok()?;
        Some(Letter::PasswordReset { to, token, site })
    }

    fn redeem_reset(&self, token: &Token, hash: PasswordHash) -> Result<Option<Letter>, Invalid> {
        let now = self.tenant.now();
        let mut state = self.tenant.state();
        let State { customers, sessions, mailed, .. } = &mut *state;
        let reset = mailed.redeem(now, Purpose::PasswordReset, token).ok_or_else(Invalid::token)?;
        let holder = Holder { customer: reset.customer, account: reset.account };
        let account = customers.account_mut(&holder).ok_or_else(Invalid::token)?;
        account.set_password(hash);
        let to = account.email.clone();
        sessions.end_others(&holder.customer, None);
        void_secrets(mailed, &holder.customer);
        if let Some(email) = &to {
            self.tenant.throttle.clear(email);
        }
        Ok(to.map(|to| Letter::PasswordChanged { to }))
    }
}

/// Voids what was mailed to a customer with the former password.
fn void_secrets(mailed: &mut MailedTokens, customer: &CustomerNumber) {
    mailed.void(|token| token.customer == *customer && token.purpose != Purpose::Activation);
}
