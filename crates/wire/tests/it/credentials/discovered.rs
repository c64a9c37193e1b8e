//! Tokens of OpenID Connect, against a provider that is written by hand.

use std::sync::{Arc, Mutex};

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use credentials::client::{Client, Error};
use credentials::operations::DISCOVERED;
use specwright_runtime::client::{ClientCredentials, TokenError};

/// Serves discovery documents, tokens and a door, and says what was asked of it.
#[derive(Clone, Default)]
struct Provider(Arc<Mutex<Book>>);

#[derive(Default)]
struct Book {
    /// What the discovery document's URL answers; `{base}` is where the provider is.
    document: String,
    base: String,
    /// What the token endpoint answers.
    token: String,
    asked: Vec<String>,
}

impl Provider {
    fn saying(document: &str) -> Self {
        let token = r#"{"access_token":"t1","token_type":"Bearer","expires_in":0}"#;
        let state = Book { document: document.to_owned(), token: token.to_owned(), ..Book::default() };
        Self(Arc::new(Mutex::new(state)))
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("no poisoned lock").asked)
    }

    async fn serve(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("a bound socket"));
        self.0.lock().expect("no poisoned lock").base.clone_from(&base);
        let router = axum::Router::new().fallback(answer).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        base
    }

    async fn client(&self) -> Client {
        let tokens = ClientCredentials::of(&DISCOVERED, "me", "s3cret");
        Client::builder()
            .base_url(self.serve().await)
            .provider(&DISCOVERED, tokens)
            .build()
            .expect("a client")
    }
}

async fn answer(State(provider): State<Provider>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 4096).await.unwrap_or_default();
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("-");
    let mut state = provider.0.lock().expect("no poisoned lock");
    let asked = format!("{} {} {} ", parts.method, parts.uri, header("authorization"));
    state.asked.push((asked + &String::from_utf8_lossy(&body)).trim_end().to_owned());
    match parts.uri.path() {
        "/.well-known/openid-configuration" => match state.document.parse() {
            Ok(status) => StatusCode::from_u16(status).expect("a status").into_response(),
            Err(_) => state.document.replace("{base}", &state.base).into_response(),
        },
        "/realm/token" => match state.token.parse() {
            Ok(status) => StatusCode::from_u16(status).expect("a status").into_response(),
            Err(_) => state.token.clone().into_response(),
        },
        _ => StatusCode::NO_CONTENT.into_response(),
    }
}

const DOCUMENT: &str = r#"{"issuer":"{base}","authorization_endpoint":"{base}/realm/login","token_endpoint":"{base}/realm/token","jwks_uri":"{base}/keys","token_endpoint_auth_methods_supported":METHODS}"#;
const DISCOVERY: &str = "GET /.well-known/openid-configuration -";

#[tokio::test]
async fn tokens_are_those_of_the_discovered_endpoint() {
    let basic = "POST /realm/token Basic bWU6czNjcmV0 grant_type=client_credentials&scope=read";
    let in_body =
        "POST /realm/token - grant_type=client_credentials&scope=read&client_id=me&client_secret=s3cret";
    for (methods, asked) in [
        ("null", basic),
        (r#"["client_secret_post","client_secret_basic"]"#, basic),
        (r#"["private_key_jwt"]"#, basic),
        (r#"["client_secret_post"]"#, in_body),
    ] {
        let provider = Provider::saying(&DOCUMENT.replace("METHODS", methods));
        let client = provider.client().await;
        client.doors().relative().await.expect("open");
        assert_eq!(provider.asked(), [DISCOVERY, asked, "GET /relative Bearer t1"], "{methods}");
        client.doors().relative().await.expect("open");
        assert_eq!(provider.asked(), [asked, "GET /relative Bearer t1"], "the document is read once");
    }
}

#[tokio::test]
async fn the_document_is_read_again_after_a_failure() {
    let provider = Provider::saying(&DOCUMENT.replace("METHODS", "null"));
    let token = std::mem::replace(&mut provider.0.lock().expect("no poisoned lock").token, "503".to_owned());
    let client = provider.client().await;
    let error = client.doors().relative().await.expect_err("no token");
    assert_eq!(
        error.to_string(),
        "relative: no credential for `discovered`: the token endpoint answered 503"
    );
    provider.0.lock().expect("no poisoned lock").token = token;
    assert_eq!(provider.asked().len(), 2);
    client.doors().relative().await.expect("open");
    assert_eq!(provider.asked()[0], DISCOVERY);
}

#[tokio::test]
async fn what_is_no_discovery_document_is_said() {
    for (document, said) in [
        ("404", "the discovery document's URL answered 404"),
        ("<html>", "the discovery document names no token endpoint to use"),
        (r#"{"issuer":"{base}"}"#, "the discovery document names no token endpoint to use"),
        (r#"{"token_endpoint":"/realm/token"}"#, "the discovery document names no token endpoint to use"),
        (r#"{"token_endpoint":"file:///token"}"#, "the discovery document names no token endpoint to use"),
    ] {
        let provider = Provider::saying(document);
        let error = provider.client().await.doors().relative().await.expect_err("no token");
        assert_eq!(error.to_string(), format!("relative: no credential for `discovered`: {said}"));
        let Error::Credential { source, .. } = &error else { panic!("{error:?}") };
        assert!(source.downcast_ref::<TokenError>().is_some());
        assert_eq!(provider.asked(), [DISCOVERY], "no secret was sent");
    }
}

#[test]
fn the_secret_is_not_shown() {
    let tokens = ClientCredentials::of(&DISCOVERED, "me", "s3cret").secret_in_body();
    let shown = format!("{tokens:?}");
    assert!(shown.contains("openid-configuration") && !shown.contains("s3cret"), "{shown}");
}
