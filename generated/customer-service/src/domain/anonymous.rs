//! Anonymous sessions.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;
use subtle::ConstantTimeEq as _;

use super::clock::{MEMORY, later, seconds_left};
use super::error::{AnonymousError, Overloaded, Unauthenticated};
use super::options::TenantOptions;
use super::secret::{Digest, Token};
use super::session::{AnonymousCaller, AnonymousRefresh, AnonymousTokens, Bearer, SessionId, known};
use super::tenant::{Tenant, marker, shrink};

/// Answers of a session whose tokens are kept. Who refreshes more often loses those that were used the
/// longest ago.
const ANSWERS: usize = 100;

/// All anonymous sessions of a tenant, with a table of digests for each kind of token.
///
/// Invariant: a refresh token, and an access token that lives or can be refreshed, has its session.
#[derive(Default)]
pub(super) struct AnonymousSessions {
    last: u64,
    // Oldest first.
    sessions: BTreeMap<u64, Session>,
    access: HashMap<Digest, Access>,
    refresh: HashMap<Digest, Refresh>,
}

struct Session {
    id: SessionId,
    // Clients may have long names.
    client: Digest,
    live_until: Timestamp,
    answers: VecDeque<Answer>,
}

/// The tokens that were issued at once.
#[derive(Clone, Copy)]
struct Answer {
    access: Digest,
    refresh: Option<Digest>,
}

struct Access {
    session: u64,
    expires: Timestamp,
    refresh_until: Timestamp,
}

struct Refresh {
    session: u64,
    expires: Timestamp,
}

impl AnonymousSessions {
    pub(super) fn len(&self) -> usize {
        self.sessions.len()
    }

    /// What an access token is.
    pub(super) fn bearer(&self, now: Timestamp, token: &Digest, tenant: &Arc<Tenant>) -> Bearer {
        let Some(access) = self.access.get(token) else { return Bearer::Unknown };
        let live = || match self.sessions.get(&access.session) {
            Some(session) => {
                Bearer::Anonymous(AnonymousCaller { tenant: Arc::clone(tenant), session: session.id })
            }
            None => Bearer::Unknown,
        };
        known(now, access.expires, live, Bearer::ExpiredAnonymous)
    }

    /// Opens a session. Beyond `max_anonymous_sessions` the oldest ends.
    fn open(
        &mut self,
        now: Timestamp,
        options: &TenantOptions,
        client: Digest,
    ) -> Result<Issued, getrandom::Error> {
        let id = SessionId::random()?;
        let (access, refresh) = (Token::random::<32>()?, Token::random::<32>()?);
        while self.sessions.len() >= options.max_anonymous_sessions.max(1) {
            self.end_oldest();
        }
        self.last += 1;
        let session = Session { id, client, live_until: now, answers: VecDeque::with_capacity(1) };
        self.sessions.insert(self.last, session);
        Ok(self.keep(now, options, self.last, id, access, Some(refresh)))
    }

    /// Issues more tokens of the session that a token is of; older ones stay.
    fn refresh(
        &mut self,
        now: Timestamp,
        options: &TenantOptions,
        client: Digest,
        token: AnonymousRefresh<'_>,
    ) -> Result<Option<Issued>, getrandom::Error> {
        let (digest, found) = match token {
            AnonymousRefresh::Refresh(token) => {
                let digest = token.digest();
                let found = self.refresh.get(&digest).filter(|refresh| now < refresh.expires);
                (digest, found.map(|refresh| refresh.session))
            }
            AnonymousRefresh::Access(token) => {
                let digest = token.digest();
                let found = self.access.get(&digest).filter(|access| now < access.refresh_until);
                (digest, found.map(|access| access.session))
            }
        };
        let Some(key) = found else { return Ok(None) };
        let Some(session) = self.sessions.get_mut(&key) else { return Ok(None) };
        if session.client != client {
            return Ok(None);
        }
        let access = Token::random::<32>()?;
        let refresh = match token {
            AnonymousRefresh::Refresh(_) => Some(Token::random::<32>()?),
            AnonymousRefresh::Access(_) => None,
        };
        session.used(&digest);
        let id = session.id;
        Ok(Some(self.keep(now, options, key, id, access, refresh)))
    }

    fn keep(
        &mut self,
        now: Timestamp,
        options: &TenantOptions,
        key: u64,
        id: SessionId,
        access: Token,
        refresh: Option<Token>,
    ) -> Issued {
        let expires = later(now, options.anonymous_token_ttl);
        let refresh_until = later(now, options.anonymous_refresh_ttl);
        self.access.insert(access.digest(), Access { session: key, expires, refresh_until });
        if let Some(refresh) = &refresh {
            self.refresh.insert(refresh.digest(), Refresh { session: key, expires: refresh_until });
        }
        let answer = Answer { access: access.digest(), refresh: refresh.as_ref().map(Token::digest) };
        let dropped = self.sessions.get_mut(&key).and_then(|session| {
            session.live_until = session.live_until.max(expires).max(refresh_until);
            session.answers.push_back(answer);
            if session.answers.len() > ANSWERS { session.answers.pop_front() } else { None }
        });
        if let Some(answer) = dropped {
            self.revoke(answer);
        }
        let refresh = refresh.map(|token| (token, seconds_left(now, refresh_until)));
        Issued { session: id, access, expires_in: seconds_left(now, expires), refresh }
    }

    fn end_oldest(&mut self) {
        if let Some((_, session)) = self.sessions.pop_first() {
            for answer in session.answers {
                self.revoke(answer);
            }
        }
    }

    fn revoke(&mut self, answer: Answer) {
        self.access.remove(&answer.access);
        if let Some(refresh) = answer.refresh {
            self.refresh.remove(&refresh);
        }
    }

    /// Forgets what nobody needs to hear of any more.
    pub(super) fn sweep(&mut self, now: Timestamp) {
        self.access.retain(|_, access| now < later(access.expires, MEMORY).max(access.refresh_until));
        self.refresh.retain(|_, refresh| now < refresh.expires);
        self.sessions.retain(|_, session| {
            session.answers.retain(|answer| {
                let refreshes = answer.refresh.is_some_and(|refresh| self.refresh.contains_key(&refresh));
                refreshes || self.access.contains_key(&answer.access)
            });
            now < session.live_until
        });
        shrink(&mut self.access);
        shrink(&mut self.refresh);
    }
}

impl Session {
    /// Puts the tokens that one of them was issued with last.
    fn used(&mut self, token: &Digest) {
        let is_used = |answer: &Answer| answer.access == *token || answer.refresh.as_ref() == Some(token);
        if let Some(index) = self.answers.iter().position(is_used)
            && let Some(answer) = self.answers.remove(index)
        {
            self.answers.push_back(answer);
        }
    }
}

struct Issued {
    session: SessionId,
    access: Token,
    expires_in: i32,
    refresh: Option<(Token, i32)>,
}

impl Tenant {
    /// Opens an anonymous session for a client.
    pub fn log_in_anonymously(&self, client_id: &str) -> Result<AnonymousTokens, AnonymousError> {
        let options = self.options();
        admit(&options, client_id)?;
        let (now, client) = (self.now(), Digest::of(client_id));
        let issued = self.state().anonymous.open(now, &options, client).map_err(Overloaded::from)?;
        Ok(self.answer(issued))
    }

    /// Issues new tokens of the same anonymous session.
    pub fn refresh_anonymously(
        &self,
        client_id: &str,
        refresh: AnonymousRefresh<'_>,
    ) -> Result<AnonymousTokens, AnonymousError> {
        let options = self.options();
        admit(&options, client_id)?;
        let (now, client) = (self.now(), Digest::of(client_id));
        let issued =
            self.state().anonymous.refresh(now, &options, client, refresh).map_err(Overloaded::from)?;
        Ok(self.answer(issued.ok_or(Unauthenticated::RefreshToken)?))
    }

    fn answer(&self, issued: Issued) -> AnonymousTokens {
        let Issued { session, access, expires_in, refresh } = issued;
        AnonymousTokens { access, expires_in, refresh, session, scope: marker(&self.name) }
    }
}

/// Lets a client in that the tenant lists, or any where it lists none.
fn admit(options: &TenantOptions, client_id: &str) -> Result<(), Unauthenticated> {
    let known = &options.client_ids;
    // All are compared, so that the time does not tell which one is nearest.
    let matches = known.iter().filter(|known| known.as_bytes().ct_eq(client_id.as_bytes()).into()).count();
    if known.is_empty() || matches > 0 { Ok(()) } else { Err(Unauthenticated::ApiKey) }
}
