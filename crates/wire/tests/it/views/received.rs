//! What comes back: nothing of what is only sent, which is ignored where somebody answers with it.

use specwright_conformance::{Recorder, exchange};
use specwright_runtime::client::{Request, Success};
use views::Client;
use views::operations::shop::{
    AddCustomerRequest, ReplaceNoteRequest, ReplaceOrdersRequest, ReplacePetsRequest,
};
use views::types::{
    Address, Cat, Customer, CustomerInput, Household, HouseholdInput, Note, NoteInput, Pet, Receipt,
};

use super::shop::Counter;

const JSON: &str = "content-type: application/json";

/// What the service answers with.
async fn answered(line: &str, body: &str) -> String {
    let head = format!("{line} HTTP/1.1\naccept: application/json\n{JSON}");
    exchange(Counter::default().start().await, &head, body).await.expect("an answer").body
}

/// What the client makes of an answer.
async fn read<R: Request + Send>(request: R, answer: &str) -> Success<R::Output>
where
    R::Output: Send,
    R::Error: std::fmt::Debug + Send,
{
    let status = if answer.contains("c-1") { "201" } else { "200" };
    let recorder = Recorder::start(&format!("{status}\n{JSON}\n\n{answer}")).await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    client.call(request).await.expect("an answer that is read")
}

#[tokio::test]
async fn what_is_only_sent_is_not_part_of_it() {
    assert_eq!(
        answered("POST /customers", r#"{"name":"Kim","password":"secret"}"#).await,
        r#"{"id":"c-1","name":"Kim"}"#
    );
    assert_eq!(
        answered("PUT /notes", r#"{"text":"a","draft":true,"length":9,"more":"b"}"#).await,
        r#"{"text":"a","length":2,"more":"b"}"#
    );
    assert_eq!(answered("PUT /orders", "[]").await, r#"{"number":1}"#);
    assert_eq!(answered("PUT /pets", r#"{"pets":[]}"#).await, r#"{"pets":[{"kind":"Cat","id":"p-1"}]}"#);
}

#[tokio::test]
async fn what_is_only_sent_is_ignored_whatever_it_is() {
    let customer = || AddCustomerRequest::new(CustomerInput::new("Kim", "secret"));
    let expected = Customer::new("c-1", "Kim").with_address(Address::default().with_city("Berlin"));
    let found = read(
        customer(),
        r#"{"id":"c-1","name":"Kim","password":{"is":"secret"},"address":{"city":"Berlin"},"extra":1}"#,
    );
    assert_eq!(*found.await, expected);
    let found = read(ReplaceOrdersRequest::new(Vec::new()), r#"{"number":1,"token":[]}"#);
    assert_eq!(*found.await, Receipt::new(1));
    let note = Note::default().with_length(2).with_additional([("more".to_owned(), "b".to_owned())].into());
    let found =
        read(ReplaceNoteRequest::new(NoteInput::default()), r#"{"length":2,"draft":true,"more":"b"}"#);
    assert_eq!(*found.await, note);
}

#[tokio::test]
async fn what_comes_back_may_be_of_a_variant_that_nobody_knows() {
    let pets = ReplacePetsRequest::new(HouseholdInput::new(Vec::new()));
    let fish = r#"{"kind":"Fish","fins":2}"#;
    let found = read(pets, &format!(r#"{{"pets":[{{"kind":"Cat"}},{fish}]}}"#)).await;
    let fish = Pet::Unknown(serde_json::from_str(fish).expect("JSON"));
    assert_eq!(*found, Household::new(vec![Cat::new("Cat").into(), fish]));
}
