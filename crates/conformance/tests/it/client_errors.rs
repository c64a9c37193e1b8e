//! What can go wrong with a call, as the caller sees it.

use std::time::{Duration, Instant};

use customer_api::Client;
use customer_api::operations::addresses::RetrieveAddressByIdError;
use specwright_conformance::Recorder;
use specwright_runtime::client::{BuildError, Error};
use tokio::net::TcpListener;

use crate::case::client;
use crate::stub::CUSTOMER;

async fn answering(answer: &str) -> (Recorder, Client) {
    let recorder = Recorder::start(answer).await.expect("a free port");
    let client = client(recorder.base_url());
    (recorder, client)
}

#[tokio::test]
async fn an_undeclared_status_is_kept_with_its_body() {
    for status in [201, 204, 301, 304, 402, 418, 500, 503, 599] {
        let body = if [204, 304].contains(&status) { "" } else { "<h1>Out of order</h1>" };
        let answer = format!("{status}\nContent-Type: text/html\nX-Trace: 7\nLocation: /elsewhere\n\n{body}");
        let (_recorder, client) = answering(&answer).await;
        match client.addresses().list_addresses("acme").await {
            Err(Error::Undeclared(reply)) => {
                assert_eq!(reply.status(), status);
                assert_eq!(reply.text().expect("a text"), body);
                assert_eq!(reply.headers()["x-trace"], "7");
                assert_eq!(reply.operation().id, "GET-customer-list-customer-addresses");
                let shown = format!("{reply:?}");
                assert!(!shown.contains("Out of order") && !shown.contains("elsewhere"), "{shown}");
            }
            other => panic!("{status}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_response_of_another_shape_names_the_place() {
    let list = "GET-customer-list-customer-addresses";
    for (media_type, body, pointer) in [
        ("application/json", r#"[{"id":"1"},{"id":"2","tags":["A",7]}]"#, "/1/tags/1"),
        ("application/json", r#"[{"id":1}]"#, "/0/id"),
        ("application/json", r#"[{"isDefault":"yes-s3cret"}]"#, "/0/isDefault"),
        ("application/json", r#"[{"metadata":{"version":[]}}]"#, "/0/metadata/version"),
        ("application/json", r#"{"addresses":[]}"#, ""),
        ("application/json", "", ""),
        ("application/json", "[]]", ""),
        ("text/html", "<h1>It works!</h1>", ""),
    ] {
        let (_recorder, client) = answering(&format!("200\nContent-Type: {media_type}\n\n{body}")).await;
        match client.addresses().list_addresses("acme").await {
            Err(Error::Decode(error)) => {
                assert_eq!(error.pointer(), pointer, "{body}");
                assert_eq!(error.operation().id, list);
                assert_eq!(error.status(), 200);
                assert_eq!(error.reply().text().expect("a text"), body);
                let text = error.to_string();
                assert!(text.contains(list) && text.contains("200") && text.contains(pointer), "{text}");
                assert!(!text.contains("s3cret"), "{text}");
            }
            other => panic!("{body}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn an_error_of_another_shape_is_no_success() {
    let (_recorder, client) = answering("404\nContent-Type: application/json\n\n{\"status\":\"404\"}").await;
    match client.addresses().retrieve_address_by_id("acme", "a1").await {
        Err(Error::Decode(error)) => assert_eq!((error.status().as_u16(), error.pointer()), (404, "/status")),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_declared_error_is_typed() {
    let answer =
        "404\nContent-Type: application/json\n\n{\"status\":404,\"type\":\"no\",\"message\":\"No.\"}";
    let (_recorder, client) = answering(answer).await;
    let error = client.addresses().retrieve_address_by_id("acme", "a1").await.expect_err("404");
    assert!(error.to_string().contains("404"));
    match error {
        Error::Api(RetrieveAddressByIdError::NotFound(found)) => assert_eq!(found.body.message, "No."),
        other => panic!("{other:?}"),
    }
}

/// A server that accepts and never answers.
async fn silent() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("a bound socket"));
    (listener, url)
}

#[tokio::test]
async fn no_answer_in_time() {
    let (_listener, url) = silent().await;
    let began = Instant::now();
    let hasty = Client::builder()
        .base_url(&url)
        .customer_access_token(CUSTOMER)
        .timeout(Duration::from_millis(50))
        .build()
        .expect("a client");
    let error = hasty.addresses().list_addresses("acme").await.expect_err("silence");
    assert!(
        matches!(error, Error::Timeout { operation } if operation.id == "GET-customer-list-customer-addresses")
    );
    // A call's own timeout goes before the client's.
    let patient = Client::builder()
        .base_url(&url)
        .customer_access_token(CUSTOMER)
        .timeout(Duration::from_secs(600))
        .build()
        .expect("a client");
    let call = patient.addresses().list_addresses("acme").timeout(Duration::from_millis(50));
    assert!(matches!(call.await, Err(Error::Timeout { .. })));
    assert!(began.elapsed() < Duration::from_secs(30));
}

#[tokio::test]
async fn nobody_listens() {
    let (listener, url) = silent().await;
    drop(listener);
    let error = client(url).authentication().log_out_customer("acme", "s3cret").await.expect_err("nobody");
    assert!(
        matches!(error, Error::Transport { operation, .. } if operation.id == "GET-customer-logout-customer")
    );
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(!text.contains("s3cret"), "{text}");
    }
}

#[tokio::test]
async fn a_base_url_with_a_path() {
    for (suffix, prefix) in
        [("/shop/v1", "/shop/v1"), ("/shop/v1/", "/shop/v1"), ("/", ""), ("/a%20b", "/a%20b")]
    {
        let recorder = Recorder::start("500").await.expect("a free port");
        let client = client(recorder.base_url() + suffix);
        let _undeclared = client.addresses().list_addresses("acme").await;
        let request = recorder.request().await.expect("a request");
        let expected = format!("GET {prefix}/customer/acme/me/addresses HTTP/1.1");
        assert_eq!(request.lines().next(), Some(expected.as_str()));
    }
}

/// Three operations have servers of their own; what the caller gives holds for them too.
#[tokio::test]
async fn the_callers_base_url_holds_for_every_operation() {
    let (recorder, client) = answering("500").await;
    let _undeclared = client.authentication().generate_anonymous_access_token("acme", "shop").await;
    let request = recorder.request().await.expect("a request");
    let line = "GET /customerlogin/auth/anonymous/login?tenant=acme&client_id=shop HTTP/1.1";
    assert_eq!(request.lines().next(), Some(line));
    let (recorder, client) = answering("500").await;
    let _undeclared = client.authentication().validate_token("acme").await;
    let request = recorder.request().await.expect("a request");
    assert_eq!(request.lines().next(), Some("GET /customer/acme/validateauthtoken HTTP/1.1"));
}

#[test]
fn what_is_no_base_url() {
    for url in [
        "",
        "shop.example",
        "ftp://shop.example",
        "/shop",
        "http://",
        "http://shop.example/?a=b",
        "http://shop.example/#a",
    ] {
        assert!(matches!(Client::builder().base_url(url).build(), Err(BuildError::BaseUrl(_))), "{url}");
    }
    assert!(matches!(Client::builder().server(1).build(), Err(BuildError::Server(1))));
    assert!(matches!(Client::builder().variable("region", "eu").build(), Err(BuildError::Variable(_))));
    assert!(Client::builder().build().is_ok(), "the document names a server");
    assert!(Client::builder().server(0).build().is_ok());
}

#[tokio::test]
async fn a_call_overrides_what_the_client_would_send() {
    let (recorder, client) = answering("500").await;
    let call = client
        .account()
        .retrieve_customer_profile("acme")
        .with(|request| request.with_expand("addresses"))
        .header("Accept-Language", "de")
        .header("Accept", "application/problem+json");
    let _undeclared = call.await;
    assert_eq!(
        recorder.request().await.expect("a request"),
        "GET /customer/acme/me?expand=addresses HTTP/1.1\naccept-language: de\n\
         accept: application/problem+json\nauthorization: Bearer customer-token"
    );
    let (_recorder, client) = answering("500").await;
    let error = client.addresses().list_addresses("acme").header("X-Note", "two\nlines").await;
    match error {
        Err(Error::InvalidRequest { violations, .. }) => {
            assert_eq!(
                (violations[0].name.as_str(), violations[0].constraint.as_str()),
                ("X-Note", "encoding")
            );
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_success_has_status_headers_and_body() {
    let answer = "201\nContent-Type: application/json\nX-Trace: 7\n\n{\"id\":\"a1\"}";
    let (_recorder, client) = answering(answer).await;
    let body = customer_api::types::AddressCreateDto::new("Jane");
    let created = client.addresses().add_address("acme", &body).await.expect("created");
    assert_eq!((created.status().as_u16(), created.id.as_str()), (201, "a1"));
    assert_eq!(created.headers()["x-trace"], "7");
}
