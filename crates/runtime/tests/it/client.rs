//! Calls over loopback: the bytes that are sent, and what answers written by hand become.

use std::error::Error as _;
use std::future::IntoFuture as _;
use std::net::SocketAddr;
use std::time::Duration;

use http::{Method, StatusCode};
use serde::Deserialize;
use specwright_runtime::client::{
    BuildError, Call, Core, Credential, DecodeError, Encoder, Error, Outcome, Reply, Request, Success,
};
use specwright_runtime::{Operation, Parameter, Produces, Schema, Server, ServerVariable, operation_span};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::pets::{
    KEY, NotFound, PUT_PET, Pet, Problem, PutPetError, PutPetRequest, PutPetResponse, TOKEN, with_parameters,
};

impl Request for PutPetRequest {
    type Output = PutPetResponse;
    type Error = PutPetError;
    const OPERATION: &'static Operation = &PUT_PET;

    fn encode(&self, request: &mut Encoder) {
        request.path("store", &self.store);
        request.query("tags", &self.tags);
        request.query("limit", &self.limit);
        request.header("X-Trace", &self.trace);
        request.json("application/json", &self.body);
    }

    fn decode(reply: &Reply) -> Result<Outcome<Self::Output, Self::Error>, DecodeError> {
        Ok(match reply.status().as_u16() {
            200 => Outcome::Success(PutPetResponse::Ok(reply.json()?)),
            204 => Outcome::Success(PutPetResponse::NoContent),
            404 => Outcome::Failure(PutPetError::NotFound(reply.shared()?)),
            410 => Outcome::Failure(PutPetError::Gone),
            500..=599 => {
                Outcome::Failure(PutPetError::ServerError { status: reply.status(), body: reply.json()? })
            }
            _ => Outcome::Undeclared,
        })
    }
}

fn request() -> PutPetRequest {
    let body = Pet { name: "rex".to_owned(), age: None };
    PutPetRequest { store: "a b/c".to_owned(), tags: None, limit: None, trace: None, body }
}

/// A server that answers once with these bytes, and hands out those that it got.
async fn answering(answer: &'static str) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let got = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut got = String::new();
        let mut octets = [0; 4096];
        loop {
            let count = stream.read(&mut octets).await.unwrap();
            got.push_str(&String::from_utf8_lossy(&octets[..count]));
            if count == 0 || is_whole(&got) {
                break;
            }
        }
        stream.write_all(answer.as_bytes()).await.unwrap();
        got
    });
    (address, got)
}

fn is_whole(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

fn core(address: SocketAddr) -> Core {
    core_at(&format!("http://{address}"))
}

fn core_at(url: &str) -> Core {
    Core::builder(&[]).base_url(url).credential(&TOKEN, Credential::token("t0ken")).build().unwrap()
}

async fn answered(answer: &'static str) -> Result<Success<PutPetResponse>, Error<PutPetError>> {
    let (address, _) = answering(answer).await;
    core(address).call(request()).await
}

const NO_CONTENT: &str = "HTTP/1.1 204 No Content\r\n\r\n";

/// What a call sends: the request line, the headers of interest, the body.
async fn wire(change: impl FnOnce(PutPetRequest) -> PutPetRequest) -> String {
    let (address, got) = answering(NO_CONTENT).await;
    core(address).call(request()).with(change).await.unwrap();
    got.await.unwrap()
}

#[tokio::test]
async fn the_bytes_of_a_request() {
    let got = wire(|mut request| {
        request.tags = Some(vec!["a&b".to_owned(), "cc".to_owned()]);
        request.limit = Some(7);
        request.trace = Some("t/1".to_owned());
        request
    })
    .await;
    let (head, body) = got.split_once("\r\n\r\n").unwrap();
    assert_eq!(head.lines().next(), Some("PUT /stores/a%20b%2Fc/pet?tags=a%26b&tags=cc&limit=7 HTTP/1.1"));
    assert_eq!(body, r#"{"name":"rex"}"#);
    for line in [
        "content-type: application/json",
        "authorization: Bearer t0ken",
        "x-trace: t/1",
        "user-agent: specwright",
    ] {
        assert!(head.lines().any(|found| found == line), "{line}\n{head}");
    }
    assert!(wire(|request| request).await.starts_with("PUT /stores/a%20b%2Fc/pet HTTP/1.1\r\n"));
}

#[tokio::test]
async fn declared_successes() {
    let answer = "HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 23\r\n\r\n{\"name\":\"R\",\"new\":true}";
    let success = answered(answer).await.unwrap();
    assert_eq!(success.status(), 200);
    assert_eq!(success.headers()["x-a"], "b");
    // A response is refused for its shape only: `R` breaks the pattern.
    assert_eq!(*success, PutPetResponse::Ok(Pet { name: "R".to_owned(), age: None }));
    assert!(matches!(success.into_body(), PutPetResponse::Ok(_)));
    assert!(matches!(*answered(NO_CONTENT).await.unwrap(), PutPetResponse::NoContent));
}

#[tokio::test]
async fn declared_errors() {
    let answer =
        "HTTP/1.1 404 Not Found\r\nRetry-After: 3\r\nContent-Length: 18\r\n\r\n{\"message\":\"gone\"}";
    let body = Problem { message: "gone".to_owned() };
    match answered(answer).await {
        Err(Error::Api(PutPetError::NotFound(found))) => {
            assert_eq!(found, NotFound { body, retry_after: Some(3) });
        }
        other => panic!("{other:?}"),
    }
    let error = answered("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n").await.unwrap_err();
    assert_eq!(error.to_string(), "410 Gone");
    assert_eq!(error.api(), Some(PutPetError::Gone));
    let error =
        answered("HTTP/1.1 502 Bad\r\nContent-Length: 15\r\n\r\n{\"message\":\"m\"}").await.unwrap_err();
    assert_eq!(error.api().unwrap().status(), StatusCode::BAD_GATEWAY);
}

#[tokio::test]
async fn undeclared_statuses_keep_their_body() {
    let moved = "HTTP/1.1 302 Found\r\nLocation: /else\r\nContent-Length: 0\r\n\r\n";
    assert!(matches!(answered(moved).await, Err(Error::Undeclared(reply)) if reply.status() == 302));

    let error = answered("HTTP/1.1 418 Teapot\r\nContent-Length: 2\r\n\r\nhi").await.unwrap_err();
    assert_eq!(error.to_string(), "put-pet: answered 418 I'm a teapot, which is not declared");
    match error {
        Error::Undeclared(reply) => {
            assert_eq!((reply.status().as_u16(), &reply.bytes()[..]), (418, &b"hi"[..]));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn responses_of_another_shape() {
    for (answer, expected) in [
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n{\"name\":\"R\",\"age\":\"s3cr\"}",
            "put-pet: the 200 OK response cannot be read at /age: invalid type: string \"..\", expected i32 at line 1 column 24",
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
            "put-pet: the 200 OK response cannot be read: missing field `name` at line 1 column 2",
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n<p>",
            "put-pet: the 200 OK response cannot be read: expected value at line 1 column 1 (it is text/html)",
        ),
        (
            "HTTP/1.1 404 No\r\nRetry-After: soon\r\nContent-Length: 15\r\n\r\n{\"message\":\"m\"}",
            "put-pet: the 404 Not Found response cannot be read: the header `Retry-After` cannot be read as what the contract declares",
        ),
    ] {
        let error = answered(answer).await.unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert!(!format!("{error:?}").contains("s3cr"));
        assert!(matches!(error, Error::Decode(_)));
    }
}

#[tokio::test]
async fn requests_that_break_the_contract_are_not_sent() {
    let core = core_at("http://127.0.0.1:1");
    let error = core
        .call(request())
        .with(|mut request| {
            request.store = "no!".to_owned();
            request.tags = Some(vec!["x".to_owned()]);
            request.trace = Some("a\nb".to_owned());
            request.body.name = "s3cret UPPER".to_owned();
            request
        })
        .header("bad name", "x")
        .await
        .unwrap_err();
    let text = error.to_string();
    assert!(!text.contains("s3cret"), "{text}");
    let Error::InvalidRequest { violations, .. } = error else { panic!("{text}") };
    let told: Vec<_> = violations
        .iter()
        .map(|found| {
            format!("{} {} {} {}", found.location.as_str(), found.name, found.pointer, found.constraint)
        })
        .collect();
    assert_eq!(
        told,
        [
            "header bad name  encoding",
            "path store  pattern",
            "query tags /0 minLength",
            "header X-Trace  encoding",
            "body  /name maxLength",
        ]
    );
    for store in ["", ".", ".."] {
        let call = core.call(request()).with(|mut request| {
            request.store = store.to_owned();
            request
        });
        let Err(Error::InvalidRequest { violations, .. }) = call.await else { panic!("{store}") };
        assert_eq!(violations[0].constraint.as_str(), "pathSegment");
    }
}

#[tokio::test]
async fn credentials() {
    let none = Core::builder(&[]).base_url("http://127.0.0.1:1").build().unwrap();
    let error = none.call(request()).await.unwrap_err();
    assert_eq!(error.to_string(), "put-pet: no credential that it accepts is configured");

    let (address, got) = answering(NO_CONTENT).await;
    let base = Core::builder(&[]).base_url(format!("http://{address}")).build().unwrap();
    let keyed = base.with_credential(&KEY, Credential::token("k&y"));
    keyed.call(request()).await.unwrap();
    let got = got.await.unwrap();
    assert!(got.starts_with("PUT /stores/a%20b%2Fc/pet?key=k%26y HTTP/1.1\r\n"), "{got}");
    assert!(!got.contains("authorization"));
    assert!(!format!("{keyed:?}").contains("k&y"));

    // The first alternative goes before the second.
    let (address, got) = answering(NO_CONTENT).await;
    let both = core(address).with_credential(&KEY, Credential::token("k"));
    both.call(request()).await.unwrap();
    assert!(!got.await.unwrap().contains("key="));

    let broken = core_at("http://127.0.0.1:1").with_credential(&TOKEN, Credential::token("a\nb"));
    assert!(matches!(broken.call(request()).await, Err(Error::MissingCredential { .. })));
}

#[tokio::test]
async fn settings_of_one_call() {
    let (address, got) = answering(NO_CONTENT).await;
    let core = core(address);
    core.call(request()).header("User-Agent", "mine").header("authorization", "Bearer other").await.unwrap();
    let got = got.await.unwrap();
    assert!(got.contains("user-agent: mine\r\n") && got.contains("authorization: Bearer other\r\n"), "{got}");
    assert!(!got.contains("specwright") && !got.contains("t0ken"), "{got}");

    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let core = core_at(&format!("http://{}", silent.local_addr().unwrap()));
    let error = core.call(request()).timeout(Duration::from_millis(50)).await.unwrap_err();
    assert_eq!(error.to_string(), "put-pet: no answer in time");
}

#[tokio::test]
async fn a_connection_that_fails_shows_no_query() {
    let core = core_at("http://127.0.0.1:1").with_credential(&KEY, Credential::token("s3cret"));
    let error = core.call(request()).await.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }));
    let mut text = format!("{error} {error:?}");
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(&error.to_string());
        source = error.source();
    }
    assert!(!text.contains("s3cret") && !text.contains("a%20b"), "{text}");
}

#[tokio::test]
async fn calls_are_futures_that_can_move_between_threads() {
    fn spawnable<T: Send>(future: T) -> T {
        future
    }
    let core = core_at("http://127.0.0.1:1");
    let call: Call<'_, PutPetRequest> = core.call(request());
    assert!(!format!("{call:?}").contains("rex"));
    assert!(spawnable(call.into_future()).await.is_err());
    assert!(spawnable(core.call(request()).send()).await.is_err());
}

/// Answers nothing; only what it sends matters.
struct Where;

static SERVERS: [Server; 2] = [
    Server {
        url: "https://{region}.example.com/{version}",
        variables: &[
            ServerVariable { name: "region", default: "eu", values: &["eu", "us"] },
            ServerVariable { name: "version", default: "v1", values: &[] },
        ],
    },
    Server { url: "/relative", variables: &[] },
];

#[test]
fn base_urls() {
    let build = |server: Option<usize>, variables: &[(&str, &str)], url: Option<&str>| {
        let mut builder = Core::builder(&SERVERS);
        for (name, value) in variables {
            builder = builder.variable(*name, *value);
        }
        if let Some(server) = server {
            builder = builder.server(server);
        }
        if let Some(url) = url {
            builder = builder.base_url(url);
        }
        builder.build().err()
    };
    assert!(build(None, &[], None).is_none());
    assert!(build(None, &[("region", "us"), ("version", "v2")], None).is_none());
    assert!(matches!(build(None, &[("region", "mars")], None), Some(BuildError::Value { .. })));
    assert!(matches!(build(None, &[("planet", "mars")], None), Some(BuildError::Variable(_))));
    assert!(matches!(build(Some(1), &[], None), Some(BuildError::BaseUrl(_))));
    assert!(matches!(build(Some(2), &[], None), Some(BuildError::Server(2))));
    for url in ["", "example.com", "ftp://example.com", "http://a?b", "http://a#b"] {
        assert!(matches!(build(None, &[], Some(url)), Some(BuildError::BaseUrl(_))), "{url}");
    }
    assert!(matches!(Core::builder(&[]).build(), Err(BuildError::NoBaseUrl)));
    assert!(matches!(Core::builder(&SERVERS[1..]).build(), Err(BuildError::NoBaseUrl)));
}

static WHERE: Operation = Operation {
    id: "where",
    method: Method::GET,
    path: "/here",
    parameters: &[],
    body: None,
    statuses: &["204"],
    produces: Produces::NONE,
    security: &[],
    servers: &[Server {
        url: "http://127.0.0.1:{port}/own/",
        variables: &[ServerVariable { name: "port", default: "1", values: &[] }],
    }],
    span: operation_span!("where"),
};

impl Request for Where {
    type Output = ();
    type Error = std::convert::Infallible;
    const OPERATION: &'static Operation = &WHERE;

    fn encode(&self, _: &mut Encoder) {}

    fn decode(_: &Reply) -> Result<Outcome<(), Self::Error>, DecodeError> {
        Ok(Outcome::Success(()))
    }
}

static ROOTS: [Server; 1] = [Server { url: "http://127.0.0.1:{port}", variables: WHERE_VARIABLES }];
const WHERE_VARIABLES: &[ServerVariable] = &[ServerVariable { name: "port", default: "1", values: &[] }];

#[tokio::test]
async fn the_callers_base_url_goes_before_an_operations_servers() {
    let (address, got) = answering(NO_CONTENT).await;
    let given = Core::builder(&ROOTS).base_url(format!("http://{address}/v1/")).build().unwrap();
    given.call(Where).await.unwrap();
    assert!(got.await.unwrap().starts_with("GET /v1/here HTTP/1.1\r\n"));

    let (address, got) = answering(NO_CONTENT).await;
    let own = Core::builder(&ROOTS).variable("port", address.port().to_string()).build().unwrap();
    own.call(Where).await.unwrap();
    assert!(got.await.unwrap().starts_with("GET /own/here HTTP/1.1\r\n"));
}

/// Sends cookies, and reads headers of several types.
struct Headers;

static COOKIED: Operation = with_parameters("cookied", Method::GET, "/c", &[A, B]);
static A: Parameter = Parameter::cookie("a", &Schema::string());
static B: Parameter = Parameter::cookie("b", &Schema::integer());

#[derive(Debug, PartialEq)]
struct Limits {
    count: i64,
    tags: Vec<String>,
    numbers: Vec<i64>,
    flag: bool,
    text: String,
    none: Option<String>,
    kind: Kind,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Fast,
    #[serde(untagged)]
    Unknown(String),
}

impl Request for Headers {
    type Output = Limits;
    type Error = std::convert::Infallible;
    const OPERATION: &'static Operation = &COOKIED;

    fn encode(&self, request: &mut Encoder) {
        request.cookie("a", "x; y");
        request.cookie("b", &Some(2));
    }

    fn decode(reply: &Reply) -> Result<Outcome<Limits, Self::Error>, DecodeError> {
        Ok(Outcome::Success(Limits {
            count: reply.header("X-Count")?,
            tags: reply.header("X-Tags")?,
            numbers: reply.header("X-Numbers")?,
            flag: reply.header("X-Flag")?,
            text: reply.header("X-Text")?,
            none: reply.header("X-None")?,
            kind: reply.header("X-Kind")?,
        }))
    }
}

#[tokio::test]
async fn headers_are_typed() {
    let answer = "HTTP/1.1 204 No\r\nX-Count: 5\r\nX-Tags: a, b\r\nX-Tags: c\r\nX-Numbers: 1\r\nX-Flag: true\r\nX-Text: 12, 13\r\nX-Kind: slow\r\n\r\n";
    let (address, got) = answering(answer).await;
    let core = core(address);
    let limits = core.call(Headers).await.unwrap().into_body();
    assert_eq!((limits.count, limits.flag, limits.none), (5, true, None));
    assert_eq!(
        (limits.tags, limits.numbers),
        (vec!["a".to_owned(), "b".to_owned(), "c".to_owned()], vec![1])
    );
    assert_eq!((limits.text.as_str(), limits.kind), ("12, 13", Kind::Unknown("slow".to_owned())));
    assert!(got.await.unwrap().contains("cookie: a=x%3B%20y; b=2\r\n"));
}
