//! An OpenID provider on loopback. It checks what it is asked as a strict one would, and can be told to
//! vouch for people in ways that do not hold.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use rsa::pkcs8::DecodePrivateKey as _;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::form_urlencoded;

/// The client that the provider knows.
pub const CLIENT_ID: &str = "shop client";
pub const CLIENT_SECRET: &str = "client+secret/with:signs";

/// A provider.
pub struct OpenIdProvider {
    pub issuer: String,
    address: SocketAddr,
    path: String,
    inner: Arc<Mutex<Inner>>,
    server: Option<JoinHandle<()>>,
}

/// How the client has to show its secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretIn {
    Header,
    Body,
}

/// What signs an ID token.
#[derive(Clone, Copy, Debug)]
pub enum Signature {
    /// The key that is published.
    Genuine,
    /// Another key, under the name of that one.
    ForeignKey,
    /// The client's secret, which is no secret to the client.
    ClientSecret,
    /// Nothing.
    None,
}

/// What the token endpoint answers.
#[derive(Clone, Debug)]
pub enum Mood {
    Well,
    /// This status, with this body.
    Status(u16, String),
    /// Elsewhere.
    Redirect,
}

/// What was asked of the provider.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub discovery: usize,
    pub keys: usize,
    pub tokens: usize,
    pub elsewhere: usize,
}

struct Inner {
    issuer: String,
    secret_in: SecretIn,
    key: Key,
    signature: Signature,
    mood: Mood,
    codes: HashMap<String, Grant>,
    asked: Asked,
    last: Option<Tokens>,
}

/// The tokens that the provider has issued.
#[derive(Clone, Debug)]
pub struct Tokens {
    pub access: String,
    pub id: String,
}

struct Key {
    name: String,
    algorithm: Algorithm,
    private: EncodingKey,
}

struct Grant {
    redirect_uri: String,
    challenge: Option<String>,
    claims: Map<String, Value>,
}

impl Key {
    fn generate(name: &str, algorithm: Algorithm) -> Self {
        let private = match algorithm {
            Algorithm::RS256 => {
                let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).expect("a key");
                let key = rsa::RsaPrivateKey::from_pkcs8_der(key.serialized_der()).expect("a key");
                EncodingKey::from_rsa_der(key.to_pkcs1_der().expect("DER").as_bytes())
            }
            Algorithm::ES256 => {
                let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).expect("a key");
                EncodingKey::from_ec_der(key.serialized_der())
            }
            other => panic!("no keys for {other:?}"),
        };
        Self { name: name.to_owned(), algorithm, private }
    }

    fn published(&self) -> Jwk {
        let mut key = Jwk::from_encoding_key(&self.private, self.algorithm).expect("a public key");
        key.common.key_id = Some(self.name.clone());
        key.common.public_key_use = Some(PublicKeyUse::Signature);
        key
    }

    fn sign(&self, claims: &Map<String, Value>) -> String {
        let header = Header { kid: Some(self.name.clone()), ..Header::new(self.algorithm) };
        jsonwebtoken::encode(&header, claims, &self.private).expect("a token")
    }
}

impl OpenIdProvider {
    /// A provider whose issuer has this path, and whose key is one of RSA.
    pub async fn start(path: &str) -> Self {
        Self::start_with(path, Algorithm::RS256).await
    }

    /// The same with a key for this algorithm.
    pub async fn start_with(path: &str, algorithm: Algorithm) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let issuer = format!("http://{address}{path}");
        let inner = Inner {
            issuer: issuer.clone(),
            secret_in: SecretIn::Header,
            key: Key::generate("first", algorithm),
            signature: Signature::Genuine,
            mood: Mood::Well,
            codes: HashMap::new(),
            asked: Asked::default(),
            last: None,
        };
        let path = path.to_owned();
        let mut provider = Self { issuer, address, path, inner: Arc::new(Mutex::new(inner)), server: None };
        provider.listen(listener);
        provider
    }

    fn listen(&mut self, listener: TcpListener) {
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/elsewhere", get(elsewhere).post(elsewhere))
            .with_state(Arc::clone(&self.inner));
        let app = if self.path.is_empty() { routes } else { Router::new().nest(&self.path, routes) };
        self.server = Some(tokio::spawn(async move { axum::serve(listener, app).await.expect("it serves") }));
    }

    /// Goes away.
    pub async fn stop(&mut self) {
        let server = self.server.take().expect("it runs");
        server.abort();
        let _ = server.await;
    }

    /// Comes back.
    pub async fn resume(&mut self) {
        self.listen(TcpListener::bind(self.address).await.expect("the port is still free"));
    }

    /// Has somebody log in; the code that their browser brings back.
    pub fn authorize(&self, claims: Value, redirect_uri: &str, challenge: Option<&str>) -> String {
        let Value::Object(claims) = claims else { panic!("no claims") };
        let mut inner = self.inner();
        let code = format!("code-{}-{:?}", inner.codes.len(), SystemTime::now());
        let code = URL_SAFE_NO_PAD.encode(Sha256::digest(code));
        let grant =
            Grant { redirect_uri: redirect_uri.to_owned(), challenge: challenge.map(str::to_owned), claims };
        inner.codes.insert(code.clone(), grant);
        code
    }

    /// Calls itself by an issuer with a slash at the end.
    pub fn end_issuer_with_slash(&mut self) {
        self.issuer.push('/');
        self.inner().issuer.push('/');
    }

    pub fn take_secret_in(&self, place: SecretIn) {
        self.inner().secret_in = place;
    }

    pub fn sign_with(&self, signature: Signature) {
        self.inner().signature = signature;
    }

    pub fn be(&self, mood: Mood) {
        self.inner().mood = mood;
    }

    /// Signs with another key from now on, and publishes only that.
    pub fn change_key(&self, name: &str) {
        self.inner().key = Key::generate(name, Algorithm::ES256);
    }

    pub fn asked(&self) -> Asked {
        self.inner().asked
    }

    /// The tokens that were issued last.
    pub fn last(&self) -> Tokens {
        self.inner().last.clone().expect("tokens were issued")
    }

    fn inner(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().expect("nobody panics with it")
    }
}

impl Drop for OpenIdProvider {
    fn drop(&mut self) {
        if let Some(server) = &self.server {
            server.abort();
        }
    }
}

/// Seconds since 1970.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs()
}

type Shared = State<Arc<Mutex<Inner>>>;

async fn discovery(State(inner): Shared) -> Response {
    let mut inner = inner.lock().expect("nobody panics with it");
    inner.asked.discovery += 1;
    let (issuer, base) = (&inner.issuer, inner.issuer.trim_end_matches('/'));
    let method = match inner.secret_in {
        SecretIn::Header => "client_secret_basic",
        SecretIn::Body => "client_secret_post",
    };
    json_of(&json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{base}/authorize"),
        "token_endpoint": format!("{base}/token"),
        "jwks_uri": format!("{base}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
        "token_endpoint_auth_methods_supported": [method],
    }))
}

async fn keys(State(inner): Shared) -> Response {
    let mut inner = inner.lock().expect("nobody panics with it");
    inner.asked.keys += 1;
    json_of(&json!({"keys": [inner.key.published()]}))
}

async fn elsewhere(State(inner): Shared) -> StatusCode {
    inner.lock().expect("nobody panics with it").asked.elsewhere += 1;
    StatusCode::OK
}

async fn token(State(inner): Shared, headers: HeaderMap, body: String) -> Response {
    let mut inner = inner.lock().expect("nobody panics with it");
    inner.asked.tokens += 1;
    match inner.mood.clone() {
        Mood::Well => {}
        Mood::Status(status, body) => {
            let status = StatusCode::from_u16(status).expect("a status");
            return (status, [(header::CONTENT_TYPE, "application/json")], body).into_response();
        }
        Mood::Redirect => return Redirect::temporary(&format!("{}/elsewhere", inner.issuer)).into_response(),
    }
    let form: HashMap<String, String> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    if shown(inner.secret_in, &headers, &form) != Some((CLIENT_ID.to_owned(), CLIENT_SECRET.to_owned())) {
        return refusal(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    if form.get("grant_type").map(String::as_str) != Some("authorization_code") {
        return refusal(StatusCode::BAD_REQUEST, "unsupported_grant_type");
    }
    let grant = form.get("code").and_then(|code| inner.codes.remove(code));
    match grant.filter(|grant| grant.admits(&form)) {
        Some(grant) => inner.issue(grant),
        None => refusal(StatusCode::BAD_REQUEST, "invalid_grant"),
    }
}

/// The client and its secret, if they stand where they have to and nowhere else.
fn shown(place: SecretIn, headers: &HeaderMap, form: &HashMap<String, String>) -> Option<(String, String)> {
    let authorization = headers.get(header::AUTHORIZATION).map(|value| value.to_str().expect("ASCII"));
    match place {
        SecretIn::Body if authorization.is_none() => {
            Some((form.get("client_id")?.clone(), form.get("client_secret")?.clone()))
        }
        SecretIn::Header if !form.contains_key("client_secret") => {
            let pair = STANDARD.decode(authorization?.strip_prefix("Basic ")?).ok()?;
            let pair = String::from_utf8(pair).ok()?;
            let (client, secret) = pair.split_once(':')?;
            // RFC 6749, 2.3.1: each is encoded as in a form.
            let decode = |text: &str| {
                form_urlencoded::parse(format!("text={text}").as_bytes())
                    .next()
                    .map(|(_, text)| text.into_owned())
            };
            Some((decode(client)?, decode(secret)?))
        }
        _ => None,
    }
}

fn refusal(status: StatusCode, error: &str) -> Response {
    (status, json_of(&json!({"error": error, "error_description": "no"}))).into_response()
}

fn json_of(body: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

impl Grant {
    fn admits(&self, form: &HashMap<String, String>) -> bool {
        let verifier = form.get("code_verifier");
        let answer = verifier.map(|verifier| URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)));
        form.get("redirect_uri") == Some(&self.redirect_uri) && answer == self.challenge
    }
}

impl Inner {
    fn issue(&mut self, grant: Grant) -> Response {
        let access = format!("access-{}", self.asked.tokens);
        let mut claims = Map::from_iter([
            ("iss".to_owned(), json!(self.issuer)),
            ("aud".to_owned(), json!(CLIENT_ID)),
            ("iat".to_owned(), json!(now())),
            ("exp".to_owned(), json!(now() + 300)),
            ("at_hash".to_owned(), json!(URL_SAFE_NO_PAD.encode(&Sha256::digest(&access)[..16]))),
        ]);
        claims.extend(grant.claims);
        let id = self.sign(&claims);
        self.last = Some(Tokens { access: access.clone(), id: id.clone() });
        json_of(&json!({"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": id}))
    }

    fn sign(&self, claims: &Map<String, Value>) -> String {
        match self.signature {
            Signature::Genuine => self.key.sign(claims),
            Signature::ForeignKey => Key::generate(&self.key.name, self.key.algorithm).sign(claims),
            Signature::ClientSecret => {
                let key = EncodingKey::from_secret(CLIENT_SECRET.as_bytes());
                jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &key).expect("a token")
            }
            Signature::None => {
                let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
                format!("{}.{}.", part(json!({"alg": "none"})), part(Value::Object(claims.clone())))
            }
        }
    }
}
