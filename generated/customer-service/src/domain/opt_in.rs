//! Confirming the e-mail of a new account.

use super::clock::later;
use super::customer::Holder;
use super::email::Email;
use super::error::{Invalid, OptInError};
use super::mail::MailKind;
use super::mailed::{MailedToken, Purpose};
use super::notify::Letter;
use super::secret::Token;
use super::session::{AnonymousCaller, LoggedIn};

impl AnonymousCaller {
    /// Activates the account that a token was mailed to, and logs its customer in.
    pub fn confirm_opt_in(&self, token: &Token) -> Result<LoggedIn, OptInError> {
        let (logged_in, welcome) = self.activate(token)?;
        self.tenant.send(welcome);
        Ok(logged_in)
    }

    /// Mails a new activation token, if there is a pending account.
    pub fn resend_opt_in(&self, email: &Email) {
        let email = email.clone();
        self.send_later(move |caller| caller.activation_letter(&email));
    }

    fn activate(&self, token: &Token) -> Result<(LoggedIn, Option<Letter>), OptInError> {
        let options = self.tenant.options();
        let now = self.tenant.now();
        let mut state = self.tenant.state();
        let issued = state.mailed.peek(now, Purpose::Activation, token).ok_or_else(Invalid::token)?;
        let holder = Holder { customer: issued.customer.clone(), account: issued.account };
        let account = state.customers.account(&holder).ok_or_else(Invalid::token)?;
        let email = account.email.clone();
        let logged_in = self.open(&mut state, now, &options, &holder)?;
        state.mailed.redeem(now, Purpose::Activation, token);
        state.customers.activate(&holder);
        let is_new = state.customers.get(&holder.customer).is_some_and(|customer| {
            customer.accounts.first().is_some_and(|account| account.id == holder.account)
        });
        let to = email.filter(|_| is_new && options.welcome_mail);
        Ok((logged_in, to.map(|to| Letter::Created { to, customer: holder.customer })))
    }

    /// A mail with a new token, which voids older ones; none when the hour's are sent.
    fn activation_letter(&self, email: &Email) -> Option<Letter> {
        let options = self.tenant.options();
        let now = self.tenant.now();
        let mut state = self.tenant.state();
        let holder = state.customers.by_email(email)?.clone();
        let account = state.customers.account(&holder).filter(|account| !account.is_active())?;
        let to = account.email.clone()?;
        if !self.tenant.throttle.may_mail(now, &options, holder.account, MailKind::OptIn) {
            return None;
        }
        let until = later(now, options.activation_ttl);
        let activation = MailedToken {
            purpose: Purpose::Activation,
            customer: holder.customer.clone(),
            account: holder.account,
            expires: until,
            change: None,
        };
        let token = state.mailed.issue(activation).ok()?;
        state.customers.extend(&holder, until);
        Some(Letter::OptIn { to, customer: holder.customer, token })
    }
}
