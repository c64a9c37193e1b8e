//! Values that take more room than a thread has for each of their moves: these tests run on a thread as tokio
//! starts them, with 2 MiB of stack, and in a build without optimization.

use serde_json::{Value, json};
use specwright_conformance::{Recorder, exchange};
use types_of_all_kinds::Client;
use types_of_all_kinds::types::{Groups, Large, Larges, Texts};

use super::echo::Mirror;

/// An object with a member for each letter.
fn each(value: &Value) -> Value {
    ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]
        .into_iter()
        .map(|name| (name.to_owned(), value.clone()))
        .collect()
}

#[tokio::test]
async fn every_member_comes_back() {
    let larges = each(&each(&each(&json!("text"))));
    let address = Mirror::start().await;
    for (method, body) in [("PUT", larges.clone()), ("POST", each(&larges)), ("POST", json!({"h": {}}))] {
        let head = format!("{method} /large HTTP/1.1\ncontent-type: application/json");
        let answer = exchange(address, &head, &body.to_string()).await.expect("an answer");
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(serde_json::from_str::<Value>(&answer.body).expect("JSON"), body);
    }
    let answer = exchange(address, "PUT /large HTTP/1.1", "").await.expect("an answer");
    assert_eq!((answer.status, answer.body.as_str()), (200, "{}"));
}

#[tokio::test]
async fn a_client_takes_them_as_they_are() {
    let texts = Texts::default().with_h("text");
    let larges = Larges::default().with_a(Groups::default().with_b(texts));
    let recorder = Recorder::start("200\ncontent-type: application/json\n\n{\"c\":{\"a\":{}}}").await;
    let recorder = recorder.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let answer = client.echo().send_large(&Large::default().with_c(larges)).await.expect("an answer");
    assert_eq!(*answer, Large::default().with_c(Larges::default().with_a(Groups::default())));
    let sent = recorder.request().await.expect("a request");
    assert_eq!(sent.split("\n\n").nth(1), Some(r#"{"c":{"a":{"b":{"h":"text"}}}}"#));
}

#[tokio::test]
async fn a_client_sends_one_by_itself() {
    let recorder = Recorder::start("200\ncontent-type: application/json\n\n{}").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let larges = Larges::default().with_h(Groups::default());
    let answer = client.echo().send_larges(&larges).await.expect("an answer");
    assert_eq!(**answer, Larges::default());
    let sent = recorder.request().await.expect("a request");
    assert_eq!(sent.split("\n\n").nth(1), Some(r#"{"h":{}}"#));
}
