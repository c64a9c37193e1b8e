//! Passwords and tokens: wiped when they are dropped, and shown nowhere.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// A password as it was typed.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// The password that was typed.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Its text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(..)")
    }
}

/// An opaque token: access, refresh, mailed, or a code of an identity provider.
#[derive(Clone)]
pub struct Token(Zeroizing<String>);

impl Token {
    /// A token that somebody presents.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// A new token of so many octets from the system's random source.
    ///
    /// # Errors
    ///
    /// When the system has no randomness to give.
    pub fn random<const OCTETS: usize>() -> Result<Self, getrandom::Error> {
        let mut octets = Zeroizing::new([0; OCTETS]);
        getrandom::fill(octets.as_mut())?;
        Ok(Self::new(URL_SAFE_NO_PAD.encode(octets.as_ref())))
    }

    /// Its text.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is stored and looked up in its place.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token(..)")
    }
}

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of a text that is too long, or too secret, to be stored.
    pub(super) fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Digest(..)")
    }
}
