//! The four routes as one writes them on axum without a generator: extractors, checks, serde.
//!
//! They check what the contract asks for and answer with the same octets. Left out is what the loads do
//! not reach: a profile's addresses and company.

use axum::Router;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Json, Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use customer_service::domain::error::{AddAddressError, AnonymousError, Unauthenticated};
use customer_service::domain::secret::Token;
use customer_service::domain::session::{Bearer, CustomerCaller};
use customer_service::domain::store::Store;
use http::header::{AUTHORIZATION, HeaderMap, HeaderValue, WWW_AUTHENTICATE};
use http::{StatusCode, Uri};
use serde::Deserialize;

use self::body::{Anonymous, Details, ErrorBody, Fault, Location, NewAddress, Problem, Profile};

mod body;

/// The routes.
pub fn router(store: Store) -> Router {
    Router::new()
        .route("/customerlogin/auth/anonymous/login", get(log_in_anonymously))
        .route("/customer/{tenant}/me", get(profile))
        .route("/customer/{tenant}/me/addresses", post(add_address))
        .route("/customer/{tenant}/validateauthtoken", get(validate))
        .fallback(async |_: Uri| refuse(StatusCode::NOT_FOUND, "resource_not_found", "No such resource."))
        .with_state(store)
}

#[derive(Deserialize)]
struct Client {
    tenant: Option<String>,
    client_id: Option<String>,
}

async fn log_in_anonymously(State(store): State<Store>, Query(client): Query<Client>) -> Response {
    let (Some(tenant), Some(client_id)) = (client.tenant, client.client_id) else {
        return invalid(vec![Problem::new("tenant", "missing_value", "is required")]);
    };
    if !is_tenant(&tenant) {
        return no_tenant();
    }
    if client_id.trim().is_empty() {
        return invalid(vec![Problem::new("client_id", "invalid_value", "is blank")]);
    }
    let Some(tenant) = store.tenant_or_create(&tenant) else { return no_tenant() };
    match tenant.log_in_anonymously(&client_id) {
        Ok(tokens) => Json(Anonymous::from(tokens)).into_response(),
        Err(AnonymousError::Unauthenticated(error)) => unauthenticated(error),
        Err(AnonymousError::Overloaded(_)) => overloaded(),
    }
}

#[derive(Deserialize)]
struct Shown {
    expand: Option<String>,
}

async fn profile(
    State(store): State<Store>,
    Path(tenant): Path<String>,
    Query(shown): Query<Shown>,
    headers: HeaderMap,
) -> Response {
    let caller = match bearer(&store, &tenant, &headers) {
        Ok(Bearer::Customer(caller)) => caller,
        Ok(_) => return Json(Profile::anonymous()).into_response(),
        Err(response) => return response,
    };
    match caller.profile() {
        Ok(view) => Json(Profile::new(view, &shown.expand.unwrap_or_default())).into_response(),
        Err(error) => unauthenticated(error),
    }
}

async fn add_address(
    State(store): State<Store>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    address: Result<Json<NewAddress>, JsonRejection>,
) -> Response {
    let caller = match caller(&store, &tenant, &headers) {
        Ok(caller) => caller,
        Err(response) => return response,
    };
    let Ok(Json(address)) = address else {
        return refuse(StatusCode::BAD_REQUEST, "bad_payload_syntax", "The body is not an address.");
    };
    let problems = address.problems();
    if !problems.is_empty() {
        return invalid(problems);
    }
    match caller.add_address(address.into()) {
        Ok(id) => (StatusCode::CREATED, Json(Location { id })).into_response(),
        Err(AddAddressError::Unauthenticated(error)) => unauthenticated(error),
        Err(AddAddressError::Overloaded(_)) => overloaded(),
        Err(AddAddressError::Invalid(error)) => {
            let problem = |problem: &customer_service::domain::error::Problem| {
                Problem::new(&problem.field, problem.kind.as_str(), &problem.message)
            };
            invalid(error.problems.iter().map(problem).collect())
        }
    }
}

async fn validate(State(store): State<Store>, Path(tenant): Path<String>, headers: HeaderMap) -> Response {
    let caller = match bearer(&store, &tenant, &headers) {
        Ok(Bearer::Customer(caller)) => caller,
        Ok(_) => return unauthenticated(Unauthenticated::AccessToken),
        Err(response) => return response,
    };
    match caller.token_details() {
        Ok(details) => Json(Details::from(details)).into_response(),
        Err(error) => unauthenticated(error),
    }
}

/// The customer who calls.
#[expect(clippy::result_large_err, reason = "the response is sent at once")]
fn caller(store: &Store, tenant: &str, headers: &HeaderMap) -> Result<CustomerCaller, Response> {
    match bearer(store, tenant, headers)? {
        Bearer::Customer(caller) => Ok(caller),
        _ => Err(refuse(StatusCode::FORBIDDEN, "Forbidden", "User not authorized.")),
    }
}

/// Who calls: a customer or somebody anonymous.
#[expect(clippy::result_large_err, reason = "the response is sent at once")]
fn bearer(store: &Store, tenant: &str, headers: &HeaderMap) -> Result<Bearer, Response> {
    if !is_tenant(tenant) {
        return Err(no_tenant());
    }
    let tenant = store.tenant(tenant).ok_or_else(no_tenant)?;
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, token) = bearer.and_then(|text| text.split_once(' ')).unwrap_or_default();
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(unauthenticated(Unauthenticated::AccessToken));
    }
    match tenant.bearer(&Token::new(token)) {
        known @ (Bearer::Customer(_) | Bearer::Anonymous(_)) => Ok(known),
        Bearer::ExpiredCustomer | Bearer::ExpiredAnonymous => Err(unauthenticated(Unauthenticated::Expired)),
        Bearer::Unknown => Err(unauthenticated(Unauthenticated::AccessToken)),
    }
}

fn is_tenant(name: &str) -> bool {
    (3..=16).contains(&name.len())
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|octet| octet.is_ascii_lowercase() || octet.is_ascii_digit())
}

fn no_tenant() -> Response {
    let message = "The tenant information provided with the request is not valid.";
    refuse(StatusCode::BAD_REQUEST, "bad_request", message)
}

fn overloaded() -> Response {
    refuse(StatusCode::SERVICE_UNAVAILABLE, "service_unavailable", "The service is overloaded.")
}

fn refuse(status: StatusCode, kind: &'static str, message: &str) -> Response {
    (status, Json(ErrorBody::new(status, kind, message, Vec::new()))).into_response()
}

fn invalid(details: Vec<Problem>) -> Response {
    let status = StatusCode::BAD_REQUEST;
    let body = ErrorBody::new(status, "validation_failure", "The request is not valid.", details);
    (status, Json(body)).into_response()
}

fn unauthenticated(error: Unauthenticated) -> Response {
    let challenge = [(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))];
    (StatusCode::UNAUTHORIZED, challenge, Json(Fault::from(error))).into_response()
}
