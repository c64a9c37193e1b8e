//! The server's side: hand-written HTTP to a service that says who came through which door.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Extension;
use credentials::operations::doors as operations;
use credentials::server::doors::EitherPrincipal;
use credentials::server::{self, Authenticate, Doors};
use specwright_conformance::exchange;
use specwright_runtime::server::{Authentication, Basic, ClientCertificate, SecurityRequest, Service};
use specwright_runtime::{Failure, Rejection};

/// Who came in.
#[derive(Clone, Default)]
struct Porter(Arc<Mutex<Vec<String>>>);

impl Porter {
    fn keep(&self, who: impl Into<String>) {
        self.0.lock().expect("no poisoned lock").push(who.into());
    }

    fn seen(&self) -> String {
        std::mem::take(&mut *self.0.lock().expect("no poisoned lock")).join("; ")
    }
}

impl Service for Porter {}

/// Whoever has a credential is known by it, but for `bad`.
fn known(credential: Option<&str>, request: SecurityRequest<'_>) -> Authentication<String> {
    match credential {
        None => Authentication::NotMine,
        Some("bad") => Authentication::Reject(Rejection::forbidden()),
        Some(text) => Authentication::Principal(format!("{text}{}", request.scopes().join("+"))),
    }
}

macro_rules! texts {
    ($($method:ident),*) => {
        $(async fn $method(&self, text: Option<&str>, request: SecurityRequest<'_>) -> Authentication<String> {
            known(text, request)
        })*
    };
}

impl Authenticate for Porter {
    type HeaderKey = String;
    type QueryKey = String;
    type CookieKey = String;
    type Login = String;
    type Token = String;
    type Digest = String;
    type Identity = String;
    type Certificate = String;
    type Discovered = String;
    type Oauth = String;

    texts!(header_key, query_key, cookie_key, token, digest_scheme, identity, discovered, oauth);

    async fn login(&self, login: Option<Basic>, request: SecurityRequest<'_>) -> Authentication<String> {
        let text = login.map(|login| format!("{}:{}", login.user, login.password.expose()));
        known(text.as_deref(), request)
    }

    async fn certificate_scheme(
        &self,
        certificate: Option<&ClientCertificate>,
        request: SecurityRequest<'_>,
    ) -> Authentication<String> {
        let text = certificate.map(|certificate| String::from_utf8_lossy(&certificate.chain[0]).into_owned());
        known(text.as_deref(), request)
    }
}

macro_rules! doors {
    ($($method:ident $request:ident $response:ident $error:ident),*) => {
        impl Doors for Porter {
            $(async fn $method(
                &self,
                who: String,
                _: operations::$request,
            ) -> Result<operations::$response, Failure<operations::$error>> {
                self.keep(who);
                Ok(operations::$response::NoContent)
            })*

            async fn both(
                &self,
                (key, token): (String, String),
                _: operations::BothRequest,
            ) -> Result<operations::BothResponse, Failure<operations::BothError>> {
                self.keep(format!("{key} and {token}"));
                Ok(operations::BothResponse::NoContent)
            }

            async fn at_once(
                &self,
                (login, token): (String, String),
                _: operations::AtOnceRequest,
            ) -> Result<operations::AtOnceResponse, Failure<operations::AtOnceError>> {
                self.keep(format!("{login} and {token}"));
                Ok(operations::AtOnceResponse::NoContent)
            }

            async fn twice(
                &self,
                (token, identity): (String, String),
                _: operations::TwiceRequest,
            ) -> Result<operations::TwiceResponse, Failure<operations::TwiceError>> {
                self.keep(format!("{token} and {identity}"));
                Ok(operations::TwiceResponse::NoContent)
            }

            async fn either(
                &self,
                principal: EitherPrincipal<String, String, String>,
                _: operations::EitherRequest,
            ) -> Result<operations::EitherResponse, Failure<operations::EitherError>> {
                self.keep(format!("{principal:?}"));
                Ok(operations::EitherResponse::NoContent)
            }

            async fn optional(
                &self,
                token: Option<String>,
                _: operations::OptionalRequest,
            ) -> Result<operations::OptionalResponse, Failure<operations::OptionalError>> {
                self.keep(format!("{token:?}"));
                Ok(operations::OptionalResponse::NoContent)
            }

            async fn named(
                &self,
                (header, query, cookie): (String, String, String),
                request: operations::NamedRequest,
            ) -> Result<operations::NamedResponse, Failure<operations::NamedError>> {
                let operations::NamedRequest { x_key, api_key, session, other, more, .. } = request;
                self.keep(format!("{header} {query} {cookie}: {x_key} {api_key} {session:?} {other:?} {more:?}"));
                Ok(operations::NamedResponse::NoContent)
            }

            async fn nobody(
                &self,
                _: operations::NobodyRequest,
            ) -> Result<operations::NobodyResponse, Failure<operations::NobodyError>> {
                self.keep("nobody");
                Ok(operations::NobodyResponse::NoContent)
            }
        }
    };
}

doors! {
    anybody AnybodyRequest AnybodyResponse AnybodyError,
    basic BasicRequest BasicResponse BasicError,
    bearer BearerRequest BearerResponse BearerError,
    certificate CertificateRequest CertificateResponse CertificateError,
    cookie CookieRequest CookieResponse CookieError,
    digest DigestRequest DigestResponse DigestError,
    header_operation HeaderRequest HeaderResponse HeaderError,
    one_of_them OneOfThemRequest OneOfThemResponse OneOfThemError,
    openid OpenidRequest OpenidResponse OpenidError,
    query QueryRequest QueryResponse QueryError,
    read ReadRequest ReadResponse ReadError,
    relative RelativeRequest RelativeResponse RelativeError,
    write WriteRequest WriteResponse WriteError
}

async fn start(porter: &Porter, certificate: Option<ClientCertificate>) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound socket");
    let router = server::router(porter.clone());
    let router = match certificate {
        Some(certificate) => router.layer(Extension(certificate)),
        None => router,
    };
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

#[tokio::test]
async fn every_credential_is_read_where_it_stands() {
    let porter = Porter::default();
    let address = start(&porter, None).await;
    for (head, who) in [
        ("GET /header HTTP/1.1\nX-KEY: k", "k"),
        ("GET /query?api+key=a%26b HTTP/1.1", "a&b"),
        ("GET /cookie HTTP/1.1\nCookie: a=b; session=s", "s"),
        ("GET /basic HTTP/1.1\nAuthorization: basic dXNlcjpwOnc=", "user:p:w"),
        ("GET /bearer HTTP/1.1\nAuthorization: BEARER t", "t"),
        (
            "GET /digest HTTP/1.1\nAuthorization: Digest username=\"a\", nonce=\"b\"",
            "username=\"a\", nonce=\"b\"",
        ),
        ("GET /openid HTTP/1.1\nAuthorization: Bearer t-", "t-profile"),
        ("GET /oauth HTTP/1.1\nAuthorization: Bearer t-", "t-read"),
        ("GET /both HTTP/1.1\nX-Key: k\nAuthorization: Bearer t", "k and t"),
        ("GET /twice HTTP/1.1\nAuthorization: Bearer t-", "t- and t-profile"),
        ("GET /either?api%20key=q HTTP/1.1", "QueryKey(\"q\")"),
        ("GET /either HTTP/1.1\nAuthorization: Bearer t", "Token(\"t\")"),
        ("GET /optional HTTP/1.1\nAuthorization: Bearer t", "Some(\"t\")"),
        ("GET /optional HTTP/1.1", "None"),
        ("GET /one-of-them HTTP/1.1\nAuthorization: Bearer t", "t"),
        (
            "GET /named?more=m&api+key=q HTTP/1.1\nX-Key: kk\nCookie: session=s",
            "kk q s: kk q Some(\"s\") None Some(\"m\")",
        ),
        ("GET /nobody HTTP/1.1", "nobody"),
        ("GET /anybody HTTP/1.1\nAuthorization: Bearer t", "t"),
    ] {
        let answer = exchange(address, head, "").await.expect("an answer");
        assert_eq!(answer.status, 204, "{head}");
        assert_eq!(porter.seen(), who, "{head}");
    }
    let head = "POST /oauth HTTP/1.1\nAuthorization: Bearer t-\nContent-Type: application/octet-stream";
    assert_eq!(exchange(address, head, "x").await.expect("an answer").status, 204);
    assert_eq!(porter.seen(), "t-read+write");
}

#[tokio::test]
async fn what_is_missing_or_refused_is_said() {
    let porter = Porter::default();
    let address = start(&porter, None).await;
    let both = "Basic realm=\"login\", charset=\"UTF-8\"";
    for (head, status, challenge) in [
        ("GET /header HTTP/1.1", 401, None),
        ("GET /header HTTP/1.1\nX-Key: bad", 403, None),
        ("GET /query?api%20key=a&api%20key=b HTTP/1.1", 401, None),
        ("GET /cookie HTTP/1.1\nCookie: other=s", 401, None),
        (
            "GET /basic HTTP/1.1\nAuthorization: Basic x",
            401,
            Some("Basic realm=\"login\", charset=\"UTF-8\""),
        ),
        ("GET /bearer HTTP/1.1\nAuthorization: Basic x", 401, Some("Bearer")),
        ("GET /digest HTTP/1.1", 401, Some("digest")),
        ("GET /certificate HTTP/1.1", 401, None),
        ("GET /both HTTP/1.1\nX-Key: k", 401, Some("Bearer")),
        ("GET /both HTTP/1.1\nAuthorization: Bearer t", 401, Some("Bearer")),
        ("GET /at-once HTTP/1.1\nAuthorization: Basic dTpw", 401, Some(both)),
        ("GET /at-once HTTP/1.1\nAuthorization: Bearer t", 401, Some(both)),
        ("GET /at-once HTTP/1.1\nAuthorization: Basic dTpw\nAuthorization: Bearer t", 401, Some(both)),
        ("GET /at-once HTTP/1.1\nAuthorization: Basic dTpw, Bearer t", 401, Some(both)),
        ("GET /one-of-them HTTP/1.1\nAuthorization: Basic dTpw", 401, Some("Bearer")),
        ("GET /either HTTP/1.1", 401, Some("Bearer")),
        ("GET /either?api%20key=bad HTTP/1.1\nAuthorization: Bearer t", 403, None),
        ("GET /anybody HTTP/1.1", 401, Some("Bearer")),
    ] {
        let answer = exchange(address, head, "").await.expect("an answer");
        assert_eq!(answer.status, status, "{head}");
        assert_eq!(answer.header("www-authenticate"), challenge, "{head}");
        assert_eq!(porter.seen(), "", "{head}: no handler ran");
    }
}

#[tokio::test]
async fn a_certificate_is_the_connections() {
    let porter = Porter::default();
    let address = start(&porter, Some(ClientCertificate::new(["leaf", "root"]))).await;
    for (path, who) in [("/certificate", "leaf"), ("/either", "Certificate(\"leaf\")")] {
        let head = format!("GET {path} HTTP/1.1");
        assert_eq!(exchange(address, &head, "").await.expect("an answer").status, 204);
        assert_eq!(porter.seen(), who);
    }
}
