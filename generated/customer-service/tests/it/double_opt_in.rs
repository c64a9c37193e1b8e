//! Double opt-in: scenarios 15 to 18.

use customer_api::operations::double_opt_in::ConfirmOptInError;
use customer_api::types::RefreshToken;
use jiff::Timestamp;
use serde_json::json;

use crate::answer::{INVALID_CREDENTIALS, NOT_ACTIVATED, members, of};
use crate::people::Visitor;
use crate::refused;
use crate::service::{JANE, PASSWORD, Service};

const OPT_IN: &str = "customer.opt-in";

/// All mails of the tenant.
async fn mails(service: &Service) -> Vec<serde_json::Value> {
    service.outbox(&[("tenant", "optin")]).await
}

/// Insists on the answer for a token that cannot be redeemed.
async fn is_dead(visitor: &Visitor<'_>, token: &str) {
    let call = visitor.client.double_opt_in().confirm_opt_in("optin", token);
    let refusal = refused!(call, ConfirmOptInError::BadRequest).body;
    assert_eq!((refusal.status, refusal.r#type.as_str()), (400, "validation_failure"));
    assert_eq!(refusal.message, "Invalid token.");
    let details = refusal.details.as_deref().unwrap_or_default();
    assert_eq!(details.len(), 1);
    assert_eq!((details[0].field.as_str(), details[0].r#type.as_str()), ("token", "invalid_value"));
}

#[tokio::test]
async fn s15_an_account_is_pending_until_its_email_is_confirmed() {
    let service = Service::start().await;
    let visitor = service.anonymous("optin").await;
    let number = visitor.sign_up(JANE, PASSWORD).await;

    let mails = mails(&service).await;
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    for member in ["createdAt", "id", "kind", "link", "tenant", "to", "token", "variables"] {
        assert!(mail.get(member).is_some(), "{member}: {mail}");
    }
    let time: Timestamp = of(mail, "createdAt").parse().expect("a time");
    assert_eq!(time.subsec_nanosecond() % 1_000_000, 0, "milliseconds: {mail}");
    assert_eq!((of(mail, "kind"), of(mail, "to"), of(mail, "tenant")), (OPT_IN, JANE, "optin"));
    assert_eq!(of(mail, "token").len(), 64);
    assert_eq!(of(&mail["variables"], "customerNumber"), number);
    assert_eq!(mail["variables"]["token"], mail["token"]);

    visitor.try_log_in(JANE, PASSWORD).await.is_fault(NOT_ACTIVATED);
    visitor.try_log_in(JANE, "wrong-pw").await.is_fault(INVALID_CREDENTIALS);
}

#[tokio::test]
async fn s16_the_mailed_token_activates_the_account_and_logs_in() {
    let service = Service::start().await;
    let visitor = service.anonymous("optin").await;
    let number = visitor.sign_up(JANE, PASSWORD).await;
    let token = service.mailed_token("optin", JANE, OPT_IN).await;

    // Somebody who only follows the link does not use it up.
    let path = format!("/customer/optin/signup/optin/{token}");
    service.get(&path).send().await.of(401);
    let answer = service.get(&path).bearer(visitor.bearer()).send().await;
    let tokens = answer.of(200).json();
    assert_eq!(
        members(&tokens),
        [
            "access_token",
            "expires_in",
            "refresh_token",
            "refresh_token_expires_in",
            "saas_token",
            "session_id",
            "token_type"
        ]
    );
    assert_eq!(tokens["session_id"], visitor.token.session_id);
    assert_eq!(tokens["expires_in"], 2_591_999);
    assert_eq!(tokens["refresh_token_expires_in"], 86_399);
    let me = service.get("/customer/optin/me").bearer(of(&tokens, "access_token")).send().await;
    assert_eq!(me.of(200).text("id"), number);
    assert!(me.json()["lastLogin"].is_string(), "{me:?}");

    is_dead(&visitor, &token).await;
    let session = visitor.enter(JANE, PASSWORD).await;
    assert_eq!(session.number().await, number);
}

#[tokio::test]
async fn s17_a_resent_token_takes_the_place_of_the_first() {
    let service = Service::start().await;
    let visitor = service.anonymous("optin").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let first = service.mailed_token("optin", JANE, OPT_IN).await;

    let resend = async |email: &str| {
        let path = "/customer/optin/signup/optin/refresh_token";
        let ask = service.post(path).bearer(visitor.bearer()).json(&json!({"email": email}));
        ask.send().await.is_empty(202);
        mails(&service).await.len()
    };
    assert_eq!(resend(JANE).await, 2);
    let second = service.mailed_token("optin", JANE, OPT_IN).await;
    assert_ne!(first, second);
    is_dead(&visitor, &first).await;
    let calls = visitor.client.double_opt_in();
    let tokens = calls.confirm_opt_in("optin", second.as_str()).await.expect("the second token is good");
    let session = visitor.session(tokens.into_body());
    assert!(session.is_live().await);

    assert_eq!(resend("stranger@example.com").await, 2);
    assert_eq!(resend(JANE).await, 2, "an active account has nothing to confirm");
    calls.resend_opt_in("optin", &RefreshToken::new(JANE)).await.expect("the typed call is the same");
    assert_eq!(mails(&service).await.len(), 2);
}

#[tokio::test]
async fn s18_a_pending_signup_that_expired_can_be_replaced() {
    let service = Service::start().await;
    let visitor = service.anonymous("optin").await;
    let first = visitor.sign_up(JANE, PASSWORD).await;
    let token = service.mailed_token("optin", JANE, OPT_IN).await;
    let body = json!({"email": JANE, "password": "another-pw"});
    let early = service.post("/customer/optin/signup").bearer(visitor.bearer()).json(&body).send().await;
    early.of(409);

    service.advance(25 * 3_600).await;
    let visitor = service.anonymous("optin").await;
    is_dead(&visitor, &token).await;
    let second = visitor.sign_up(JANE, "another-pw").await;
    assert_ne!(first, second, "no number is used again");
    let token = service.mailed_token("optin", JANE, OPT_IN).await;
    visitor
        .client
        .double_opt_in()
        .confirm_opt_in("optin", token.as_str())
        .await
        .expect("the new token is good");
    visitor.enter(JANE, "another-pw").await;
    visitor.try_log_in(JANE, PASSWORD).await.is_fault(INVALID_CREDENTIALS);
}
