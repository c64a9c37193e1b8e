//! The contract in an API explorer. All of it is in the binary.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};

use crate::api::error::problem;

const PAGE: &str = include_str!("docs/page.html");
const SCRIPT: &str = include_str!("docs/page.js");

/// The page's parts that come with the explorer.
const PARTS: [&str; 3] = ["swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"];

/// Nothing from elsewhere. The explorer draws its icons from `data:` URLs.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub(super) fn routes() -> Router {
    let page = get(async || ([(CONTENT_SECURITY_POLICY, POLICY)], Html(PAGE)));
    Router::new()
        .route("/docs", page.clone())
        // As it is often typed.
        .route("/docs/", page)
        .route("/docs/page.js", get(async || ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT)))
        .route("/docs/{part}", get(part))
}

async fn part(Path(name): Path<String>) -> Response {
    let config = Arc::new(utoipa_swagger_ui::Config::default());
    let known = PARTS.contains(&name.as_str());
    match known.then(|| utoipa_swagger_ui::serve(&name, config)) {
        Some(Ok(Some(file))) => {
            let headers =
                [(CONTENT_TYPE, file.content_type.as_str()), (CACHE_CONTROL, "public, max-age=3600")];
            (headers, file.bytes.into_owned()).into_response()
        }
        _ => problem(StatusCode::NOT_FOUND, "resource_not_found", "No such resource."),
    }
}
