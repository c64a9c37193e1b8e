//! What is sent: nothing of what only comes back, which is ignored where somebody sends it.

use std::fmt::Debug;

use specwright_conformance::{Recorder, exchange};
use specwright_runtime::Nullable;
use specwright_runtime::client::{Error, Request};
use views::Client;
use views::operations::shop::{
    AddCustomerRequest, ListOrdersRequest, ReplaceCustomerRequest, ReplaceNoteRequest, ReplaceOrdersRequest,
    ReplacePetsRequest,
};
use views::types::{
    Address, CatInput, Credentials, CustomerInput, Dog, Filter, HouseholdInput, LineInput, NoteInput,
    OrderInput,
};

use super::shop::Counter;

const JSON: &str = "content-type: application/json";

fn head(request: &str, content_type: &str) -> String {
    format!("{request} HTTP/1.1\naccept: application/json\n{content_type}").trim_end().to_owned()
}

/// The text arrives as the value.
async fn arrives<R: Clone + Debug + PartialEq + 'static>(line: &str, body: &str, request: &R) {
    let content_type = match body.chars().next() {
        Some('{' | '[') => JSON,
        Some(_) => "content-type: application/x-www-form-urlencoded",
        None => "",
    };
    let counter = Counter::default();
    let answer = exchange(counter.start().await, &head(line, content_type), body).await.expect("an answer");
    assert!(answer.status < 300, "{body}: {} {}", answer.status, answer.body);
    assert_eq!(counter.seen().as_ref(), Some(request), "{body}");
}

/// The value leaves as the text, which arrives as the value.
async fn is_written<R>(line: &str, body: &str, answer: &str, request: R)
where
    R: Request + Clone + Debug + PartialEq + Send + 'static,
    R::Output: Send + Debug,
    R::Error: Send + Debug,
{
    arrives(line, body, &request).await;
    let recorder = Recorder::start(&format!("200\n{JSON}\n\n{answer}")).await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let outcome = client.call(request).await;
    let sent = recorder.request().await.expect("a request");
    let (sent_head, sent_body) = sent.split_once("\n\n").expect("a body");
    assert_eq!(sent_body, body, "{outcome:?}");
    assert!(sent_head.starts_with(line) && sent_head.contains(JSON), "{sent_head}");
}

/// The violations that a body is refused for, each as constraint and pointer.
async fn refused(line: &str, body: &str) -> String {
    let counter = Counter::default();
    let answer = exchange(counter.start().await, &head(line, JSON), body).await.expect("an answer");
    assert_eq!(answer.status, 400, "{body}: {}", answer.body);
    let problem: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    let text = |found: &serde_json::Value, key: &str| found[key].as_str().unwrap_or_default().to_owned();
    let told = problem["violations"].as_array().into_iter().flatten();
    let told = told.map(|found| format!("{} {}", text(found, "constraint"), text(found, "pointer")));
    told.collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn what_only_comes_back_is_not_part_of_it() {
    let customer = CustomerInput::new("Kim", "secret").with_address(Address::default().with_city("Berlin"));
    is_written(
        "POST /customers",
        r#"{"name":"Kim","password":"secret","address":{"city":"Berlin"}}"#,
        r#"{"id":"c-1","name":"Kim"}"#,
        AddCustomerRequest::new(customer),
    )
    .await;
}

#[tokio::test]
async fn what_it_is_made_of_is_what_is_sent_as_well() {
    let line = || LineInput::new("a-1");
    let order = OrderInput::new(vec![line()], Nullable::Null)
        .with_main(line())
        .with_spare(line())
        .with_by_shop([("s".to_owned(), vec![line()])].into())
        .with_previous(OrderInput::new(Vec::new(), line()));
    is_written(
        "PUT /orders",
        concat!(
            r#"[{"lines":[{"article":"a-1"}],"gift":null,"spare":{"article":"a-1"},"main":{"article":"a-1"},"#,
            r#""byShop":{"s":[{"article":"a-1"}]},"previous":{"lines":[],"gift":{"article":"a-1"}}}]"#
        ),
        r#"{"number":1}"#,
        ReplaceOrdersRequest::new(vec![order]),
    )
    .await;
}

/// A discriminator that only comes back still tells what an object is.
#[tokio::test]
async fn a_union_writes_the_discriminator_that_its_variant_has_not() {
    let pets = vec![CatInput::default().with_name("Tom").into(), Dog::new("Dog").into()];
    is_written(
        "PUT /pets",
        r#"{"pets":[{"name":"Tom","kind":"Cat"},{"kind":"Dog"}]}"#,
        r#"{"pets":[]}"#,
        ReplacePetsRequest::new(HouseholdInput::new(pets)),
    )
    .await;
}

#[tokio::test]
async fn what_only_comes_back_is_ignored_whatever_it_is() {
    let customer = AddCustomerRequest::new(CustomerInput::new("Kim", "secret"));
    for body in [
        r#"{"name":"Kim","password":"secret"}"#,
        r#"{"id":"c-1","name":"Kim","password":"secret"}"#,
        r#"{"id":[{}],"created":"yesterday","name":"Kim","password":"secret"}"#,
    ] {
        arrives("POST /customers", body, &customer).await;
    }
    let note =
        NoteInput::default().with_text("a").with_additional([("more".to_owned(), "b".to_owned())].into());
    let note = ReplaceNoteRequest::new(note);
    arrives("PUT /notes", r#"{"text":"a","length":1,"more":"b"}"#, &note).await;
    arrives("PUT /notes", r#"{"text":"a","length":{"is":"long"},"more":"b"}"#, &note).await;
}

#[tokio::test]
async fn a_type_that_is_only_sent_ignores_it_too() {
    let credentials = ReplaceCustomerRequest::new("c-1", Credentials::new("secret"));
    arrives("PUT /customers/c-1", "password=secret", &credentials).await;
    arrives("PUT /customers/c-1", "password=secret&revision=x&revision=y", &credentials).await;
    let filtered = ListOrdersRequest::default().with_filter(Filter::default().with_name("Kim"));
    arrives("GET /orders?filter[name]=Kim", "", &filtered).await;
    arrives("GET /orders?filter[name]=Kim&filter[matches]=many", "", &filtered).await;
}

#[tokio::test]
async fn what_is_sent_is_held_against_its_own_schema() {
    for (body, violations) in [
        (r#"{"id":"c-1","name":"Kim"}"#, "required /password"),
        (
            r#"{"id":"c-1","name":"","password":"secret","extra":1}"#,
            "minLength /name; additionalProperties /extra",
        ),
        (r#"{"id":"c-1","created":1}"#, "minProperties ; required /name; required /password"),
    ] {
        assert_eq!(refused("POST /customers", body).await, violations, "{body}");
    }
    assert_eq!(refused("PUT /pets", r#"{"pets":[{"name":"Tom"}]}"#).await, "required /pets/0/kind");
    assert_eq!(refused("PUT /notes", r#"{"length":1,"more":1}"#).await, "type /more");
}

#[tokio::test]
async fn the_client_checks_what_it_sends() {
    let recorder = Recorder::start("204").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let outcome = client.call(AddCustomerRequest::new(CustomerInput::new("", "secret"))).await;
    assert!(matches!(outcome, Err(Error::InvalidRequest { .. })), "{outcome:?}");
}
