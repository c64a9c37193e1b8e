//! What is answered without a handler's answer, and the one hook that renders it.

use std::fmt::Write as _;
use std::time::Duration;

use customer_api::operations::addresses::{
    ListAddressesError, ListAddressesResponse, RemoveAddressError, RemoveAddressResponse,
};
use customer_api::responses::AddressNotFound;
use customer_api::types::ErrorMessage;
use specwright_runtime::server::Response;
use specwright_runtime::{Answers, Failure, Internal, Rejection, RejectionKind, Unavailable, Unimplemented};

use crate::requests::{ALL, Good, authorization, send};
use crate::stub::{CUSTOMER, PANIC, Stub};

fn problem(status: u16, title: &str) -> String {
    format!(
        "{status}\ncontent-type: application/problem+json\n\n\
         {{\"type\":\"about:blank\",\"title\":\"{title}\",\"status\":{status}}}"
    )
}

#[tokio::test]
async fn paths_that_are_none_of_the_contracts() {
    let stub = Stub::default();
    let server = stub.start().await;
    for path in [
        "/",
        "//",
        "/customer",
        "/customer/acme",
        "/customer/acme/",
        "/customer/acme/me/",
        "/customer/acme/me//addresses",
        "/customer/acme/me/addresses/",
        "/customer/acme/me/addresses/a1/",
        "/customer/acme/me/addresses/a/b",
        "/customer/acme/Me",
        "/customer/acme/me;v=1",
        "/customer//me",
        "/CUSTOMER/acme/me",
        "/customer/acme/sociallogin",
        "/customer/acme/signup/optin/",
        "/customer/acme/me/addresses/a1/tags/x",
    ] {
        for method in ["GET", "POST", "DELETE", "BREW"] {
            let answer = send(server, method, path, &authorization(CUSTOMER), "").await;
            assert_eq!(answer.to_text(), problem(404, "Not Found"), "{method} {path}");
        }
    }
    assert!(stub.is_untouched());
}

#[tokio::test]
async fn methods_that_are_none_of_the_paths() {
    let stub = Stub::default();
    let server = stub.start().await;
    for (path, allow) in [
        ("/customer/acme/me", ["DELETE", "GET", "PATCH"].as_slice()),
        ("/customer/acme/me/addresses", &["GET", "POST"]),
        ("/customer/acme/me/addresses/a1", &["DELETE", "GET", "PATCH"]),
        ("/customer/acme/me/addresses/a1/tags", &["DELETE", "POST"]),
        ("/customer/acme/me/accounts/internal", &["POST"]),
        ("/customer/acme/me/accounts/internal/email/change", &["POST"]),
        ("/customer/acme/me/accounts/internal/email/change/confirm", &["POST"]),
        ("/customer/acme/password/reset", &["POST"]),
        ("/customer/acme/password/reset/update", &["POST"]),
        ("/customer/acme/password/change", &["POST"]),
        ("/customer/acme/signup", &["POST"]),
        ("/customerlogin/auth/anonymous/login", &["GET"]),
        ("/customerlogin/auth/anonymous/refresh", &["GET"]),
        ("/customer/acme/login", &["POST"]),
        ("/customer/acme/logout", &["GET"]),
        ("/customer/acme/refreshauthtoken", &["GET"]),
        ("/customer/acme/validateauthtoken", &["GET"]),
        ("/customer/acme/signup/optin/t", &["GET"]),
        ("/customer/acme/signup/optin/refresh_token", &["POST"]),
        ("/customer/acme/socialLogin", &["POST"]),
    ] {
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get"] {
            if allow.contains(&method) {
                continue;
            }
            let answer = send(server, method, path, &authorization(CUSTOMER), "").await;
            assert_eq!(answer.status, 405, "{method} {path}");
            let mut told: Vec<&str> = answer.header("allow").unwrap_or_default().split(", ").collect();
            told.sort_unstable();
            assert_eq!(told, allow, "{method} {path}");
        }
    }
    assert!(stub.is_untouched());
}

#[tokio::test]
async fn head_is_not_get() {
    let stub = Stub::default();
    let answer = send(stub.start().await, "HEAD", "/customer/acme/logout", "", "").await;
    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET")));
    assert_eq!(answer.body, "");
}

/// What the hook was told, in a line.
fn told(rejection: &Rejection) -> Response {
    let operation = rejection.operation().map_or("nothing", |operation| operation.id);
    let statuses = rejection.operation().map_or(0, |operation| operation.statuses.len());
    let mut text = format!("{:?} of {operation}, {statuses} statuses", rejection.kind());
    for violation in rejection.violations() {
        let _ = write!(
            text,
            "; {} {}{} {}",
            violation.location.as_str(),
            violation.name,
            violation.pointer,
            violation.constraint
        );
    }
    let mut response = Response::new(text.into());
    *response.status_mut() = if rejection.kind() == RejectionKind::Invalid {
        specwright_runtime::StatusCode::UNPROCESSABLE_ENTITY
    } else {
        rejection.status()
    };
    response
}

#[tokio::test]
async fn a_hook_of_ones_own_renders_everything() {
    let stub = Stub::rejecting(told);
    let server = stub.start().await;
    let login = Good::of("authenticate_customer");
    let anonymous = login.authorization();
    let path = login.target;
    for (method, path, headers, body, expected) in [
        ("GET", "/nowhere", "", "", "404\n\nNotFound of nothing, 0 statuses"),
        ("GET", path, "", "", "405\nallow: POST\n\nMethodNotAllowed of nothing, 0 statuses"),
        (
            "POST",
            path,
            "",
            "",
            "401\nwww-authenticate: Bearer\n\n\
             Unauthenticated of POST-customer-authenticate-customer, 4 statuses",
        ),
        (
            "POST",
            "/customer/acme1234567890123/login",
            anonymous.as_str(),
            r#"{"email":"jane","password":1}"#,
            "422\n\nInvalid of POST-customer-authenticate-customer, 4 statuses; path tenant maxLength; \
             body /email pattern; body /password type",
        ),
        (
            "POST",
            path,
            anonymous.as_str(),
            "{",
            "400\n\nMalformed of POST-customer-authenticate-customer, 4 statuses; body  json",
        ),
        (
            "POST",
            path,
            anonymous.as_str(),
            login.body,
            "501\n\nUnimplemented of POST-customer-authenticate-customer, 4 statuses",
        ),
    ] {
        let answer = send(server, method, path, headers, body).await;
        assert_eq!(answer.to_text(), expected, "{method} {path}");
    }
    let headers = format!("{anonymous}\nContent-Length: 3000000");
    let answer = send(server, "POST", path, &headers, &" ".repeat(3_000_000)).await;
    assert_eq!(answer.to_text(), "413\n\nTooLarge of POST-customer-authenticate-customer, 4 statuses");
    stub.panic_next();
    let answer = login.send(server, &anonymous).await;
    assert_eq!(answer.to_text(), "500\n\nInternal of POST-customer-authenticate-customer, 4 statuses");
}

#[tokio::test]
async fn a_panic_is_a_500_and_the_server_goes_on() {
    let stub = Stub::default();
    let server = stub.start().await;
    for good in &ALL {
        stub.panic_next();
        let answer = good.send(server, &good.authorization()).await;
        assert_eq!(answer.to_text(), problem(500, "Internal Server Error"), "{}", good.name);
        assert!(!answer.body.contains(PANIC));
        let answer = good.send(server, &good.authorization()).await;
        assert_eq!(answer.to_text(), problem(501, "Not Implemented"), "{}", good.name);
    }
}

/// An error of the service's own that has a response in the contract.
#[derive(Debug)]
struct NoSuchAddress;

impl Answers for NoSuchAddress {
    type Response = AddressNotFound;

    fn answer(self) -> AddressNotFound {
        ErrorMessage::new(404, "resource_not_found", "Address not found.").into()
    }
}

/// What a handler does with an error: `?`.
fn failed<T, E>(error: impl Into<Failure<E>>) -> Result<T, Failure<E>> {
    Err(error.into())
}

#[tokio::test]
async fn errors_that_the_contract_need_not_declare() {
    let stub = Stub::default();
    let server = stub.start().await;
    let list = Good::of("list_addresses");
    let send = async |error: Failure<ListAddressesError>| {
        stub.answer(failed::<ListAddressesResponse, _>(error));
        list.send(server, &authorization(CUSTOMER)).await
    };
    let answer = send(Internal::new("the database password is 12345").into()).await;
    assert_eq!(answer.to_text(), problem(500, "Internal Server Error"));
    let answer = send(Internal::new(std::io::Error::other("/etc/shadow")).into()).await;
    assert_eq!(answer.to_text(), problem(500, "Internal Server Error"));
    let answer = send(Unavailable::new().into()).await;
    assert_eq!(answer.to_text(), problem(503, "Service Unavailable"));
    let answer = send(Unavailable::retry_after(Duration::from_millis(1_200)).into()).await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("2")));
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    let answer = send(Unimplemented.into()).await;
    assert_eq!(answer.to_text(), problem(501, "Not Implemented"));
}

#[tokio::test]
async fn a_domain_error_answers_as_its_declared_response() {
    let stub = Stub::default();
    stub.answer(failed::<RemoveAddressResponse, RemoveAddressError>(NoSuchAddress));
    let answer = Good::of("remove_address").send(stub.start().await, &authorization(CUSTOMER)).await;
    assert_eq!(
        answer.to_text(),
        "404\ncontent-type: application/json\n\n\
         {\"status\":404,\"type\":\"resource_not_found\",\"message\":\"Address not found.\"}"
    );
}
