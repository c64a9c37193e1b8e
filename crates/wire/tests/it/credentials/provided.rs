//! Providers of the caller's own: what they see, and what they answer to a challenge.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use credentials::client::{Client, Error};
use credentials::operations::{DIGEST_SCHEME, OAUTH};
use specwright_runtime::client::{Credential, CredentialProvider, CredentialRequest, ProviderError};

use super::tokens::{Gate, serve};

/// Answers the challenge of a 401.
#[derive(Clone, Default)]
struct Challenged(Arc<Mutex<Vec<String>>>);

impl CredentialProvider for Challenged {
    async fn credential(&self, request: CredentialRequest<'_>) -> Result<Credential, ProviderError> {
        let challenge = request.refused().and_then(|refused| refused.challenges.first().cloned());
        let path = request.url().rsplit_once('/').map_or("", |(_, path)| path).to_owned();
        let seen = format!("{} {path} {:?} {challenge:?}", request.method(), request.body());
        self.0.lock().expect("no poisoned lock").push(seen);
        Ok(Credential::token(challenge.unwrap_or_else(|| "guess".to_owned())))
    }
}

#[tokio::test]
async fn a_challenge_is_answered_once() {
    let gate = Gate::open_to("digest digest nonce=1");
    let provider = Challenged::default();
    let client = Client::builder().base_url(serve(&gate).await).provider(&DIGEST_SCHEME, provider.clone());
    client.build().expect("a client").doors().digest().await.expect("open");
    assert_eq!(gate.calls(), ["GET /digest digest guess", "GET /digest digest digest nonce=1"]);
    assert_eq!(
        *provider.0.lock().expect("no poisoned lock"),
        ["GET digest None None", "GET digest None Some(\"digest nonce=1\")"]
    );
}

/// Gives one credential after the other.
struct Counter(AtomicUsize);

impl CredentialProvider for Counter {
    async fn credential(&self, _: CredentialRequest<'_>) -> Result<Credential, ProviderError> {
        Ok(Credential::token(self.0.fetch_add(1, Ordering::Relaxed).to_string()))
    }
}

#[tokio::test]
async fn a_call_is_repeated_once_with_its_body() {
    let gate = Gate::open_to("Bearer 5");
    let client =
        Client::builder().base_url(serve(&gate).await).provider(&OAUTH, Counter(AtomicUsize::new(1)));
    let client = client.build().expect("a client");
    assert!(matches!(client.doors().write("a body").await, Err(Error::Api(_))));
    assert_eq!(gate.calls(), ["POST /oauth Bearer 1 a body", "POST /oauth Bearer 2 a body"]);
    let client = client.with_provider(&OAUTH, Counter(AtomicUsize::new(4)));
    client.doors().write("b").await.expect("open");
    assert_eq!(gate.calls(), ["POST /oauth Bearer 4 b", "POST /oauth Bearer 5 b"]);
}

#[tokio::test]
async fn a_fixed_credential_is_sent_once() {
    let gate = Gate::open_to("Bearer 5");
    let client = Client::builder().base_url(serve(&gate).await).oauth("1").build().expect("a client");
    assert!(matches!(client.doors().write("a").await, Err(Error::Api(_))));
    assert_eq!(gate.calls(), ["POST /oauth Bearer 1 a"]);
}

/// Has none.
struct Nothing;

impl CredentialProvider for Nothing {
    async fn credential(&self, _: CredentialRequest<'_>) -> Result<Credential, ProviderError> {
        Err(std::io::Error::other("the vault is locked").into())
    }
}

#[tokio::test]
async fn a_providers_error_is_the_calls() {
    let gate = Gate::open_to("Bearer 5");
    let client = Client::builder().base_url(serve(&gate).await).provider(&OAUTH, Nothing).build();
    let error = client.expect("a client").doors().read().await.expect_err("no credential");
    assert_eq!(error.to_string(), "read: no credential for `oauth`: the vault is locked");
    let Error::Credential { source, scheme: "oauth", .. } = error else { panic!("{error:?}") };
    assert!(source.downcast_ref::<std::io::Error>().is_some());
    assert_eq!(gate.calls(), [""; 0]);
}
