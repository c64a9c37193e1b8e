//! What every request goes through.
//!
//! From the outside in: request id, log, metrics, headers of the response, panics, other origins, the length
//! of the URI, the time that a request may take; then, for operations, the throttle, and for other routes the
//! size of a body. That of an operation is the runtime's to limit: whoever may not call it at all is told so
//! first.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::Response;
use http::header::{
    ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
    WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
};
use http::uri::PathAndQuery;
use http::{Method, StatusCode};
use tower::util::MapRequestLayer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::CorsLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;

use super::metrics::Metrics;
use crate::api::error::problem;

mod count;
mod request_id;
mod throttle;
mod trace;

#[cfg(test)]
mod tests;

use request_id::X_REQUEST_ID;
pub(super) use throttle::{Limiter, Peer};

/// The longest URI, in octets.
const URI: usize = 8 * 1024;

/// How long a request may take, its body included.
const TIMEOUT: Duration = Duration::from_secs(15);

/// What stands for a request that took too long until it has a body: no route answers with it.
const TOOK_TOO_LONG: StatusCode = StatusCode::REQUEST_TIMEOUT;

/// The largest body of a request that is no operation's, in octets.
const BODY: usize = 64 * 1024;

/// The routes with everything around them.
pub(super) fn around(routes: Router, metrics: &Metrics, cors_origins: &[HeaderValue]) -> Router {
    let mut around = routes
        .layer(TimeoutLayer::with_status_code(TOOK_TOO_LONG, TIMEOUT))
        .layer(map_response(told_too_long))
        .layer(from_fn(short_uri));
    if !cors_origins.is_empty() {
        around = around.layer(cors(cors_origins));
    }
    around
        .layer(CatchPanicLayer::custom(|_| internal_error()))
        .layer(map_response(guarded))
        .layer(from_fn_with_state(metrics.clone(), count::count))
        .layer(trace::layer())
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(MapRequestLayer::new(request_id::without_unfit))
}

/// Operations, none of which an address may ask for too often.
pub(super) fn throttled(operations: Router, limiter: Option<&Arc<Limiter>>) -> Router {
    match limiter {
        Some(limiter) => operations.layer(from_fn_with_state(Arc::clone(limiter), throttle::throttle)),
        None => operations,
    }
}

/// Routes that are no operation's.
pub(super) fn of_our_own(routes: Router) -> Router {
    routes
        .route_layer(RequestBodyLimitLayer::new(BODY))
        .route_layer(map_response(told_too_large))
        .route_layer(from_fn(tell_route))
}

/// Leaves the route's template in the response, for the log: nothing else tells of routes that are no
/// operation's.
async fn tell_route(route: MatchedPath, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.extensions_mut().insert(route);
    response
}

fn cors(origins: &[HeaderValue]) -> CorsLayer {
    const METHODS: [Method; 5] = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    CorsLayer::new()
        .allow_origin(origins.to_vec())
        .allow_methods(METHODS)
        .allow_headers([ACCEPT, AUTHORIZATION, CONTENT_TYPE, X_REQUEST_ID])
        .expose_headers([LOCATION, RETRY_AFTER, WWW_AUTHENTICATE, X_REQUEST_ID])
        .max_age(Duration::from_secs(600))
}

/// Answers hold secrets, and are what they say they are.
async fn guarded(mut response: Response) -> Response {
    const HEADERS: [(HeaderName, HeaderValue); 2] = [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}

fn internal_error() -> Response {
    problem(StatusCode::INTERNAL_SERVER_ERROR, "internal_service_error", "An internal error occurred.")
}

async fn short_uri(request: Request, next: Next) -> Response {
    let target = request.uri().path_and_query().map_or("", PathAndQuery::as_str);
    if target.len() > URI {
        return problem(StatusCode::URI_TOO_LONG, "uri_too_long", "The URI is longer than 8 KiB.");
    }
    next.run(request).await
}

async fn told_too_long(response: Response) -> Response {
    if response.status() != TOOK_TOO_LONG {
        return response;
    }
    problem(StatusCode::SERVICE_UNAVAILABLE, "service_unavailable", "The request took too long.")
}

async fn told_too_large(response: Response) -> Response {
    if response.status() != StatusCode::PAYLOAD_TOO_LARGE {
        return response;
    }
    problem(StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large", "The request body is too large.")
}
