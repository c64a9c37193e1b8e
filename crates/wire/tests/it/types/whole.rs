//! `4.0` is the integer 4 in OpenAPI 3.1, wherever an integer may stand: both sides read it.

use specwright_conformance::{Recorder, exchange};
use types_of_all_kinds::Client;
use types_of_all_kinds::operations::echo::{SendCountsBody, SendCountsRequest};
use types_of_all_kinds::types::{Lists, Nulls, NullsEither, Priority, Tints, Unions, UnionsColour};

use super::echo::Mirror;

/// What is answered to a JSON body.
async fn echoed(path: &str, body: &str) -> String {
    let head = format!("POST {path} HTTP/1.1\ncontent-type: application/json");
    let answer = exchange(Mirror::start().await, &head, body).await.expect("an answer");
    format!("{} {}", answer.status, answer.body)
}

/// Whether an answer refuses this place for this constraint.
fn is_refused(answer: &str, constraint: &str, pointer: &str) -> bool {
    answer.starts_with("400 ")
        && answer.contains(&format!(r#""constraint":"{constraint}""#))
        && answer.contains(&format!(r#""pointer":"{pointer}""#))
}

#[tokio::test]
async fn a_server_reads_them_wherever_they_stand() {
    for (path, body, seen) in [
        ("/values", r#"{"code":4.0,"big":1e3}"#, r#"{"code":4,"big":1000}"#),
        ("/values", r#"{"code":-0.0,"other":4.0}"#, r#"{"code":0,"other":4}"#),
        ("/lists", r#"{"pair":["a",4.0]}"#, r#"{"pair":["a",4]}"#),
        ("/lists", r#"{"pairs":{"x":["a",4.00]}}"#, r#"{"pairs":{"x":["a",4]}}"#),
        ("/nulls", r#"{"must":null,"items":[4.0,null]}"#, r#"{"must":null,"items":[4,null]}"#),
        ("/nulls", r#"{"must":null,"values":{"a":4E0}}"#, r#"{"must":null,"values":{"a":4}}"#),
        ("/nulls", r#"{"must":null,"either":4.0}"#, r#"{"must":null,"either":4}"#),
        ("/unions", r#"{"colour":4.0}"#, r#"{"colour":4}"#),
        ("/objects", r#"{"counted":{"a":4.0}}"#, r#"{"counted":{"a":4}}"#),
        ("/tints/a,4.0", r#"{"priority":2.0}"#, r#"{"priority":2}"#),
        ("/tints/a,1", r#"{"pet":{"kind":"Cat","lives":9.0}}"#, r#"{"pet":{"kind":"Cat","lives":9}}"#),
        ("/counts", "[4.0,null,5]", "[4,null,5]"),
        ("/counts?page=4.0", "[]", "[]"),
    ] {
        assert_eq!(echoed(path, body).await, format!("200 {seen}"), "{path} {body}");
    }
}

#[tokio::test]
async fn a_float_of_a_type_that_takes_any_stays_one() {
    let body = r#"{"other":4.0}"#;
    assert_eq!(echoed("/values", body).await, format!("200 {body}"));
    let body = r#"{"level":1.0}"#;
    assert_eq!(echoed("/enums", body).await, r#"200 {"level":1}"#);
}

#[tokio::test]
async fn what_is_not_whole_or_out_of_bounds_is_refused() {
    for (path, body, constraint, pointer) in [
        ("/values", r#"{"code":4.5}"#, "type", "/code"),
        ("/values", r#"{"code":800.0}"#, "not", "/code"),
        ("/values", r#"{"big":-1.0}"#, "minimum", "/big"),
        ("/values", r#"{"code":1e19}"#, "format", "/code"),
        ("/lists", r#"{"pair":["a",4.5]}"#, "type", "/pair/1"),
        ("/tints/a,1", r#"{"priority":4.0}"#, "enum", "/priority"),
        ("/counts", "[4.5]", "type", "/0"),
    ] {
        let answer = echoed(path, body).await;
        assert!(is_refused(&answer, constraint, pointer), "{path} {body}: {answer}");
    }
    assert!(is_refused(&echoed("/counts?page=4.5", "[]").await, "type", ""));
}

#[tokio::test]
async fn parameters_forms_parts_and_items_have_them_too() {
    let address = Mirror::start().await;
    let part = |name: &str, text: &str| {
        format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
    };
    let parts = format!("{}{}--b--\r\n", part("count", "4.0"), part("nested", r#"{"count":5.0}"#));
    for (media_type, body, seen) in [
        ("application/json", "[]", "[]"),
        ("application/jsonl", "{\"count\":4.0,\"nested\":{\"count\":5.0}}\n{\"count\":6e0}\n", "[4,5,6]"),
        ("application/x-www-form-urlencoded", "count=4.0&nested=%7B%22count%22%3A5.0%7D", "[4,5]"),
        ("multipart/form-data; boundary=b", &parts, "[4,5]"),
    ] {
        let head = format!("POST /counts HTTP/1.1\nx-limit: 7.0\ncontent-type: {media_type}");
        let answer = exchange(address, &head, body).await.expect("an answer");
        assert_eq!((answer.status, answer.body.as_str()), (200, seen), "{media_type}");
        assert!(answer.headers.contains(&("x-limit".to_owned(), "7".to_owned())), "{:?}", answer.headers);
    }
}

async fn client(answer: &str) -> Client {
    let recorder = Recorder::start(answer).await.expect("a free port");
    Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL")
}

#[tokio::test]
async fn a_client_reads_them_wherever_they_stand() {
    let head = "200\ncontent-type: application/json";
    let client_of = async |body: &str| client(&format!("{head}\n\n{body}")).await;

    let lists = client_of(r#"{"pair":["a",4.0],"pairs":{"x":["b",5.0]}}"#).await;
    let lists = lists.echo().send_lists(&Lists::default()).await.expect("lists").into_body();
    assert_eq!(lists.pair, Some(("a".to_owned(), Some(4))));
    assert_eq!(lists.pairs.expect("pairs")["x"], ("b".to_owned(), Some(5)));

    let nulls = client_of(r#"{"must":null,"items":[4.0,null],"either":5.0}"#).await;
    let nulls = nulls.echo().send_nulls(&Nulls::new(None)).await.expect("nulls").into_body();
    assert_eq!(nulls.items, Some(vec![Some(4), None]));
    assert_eq!(nulls.either.into_value(), Some(NullsEither::Integer(5)));

    let unions = client_of(r#"{"colour":4.0}"#).await;
    let unions = unions.echo().send_unions(&Unions::default()).await.expect("unions").into_body();
    assert_eq!(unions.colour, Some(UnionsColour::Integer(4)));

    let tints = client_of(r#"{"priority":2.0}"#).await;
    let tints = tints.echo().send_tints(("a".to_owned(), 1), &Tints::default()).await.expect("tints");
    assert_eq!(tints.body.priority, Some(Priority::Value2));

    let counts = client(&format!("{head}\nx-limit: 7.0\n\n[4.0,null]")).await;
    let request = SendCountsRequest::new(SendCountsBody::Json(Vec::new()));
    let counts = counts.call(request).await.expect("counts").into_body();
    assert_eq!((counts.body, counts.x_limit), (vec![Some(4), None], Some(7)));
}

#[tokio::test]
async fn a_client_tells_what_is_not_whole() {
    let client = client("200\ncontent-type: application/json\n\n[4.0,4.5]").await;
    let request = SendCountsRequest::new(SendCountsBody::Json(Vec::new()));
    let error = client.call(request).await.expect_err("4.5 is no integer");
    assert!(format!("{error:?}").contains("/1"), "{error:?}");
}
