//! What the listener and the layers take, and what they do not.

use std::net::Shutdown;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{Running, client, rest};

/// The status of an answer as it came, and its body.
fn parts(answer: &str) -> (&str, &str) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer:?}"));
    (head.split(' ').nth(1).expect("a status"), body)
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let running = Running::dev(&[]);
    let head = format!("GET /healthz HTTP/1.1\r\nHost: a\r\nX-Large: {}\r\n\r\n", "a".repeat(17 * 1024));
    assert_eq!(parts(&rest(&running.connect(&head))).0, "431");
    let head = format!(
        "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: {}\r\n\r\n",
        "a".repeat(15 * 1024)
    );
    assert_eq!(parts(&rest(&running.connect(&head))).0, "200");

    let answer = running.get(&format!("/healthz?{}", "a".repeat(8 * 1024))).await;
    assert_eq!(answer.status(), 414);
    let body: Value = answer.json().await.unwrap();
    assert_eq!(
        body,
        json!({"status": 414, "type": "uri_too_long", "message": "The URI is longer than 8 KiB."})
    );
    assert_eq!(running.get(&format!("/healthz?{}", "a".repeat(8 * 1024 - 9))).await.status(), 200);

    let url = running.url("/_dev/tenants/acme");
    let large = client().put(url).body(" ".repeat(65 * 1024)).send().await.unwrap();
    assert_eq!(large.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let body: Value = large.json().await.unwrap();
    let message = "The request body is too large.";
    assert_eq!(body, json!({"status": 413, "type": "payload_too_large", "message": message}));
    let login: Value = running
        .get("/customerlogin/auth/anonymous/login?tenant=acme&client_id=a")
        .await
        .json()
        .await
        .unwrap();
    let signup = client()
        .post(running.url("/customer/acme/signup"))
        .bearer_auth(login["access_token"].as_str().unwrap());
    let large =
        signup.header("content-type", "application/json").body(" ".repeat(65 * 1024)).send().await.unwrap();
    assert_eq!(large.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn a_connection_without_a_whole_head_is_closed() {
    let running = Running::dev(&[]);
    // Nothing at all, what may become either protocol, half a head, and a client with nothing more to ask.
    let said = ["", "P", "GET /healthz HTT", "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"];
    let streams = said.map(|said| running.connect(said));
    let answers = streams.each_ref().map(rest);
    assert_eq!(answers.each_ref().map(|answer| answer.contains(" 200 ")), [false, false, false, true]);
    drop(running);
}

#[test]
fn connections_beyond_the_most_wait_for_their_turn() {
    let running = Running::dev(&["--max-connections", "1"]);
    let request = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let first = running.connect("GET /healthz HTTP/1.1\r\n");
    let second = running.connect(request);
    second.set_nonblocking(true).unwrap();
    let mut octet = [0];
    let waits = std::io::Read::read(&mut &second, &mut octet).unwrap_err();
    assert_eq!(waits.kind(), std::io::ErrorKind::WouldBlock);
    first.shutdown(Shutdown::Both).unwrap();
    second.set_nonblocking(false).unwrap();
    assert_eq!(parts(&rest(&second)).0, "200");
}

#[tokio::test]
async fn an_address_that_asks_too_often_is_told_to_wait() {
    let running = Running::start(&["--rate-limit", "1", "--tenant", "acme"]);
    let path = "/customerlogin/auth/anonymous/login?tenant=acme&client_id=a";
    let mut answers = Vec::new();
    for _ in 0..40 {
        answers.push(running.get(path).await);
    }
    let throttled = answers.iter().position(|answer| answer.status() == 429).expect("a refusal");
    assert!(throttled >= 4, "{throttled}");
    let answer = answers.swap_remove(throttled);
    assert_eq!(answer.headers()["retry-after"], "1");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let body: Value = answer.json().await.unwrap();
    let message = "Too many requests from this address.";
    assert_eq!(body, json!({"status": 429, "type": "too_many_requests", "message": message}));

    // With a slash it is the same request; where nothing is, there is nothing to wait for.
    let mut slashed = Vec::new();
    for _ in 0..10 {
        slashed.push(running.get(&path.replace('?', "/?")).await.status().as_u16());
        assert_eq!(running.get("/nowhere").await.status(), 404);
        assert_eq!(running.get("/healthz").await.status(), 200);
    }
    assert!(slashed.contains(&429), "{slashed:?}");
}

#[tokio::test]
async fn one_slash_at_the_end_means_nothing() {
    let running = Running::dev(&[]);
    let login = "/customerlogin/auth/anonymous/login";
    for (path, status) in [
        ("/docs/".to_owned(), 200),
        ("/docs//".to_owned(), 404),
        (format!("{login}/?tenant=acme&client_id=a"), 200),
        (format!("{login}//?tenant=acme&client_id=a"), 404),
        ("/customer/acme/me/".to_owned(), 401),
        ("/customer/acme/me//".to_owned(), 404),
        ("/".to_owned(), 404),
    ] {
        assert_eq!(running.get(&path).await.status(), status, "{path}");
    }
}

#[tokio::test]
async fn pages_of_configured_origins_alone_may_read_answers() {
    let ask = async |running: &Running, origin: &str| {
        let request = client().request(Method::OPTIONS, running.url("/customer/acme/signup"));
        let preflight = request.header("origin", origin).header("access-control-request-method", "POST");
        let preflight =
            preflight.header("access-control-request-headers", "authorization").send().await.unwrap();
        let answer = client().get(running.url("/healthz")).header("origin", origin).send().await.unwrap();
        [preflight, answer].map(|answer| answer.headers().get("access-control-allow-origin").cloned())
    };
    let with = Running::start(&["--cors-origin", "https://shop.example,https://b.example:8443"]);
    let without = Running::start(&[]);
    for origin in ["https://shop.example", "https://b.example:8443"] {
        let allowed = ask(&with, origin).await.map(|value| value.expect("it is allowed"));
        assert_eq!(allowed, [origin, origin]);
    }
    assert_eq!(ask(&with, "https://other.example").await, [None, None]);
    assert_eq!(ask(&without, "https://shop.example").await, [None, None]);
}
