//! Requests over loopback, written by hand, and what comes back.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};
use specwright_runtime::server::{
    Asked, Authentication, Call, FromBody, FromCall, Input, Invalid, Render, Reply, Response, Routes,
    SecurityRequest, Service,
};
use specwright_runtime::{
    Failure, Internal, Operation, Parameter, Rejection, Schema, Unavailable, Unimplemented,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::pets::{
    NotFound, PUT_PET, Pet, Problem, PutPetError, PutPetRequest, PutPetResponse, with_parameters,
};

pub struct Pets {
    calls: AtomicUsize,
}

impl Service for Pets {
    fn body_limit(&self) -> usize {
        1024
    }
}

impl Pets {
    async fn pet_token(&self, token: Option<&str>, request: SecurityRequest<'_>) -> Authentication<String> {
        tokio::task::yield_now().await;
        assert_eq!((request.operation().id, request.scopes()), ("put-pet", &["pets:write"][..]));
        match token {
            None => Authentication::NotMine,
            Some("closed") => Authentication::Reject(
                Rejection::forbidden().with_detail(request.path("store").unwrap_or_default()),
            ),
            Some("bad") => Authentication::Reject(Rejection::unauthenticated()),
            Some(token) => Authentication::Principal(token.to_owned()),
        }
    }

    async fn pet_key(&self, key: Option<&str>, _: SecurityRequest<'_>) -> Authentication<String> {
        tokio::task::yield_now().await;
        key.map_or(Authentication::NotMine, |key| Authentication::Principal(key.to_owned()))
    }

    async fn put_pet(
        &self,
        who: String,
        request: PutPetRequest,
    ) -> Result<PutPetResponse, Failure<PutPetError>> {
        tokio::task::yield_now().await;
        self.calls.fetch_add(1, Ordering::Relaxed);
        match request.body.name.as_str() {
            "none" => {
                let body = Problem { message: format!("{who}: {request:?}") };
                Err(NotFound { body, retry_after: Some(3) })?
            }
            "gone" => Err(PutPetError::Gone)?,
            "down" => {
                let body = Problem { message: "down".to_owned() };
                Err(PutPetError::ServerError { status: StatusCode::BAD_GATEWAY, body })?
            }
            "disk" => Err(Internal::new("disk full"))?,
            "busy" => Err(Unavailable::retry_after(std::time::Duration::from_secs(9)))?,
            "later" => Err(Unimplemented)?,
            "panic" => panic!("on purpose"),
            "empty" => Ok(PutPetResponse::NoContent),
            _ => Ok(PutPetResponse::Ok(Pet {
                name: format!("{who} {} {:?} {:?}", request.store, request.tags, request.limit),
                age: request.body.age,
            })),
        }
    }
}

async fn put_pet(service: Arc<Pets>, mut call: Call) -> Result<Response, Rejection> {
    let token = service.pet_token(call.bearer(), call.security(&["pets:write"])).await.claimed()?;
    let who = if let Some(token) = token {
        token
    } else if let Some(key) =
        service.pet_key(call.query_key("key").as_deref(), call.security(&[])).await.claimed()?
    {
        key
    } else {
        return Err(call.unauthenticated());
    };
    let request = call.decode::<PutPetRequest>().await?;
    call.respond(service.put_pet(who, request).await)
}

impl FromCall for PutPetRequest {
    fn from_call(input: &mut Input<'_>) -> Result<Self, Invalid> {
        let store = input.path("store");
        let tags = input.query("tags");
        let limit = input.query("limit");
        let trace = input.header("X-Trace");
        let body = input.body::<PetBody>();
        Ok(Self { store: store?, tags: tags?, limit: limit?, trace: trace?, body: body?.0 })
    }
}

struct PetBody(Pet);

impl FromBody for PetBody {
    fn from_body(input: &mut Input<'_>, media_type: &str) -> Result<Self, Invalid> {
        assert!(["application/json", "application/merge-patch+json"].contains(&media_type));
        input.json().map(Self)
    }
}

impl Render for PutPetResponse {
    fn render(self, _: &Asked) -> Result<Response, Internal> {
        match self {
            Self::Ok(body) => Reply::json(200, &body).header("X-Tags", &["a", "b"]).finish(),
            Self::NoContent => Reply::empty(204).header("X-None", &None::<String>).finish(),
        }
    }
}

/// Answers with its operation's id and the raw path parameters that it names.
fn echo(names: &'static [&'static str]) -> impl Fn(Arc<Pets>, Call) -> Echoed {
    move |_, call| {
        let request = call.security(&[]);
        let values: Vec<_> =
            names.iter().map(|name| request.raw_path(name).unwrap_or("?").to_owned()).collect();
        let text = format!("{} {}", request.operation().id, values.join(" "));
        Box::pin(async move { Ok(Reply::text(200, text).finish()?) })
    }
}

type Echoed = std::pin::Pin<Box<dyn Future<Output = Result<Response, Rejection>> + Send>>;

const fn plain(id: &'static str, method: Method, path: &'static str) -> Operation {
    with_parameters(id, method, path, &[])
}

static HEADED: Operation = plain("headed", Method::HEAD, "/headed");
static ROOT: Operation = plain("root", Method::GET, "/");
static SLASH: Operation = plain("slash", Method::GET, "/slash/");
static READ: Operation = plain("read", Method::GET, "/files/{id}");
static WRITE: Operation = plain("write", Method::POST, "/files/{name}");
static ME: Operation = plain("me", Method::GET, "/files/me");
static EXT: Operation = plain("ext", Method::GET, "/files/{id}.{ext}");
static COMPARE: Operation = plain("compare", Method::GET, "/compare/{base}...{head}");
static CANCEL: Operation = plain("cancel", Method::POST, "/jobs/{name}:cancel");
static COLON: Operation = plain("colon", Method::GET, "/:literal/*");
static TWICE: Operation = plain("twice", Method::GET, "/files/{other}");
static QUERY: Operation = plain("query", Method::GET, "/files?id={id}");

pub fn routes() -> Routes<Pets> {
    Routes::new(Pets { calls: AtomicUsize::new(0) })
        .operation(&PUT_PET, put_pet)
        .operation(&HEADED, echo(&[]))
        .operation(&ROOT, echo(&[]))
        .operation(&SLASH, echo(&[]))
        .operation(&READ, echo(&["id"]))
        .operation(&WRITE, echo(&["name"]))
        .operation(&ME, echo(&[]))
        .operation(&EXT, echo(&["id", "ext"]))
        .operation(&COMPARE, echo(&["base", "head"]))
        .operation(&CANCEL, echo(&["name"]))
        .operation(&COLON, echo(&[]))
        .operation(&TWICE, echo(&[]))
        .operation(&QUERY, echo(&["id"]))
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    fn parse(octets: &[u8]) -> Self {
        let text = String::from_utf8_lossy(octets);
        let (head, body) = text.split_once("\r\n\r\n").expect("a whole head");
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap().parse().unwrap();
        let mut headers = HeaderMap::new();
        for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
            headers.append(http::HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
        }
        Self { status, headers, body: body.to_owned() }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// The violations as `location name pointer keyword`.
    fn violations(&self) -> Vec<String> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let problem = self.json();
        let list = problem["violations"].as_array().cloned().unwrap_or_default();
        list.iter()
            .map(|found| {
                ["location", "name", "pointer", "constraint"].map(|member| text(&found[member])).join(" ")
            })
            .collect()
    }
}

pub async fn served(router: axum::Router) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

pub async fn sent_to(address: std::net::SocketAddr, request: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut octets = Vec::new();
    stream.read_to_end(&mut octets).await.unwrap();
    Answer::parse(&octets)
}

async fn sent(request: &str) -> Answer {
    sent_to(served(routes().into_router()).await, request.as_bytes()).await
}

async fn get(path: &str) -> Answer {
    sent(&format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).await
}

/// `PUT` with these headers and body.
async fn put(target: &str, headers: &str, body: &str) -> Answer {
    let length = body.len();
    sent(&format!(
        "PUT {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    ))
    .await
}

const TOKEN: &str = "Authorization: Bearer ann\r\n";
const JSON: &str = "Content-Type: application/json\r\nAuthorization: bEARER ann\r\n";

#[tokio::test]
async fn a_request_reaches_its_handler() {
    let answer =
        put("/stores/caf%C3%A9%2F1/pet?tags=aa&tags=b%26&x=y", JSON, r#"{"name":"rex","age":3}"#).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["content-type"], "application/json");
    assert_eq!(answer.headers["x-tags"], "a,b");
    assert_eq!(answer.body, r#"{"name":"ann café/1 Some([\"aa\", \"b&\"]) Some(10)","age":3}"#);

    for media_type in ["application/merge-patch+json", "Application/JSON; charset=UTF-8"] {
        let headers = format!("{TOKEN}Content-Type: {media_type}\r\n");
        assert_eq!(put("/stores/a/pet", &headers, r#"{"name":"empty"}"#).await.status, 204);
    }
}

#[tokio::test]
async fn declared_errors_have_their_status_headers_and_body() {
    let answer = put("/stores/a/pet", JSON, r#"{"name":"none"}"#).await;
    assert_eq!((answer.status, &answer.headers["retry-after"]), (404, &"3".parse().unwrap()));
    assert!(answer.json()["message"].as_str().unwrap().starts_with("ann: "));
    let answer = put("/stores/a/pet", JSON, r#"{"name":"gone"}"#).await;
    assert_eq!((answer.status, answer.body.as_str()), (410, ""));
    let answer = put("/stores/a/pet", JSON, r#"{"name":"down"}"#).await;
    assert_eq!((answer.status, answer.body.as_str()), (502, r#"{"message":"down"}"#));
}

#[tokio::test]
async fn what_goes_wrong_inside_stays_inside() {
    for (name, status) in [("disk", 500), ("panic", 500), ("later", 501), ("busy", 503)] {
        let answer = put("/stores/a/pet", JSON, &format!(r#"{{"name":"{name}"}}"#)).await;
        assert_eq!(answer.status, status, "{name}");
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        assert_eq!(answer.json()["status"], status);
        assert!(!answer.body.contains("disk") && !answer.body.contains("purpose"), "{}", answer.body);
        assert_eq!(answer.headers.contains_key("retry-after"), name == "busy");
    }
}

#[tokio::test]
async fn security_goes_before_decoding() {
    for (target, headers, status) in [
        ("/stores/a/pet", "", 401),
        ("/stores/a/pet", "Authorization: Bearer bad\r\n", 401),
        ("/stores/a/pet", "Authorization: Basic YTpi\r\n", 401),
        ("/stores/a/pet", "Authorization: Bearer\r\n", 401),
        ("/stores/a/pet", "Authorization: Bearer a b\r\n", 401),
        ("/stores/a/pet", "Authorization: Bearer ann\r\nAuthorization: Bearer ann\r\n", 401),
        ("/stores/a/pet", "Authorization: Bearer closed\r\n", 403),
        ("/stores/a/pet", TOKEN, 415),
        ("/stores/a/pet?key=k", "", 415),
        ("/stores/a/pet?key=k&key=k", "", 401),
        ("/stores/a/pet?key=k", "Authorization: Bearer closed\r\n", 403),
    ] {
        let answer = put(target, headers, "not json").await;
        assert_eq!(answer.status, status, "{target} {headers}");
        assert_eq!(
            answer.headers.get("www-authenticate").is_some_and(|value| value == "Bearer"),
            status == 401
        );
    }
    let answer = put("/stores/caf%C3%A9/pet", "Authorization: Bearer closed\r\n", "").await;
    assert_eq!(answer.json()["detail"], "café");
}

#[tokio::test]
async fn all_violations_are_told_at_once() {
    let target = "/stores/a%21/pet?tags=a&tags=bb&tags=cc&limit=0";
    let answer = put(target, JSON, r#"{"name":"UPPERCASE","age":-1}"#).await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.json(),
        json!({
            "type": "about:blank", "title": "Bad Request", "status": 400,
            "violations": answer.json()["violations"],
        })
    );
    assert_eq!(
        answer.violations(),
        [
            "path store  pattern",
            "query tags  maxItems",
            "query tags /0 minLength",
            "query limit  minimum",
            "body  /name maxLength",
            "body  /age minimum",
        ]
    );
    assert!(!answer.body.contains("UPPERCASE"));
}

#[tokio::test]
async fn what_cannot_be_read_is_told() {
    let json = r#"{"name":"rex"}"#;
    for (target, headers, body, expected) in [
        ("/stores/%zz/pet", JSON, json, &["path store  encoding"][..]),
        ("/stores/%FF/pet", JSON, json, &["path store  encoding"]),
        ("/stores/a/pet?limit=%", JSON, json, &["query limit  encoding"]),
        ("/stores/a/pet?limit=x", JSON, json, &["query limit  type"]),
        ("/stores/a/pet?limit=1&limit=1", JSON, json, &["query limit  repeated"]),
        ("/stores/a/pet?limit=0", JSON, r#"{"name""#, &["query limit  minimum", "body   json"]),
        ("/stores/a/pet", JSON, r#"{"name":"rex"} x"#, &["body   json"]),
        ("/stores/a/pet", JSON, "", &["body   required"]),
        ("/stores/a/pet", TOKEN, "", &["body   required"]),
        ("/stores/a/pet", JSON, "null", &["body   type"]),
        ("/stores/a/pet", JSON, "{}", &["body  /name required"]),
        ("/stores/a/pet", JSON, r#"{"name":"a","name":"b"}"#, &["body   type"]),
    ] {
        let answer = put(target, headers, body).await;
        assert_eq!(answer.status, 400, "{target} {body}");
        assert_eq!(answer.violations(), expected, "{target} {body}");
    }
}

#[tokio::test]
async fn media_types_that_are_not_declared() {
    for headers in [
        "",
        "Content-Type: text/plain\r\n",
        "Content-Type: application/problem+json\r\n",
        "Content-Type: nonsense\r\n",
    ] {
        let answer = put("/stores/a/pet", &format!("{TOKEN}{headers}"), r#"{"name":"rex"}"#).await;
        assert_eq!(answer.status, 415, "{headers}");
    }
}

#[tokio::test]
async fn bodies_that_are_too_large() {
    let body = format!(r#"{{"name":"{}"}}"#, "a".repeat(2_000_000));
    let answer = put("/stores/a/pet", JSON, &body).await;
    assert_eq!((answer.status, &answer.headers["connection"]), (413, &"close".parse().unwrap()));

    let chunk = format!("{:x}\r\n{}\r\n", 3000, "a".repeat(3000)).repeat(200);
    let head = format!("PUT /stores/a/pet HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n{JSON}\r\n");
    assert_eq!(sent(&format!("{head}{chunk}0\r\n\r\n")).await.status, 413);

    // Who waits for leave to send gets the answer instead.
    let head = format!(
        "PUT /stores/a/pet HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5000\r\n{JSON}"
    );
    assert_eq!(sent(&format!("{head}\r\n")).await.status, 413);
}

#[tokio::test]
async fn paths_and_methods() {
    for (method, path, status, text) in [
        ("GET", "/", 200, "root "),
        ("GET", "/slash/", 200, "slash "),
        ("GET", "/slash", 404, ""),
        ("GET", "/files", 404, ""),
        ("GET", "/files?id=a%20b+c&x", 200, "query a%20b%20c"),
        ("GET", "/files/", 404, ""),
        ("GET", "/files/a", 200, "read a"),
        ("GET", "/files/a/", 404, ""),
        ("GET", "/files/a%2Fb", 200, "read a%2Fb"),
        ("POST", "/files/a", 200, "write a"),
        ("GET", "/files/me", 200, "me "),
        ("GET", "/files/me?x", 200, "me "),
        ("POST", "/files/me", 405, "GET"),
        ("DELETE", "/files/a", 405, "GET, POST"),
        ("HEAD", "/files/a", 405, "GET, POST"),
        ("OPTIONS", "/files/a", 405, "GET, POST"),
        ("HEAD", "/headed", 200, ""),
        ("GET", "/headed", 405, "HEAD"),
        ("GET", "/files/a.tar.gz", 200, "ext a tar.gz"),
        ("GET", "/compare/v1.0...v1.1", 200, "compare v1.0 v1.1"),
        ("GET", "/compare/v1.0..v1.1", 404, ""),
        ("POST", "/jobs/a:b:cancel", 200, "cancel a:b"),
        ("GET", "/jobs/a:cancel", 405, "POST"),
        ("GET", "/:literal/*", 200, "colon "),
        ("GET", "/xliteral/x", 404, ""),
    ] {
        let answer = sent(&format!("{method} {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).await;
        assert_eq!(answer.status, status, "{method} {path}");
        match status {
            200 => assert_eq!(answer.body, text, "{method} {path}"),
            405 => assert_eq!(answer.headers["allow"], text, "{method} {path}"),
            _ => assert_eq!(answer.headers["content-type"], "application/problem+json"),
        }
    }
}

#[test]
fn what_cannot_be_served_is_listed() {
    let routes = routes();
    let listed: Vec<_> = routes.unservable().iter().map(|found| (found.operation.id, found.reason)).collect();
    assert_eq!(listed, [("twice", "another operation has the same method and path"),]);
}

#[tokio::test]
async fn a_router_is_nested_and_merged_as_any_other() {
    let others = axum::Router::new().route("/health", axum::routing::get(|| async { "up" }));
    let address = served(axum::Router::new().nest("/api", routes().into_router()).merge(others)).await;
    for (path, status) in [("/api/files/a", 200), ("/api/files/a.b", 200), ("/health", 200), ("/api/x", 404)]
    {
        let request = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assert_eq!(sent_to(address, request.as_bytes()).await.status, status, "{path}");
    }
}

struct Plain;

impl Service for Plain {
    fn reject(&self, rejection: &Rejection) -> Response {
        let operation = rejection.operation().map_or("none", |operation| operation.id);
        let text = format!("{:?} {operation} {}", rejection.kind(), rejection.violations().len());
        Reply::text(rejection.status(), text).finish().unwrap()
    }
}

#[tokio::test]
async fn the_service_decides_how_a_rejection_looks() {
    static A: Parameter = Parameter::query("a", &Schema::string()).required();
    static STRICT: Operation = with_parameters("strict", Method::GET, "/strict", &[A]);
    struct Strict;
    impl FromCall for Strict {
        fn from_call(input: &mut Input<'_>) -> Result<Self, Invalid> {
            input.query::<String>("a").map(|_| Self)
        }
    }
    async fn strict(_: Arc<Plain>, mut call: Call) -> Result<Response, Rejection> {
        call.decode::<Strict>().await?;
        Ok(Reply::empty(204).finish()?)
    }
    let address = served(Routes::new(Plain).operation(&STRICT, strict).into_router()).await;
    for (request, status, text) in [
        ("GET /x", 404, "NotFound none 0"),
        ("POST /strict", 405, "MethodNotAllowed none 0"),
        ("GET /strict", 400, "Invalid strict 1"),
        ("GET /strict?a=", 204, ""),
    ] {
        let head = format!("{request} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        let answer = sent_to(address, head.as_bytes()).await;
        assert_eq!((answer.status, answer.body.as_str()), (status, text), "{request}");
        assert_eq!(answer.headers.contains_key("allow"), status == 405);
    }
    assert_eq!(get("/files/a").await.status, 200);
}

/// Every path of up to three segments, each of them one of these.
fn every_path(segments: &[&str]) -> Vec<String> {
    let mut paths = vec![String::new()];
    for _ in 0..3 {
        let longer =
            paths.iter().flat_map(|path| segments.iter().map(move |segment| format!("{path}/{segment}")));
        let longer: Vec<_> = longer.collect();
        paths.extend(longer);
    }
    paths.sort();
    paths.dedup();
    paths.split_off(1)
}

#[tokio::test]
async fn fixed_text_goes_before_mixtures_and_mixtures_before_parameters() {
    let mut routes = Routes::new(Pets { calls: AtomicUsize::new(0) });
    for path in every_path(&["a", "b", "{x}", "{x}.z"]) {
        // Leaked, because operations are statics.
        let path: &'static str = path.leak();
        let operation: &'static Operation = Box::leak(Box::new(plain(path, Method::GET, path)));
        routes = routes.operation(operation, echo(&[]));
    }
    assert!(routes.unservable().is_empty());
    let address = served(routes.into_router()).await;
    for path in every_path(&["a", "b", "c", "c.z"]) {
        let request = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        let expected = path.replace("c.z", "{x}.z").replace("/c", "/{x}");
        let answer = sent_to(address, request.as_bytes()).await;
        assert_eq!(answer.body.trim_end(), expected, "{path}");
    }
}
