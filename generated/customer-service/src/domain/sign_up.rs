//! Signing up.

#[cfg(test)]
mod tests;

use jiff::Timestamp;

use super::address::{Address, NewAddress};
use super::address_book::AddressBook;
use super::clock::later;
use super::credentials::check_password;
use super::customer::{
    Account, AccountState, Credentials, Customer, CustomerNumber, NewProfile, Profile, StoredPassword,
};
use super::email::Email;
use super::error::{Conflict, Invalid, Overloaded, SignUpError};
use super::mail::MailKind;
use super::mailed::{MailedToken, Purpose};
use super::notify::Letter;
use super::password::PasswordHash;
use super::secret::Password;
use super::session::AnonymousCaller;
use super::tenant::{State, Tenant};

/// A signup.
#[derive(Clone, Debug)]
pub struct SignUp {
    /// `email`
    pub email: Email,
    /// `password`
    pub password: Password,
    /// `signup`: the credentials, in place of the two above.
    pub separate: Option<Credentials>,
    /// `customerDetails`
    pub details: NewProfile,
    /// `customerAddress`
    pub address: Option<NewAddress>,
}

/// A signup that holds.
struct Draft {
    login: Credentials,
    profile: Profile,
    address: Option<Address>,
}

impl SignUp {
    fn check(mut self) -> Result<Draft, Invalid> {
        self.details.contact_email.get_or_insert_with(|| self.email.clone());
        let profile = Profile::new(self.details);
        let mut problems = Vec::new();
        check_password(&mut problems, "password", &self.password);
        problems.append(&mut profile.problems("customerDetails.", Some(&self.email)));
        let address = match self.address.map(|address| address.check("customerAddress.")) {
            Some(Ok(address)) => Some(address),
            Some(Err(mut wrong)) => {
                problems.append(&mut wrong);
                None
            }
            None => None,
        };
        if let Some(separate) = &self.separate {
            check_password(&mut problems, "signup.password", &separate.password);
        }
        Invalid::unless_empty(problems)?;
        let login = self.separate.unwrap_or(Credentials { email: self.email, password: self.password });
        Ok(Draft { login, profile, address })
    }
}

impl AnonymousCaller {
    /// Creates a customer.
    pub async fn sign_up(&self, sign_up: SignUp) -> Result<CustomerNumber, SignUpError> {
        let tenant = &self.tenant;
        let draft = sign_up.check()?;
        tenant.check_vacant(&tenant.state(), tenant.now(), &draft.login.email)?;
        let hash = tenant.shared.passwords.hash(draft.login.password.clone()).await?;
        let (number, letter) = tenant.register(draft, hash)?;
        tenant.send(letter);
        Ok(number)
    }
}

impl Tenant {
    /// That no account keeps a login e-mail.
    pub(super) fn check_vacant(&self, state: &State, now: Timestamp, email: &Email) -> Result<(), Conflict> {
        if state.customers.is_taken(now, email) {
            return Err(Conflict::Taken { email: email.to_string(), tenant: self.name.clone() });
        }
        Ok(())
    }

    /// Stores a new customer. What can fail comes first, so that a failure leaves nothing behind.
    fn register(
        &self,
        draft: Draft,
        hash: PasswordHash,
    ) -> Result<(CustomerNumber, Option<Letter>), SignUpError> {
        let options = self.options();
        let now = self.now();
        let mut state = self.state();
        self.check_vacant(&state, now, &draft.login.email)?;
        let number = state.customers.new_number().map_err(Overloaded::from)?;
        let (account, mut letter) =
            self.new_account(&mut state, now, &number, draft.login.email.clone(), hash)?;
        let company = state.customers.companies.assignment(None, &draft.profile).map_err(Overloaded::from)?;
        let mut addresses = AddressBook::default();
        if let Some(mut address) = draft.address {
            address.id = state.customers.new_address().map_err(Overloaded::from)?;
            addresses.push(address);
        }
        if account.is_active() && options.welcome_mail {
            letter = Some(Letter::Created { to: draft.login.email, customer: number.clone() });
        }
        state.customers.insert(Customer {
            number: number.clone(),
            profile: draft.profile,
            version: 1,
            accounts: vec![account],
            addresses,
            company,
            last_login: None,
        });
        Ok((number, letter))
    }

    /// An account with a password, not yet stored; and the mail that it waits for in a tenant with
    /// confirmed e-mails.
    pub(super) fn new_account(
        &self,
        state: &mut State,
        now: Timestamp,
        customer: &CustomerNumber,
        email: Email,
        hash: PasswordHash,
    ) -> Result<(Account, Option<Letter>), Overloaded> {
        let options = self.options();
        let mut account = Account {
            id: state.customers.new_account(),
            email: Some(email.clone()),
            password: Some(StoredPassword::first(hash)),
            identity: None,
            state: AccountState::Active,
        };
        if !options.double_opt_in {
            return Ok((account, None));
        }
        let until = later(now, options.activation_ttl);
        let token = state.mailed.issue(MailedToken {
            purpose: Purpose::Activation,
            customer: customer.clone(),
            account: account.id,
            expires: until,
            change: None,
        })?;
        self.throttle.may_mail(now, &options, account.id, MailKind::OptIn);
        account.state = AccountState::Pending { until };
        Ok((account, Some(Letter::OptIn { to: email, customer: customer.clone(), token })))
    }
}
