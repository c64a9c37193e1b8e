//! Forms: `generated/media-types` over loopback, held against hand-written HTTP.

use std::fmt::Debug;

use media_types::Client;
use media_types::operations::forms::{AddNoteBody, AddNoteRequest, RequestTokenRequest, SearchRequest};
use media_types::types::{Place, SearchRequestBody, TokenRequest, TokenRequestGrantType};
use specwright_conformance::{Recorder, exchange};
use specwright_runtime::client::{Error, Request};

use super::desk::Desk;

fn wire(path: &str, body: &str) -> String {
    let head = format!("POST {path} HTTP/1.1\naccept: */*\ncontent-type: application/x-www-form-urlencoded");
    if body.is_empty() { head } else { format!("{head}\n\n{body}") }
}

/// The text arrives as the value, and the value leaves as the text.
async fn is_written<R>(path: &str, body: &str, request: R)
where
    R: Request + Clone + Debug + PartialEq + Send + 'static,
    R::Output: Send + Debug,
    R::Error: Send + Debug,
{
    let wire = wire(path, body);
    let desk = Desk::default();
    let head = wire.split("\n\n").next().unwrap_or_default();
    let answer = exchange(desk.start().await, head, body).await.expect("an answer");
    assert_eq!(answer.to_text(), "204", "{body}");
    assert_eq!(desk.seen().as_ref(), Some(&request), "{body}");
    let recorder = Recorder::start("204").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    client.call(request).await.expect("an answer");
    assert_eq!(recorder.request().await.expect("a request"), wire);
}

/// The violations that a body is refused for, each as constraint and pointer.
async fn refused(path: &str, body: &str) -> String {
    let desk = Desk::default();
    let wire = wire(path, "");
    let answer = exchange(desk.start().await, &wire, body).await.expect("an answer");
    assert_eq!(answer.status, 400, "{body}: {}", answer.body);
    assert!(desk.is_untouched(), "no handler ran");
    let problem: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    let violations = problem["violations"].as_array().into_iter().flatten();
    let text = |found: &serde_json::Value, key: &str| found[key].as_str().unwrap_or_default().to_owned();
    violations
        .map(|found| {
            assert_eq!(found["location"], "body");
            format!("{} {}", text(found, "constraint"), text(found, "pointer"))
        })
        .collect::<Vec<_>>()
        .join("; ")
}

#[tokio::test]
async fn properties_are_written_as_their_types_have_it() {
    let token = || TokenRequest::new(TokenRequestGrantType::Password);
    let place = || Place::default().with_city("Sankt Pölten").with_zip(3100);
    for (body, token) in [
        ("grant_type=password", token()),
        ("grant_type=password&username=kim+%26+co", token().with_username("kim & co")),
        ("grant_type=password&lifetime=60&remember=true", token().with_lifetime(60).with_remember(true)),
        (
            "grant_type=password&scopes=read&scopes=read%2Cwrite",
            token().with_scopes(vec!["read".to_owned(), "read,write".to_owned()]),
        ),
        (
            "grant_type=password&place=%7B%22city%22%3A%22Sankt+P%C3%B6lten%22%2C%22zip%22%3A3100%7D",
            token().with_place(place()),
        ),
        (
            "grant_type=password&places=%7B%22zip%22%3A1%7D&places=%7B%7D",
            token().with_places(vec![Place::default().with_zip(1), Place::default()]),
        ),
    ] {
        is_written("/tokens", body, RequestTokenRequest::new(token)).await;
    }
}

#[tokio::test]
async fn properties_have_styles_of_their_own() {
    let search = SearchRequestBody::default;
    let near = || Place::default().with_city("a b").with_zip(1);
    for (body, search) in [
        ("text=%22a%22", search().with_text("a")),
        ("fields=a,b%2Cc", search().with_fields(vec!["a".to_owned(), "b,c".to_owned()])),
        ("sizes=1,,3", search().with_sizes(vec![Some(1), None, Some(3)])),
        ("near%5Bcity%5D=a%20b&near%5Bzip%5D=1", search().with_near(near())),
        ("city=a%20b&zip=1", search().with_within(near())),
        (
            "page=2&source=https://example.com/?a=b%26c",
            search().with_page(2).with_source("https://example.com/?a=b&c"),
        ),
    ] {
        is_written("/searches", body, SearchRequest::new().with_body(search)).await;
    }
}

/// An empty text is a value of its own where items are texts, and a list without its `null` another list.
#[tokio::test]
async fn a_null_without_a_text_is_not_sent() {
    let recorder = Recorder::start("204").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    for (search, pointer) in [
        (SearchRequestBody::default().with_words(vec![None, Some("a".to_owned())]), "/words/0"),
        (SearchRequestBody::default().with_marks(vec![Some(1), None]), "/marks/1"),
    ] {
        match client.call(SearchRequest::new().with_body(search)).await {
            Err(Error::InvalidRequest { violations, .. }) => assert_eq!(violations[0].pointer, pointer),
            other => panic!("{other:?}"),
        }
    }
    assert!(recorder.request().await.is_err(), "nothing was sent");
}

#[tokio::test]
async fn one_value_as_json_or_as_a_form() {
    let place = Place::default().with_city("Graz");
    is_written("/notes", "city=Graz", AddNoteRequest::new(AddNoteBody::Form(place.clone()))).await;
    is_written("/notes", "", AddNoteRequest::new(AddNoteBody::Form(Place::default()))).await;
    let desk = Desk::default();
    let head = "POST /notes HTTP/1.1\ncontent-type: application/json";
    let answer = exchange(desk.start().await, head, r#"{"city":"Graz"}"#).await.expect("an answer");
    assert_eq!(answer.to_text(), "204");
    assert_eq!(desk.seen(), Some(AddNoteRequest::new(AddNoteBody::Json(place))));
}

#[tokio::test]
async fn every_violation_names_its_property() {
    for (path, body, violations) in [
        (
            "/tokens",
            "username=k&lifetime=7200&remember=yes",
            "required /grant_type; minLength /username; maximum /lifetime; type /remember",
        ),
        ("/tokens", "grant_type=other", "enum /grant_type"),
        ("/tokens", "grant_type=password&surplus=1", "additionalProperties /surplus"),
        ("/tokens", "grant_type=password&grant_type=password", "repeated /grant_type"),
        ("/tokens", "grant_type=password&place=Graz", "type /place"),
        ("/tokens", "grant_type=password&places=%7B%22zip%22%3A%22x%22%7D", "type /places/0/zip"),
        ("/tokens", "grant_type=%zz", "encoding /grant_type"),
        ("/tokens", "", "required /grant_type"),
        ("/searches", "text=a", "type /text"),
        ("/searches", "page=0&near[zip]=x", "type /near/zip; minimum /page"),
    ] {
        assert_eq!(refused(path, body).await, violations, "{body}");
    }
}

#[tokio::test]
async fn a_client_sends_nothing_that_breaks_the_contract() {
    let recorder = Recorder::start("204").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let token = TokenRequest::new(TokenRequestGrantType::Password).with_username("k");
    match client.forms().request_token(&token).await {
        Err(Error::InvalidRequest { violations, .. }) => {
            assert_eq!(violations.len(), 1);
            assert_eq!(violations[0].pointer, "/username");
        }
        other => panic!("{other:?}"),
    }
    assert!(recorder.request().await.is_err(), "nothing was sent");
}
