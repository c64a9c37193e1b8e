//! Any OpenID provider: discovery, the exchange of a code, and the check of the ID token.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::DateTime;
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreClient, CoreClientAuthMethod, CoreErrorResponseType, CoreIdTokenClaims, CoreIdTokenVerifier,
    CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreTokenResponse,
};
use openidconnect::{
    AccessTokenHash, AuthType, ClaimsVerificationError, ClientId, ClientSecret, DiscoveryError,
    EndUserFamilyName, EndUserGivenName, IssuerUrl, LocalizedClaim, Nonce, OAuth2TokenResponse as _,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, SignatureVerificationError, StandardErrorResponse,
    TokenResponse as _,
};

use super::fetch::{Fetch, FetchError};
use crate::domain::clock::Clock;
use crate::domain::identity::{AuthorizationCode, Exchange, ExchangeError, Identity, IdentityProvider};
use crate::domain::options::{ClientSecret as ConfiguredSecret, OpenIdOptions};
use crate::domain::secret::Token;

/// How long what a provider says of itself is believed.
const BELIEVED_FOR: SignedDuration = SignedDuration::from_hours(1);

/// Signatures that are believed: none that could be made with what the client knows.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// A provider that is found by its issuer.
pub struct OpenIdProvider {
    options: OpenIdOptions,
    fetch: Fetch,
    clock: Clock,
    known: Mutex<Option<Known>>,
}

/// What the provider says of itself, its keys among it.
#[derive(Clone)]
struct Known {
    metadata: Arc<CoreProviderMetadata>,
    since: Timestamp,
}

/// Why an exchange came to nothing, as the log says it. None of it is a secret.
#[derive(Debug)]
enum Failure {
    Discovery(DiscoveryError<FetchError>),
    /// The client as it is configured is not one that the provider serves.
    Client(String),
    NoAnswer(FetchError),
    NotAnAnswer,
    Code(String),
    NoIdToken,
    IdToken(ClaimsVerificationError),
    AccessToken,
    RedirectUri,
}

impl Failure {
    const fn as_error(&self) -> ExchangeError {
        match self {
            Self::Discovery(_) | Self::Client(_) | Self::NoAnswer(_) | Self::NotAnAnswer => {
                ExchangeError::Unreachable
            }
            Self::Code(_) | Self::NoIdToken | Self::IdToken(_) | Self::AccessToken | Self::RedirectUri => {
                ExchangeError::Refused
            }
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Discovery(DiscoveryError::Request(error)) => write!(formatter, "discovery: {error}"),
            Self::Discovery(error) => write!(formatter, "discovery: {error}"),
            Self::Client(error) => write!(formatter, "the client is not served: {error}"),
            Self::NoAnswer(error) => write!(formatter, "no token: {error}"),
            Self::NotAnAnswer => formatter.write_str("no token: the answer is not one"),
            Self::Code(error) => write!(formatter, "the code is refused: {error}"),
            Self::NoIdToken => formatter.write_str("no ID token"),
            Self::IdToken(error) => write!(formatter, "the ID token does not hold: {}", claim(error)),
            Self::AccessToken => formatter.write_str("the access token is not that of the ID token"),
            Self::RedirectUri => formatter.write_str("the redirect URI is not a URI"),
        }
    }
}

/// What is wrong, without what the token says.
const fn claim(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "expired",
        ClaimsVerificationError::InvalidAudience(_) => "audience",
        ClaimsVerificationError::InvalidIssuer(_) => "issuer",
        ClaimsVerificationError::SignatureVerification(_) => "signature",
        _ => "claims",
    }
}

impl OpenIdProvider {
    /// A provider that is not spoken to before there is a code.
    pub(super) fn new(options: OpenIdOptions, fetch: Fetch, clock: Clock) -> Self {
        // What an issuer with HTTPS refers to has to have it too: secrets are sent there.
        let fetch = if options.issuer.scheme() == "https" {
            fetch
        } else {
            tracing::warn!(provider = options.name, "the identity provider has no HTTPS");
            fetch.or_plain()
        };
        Self { options, fetch, clock, known: Mutex::default() }
    }

    async fn identify(&self, presented: AuthorizationCode) -> Result<Identity, Failure> {
        let metadata = self.metadata().await?;
        let tokens = self.redeem(&metadata, presented).await?;
        match self.verify(&metadata, &tokens) {
            // The provider may have changed its keys since.
            Err(Failure::IdToken(error)) if is_key_unknown(&error) => {
                self.verify(&*self.discover().await?, &tokens)
            }
            outcome => outcome,
        }
    }

    async fn metadata(&self) -> Result<Arc<CoreProviderMetadata>, Failure> {
        let now = self.clock.now();
        let known = self.known().clone();
        match known.filter(|known| known.is_fresh(now)) {
            Some(known) => Ok(known.metadata),
            None => self.discover().await,
        }
    }

    async fn discover(&self) -> Result<Arc<CoreProviderMetadata>, Failure> {
        let mut outcome = Err(DiscoveryError::Other(String::new()));
        for issuer in self.issuers() {
            let issuer = IssuerUrl::new(issuer)
                .map_err(|error| Failure::Discovery(DiscoveryError::UrlParse(error)))?;
            outcome = CoreProviderMetadata::discover_async(issuer, &self.fetch).await;
            if !matches!(outcome, Err(DiscoveryError::Validation(_))) {
                break;
            }
        }
        let metadata = Arc::new(outcome.map_err(Failure::Discovery)?);
        *self.known() = Some(Known { metadata: Arc::clone(&metadata), since: self.clock.now() });
        Ok(metadata)
    }

    /// An issuer is compared octet by octet, and a URL without a path does not tell whether it was
    /// written with a slash.
    fn issuers(&self) -> Vec<String> {
        let issuer = self.options.issuer.as_str();
        match issuer.strip_suffix('/') {
            Some(bare) if self.options.issuer.path() == "/" => vec![bare.to_owned(), issuer.to_owned()],
            _ => vec![issuer.to_owned()],
        }
    }

    async fn redeem(
        &self,
        metadata: &CoreProviderMetadata,
        presented: AuthorizationCode,
    ) -> Result<CoreTokenResponse, Failure> {
        let secret = self.options.client_secret.as_ref().map(ConfiguredSecret::expose);
        let client = CoreClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(self.options.client_id.clone()),
            secret.map(|secret| ClientSecret::new(secret.to_owned())),
        )
        .set_auth_type(auth_type(metadata))
        .set_redirect_uri(RedirectUrl::new(presented.redirect_uri).map_err(|_| Failure::RedirectUri)?);
        let code = openidconnect::AuthorizationCode::new(presented.code.expose().to_owned());
        let mut request =
            client.exchange_code(code).map_err(|_| Failure::Client("no token endpoint".to_owned()))?;
        if let Some(verifier) = presented.verifier {
            request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier.expose().to_owned()));
        }
        request.request_async(&self.fetch).await.map_err(refusal)
    }

    fn verify(
        &self,
        metadata: &CoreProviderMetadata,
        tokens: &CoreTokenResponse,
    ) -> Result<Identity, Failure> {
        let id_token = tokens.id_token().ok_or(Failure::NoIdToken)?;
        let verifier = CoreIdTokenVerifier::new_public_client(
            ClientId::new(self.options.client_id.clone()),
            metadata.issuer().clone(),
            metadata.jwks().clone(),
        )
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(|| DateTime::from_timestamp(self.clock.now().as_second(), 0).unwrap_or_default());
        // Whoever started the login may have sent a nonce; only they can compare it.
        let any_nonce = |_: Option<&Nonce>| Ok(());
        let claims = id_token.claims(&verifier, any_nonce).map_err(Failure::IdToken)?;
        if let Some(stated) = claims.access_token_hash() {
            let signature = |error| Failure::IdToken(ClaimsVerificationError::SignatureVerification(error));
            let algorithm = id_token.signing_alg().map_err(signature)?;
            let key = id_token.signing_key(&verifier).map_err(signature)?;
            let hash = AccessTokenHash::from_token(tokens.access_token(), algorithm, key);
            if !hash.is_ok_and(|hash| hash == *stated) {
                return Err(Failure::AccessToken);
            }
        }
        Ok(self.identity(claims, tokens, &id_token.to_string()))
    }

    fn identity(&self, claims: &CoreIdTokenClaims, tokens: &CoreTokenResponse, id_token: &str) -> Identity {
        Identity {
            provider: self.options.name.clone(),
            subject: claims.subject().to_string(),
            email: claims.email().map(|email| email.to_string()),
            email_verified: claims.email_verified().unwrap_or(false),
            given_name: given_name(claims.given_name()),
            family_name: family_name(claims.family_name()),
            access_token: Token::new(tokens.access_token().secret().clone()),
            id_token: Token::new(id_token),
        }
    }

    fn known(&self) -> MutexGuard<'_, Option<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl IdentityProvider for OpenIdProvider {
    fn exchange(&self, code: AuthorizationCode) -> Exchange<'_> {
        Box::pin(async move {
            self.identify(code).await.map_err(|failure| {
                tracing::warn!(provider = self.options.name, reason = %failure, "social login failed");
                failure.as_error()
            })
        })
    }
}

impl Known {
    fn is_fresh(&self, now: Timestamp) -> bool {
        let age = now.duration_since(self.since);
        !age.is_negative() && age < BELIEVED_FOR
    }
}

/// How the client shows its secret: in the header, unless the provider takes it in the body only.
fn auth_type(metadata: &CoreProviderMetadata) -> AuthType {
    let takes = |method: CoreClientAuthMethod| {
        metadata.token_endpoint_auth_methods_supported().is_some_and(|methods| methods.contains(&method))
    };
    if takes(CoreClientAuthMethod::ClientSecretPost) && !takes(CoreClientAuthMethod::ClientSecretBasic) {
        AuthType::RequestBody
    } else {
        AuthType::BasicAuth
    }
}

type TokenError = RequestTokenError<FetchError, StandardErrorResponse<CoreErrorResponseType>>;

fn refusal(error: TokenError) -> Failure {
    match error {
        RequestTokenError::Request(error) => Failure::NoAnswer(error),
        RequestTokenError::ServerResponse(answer) => match answer.error() {
            kind @ (CoreErrorResponseType::InvalidClient
            | CoreErrorResponseType::UnauthorizedClient
            | CoreErrorResponseType::UnsupportedGrantType) => Failure::Client(kind.as_ref().to_owned()),
            kind => Failure::Code(kind.as_ref().to_owned()),
        },
        // An object that is none of the protocol's holds a bad token; anything else is some other server.
        RequestTokenError::Parse(_, body)
            if serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(&body).is_ok() =>
        {
            Failure::NoIdToken
        }
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Failure::NotAnAnswer,
    }
}

fn is_key_unknown(error: &ClaimsVerificationError) -> bool {
    matches!(error, ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey))
}

/// The name in no language in particular, else in whichever there is.
fn given_name(names: Option<&LocalizedClaim<EndUserGivenName>>) -> Option<String> {
    names?.iter().next().map(|(_, name)| name.to_string())
}

fn family_name(names: Option<&LocalizedClaim<EndUserFamilyName>>) -> Option<String> {
    names?.iter().next().map(|(_, name)| name.to_string())
}
