//! Credentials: missing, wrong, malformed, repeated, alternative.

use std::io::ErrorKind;
use std::net::TcpListener;

use customer_api::Client;
use customer_api::operations::authentication::{RefreshCustomerTokenRequest, ValidateTokenRequest};
use specwright_conformance::Recorder;
use specwright_runtime::client::Error;

use crate::requests::{ALL, Good, authorization, send, token};
use crate::stub::{ANONYMOUS, BANNED, CUSTOMER, Sender, Stub};

const UNAUTHORIZED: &str = r#"401
content-type: application/problem+json
www-authenticate: Bearer

{"type":"about:blank","title":"Unauthorized","status":401}"#;

const SENDERS: [Sender; 2] = [Sender::Anonymous, Sender::Customer];

fn secured() -> impl Iterator<Item = &'static Good> {
    ALL.iter().filter(|good| !good.accepts.is_empty())
}

#[test]
fn all_but_two_operations_ask_for_a_credential() {
    let open: Vec<&str> = ALL.iter().filter(|good| good.accepts.is_empty()).map(|good| good.name).collect();
    assert_eq!(open, ["generate_anonymous_access_token", "refresh_anonymous_access_token"]);
}

#[tokio::test]
async fn without_a_good_credential_no_handler_is_reached() {
    let stub = Stub::default();
    let server = stub.start().await;
    for good in secured() {
        let accepted = token(good.accepts[0]);
        for headers in [
            String::new(),
            "Authorization:".to_owned(),
            "Authorization: Bearer".to_owned(),
            authorization("wrong-token"),
            authorization(&format!("{accepted} more")),
            authorization(&format!("{accepted},")),
            authorization(&format!("\"{accepted}\"")),
            format!("Authorization: {accepted}"),
            format!("Authorization: Basic {accepted}"),
            format!("Authorization: Bearer{accepted}"),
            format!("Authorization: Bearer\t{accepted}"),
            format!("{}\n{}", authorization(accepted), authorization(accepted)),
            format!("{}\n{}", authorization("wrong-token"), authorization(accepted)),
            format!("Cookie: Authorization=Bearer {accepted}"),
            format!("X-{}", authorization(accepted)),
        ] {
            let answer = good.send(server, &headers).await;
            assert_eq!(answer.to_text(), UNAUTHORIZED, "{} with {headers:?}", good.name);
            assert!(stub.is_untouched(), "{} with {headers:?}", good.name);
        }
    }
}

#[tokio::test]
async fn a_credential_opens_the_operations_that_name_its_scheme() {
    let stub = Stub::default();
    let server = stub.start().await;
    for good in secured() {
        for sender in SENDERS {
            for scheme in ["Bearer", "bearer", "BEARER"] {
                let stub = stub.clone();
                let answer = good.send(server, &format!("Authorization: {scheme} {}", token(sender))).await;
                if good.accepts.contains(&sender) {
                    assert_eq!(answer.status, 501, "{} by {sender:?}", good.name);
                    assert_eq!(stub.sender(), Some(sender), "{}", good.name);
                    assert!(!stub.is_untouched());
                    stub.seen::<()>();
                } else {
                    assert_eq!(answer.to_text(), UNAUTHORIZED, "{} by {sender:?}", good.name);
                    assert!(stub.is_untouched(), "{} by {sender:?}", good.name);
                }
            }
        }
    }
}

#[tokio::test]
async fn a_rejecting_scheme_keeps_the_next_from_being_asked() {
    let stub = Stub::default();
    let server = stub.start().await;
    for name in ["retrieve_customer_profile", "refresh_customer_token", "list_addresses"] {
        let answer = Good::of(name).send(server, &authorization(BANNED)).await;
        assert_eq!(
            answer.to_text(),
            "403\ncontent-type: application/problem+json\n\n\
             {\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,\"detail\":\"This account is locked.\"}",
            "{name}"
        );
        assert!(stub.is_untouched());
    }
}

#[tokio::test]
async fn security_runs_before_anything_is_decoded() {
    let stub = Stub::default();
    let server = stub.start().await;
    for good in secured() {
        let target = good.target.replace("acme", "%zz").split('?').next().unwrap_or_default().to_owned();
        let answer = send(server, good.method, &target, &authorization("wrong-token"), "{not JSON").await;
        assert_eq!(answer.to_text(), UNAUTHORIZED, "{}", good.name);
        let answer = send(server, good.method, &target, "Content-Type: text/csv", &"x".repeat(3 << 20)).await;
        assert_eq!(answer.status, 401, "{}", good.name);
    }
    assert!(stub.is_untouched());
}

#[tokio::test]
async fn operations_without_security_ignore_credentials() {
    let stub = Stub::default();
    let server = stub.start().await;
    for good in ALL.iter().filter(|good| good.accepts.is_empty()) {
        for headers in ["", "Authorization: nonsense", "Authorization: Bearer wrong\nAuthorization: Basic x"]
        {
            assert_eq!(good.send(server, headers).await.status, 501, "{} with {headers:?}", good.name);
            assert_eq!(stub.sender(), Some(Sender::Nobody));
            stub.seen::<()>();
        }
    }
}

/// ODDITIES C1: the header parameter `Authorization` is the credential, and no field of the request.
#[tokio::test]
async fn the_authorization_parameter_is_the_credential() {
    let stub = Stub::default();
    let server = stub.start().await;
    Good::of("validate_token").send(server, &authorization(CUSTOMER)).await;
    assert_eq!(stub.seen(), Some(ValidateTokenRequest::new("acme")));
    for sender in SENDERS {
        Good::of("refresh_customer_token").send(server, &authorization(token(sender))).await;
        assert_eq!(stub.seen(), Some(RefreshCustomerTokenRequest::new("acme", "s3cret-query")));
        assert_eq!(stub.sender(), Some(sender));
    }
}

fn line(request: &str) -> Option<&str> {
    request.lines().find(|line| line.starts_with("authorization:"))
}

#[tokio::test]
async fn the_client_sends_the_first_alternative_that_it_has() {
    let customer = "authorization: Bearer customer-token";
    let anonymous = "authorization: Bearer anonymous-token";
    for (has_customer, has_anonymous, profile, refresh) in [
        (true, true, customer, anonymous),
        (true, false, customer, customer),
        (false, true, anonymous, anonymous),
    ] {
        let client = |url: String| {
            let builder = Client::builder().base_url(url);
            let builder = if has_customer { builder.customer_access_token(CUSTOMER) } else { builder };
            let builder = if has_anonymous { builder.anonymous_access_token(ANONYMOUS) } else { builder };
            builder.build().expect("a legal base URL")
        };
        let recorder = Recorder::start("500").await.expect("a free port");
        let result = client(recorder.base_url()).account().retrieve_customer_profile("acme").await;
        assert!(matches!(result, Err(Error::Undeclared(_))));
        assert_eq!(line(&recorder.request().await.expect("a request")), Some(profile));
        let recorder = Recorder::start("500").await.expect("a free port");
        let result = client(recorder.base_url()).authentication().refresh_customer_token("acme", "r").await;
        assert!(matches!(result, Err(Error::Undeclared(_))));
        assert_eq!(line(&recorder.request().await.expect("a request")), Some(refresh));
    }
}

#[tokio::test]
async fn a_client_sends_no_credential_where_none_is_asked_for() {
    let recorder = Recorder::start("500").await.expect("a free port");
    let client = crate::case::client(recorder.base_url());
    let result = client.authentication().generate_anonymous_access_token("acme", "storefront").await;
    assert!(matches!(result, Err(Error::Undeclared(_))));
    assert_eq!(line(&recorder.request().await.expect("a request")), None);
}

#[tokio::test]
async fn without_a_credential_the_client_sends_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a socket");
    let url = format!("http://{}", listener.local_addr().expect("a bound socket"));
    let client =
        Client::builder().base_url(&url).anonymous_access_token(ANONYMOUS).build().expect("a client");
    let error = client.addresses().list_addresses("acme").await.expect_err("no credential");
    assert!(
        matches!(error, Error::MissingCredential { operation } if operation.id == "GET-customer-list-customer-addresses")
    );
    let bare = Client::builder().base_url(&url).build().expect("a client");
    let error = bare.account().retrieve_customer_profile("acme").await.expect_err("no credential");
    assert!(matches!(error, Error::MissingCredential { .. }));
    // A token that no header can hold is none.
    let client = bare.with_customer_access_token("two\nlines");
    let error = client.addresses().list_addresses("acme").await.expect_err("no credential");
    assert!(matches!(error, Error::MissingCredential { .. }));
    assert_eq!(listener.accept().expect_err("nobody connects").kind(), ErrorKind::WouldBlock);
}
