//! The tokens of all logins, as digests: a table for each kind, so that none can act as another.

use std::collections::{HashMap, VecDeque};

use jiff::Timestamp;

use super::LoginId;
use crate::domain::clock::{MEMORY, later};
use crate::domain::secret::{Digest, Token};
use crate::domain::tenant::shrink;

/// Tokens of each kind that a login keeps. Who refreshes more often loses the oldest.
const LIMIT: usize = 1_000;

#[derive(Default)]
pub(super) struct Tokens {
    access: HashMap<Digest, Access>,
    refresh: HashMap<Digest, Refresh>,
}

/// An access token as it is stored.
pub(super) struct Access {
    pub(super) login: LoginId,
    pub(super) expires: Timestamp,
    pub(super) legal_entity: Option<String>,
}

/// A refresh token as it is stored. Its login says how long it can be used.
pub(super) struct Refresh {
    pub(super) login: LoginId,
    /// Whether it was rotated.
    pub(super) spent: bool,
}

/// The tokens of a login, oldest first.
#[derive(Default)]
pub(super) struct Owned {
    access: VecDeque<Digest>,
    refresh: VecDeque<Digest>,
}

/// Both tokens of one answer, made before anything changes.
pub(super) struct Pair {
    pub(super) access: Token,
    pub(super) refresh: Token,
}

impl Pair {
    pub(super) fn random() -> Result<Self, getrandom::Error> {
        Ok(Self { access: Token::random::<32>()?, refresh: Token::random::<32>()? })
    }
}

impl Tokens {
    /// Stores both tokens of an answer.
    pub(super) fn keep(&mut self, pair: &Pair, access: Access, owned: &mut Owned) {
        let refresh = Refresh { login: access.login, spent: false };
        keep(&mut self.access, &mut owned.access, pair.access.digest(), access);
        keep(&mut self.refresh, &mut owned.refresh, pair.refresh.digest(), refresh);
    }

    /// An access token, expired or not.
    pub(super) fn access(&self, token: &Digest) -> Option<&Access> {
        self.access.get(token)
    }

    pub(super) fn refresh(&self, token: &Digest) -> Option<&Refresh> {
        self.refresh.get(token)
    }

    pub(super) fn spend(&mut self, token: &Digest) {
        if let Some(refresh) = self.refresh.get_mut(token) {
            refresh.spent = true;
        }
    }

    pub(super) fn revoke(&mut self, owned: &Owned) {
        for token in &owned.access {
            self.access.remove(token);
        }
        for token in &owned.refresh {
            self.refresh.remove(token);
        }
    }

    /// Whether one of the access tokens has not expired.
    pub(super) fn has_access(&self, now: Timestamp, owned: &Owned) -> bool {
        owned.access.iter().filter_map(|token| self.access.get(token)).any(|access| now < access.expires)
    }

    pub(super) fn unbind(&mut self, owned: &Owned, company: &str) {
        for token in &owned.access {
            if let Some(access) = self.access.get_mut(token)
                && access.legal_entity.as_deref() == Some(company)
            {
                access.legal_entity = None;
            }
        }
    }

    /// Forgets access tokens for which nobody needs to hear any more that they have expired.
    pub(super) fn sweep(&mut self, now: Timestamp) {
        self.access.retain(|_, access| now < later(access.expires, MEMORY));
    }

    /// Follows the sweep in what a login owns, and forgets its refresh tokens if they are over. Whether
    /// any token is left.
    pub(super) fn release(&mut self, owned: &mut Owned, refresh_is_over: bool) -> bool {
        owned.access.retain(|token| self.access.contains_key(token));
        if refresh_is_over {
            for token in owned.refresh.drain(..) {
                self.refresh.remove(&token);
            }
        }
        !(owned.access.is_empty() && owned.refresh.is_empty())
    }

    pub(super) fn shrink(&mut self) {
        shrink(&mut self.access);
        shrink(&mut self.refresh);
    }

    #[cfg(test)]
    pub(super) fn sizes(&self) -> (usize, usize) {
        (self.access.len(), self.refresh.len())
    }
}

/// Stores a token, and drops its login's oldest one if there are too many.
fn keep<T>(table: &mut HashMap<Digest, T>, owned: &mut VecDeque<Digest>, token: Digest, stored: T) {
    table.insert(token, stored);
    owned.push_back(token);
    if owned.len() > LIMIT
        && let Some(oldest) = owned.pop_front()
    {
        table.remove(&oldest);
    }
}
