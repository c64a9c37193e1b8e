//! The place of each request in the metrics.

use std::borrow::Cow;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use specwright_runtime::Operation;
use tracing::Span;

use super::trace::milliseconds;
use crate::host::metrics::{Asked, Metrics, UnderWay, method};

/// Counts a request, and leaves in the response what it asked for, for the log.
pub(super) async fn count(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let mut exchange = Exchange {
        method: method(request.method()),
        since: Instant::now(),
        span: Span::current(),
        is_answered: false,
        _under_way: metrics.begin(),
    };
    let mut response = next.run(request).await;
    exchange.is_answered = true;
    let asked = asked(exchange.method, &response);
    metrics.answered(&asked, response.status(), exchange.since.elapsed());
    response.extensions_mut().insert(asked);
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

/// The layer that logs answers hears nothing of a client that does not wait for one.
impl Drop for Exchange {
    fn drop(&mut self) {
        if !self.is_answered {
            let _entered = self.span.enter();
            let milliseconds = milliseconds(self.since.elapsed());
            tracing::info!(method = self.method, milliseconds, "the client went away");
        }
    }
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
