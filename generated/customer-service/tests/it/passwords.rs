//! Passwords: scenarios 23 to 25.

use customer_api::operations::credentials::{ChangePasswordError, ResetPasswordError};
use customer_api::types::{PasswordChangeDto, PasswordResetRequestDto, PasswordUpdate};
use serde_json::json;

use crate::answer::{INVALID_ACCESS_TOKEN, INVALID_CREDENTIALS, INVALID_REFRESH_TOKEN, of};
use crate::people::Visitor;
use crate::refused;
use crate::service::{JANE, PASSWORD, Service};

const RESET: &str = "customer.password-reset";

#[tokio::test]
async fn s23_a_password_change_keeps_only_the_acting_session() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let (acting, other) = (visitor.enter(JANE, PASSWORD).await, visitor.enter(JANE, PASSWORD).await);
    let before = acting.everything().await;

    let wrong = PasswordChangeDto::new("wrong-pw", "another-pw");
    let refusal =
        refused!(acting.credentials().change_password("acme", &wrong), ChangePasswordError::BadRequest);
    let details = refusal.body.details.expect("details");
    assert_eq!((details.len(), details[0].field.as_str()), (1, "currentPassword"));
    let path = "/customer/acme/password/change";
    let same = json!({"currentPassword": PASSWORD, "newPassword": PASSWORD});
    let same = service.post(path).bearer(acting.bearer()).json(&same).send().await;
    same.is_invalid(&[("newPassword", "invalid_value")]);
    assert!(other.is_live().await);
    assert_eq!(acting.everything().await, before);
    assert!(service.outbox(&[("tenant", "acme")]).await.is_empty());

    let change = json!({"currentPassword": PASSWORD, "newPassword": "another-pw", "email": "x"});
    let changed = service.post(path).bearer(acting.bearer()).json(&change).send().await;
    changed.is_empty(204);
    assert!(acting.is_live().await);
    other.try_profile().await.is_fault(INVALID_ACCESS_TOKEN);
    visitor.try_refresh(other.refresh_token()).await.is_fault(INVALID_REFRESH_TOKEN);
    visitor.try_log_in(JANE, PASSWORD).await.is_fault(INVALID_CREDENTIALS);
    visitor.try_log_in(JANE, "another-pw").await.of(200);
    visitor.try_refresh(acting.refresh_token()).await.of(200);
    let mails = service.outbox(&[("tenant", "acme"), ("to", JANE)]).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(of(&mails[0], "kind"), "customer.password-changed");
    assert!(mails[0]["token"].is_null(), "a notice");
}

/// Asks for a reset, and says that nothing of it can be told from the answer.
async fn request_reset(visitor: &Visitor<'_>, email: &str) {
    let path = format!("/customer/{}/password/reset", visitor.tenant);
    let ask = visitor.service.post(&path).bearer(visitor.bearer()).json(&json!({"email": email}));
    ask.send().await.is_empty(204);
}

/// Insists that a token resets nothing.
async fn is_dead(visitor: &Visitor<'_>, token: &str) {
    let body = json!({"token": token, "password": "third-pw"});
    let path = format!("/customer/{}/password/reset/update", visitor.tenant);
    visitor.service.post(&path).bearer(visitor.bearer()).json(&body).send().await.is_invalid_token();
}

#[tokio::test]
async fn s24_a_reset_goes_to_those_who_exist_and_ends_all_sessions() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let sessions = [visitor.enter(JANE, PASSWORD).await, visitor.enter(JANE, PASSWORD).await];

    request_reset(&visitor, "stranger@example.com").await;
    let request = PasswordResetRequestDto::new(JANE).with_site("main".to_owned());
    visitor.client.credentials().request_password_reset("acme", &request).await.expect("it is taken");
    let mails = service.outbox(&[]).await;
    assert_eq!(mails.len(), 1);
    assert_eq!((of(&mails[0], "to"), of(&mails[0], "kind")), (JANE, RESET));
    let token = of(&mails[0], "token");
    assert_eq!(mails[0]["variables"], json!({"email": JANE, "token": token, "site": "main"}));
    for session in &sessions {
        assert!(session.is_live().await, "nothing has changed yet");
    }

    let update = PasswordUpdate::new(token, "another-pw");
    let calls = visitor.client.credentials();
    let done = calls.reset_password("acme", &update).await.expect("a reset");
    assert_eq!(done.status().as_u16(), 204);
    for session in &sessions {
        session.try_profile().await.is_fault(INVALID_ACCESS_TOKEN);
        visitor.try_refresh(session.refresh_token()).await.is_fault(INVALID_REFRESH_TOKEN);
    }
    visitor.try_log_in(JANE, PASSWORD).await.is_fault(INVALID_CREDENTIALS);
    visitor.enter(JANE, "another-pw").await;

    refused!(calls.reset_password("acme", &update), ResetPasswordError::BadRequest);
    is_dead(&visitor, token).await;
    visitor.enter(JANE, "another-pw").await;
}

#[tokio::test]
async fn s25_only_the_newest_reset_works_for_an_hour() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    request_reset(&visitor, JANE).await;
    let older = service.mailed_token("acme", JANE, RESET).await;
    request_reset(&visitor, JANE).await;
    let newer = service.mailed_token("acme", JANE, RESET).await;
    assert_ne!(older, newer);

    is_dead(&visitor, &older).await;
    let short = json!({"token": newer, "password": "five5"});
    let path = "/customer/acme/password/reset/update";
    let short = service.post(path).bearer(visitor.bearer()).json(&short).send().await;
    short.is_invalid(&[("password", "invalid_length")]);
    visitor.enter(JANE, PASSWORD).await;
    let update = PasswordUpdate::new(newer.as_str(), "another-pw");
    visitor.client.credentials().reset_password("acme", &update).await.expect("the token is as it was");
    visitor.enter(JANE, "another-pw").await;

    request_reset(&visitor, JANE).await;
    let late = service.mailed_token("acme", JANE, RESET).await;
    service.advance(3_600).await;
    let visitor = service.anonymous("acme").await;
    is_dead(&visitor, &late).await;
    visitor.enter(JANE, "another-pw").await;
}
