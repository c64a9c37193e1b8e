//! What is one tenant's, one client's or one session's is no other's.

use serde_json::json;

use crate::answer::{Answer, INVALID_API_KEY, INVALID_REFRESH_TOKEN};
use crate::people::Visitor;
use crate::service::{CLIENT, JANE, PASSWORD, Service};

/// Refreshes an anonymous session.
async fn refresh(service: &Service, tenant: &str, client: &str, token: (&str, &str)) -> Answer {
    let ask = service.get("/customerlogin/auth/anonymous/refresh").query("tenant", tenant);
    ask.query("client_id", client).query(token.0, token.1).send().await
}

#[tokio::test]
async fn an_anonymous_token_is_refreshed_by_its_tenant_and_client() {
    let service = Service::start().await;
    service.put_tenant("acme", json!({"client_ids": [CLIENT, "kiosk"]})).await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let session = visitor.enter(JANE, PASSWORD).await;
    let token = visitor.token.refresh_token.clone().expect("a refresh token");
    let good = ("refresh_token", token.expose());

    refresh(&service, "acme", "stranger", good).await.is_fault(INVALID_API_KEY);
    refresh(&service, "acme", "kiosk", good).await.is_fault(INVALID_REFRESH_TOKEN);
    refresh(&service, "optin", CLIENT, good).await.is_fault(INVALID_REFRESH_TOKEN);
    for wrong in [visitor.bearer(), session.refresh_token(), session.bearer(), "x"] {
        refresh(&service, "acme", CLIENT, ("refresh_token", wrong)).await.is_fault(INVALID_REFRESH_TOKEN);
    }
    for wrong in [token.expose(), session.bearer(), "x"] {
        refresh(&service, "acme", CLIENT, ("anonymous_token", wrong)).await.is_fault(INVALID_REFRESH_TOKEN);
    }
    let path = "/customerlogin/auth/anonymous/refresh";
    let both = || service.get(path).query("tenant", "acme").query("client_id", CLIENT);
    let wins = both().query("refresh_token", token.expose()).query("anonymous_token", "x").send().await;
    assert_eq!(wins.of(200).text("sessionId"), visitor.token.session_id);
    both().query("refresh_token", "x").query("anonymous_token", visitor.bearer()).send().await.of(401);

    // The access token may have expired; what it was issued for a day ago has.
    service.advance(86_000).await;
    let access = ("anonymous_token", visitor.bearer());
    assert_eq!(
        refresh(&service, "acme", CLIENT, access).await.of(200).text("sessionId"),
        visitor.token.session_id
    );
    service.advance(400).await;
    refresh(&service, "acme", CLIENT, access).await.is_fault(INVALID_REFRESH_TOKEN);
}

#[tokio::test]
async fn anonymous_login_minds_nothing_else() {
    let service = Service::start().await;
    let ask =
        service.get("/customerlogin/auth/anonymous/login").query("tenant", "acme").query("client_id", CLIENT);
    let ask = ask.query("currency", "EUR").query("siteCode", "main").query("language", "de");
    ask.query("targetLocation", "DE").bearer("garbage").send().await.of(200);
}

/// A customer's mailed tokens, each with the path that redeems it and the body but for the token.
async fn mailed(visitor: &Visitor<'_>) -> [(&'static str, serde_json::Value); 2] {
    let service = visitor.service;
    let session = visitor.enter(JANE, PASSWORD).await;
    let ask = service.post("/customer/acme/password/reset").bearer(visitor.bearer());
    ask.json(&json!({"email": JANE})).send().await.is_empty(204);
    let change = json!({"email": JANE, "password": PASSWORD, "newEmail": "new@example.com"});
    let ask = service.post("/customer/acme/me/accounts/internal/email/change").bearer(session.bearer());
    ask.json(&change).send().await.is_empty(204);
    let reset = service.mailed_token("acme", JANE, "customer.password-reset").await;
    let change = service.mailed_token("acme", "new@example.com", "customer.email-change-request").await;
    [
        ("/me/accounts/internal/email/change/confirm", json!({"token": change})),
        ("/password/reset/update", json!({"token": reset, "password": "another-pw"})),
    ]
}

#[tokio::test]
async fn a_mailed_token_is_for_one_tenant_and_one_purpose() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let other = service.anonymous("optin").await;
    other.sign_up(JANE, PASSWORD).await;
    let activation = service.mailed_token("optin", JANE, "customer.opt-in").await;
    let mailed = mailed(&visitor).await;
    let redeem = |tenant: &str, bearer: &str, path: &str, body: &serde_json::Value| {
        service.post(&format!("/customer/{tenant}{path}")).bearer(bearer).json(body).send()
    };
    for (path, body) in &mailed {
        redeem("optin", other.bearer(), path, body).await.is_invalid_token();
        let mut foreign = body.clone();
        foreign["token"] = activation.as_str().into();
        redeem("optin", other.bearer(), path, &foreign).await.is_invalid_token();
        let token = body["token"].as_str().expect("a token");
        let path = format!("/customer/acme/signup/optin/{token}");
        service.get(&path).bearer(visitor.bearer()).send().await.is_invalid_token();
    }
    let swapped = json!({"token": mailed[0].1["token"], "password": "another-pw"});
    redeem("acme", visitor.bearer(), mailed[1].0, &swapped).await.is_invalid_token();
    let swapped = json!({"token": mailed[1].1["token"]});
    redeem("acme", visitor.bearer(), mailed[0].0, &swapped).await.is_invalid_token();
    let path = format!("/customer/acme/signup/optin/{activation}");
    service.get(&path).bearer(visitor.bearer()).send().await.is_invalid_token();

    // They were not used up. A reset would void the change, and the change voids the reset.
    redeem("acme", visitor.bearer(), mailed[0].0, &mailed[0].1).await.is_empty(204);
    redeem("acme", visitor.bearer(), mailed[1].0, &mailed[1].1).await.is_invalid_token();
    other.client.double_opt_in().confirm_opt_in("optin", activation).await.expect("it is good");
}

#[tokio::test]
async fn a_reset_of_the_service_forgets_everybody() {
    let service = Service::start().await;
    let session = service.customer("acme", JANE).await;
    session.account().remove_customer_profile("acme").await.expect("it is asked for");
    assert_eq!(service.outbox(&[]).await.len(), 1);
    assert!(service.post("/_dev/reset").send().await.status < 300);
    assert!(service.outbox(&[]).await.is_empty());
    let gone = session.try_profile().await;
    assert!([400, 401].contains(&gone.status), "the tenant or the token is unknown: {gone:?}");
    service.put_tenant("acme", json!({})).await;
    let visitor = service.anonymous("acme").await;
    visitor.try_log_in(JANE, PASSWORD).await.of(401);
    visitor.sign_up(JANE, PASSWORD).await;
}
