//! Deleting a profile, in two steps: asking for it, and confirming it with the token of a mail.

use super::clock::later;
use super::customer::Customer;
use super::email::Email;
use super::error::{DeletionError, Invalid, Overloaded, RequestDeletionError, Unauthenticated};
use super::mail::MailKind;
use super::mailed::{MailedToken, Purpose};
use super::notify::Letter;
use super::secret::Token;
use super::session::CustomerCaller;
use super::tenant::State;

impl CustomerCaller {
    /// Mails a token to confirm the deletion with.
    pub fn request_deletion(&self) -> Result<(), RequestDeletionError> {
        let letter = self.deletion_letter()?;
        self.tenant.send(letter);
        Ok(())
    }

    /// Deletes the customer.
    pub fn delete(&self, token: &Token) -> Result<(), DeletionError> {
        let now = self.tenant.now();
        let mut state = self.enter()?;
        let State { customers, sessions, mailed, .. } = &mut *state;
        let issued = mailed.peek(now, Purpose::Deletion, token);
        issued.filter(|issued| issued.customer == self.customer).ok_or_else(Invalid::token)?;
        customers.remove(&self.customer);
        sessions.end_others(&self.customer, None);
        mailed.void(|mailed| mailed.customer == self.customer);
        Ok(())
    }

    /// A mail with a new token, which voids the customer's older ones; none when the hour's are sent.
    fn deletion_letter(&self) -> Result<Option<Letter>, RequestDeletionError> {
        let options = self.tenant.options();
        let now = self.tenant.now();
        let mut state = self.enter()?;
        let customer = state.customers.get(&self.customer).ok_or(Unauthenticated::AccessToken)?;
        let Some(to) = self.deletion_receiver(customer) else { return Ok(None) };
        if !self.tenant.throttle.may_mail(now, &options, self.account, MailKind::DeletionRequest) {
            return Ok(None);
        }
        let deletion = MailedToken {
            purpose: Purpose::Deletion,
            customer: self.customer.clone(),
            account: self.account,
            expires: later(now, options.deletion_ttl),
            change: None,
        };
        let token = state.mailed.issue(deletion).map_err(Overloaded::from)?;
        state.mailed.void(|other| {
            other.purpose == Purpose::Deletion
                && other.customer == self.customer
                && other.account != self.account
        });
        Ok(Some(Letter::DeletionRequest { to, customer: self.customer.clone(), token }))
    }

    /// The login e-mail; for an account of an identity provider the contact e-mail.
    fn deletion_receiver(&self, customer: &Customer) -> Option<Email> {
        let account = customer.account(self.account)?;
        let contact = customer.profile.contact_email.as_ref();
        match account.password {
            Some(_) => account.email.clone(),
            None => contact.or(account.email.as_ref()).cloned(),
        }
    }
}
