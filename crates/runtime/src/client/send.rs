//! Sending: credentials, the request, and once more where a credential is refused.

use std::convert::Infallible;
use std::time::Duration;

use http::StatusCode;
use http::header::{ACCEPT, HeaderMap, HeaderValue, USER_AGENT, WWW_AUTHENTICATE};

use super::core::Core;
use super::credential::{self, Credential, Given};
use super::encoder::Encoded;
use super::error::Error;
use super::provider::{CredentialRequest, Refused};
use super::reply::Reply;
use crate::{Operation, Scheme, SchemeUse};

/// Why nothing came back. It is the same for every operation, and so is the code here.
type Failed = Error<Infallible>;

/// A credential that goes with a request.
type Sent = (&'static Scheme, Credential);

/// A call, but for its request.
pub(super) struct Sending<'a> {
    pub(super) core: &'a Core,
    pub(super) operation: &'static Operation,
    pub(super) timeout: Option<Duration>,
    /// Headers in place of what the client would send.
    pub(super) headers: HeaderMap,
}

impl Sending<'_> {
    /// Sends the request, and once more with other credentials where it is answered with 401 and a
    /// provider has them.
    pub(super) async fn exchange(&self, encoded: Encoded) -> Result<Reply, Failed> {
        let operation = self.operation;
        let Some(schemes) = credential::alternative(operation, &self.core.credentials) else {
            return Err(Error::MissingCredential { operation });
        };
        let plain = self.url(&encoded)?;
        let credentials = self.credentials(schemes, &plain, &encoded, None).await?;
        let answer = self.execute(&encoded, &credentials).await?;
        let is_repeatable = encoded.body.as_ref().is_none_or(|body| body.octets().is_some());
        let is_provided = schemes
            .iter()
            .any(|used| matches!(self.core.credentials.get(used.scheme.name), Some(Given::Provided(_))));
        if answer.status() == StatusCode::UNAUTHORIZED && is_repeatable && is_provided {
            let challenges = answer.headers().get_all(WWW_AUTHENTICATE).iter();
            let challenges: Vec<String> =
                challenges.filter_map(|value| value.to_str().ok()).map(str::to_owned).collect();
            let refused = Some((credentials.as_slice(), challenges.as_slice()));
            let others = self.credentials(schemes, &plain, &encoded, refused).await?;
            if others != credentials {
                drop(answer);
                let answer = self.execute(&encoded, &others).await?;
                return self.receive(answer).await;
            }
        }
        self.receive(answer).await
    }

    /// The credentials of an alternative; with those that were refused, and what was asked for instead.
    async fn credentials(
        &self,
        schemes: &'static [SchemeUse],
        url: &str,
        encoded: &Encoded,
        refused: Option<(&[Sent], &[String])>,
    ) -> Result<Vec<Sent>, Failed> {
        let operation = self.operation;
        let body = encoded.body.as_ref().and_then(|body| body.octets());
        let mut credentials = Vec::new();
        for used in schemes {
            let SchemeUse { scheme, scopes } = *used;
            match self.core.credentials.get(scheme.name) {
                Some(Given::Fixed(credential)) => credentials.push((scheme, credential.clone())),
                Some(Given::Provided(provider)) => {
                    let refused = refused.and_then(|(sent, challenges)| {
                        let (_, credential) = sent.iter().find(|(of, _)| of.name == scheme.name)?;
                        Some(Refused { credential, challenges })
                    });
                    let http = &self.core.shared.http;
                    let body = body.map(|octets| &**octets);
                    let asked = CredentialRequest { operation, scheme, scopes, url, body, http, refused };
                    let credential = provider.ask(asked).await;
                    let failed = |source| Error::Credential { operation, scheme: scheme.name, source };
                    credentials.push((scheme, credential.map_err(failed)?));
                }
                Some(Given::Connection) | None => {}
            }
        }
        Ok(credentials)
    }

    fn url(&self, encoded: &Encoded) -> Result<String, Failed> {
        let operation = self.operation;
        self.core.url(operation, encoded).map_err(|source| Error::BaseUrl { operation, source })
    }

    async fn execute(&self, encoded: &Encoded, credentials: &[Sent]) -> Result<reqwest::Response, Failed> {
        let request = self.request(encoded, credentials)?;
        let answer = self.core.shared.http.execute(request).await;
        answer.map_err(|error| transport(self.operation, error))
    }

    /// The request with the credentials that the client has.
    #[cfg(all(feature = "testing", feature = "server"))]
    pub(super) fn prepare(&self, encoded: &Encoded) -> Result<reqwest::Request, Failed> {
        let operation = self.operation;
        let given = &self.core.credentials;
        let Some(schemes) = credential::alternative(operation, given) else {
            return Err(Error::MissingCredential { operation });
        };
        let fixed = schemes.iter().filter_map(|used| match given.get(used.scheme.name) {
            Some(Given::Fixed(credential)) => Some((used.scheme, credential.clone())),
            _ => None,
        });
        self.request(encoded, &fixed.collect::<Vec<_>>())
    }

    fn request(&self, encoded: &Encoded, credentials: &[Sent]) -> Result<reqwest::Request, Failed> {
        let operation = self.operation;
        let mut encoded = encoded.clone();
        if credential::write(credentials, &mut encoded.headers, &mut encoded.query).is_err() {
            return Err(Error::MissingCredential { operation });
        }
        let url = self.url(&encoded)?;
        let mut headers = HeaderMap::new();
        if let Some(user_agent) = &self.core.shared.user_agent {
            headers.insert(USER_AGENT, user_agent.clone());
        }
        if let Some(accept) = accept(operation) {
            headers.insert(ACCEPT, accept);
        }
        overlay(&mut headers, &encoded.headers);
        overlay(&mut headers, &self.headers);
        let mut request = self.core.shared.http.request(operation.method.clone(), url);
        request = request.headers(headers);
        if let Some(timeout) = self.timeout {
            request = request.timeout(timeout);
        }
        if let Some(body) = encoded.body {
            request = match body.octets() {
                Some(octets) => request.body(octets.clone()),
                None => request.body(reqwest::Body::wrap(body)),
            };
        }
        request.build().map_err(|error| transport(operation, error))
    }

    async fn receive(&self, response: reqwest::Response) -> Result<Reply, Failed> {
        let operation = self.operation;
        Reply::receive(operation, response).await.map_err(|error| transport(operation, error))
    }
}

/// What the operation's answers may be, in document order, successes first.
fn accept(operation: &Operation) -> Option<HeaderValue> {
    let produces = operation.produces;
    let media_types: Vec<&str> = produces.successes.iter().chain(produces.errors).copied().collect();
    HeaderValue::from_str(&media_types.join(", ")).ok().filter(|value| !value.is_empty())
}

/// Headers of `over` take the place of those of the same name.
fn overlay(headers: &mut HeaderMap, over: &HeaderMap) {
    for name in over.keys() {
        headers.remove(name);
        for value in over.get_all(name) {
            headers.append(name.clone(), value.clone());
        }
    }
}

fn transport(operation: &'static Operation, error: reqwest::Error) -> Failed {
    if error.is_timeout() {
        Error::Timeout { operation }
    } else {
        Error::Transport { operation, source: error.without_url() }
    }
}
