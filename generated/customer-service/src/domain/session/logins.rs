//! The logins of a tenant, and their tokens as digests.

use std::collections::{BTreeSet, HashMap, VecDeque};

use jiff::Timestamp;

use super::{CustomerTokens, LoginId, SessionId};
use crate::domain::clock::{MEMORY, later, seconds_left};
use crate::domain::customer::{AccountId, CustomerNumber};
use crate::domain::options::TenantOptions;
use crate::domain::secret::{Digest, Token};
use crate::domain::tenant::{scopes, shrink};

/// Tokens of each kind that a login keeps. Who refreshes more often loses the oldest.
const TOKENS: usize = 1_000;

/// All sessions of a tenant, with a table of digests for each kind of token, so that none can act as
/// another.
///
/// Invariant: `by_customer` names exactly the logins in `logins`; every token's login is in `logins`
/// and names the token.
#[derive(Default)]
pub(in crate::domain) struct Sessions {
    last: u64,
    logins: HashMap<LoginId, Login>,
    by_customer: HashMap<CustomerNumber, BTreeSet<LoginId>>,
    access: HashMap<Digest, Access>,
    refresh: HashMap<Digest, Refresh>,
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
    access: VecDeque<Digest>,
    refresh: VecDeque<Digest>,
}

/// An access token as it is stored.
pub(super) struct Access {
    pub(super) login: LoginId,
    pub(super) expires: Timestamp,
    pub(super) legal_entity: Option<String>,
}

struct Refresh {
    login: LoginId,
    spent: bool,
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
    /// Opens a login of an account. Beyond `max_sessions` the customer's oldest login ends.
    pub(in crate::domain) fn open(
        &mut self,
        now: Timestamp,
        options: &TenantOptions,
        opened: Opened,
    ) -> Result<CustomerTokens, getrandom::Error> {
        let issued = Issued::random()?;
        self.make_room(now, &opened.customer, options.max_sessions);
        self.last += 1;
        let id = LoginId(self.last);
        self.by_customer.entry(opened.customer.clone()).or_default().insert(id);
        let refresh_until = later(now, options.customer_refresh_ttl);
        let login = Login { opened, refresh_until, access: VecDeque::new(), refresh: VecDeque::new() };
        let login = self.logins.entry(id).insert_entry(login).into_mut();
        let tokens = issued.tokens(now, options, login);
        let access =
            Access { login: id, expires: later(now, options.customer_token_ttl), legal_entity: None };
        keep(&mut self.access, &mut login.access, tokens.access.digest(), access);
        let refresh = Refresh { login: id, spent: false };
        keep(&mut self.refresh, &mut login.refresh, tokens.refresh.digest(), refresh);
        Ok(tokens)
    }

    /// What a refresh token is good for now. It stays as it is.
    pub(super) fn redeemable(&self, now: Timestamp, token: &Token) -> Redeemable {
        match self.refresh.get(&token.digest()) {
            Some(found) if found.spent => Redeemable::Spent(found.login),
            Some(found) if self.logins.get(&found.login).is_some_and(|login| now < login.refresh_until) => {
                Redeemable::Yes(found.login)
            }
            _ => Redeemable::No,
        }
    }

    /// Spends a refresh token that is redeemable, and issues the next ones of its login; the new access
    /// token is bound to the legal entity.
    pub(super) fn rotate(
        &mut self,
        now: Timestamp,
        options: &TenantOptions,
        spent: &Token,
        legal_entity: Option<&str>,
    ) -> Result<Option<CustomerTokens>, getrandom::Error> {
        let issued = Issued::random()?;
        let Some(found) = self.refresh.get_mut(&spent.digest()) else { return Ok(None) };
        let Some(login) = self.logins.get_mut(&found.login) else { return Ok(None) };
        found.spent = true;
        let id = found.login;
        let tokens = issued.tokens(now, options, login);
        let expires = later(now, options.customer_token_ttl);
        let access = Access { login: id, expires, legal_entity: legal_entity.map(str::to_owned) };
        keep(&mut self.access, &mut login.access, tokens.access.digest(), access);
        let refresh = Refresh { login: id, spent: false };
        keep(&mut self.refresh, &mut login.refresh, tokens.refresh.digest(), refresh);
        Ok(Some(tokens))
    }

    /// An access token with its login, expired or not.
    pub(super) fn access(&self, token: &Digest) -> Option<(&Access, &Login)> {
        let access = self.access.get(token)?;
        Some((access, self.logins.get(&access.login)?))
    }

    pub(super) fn login(&self, login: LoginId) -> Option<&Login> {
        self.logins.get(&login)
    }

    /// Ends a login, with all its tokens.
    pub(in crate::domain) fn end(&mut self, login: LoginId) {
        let Some(ended) = self.logins.remove(&login) else { return };
        for token in &ended.access {
            self.access.remove(token);
        }
        for token in &ended.refresh {
            self.refresh.remove(token);
        }
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
        for token in logins.filter_map(|login| self.logins.get(login)).flat_map(|login| &login.access) {
            if let Some(access) = self.access.get_mut(token)
                && access.legal_entity.as_deref() == Some(company)
            {
                access.legal_entity = None;
            }
        }
    }

    /// Whether a login has not ended: a call may have been under way when it did.
    pub(in crate::domain) fn is_open(&self, login: LoginId) -> bool {
        self.logins.contains_key(&login)
    }

    /// Forgets what nobody needs to hear of any more.
    pub(in crate::domain) fn sweep(&mut self, now: Timestamp) {
        self.access.retain(|_, access| now < later(access.expires, MEMORY));
        let mut over = Vec::new();
        for (id, login) in &mut self.logins {
            login.access.retain(|token| self.access.contains_key(token));
            if login.refresh_until <= now {
                for token in login.refresh.drain(..) {
                    self.refresh.remove(&token);
                }
            }
            if login.access.is_empty() && login.refresh.is_empty() {
                over.push(*id);
            }
        }
        for login in over {
            self.end(login);
        }
        shrink(&mut self.access);
        shrink(&mut self.refresh);
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
        logins.sort_by_key(|login| (self.is_live(now, *login), *login));
        let surplus = (logins.len() + 1).saturating_sub(limit.max(1));
        for login in logins.into_iter().take(surplus) {
            self.end(login);
        }
    }

    fn is_live(&self, now: Timestamp, login: LoginId) -> bool {
        let live = |token| self.access.get(token).is_some_and(|access| now < access.expires);
        self.logins
            .get(&login)
            .is_some_and(|login| now < login.refresh_until || login.access.iter().any(live))
    }
}

/// The tokens of one answer, made before anything changes.
struct Issued {
    access: Token,
    refresh: Token,
}

impl Issued {
    fn random() -> Result<Self, getrandom::Error> {
        Ok(Self { access: Token::random::<32>()?, refresh: Token::random::<32>()? })
    }

    fn tokens(self, now: Timestamp, options: &TenantOptions, login: &Login) -> CustomerTokens {
        CustomerTokens {
            access: self.access,
            expires_in: seconds_left(now, later(now, options.customer_token_ttl)),
            refresh: self.refresh,
            refresh_expires_in: seconds_left(now, login.refresh_until),
            session: login.opened.session,
            scope: scopes(options, &login.opened.tenant).join(" "),
        }
    }
}

/// Stores a token, and drops its login's oldest one if there are too many.
fn keep<T>(table: &mut HashMap<Digest, T>, of_login: &mut VecDeque<Digest>, token: Digest, stored: T) {
    table.insert(token, stored);
    of_login.push_back(token);
    if of_login.len() > TOKENS
        && let Some(oldest) = of_login.pop_front()
    {
        table.remove(&oldest);
    }
}

#[cfg(test)]
impl Sessions {
    /// How many logins, customers, access tokens and refresh tokens are stored.
    pub(super) fn sizes(&self) -> (usize, usize, usize, usize) {
        (self.logins.len(), self.by_customer.len(), self.access.len(), self.refresh.len())
    }
}
