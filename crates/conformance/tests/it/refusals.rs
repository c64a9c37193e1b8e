//! The errors that operations share, each as text and as a value.

use customer_api::responses::{
    AddressNotFound, BadRequest, Conflict, Forbidden, IdentityProviderUnreachable, TooManyRequests,
    Unauthorized,
};
use customer_api::types::{ErrorDetail, ErrorMessage, Fault, FaultDetail, FaultMessage};

/// An answer on the wire, and the operation's error that stands for it.
pub type Refusal<E> = (&'static str, E);

/// `400`, with everything that an error message may have.
pub fn bad_request<E>(variant: fn(BadRequest) -> E) -> Refusal<E> {
    let details = vec![
        ErrorDetail::new("email", "validation_failed", "No e-mail.").with_more_info("https://e.example/1"),
        ErrorDetail::new("tags/0", "too_long", "65 > 64"),
    ];
    let body = ErrorMessage::new(400, "bad_request", "Invalid payload.")
        .with_more_info("https://e.example/400")
        .with_details(details);
    let text = r#"
        400
        content-type: application/json

        {"status":400,"type":"bad_request","message":"Invalid payload.","moreInfo":"https://e.example/400",
        "details":[
        {"field":"email","type":"validation_failed","message":"No e-mail.","moreInfo":"https://e.example/1"},
        {"field":"tags/0","type":"too_long","message":"65 > 64"}
        ]}
    "#;
    (text, variant(BadRequest::new(body)))
}

/// `401`, with its challenge.
pub fn unauthorized<E>(variant: fn(Unauthorized) -> E) -> Refusal<E> {
    let text = r#"
        401
        content-type: application/json
        www-authenticate: Bearer

        {"fault":{"faultstring":"Invalid Access Token","detail":{"errorcode":"oauth.v2.InvalidAccessToken"}}}
    "#;
    (text, variant(Unauthorized::new(fault()).with_www_authenticate("Bearer")))
}

/// `401` from a gateway that leaves the challenge out.
pub fn unauthorized_without_challenge<E>(variant: fn(Unauthorized) -> E) -> Refusal<E> {
    let text = r#"
        401
        content-type: application/json

        {"fault":{"faultstring":"Invalid Access Token","detail":{"errorcode":"oauth.v2.InvalidAccessToken"}}}
    "#;
    (text, variant(Unauthorized::new(fault())))
}

fn fault() -> FaultMessage {
    let detail = FaultDetail::new("oauth.v2.InvalidAccessToken");
    FaultMessage::new(Fault::new("Invalid Access Token", detail))
}

/// `403`.
pub fn forbidden<E>(variant: fn(Forbidden) -> E) -> Refusal<E> {
    let text = r#"
        403
        content-type: application/json

        {"status":403,"type":"Forbidden","message":"User not authorized."}
    "#;
    (text, variant(Forbidden::new(ErrorMessage::new(403, "Forbidden", "User not authorized."))))
}

/// `404`.
pub fn address_not_found<E>(variant: fn(AddressNotFound) -> E) -> Refusal<E> {
    let text = r#"
        404
        content-type: application/json

        {"status":404,"type":"resource_not_found","message":"Address b05c of customer 1 not found."}
    "#;
    let body = ErrorMessage::new(404, "resource_not_found", "Address b05c of customer 1 not found.");
    (text, variant(AddressNotFound::new(body)))
}

/// `409`.
pub fn conflict<E>(variant: fn(Conflict) -> E) -> Refusal<E> {
    let text = r#"
        409
        content-type: application/json

        {"status":409,"type":"conflict_resource","message":"Version mismatch: expected 2, got 1."}
    "#;
    let body = ErrorMessage::new(409, "conflict_resource", "Version mismatch: expected 2, got 1.");
    (text, variant(Conflict::new(body)))
}

/// `429`, with the time to wait.
pub fn too_many_requests<E>(variant: fn(TooManyRequests) -> E) -> Refusal<E> {
    let text = r#"
        429
        content-type: application/json
        retry-after: 30

        {"status":429,"type":"too_many_requests","message":"Too many requests."}
    "#;
    let body = ErrorMessage::new(429, "too_many_requests", "Too many requests.");
    (text, variant(TooManyRequests::new(body).with_retry_after(30)))
}

/// `429` from a gateway that does not say how long to wait.
pub fn too_many_requests_without_time<E>(variant: fn(TooManyRequests) -> E) -> Refusal<E> {
    let text = r#"
        429
        content-type: application/json

        {"status":429,"type":"too_many_requests","message":"Too many requests."}
    "#;
    let body = ErrorMessage::new(429, "too_many_requests", "Too many requests.");
    (text, variant(TooManyRequests::new(body)))
}

/// `502`.
pub fn identity_provider_unreachable<E>(variant: fn(IdentityProviderUnreachable) -> E) -> Refusal<E> {
    let text = r#"
        502
        content-type: application/json

        {"status":502,"type":"internal_service_error","message":"The identity provider cannot be reached."}
    "#;
    let body = ErrorMessage::new(502, "internal_service_error", "The identity provider cannot be reached.");
    (text, variant(IdentityProviderUnreachable::new(body)))
}
