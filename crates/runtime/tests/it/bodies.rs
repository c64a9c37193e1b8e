//! Bodies of every kind, and credentials from every place they stand in.

use std::sync::Arc;

use http::{HeaderMap, Method};
use specwright_runtime::server::{
    Call, FromBody, FromCall, Input, Invalid, Reply, Response, Routes, SecurityRequest, Service,
};
use specwright_runtime::{Body, Content, Operation, Parameter, Produces, Rejection, Schema, operation_span};

use crate::server::{sent_to, served};

struct Files;

impl Service for Files {}

const fn upload(id: &'static str, path: &'static str, body: &'static Body) -> Operation {
    Operation {
        id,
        method: Method::POST,
        path,
        parameters: &[],
        body: Some(body),
        statuses: &["200"],
        produces: Produces::NONE,
        security: &[],
        servers: &[],
        span: operation_span!("upload"),
    }
}

static TEXT: Operation =
    upload("text", "/text", &Body { required: true, contents: &[Content::text("text/plain")] });
static BYTES: Operation =
    upload("bytes", "/bytes", &Body { required: false, contents: &[Content::bytes("image/*")] });
static JSON: Operation = upload(
    "json",
    "/json",
    &Body { required: false, contents: &[Content::json("application/json", &Schema::any())] },
);
static MIXED: Operation = upload(
    "mixed",
    "/mixed",
    &Body {
        required: true,
        contents: &[
            Content::bytes("*/*"),
            Content::text("text/*"),
            Content::json("application/json", &Schema::integer()),
        ],
    },
);

/// What a body was decoded as.
struct Told(String);

macro_rules! told {
    ($name:ident, $input:ident => $told:expr) => {
        struct $name(Told);

        impl FromCall for $name {
            fn from_call($input: &mut Input<'_>) -> Result<Self, Invalid> {
                Ok(Self(Told($told)))
            }
        }

        impl From<$name> for Told {
            fn from(request: $name) -> Self {
                request.0
            }
        }
    };
}

told!(Text, input => input.text()?);
told!(Bytes, input => format!("{:?}", input.optional_bytes()?.map(|octets| octets.length().unwrap_or(0))));
told!(Json, input => format!("{:?}", input.optional_json::<serde_json::Value>()?));
told!(Mixed, input => input.body::<Told>()?.0);

impl FromBody for Told {
    fn from_body(input: &mut Input<'_>, media_type: &str) -> Result<Self, Invalid> {
        Ok(Self(match media_type {
            "*/*" => format!("octets {}", input.bytes()?.length().unwrap_or(0)),
            "text/*" => format!("text {}", input.text()?),
            _ => format!("json {}", input.json::<i64>()?),
        }))
    }
}

async fn told<R: FromCall + Into<Told>>(_: Arc<Files>, mut call: Call) -> Result<Response, Rejection> {
    let told: Told = call.decode::<R>().await?.into();
    Ok(Reply::text(200, told.0).finish()?)
}

#[tokio::test]
async fn bodies_by_media_type() {
    let routes = Routes::new(Files)
        .operation(&TEXT, told::<Text>)
        .operation(&BYTES, told::<Bytes>)
        .operation(&JSON, told::<Json>)
        .operation(&MIXED, told::<Mixed>);
    let address = served(routes.into_router()).await;
    for (path, media_type, body, status, expected) in [
        ("/text", "text/plain; charset=utf-8", &b"h\xc3\xa9"[..], 200, "hé"),
        ("/text", "text/plain", b"\xff", 400, "encoding"),
        ("/text", "text/plain", b"", 400, "required"),
        ("/bytes", "image/png", b"\xff\x00", 200, "Some(2)"),
        ("/bytes", "text/plain", b"x", 415, "Unsupported Media Type"),
        ("/bytes", "image/png", b"", 200, "None"),
        ("/json", "application/json", b"", 200, "None"),
        ("/json", "application/json", b"null", 200, "Some(Null)"),
        ("/json", "application/json", b" [1] ", 200, "Some(Array [Number(1)])"),
        ("/mixed", "application/json", b"1", 200, "json 1"),
        ("/mixed", "application/json", b"\"1\"", 400, "type"),
        ("/mixed", "text/html", b"<p>", 200, "text <p>"),
        ("/mixed", "a/b", b"123", 200, "octets 3"),
    ] {
        let length = body.len();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n"
        );
        let answer = sent_to(address, &[head.as_bytes(), body].concat()).await;
        assert_eq!(answer.status, status, "{path} {media_type}");
        assert!(answer.body.contains(expected), "{path} {media_type} {}", answer.body);
    }
}

static KEYS: Operation = Operation {
    id: "keys",
    method: Method::GET,
    path: "/keys/{name}",
    parameters: &[Parameter::path("name", &Schema::string())],
    body: None,
    statuses: &["200"],
    produces: Produces::NONE,
    security: &[],
    servers: &[],
    span: operation_span!("keys"),
};

async fn keys(_: Arc<Files>, call: Call) -> Result<Response, Rejection> {
    let basic = call.basic().map(|basic| format!("{}/{}", basic.user, basic.password.expose()));
    let seen = (
        (call.bearer(), basic, call.http("digest")),
        (call.header_key("X-Key"), call.query_key("key"), call.cookie_key("sid")),
    );
    let request: SecurityRequest<'_> = call.security(&["a"]);
    let headers: &HeaderMap = request.headers();
    let told = format!(
        "{seen:?} {} {:?} {:?} {} {}",
        request.method(),
        request.path("name"),
        request.raw_path("name"),
        request.uri(),
        headers.len(),
    );
    assert!(!format!("{call:?} {request:?}").contains("s3cret"));
    Ok(Reply::text(200, told).finish()?)
}

#[tokio::test]
async fn credentials_by_place() {
    let address = served(Routes::new(Files).operation(&KEYS, keys).into_router()).await;
    for (target, headers, expected) in [
        (
            "/keys/a%2Fb",
            "",
            "((None, None, None), (None, None, None)) GET Some(\"a/b\") Some(\"a%2Fb\") /keys/a%2Fb 2",
        ),
        ("/keys/%zz", "", "((None, None, None), (None, None, None)) GET None Some(\"%zz\") /keys/%zz 2"),
        ("/keys/a", "Authorization: Bearer s3cret.~+/==\r\n", "((Some(\"s3cret.~+/==\"), None, None)"),
        ("/keys/a", "Authorization: Bearer s=c\r\n", "((None, None, None)"),
        ("/keys/a", "Authorization: basic YW5uOnA6dw==\r\n", "((None, Some(\"ann/p:w\"), None)"),
        ("/keys/a", "Authorization: Basic !!\r\n", "((None, None, None)"),
        ("/keys/a", "Authorization: Digest a=\"b\", c=d\r\n", "((None, None, Some(\"a=\\\"b\\\", c=d\"))"),
        ("/keys/a?key=a%20b+c", "", "(None, Some(\"a b c\"), None))"),
        ("/keys/a", "X-Key: s3cret\r\n", "(Some(\"s3cret\"), None, None))"),
        ("/keys/a", "X-Key: a\r\nX-Key: b\r\n", "(None, None, None))"),
        ("/keys/a", "Cookie: a=b; sid=x=y\r\n", "(None, None, Some(\"x=y\")))"),
    ] {
        let request = format!("GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}\r\n");
        let answer = sent_to(address, request.as_bytes()).await;
        assert_eq!(answer.status, 200);
        assert!(answer.body.contains(expected), "{} {expected}", answer.body);
    }
}
