//! The client's side: where credentials are written, octet by octet.

use credentials::client::{Client, ClientBuilder, Error};
use credentials::operations::doors::{
    AnybodyRequest, BasicRequest, BearerRequest, BothRequest, CertificateRequest, CookieRequest,
    DigestRequest, EitherRequest, HeaderRequest, NamedRequest, NobodyRequest, OneOfThemRequest,
    OpenidRequest, OptionalRequest, QueryRequest, ReadRequest, TwiceRequest,
};
use specwright_conformance::Recorder;
use specwright_runtime::client::{Request, reqwest};

/// What a client with these credentials sends for a request.
async fn sent<R>(set: impl FnOnce(ClientBuilder) -> ClientBuilder, request: R) -> String
where
    R: Request + Send,
    R::Output: Send + std::fmt::Debug,
    R::Error: Send + std::fmt::Debug,
{
    let recorder = Recorder::start("204").await.expect("a free port");
    let client = set(Client::builder().base_url(recorder.base_url())).build().expect("a client");
    client.call(request).await.expect("an answer");
    recorder.request().await.expect("a request")
}

/// All that this client has.
fn all(builder: ClientBuilder) -> ClientBuilder {
    builder.header_key("k").query_key("a&b").token("t")
}

#[tokio::test]
async fn every_credential_is_written_where_it_belongs() {
    let plain = |path: &str| format!("GET {path} HTTP/1.1\naccept: */*");
    let with = |path: &str, header: &str| {
        let mut headers = ["accept: */*", header];
        headers.sort_unstable();
        format!("GET {path} HTTP/1.1\n{}", headers.join("\n"))
    };
    let login = |builder: ClientBuilder| builder.login("user", "p:w");
    let digest = |builder: ClientBuilder| builder.digest_scheme("username=\"a\"");
    let session = |builder: ClientBuilder| builder.cookie_key("s");
    assert_eq!(sent(all, HeaderRequest::new()).await, with("/header", "x-key: k"));
    assert_eq!(sent(all, QueryRequest::new()).await, plain("/query?api%20key=a%26b"));
    assert_eq!(sent(session, CookieRequest::new()).await, with("/cookie", "cookie: session=s"));
    assert_eq!(sent(login, BasicRequest::new()).await, with("/basic", "authorization: Basic dXNlcjpwOnc="));
    assert_eq!(sent(all, BearerRequest::new()).await, with("/bearer", "authorization: Bearer t"));
    assert_eq!(
        sent(digest, DigestRequest::new()).await,
        with("/digest", "authorization: digest username=\"a\"")
    );
    assert_eq!(
        sent(|builder| builder.identity("i"), OpenidRequest::new()).await,
        with("/openid", "authorization: Bearer i")
    );
    assert_eq!(
        sent(|builder| builder.oauth("o"), ReadRequest::new()).await,
        with("/oauth", "authorization: Bearer o")
    );
    assert_eq!(sent(all, BothRequest::new()).await, with("/both", "authorization: Bearer t") + "\nx-key: k");
    let same = |builder: ClientBuilder| builder.token("t").identity("t");
    assert_eq!(sent(same, TwiceRequest::new()).await, with("/twice", "authorization: Bearer t"));
    let both = |builder: ClientBuilder| builder.login("user", "p:w").token("t");
    assert_eq!(sent(both, OneOfThemRequest::new()).await, with("/one-of-them", "authorization: Bearer t"));
    assert_eq!(sent(all, NobodyRequest::new()).await, plain("/nobody"));
    assert_eq!(sent(all, AnybodyRequest::new()).await, with("/anybody", "authorization: Bearer t"));
    assert_eq!(sent(all, OptionalRequest::new()).await, with("/optional", "authorization: Bearer t"));
    assert_eq!(sent(|builder| builder, OptionalRequest::new()).await, plain("/optional"));
}

#[tokio::test]
async fn the_first_alternative_that_is_configured_is_used() {
    let token = |builder: ClientBuilder| builder.token("t");
    assert!(sent(token, EitherRequest::new()).await.contains("authorization: Bearer t"));
    assert!(sent(all, EitherRequest::new()).await.starts_with("GET /either?api%20key=a%26b "));
    let connection = |builder| all(builder).certificate_scheme(reqwest::Client::new());
    assert_eq!(sent(connection, EitherRequest::new()).await, "GET /either HTTP/1.1\naccept: */*");
    assert_eq!(sent(connection, CertificateRequest::new()).await, "GET /certificate HTTP/1.1\naccept: */*");
}

/// A parameter that is a credential stands there once, as the credential.
#[tokio::test]
async fn a_parameter_may_be_the_credential() {
    let set = |builder: ClientBuilder| builder.header_key("kk").query_key("q").cookie_key("s");
    let request = NamedRequest::new("of the request", "of the request").with_more("m");
    let request = request.with_session("of the request").with_other("o");
    let text = sent(set, request).await;
    assert_eq!(
        text,
        "GET /named?more=m&api%20key=q HTTP/1.1\naccept: */*\ncookie: other=o; session=s\nx-key: kk"
    );
    let request = NamedRequest::new("of the request", "of the request").with_session("of the request");
    let text = sent(set, request).await;
    assert_eq!(text, "GET /named?api%20key=q HTTP/1.1\naccept: */*\ncookie: session=s\nx-key: kk");
}

#[tokio::test]
async fn without_its_credential_nothing_is_sent() {
    let recorder = Recorder::start("204").await.expect("a free port");
    let client = all(Client::builder().base_url(recorder.base_url())).build().expect("a client");
    let doors = client.doors();
    assert!(matches!(doors.cookie().await, Err(Error::MissingCredential { .. })));
    assert!(matches!(doors.certificate().await, Err(Error::MissingCredential { .. })));
    let both = client.clone().with_login("user", "p:w");
    assert!(matches!(both.doors().at_once().await, Err(Error::MissingCredential { .. })), "one header");
    let others = client.clone().with_identity("another");
    assert!(matches!(others.doors().twice().await, Err(Error::MissingCredential { .. })), "one token");
    let client = client.with_token("a\nb");
    assert!(matches!(client.doors().bearer().await, Err(Error::MissingCredential { .. })));
    assert!(recorder.request().await.is_err(), "nothing was sent");
}

#[test]
fn secrets_are_not_shown() {
    let client = all(Client::builder().base_url("http://127.0.0.1:1")).token("s3cret").login("u", "s3cret");
    let shown = format!("{client:?} {:?}", client.clone().build().expect("a client"));
    assert!(!shown.contains("s3cret"), "{shown}");
}
