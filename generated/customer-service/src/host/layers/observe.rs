//! One line of the log for each request, and its place in the metrics.

use std::borrow::Cow;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use specwright_runtime::Operation;
use tower_http::request_id::RequestId;
use tracing::{Instrument as _, Span, field};

use crate::host::metrics::{Asked, Metrics, UnderWay, method};

/// Path parameters, queries, headers and bodies are left out: they hold secrets.
pub(super) async fn observe(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let span = tracing::info_span!("request", id = field::Empty);
    if let Some(id) = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()) {
        span.record("id", id);
    }
    let mut exchange = Exchange {
        method: method(request.method()),
        since: Instant::now(),
        span: span.clone(),
        is_answered: false,
        _under_way: metrics.begin(),
    };
    let response = next.run(request).instrument(span).await;
    exchange.answered(&metrics, &response);
    response
}

/// A request that is under way.
struct Exchange {
    method: &'static str,
    since: Instant,
    span: Span,
    is_answered: bool,
    _under_way: UnderWay,
}

impl Exchange {
    fn answered(&mut self, metrics: &Metrics, response: &Response) {
        self.is_answered = true;
        let (method, status, took) = (self.method, response.status(), self.since.elapsed());
        let asked = asked(method, response);
        metrics.answered(&asked, status, took);
        let (route, status, milliseconds) = (&*asked.route, status.as_u16(), milliseconds(took));
        let _entered = self.span.enter();
        if response.status().is_server_error() {
            tracing::warn!(method, route, status, milliseconds, "answered");
        } else {
            tracing::info!(method, route, status, milliseconds, "answered");
        }
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        if !self.is_answered {
            let _entered = self.span.enter();
            tracing::info!(
                method = self.method,
                milliseconds = milliseconds(self.since.elapsed()),
                "the client went away"
            );
        }
    }
}

fn milliseconds(took: Duration) -> f64 {
    (took.as_secs_f64() * 1e5).round() / 1e2
}

fn asked(method: &'static str, response: &Response) -> Asked {
    let extensions = response.extensions();
    if let Some(operation) = extensions.get::<&'static Operation>() {
        return Asked { operation: operation.id, route: Cow::Borrowed(operation.path), method };
    }
    let route =
        extensions.get::<MatchedPath>().map_or(Cow::Borrowed("-"), |route| route.as_str().to_owned().into());
    Asked { operation: "-", route, method }
}
