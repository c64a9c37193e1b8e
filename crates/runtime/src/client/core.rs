//! What every call of a client shares.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use http::header::HeaderValue;
use url::Url;

use super::base::{self, BuildError};
use super::call::{Call, Request};
use super::credential::{Credential, Credentials, Given};
use super::encoder::{self, Encoded};
use super::provider::CredentialProvider;
use crate::{Operation, Scheme, Server};

/// What every call of a client shares. Cloning it is cheap.
#[derive(Clone, Debug)]
pub struct Core {
    pub(super) shared: Arc<Shared>,
    pub(super) credentials: Arc<Credentials>,
    /// The whole URL that requests go to, in place of a base and the operation's path.
    target: Option<Arc<Url>>,
}

#[derive(Debug)]
pub(super) struct Shared {
    pub(super) http: reqwest::Client,
    pub(super) timeout: Option<Duration>,
    pub(super) user_agent: Option<HeaderValue>,
    base: Base,
    variables: BTreeMap<String, String>,
}

#[derive(Debug)]
enum Base {
    /// The caller's, which holds for every operation.
    Given(String),
    /// The document's, which an operation's own servers override. `None`: only such operations can
    /// be called.
    Document(Option<String>),
}

impl Core {
    /// Begins a client of a contract with these servers.
    pub fn builder(servers: &'static [Server]) -> CoreBuilder {
        CoreBuilder {
            servers,
            base_url: None,
            server: None,
            variables: BTreeMap::new(),
            timeout: None,
            http: None,
            user_agent: None,
            credentials: BTreeMap::new(),
            is_sender: false,
        }
    }

    /// Begins what sends webhooks and callbacks: it has no base URL, and each target is given.
    pub fn sender() -> CoreBuilder {
        CoreBuilder { is_sender: true, ..Self::builder(&[]) }
    }

    /// What sends to this URL, whatever the operation's path.
    pub fn to(&self, url: &str) -> Result<Self, BuildError> {
        Ok(Self { target: Some(Arc::new(base::target(url)?)), ..self.clone() })
    }

    /// The same client with a credential for a scheme.
    #[must_use]
    pub fn with_credential(&self, scheme: &'static Scheme, credential: Credential) -> Self {
        let mut credentials = (*self.credentials).clone();
        credentials.insert(scheme.name, Given::Fixed(credential));
        Self { credentials: Arc::new(credentials), ..self.clone() }
    }

    /// The same client with a provider for a scheme.
    #[must_use]
    pub fn with_provider(&self, scheme: &'static Scheme, provider: impl CredentialProvider) -> Self {
        let mut credentials = (*self.credentials).clone();
        credentials.insert(scheme.name, Given::Provided(Arc::new(provider)));
        Self { credentials: Arc::new(credentials), ..self.clone() }
    }

    /// A call that is ready to be sent.
    pub fn call<R: Request>(&self, request: R) -> Call<'_, R> {
        Call::new(self, request)
    }

    /// The URL of a request.
    pub(super) fn url(&self, operation: &Operation, encoded: &Encoded) -> Result<String, BuildError> {
        let Some(target) = &self.target else { return Ok(encoder::url(&self.base_url(operation)?, encoded)) };
        let query = target.query().filter(|query| !query.is_empty());
        let query: Vec<&str> = query.into_iter().chain(encoded.query.iter().map(String::as_str)).collect();
        let mut url = Url::clone(target);
        url.set_query((!query.is_empty()).then(|| query.join("&")).as_deref());
        Ok(url.into())
    }

    fn base_url(&self, operation: &Operation) -> Result<String, BuildError> {
        let shared = &self.shared;
        match (&shared.base, operation.servers.first()) {
            (Base::Document(document), Some(server)) => {
                base::of_operation(server, &shared.variables, document.as_deref())
            }
            (Base::Given(base) | Base::Document(Some(base)), _) => Ok(base.clone()),
            (Base::Document(None), None) => Err(BuildError::NoBaseUrl),
        }
    }
}

/// The makings of a [`Core`].
#[derive(Clone, Debug)]
#[must_use]
pub struct CoreBuilder {
    servers: &'static [Server],
    base_url: Option<String>,
    server: Option<usize>,
    variables: BTreeMap<String, String>,
    timeout: Option<Duration>,
    http: Option<reqwest::Client>,
    user_agent: Option<String>,
    credentials: Credentials,
    is_sender: bool,
}

impl CoreBuilder {
    /// The URL that paths are appended to, for every operation. Without one, the first of the
    /// document's servers is taken, or an operation's own.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The document's server of this index, for every operation.
    pub fn server(mut self, index: usize) -> Self {
        self.server = Some(index);
        self
    }

    /// A variable of the servers' URLs.
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// How long a call may take, from sending to the end of the response. Without one, as long as it
    /// takes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The HTTP client that requests are sent with. Without one, a plain one that follows no
    /// redirects.
    pub fn http(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// `User-Agent`; `specwright` unless an HTTP client is given.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// A credential for a scheme.
    pub fn credential(mut self, scheme: &'static Scheme, credential: Credential) -> Self {
        self.credentials.insert(scheme.name, Given::Fixed(credential));
        self
    }

    /// A provider for a scheme.
    pub fn provider(mut self, scheme: &'static Scheme, provider: impl CredentialProvider) -> Self {
        self.credentials.insert(scheme.name, Given::Provided(Arc::new(provider)));
        self
    }

    /// The HTTP client whose connections are the credential for a scheme: one with a certificate.
    pub fn connection(mut self, scheme: &'static Scheme, http: reqwest::Client) -> Self {
        self.credentials.insert(scheme.name, Given::Connection);
        self.http(http)
    }

    /// The client.
    pub fn build(self) -> Result<Core, BuildError> {
        let base = self.base()?;
        let user_agent = match (&self.user_agent, &self.http) {
            (Some(text), _) => Some(HeaderValue::from_str(text).map_err(|_| BuildError::UserAgent)?),
            (None, None) => Some(HeaderValue::from_static("specwright")),
            (None, Some(_)) => None,
        };
        let http = if let Some(http) = self.http {
            http
        } else {
            // A redirect is an answer like any other, declared or not.
            let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
            http.build().map_err(BuildError::Http)?
        };
        let shared = Shared { http, timeout: self.timeout, user_agent, base, variables: self.variables };
        Ok(Core { shared: Arc::new(shared), credentials: Arc::new(self.credentials), target: None })
    }

    fn base(&self) -> Result<Base, BuildError> {
        if self.is_sender {
            return Ok(Base::Document(None));
        }
        if let Some(url) = &self.base_url {
            return base::parse(url).map(Base::Given);
        }
        if let Some(index) = self.server {
            let server = self.servers.get(index).ok_or(BuildError::Server(index))?;
            return base::parse(&base::filled(server, &self.variables)?).map(Base::Given);
        }
        let has =
            |name: &str| self.servers.iter().any(|server| server.variables.iter().any(|v| v.name == name));
        if let Some(name) = self.variables.keys().find(|name| !has(name)) {
            return Err(BuildError::Variable(name.clone()));
        }
        let Some(server) = self.servers.first() else { return Err(BuildError::NoBaseUrl) };
        let url = base::filled(server, &self.variables)?;
        if url.starts_with('/') {
            return Err(BuildError::NoBaseUrl);
        }
        base::parse(&url).map(|url| Base::Document(Some(url)))
    }
}
