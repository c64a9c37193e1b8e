//! What a service decides for all of its operations, beside how a rejection looks.

use std::sync::Arc;

use http::Method;
use specwright_runtime::server::{Call, FromCall, Input, Invalid, Reply, Response, Routes, Service};
use specwright_runtime::{
    Body, Content, Operation, Parameter, Produces, Rejection, Schema, Value, operation_span,
};

use crate::pets::with_parameters;
use crate::server::{Answer, sent_to, served};

static ECHO: Operation = Operation {
    id: "echo",
    method: Method::POST,
    path: "/echo",
    parameters: &[
        Parameter::query("tags", &Schema::string().length(Some(1), Some(8))),
        Parameter::query("order", &Schema::string()),
    ],
    body: Some(&Body::optional(&[Content::json("application/json", &Schema::any())])),
    statuses: &["200"],
    produces: Produces::NONE,
    security: &[],
    servers: &[],
    span: operation_span!("echo"),
};

struct Echo {
    tags: Option<String>,
    order: Option<String>,
    body: Option<Value>,
}

impl FromCall for Echo {
    fn from_call(input: &mut Input<'_>) -> Result<Self, Invalid> {
        let tags = input.query("tags");
        let order = input.query("order");
        let body = input.optional_json();
        Ok(Self { tags: tags?, order: order?, body: body? })
    }
}

async fn echo<S: Service>(_: Arc<S>, mut call: Call) -> Result<Response, Rejection> {
    let Echo { tags, order, body } = call.decode().await?;
    Ok(Reply::text(200, format!("{tags:?} {order:?} {}", body.is_some())).finish()?)
}

/// Decides nothing.
struct Usual;

impl Service for Usual {}

/// Decides.
struct Own;

impl Service for Own {
    fn nesting_limit(&self) -> usize {
        3
    }

    fn ignores_trailing_slash(&self) -> bool {
        true
    }

    fn separator(&self, parameter: &'static Parameter) -> Option<&'static str> {
        (parameter.name == "tags").then_some(",")
    }
}

async fn asked<S: Service>(service: S, query: &str, body: &str) -> Answer {
    let address = served(Routes::new(service).operation(&ECHO, echo).into_router()).await;
    let length = body.len();
    let head = "Host: a\r\nConnection: close\r\nContent-Type: application/json";
    let request = format!("POST /echo?{query} HTTP/1.1\r\n{head}\r\nContent-Length: {length}\r\n\r\n{body}");
    sent_to(address, request.as_bytes()).await
}

static BELOW: Operation = with_parameters("below", Method::POST, "/echo/{id}", &[]);
static SLASH: Operation = with_parameters("slash", Method::POST, "/echo/slash/", &[]);

async fn named(_: Arc<impl Service>, call: Call) -> Result<Response, Rejection> {
    Ok(Reply::text(200, call.security(&[]).operation().id).finish()?)
}

#[tokio::test]
async fn a_service_ignores_a_slash_at_the_end() {
    async fn found(service: impl Service, path: &str) -> String {
        let routes = Routes::new(service).operation(&ECHO, named);
        let routes = routes.operation(&BELOW, named).operation(&SLASH, named);
        let address = served(routes.into_router()).await;
        let head = format!("POST {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        let answer = sent_to(address, head.as_bytes()).await;
        if answer.status == 200 { answer.body } else { answer.status.to_string() }
    }
    for (path, usual, own) in [
        ("/echo", "echo", "echo"),
        ("/echo/", "404", "echo"),
        ("/echo/?tags=a/", "404", "echo"),
        ("/echo//", "404", "404"),
        ("/echo/x/", "404", "below"),
        ("/echo/slash", "below", "below"),
        ("/echo/slash/", "slash", "slash"),
        ("/echo/slash//", "404", "slash"),
        ("/", "404", "404"),
    ] {
        assert_eq!(found(Usual, path).await, usual, "{path}");
        assert_eq!(found(Own, path).await, own, "{path}");
    }
}

#[tokio::test]
async fn a_service_joins_the_values_of_a_parameter_that_takes_one() {
    for (query, expected) in [
        ("", "None None false"),
        ("tags=a", r#"Some("a") None false"#),
        ("tags=a&order=x&tags=b,c", r#"Some("a,b,c") Some("x") false"#),
        ("tags=a%2Cb&t%61gs=+c&tag=d", r#"Some("a,b, c") None false"#),
        ("tags=&tags", r#"Some(",") None false"#),
    ] {
        assert_eq!(asked(Own, query, "").await.body, expected, "{query}");
    }
}

#[tokio::test]
async fn what_is_joined_is_validated_as_one() {
    for (query, constraint) in [
        ("tags=", "minLength"),
        ("tags=1234&tags=5678", "maxLength"),
        ("tags=a&tags=%FF", "encoding"),
        ("order=a&order=b", "repeated"),
    ] {
        let answer = asked(Own, query, "").await;
        assert_eq!(answer.status, 400, "{query}: {}", answer.body);
        assert!(answer.body.contains(&format!(r#""constraint":"{constraint}""#)), "{}", answer.body);
    }
    let answer = asked(Usual, "tags=a&tags=b", "").await;
    assert!(answer.body.contains(r#""constraint":"repeated""#), "{}", answer.body);
}

#[tokio::test]
async fn a_service_decides_how_deep_json_may_be() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    for depth in [1, 3] {
        assert_eq!(asked(Own, "", &nested(depth)).await.status, 200, "{depth}");
    }
    assert_eq!(asked(Own, "", r#"[{"a":"[[[[\"[[["}]"#).await.status, 200, "text nests nothing");
    assert_eq!(asked(Usual, "", &nested(127)).await.status, 200);
    for answer in [
        asked(Own, "", &nested(4)).await,
        asked(Own, "", r#"{"a":{"b":{"c":{}}}}"#).await,
        asked(Own, "", &nested(1_000_000)).await,
        asked(Usual, "", &nested(128)).await,
        asked(Usual, "", &nested(1_000_000)).await,
    ] {
        assert_eq!(answer.status, 400, "{}", answer.body);
        assert!(answer.body.contains(r#""constraint":"depth""#), "{}", answer.body);
    }
}
