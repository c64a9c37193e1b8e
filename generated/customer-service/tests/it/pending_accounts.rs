//! Accounts whose e-mail is not confirmed yet.

use customer_api::types::{PasswordAuthentication, RefreshToken};
use serde_json::json;

use crate::answer::{Answer, INVALID_CODE, INVALID_CREDENTIALS, NOT_ACTIVATED};
use crate::people::Visitor;
use crate::service::{JANE, PASSWORD, Service};

const OPT_IN: &str = "customer.opt-in";

#[tokio::test]
async fn a_resend_revives_an_account_that_expired() {
    let service = Service::start().await;
    let visitor = service.anonymous("optin").await;
    let number = visitor.sign_up(JANE, PASSWORD).await;
    service.advance(25 * 3_600).await;
    let visitor = service.anonymous("optin").await;
    let calls = visitor.client.double_opt_in();
    calls.resend_opt_in("optin", &RefreshToken::new(JANE)).await.expect("it is taken");
    let token = service.mailed_token("optin", JANE, OPT_IN).await;
    let tokens = calls.confirm_opt_in("optin", token).await.expect("it is good").into_body();
    assert_eq!(visitor.session(tokens).number().await, number);
}

#[tokio::test]
async fn a_token_is_good_when_double_opt_in_is_no_more() {
    let service = Service::start().await;
    let visitor = service.anonymous("optin").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let token = service.mailed_token("optin", JANE, OPT_IN).await;
    service.put_tenant("optin", json!({})).await;
    visitor.try_log_in(JANE, PASSWORD).await.is_fault(NOT_ACTIVATED);
    visitor.client.double_opt_in().confirm_opt_in("optin", token).await.expect("it is good");
    visitor.enter(JANE, PASSWORD).await;
}

#[tokio::test]
async fn nothing_but_activation_mails_goes_to_a_pending_account() {
    let service = Service::start().await;
    let visitor = service.anonymous("optin").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let ask = service.post("/customer/optin/password/reset").bearer(visitor.bearer());
    ask.json(&json!({"email": JANE})).send().await.is_empty(204);
    assert_eq!(service.outbox(&[]).await.len(), 1);
    // The sixth mail of the hour is not sent, and nobody is told.
    for _ in 0..6 {
        let calls = visitor.client.double_opt_in();
        calls.resend_opt_in("optin", &RefreshToken::new(JANE)).await.expect("it is taken");
    }
    let mails = service.outbox(&[("kind", OPT_IN)]).await.len();
    assert!((5..=6).contains(&mails), "{mails}: with the first one or without");
}

#[tokio::test]
async fn an_assigned_account_is_pending_too() {
    let service = Service::start().await;
    let visitor = service.anonymous("optin").await;
    let number = visitor.sign_up(JANE, PASSWORD).await;
    let token = service.mailed_token("optin", JANE, OPT_IN).await;
    visitor.client.double_opt_in().confirm_opt_in("optin", token).await.expect("it is good");
    let session = visitor.enter(JANE, PASSWORD).await;
    for email in ["second@example.com", "third@example.com"] {
        let credentials = PasswordAuthentication::new(email, "another-pw");
        session.account().assign_customer_account("optin", &credentials).await.expect("an account");
        visitor.try_log_in(email, "another-pw").await.is_fault(NOT_ACTIVATED);
    }
    let token = service.mailed_token("optin", "second@example.com", OPT_IN).await;
    let tokens = visitor.client.double_opt_in().confirm_opt_in("optin", token).await.expect("it is good");
    assert_eq!(visitor.session(tokens.into_body()).number().await, number);
    visitor.enter("second@example.com", "another-pw").await;
    let accounts = json!([{"id": JANE}, {"id": "second@example.com"}, {"id": "third@example.com"}]);
    assert_eq!(session.profile().await["accounts"], accounts);

    // Whoever signs up with an address that was never confirmed takes it from the customer, no more.
    service.advance(25 * 3_600).await;
    let visitor = service.anonymous("optin").await;
    let stranger = visitor.sign_up("third@example.com", "third-pw").await;
    assert_ne!(stranger, number);
    let accounts = json!([{"id": JANE}, {"id": "second@example.com"}]);
    assert_eq!(session.profile().await["accounts"], accounts);
    let token = service.mailed_token("optin", "third@example.com", OPT_IN).await;
    let tokens = visitor.client.double_opt_in().confirm_opt_in("optin", token).await.expect("it is good");
    assert_eq!(visitor.session(tokens.into_body()).number().await, stranger);
    visitor.try_log_in("third@example.com", "another-pw").await.is_fault(INVALID_CREDENTIALS);
}

/// Logs in with an e-mail that the identity provider of development has verified.
async fn social(visitor: &Visitor<'_>, email: &str) -> Answer {
    let uri = "https://shop.example/back";
    let user = json!({"subject": email, "email": email, "email_verified": true, "redirect_uri": uri});
    let code = visitor.service.authorize("optin", &user).await;
    let ask = visitor.service.post("/customer/optin/socialLogin").bearer(visitor.bearer());
    ask.query("code", &code).query("redirect_uri", uri).send().await
}

/// Whose profile an answer's token opens.
async fn profile(service: &Service, answer: &Answer) -> serde_json::Value {
    let token = answer.of(200).text("access_token");
    service.get("/customer/optin/me").bearer(&token).send().await.of(200).json()
}

#[tokio::test]
async fn whoever_signs_up_with_anothers_email_is_out_when_its_owner_comes() {
    let service = Service::start().await;
    let visitor = service.anonymous("optin").await;
    let stranger = visitor.sign_up(JANE, PASSWORD).await;
    let token = service.mailed_token("optin", JANE, OPT_IN).await;
    let own = profile(&service, &social(&visitor, JANE).await).await;
    assert_eq!((own["id"].as_str(), &own["contactEmail"]), (Some(stranger.as_str()), &json!(JANE)));
    assert_eq!(own["accounts"], json!([{"id": JANE, "providerId": "dev"}]));

    visitor.try_log_in(JANE, PASSWORD).await.is_fault(INVALID_CREDENTIALS);
    let confirm = service.get(&format!("/customer/optin/signup/optin/{token}")).bearer(visitor.bearer());
    confirm.send().await.is_invalid_token();
    let reset = service.post("/customer/optin/password/reset").bearer(visitor.bearer());
    reset.json(&json!({"email": JANE})).send().await.is_empty(204);
    visitor
        .client
        .double_opt_in()
        .resend_opt_in("optin", &RefreshToken::new(JANE))
        .await
        .expect("it is taken");
    assert_eq!(service.outbox(&[]).await.len(), 1);
    assert_eq!(profile(&service, &social(&visitor, JANE).await).await["id"], own["id"]);
}

#[tokio::test]
async fn whoever_adds_anothers_email_does_not_get_its_owner() {
    let service = Service::start().await;
    let visitor = service.anonymous("optin").await;
    let number = visitor.sign_up(JANE, PASSWORD).await;
    let token = service.mailed_token("optin", JANE, OPT_IN).await;
    visitor.client.double_opt_in().confirm_opt_in("optin", token).await.expect("it is good");
    let jane = visitor.enter(JANE, PASSWORD).await;
    let credentials = PasswordAuthentication::new("owner@example.com", "another-pw");
    jane.account().assign_customer_account("optin", &credentials).await.expect("an account");

    service
        .put_tenant("optin", json!({"double_opt_in": true, "social_autoprovisioning_disabled": true}))
        .await;
    social(&visitor, "owner@example.com").await.is_fault(INVALID_CODE);
    service.put_tenant("optin", json!({"double_opt_in": true})).await;
    let owner = profile(&service, &social(&visitor, "owner@example.com").await).await;
    assert_ne!(owner["id"], json!(number));
    assert_eq!(jane.profile().await["accounts"], json!([{"id": JANE}]));
    visitor.try_log_in("owner@example.com", "another-pw").await.is_fault(INVALID_CREDENTIALS);
}
