//! The logins of a tenant: opened, refreshed, ended, and forgotten when they are over.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use super::tokens::{Access, Owned, Pair, Tokens};
use super::{CustomerTokens, LoginId, SessionId};
use crate::domain::clock::{later, seconds_left};
use crate::domain::customer::{AccountId, CustomerNumber};
use crate::domain::options::TenantOptions;
use crate::domain::secret::{Digest, Token};
use crate::domain::tenant::{scopes, shrink};

/// All sessions of a tenant.
///
/// Invariant: `by_customer` names exactly the logins in `logins`; every token's login is in `logins`
/// and owns the token.
#[derive(Default)]
pub(in crate::domain) struct Sessions {
    last: u64,
    logins: HashMap<LoginId, Login>,
    by_customer: HashMap<CustomerNumber, BTreeSet<LoginId>>,
    tokens: Tokens,
}

/// Who logs in.
#[derive(Clone, Debug)]
pub(in crate::domain) struct Opened {
    /// The session that goes on.
    pub(in crate::domain) session: SessionId,
    /// The tenant's name, for the scope's marker.
    pub(in crate::domain) tenant: String,
    /// The customer.
    pub(in crate::domain) customer: CustomerNumber,
    /// The account.
    pub(in crate::domain) account: AccountId,
}

/// A login as it is stored.
pub(super) struct Login {
    pub(super) opened: Opened,
    /// When none of its refresh tokens can be used any more, however often they are rotated.
    refresh_until: Timestamp,
    owned: Owned,
}

/// What a refresh token is good for.
pub(super) enum Redeemable {
    /// It can be rotated.
    Yes(LoginId),
    /// It has been rotated before.
    Spent(LoginId),
    /// It is not known, or too old.
    No,
}

impl Sessions {
    pub(in crate::domain) fn len(&self) -> usize {
        self.logins.len()
    }

    /// Opens a login of an account. Beyond `max_sessions` the customer's oldest login ends.
    pub(in crate::domain) fn open(
        &mut self,
        now: Timestamp,
        options: &TenantOptions,
        opened: Opened,
    ) -> Result<CustomerTokens, getrandom::Error> {
        let pair = Pair::random()?;
        self.make_room(now, &opened.customer, options.max_sessions);
        self.last += 1;
        let id = LoginId(self.last);
        self.by_customer.entry(opened.customer.clone()).or_default().insert(id);
        let refresh_until = later(now, options.customer_refresh_ttl);
        let mut login = Login { opened, refresh_until, owned: Owned::default() };
        let access =
            Access { login: id, expires: later(now, options.customer_token_ttl), legal_entity: None };
        self.tokens.keep(&pair, access, &mut login.owned);
        let tokens = login.answer(now, options, pair);
        self.logins.insert(id, login);
        Ok(tokens)
    }

    /// What a refresh token is good for now. It stays as it is.
    pub(super) fn redeemable(&self, now: Timestamp, token: &Token) -> Redeemable {
        let Some(found) = self.tokens.refresh(&token.digest()) else { return Redeemable::No };
        match self.logins.get(&found.login) {
            Some(_) if found.spent => Redeemable::Spent(found.login),
            Some(login) if now < login.refresh_until => Redeemable::Yes(found.login),
            _ => Redeemable::No,
        }
    }

    /// Spends a refresh token of a login, and issues the next ones. The new access token is bound to the
    /// legal entity.
    pub(super) fn rotate(
        &mut self,
        now: Timestamp,
        options: &TenantOptions,
        id: LoginId,
        spent: &Token,
        legal_entity: Option<&str>,
    ) -> Result<Option<CustomerTokens>, getrandom::Error> {
        let pair = Pair::random()?;
        let Some(login) = self.logins.get_mut(&id) else { return Ok(None) };
        self.tokens.spend(&spent.digest());
        let expires = later(now, options.customer_token_ttl);
        let access = Access { login: id, expires, legal_entity: legal_entity.map(str::to_owned) };
        self.tokens.keep(&pair, access, &mut login.owned);
        Ok(Some(login.answer(now, options, pair)))
    }

    /// An access token with its login, expired or not.
    pub(super) fn access(&self, token: &Digest) -> Option<(&Access, &Login)> {
        let access = self.tokens.access(token)?;
        Some((access, self.logins.get(&access.login)?))
    }

    pub(super) fn login(&self, login: LoginId) -> Option<&Login> {
        self.logins.get(&login)
    }

    /// Ends a login, with all its tokens.
    pub(in crate::domain) fn end(&mut self, login: LoginId) {
        let Some(ended) = self.logins.remove(&login) else { return };
        self.tokens.revoke(&ended.owned);
        if let Some(logins) = self.by_customer.get_mut(&ended.opened.customer) {
            logins.remove(&login);
            if logins.is_empty() {
                self.by_customer.remove(&ended.opened.customer);
            }
        }
    }

    /// Ends all logins of a customer but one.
    pub(in crate::domain) fn end_others(&mut self, customer: &CustomerNumber, kept: Option<LoginId>) {
        for login in self.of(customer) {
            if Some(login) != kept {
                self.end(login);
            }
        }
    }

    /// Takes a company away from the tokens of a customer that are bound to it.
    pub(in crate::domain) fn unbind(&mut self, customer: &CustomerNumber, company: &str) {
        let logins = self.by_customer.get(customer).into_iter().flatten();
        for login in logins.filter_map(|login| self.logins.get(login)) {
            self.tokens.unbind(&login.owned, company);
        }
    }

    /// Whether a login has not ended: a call may have been under way when it did.
    pub(in crate::domain) fn is_open(&self, login: LoginId) -> bool {
        self.logins.contains_key(&login)
    }

    /// Forgets what nobody needs to hear of any more.
    pub(in crate::domain) fn sweep(&mut self, now: Timestamp) {
        self.tokens.sweep(now);
        let mut over = Vec::new();
        for (id, login) in &mut self.logins {
            if !self.tokens.release(&mut login.owned, login.refresh_until <= now) {
                over.push(*id);
            }
        }
        for login in over {
            self.end(login);
        }
        self.tokens.shrink();
        shrink(&mut self.logins);
        shrink(&mut self.by_customer);
    }

    fn of(&self, customer: &CustomerNumber) -> Vec<LoginId> {
        self.by_customer.get(customer).into_iter().flatten().copied().collect()
    }

    /// Ends logins of a customer until there is room for one more: those that are over already, then the
    /// oldest.
    fn make_room(&mut self, now: Timestamp, customer: &CustomerNumber, limit: usize) {
        let mut logins = self.of(customer);
        let surplus = (logins.len() + 1).saturating_sub(limit.max(1));
        logins.sort_by_key(|login| (self.is_live(now, *login), *login));
        for login in logins.into_iter().take(surplus) {
            self.end(login);
        }
    }

    fn is_live(&self, now: Timestamp, login: LoginId) -> bool {
        let login = self.logins.get(&login);
        login.is_some_and(|login| now < login.refresh_until || self.tokens.has_access(now, &login.owned))
    }

    /// How many logins, customers, access tokens and refresh tokens are stored.
    #[cfg(test)]
    pub(super) fn sizes(&self) -> (usize, usize, usize, usize) {
        let (access, refresh) = self.tokens.sizes();
        (self.logins.len(), self.by_customer.len(), access, refresh)
    }
}

impl Login {
    fn answer(&self, now: Timestamp, options: &TenantOptions, pair: Pair) -> CustomerTokens {
        CustomerTokens {
            access: pair.access,
            expires_in: seconds_left(now, later(now, options.customer_token_ttl)),
            refresh: pair.refresh,
            refresh_expires_in: seconds_left(now, self.refresh_until),
            session: self.opened.session,
            scope: scopes(options, &self.opened.tenant).join(" "),
        }
    }
}
