//! The table of a tenant's customers, and what they are found by.
//!
//! An e-mail, an identity and a number lead to one account each; all indices change together with the
//! table, here.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

use jiff::Timestamp;

use super::clock::later;
use super::company::Companies;
use super::customer::{Account, AccountId, AccountState, Customer, CustomerNumber, Holder, SocialIdentity};
use super::email::Email;

/// How long an account that was never confirmed is kept after its last token: 30 days.
const PENDING_RETENTION: u32 = 30 * 24 * 60 * 60;

/// All customers and companies of a tenant.
#[derive(Default)]
pub(super) struct Customers {
    pub(super) companies: Companies,
    table: HashMap<CustomerNumber, Customer>,
    by_email: HashMap<Email, Holder>,
    by_identity: HashMap<(String, String), Holder>,
    pending: BTreeMap<AccountId, CustomerNumber>,
    // Invariant: only grows, so that no number is given twice.
    numbers: HashSet<u32>,
    addresses: HashSet<String>,
    accounts: u64,
}

impl Customers {
    pub(super) fn len(&self) -> usize {
        self.table.len()
    }

    pub(super) fn get(&self, number: &CustomerNumber) -> Option<&Customer> {
        self.table.get(number)
    }

    pub(super) fn get_mut(&mut self, number: &CustomerNumber) -> Option<&mut Customer> {
        self.table.get_mut(number)
    }

    /// A customer, and the companies that it may be assigned to.
    pub(super) fn with_companies(
        &mut self,
        number: &CustomerNumber,
    ) -> Option<(&mut Customer, &mut Companies)> {
        Some((self.table.get_mut(number)?, &mut self.companies))
    }

    pub(super) fn account(&self, holder: &Holder) -> Option<&Account> {
        self.get(&holder.customer)?.account(holder.account)
    }

    pub(super) fn account_mut(&mut self, holder: &Holder) -> Option<&mut Account> {
        self.get_mut(&holder.customer)?.account_mut(holder.account)
    }

    /// The account with a login e-mail.
    pub(super) fn by_email(&self, email: &Email) -> Option<&Holder> {
        self.by_email.get(email)
    }

    /// The account of whom a provider knows by a subject.
    pub(super) fn by_identity(&self, provider: &str, subject: &str) -> Option<&Holder> {
        self.by_identity.get(&(provider.to_owned(), subject.to_owned()))
    }

    /// Whether an account's e-mail is confirmed.
    pub(super) fn is_active(&self, holder: &Holder) -> bool {
        self.account(holder).is_some_and(Account::is_active)
    }

    /// Whether an account's customer has no other.
    pub(super) fn is_only_account(&self, holder: &Holder) -> bool {
        let customer = self.get(&holder.customer);
        customer.is_some_and(|customer| customer.accounts.iter().all(|account| account.id == holder.account))
    }

    /// Whether no other account can have a login e-mail.
    pub(super) fn is_taken(&self, now: Timestamp, email: &Email) -> bool {
        let account = self.by_email(email).and_then(|holder| self.account(holder));
        account.is_some_and(|account| account.keeps_email(now))
    }

    /// A number that no customer has ever had.
    pub(super) fn new_number(&mut self) -> Result<CustomerNumber, getrandom::Error> {
        loop {
            let number = 10_000_000 + getrandom::u32()? % 90_000_000;
            if self.numbers.insert(number) {
                return Ok(CustomerNumber(number.to_string()));
            }
        }
    }

    /// An id that no account has ever had.
    pub(super) fn new_account(&mut self) -> AccountId {
        self.accounts += 1;
        AccountId(self.accounts)
    }

    /// An id that no address has.
    pub(super) fn new_address(&mut self) -> Result<String, getrandom::Error> {
        loop {
            let id = hex::<5>()?;
            if self.addresses.insert(id.clone()) {
                return Ok(id);
            }
        }
    }

    /// The id of an address that is gone.
    pub(super) fn free_address(&mut self, id: &str) {
        self.addresses.remove(id);
    }

    /// Adds a customer with its accounts.
    pub(super) fn insert(&mut self, mut customer: Customer) {
        let number = customer.number.clone();
        let accounts = std::mem::take(&mut customer.accounts);
        self.table.insert(number.clone(), customer);
        for account in accounts {
            self.add_account(&number, account);
        }
    }

    /// Adds an account to a customer. What it is found by passes to it from an account that was not
    /// confirmed in time, and that account is gone.
    pub(super) fn add_account(&mut self, number: &CustomerNumber, account: Account) {
        if let Some(email) = &account.email {
            self.drop_holder_of(email);
        }
        let Some(customer) = self.table.get_mut(number) else { return };
        let holder = Holder { customer: number.clone(), account: account.id };
        if let Some(identity) = &account.identity {
            self.by_identity.insert((identity.provider.clone(), identity.subject.clone()), holder.clone());
        }
        if let AccountState::Pending { .. } = account.state {
            self.pending.insert(account.id, number.clone());
        }
        if let Some(email) = &account.email {
            self.by_email.insert(email.clone(), holder);
        }
        customer.accounts.push(account);
    }

    /// Makes an account wait for its e-mail's confirmation for longer.
    pub(super) fn extend(&mut self, holder: &Holder, until: Timestamp) {
        if let Some(account) = self.account_mut(holder) {
            account.state = AccountState::Pending { until };
        }
    }

    /// Makes an account active.
    pub(super) fn activate(&mut self, holder: &Holder) {
        self.pending.remove(&holder.account);
        if let Some(account) = self.account_mut(holder) {
            account.state = AccountState::Active;
        }
    }

    /// Makes an account active as that of an identity. A password that it had is gone.
    pub(super) fn adopt(&mut self, holder: &Holder, identity: SocialIdentity) {
        self.activate(holder);
        let key = (identity.provider.clone(), identity.subject.clone());
        if let Some(account) = self.account_mut(holder) {
            account.password = None;
            account.identity = Some(identity);
            self.by_identity.insert(key, holder.clone());
        }
    }

    /// Gives an account another login e-mail, and answers with the former one.
    pub(super) fn rename(&mut self, holder: &Holder, email: Email) -> Option<Email> {
        if self.by_email(&email).is_some_and(|other| other != holder) {
            self.drop_holder_of(&email);
        }
        let former = self.account_mut(holder)?.email.replace(email.clone());
        if let Some(former) = &former {
            self.by_email.remove(former);
        }
        self.by_email.insert(email, holder.clone());
        former
    }

    /// Removes a customer. Its number stays given, its company stays.
    pub(super) fn remove(&mut self, number: &CustomerNumber) {
        let Some(customer) = self.table.remove(number) else { return };
        for account in &customer.accounts {
            self.forget(account);
        }
        for address in customer.addresses.all() {
            self.addresses.remove(&address.id);
        }
    }

    /// Removes the accounts that were not confirmed for long.
    pub(super) fn purge_pending(&mut self, now: Timestamp) {
        let holders = self
            .pending
            .iter()
            .map(|(account, customer)| Holder { customer: customer.clone(), account: *account });
        let abandoned = holders.filter(|holder| match self.account(holder).map(|account| account.state) {
            Some(AccountState::Pending { until }) => later(until, PENDING_RETENTION) <= now,
            Some(AccountState::Active) | None => false,
        });
        for holder in abandoned.collect::<Vec<_>>() {
            self.remove_account(&holder);
        }
    }

    fn drop_holder_of(&mut self, email: &Email) {
        if let Some(holder) = self.by_email.get(email).cloned() {
            self.remove_account(&holder);
        }
    }

    /// Removes an account, and the customer that has no other.
    fn remove_account(&mut self, holder: &Holder) {
        if self.is_only_account(holder) {
            self.remove(&holder.customer);
            return;
        }
        let Some(customer) = self.table.get_mut(&holder.customer) else { return };
        let position = customer.accounts.iter().position(|account| account.id == holder.account);
        if let Some(account) = position.map(|position| customer.accounts.remove(position)) {
            self.forget(&account);
        }
    }

    fn forget(&mut self, account: &Account) {
        self.pending.remove(&account.id);
        if let Some(email) = &account.email {
            self.by_email.remove(email);
        }
        if let Some(identity) = &account.identity {
            self.by_identity.remove(&(identity.provider.clone(), identity.subject.clone()));
        }
    }
}

/// Random octets in lower-case hexadecimal.
pub(super) fn hex<const OCTETS: usize>() -> Result<String, getrandom::Error> {
    let mut octets = [0; OCTETS];
    getrandom::fill(&mut octets)?;
    let mut text = String::with_capacity(2 * OCTETS);
    for octet in octets {
        // Writing to a string cannot fail.
        let _ = write!(text, "{octet:02x}");
    }
    Ok(text)
}
