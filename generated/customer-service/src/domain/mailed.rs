//! Tokens that are mailed: single use, for one purpose of one account.

use std::collections::HashMap;

use jiff::Timestamp;

use super::customer::{AccountId, CustomerNumber};
use super::email::Email;
use super::secret::{Digest, Token};
use super::tenant::shrink;

/// What a mailed token is redeemed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Purpose {
    Activation,
    PasswordReset,
    EmailChange,
    Deletion,
}

/// A mailed token as it is stored.
#[derive(Clone, Debug)]
pub(super) struct MailedToken {
    pub(super) purpose: Purpose,
    pub(super) customer: CustomerNumber,
    pub(super) account: AccountId,
    pub(super) expires: Timestamp,
    /// What an e-mail change is about.
    pub(super) change: Option<EmailChange>,
}

/// The e-mail change that a token confirms.
#[derive(Clone, Debug)]
pub(super) struct EmailChange {
    pub(super) new_email: Email,
    pub(super) sync_contact_email: bool,
}

/// All mailed tokens of a tenant.
///
/// Invariant: `newest` names exactly the tokens in `tokens`; an account has one for a purpose.
#[derive(Default)]
pub(super) struct MailedTokens {
    // The purpose is part of the key, so that no token is redeemed for another one.
    tokens: HashMap<(Purpose, Digest), MailedToken>,
    newest: HashMap<(Purpose, AccountId), Digest>,
}

impl MailedTokens {
    /// Issues a token, and voids older ones of the same purpose and account.
    pub(super) fn issue(&mut self, token: MailedToken) -> Result<Token, getrandom::Error> {
        let issued = Token::random::<48>()?;
        let digest = issued.digest();
        let purpose = token.purpose;
        if let Some(older) = self.newest.insert((purpose, token.account), digest) {
            self.tokens.remove(&(purpose, older));
        }
        self.tokens.insert((purpose, digest), token);
        Ok(issued)
    }

    /// A live token of that purpose. It stays as it is.
    pub(super) fn peek(&self, now: Timestamp, purpose: Purpose, token: &Token) -> Option<&MailedToken> {
        self.tokens.get(&(purpose, token.digest())).filter(|found| now < found.expires)
    }

    /// Takes a live token of that purpose, once.
    pub(super) fn redeem(&mut self, now: Timestamp, purpose: Purpose, token: &Token) -> Option<MailedToken> {
        self.peek(now, purpose, token)?;
        let redeemed = self.tokens.remove(&(purpose, token.digest()))?;
        self.newest.remove(&(purpose, redeemed.account));
        Some(redeemed)
    }

    /// Voids the tokens that the closure selects.
    pub(super) fn void(&mut self, selected: impl Fn(&MailedToken) -> bool) {
        self.keep(|token| !selected(token));
    }

    /// Forgets tokens that have expired.
    pub(super) fn sweep(&mut self, now: Timestamp) {
        self.keep(|token| now < token.expires);
        shrink(&mut self.tokens);
        shrink(&mut self.newest);
    }

    fn keep(&mut self, kept: impl Fn(&MailedToken) -> bool) {
        let newest = &mut self.newest;
        self.tokens.retain(|_, token| {
            let keep = kept(token);
            if !keep {
                newest.remove(&(token.purpose, token.account));
            }
            keep
        });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::domain::clock::later;

    fn mailed(purpose: Purpose, account: u64, expires: Timestamp) -> MailedToken {
        let customer = CustomerNumber(format!("1000000{account}"));
        MailedToken { purpose, customer, account: AccountId(account), expires, change: None }
    }

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn a_token_is_64_characters_and_redeemed_once() {
        let mut tokens = MailedTokens::default();
        let token = tokens.issue(mailed(Purpose::PasswordReset, 1, later(NOW, 60))).unwrap();
        assert_eq!(token.expose().len(), 64);
        assert!(tokens.peek(NOW, Purpose::PasswordReset, &token).is_some());
        assert_eq!(tokens.redeem(NOW, Purpose::PasswordReset, &token).unwrap().account, AccountId(1));
        assert!(tokens.redeem(NOW, Purpose::PasswordReset, &token).is_none());
    }

    #[test]
    fn a_token_serves_one_purpose() {
        let mut tokens = MailedTokens::default();
        let token = tokens.issue(mailed(Purpose::Activation, 1, later(NOW, 60))).unwrap();
        for other in [Purpose::PasswordReset, Purpose::EmailChange, Purpose::Deletion] {
            assert!(tokens.redeem(NOW, other, &token).is_none());
        }
        assert!(tokens.redeem(NOW, Purpose::Activation, &token).is_some());
    }

    #[test]
    fn a_newer_token_voids_the_older_one_of_its_account_and_purpose() {
        let mut tokens = MailedTokens::default();
        let expires = later(NOW, 60);
        let older = tokens.issue(mailed(Purpose::PasswordReset, 1, expires)).unwrap();
        let other_account = tokens.issue(mailed(Purpose::PasswordReset, 2, expires)).unwrap();
        let other_purpose = tokens.issue(mailed(Purpose::Deletion, 1, expires)).unwrap();
        let newer = tokens.issue(mailed(Purpose::PasswordReset, 1, expires)).unwrap();
        assert!(tokens.redeem(NOW, Purpose::PasswordReset, &older).is_none());
        assert!(tokens.redeem(NOW, Purpose::PasswordReset, &other_account).is_some());
        assert!(tokens.redeem(NOW, Purpose::Deletion, &other_purpose).is_some());
        assert!(tokens.redeem(NOW, Purpose::PasswordReset, &newer).is_some());
    }

    #[test]
    fn an_expired_token_is_refused_and_swept() {
        let mut tokens = MailedTokens::default();
        let expires = later(NOW, 60);
        let token = tokens.issue(mailed(Purpose::Activation, 1, expires)).unwrap();
        assert!(tokens.redeem(expires, Purpose::Activation, &token).is_none());
        tokens.issue(mailed(Purpose::Deletion, 1, later(expires, 1))).unwrap();
        tokens.sweep(expires);
        assert_eq!((tokens.tokens.len(), tokens.newest.len()), (1, 1));
    }

    #[test]
    fn selected_tokens_are_void() {
        let mut tokens = MailedTokens::default();
        let expires = later(NOW, 60);
        let one = tokens.issue(mailed(Purpose::EmailChange, 1, expires)).unwrap();
        let two = tokens.issue(mailed(Purpose::EmailChange, 2, expires)).unwrap();
        tokens.void(|token| token.account == AccountId(1));
        assert!(tokens.redeem(NOW, Purpose::EmailChange, &one).is_none());
        assert!(tokens.redeem(NOW, Purpose::EmailChange, &two).is_some());
    }
}
