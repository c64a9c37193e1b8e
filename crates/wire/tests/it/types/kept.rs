//! What the contract allows goes through the router and back as it was.

use serde_json::Value;
use specwright_conformance::{Recorder, exchange};
use types_of_all_kinds::Client;
use types_of_all_kinds::operations::echo::SendTintsRequest;
use types_of_all_kinds::types::Tints;

use super::echo::Mirror;

/// Each item of a tuple is read as what it is, in every style.
#[tokio::test]
async fn tuples_as_parameters() {
    let tints = [r#"{"colours":["blue"],"priority":2,"pet":{"kind":"Dog","barks":true},"token":"-_-_"}"#];
    comes_back("/tints/1,1", &tints).await;
    comes_back("/tints/1,1?exploded=2&exploded=3&row=4,5,6", &tints).await;
    comes_back("/tints/1,1?deep%5B0%5D=2&deep%5B1%5D=3", &tints).await;
}

/// A client writes them as it reads them.
#[tokio::test]
async fn tuples_are_written_item_by_item() {
    let recorder = Recorder::start("200\ncontent-type: application/json\n\n{}").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let tints = Tints::default().with_token(b"\xfb\xff\xbf\xfb".as_slice());
    let request = SendTintsRequest::new(("1".to_owned(), 1), tints)
        .with_exploded(("2".to_owned(), 3))
        .with_row(vec!["4".into(), 5.into(), 6.into()]);
    client.call(request).await.expect("an answer");
    let sent = recorder.request().await.expect("a request");
    assert!(sent.starts_with("POST /tints/1,1?exploded=2&exploded=3&row=4,5,6 "), "{sent}");
    assert!(sent.ends_with(r#"{"token":"-_-_-w=="}"#), "{sent}");
}

/// A float of 32 bits has no more digits than it was given.
#[tokio::test]
async fn floats_are_written_as_they_are() {
    comes_back("/tints/a,1?ratio=0.3", &["{}"]).await;
    let recorder = Recorder::start("200\ncontent-type: application/json\n\n{}").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let request = SendTintsRequest::new(("a".to_owned(), 1), Tints::default()).with_ratio(0.3);
    client.call(request).await.expect("an answer");
    let sent = recorder.request().await.expect("a request");
    assert!(sent.starts_with("POST /tints/a,1?ratio=0.3 "), "{sent}");
}

/// No body and `null` are one where a body may be left out.
#[tokio::test]
async fn a_body_may_be_null() {
    let address = Mirror::start().await;
    let json = "POST /notes HTTP/1.1\ncontent-type: application/json";
    for (head, body, seen) in [
        (json, "null", "false"),
        (json, " null\n", "false"),
        (json, r#"{"a":"b"}"#, "true"),
        ("POST /notes HTTP/1.1", "", "false"),
    ] {
        let answer = exchange(address, head, body).await.expect("an answer");
        assert_eq!((answer.status, answer.body.as_str()), (200, seen), "{body}");
    }
}

/// What is about a property that only comes back is not asked of what is sent, whatever stands there.
#[tokio::test]
async fn views_are_held_against_what_they_have() {
    let address = Mirror::start().await;
    let head = "POST /accounts HTTP/1.1\ncontent-type: application/json";
    for body in [
        r#"{"name":"a","code":"b"}"#,
        r#"{"name":"a","code":"b","contact":"c"}"#,
        r#"{"id":"any","name":"a","code":"b","contact":"c"}"#,
        r#"{"id":{},"name":"a","code":"b"}"#,
    ] {
        let answer = exchange(address, head, body).await.expect("an answer");
        assert_eq!(answer.status, 200, "{body}: {}", answer.body);
        assert!(answer.body.starts_with(r#"{"id":"a-1","name":"a","code":"b""#), "{}", answer.body);
    }
}

/// Sends a body and compares what comes back, as JSON.
async fn comes_back(path: &str, bodies: &[&str]) {
    let address = Mirror::start().await;
    for body in bodies {
        let head = format!("POST {path} HTTP/1.1\ncontent-type: application/json");
        let answer = exchange(address, &head, body).await.expect("an answer");
        assert_eq!(answer.status, 200, "{body}: {}", answer.body);
        let sent: Value = serde_json::from_str(body).expect("JSON");
        let seen: Value = serde_json::from_str(&answer.body).expect("JSON");
        assert_eq!(seen, sent, "{body}");
    }
}

#[tokio::test]
async fn enums_of_every_kind() {
    comes_back(
        "/enums",
        &[
            r#"{"level":0.5}"#,
            r#"{"level":1,"mode":1}"#,
            r#"{"mode":"auto"}"#,
            r#"{"mode":true}"#,
            r#"{"agreed":true,"version":1}"#,
            r#"{"origin":{"x":0,"y":[0,null]}}"#,
            r#"{"size":null}"#,
            r#"{"size":"large"}"#,
            r#"{"tags":["a","b"]}"#,
            r#"{"switch":1}"#,
            r#"{"switch":"1"}"#,
            r#"{"switch":true}"#,
            r#"{"switch":"true"}"#,
            r#"{"switch":null}"#,
        ],
    )
    .await;
    comes_back("/enums?level=2.5&mode=auto", &[r#"{"colour":"red"}"#]).await;
    comes_back("/enums?level=1.0&mode=true", &["{}"]).await;
}

#[tokio::test]
async fn lists_and_tuples() {
    comes_back(
        "/lists",
        &[
            r#"{"pair":["a",1]}"#,
            r#"{"pair":["a",null]}"#,
            r#"{"pairs":{"x":["a",1],"y":["b",null]}}"#,
            r#"{"row":["a",1,2]}"#,
            r#"{"row":[]}"#,
            r#"{"some":["a",1,2]}"#,
            r#"{"rest":["a",1]}"#,
        ],
    )
    .await;
}

#[tokio::test]
async fn objects() {
    comes_back(
        "/objects",
        &[
            r#"{"headers":{"id":"a","x-1":1}}"#,
            r#"{"kinds":{"n1":1,"s1":"a","other":true}}"#,
            r#"{"address":{"country":"AT","zip":"1010"}}"#,
            r#"{"address":{"country":"DE"}}"#,
            r#"{"card":{"number":"1","code":"2","holder":"3","born":4}}"#,
            r#"{"card":{"holder":"3","place":[null]}}"#,
            r#"{"marks":{"name":"a","x-1":1}}"#,
            r#"{"lock":{"kind":"digits","digits":1}}"#,
            r#"{"lock":{"kind":"key","digits":true,"spare":false}}"#,
            r#"{"contact":{"name":"a","mail":"b","phone":"c"}}"#,
            r#"{"counted":{"name":"a","apples":3}}"#,
        ],
    )
    .await;
}

#[tokio::test]
async fn values() {
    comes_back(
        "/values",
        &[
            r#"{"word":"a"}"#,
            r#"{"code":900}"#,
            r#"{"other":[1]}"#,
            r#"{"nil":null}"#,
            r#"{"big":18446744073709551615}"#,
            r#"{"octets":"aGk="}"#,
            r#"{"took":"P1DT2H"}"#,
            r#"{"at":"12:30:00Z"}"#,
            r#"{"ratio":0.1}"#,
            r#"{"nest":[[[]],[]]}"#,
            r#"{"json":"abc"}"#,
            r#"{"json":{"a":[1.5,null,{"b":true}]}}"#,
            r#"{"node":{"between":[{"between":[{},1]},2]}}"#,
            r#"{"node":{"next":{"by_name":{"a":["b",["c"],{"next":{}}]}}}}"#,
        ],
    )
    .await;
}

#[tokio::test]
async fn null_in_every_position() {
    comes_back(
        "/nulls",
        &[
            r#"{"must":null}"#,
            r#"{"must":"a","may":null}"#,
            r#"{"must":"a","may":"b"}"#,
            r#"{"must":"a","items":[1,null]}"#,
            r#"{"must":"a","values":{"x":null,"y":1}}"#,
            r#"{"must":"a","colour":null}"#,
            r#"{"must":"a","colour":"red","either":null,"pair":null}"#,
            r#"{"must":"a","either":1,"pair":["a",null]}"#,
        ],
    )
    .await;
}

#[tokio::test]
async fn unions() {
    comes_back(
        "/unions",
        &[
            r#"{"shape":{"kind":"circle","radius":1.5}}"#,
            r#"{"shape":{"kind":"square","side":2.5}}"#,
            r#"{"numbered":{"v":2,"a":"x"}}"#,
            r#"{"count":3}"#,
            r#"{"count":"3"}"#,
            r#"{"colour":"blue"}"#,
            r#"{"colour":3}"#,
        ],
    )
    .await;
    // `3.0` is the integer 3.
    let answer = exchange(
        Mirror::start().await,
        "POST /unions HTTP/1.1\ncontent-type: application/json",
        r#"{"count":3.0}"#,
    );
    assert_eq!(answer.await.expect("an answer").body, r#"{"count":3}"#);
}
