//! One span and one line of the log for each request.

use std::time::Duration;

use axum::extract::Request;
use axum::response::Response;
use tower_http::classify::{ServerErrorsAsFailures, SharedClassifier};
use tower_http::request_id::RequestId;
use tower_http::trace::TraceLayer;
use tracing::{Span, field};

use crate::host::metrics::Asked;

/// Only what is named here is logged: paths, queries, headers and bodies hold secrets, and of all of them
/// the layer's own words would tell.
type Layer = TraceLayer<
    SharedClassifier<ServerErrorsAsFailures>,
    fn(&Request) -> Span,
    (),
    fn(&Response, Duration, &Span),
    (),
    (),
    (),
>;

/// The layer. It needs the request's id before it, and what was asked behind it.
pub(super) fn layer() -> Layer {
    TraceLayer::new_for_http()
        .make_span_with(span as fn(&Request) -> Span)
        .on_request(())
        .on_response(answered as fn(&Response, Duration, &Span))
        .on_body_chunk(())
        .on_eos(())
        .on_failure(())
}

fn span(request: &Request) -> Span {
    let span = tracing::info_span!("request", id = field::Empty);
    if let Some(id) = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()) {
        span.record("id", id);
    }
    span
}

fn answered(response: &Response, took: Duration, _: &Span) {
    let Some(Asked { route, method, .. }) = response.extensions().get() else { return };
    let (route, status, milliseconds) = (&**route, response.status().as_u16(), milliseconds(took));
    if response.status().is_server_error() {
        tracing::warn!(method, route, status, milliseconds, "answered");
    } else {
        tracing::info!(method, route, status, milliseconds, "answered");
    }
}

pub(super) fn milliseconds(took: Duration) -> f64 {
    (took.as_secs_f64() * 1e5).round() / 1e2
}
