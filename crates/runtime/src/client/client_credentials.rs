//! OAuth 2.0 client credentials: RFC 6749, section 4.4.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::credential::Credential;
use super::discovery::{Discovered, Discovery};
use super::provider::{CredentialProvider, CredentialRequest, ProviderError};
use crate::{Scheme, Secret, percent};

/// How long before its end a token is no longer used.
const MARGIN: Duration = Duration::from_secs(30);
/// How long the token endpoint may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Fetches access tokens for a client's own id and secret, keeps each until shortly before it ends or
/// until it is refused, and fetches each once, however many calls wait for it.
///
/// ```text
/// Client::builder().provider(&operations::OAUTH, ClientCredentials::of(&operations::OAUTH, "id", "secret"))
/// ```
#[derive(Clone)]
pub struct ClientCredentials {
    source: Source,
    id: String,
    secret: Secret,
    is_in_body: bool,
    scopes: Option<Vec<String>>,
    parameters: Vec<(String, String)>,
    margin: Duration,
    timeout: Duration,
    http: Option<reqwest::Client>,
    tokens: Arc<Mutex<BTreeMap<String, Arc<Slot>>>>,
}

/// What says where tokens are.
#[derive(Clone, Debug)]
enum Source {
    /// The contract names no URL.
    Nothing,
    /// The token endpoint's URL.
    Endpoint(String),
    /// A discovery document of OpenID Connect.
    Discovery(Arc<Discovery>),
}

/// The token for some scopes.
#[derive(Default)]
struct Slot {
    /// Held while a token is fetched.
    state: tokio::sync::Mutex<State>,
    /// How many fetches have ended.
    fetches: AtomicU64,
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    failure: Option<Arc<TokenError>>,
}

struct Token {
    credential: Credential,
    /// When it is to be renewed.
    stale: Option<Instant>,
}

impl ClientCredentials {
    /// With tokens of this URL.
    pub fn new(token_url: impl Into<String>, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::with(Source::Endpoint(token_url.into()), id.into(), secret.into())
    }

    /// With tokens of the URL that OpenID Connect's discovery document at this URL names. It is read when
    /// the first token is fetched, and anew after a fetch that failed.
    pub fn discovered(url: impl Into<String>, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::with(Source::Discovery(Arc::new(Discovery::at(url.into()))), id.into(), secret.into())
    }

    /// With tokens of the URL that the contract names for a scheme: itself, or by a discovery document.
    pub fn of(scheme: &'static Scheme, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        match (scheme.token_url, scheme.discovery_url) {
            (Some(url), _) => Self::new(url, id, secret),
            (None, Some(url)) => Self::discovered(url, id, secret),
            (None, None) => Self::with(Source::Nothing, id.into(), secret.into()),
        }
    }

    fn with(source: Source, id: String, secret: Secret) -> Self {
        Self {
            source,
            id,
            secret,
            is_in_body: false,
            scopes: None,
            parameters: Vec::new(),
            margin: MARGIN,
            timeout: TIMEOUT,
            http: None,
            tokens: Arc::default(),
        }
    }

    /// With these scopes, whatever operations ask for. Otherwise each token is for those that the
    /// operation asks for.
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// With id and secret in the body, as `client_secret_post` has it. Otherwise they are in the header
    /// `Authorization`, as `client_secret_basic` has it, but where a discovery document wants them in the
    /// body.
    #[must_use]
    pub fn secret_in_body(mut self) -> Self {
        self.is_in_body = true;
        self
    }

    /// With a further parameter of the token request, such as `audience`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// How long before its end a token is no longer used: 30 seconds, and never more than half of its
    /// time.
    #[must_use]
    pub fn margin(mut self, margin: Duration) -> Self {
        self.margin = margin;
        self
    }

    /// How long the token endpoint may take: 30 seconds.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The HTTP client that tokens are fetched with. Otherwise it is the one that calls are made with.
    #[must_use]
    pub fn http(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    async fn token(&self, request: CredentialRequest<'_>) -> Result<Credential, Arc<TokenError>> {
        let scope = match &self.scopes {
            Some(scopes) => scopes.join(" "),
            None => request.scopes().join(" "),
        };
        let slot = {
            let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(tokens.entry(scope.clone()).or_default())
        };
        let before = slot.fetches.load(Ordering::Acquire);
        let mut state = slot.state.lock().await;
        let is_refused =
            |token: &Token| request.refused().is_some_and(|refused| *refused.credential == token.credential);
        let is_fresh = |token: &&Token| token.stale.is_none_or(|stale| Instant::now() < stale);
        if let Some(token) = state.token.as_ref().filter(is_fresh).filter(|token| !is_refused(token)) {
            return Ok(token.credential.clone());
        }
        // Whoever waited for a fetch has its failure too.
        let is_news = slot.fetches.load(Ordering::Acquire) > before;
        if let Some(failure) = state.failure.as_ref().filter(|_| is_news) {
            return Err(Arc::clone(failure));
        }
        let fetched = self.fetch(request, &scope).await.map_err(Arc::new);
        slot.fetches.fetch_add(1, Ordering::AcqRel);
        state.failure = fetched.as_ref().err().cloned();
        let token = fetched?;
        let credential = token.credential.clone();
        state.token = Some(token);
        Ok(credential)
    }

    async fn fetch(&self, request: CredentialRequest<'_>, scope: &str) -> Result<Token, TokenError> {
        let http = self.http.as_ref().unwrap_or(request.http());
        let Discovered { endpoint, is_in_body } = match &self.source {
            Source::Nothing => return Err(TokenError::Url(String::new())),
            Source::Endpoint(url) => {
                Discovered { endpoint: absolute(url, request.url())?, is_in_body: false }
            }
            Source::Discovery(discovery) => discovery.read(http, request.url(), self.timeout).await?,
        };
        let fetched = self.ask(http, endpoint, self.is_in_body || is_in_body, scope).await;
        if let (Err(_), Source::Discovery(discovery)) = (&fetched, &self.source) {
            discovery.forget().await;
        }
        fetched
    }

    async fn ask(
        &self,
        http: &reqwest::Client,
        endpoint: Url,
        is_in_body: bool,
        scope: &str,
    ) -> Result<Token, TokenError> {
        let mut form = vec![("grant_type", "client_credentials")];
        if !scope.is_empty() {
            form.push(("scope", scope));
        }
        if is_in_body {
            form.extend([("client_id", self.id.as_str()), ("client_secret", self.secret.expose())]);
        }
        form.extend(self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let form = form
            .iter()
            .map(|(name, value)| format!("{}={}", percent::encode_form(name), percent::encode_form(value)));
        let body = form.collect::<Vec<_>>().join("&");
        let mut asked = http
            .post(endpoint)
            .timeout(self.timeout)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body);
        if !is_in_body {
            let (id, secret) = (percent::encode_form(&self.id), percent::encode_form(self.secret.expose()));
            let text = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
            if let Ok(mut value) = HeaderValue::from_str(&text) {
                value.set_sensitive(true);
                asked = asked.header(AUTHORIZATION, value);
            }
        }
        let failed = |error: reqwest::Error| TokenError::Transport(error.without_url());
        let asked_at = Instant::now();
        let response = asked.send().await.map_err(failed)?;
        let status = response.status();
        let octets = response.bytes().await.map_err(failed)?;
        if !status.is_success() {
            let refusal: Refusal = serde_json::from_slice(&octets).unwrap_or_default();
            let Refusal { error, error_description: description } = refusal;
            return Err(TokenError::Refused { status: status.as_u16(), error, description });
        }
        let answer: Answer = serde_json::from_slice(&octets).map_err(|_| TokenError::Unreadable)?;
        if !answer.token_type.eq_ignore_ascii_case("bearer") || answer.access_token.is_empty() {
            return Err(TokenError::Unreadable);
        }
        let lifetime = answer.expires_in.as_ref().and_then(seconds);
        let fresh = |lifetime: Duration| lifetime.saturating_sub(self.margin.min(lifetime / 2));
        let stale = lifetime.and_then(|lifetime| asked_at.checked_add(fresh(lifetime)));
        Ok(Token { credential: Credential::token(answer.access_token), stale })
    }
}

/// A URL of the contract; a relative one is taken from where the request goes.
pub(super) fn absolute(text: &str, request: &str) -> Result<Url, TokenError> {
    let url = Url::parse(text).or_else(|_| Url::parse(request).and_then(|base| base.join(text)));
    let url = url.ok().filter(|url| !text.is_empty() && matches!(url.scheme(), "http" | "https"));
    url.ok_or_else(|| TokenError::Url(text.to_owned()))
}

impl CredentialProvider for ClientCredentials {
    async fn credential(&self, request: CredentialRequest<'_>) -> Result<Credential, ProviderError> {
        self.token(request).await.map_err(|error| ProviderError::shared(error))
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientCredentials")
            .field("source", &self.source)
            .field("id", &self.id)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// Seconds as a number, or as text, which some endpoints write.
fn seconds(value: &Value) -> Option<Duration> {
    let seconds = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.parse().ok()?,
        _ => return None,
    };
    Duration::try_from_secs_f64(seconds).ok()
}

/// Why there is no token.
#[derive(Debug)]
#[non_exhaustive]
pub enum TokenError {
    /// The contract names no token URL, or this, which is none for HTTP.
    Url(String),
    /// The URL of the discovery document answered with this status.
    Discovery(u16),
    /// The discovery document names no token endpoint that a secret may be sent to.
    NoEndpoint,
    /// The token endpoint refused.
    Refused {
        /// The status.
        status: u16,
        /// `error`, such as `invalid_client`.
        error: Option<String>,
        /// `error_description`
        description: Option<String>,
    },
    /// The answer is not one with a bearer token.
    Unreadable,
    /// The connection failed, or no answer came in time.
    Transport(reqwest::Error),
}

impl fmt::Display for TokenError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(url) if url.is_empty() => formatter.write_str("the contract names no token URL"),
            Self::Url(url) => write!(formatter, "`{url}` is not a token URL"),
            Self::Discovery(status) => write!(formatter, "the discovery document's URL answered {status}"),
            Self::NoEndpoint => formatter.write_str("the discovery document names no token endpoint to use"),
            Self::Refused { status, error, description } => {
                write!(formatter, "the token endpoint answered {status}")?;
                let said = error.iter().chain(description);
                said.into_iter().try_for_each(|text| write!(formatter, ": {text}"))
            }
            Self::Unreadable => formatter.write_str("the token endpoint's answer has no bearer token"),
            Self::Transport(error) => write!(formatter, "no token was fetched: {error}"),
        }
    }
}

impl std::error::Error for TokenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            _ => None,
        }
    }
}

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    token_type: String,
    #[serde(default)]
    expires_in: Option<Value>,
}

#[derive(Default, Deserialize)]
struct Refusal {
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    error_description: Option<String>,
}
