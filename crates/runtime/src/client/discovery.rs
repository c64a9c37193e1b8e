//! OpenID Connect Discovery 1.0: where an identity provider's tokens are fetched.

use std::fmt;
use std::time::Duration;

use http::header::ACCEPT;
use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;

use super::client_credentials::{TokenError, absolute};

/// A discovery document, read once.
pub(super) struct Discovery {
    url: String,
    /// Held while the document is read.
    read: Mutex<Option<Discovered>>,
}

/// What a discovery document says of tokens.
#[derive(Clone)]
pub(super) struct Discovered {
    /// Where they are fetched.
    pub(super) endpoint: Url,
    /// Whether the secret has to be in the body, because the header is not taken.
    pub(super) is_in_body: bool,
}

impl Discovery {
    pub(super) fn at(url: String) -> Self {
        Self { url, read: Mutex::new(None) }
    }

    /// What the document says; a relative URL of it is taken from where the request goes.
    pub(super) async fn read(
        &self,
        http: &reqwest::Client,
        request: &str,
        timeout: Duration,
    ) -> Result<Discovered, TokenError> {
        let mut read = self.read.lock().await;
        if let Some(discovered) = &*read {
            return Ok(discovered.clone());
        }
        let url = absolute(&self.url, request)?;
        let is_private = url.scheme() == "https";
        let failed = |error: reqwest::Error| TokenError::Transport(error.without_url());
        let asked = http.get(url).timeout(timeout).header(ACCEPT, "application/json");
        let response = asked.send().await.map_err(failed)?;
        let status = response.status();
        let octets = response.bytes().await.map_err(failed)?;
        if !status.is_success() {
            return Err(TokenError::Discovery(status.as_u16()));
        }
        let metadata: Metadata = serde_json::from_slice(&octets).map_err(|_| TokenError::NoEndpoint)?;
        let endpoint = Url::parse(&metadata.token_endpoint).ok();
        // A secret goes over no connection that is less private than the one that named its place.
        let endpoint =
            endpoint.filter(|url| url.scheme() == "https" || (url.scheme() == "http" && !is_private));
        let endpoint = endpoint.ok_or(TokenError::NoEndpoint)?;
        let takes = |method: &str| {
            metadata.token_endpoint_auth_methods_supported.iter().flatten().any(|known| known == method)
        };
        let is_in_body = takes("client_secret_post") && !takes("client_secret_basic");
        let discovered = Discovered { endpoint, is_in_body };
        *read = Some(discovered.clone());
        Ok(discovered)
    }

    /// Has the document read again for the next token.
    pub(super) async fn forget(&self) {
        *self.read.lock().await = None;
    }
}

impl fmt::Debug for Discovery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.url.fmt(formatter)
    }
}

/// The members of a discovery document that matter here.
#[derive(Deserialize)]
struct Metadata {
    token_endpoint: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}
