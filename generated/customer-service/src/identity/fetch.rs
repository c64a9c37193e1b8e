//! Requests to identity providers: no redirects, no waiting for ever, no endless answers.

use std::pin::Pin;
use std::time::Duration;

use http::StatusCode;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::redirect;

/// How long a provider may take for one answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Octets of an answer; key sets and tokens are much smaller.
const LONGEST: usize = 256 * 1024;

/// Sends requests. A clone shares the connections.
#[derive(Clone)]
pub(super) struct Fetch {
    client: reqwest::Client,
    https_only: bool,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum FetchError {
    #[error("no connection, or none that holds")]
    Connection,
    #[error("no answer in time")]
    Timeout,
    #[error("an answer without end")]
    TooLong,
    #[error("status {0}")]
    Status(StatusCode),
    #[error("no HTTPS")]
    Plain,
}

impl Fetch {
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            // A redirect would carry the client's secret to where nobody configured.
            .redirect(redirect::Policy::none())
            .timeout(TIMEOUT)
            .build()?;
        Ok(Self { client, https_only: true })
    }

    /// The same for a provider that has no HTTPS itself.
    pub(super) fn or_plain(self) -> Self {
        Self { https_only: false, ..self }
    }

    /// An answer that says that the provider has trouble is no answer.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, FetchError> {
        if self.https_only && request.uri().scheme_str() != Some("https") {
            return Err(FetchError::Plain);
        }
        let request = reqwest::Request::try_from(request).map_err(|_| FetchError::Connection)?;
        let mut response = self.client.execute(request).await.map_err(|error| failure(&error))?;
        let status = response.status();
        if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
            return Err(FetchError::Status(status));
        }
        let headers = std::mem::take(response.headers_mut());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failure(&error))? {
            if body.len() + chunk.len() > LONGEST {
                return Err(FetchError::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        let mut answer = HttpResponse::new(body);
        *answer.status_mut() = status;
        *answer.headers_mut() = headers;
        Ok(answer)
    }
}

impl<'c> AsyncHttpClient<'c> for Fetch {
    type Error = FetchError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, FetchError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// The error's own text is not used: it holds the URL.
fn failure(error: &reqwest::Error) -> FetchError {
    if error.is_timeout() { FetchError::Timeout } else { FetchError::Connection }
}
