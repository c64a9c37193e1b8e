//! Failed passwords add up over all operations that check one.

use customer_api::operations::credentials::{ChangeLoginEmailError, ChangePasswordError};
use customer_api::types::{ChangeEmailRequestDto, PasswordChangeDto};
use serde_json::json;

use crate::answer::INVALID_CREDENTIALS;
use crate::people::{Session, Visitor};
use crate::refused;
use crate::service::{JANE, PASSWORD, Service};

/// Fails three times to log in, three times to change the password and three times to change the e-mail.
async fn fail_nine_times(visitor: &Visitor<'_>, session: &Session<'_>) {
    for _ in 0..3 {
        visitor.try_log_in(JANE, "wrong-pw").await.is_fault(INVALID_CREDENTIALS);
        let change = PasswordChangeDto::new("wrong-pw", "another-pw");
        refused!(session.credentials().change_password("acme", &change), ChangePasswordError::BadRequest);
        let change = ChangeEmailRequestDto::new(JANE, "wrong-pw", "new@example.com");
        refused!(
            session.credentials().change_login_email("acme", &change),
            ChangeLoginEmailError::BadRequest
        );
    }
}

#[tokio::test]
async fn whoever_checks_a_password_counts() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let session = visitor.enter(JANE, PASSWORD).await;
    fail_nine_times(&visitor, &session).await;
    visitor.enter(JANE, PASSWORD).await;
    fail_nine_times(&visitor, &session).await;
    visitor.try_log_in(JANE, "wrong-pw").await.is_fault(INVALID_CREDENTIALS);

    visitor.try_log_in(JANE, PASSWORD).await.of(429);
    let change = PasswordChangeDto::new(PASSWORD, "another-pw");
    let refusal = refused!(
        session.credentials().change_password("acme", &change),
        ChangePasswordError::TooManyRequests
    );
    assert!(refusal.retry_after.is_some_and(|seconds| (1..=300).contains(&seconds)), "{refusal:?}");
    let change = ChangeEmailRequestDto::new(JANE, PASSWORD, "new@example.com");
    let refusal = refused!(
        session.credentials().change_login_email("acme", &change),
        ChangeLoginEmailError::TooManyRequests
    );
    assert!(refusal.retry_after.is_some_and(|seconds| (1..=300).contains(&seconds)), "{refusal:?}");
    assert!(session.is_live().await, "who is in stays in");
    // What breaks the contract is told before.
    visitor.try_log_in(JANE, "five5").await.is_invalid(&[("password", "invalid_length")]);
}

#[tokio::test]
async fn failures_of_long_ago_do_not_count() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    for _ in 0..9 {
        visitor.try_log_in(JANE, "wrong-pw").await.is_fault(INVALID_CREDENTIALS);
    }
    service.advance(15 * 60).await;
    for _ in 0..9 {
        visitor.try_log_in(JANE, "wrong-pw").await.is_fault(INVALID_CREDENTIALS);
    }
    visitor.enter(JANE, PASSWORD).await;
}

#[tokio::test]
async fn a_password_reset_lets_in_again() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    for _ in 0..10 {
        visitor.try_log_in(JANE, "wrong-pw").await.is_fault(INVALID_CREDENTIALS);
    }
    visitor.try_log_in(JANE, PASSWORD).await.of(429);
    let reset = service.post("/customer/acme/password/reset").bearer(visitor.bearer());
    reset.json(&json!({"email": JANE})).send().await.is_empty(204);
    let token = service.mailed_token("acme", JANE, "customer.password-reset").await;
    let update = service.post("/customer/acme/password/reset/update").bearer(visitor.bearer());
    update.json(&json!({"token": token, "password": "another-pw"})).send().await.is_empty(204);
    visitor.enter(JANE, "another-pw").await;
}
