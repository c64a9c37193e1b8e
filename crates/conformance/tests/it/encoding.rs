//! Percent-encoding in path and query, in both directions.

use customer_api::operations::account::{RetrieveCustomerProfileRequest, RetrieveCustomerProfileResponse};
use customer_api::operations::addresses::{
    AddAddressTagsRequest, AddAddressTagsResponse, RemoveAddressRequest, RemoveAddressResponse,
};
use customer_api::operations::authentication::SocialLoginRequest;
use customer_api::operations::double_opt_in::ConfirmOptInRequest;
use customer_api::types::Customer;

use crate::case::Case;
use crate::requests::{authorization, send};
use crate::stub::{ANONYMOUS, CUSTOMER, Stub};

/// A text, and how the client writes it.
const TEXTS: [(&str, &str); 13] = [
    ("a b", "a%20b"),
    ("a/b", "a%2Fb"),
    ("Käse ☃ 🦀", "K%C3%A4se%20%E2%98%83%20%F0%9F%A6%80"),
    ("100%", "100%25"),
    ("%2F", "%252F"),
    ("a+b", "a%2Bb"),
    ("BILLING,SHIPPING", "BILLING%2CSHIPPING"),
    ("mixin:*", "mixin%3A%2A"),
    ("a&b=c", "a%26b%3Dc"),
    ("a?b#c", "a%3Fb%23c"),
    ("a;b", "a%3Bb"),
    ("-._~", "-._~"),
    ("\\\"<>|^`{}[]", "%5C%22%3C%3E%7C%5E%60%7B%7D%5B%5D"),
];

#[tokio::test]
async fn texts_in_a_path() {
    for (text, encoded) in TEXTS {
        let wire = format!(
            "DELETE /customer/acme/me/addresses/{encoded} HTTP/1.1\naccept: application/json\n\
             authorization: Bearer customer-token"
        );
        Case::new(&wire, RemoveAddressRequest::new("acme", text))
            .answers("204", RemoveAddressResponse::NoContent, ())
            .await;
    }
}

#[tokio::test]
async fn texts_in_a_query() {
    for (text, encoded) in TEXTS {
        let wire = format!(
            "GET /customer/acme/me?expand={encoded} HTTP/1.1\naccept: application/json\n\
             authorization: Bearer customer-token"
        );
        let request = RetrieveCustomerProfileRequest::new("acme").with_expand(text);
        Case::new(&wire, request)
            .answers(
                "200\ncontent-type: application/json\n\n{}",
                RetrieveCustomerProfileResponse::Ok(Customer::default()),
                Customer::default(),
            )
            .await;
    }
}

#[tokio::test]
async fn path_and_query_together() {
    let wire = "POST /customer/acme/me/addresses/a%2Fb%3F/tags?tags=BILLING%2CSHIPPING HTTP/1.1\n\
                accept: application/json\nauthorization: Bearer customer-token";
    Case::new(wire, AddAddressTagsRequest::new("acme", "a/b?", "BILLING,SHIPPING"))
        .answers("204", AddAddressTagsResponse::NoContent, ())
        .await;
}

/// Others encode less, or more, or in lower case.
#[tokio::test]
async fn the_server_takes_every_legal_encoding() {
    let stub = Stub::default();
    let server = stub.start().await;
    for (raw, text) in [
        ("BILLING,SHIPPING", "BILLING,SHIPPING"),
        ("%42ILLING%2cSHIPPING", "BILLING,SHIPPING"),
        ("a+b", "a b"),
        ("a%2bb", "a+b"),
        ("mixin:*", "mixin:*"),
        ("a/b?c", "a/b?c"),
        ("a=b", "a=b"),
    ] {
        let target = format!("/customer/acme/me/addresses/a1/tags?tags={raw}");
        send(server, "POST", &target, &authorization(CUSTOMER), "").await;
        assert_eq!(stub.seen(), Some(AddAddressTagsRequest::new("acme", "a1", text)), "{raw}");
    }
    for (raw, text) in [("a+b", "a+b"), ("a,b;c=d:e@f!$&'()*", "a,b;c=d:e@f!$&'()*"), ("%c3%a9", "é")] {
        let target = format!("/customer/%61cme/me/addresses/{raw}");
        send(server, "DELETE", &target, &authorization(CUSTOMER), "").await;
        assert_eq!(stub.seen(), Some(RemoveAddressRequest::new("acme", text)), "{raw}");
    }
}

#[tokio::test]
async fn what_cannot_be_decoded_is_told() {
    let stub = Stub::default();
    let server = stub.start().await;
    for raw in ["%zz", "%", "%4", "a%", "%ff", "%c3", "%ed%a0%80"] {
        let answer = send(
            server,
            "DELETE",
            &format!("/customer/acme/me/addresses/{raw}"),
            &authorization(CUSTOMER),
            "",
        )
        .await;
        assert_eq!(answer.status, 400, "{raw}");
        assert!(answer.body.contains(r#""location":"path","name":"addressId""#), "{}", answer.body);
        assert!(answer.body.contains(r#""constraint":"encoding""#), "{}", answer.body);
        let target = format!("/customer/acme/me/addresses/a1/tags?tags={raw}");
        let answer = send(server, "POST", &target, &authorization(CUSTOMER), "").await;
        assert_eq!(answer.status, 400, "{raw}");
        assert!(answer.body.contains(r#""location":"query","name":"tags""#), "{}", answer.body);
        assert!(answer.body.contains(r#""constraint":"encoding""#), "{}", answer.body);
    }
    assert!(stub.is_untouched());
}

/// ODDITIES B1: the concrete path goes before the template.
#[tokio::test]
async fn a_token_cannot_be_the_word_of_a_concrete_path() {
    let stub = Stub::default();
    let server = stub.start().await;
    let optin = "/customer/acme/signup/optin";
    let answer = send(server, "GET", &format!("{optin}/refresh_token"), &authorization(ANONYMOUS), "").await;
    assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")));
    assert!(stub.is_untouched());
    send(server, "GET", &format!("{optin}/refresh_tokens"), &authorization(ANONYMOUS), "").await;
    assert_eq!(stub.seen(), Some(ConfirmOptInRequest::new("acme", "refresh_tokens")));
}

#[tokio::test]
async fn unknown_query_parameters_are_ignored() {
    let stub = Stub::default();
    let server = stub.start().await;
    let target = "/customer/acme/me?utm_source=mail&expand=addresses&expanded=%zz&&=&Expand=x";
    send(server, "GET", target, &authorization(CUSTOMER), "").await;
    let request = RetrieveCustomerProfileRequest::new("acme").with_expand("addresses");
    assert_eq!(stub.seen(), Some(request));
}

#[tokio::test]
async fn repeated_parameters_are_told() {
    let stub = Stub::default();
    let server = stub.start().await;
    for query in ["expand=a&expand=b", "expand=a&expand=a", "expand=a&e%78pand=b"] {
        let answer =
            send(server, "GET", &format!("/customer/acme/me?{query}"), &authorization(CUSTOMER), "").await;
        assert_eq!(answer.status, 400, "{query}");
        assert!(answer.body.contains(r#""constraint":"repeated""#), "{}", answer.body);
    }
    let target = "/customer/acme/socialLogin?code=c&redirect_uri=https%3A%2F%2Fshop.example";
    let headers = format!("{}\nsession-id: a\nSession-Id: b", authorization(ANONYMOUS));
    let answer = send(server, "POST", target, &headers, "").await;
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains(r#""location":"header","name":"session-id""#), "{}", answer.body);
    assert!(stub.is_untouched());
    let headers = format!("{}\nSESSION-ID: a b", authorization(ANONYMOUS));
    send(server, "POST", target, &headers, "").await;
    let request = SocialLoginRequest::new("acme", "c", "https://shop.example").with_session_id("a b");
    assert_eq!(stub.seen(), Some(request));
}
