//! The identity provider of development: it vouches for whomever it is told to, without a network.

use std::collections::VecDeque;
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::domain::clock::Clock;
use crate::domain::identity::{AuthorizationCode, Exchange, ExchangeError, Identity, IdentityProvider};
use crate::domain::secret::{Digest, Token};

/// How long a code can be exchanged.
const LIFETIME: SignedDuration = SignedDuration::from_secs(60);

/// Codes that are kept, beyond which the oldest goes.
const CAPACITY: usize = 1000;

/// The provider's name in an account.
const NAME: &str = "dev";

/// Vouches for whomever it is told to. A clone is the same provider.
#[derive(Clone)]
pub struct DevProvider(Arc<Inner>);

struct Inner {
    clock: Clock,
    /// Oldest first.
    grants: Mutex<VecDeque<Grant>>,
}

/// Whom to vouch for, and what the code is bound to.
#[derive(Clone, Debug)]
pub struct Authorization {
    /// Who it is.
    pub subject: String,
    /// The e-mail.
    pub email: Option<String>,
    /// Whether the e-mail is known to be the subject's.
    pub email_verified: bool,
    /// The given name.
    pub given_name: Option<String>,
    /// The family name.
    pub family_name: Option<String>,
    /// Where the client says that it is sent back to.
    pub redirect_uri: String,
    /// The challenge of RFC 7636, method S256.
    pub code_challenge: Option<String>,
}

/// Why there is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthorizationError {
    /// The challenge is no digest.
    #[error("`code_challenge` is not the base64url form of a SHA-256 digest")]
    CodeChallenge,
    /// The system has no randomness to give.
    #[error("the system has no randomness to give")]
    NoRandomness,
}

struct Grant {
    code: Digest,
    tenant: String,
    authorization: Authorization,
    expires_at: Timestamp,
}

impl DevProvider {
    /// Without codes.
    pub fn new(clock: Clock) -> Self {
        Self(Arc::new(Inner { clock, grants: Mutex::default() }))
    }

    /// A code that a client of the tenant can exchange once.
    pub fn authorize(&self, tenant: &str, authorization: Authorization) -> Result<Token, AuthorizationError> {
        if !authorization.code_challenge.as_deref().is_none_or(is_digest) {
            return Err(AuthorizationError::CodeChallenge);
        }
        let code = Token::random::<32>().map_err(|_| AuthorizationError::NoRandomness)?;
        let now = self.0.clock.now();
        let grant = Grant {
            code: code.digest(),
            tenant: tenant.to_owned(),
            authorization,
            expires_at: now.saturating_add(LIFETIME).unwrap_or(Timestamp::MAX),
        };
        let mut grants = self.grants();
        grants.retain(|grant| grant.is_alive(now));
        if grants.len() >= CAPACITY {
            grants.pop_front();
        }
        grants.push_back(grant);
        Ok(code)
    }

    /// Forgets all codes.
    pub fn clear(&self) {
        self.grants().clear();
    }

    /// The provider as a tenant sees it.
    pub(super) fn of_tenant(&self, tenant: &str) -> impl IdentityProvider + use<> {
        OfTenant { provider: self.clone(), tenant: tenant.to_owned() }
    }

    fn exchange(&self, tenant: &str, presented: &AuthorizationCode) -> Result<Identity, ExchangeError> {
        let (now, code) = (self.0.clock.now(), presented.code.digest());
        let authorization = {
            let mut grants = self.grants();
            let fits = |grant: &Grant| grant.code == code && grant.admits(tenant, presented, now);
            let place = grants.iter().position(fits).ok_or(ExchangeError::Refused)?;
            grants.remove(place).ok_or(ExchangeError::Refused)?.authorization
        };
        let random = || Token::random::<32>().map_err(|_| ExchangeError::Unreachable);
        Ok(Identity {
            provider: NAME.to_owned(),
            subject: authorization.subject,
            email: authorization.email,
            email_verified: authorization.email_verified,
            given_name: authorization.given_name,
            family_name: authorization.family_name,
            access_token: random()?,
            id_token: random()?,
        })
    }

    fn grants(&self) -> MutexGuard<'_, VecDeque<Grant>> {
        self.0.grants.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Grant {
    fn is_alive(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }

    fn admits(&self, tenant: &str, presented: &AuthorizationCode, now: Timestamp) -> bool {
        let proof = match (&self.authorization.code_challenge, &presented.verifier) {
            (Some(challenge), Some(verifier)) => {
                let answer = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose().as_bytes()));
                answer.as_bytes().ct_eq(challenge.as_bytes()).into()
            }
            (None, None) => true,
            // A verifier without a challenge means that somebody took the challenge away.
            (Some(_), None) | (None, Some(_)) => false,
        };
        proof
            && self.is_alive(now)
            && self.tenant == tenant
            && self.authorization.redirect_uri == presented.redirect_uri
    }
}

fn is_digest(challenge: &str) -> bool {
    URL_SAFE_NO_PAD.decode(challenge).is_ok_and(|octets| octets.len() == 32)
}

struct OfTenant {
    provider: DevProvider,
    tenant: String,
}

impl IdentityProvider for OfTenant {
    fn exchange(&self, code: AuthorizationCode) -> Exchange<'_> {
        Box::pin(ready(self.provider.exchange(&self.tenant, &code)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;

    const HERE: &str = "https://shop.example/back";
    // The pair of RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn ann(code_challenge: Option<&str>) -> Authorization {
        Authorization {
            subject: "ann".to_owned(),
            email: Some("ann@a.example".to_owned()),
            email_verified: true,
            given_name: Some("Ann".to_owned()),
            family_name: None,
            redirect_uri: HERE.to_owned(),
            code_challenge: code_challenge.map(str::to_owned),
        }
    }

    fn presented(code: &Token, redirect_uri: &str, verifier: Option<&str>) -> AuthorizationCode {
        AuthorizationCode {
            code: code.clone(),
            redirect_uri: redirect_uri.to_owned(),
            verifier: verifier.map(Token::new),
        }
    }

    fn refuses(provider: &DevProvider, tenant: &str, presented: &AuthorizationCode) -> bool {
        provider.exchange(tenant, presented).is_err_and(|error| error == ExchangeError::Refused)
    }

    #[test]
    fn a_code_is_good_for_one_exchange() {
        let provider = DevProvider::new(Clock::default());
        let code = provider.authorize("acme", ann(None)).unwrap();
        let presented = presented(&code, HERE, None);

        let identity = provider.exchange("acme", &presented).unwrap();
        assert_eq!((identity.provider.as_str(), identity.subject.as_str()), ("dev", "ann"));
        assert_eq!(identity.email.as_deref(), Some("ann@a.example"));
        assert!(identity.email_verified);
        assert!(refuses(&provider, "acme", &presented));
    }

    #[test]
    fn a_code_is_bound_to_tenant_redirect_and_challenge() {
        let provider = DevProvider::new(Clock::default());
        let code = provider.authorize("acme", ann(Some(CHALLENGE))).unwrap();

        assert!(refuses(&provider, "optin", &presented(&code, HERE, Some(VERIFIER))));
        assert!(refuses(&provider, "acme", &presented(&code, "https://eve.example", Some(VERIFIER))));
        assert!(refuses(&provider, "acme", &presented(&code, HERE, Some("guess"))));
        assert!(refuses(&provider, "acme", &presented(&code, HERE, Some(CHALLENGE))));
        assert!(refuses(&provider, "acme", &presented(&code, HERE, None)));
        assert!(refuses(&provider, "acme", &presented(&Token::new("guess"), HERE, Some(VERIFIER))));
        assert!(provider.exchange("acme", &presented(&code, HERE, Some(VERIFIER))).is_ok());

        let plain = provider.authorize("acme", ann(None)).unwrap();
        assert!(refuses(&provider, "acme", &presented(&plain, HERE, Some(VERIFIER))));
    }

    #[test]
    fn a_code_lives_a_minute() {
        let clock = Clock::default();
        let provider = DevProvider::new(clock.clone());
        let early = provider.authorize("acme", ann(None)).unwrap();
        let late = provider.authorize("acme", ann(None)).unwrap();

        clock.advance(50);
        assert!(provider.exchange("acme", &presented(&early, HERE, None)).is_ok());
        clock.advance(10);
        assert!(refuses(&provider, "acme", &presented(&late, HERE, None)));
    }

    #[test]
    fn a_challenge_has_to_be_a_digest() {
        let provider = DevProvider::new(Clock::default());
        for challenge in
            ["", "short", VERIFIER.trim_end_matches('k'), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM"]
        {
            let refusal = provider.authorize("acme", ann(Some(challenge))).err();
            assert_eq!(refusal, Some(AuthorizationError::CodeChallenge), "{challenge}");
        }
    }

    #[test]
    fn codes_are_bounded() {
        let provider = DevProvider::new(Clock::default());
        let codes: Vec<Token> =
            (0..=CAPACITY).map(|_| provider.authorize("acme", ann(None)).unwrap()).collect();
        assert!(refuses(&provider, "acme", &presented(&codes[0], HERE, None)));
        assert!(provider.exchange("acme", &presented(&codes[1], HERE, None)).is_ok());
        assert!(provider.exchange("acme", &presented(&codes[CAPACITY], HERE, None)).is_ok());
    }
}
