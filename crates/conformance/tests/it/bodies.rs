//! Bodies that are too large, not JSON, cut off, too deep, or of the wrong media type.

use std::net::SocketAddr;

use customer_api::operations::account::{UpdateCustomerBody, UpdateCustomerRequest};
use customer_api::operations::addresses::AddAddressRequest;
use customer_api::types::{AddressCreateDto, CustomerPatch};
use specwright_conformance::{Answer, exchange};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::stub::Stub;

async fn post(server: SocketAddr, headers: &str, body: &str) -> Answer {
    let head =
        format!("POST /customer/acme/me/addresses HTTP/1.1\nAuthorization: Bearer customer-token{headers}");
    exchange(server, &head, body).await.expect("an answer")
}

async fn json(server: SocketAddr, body: &str) -> Answer {
    post(server, "\nContent-Type: application/json", body).await
}

/// A good body of so many octets.
fn padded(length: usize) -> String {
    let body = r#"{"contactName":"Jane"}"#;
    body.to_owned() + &" ".repeat(length - body.len())
}

const LIMIT: usize = 2 * 1024 * 1024;

#[tokio::test]
async fn a_body_that_is_too_large() {
    let stub = Stub::default();
    let server = stub.start().await;
    assert_eq!(json(server, &padded(LIMIT)).await.status, 501);
    stub.seen::<()>();
    let large = padded(LIMIT + 1);
    let answer = json(server, &large).await;
    assert_eq!(
        answer.to_text(),
        "413\ncontent-type: application/problem+json\n\n\
         {\"type\":\"about:blank\",\"title\":\"Payload Too Large\",\"status\":413}"
    );
    assert_eq!(answer.header("connection"), Some("close"));
    // Without a length that is told beforehand.
    let chunked = format!("{:x}\r\n{large}\r\n0\r\n\r\n", large.len());
    let headers = "\nContent-Type: application/json\nTransfer-Encoding: chunked";
    let answer = raw(server, headers, &chunked, Sender::Waits).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(stub.is_untouched());
    assert_eq!(json(server, &padded(100)).await.status, 501, "the server goes on");
}

/// What a sender does when it has sent its octets.
#[derive(PartialEq)]
enum Sender {
    /// It waits for the answer.
    Waits,
    /// It closes its side: nothing more will come.
    HangsUp,
}

/// Sends octets as they are and reads to the end.
async fn raw(server: SocketAddr, headers: &str, body: &str, sender: Sender) -> String {
    let mut stream = TcpStream::connect(server).await.expect("a connection");
    let head = format!(
        "POST /customer/acme/me/addresses HTTP/1.1\nHost: loopback\nConnection: close\n\
         Authorization: Bearer customer-token{headers}\n\n"
    );
    stream.write_all(head.replace('\n', "\r\n").as_bytes()).await.expect("a reader");
    let _ = stream.write_all(body.as_bytes()).await;
    if sender == Sender::HangsUp {
        let _ = stream.shutdown().await;
    }
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    answer
}

#[tokio::test]
async fn a_body_that_is_cut_off() {
    let stub = Stub::default();
    let server = stub.start().await;
    let headers = "\nContent-Type: application/json\nContent-Length: 100";
    let answer = raw(server, headers, r#"{"contactName":"Jane"}"#, Sender::HangsUp).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "), "{answer}");
    assert!(stub.is_untouched());
    assert_eq!(json(server, &padded(100)).await.status, 501, "the server goes on");
}

#[tokio::test]
async fn a_body_that_is_not_json() {
    let stub = Stub::default();
    let server = stub.start().await;
    for body in [
        "{",
        "{\"contactName\":\"Jane\"",
        "{\"contactName\":\"Jane\"}}",
        "{\"contactName\":\"Jane\",}",
        "{'contactName':'Jane'}",
        "{\"contactName\":\"Ja\nne\"}",
        "{\"contactName\":\"\\uD800\"}",
        "{\"contactName\":NaN}",
        "contactName=Jane",
        " ",
        "\u{feff}{\"contactName\":\"Jane\"}",
    ] {
        let answer = json(server, body).await;
        assert_eq!(answer.status, 400, "{body}: {}", answer.body);
        assert!(answer.body.contains(r#""location":"body""#), "{}", answer.body);
        assert!(answer.body.contains(r#""constraint":"json""#), "{}", answer.body);
        assert!(!answer.body.contains("Jane"), "an answer does not repeat what it was sent");
    }
    assert!(stub.is_untouched());
}

#[tokio::test]
async fn a_body_that_is_too_deep() {
    let stub = Stub::default();
    let server = stub.start().await;
    let deep = |depth: usize| {
        format!(r#"{{"contactName":"Jane","mixins":{{"a":{}{}}}}}"#, "[".repeat(depth), "]".repeat(depth))
    };
    for depth in [200, 100_000] {
        let answer = json(server, &deep(depth)).await;
        assert_eq!(answer.status, 400, "{depth}: {}", answer.body);
    }
    assert!(stub.is_untouched());
    assert_eq!(json(server, &deep(50)).await.status, 501, "the server goes on");
}

#[tokio::test]
async fn a_member_that_is_there_twice_has_no_meaning() {
    let stub = Stub::default();
    let server = stub.start().await;
    for body in [
        r#"{"contactName":"Jane","contactName":"John"}"#,
        r#"{"contactName":"Jane","city":"Berlin","city":null}"#,
    ] {
        let answer = json(server, body).await;
        assert_eq!(answer.status, 400, "{body}: {}", answer.body);
    }
    assert!(stub.is_untouched());
}

#[tokio::test]
async fn media_types() {
    let stub = Stub::default();
    let server = stub.start().await;
    let body = r#"{"contactName":"Jane"}"#;
    for header in [
        "",
        "\nContent-Type:",
        "\nContent-Type: text/plain",
        "\nContent-Type: application/xml",
        "\nContent-Type: application/json5",
        "\nContent-Type: application/merge-patch+json",
        "\nContent-Type: json",
        "\nContent-Type: */*",
    ] {
        let answer = post(server, header, body).await;
        assert_eq!(
            answer.to_text(),
            "415\naccept: application/json\ncontent-type: application/problem+json\n\n\
             {\"type\":\"about:blank\",\"title\":\"Unsupported Media Type\",\"status\":415}",
            "{header:?}"
        );
        assert!(stub.is_untouched(), "{header:?}");
    }
    for header in [
        "application/json",
        "application/json;charset=utf-8",
        "application/json; charset=\"UTF-8\"",
        "Application/JSON",
        "application/json ; version=1",
    ] {
        post(server, &format!("\nContent-Type: {header}"), body).await;
        let request = AddAddressRequest::new("acme", AddressCreateDto::new("Jane"));
        assert_eq!(stub.seen(), Some(request), "{header}");
    }
}

#[tokio::test]
async fn two_media_types_of_one_operation() {
    let stub = Stub::default();
    let server = stub.start().await;
    let patch = || CustomerPatch::default().with_title("Dr.");
    for (header, body) in [
        ("application/json", UpdateCustomerBody::Json(patch())),
        ("application/merge-patch+json; charset=utf-8", UpdateCustomerBody::MergePatchJson(patch())),
    ] {
        let head = format!(
            "PATCH /customer/acme/me HTTP/1.1\nAuthorization: Bearer customer-token\nContent-Type: {header}"
        );
        exchange(server, &head, r#"{"title":"Dr."}"#).await.expect("an answer");
        assert_eq!(stub.seen(), Some(UpdateCustomerRequest::new("acme").with_body(body)), "{header}");
    }
    let head =
        "PATCH /customer/acme/me HTTP/1.1\nAuthorization: Bearer customer-token\nContent-Type: text/plain";
    let answer = exchange(server, head, r#"{"title":"Dr."}"#).await.expect("an answer");
    assert_eq!(answer.status, 415);
    assert!(stub.is_untouched());
}

/// A body that may be left out is left out when it has no octets, whatever its media type says.
#[tokio::test]
async fn an_empty_body_is_none() {
    let stub = Stub::default();
    let server = stub.start().await;
    for header in ["", "\nContent-Type: application/json", "\nContent-Type: text/plain\nContent-Length: 0"] {
        let head = format!("PATCH /customer/acme/me HTTP/1.1\nAuthorization: Bearer customer-token{header}");
        exchange(server, &head, "").await.expect("an answer");
        assert_eq!(stub.seen(), Some(UpdateCustomerRequest::new("acme")), "{header:?}");
    }
}

/// An operation without a body ignores one.
#[tokio::test]
async fn a_body_that_nobody_asked_for() {
    let stub = Stub::default();
    let server = stub.start().await;
    let head = "GET /customer/acme/me/addresses HTTP/1.1\nAuthorization: Bearer customer-token\nContent-Type: text/csv";
    assert_eq!(exchange(server, head, "a,b").await.expect("an answer").status, 501);
    assert!(!stub.is_untouched());
}
