//! Another login e-mail: asked for by the customer, confirmed with a token that goes to the new address.

use super::clock::later;
use super::credentials::wrong_password;
use super::customer::{Account, Credentials, Holder};
use super::email::Email;
use super::error::{ChangeEmailError, ConfirmEmailError, Invalid, Overloaded, Problem, ProblemKind};
use super::mail::MailKind;
use super::mailed::{EmailChange, MailedToken, Purpose};
use super::notify::Letter;
use super::proof::Proof;
use super::secret::Token;
use super::session::{AnonymousCaller, CustomerCaller};
use super::tenant::State;

/// An e-mail change that is asked for.
#[derive(Clone, Debug)]
pub struct NewLoginEmail {
    /// The login that is to change, with its password.
    pub current: Credentials,
    /// What it becomes.
    pub email: Email,
    /// Whether the profile's contact e-mail follows.
    pub sync_contact_email: bool,
}

impl CustomerCaller {
    /// Mails a token to the new address.
    pub async fn change_login_email(&self, change: NewLoginEmail) -> Result<(), ChangeEmailError> {
        let mut problems = Vec::new();
        let mut proof = None;
        if let Some(holder) = self.own_account(&change.current.email)? {
            proof = self.tenant.prove::<ChangeEmailError>(&change.current, Some(holder)).await?;
            if proof.is_none() {
                problems.push(wrong_password("password"));
            }
        } else {
            let message = "Not a login e-mail of this customer.";
            problems.push(Problem::new("email", ProblemKind::InvalidValue, message));
        }
        if change.email == change.current.email {
            problems.push(Problem::new("newEmail", ProblemKind::InvalidValue, "Has to be another one."));
        }
        Invalid::unless_empty(problems)?;
        let letter = self.change_letter(change, proof)?;
        self.tenant.send(letter);
        Ok(())
    }

    /// The customer's active account with a login e-mail.
    fn own_account(&self, email: &Email) -> Result<Option<Holder>, ChangeEmailError> {
        let state = self.enter()?;
        let holder = state.customers.by_email(email).filter(|holder| holder.customer == self.customer);
        let is_active = |holder: &&Holder| state.customers.account(holder).is_some_and(Account::is_active);
        Ok(holder.filter(is_active).cloned())
    }

    /// A mail with a new token, which voids older ones; none when the hour's are sent.
    fn change_letter(
        &self,
        change: NewLoginEmail,
        proof: Option<Proof>,
    ) -> Result<Option<Letter>, ChangeEmailError> {
        let tenant = &self.tenant;
        let options = tenant.options();
        let now = tenant.now();
        let mut state = self.enter()?;
        let proof = proof.filter(|proof| proof.account(&mut state.customers).is_some());
        let Holder { customer, account } = match proof {
            Some(proof) => proof.holder,
            None => return Err(Invalid::new(vec![wrong_password("password")]).into()),
        };
        tenant.check_vacant(&state, now, &change.email)?;
        if !tenant.throttle.may_mail(now, &options, account, MailKind::EmailChangeRequest) {
            return Ok(None);
        }
        let token = state.mailed.issue(MailedToken {
            purpose: Purpose::EmailChange,
            customer: customer.clone(),
            account,
            expires: later(now, options.email_change_ttl),
            change: Some(EmailChange {
                new_email: change.email.clone(),
                sync_contact_email: change.sync_contact_email,
            }),
        });
        let token = token.map_err(Overloaded::from)?;
        let email = change.current.email;
        Ok(Some(Letter::EmailChangeRequest { customer, email, new_email: change.email, token }))
    }
}

impl AnonymousCaller {
    /// Redeems a mailed token for the new login e-mail.
    pub fn confirm_login_email(&self, token: &Token) -> Result<(), ConfirmEmailError> {
        let letter = self.redeem_change(token)?;
        self.tenant.send(letter);
        Ok(())
    }

    fn redeem_change(&self, token: &Token) -> Result<Option<Letter>, ConfirmEmailError> {
        let now = self.tenant.now();
        let mut state = self.tenant.state();
        let issued = state.mailed.peek(now, Purpose::EmailChange, token).ok_or_else(Invalid::token)?;
        let holder = Holder { customer: issued.customer.clone(), account: issued.account };
        let EmailChange { new_email, sync_contact_email } =
            issued.change.clone().ok_or_else(Invalid::token)?;
        self.tenant.check_vacant(&state, now, &new_email)?;
        let State { customers, mailed, .. } = &mut *state;
        mailed.redeem(now, Purpose::EmailChange, token);
        mailed.void(|other| {
            other.account == holder.account
                && matches!(other.purpose, Purpose::PasswordReset | Purpose::EmailChange)
        });
        let former = customers.rename(&holder, new_email.clone());
        if let Some(customer) = customers.get_mut(&holder.customer).filter(|_| sync_contact_email) {
            let mut profile = customer.profile.clone();
            profile.contact_email = Some(new_email.clone());
            customer.set_profile(profile);
        }
        Ok(former.map(|email| Letter::EmailChange { customer: holder.customer, email, new_email }))
    }
}
