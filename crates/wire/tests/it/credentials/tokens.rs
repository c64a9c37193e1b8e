//! OAuth client credentials, against a token endpoint and an API written by hand.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use credentials::client::{Client, Error};
use credentials::operations::OAUTH;
use specwright_runtime::client::{ClientCredentials, TokenError};

/// A token endpoint that answers `t1`, `t2`..., and doors that open to one credential.
#[derive(Clone)]
pub struct Gate(Arc<Mutex<Book>>);

struct Book {
    /// What a door opens to; any of the endpoint's tokens where it is empty.
    opens_to: String,
    /// How many tokens were given, and what of them no longer opens a door.
    tokens: usize,
    revoked: usize,
    /// Members of the endpoint's answers besides the token, or another answer.
    answer: (u16, String),
    delay: Duration,
    calls: Vec<String>,
    asked: Vec<String>,
}

impl Gate {
    pub fn open_to(credential: &str) -> Self {
        Self(Arc::new(Mutex::new(Book {
            opens_to: credential.to_owned(),
            tokens: 0,
            revoked: 0,
            answer: (200, r#""token_type":"bearer","expires_in":3600"#.to_owned()),
            delay: Duration::ZERO,
            calls: Vec::new(),
            asked: Vec::new(),
        })))
    }

    /// The requests to doors, each as method, path, credential and body.
    pub fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("no poisoned lock").calls)
    }

    /// The requests to the token endpoint, each as credential and body.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("no poisoned lock").asked)
    }

    fn answering(self, status: u16, text: &str) -> Self {
        self.0.lock().expect("no poisoned lock").answer = (status, text.to_owned());
        self
    }

    fn slow(self) -> Self {
        self.0.lock().expect("no poisoned lock").delay = Duration::from_millis(100);
        self
    }

    fn revoke(&self) {
        let mut book = self.0.lock().expect("no poisoned lock");
        book.revoked = book.tokens;
    }
}

/// Serves on a free port of the loopback interface.
pub async fn serve(gate: &Gate) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound socket");
    let router = axum::Router::new().fallback(answer).with_state(gate.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

async fn answer(State(gate): State<Gate>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 4096).await.unwrap_or_default();
    let body = String::from_utf8_lossy(&body).into_owned();
    let credential = parts.headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or("-");
    if parts.uri.path() == "/token" {
        let delay = {
            let mut book = gate.0.lock().expect("no poisoned lock");
            book.asked.push(format!("{credential} {body}"));
            book.tokens += 1;
            book.delay
        };
        tokio::time::sleep(delay).await;
        let book = gate.0.lock().expect("no poisoned lock");
        let (status, text) = &book.answer;
        let status = axum::http::StatusCode::from_u16(*status).expect("a status");
        let text = if status == 200 && text.starts_with("\"token_type\"") {
            format!("{{\"access_token\":\"t{}\",{text}}}", book.tokens)
        } else {
            text.clone()
        };
        return (status, text).into_response();
    }
    let mut book = gate.0.lock().expect("no poisoned lock");
    let call = format!("{} {} {credential} {body}", parts.method, parts.uri.path());
    book.calls.push(call.trim_end().to_owned());
    let number = credential.strip_prefix("Bearer t").and_then(|number| number.parse().ok());
    let is_open = if book.opens_to.is_empty() {
        number.is_some_and(|number: usize| number > book.revoked)
    } else {
        credential == book.opens_to
    };
    if is_open {
        return axum::http::StatusCode::NO_CONTENT.into_response();
    }
    (axum::http::StatusCode::UNAUTHORIZED, [("www-authenticate", "digest nonce=1")]).into_response()
}

/// A client of the gate whose tokens are those of its endpoint.
async fn client(gate: &Gate, set: impl FnOnce(ClientCredentials) -> ClientCredentials) -> Client {
    let tokens = set(ClientCredentials::of(&OAUTH, "me & co", "s3cret"));
    let client = Client::builder().base_url(serve(gate).await).provider(&OAUTH, tokens);
    client.build().expect("a client")
}

const BASIC: &str = "Basic bWUrJTI2K2NvOnMzY3JldA==";

#[tokio::test]
async fn a_token_is_fetched_once_for_each_set_of_scopes() {
    let gate = Gate::open_to("");
    let client = client(&gate, |tokens| tokens).await;
    for _ in 0..2 {
        client.doors().read().await.expect("open");
    }
    client.doors().write("a").await.expect("open");
    assert_eq!(
        gate.asked(),
        [
            format!("{BASIC} grant_type=client_credentials&scope=read"),
            format!("{BASIC} grant_type=client_credentials&scope=read+write"),
        ]
    );
    assert_eq!(gate.calls(), ["GET /oauth Bearer t1", "GET /oauth Bearer t1", "POST /oauth Bearer t2 a"]);
}

#[tokio::test]
async fn a_token_is_asked_for_as_the_endpoint_wants_it() {
    let gate = Gate::open_to("");
    let set = |tokens: ClientCredentials| {
        tokens.scopes(["all"]).secret_in_body().parameter("audience", "https://api.example.com")
    };
    let client = client(&gate, set).await;
    client.doors().read().await.expect("open");
    client.doors().write("a").await.expect("open");
    let form = "grant_type=client_credentials&scope=all&client_id=me+%26+co&client_secret=s3cret";
    assert_eq!(gate.asked(), [format!("- {form}&audience=https%3A%2F%2Fapi.example.com")]);
}

#[tokio::test]
async fn a_token_is_renewed_when_it_has_expired() {
    for (lifetime, fetches) in [("0", 3), ("\"0\"", 3), ("3600", 1), ("null", 1), ("-1", 1)] {
        let text = format!(r#""token_type":"Bearer","expires_in":{lifetime}"#);
        let gate = Gate::open_to("").answering(200, &text);
        let client = client(&gate, |tokens| tokens.margin(Duration::from_secs(7200))).await;
        for _ in 0..3 {
            client.doors().read().await.expect("open");
        }
        assert_eq!(gate.asked().len(), fetches, "{lifetime}");
    }
    let gate = Gate::open_to("").answering(200, r#""token_type":"Bearer","expires_in":1"#);
    let client = client(&gate, |tokens| tokens).await;
    client.doors().read().await.expect("open");
    tokio::time::sleep(Duration::from_millis(600)).await;
    client.doors().read().await.expect("open");
    assert_eq!(
        gate.calls(),
        ["GET /oauth Bearer t1", "GET /oauth Bearer t2"],
        "half of its time is left to none"
    );
}

#[tokio::test]
async fn fifty_calls_make_one_fetch() {
    let gate = Gate::open_to("").slow();
    let client = client(&gate, |tokens| tokens).await;
    let fifty = |client: &Client| {
        let calls = (0..50).map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.doors().read().await.is_ok() })
        });
        calls.collect::<Vec<_>>()
    };
    for call in fifty(&client) {
        assert!(call.await.expect("a call"));
    }
    assert_eq!((gate.asked().len(), gate.calls().len()), (1, 50));
    gate.revoke();
    for call in fifty(&client) {
        assert!(call.await.expect("a call"));
    }
    assert_eq!(gate.asked().len(), 1, "one renewal for fifty refusals");
}

#[tokio::test]
async fn a_refused_token_is_renewed_and_the_call_repeated() {
    let gate = Gate::open_to("");
    let client = client(&gate, |tokens| tokens).await;
    client.doors().write("a").await.expect("open");
    gate.revoke();
    client.doors().write("b").await.expect("open");
    assert_eq!(
        gate.calls(),
        ["POST /oauth Bearer t1 a", "POST /oauth Bearer t1 b", "POST /oauth Bearer t2 b"]
    );
    let closed = Gate::open_to("Bearer none");
    let client = self::client(&closed, |tokens| tokens).await;
    assert!(matches!(client.doors().write("c").await, Err(Error::Api(_))));
    assert_eq!(closed.calls().len(), 2, "once more, and no more");
}

#[tokio::test]
async fn failures_say_what_failed() {
    let refusal = r#"{"error":"invalid_client","error_description":"who are you?"}"#;
    for (status, text, said) in [
        (401, refusal, "the token endpoint answered 401: invalid_client: who are you?"),
        (503, "busy", "the token endpoint answered 503"),
        (200, "{}", "the token endpoint's answer has no bearer token"),
        (200, r#""token_type":"mac""#, "the token endpoint's answer has no bearer token"),
    ] {
        let gate = Gate::open_to("").answering(status, text);
        let client = client(&gate, |tokens| tokens).await;
        let error = client.doors().read().await.expect_err("no token");
        assert_eq!(error.to_string(), format!("read: no credential for `oauth`: {said}"));
        assert!(
            matches!(error, Error::Credential { source, .. } if source.downcast_ref::<TokenError>().is_some())
        );
        assert_eq!(gate.calls(), [""; 0], "nothing was sent");
    }
    let gate = Gate::open_to("");
    let elsewhere = ClientCredentials::new("http://127.0.0.1:1/token", "me", "s3cret");
    let client = client(&gate, |_| elsewhere).await;
    let error = client.doors().read().await.expect_err("no token");
    let Error::Credential { source, .. } = &error else { panic!("{error:?}") };
    assert!(matches!(source.downcast_ref(), Some(TokenError::Transport(_))));
    assert!(!format!("{error:?}").contains("s3cret"));
}

#[tokio::test]
async fn who_waited_for_a_failure_has_it_too() {
    let gate = Gate::open_to("").answering(503, "busy").slow();
    let client = client(&gate, |tokens| tokens).await;
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.doors().read().await.is_err() })
        })
        .collect();
    for call in calls {
        assert!(call.await.expect("a call"));
    }
    assert_eq!(gate.asked().len(), 1);
    assert!(client.doors().read().await.is_err());
    assert_eq!(gate.asked().len(), 1, "and the next call tries again");
}

#[test]
fn secrets_are_not_shown() {
    let tokens = ClientCredentials::of(&OAUTH, "me", "s3cret").parameter("assertion", "s3cret");
    let client = Client::builder().base_url("http://127.0.0.1:1").provider(&OAUTH, tokens.clone());
    let shown = format!("{tokens:?} {client:?}");
    assert!(shown.contains("\"me\"") && !shown.contains("s3cret"), "{shown}");
}
