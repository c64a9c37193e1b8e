//! What a layer around the router learns of an answer.

use axum::middleware::map_response;
use http::HeaderValue;
use specwright_runtime::Operation;
use specwright_runtime::server::Response;

use crate::server::{routes, sent_to, served};

/// The operation in the extensions, shown as a header.
async fn shown(mut response: Response) -> Response {
    if let Some(operation) = response.extensions().get::<&'static Operation>().copied() {
        response.headers_mut().insert("x-operation", HeaderValue::from_static(operation.id));
    }
    response
}

#[tokio::test]
async fn a_response_carries_the_operation_that_was_answered() {
    let address = served(routes().into_router().layer(map_response(shown))).await;
    for (line, status, operation) in [
        ("GET /files/7", 200, Some("read")),
        ("POST /files/7", 200, Some("write")),
        ("GET /files/a.b", 200, Some("ext")),
        ("PUT /stores/a/pet", 401, Some("put-pet")),
        ("DELETE /files/7", 405, None),
        ("GET /nowhere/at/all", 404, None),
    ] {
        let request = format!("{line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        let answer = sent_to(address, request.as_bytes()).await;
        assert_eq!(answer.status, status, "{line}");
        let shown = answer.headers.get("x-operation").map(|value| value.to_str().unwrap());
        assert_eq!(shown, operation, "{line}");
    }
}
