//! State is bounded: loops that try to fill it, and what is seen of the bound.

use customer_api::types::RefreshToken;
use reqwest::StatusCode;
use serde_json::json;

use crate::answer::{INVALID_ACCESS_TOKEN, INVALID_CREDENTIALS, INVALID_REFRESH_TOKEN, invalid_tenant};
use crate::people::Visitor;
use crate::service::{CLIENT, JANE, PASSWORD, Service};

#[tokio::test]
async fn beyond_the_cap_the_oldest_anonymous_session_ends() {
    let service = Service::start().await;
    service.put_tenant("acme", json!({"max_anonymous_sessions": 50})).await;
    let mut visitors = Vec::new();
    for _ in 0..60 {
        visitors.push(service.anonymous("acme").await);
    }
    let (gone, live) = visitors.split_at(10);
    for visitor in gone {
        service.get("/customer/acme/me").bearer(visitor.bearer()).send().await.is_fault(INVALID_ACCESS_TOKEN);
        let refresh = service.get("/customerlogin/auth/anonymous/refresh").query("tenant", "acme");
        let refresh = refresh.query("client_id", CLIENT);
        let token = visitor.token.refresh_token.as_ref().expect("a refresh token");
        refresh.query("refresh_token", token.expose()).send().await.is_fault(INVALID_REFRESH_TOKEN);
    }
    for visitor in live {
        service.get("/customer/acme/me").bearer(visitor.bearer()).send().await.of(200);
    }
    // Another tenant's are not counted.
    service.anonymous("optin").await;
    service.get("/customer/acme/me").bearer(live[0].bearer()).send().await.of(200);
}

#[tokio::test]
async fn a_refreshed_anonymous_session_takes_no_more_than_its_place() {
    let service = Service::start().await;
    service.put_tenant("acme", json!({"max_anonymous_sessions": 5})).await;
    let visitor = service.anonymous("acme").await;
    let token = visitor.token.refresh_token.clone().expect("a refresh token");
    for _ in 0..200 {
        let calls = service.client().authentication();
        let call = calls.refresh_anonymous_access_token("acme", CLIENT);
        call.with(|request| request.with_refresh_token(&token)).await.expect("new tokens");
    }
    for _ in 0..5 {
        service.anonymous("acme").await;
    }
    service.get("/customer/acme/me").bearer(visitor.bearer()).send().await.is_fault(INVALID_ACCESS_TOKEN);
}

#[tokio::test]
async fn beyond_twenty_sessions_the_oldest_ends() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let mut sessions = Vec::new();
    for _ in 0..23 {
        sessions.push(visitor.enter(JANE, PASSWORD).await);
    }
    let (gone, live) = sessions.split_at(3);
    for session in gone {
        session.try_profile().await.is_fault(INVALID_ACCESS_TOKEN);
        visitor.try_refresh(session.refresh_token()).await.is_fault(INVALID_REFRESH_TOKEN);
    }
    for session in live {
        assert!(session.is_live().await);
    }
}

#[tokio::test]
async fn a_thousand_tenants_create_themselves() {
    let service = Service::start().await;
    let arrive = |number: usize| {
        let ask = service.get("/customerlogin/auth/anonymous/login").query("client_id", CLIENT);
        ask.query("tenant", &format!("tenant{number}")).send()
    };
    for number in 0..1_000 {
        arrive(number).await.of(200);
    }
    for number in 1_000..1_010 {
        arrive(number).await.is(400, &invalid_tenant());
    }
    arrive(0).await.of(200);
    service.anonymous("acme").await;
    let metrics = service.get("/metrics").send().await;
    assert!(metrics.of(200).body.lines().any(|line| line == "tenants 1002"), "{}", metrics.body);
}

#[tokio::test]
async fn the_outbox_keeps_the_last_thousand_mails_of_a_tenant() {
    let service = Service::start().await;
    service.put_tenant("optin", json!({"double_opt_in": true, "max_mails_per_hour": 10_000})).await;
    let visitor = service.anonymous("optin").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let first = service.mailed_token("optin", JANE, "customer.opt-in").await;
    let resend = async |visitor: &Visitor<'_>| {
        let calls = visitor.client.double_opt_in();
        let sent = calls.resend_opt_in("optin", &RefreshToken::new(JANE)).await.expect("it is taken");
        assert_eq!(sent.status(), StatusCode::ACCEPTED);
    };
    for _ in 1..1_000 {
        resend(&visitor).await;
    }
    let mails = service.outbox(&[("tenant", "optin")]).await;
    assert_eq!(mails.len(), 1_000);
    assert_eq!(mails[999]["token"], first.as_str());
    for _ in 0..5 {
        resend(&visitor).await;
    }
    let later = service.outbox(&[("tenant", "optin")]).await;
    assert_eq!(later.len(), 1_000);
    assert_eq!(later[5..], mails[..995], "the oldest went");
}

#[tokio::test]
async fn an_account_gets_five_mails_of_a_kind_in_an_hour() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let request = async |visitor: &Visitor<'_>| {
        let ask = service.post("/customer/acme/password/reset").bearer(visitor.bearer());
        ask.json(&json!({"email": JANE})).send().await.is_empty(204);
        service.outbox(&[("to", JANE)]).await.len()
    };
    for count in 1..=5 {
        assert_eq!(request(&visitor).await, count);
    }
    for _ in 0..5 {
        assert_eq!(request(&visitor).await, 5, "the answer is the same");
    }
    service.advance(3_600).await;
    let visitor = service.anonymous("acme").await;
    assert_eq!(request(&visitor).await, 6);
}

/// Failures that the table of a tenant has room for.
const FAILURES: usize = 10_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_table_of_failed_logins_forgets_the_oldest() {
    let service = Service::start().await;
    service.put_tenant("acme", json!({"max_login_failures": 1, "lockout": 86_400})).await;
    let visitor = service.anonymous("acme").await;
    visitor.try_log_in(JANE, PASSWORD).await.is_fault(INVALID_CREDENTIALS);
    visitor.try_log_in(JANE, PASSWORD).await.of(429);
    let fail = async |numbers: std::ops::Range<usize>| {
        for number in numbers {
            let email = format!("stranger{number}@example.com");
            visitor.try_log_in(&email, PASSWORD).await.is_fault(INVALID_CREDENTIALS);
        }
    };
    let quarter = FAILURES / 4;
    tokio::join!(
        fail(0..quarter),
        fail(quarter..2 * quarter),
        fail(2 * quarter..3 * quarter),
        fail(3 * quarter..FAILURES)
    );
    visitor.try_log_in(JANE, PASSWORD).await.is_fault(INVALID_CREDENTIALS);
    visitor.try_log_in("stranger9999@example.com", PASSWORD).await.of(429);
}
