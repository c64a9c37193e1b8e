//! What cannot be brought about from outside.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so")]

use axum::body::Body;
use axum::routing::get;
use http_body_util::BodyExt as _;
use prometheus_client::registry::Registry;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::*;

/// Routes that go wrong, with everything around them.
fn router() -> Router {
    let routes = Router::new()
        .route("/path", get(async || "here"))
        .route("/panic", get(async || -> &str { panic!("a secret") }))
        .route("/never", get(std::future::pending::<&str>));
    around(routes, &Metrics::over(Registry::default()), &[])
}

async fn get_of(router: &Router, target: &str) -> Response {
    router.clone().oneshot(Request::get(target).body(Body::empty()).unwrap()).await.unwrap()
}

async fn json_of(response: Response) -> Value {
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

#[tokio::test]
async fn a_panic_is_an_answer_that_tells_nothing_and_ends_nothing() {
    let router = router();
    let response = get_of(&router, "/panic").await;
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert!(response.headers().contains_key(X_REQUEST_ID));
    let message = "An internal error occurred.";
    let expected = json!({"status": 500, "type": "internal_service_error", "message": message});
    assert_eq!(json_of(response).await, expected);
    assert_eq!(get_of(&router, "/path").await.status(), 200);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_takes_too_long_is_given_up() {
    let response = get_of(&router(), "/never").await;
    assert_eq!(response.status(), 503);
    let message = "The request took too long.";
    let expected = json!({"status": 503, "type": "service_unavailable", "message": message});
    assert_eq!(json_of(response).await, expected);
}

#[test]
fn a_network_of_ipv6_is_one_peer() {
    let same = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::"].map(|text| Peer(text.parse().unwrap()));
    let other = Peer("2001:db8:1:3::1".parse().unwrap());
    let limiter = Limiter::new(std::num::NonZeroU32::MIN);
    for turn in 0..4 {
        limiter.check(same[turn % 2]).unwrap();
    }
    assert_eq!(limiter.check(same[0]), Err(1));
    assert_eq!(limiter.check(Peer("::ffff:192.0.2.1".parse().unwrap())), Ok(()));
    assert_eq!(limiter.check(other), Ok(()));
}
