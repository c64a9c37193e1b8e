//! Customers and their accounts: what they consist of, and what of it is shown.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::MutexGuard;

use jiff::Timestamp;
use serde_json::Value;

use super::address::Address;
use super::address_book::AddressBook;
use super::company::Assignment;
pub(super) use super::customers::Customers;
use super::email::Email;
use super::error::Unauthenticated;
use super::password::PasswordHash;
pub use super::profile::{NewProfile, Profile, ProfilePatch};
use super::secret::Password;
use super::session::CustomerCaller;
pub use super::sign_up::SignUp;
use super::tenant::State;

/// What a customer is known by, and never reused: eight digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CustomerNumber(pub(super) String);

impl CustomerNumber {
    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CustomerNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// One login of a customer; never shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId(pub(super) u64);

/// Data of clients that is kept as it is.
pub type Mixins = BTreeMap<String, Value>;

/// E-mail and password of an account.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The login e-mail.
    pub email: Email,
    /// The password.
    pub password: Password,
}

/// What of a customer is shown.
#[derive(Clone, Debug)]
pub struct CustomerView {
    /// The number.
    pub number: CustomerNumber,
    /// The profile.
    pub profile: Profile,
    /// The profile's version.
    pub version: i64,
    /// The accounts, oldest first.
    pub accounts: Vec<AccountView>,
    /// The addresses, oldest first.
    pub addresses: Vec<Address>,
    /// The companies.
    pub companies: Vec<CompanyView>,
    /// The last login.
    pub last_login: Option<Timestamp>,
}

/// What of an account is shown.
#[derive(Clone, Debug)]
pub struct AccountView {
    /// The login e-mail.
    pub email: String,
    /// The identity provider.
    pub provider: Option<String>,
}

/// A company that a customer acts for.
#[derive(Clone, Debug)]
pub struct CompanyView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The id of the customer's assignment to it.
    pub assignment: String,
}

/// A customer as it is stored.
pub(super) struct Customer {
    pub(super) number: CustomerNumber,
    pub(super) profile: Profile,
    pub(super) version: i64,
    // Invariant: never empty; the first is the one that the customer came with.
    pub(super) accounts: Vec<Account>,
    pub(super) addresses: AddressBook,
    pub(super) company: Option<Assignment>,
    pub(super) last_login: Option<Timestamp>,
}

impl Customer {
    pub(super) fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    pub(super) fn account_mut(&mut self, id: AccountId) -> Option<&mut Account> {
        self.accounts.iter_mut().find(|account| account.id == id)
    }

    /// Whether the customer is assigned to a company.
    pub(super) fn acts_for(&self, company: &str) -> bool {
        self.company.as_ref().is_some_and(|assignment| assignment.company == company)
    }
}

/// One way to log in.
pub(super) struct Account {
    pub(super) id: AccountId,
    /// What it is found by. An account of an identity provider has none where the provider does not vouch
    /// for the e-mail, or another account has it.
    pub(super) email: Option<Email>,
    pub(super) password: Option<StoredPassword>,
    pub(super) identity: Option<SocialIdentity>,
    pub(super) state: AccountState,
}

impl Account {
    /// What it is called in answers.
    pub(super) fn shown(&self) -> &str {
        match (&self.email, &self.identity) {
            (Some(email), _) => email.as_str(),
            (None, Some(identity)) => &identity.shown,
            (None, None) => "",
        }
    }

    /// Whether its e-mail is another account's to have: unless it was never confirmed in time.
    pub(super) fn keeps_email(&self, now: Timestamp) -> bool {
        match self.state {
            AccountState::Active => true,
            AccountState::Pending { until } => now < until,
        }
    }

    pub(super) fn is_active(&self) -> bool {
        matches!(self.state, AccountState::Active)
    }

    /// Sets another password.
    pub(super) fn set_password(&mut self, hash: PasswordHash) {
        let revision = self.password.as_ref().map_or(0, |stored| stored.revision + 1);
        self.password = Some(StoredPassword { hash, revision });
    }
}

/// A password's hash, and how often the password was changed.
#[derive(Clone)]
pub(super) struct StoredPassword {
    pub(super) hash: PasswordHash,
    pub(super) revision: u32,
}

impl StoredPassword {
    /// An account's first one.
    pub(super) fn first(hash: PasswordHash) -> Self {
        Self { hash, revision: 0 }
    }
}

/// Who an identity provider says it is.
pub(super) struct SocialIdentity {
    pub(super) provider: String,
    pub(super) subject: String,
    /// What is shown where the account has no login e-mail.
    pub(super) shown: String,
}

/// Whether an account's e-mail is confirmed.
#[derive(Clone, Copy)]
pub(super) enum AccountState {
    /// Not yet. The newest activation token expires then.
    Pending {
        until: Timestamp,
    },
    Active,
}

/// An account and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Holder {
    pub(super) customer: CustomerNumber,
    pub(super) account: AccountId,
}

impl CustomerCaller {
    /// The tenant's state, locked, unless the login has ended while the call was under way.
    pub(super) fn enter(&self) -> Result<MutexGuard<'_, State>, Unauthenticated> {
        let state = self.tenant.state();
        if state.sessions.is_open(self.login) { Ok(state) } else { Err(Unauthenticated::AccessToken) }
    }

    /// The account that has logged in.
    pub(super) fn holder(&self) -> Holder {
        Holder { customer: self.customer.clone(), account: self.account }
    }

    /// The customer as it is now.
    pub fn profile(&self) -> Result<CustomerView, Unauthenticated> {
        let state = self.enter()?;
        let customer = state.customers.get(&self.customer).ok_or(Unauthenticated::AccessToken)?;
        let accounts = customer.accounts.iter().map(|account| AccountView {
            email: account.shown().to_owned(),
            provider: account.identity.as_ref().map(|identity| identity.provider.clone()),
        });
        let company =
            customer.company.as_ref().and_then(|assignment| state.customers.companies.view(assignment));
        Ok(CustomerView {
            number: customer.number.clone(),
            profile: customer.profile.clone(),
            version: customer.version,
            accounts: accounts.collect(),
            addresses: customer.addresses.all().to_vec(),
            companies: company.into_iter().collect(),
            last_login: customer.last_login,
        })
    }
}
