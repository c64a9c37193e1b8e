//! What every request goes through.
//!
//! From the outside in: request id, log and metrics, headers of the response, panics, other origins, the
//! length of the URI, the time that a request may take, the trailing slash; then, for operations, the
//! throttle.

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
use http::uri::{PathAndQuery, Uri};
use http::{Method, StatusCode};
use tower::ServiceBuilder;
use tower::util::MapRequestLayer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::CorsLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};

use super::metrics::Metrics;
use crate::api::error::problem;

mod observe;
mod request_id;
mod throttle;

#[cfg(test)]
mod tests;

use request_id::X_REQUEST_ID;
pub(super) use throttle::{Limiter, Peer};

/// The longest URI, in octets.
const URI: usize = 8 * 1024;

/// How long a request may take, its body included.
const TIMEOUT: Duration = Duration::from_secs(15);

/// The routes with everything around them.
pub(super) fn around(routes: Router, metrics: &Metrics, cors_origins: &[HeaderValue]) -> Router {
    // The slash goes before a route is looked for.
    let found = ServiceBuilder::new().layer(MapRequestLayer::new(without_trailing_slash)).service(routes);
    let mut around = Router::new().fallback_service(found).layer(from_fn(in_time)).layer(from_fn(short_uri));
    if !cors_origins.is_empty() {
        around = around.layer(cors(cors_origins));
    }
    around
        .layer(CatchPanicLayer::custom(|_| internal_error()))
        .layer(map_response(guarded))
        .layer(from_fn_with_state(metrics.clone(), observe::observe))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(MapRequestLayer::new(request_id::without_unfit))
}

/// Operations, none of which an address may ask for too often. Where there is no route there is no
/// throttle either.
pub(super) fn throttled(operations: Router, limiter: Option<&Arc<Limiter>>) -> Router {
    match limiter {
        Some(limiter) => operations.route_layer(from_fn_with_state(Arc::clone(limiter), throttle::throttle)),
        None => operations,
    }
}

/// Leaves the route's template in the response, for the log: nothing else tells of routes that are no
/// operation's.
pub(super) async fn tell_route(route: MatchedPath, request: Request, next: Next) -> Response {
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

async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            problem(StatusCode::SERVICE_UNAVAILABLE, "service_unavailable", "The request took too long.")
        }
    }
}

/// One slash at the end means nothing; two do.
fn without_trailing_slash(mut request: Request) -> Request {
    let path = request.uri().path();
    let Some(bare) = path.strip_suffix('/').filter(|bare| !bare.is_empty() && !bare.ends_with('/')) else {
        return request;
    };
    let target = match request.uri().query() {
        Some(query) => format!("{bare}?{query}"),
        None => bare.to_owned(),
    };
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = PathAndQuery::try_from(target).ok();
    if let Ok(uri) = Uri::from_parts(parts) {
        *request.uri_mut() = uri;
    }
    request
}
