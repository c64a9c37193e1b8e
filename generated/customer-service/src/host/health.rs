//! Whether the service lives, and whether it takes requests.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use http::StatusCode;

use super::App;

pub(super) fn routes(app: App) -> Router {
    Router::new().route("/healthz", get(async || "ok\n")).route("/readyz", get(ready)).with_state(app)
}

async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.is_draining() {
        (StatusCode::SERVICE_UNAVAILABLE, "draining\n")
    } else {
        (StatusCode::OK, "ready\n")
    }
}
