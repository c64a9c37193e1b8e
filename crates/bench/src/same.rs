//! Both sides are given the same and answer the same: else there would be nothing to compare.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::load::Shot;
use crate::router;
use crate::table::Side;
use crate::world::{ROUTES, Route, World};

/// Bodies that break the contract.
const BAD_ADDRESSES: [&str; 9] = [
    "{}",
    "[]",
    "{",
    r#"{"contactName":" "}"#,
    r#"{"contactName":"x","country":"USA"}"#,
    r#"{"contactName":"x","country":"U1"}"#,
    r#"{"contactName":"x","tags":["a,b"]}"#,
    r#"{"contactName":"x","tags":[" "]}"#,
    r#"{"contactName":"x","metadata":{"version":"1"}}"#,
];

async fn answer(router: &Router, request: Request<Bytes>) -> (StatusCode, HeaderMap, Bytes) {
    let response = router.clone().oneshot(request.map(Body::from)).await.unwrap();
    let (parts, body) = response.into_parts();
    (parts.status, parts.headers, body.collect().await.unwrap().to_bytes())
}

/// JSON with its members in order; of what is random, only how long it is.
fn shape(body: &Bytes) -> String {
    let mut value: Value = serde_json::from_slice(body).unwrap();
    let members = value.as_object_mut().unwrap();
    for name in ["access_token", "refresh_token", "sessionId", "id"] {
        if let Some(Value::String(text)) = members.get_mut(name) {
            *text = "?".repeat(text.len());
        }
    }
    if members.contains_key("expires_in") {
        members["expires_in"] = Value::from(0);
    }
    value.to_string()
}

#[tokio::test]
async fn answers_are_the_same() {
    let world = World::new().unwrap();
    let (generated, by_hand) = (router(Side::Generated, &world), router(Side::ByHand, &world));
    for route in ROUTES {
        let Shot { name, request, expected } = world.shot(route).await.unwrap();
        let (status, headers, body) = answer(&generated, request.clone()).await;
        let other = answer(&by_hand, request).await;
        assert_eq!((status, other.0), (expected, expected), "{name}");
        assert_eq!(headers, other.1, "{name}");
        assert_eq!(shape(&body), shape(&other.2), "{name}");
    }
}

#[tokio::test]
async fn what_breaks_the_contract_is_refused_alike() {
    let world = World::new().unwrap();
    let (generated, by_hand) = (router(Side::Generated, &world), router(Side::ByHand, &world));
    let mut requests = Vec::new();
    for bad in BAD_ADDRESSES {
        let shot = world.shot(Route::AddAddress).await.unwrap();
        requests.push(shot.request.map(|_| Bytes::from_static(bad.as_bytes())));
    }
    for (route, path) in [
        (Route::LogInAnonymously, "/customerlogin/auth/anonymous/login"),
        (Route::LogInAnonymously, "/customerlogin/auth/anonymous/login?tenant=acme&client_id=%20"),
        (Route::LogInAnonymously, "/customerlogin/auth/anonymous/login?tenant=x&client_id=a"),
        (Route::RetrieveProfile, "/customer/Acme/me"),
        (Route::AddAddress, "/customer/other/me/addresses"),
        (Route::ValidateToken, "/customer/a/validateauthtoken"),
    ] {
        let mut shot = world.shot(route).await.unwrap();
        *shot.request.uri_mut() = path.parse().unwrap();
        requests.push(shot.request);
    }
    for request in requests {
        let shown = format!("{} {:?}", request.uri(), request.body());
        let (status, _, _) = answer(&generated, request.clone()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{shown}");
        assert_eq!(answer(&by_hand, request).await.0, status, "{shown}");
    }
}
