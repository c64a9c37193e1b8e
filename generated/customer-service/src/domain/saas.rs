//! The SaaS token: a JSON Web Token that says which customer has logged in.
//!
//! Nothing here takes one, so it is signed and never read.

use std::sync::{PoisonError, RwLock};

use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;
use zeroize::Zeroizing;

use super::customer::CustomerNumber;
use super::error::Overloaded;
use super::options::TenantOptions;
use super::secret::Token;

/// A tenant's key of HS256.
pub struct SaasKey(RwLock<EncodingKey>);

#[derive(Serialize)]
struct Claims<'a> {
    sub: &'a str,
    exp: i64,
}

impl SaasKey {
    /// The key that the options name, or a random one of 256 bits.
    pub(super) fn new(options: &TenantOptions) -> Result<Self, getrandom::Error> {
        let mut octets = Zeroizing::new([0; 32]);
        getrandom::fill(octets.as_mut())?;
        let key = Self(RwLock::new(EncodingKey::from_secret(octets.as_ref())));
        key.configure(options);
        Ok(key)
    }

    /// Takes the key that the options name; without one it stays as it is.
    pub(super) fn configure(&self, options: &TenantOptions) {
        if let Some(secret) = &options.jwt_secret {
            let key = EncodingKey::from_secret(secret.expose());
            *self.0.write().unwrap_or_else(PoisonError::into_inner) = key;
        }
    }

    /// A token for a customer that expires then.
    pub fn sign(&self, customer: &CustomerNumber, expires: Timestamp) -> Result<Token, Overloaded> {
        // The contract's examples have no `typ`.
        let header = Header { typ: None, ..Header::new(Algorithm::HS256) };
        let claims = Claims { sub: customer.as_str(), exp: expires.as_second() };
        let key = self.0.read().unwrap_or_else(PoisonError::into_inner);
        match jsonwebtoken::encode(&header, &claims, &key) {
            Ok(text) => Ok(Token::new(text)),
            Err(error) => {
                tracing::error!(%error, "a SaaS token cannot be signed");
                Err(Overloaded)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use sha2::{Digest as _, Sha256};

    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn options(secret: &str) -> TenantOptions {
        TenantOptions { jwt_secret: Some(secret.to_owned().try_into().unwrap()), ..TenantOptions::default() }
    }

    /// RFC 2104, for keys of up to 64 octets.
    fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
        let pad = |with: u8| {
            let mut block = [with; 64];
            block.iter_mut().zip(key).for_each(|(octet, key)| *octet ^= key);
            block
        };
        let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
        Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
    }

    fn parts(token: &Token) -> [String; 3] {
        let parts: Vec<_> = token.expose().split('.').map(str::to_owned).collect();
        parts.try_into().unwrap()
    }

    fn text(part: &str) -> String {
        String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    }

    fn sign(key: &SaasKey) -> Token {
        key.sign(&CustomerNumber("12345678".to_owned()), Timestamp::from_second(1_700_000_000).unwrap())
            .unwrap()
    }

    #[test]
    fn a_token_has_the_bytes_of_the_contracts_examples() {
        let token = sign(&SaasKey::new(&options(SECRET)).unwrap());
        let [header, payload, signature] = parts(&token);
        assert_eq!(text(&header), r#"{"alg":"HS256"}"#);
        assert_eq!(text(&payload), r#"{"sub":"12345678","exp":1700000000}"#);
        let message = format!("{header}.{payload}");
        let expected = URL_SAFE_NO_PAD.encode(hmac(SECRET.as_bytes(), message.as_bytes()));
        assert_eq!(signature, expected);
    }

    #[test]
    fn every_tenant_has_a_key_of_its_own() {
        let plain = TenantOptions::default();
        let (one, other) = (SaasKey::new(&plain).unwrap(), SaasKey::new(&plain).unwrap());
        assert_ne!(sign(&one).expose(), sign(&other).expose());
    }

    #[test]
    fn options_without_a_key_keep_the_one_that_is_there() {
        let key = SaasKey::new(&TenantOptions::default()).unwrap();
        let random = sign(&key);
        key.configure(&TenantOptions::default());
        assert_eq!(sign(&key).expose(), random.expose());
        key.configure(&options(SECRET));
        assert_ne!(sign(&key).expose(), random.expose());
    }
}
