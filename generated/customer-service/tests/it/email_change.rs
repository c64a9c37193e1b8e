//! Changing the login e-mail: scenarios 26 and 27.

use customer_api::operations::credentials::{ChangeLoginEmailError, ConfirmLoginEmailError};
use customer_api::types::{ChangeEmailRequestDto, UpdateEmail};
use serde_json::{Value, json};

use crate::answer::{INVALID_CREDENTIALS, duplicate, of};
use crate::people::Visitor;
use crate::refused;
use crate::service::{JANE, PASSWORD, Service};

const REQUEST: &str = "customer.email-change-request";
const NEW: &str = "jane.doe@example.com";

/// Confirms a change, and gives the answer as it came.
async fn confirm(visitor: &Visitor<'_>, token: &str) -> crate::answer::Answer {
    let path = format!("/customer/{}/me/accounts/internal/email/change/confirm", visitor.tenant);
    visitor.service.post(&path).bearer(visitor.bearer()).json(&json!({"token": token})).send().await
}

/// A profile with other values.
fn with(mut profile: Value, changes: &[(&str, Value)]) -> Value {
    for (pointer, value) in changes {
        *profile.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value.clone();
    }
    profile
}

#[tokio::test]
async fn s26_an_email_change_is_confirmed_from_the_new_address() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let (acting, other) = (visitor.enter(JANE, PASSWORD).await, visitor.enter(JANE, PASSWORD).await);
    let before = acting.profile().await;

    let change = ChangeEmailRequestDto::new(JANE, PASSWORD, NEW).with_sync_contact_email(true);
    let asked = acting.credentials().change_login_email("acme", &change).await.expect("it is taken");
    assert_eq!(asked.status().as_u16(), 204);
    let mails = service.outbox(&[("tenant", "acme")]).await;
    assert_eq!(mails.len(), 1);
    assert_eq!((of(&mails[0], "to"), of(&mails[0], "kind")), (NEW, REQUEST));
    let token = of(&mails[0], "token");
    let number = acting.number().await;
    assert_eq!(
        mails[0]["variables"],
        json!({"tenant": "acme", "customerId": number, "token": token, "email": JANE, "newEmail": NEW})
    );
    assert_eq!(acting.profile().await, before);
    visitor.try_log_in(NEW, PASSWORD).await.is_fault(INVALID_CREDENTIALS);

    confirm(&visitor, token).await.is_empty(204);
    let after = with(
        before.clone(),
        &[
            ("/contactEmail", NEW.into()),
            ("/accounts", json!([{"id": NEW}])),
            ("/metadata/version", (before["metadata"]["version"].as_i64().expect("a version") + 1).into()),
        ],
    );
    assert_eq!(acting.profile().await, after);
    visitor.try_log_in(JANE, PASSWORD).await.is_fault(INVALID_CREDENTIALS);
    visitor.try_log_in(NEW, PASSWORD).await.of(200);
    assert!(acting.is_live().await && other.is_live().await, "sessions stay");
    let details = acting.authentication().validate_token("acme").await.expect("it is good");
    assert_eq!(details.email, NEW);
    let notice = service.outbox(&[("to", JANE), ("kind", "customer.email-change")]).await;
    assert_eq!(notice.len(), 1);
    assert_eq!(
        notice[0]["variables"],
        json!({"tenant": "acme", "customerId": number, "email": JANE, "newEmail": NEW})
    );

    confirm(&visitor, token).await.is_invalid_token();
    let nothing = visitor.client.credentials().confirm_login_email("acme", &UpdateEmail::default());
    let refusal = refused!(nothing, ConfirmLoginEmailError::BadRequest);
    assert_eq!(refusal.body.message, "Invalid token.");
}

#[tokio::test]
async fn s27_the_contact_email_follows_only_on_request() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    visitor.sign_up("john@example.com", PASSWORD).await;
    let session = visitor.enter(JANE, PASSWORD).await;
    let before = session.profile().await;
    let calls = session.credentials();

    let wrong = ChangeEmailRequestDto::new(JANE, "wrong-pw", NEW);
    let refusal = refused!(calls.change_login_email("acme", &wrong), ChangeLoginEmailError::BadRequest);
    let details = refusal.body.details.expect("details");
    assert_eq!((details.len(), details[0].field.as_str()), (1, "password"));
    let foreign = ChangeEmailRequestDto::new("john@example.com", PASSWORD, NEW);
    let refusal = refused!(calls.change_login_email("acme", &foreign), ChangeLoginEmailError::BadRequest);
    assert_eq!(refusal.body.details.expect("details")[0].field, "email");
    let occupied = ChangeEmailRequestDto::new(JANE, PASSWORD, "John@example.com");
    let conflict = refused!(calls.change_login_email("acme", &occupied), ChangeLoginEmailError::Conflict);
    let body = serde_json::to_value(&conflict.body).expect("JSON");
    assert_eq!(body, duplicate("John@example.com", "acme"));
    assert!(service.outbox(&[]).await.is_empty());

    let change = ChangeEmailRequestDto::new(JANE, PASSWORD, NEW).with_sync_contact_email(false);
    calls.change_login_email("acme", &change).await.expect("it is taken");
    let token = service.mailed_token("acme", NEW, REQUEST).await;
    let confirmed = visitor.client.credentials();
    let confirmed = confirmed.confirm_login_email("acme", &UpdateEmail::default().with_token(token)).await;
    assert_eq!(confirmed.expect("a change").status().as_u16(), 204);
    assert_eq!(session.profile().await, with(before, &[("/accounts", json!([{"id": NEW}]))]));

    let number = visitor.sign_up(JANE, "another-pw").await;
    assert_ne!(number, session.number().await);
    assert_eq!(visitor.enter(JANE, "another-pw").await.number().await, number);
    assert_eq!(visitor.enter(NEW, PASSWORD).await.number().await, session.number().await);
}
