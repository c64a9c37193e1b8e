//! Anonymous sessions: scenarios 1 to 5.

use customer_api::operations::authentication::{
    GenerateAnonymousAccessTokenError, RefreshAnonymousAccessTokenError,
};
use serde_json::json;
use uuid::Uuid;

use crate::answer::{
    EXPIRED_ACCESS_TOKEN, INVALID_ACCESS_TOKEN, INVALID_API_KEY, INVALID_REFRESH_TOKEN, fault,
    invalid_tenant, members,
};
use crate::refused;
use crate::service::{CLIENT, Service};

const LOGIN: &str = "/customerlogin/auth/anonymous/login";
const REFRESH: &str = "/customerlogin/auth/anonymous/refresh";

#[tokio::test]
async fn s01_anonymous_login_gives_a_session() {
    let service = Service::start().await;
    let answer = service.get(LOGIN).query("tenant", "acme").query("client_id", CLIENT).send().await;
    let token = answer.of(200).json();
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let (access, refresh) = (answer.text("access_token"), answer.text("refresh_token"));
    let session = answer.text("sessionId");
    assert_eq!(
        token,
        json!({
            "token_type": "Bearer",
            "access_token": access,
            "expires_in": 3599,
            "refresh_token": refresh,
            "refresh_token_expires_in": 86399,
            "sessionId": session,
            "scope": "tenant=acme",
        })
    );
    assert_eq!((access.len(), refresh.len()), (43, 43), "32 octets in base64url");
    assert_ne!(access, refresh);
    let uuid = Uuid::parse_str(&session).expect("a UUID");
    assert_eq!((uuid.get_version_num(), uuid.to_string()), (4, session));

    let another = service.anonymous("acme").await.token;
    assert_ne!(another.session_id, answer.text("sessionId"), "each login is a session of its own");
}

#[tokio::test]
async fn s02_anonymous_refresh_keeps_the_session() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let token = &visitor.token;
    let refresh = token.refresh_token.as_ref().expect("a refresh token");

    let calls = service.client().authentication();
    let refreshed = calls
        .refresh_anonymous_access_token("acme", CLIENT)
        .with(|request| request.with_refresh_token(refresh))
        .await
        .expect("new tokens")
        .into_body();
    assert_ne!(refreshed.access_token, token.access_token);
    assert_ne!(refreshed.refresh_token, token.refresh_token);
    assert_eq!(refreshed.session_id, token.session_id);
    assert_eq!((refreshed.expires_in, refreshed.refresh_token_expires_in), (3599, Some(86399)));
    assert_eq!((refreshed.token_type.as_str(), refreshed.scope.as_str()), ("Bearer", "tenant=acme"));

    let ask = service.get(REFRESH).query("tenant", "acme").query("client_id", CLIENT);
    let by_access = ask.query("anonymous_token", visitor.bearer()).send().await;
    let body = by_access.of(200).json();
    assert_eq!(members(&body), ["access_token", "expires_in", "scope", "sessionId", "token_type"]);
    assert_eq!(body["sessionId"], token.session_id);
    assert_ne!(body["access_token"], visitor.bearer());

    // The old ones stay good until they expire.
    for bearer in [visitor.bearer(), refreshed.access_token.expose(), &by_access.text("access_token")] {
        service.get("/customer/acme/me").bearer(bearer).send().await.of(200);
    }
    let again = calls
        .refresh_anonymous_access_token("acme", CLIENT)
        .with(|request| request.with_refresh_token(refresh))
        .await
        .expect("the old refresh token is still good");
    assert_eq!(again.session_id, token.session_id);
}

#[tokio::test]
async fn s03_anonymous_login_refuses_what_is_missing_or_wrong() {
    let service = Service::start().await;
    let missing = service.get(LOGIN).query("tenant", "acme").send().await;
    missing.is_invalid(&[("client_id", "missing_value")]);
    let blank = service.get(LOGIN).query("tenant", "acme").query("client_id", " ").send().await;
    assert_eq!((blank.status, blank.text("type").as_str()), (400, "validation_failure"));

    let tenant = service.get(LOGIN).query("tenant", "Bad_Tenant").query("client_id", CLIENT).send().await;
    tenant.is(400, &invalid_tenant());

    let garbage = service.client().authentication().refresh_anonymous_access_token("acme", CLIENT);
    let garbage = garbage.with(|request| request.with_refresh_token("garbage"));
    let unauthorized = refused!(garbage, RefreshAnonymousAccessTokenError::Unauthorized);
    let body = serde_json::to_value(&unauthorized.body).expect("JSON");
    assert_eq!(body, fault(INVALID_REFRESH_TOKEN));
    assert_eq!(unauthorized.www_authenticate.as_deref(), Some("Bearer"));
    let neither = service.get(REFRESH).query("tenant", "acme").query("client_id", CLIENT).send().await;
    assert_eq!((neither.status, neither.text("type").as_str()), (400, "validation_failure"));

    service.put_tenant("acme", json!({"client_ids": [CLIENT]})).await;
    let calls = service.client().authentication();
    calls.generate_anonymous_access_token("acme", CLIENT).await.expect("a client that is listed");
    let stranger = calls.generate_anonymous_access_token("acme", "stranger");
    let unauthorized = refused!(stranger, GenerateAnonymousAccessTokenError::Unauthorized);
    assert_eq!(serde_json::to_value(&unauthorized.body).expect("JSON"), fault(INVALID_API_KEY));
}

#[tokio::test]
async fn s04_anonymous_tokens_expire() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let refresh = visitor.token.refresh_token.clone().expect("a refresh token");
    let me = || service.get("/customer/acme/me").bearer(visitor.bearer()).send();
    let renew = || {
        let ask = service.get(REFRESH).query("tenant", "acme").query("client_id", CLIENT);
        ask.query("refresh_token", refresh.expose()).send()
    };
    me().await.of(200);

    service.advance(3_600).await;
    me().await.is_fault(EXPIRED_ACCESS_TOKEN);
    let renewed = renew().await;
    assert_eq!(renewed.of(200).text("sessionId"), visitor.token.session_id);
    service.get("/customer/acme/me").bearer(&renewed.text("access_token")).send().await.of(200);

    service.advance(86_400 - 3_600).await;
    renew().await.is_fault(INVALID_REFRESH_TOKEN);
    me().await.is_fault(EXPIRED_ACCESS_TOKEN);

    // That a token was good is remembered for a day.
    service.advance(3_600).await;
    me().await.is_fault(INVALID_ACCESS_TOKEN);
}

#[tokio::test]
async fn s05_the_anonymous_profile_is_fixed() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let profile = json!({
        "firstName": "Anonymous",
        "lastName": "Anonymous",
        "preferredSite": "default",
        "customerNumber": "00000000",
        "id": "00000000",
        "accounts": [],
    });
    let me = || service.get("/customer/acme/me");
    me().bearer(visitor.bearer()).send().await.is(200, &profile);
    let expanded = me().bearer(visitor.bearer()).query("expand", "addresses,mixin:*").send().await;
    expanded.is(200, &profile);
    me().header("authorization", &format!("bEARER {}", visitor.bearer())).send().await.is(200, &profile);

    me().send().await.is_fault(INVALID_ACCESS_TOKEN);
    for value in ["Basic x", "Bearer", "Bearer ", "Bearer x y", visitor.bearer()] {
        me().header("authorization", value).send().await.is_fault(INVALID_ACCESS_TOKEN);
    }
    let twice = me().bearer(visitor.bearer()).bearer(visitor.bearer()).send().await;
    twice.is_fault(INVALID_ACCESS_TOKEN);
    me().query("access_token", visitor.bearer()).send().await.is_fault(INVALID_ACCESS_TOKEN);
}
