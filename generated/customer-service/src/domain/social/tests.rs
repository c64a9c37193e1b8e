//! Whose customer an identity is.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use super::*;
use crate::domain::customer::{Credentials, CustomerNumber, CustomerView, SignUp};
use crate::domain::error::{LogInError, SignUpError};
use crate::domain::secret::Password;
use crate::domain::store::fixture::{anonymous, anonymous_caller, customer_caller, tenant};
use crate::domain::tenant::Tenant;

const REFUSED: SocialLogInError = SocialLogInError::Unauthenticated(Unauthenticated::AuthorizationCode);

fn caller(tenant: &Arc<Tenant>) -> AnonymousCaller {
    anonymous_caller(tenant, &anonymous(tenant).access)
}

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

fn credentials(text: &str) -> Credentials {
    Credentials { email: email(text), password: Password::new("s3cret-pw") }
}

async fn sign_up(tenant: &Arc<Tenant>, text: &str) -> Result<CustomerNumber, SignUpError> {
    let Credentials { email, password } = credentials(text);
    let details = NewProfile::default();
    caller(tenant).sign_up(SignUp { email, password, separate: None, details, address: None }).await
}

fn identity(subject: &str, email: Option<&str>, email_verified: bool) -> Identity {
    Identity {
        provider: "google".to_owned(),
        subject: subject.to_owned(),
        email: email.map(str::to_owned),
        email_verified,
        given_name: Some("Jane".to_owned()),
        family_name: Some("Doe".to_owned()),
        access_token: Token::new("access"),
        id_token: Token::new("id"),
    }
}

/// The customer that an identity is let in as.
fn admit(tenant: &Arc<Tenant>, identity: &Identity) -> Result<CustomerView, SocialLogInError> {
    let (logged_in, _) = caller(tenant).admit(identity)?;
    Ok(customer_caller(tenant, &logged_in.tokens.access).profile().unwrap())
}

fn accounts(view: &CustomerView) -> Vec<(&str, Option<&str>)> {
    view.accounts.iter().map(|account| (account.email.as_str(), account.provider.as_deref())).collect()
}

#[test]
fn an_unknown_identity_becomes_a_customer_and_is_known_then() {
    let tenant = tenant(TenantOptions::default());
    let first = admit(&tenant, &identity("1", Some("Jane@example.com"), true)).unwrap();
    assert_eq!(accounts(&first), [("Jane@example.com", Some("google"))]);
    assert_eq!(first.profile.first_name.as_deref(), Some("Jane"));
    assert_eq!(first.profile.last_name.as_deref(), Some("Doe"));
    assert_eq!(first.profile.contact_email, Some(email("jane@example.com")));
    assert!(first.last_login.is_some());
    let again = admit(&tenant, &identity("1", Some("moved@example.com"), true)).unwrap();
    assert_eq!(again.number, first.number);
    let other = admit(&tenant, &identity("2", None, false)).unwrap();
    assert_ne!(other.number, first.number);
    assert_eq!(accounts(&other), [("2", Some("google"))]);
}

#[tokio::test]
async fn a_verified_email_leads_to_the_customer_who_logs_in_with_it() {
    let tenant = tenant(TenantOptions::default());
    let number = sign_up(&tenant, "jane@example.com").await.unwrap();
    let view = admit(&tenant, &identity("1", Some("JANE@example.com"), true)).unwrap();
    assert_eq!(view.number, number);
    assert_eq!(accounts(&view), [("jane@example.com", None), ("JANE@example.com", Some("google"))]);
    assert!(caller(&tenant).log_in(credentials("jane@example.com")).await.is_ok());
}

#[tokio::test]
async fn an_unverified_email_leads_to_nobody() {
    let tenant = tenant(TenantOptions::default());
    sign_up(&tenant, "jane@example.com").await.unwrap();
    assert_eq!(admit(&tenant, &identity("1", Some("jane@example.com"), false)).unwrap_err(), REFUSED);
    assert_eq!(admit(&tenant, &identity("1", Some("jane@example.com"), false)).unwrap_err(), REFUSED);
}

#[tokio::test]
async fn only_a_verified_email_is_kept_from_others() {
    let tenant = tenant(TenantOptions::default());
    for (subject, text, verified) in [("1", "real@example.com", true), ("2", "claimed@example.com", false)] {
        let view = admit(&tenant, &identity(subject, Some(text), verified)).unwrap();
        assert_eq!(accounts(&view), [(text, Some("google"))]);
        assert_eq!(sign_up(&tenant, text).await.is_err(), verified, "{text}");
    }
    let log_in = caller(&tenant).log_in(credentials("real@example.com")).await;
    assert_eq!(log_in.unwrap_err(), LogInError::Unauthenticated(Unauthenticated::Credentials));
}

#[tokio::test]
async fn a_verified_email_activates_an_account_that_waits_for_it() {
    let tenant = tenant(TenantOptions { double_opt_in: true, ..TenantOptions::default() });
    let number = sign_up(&tenant, "jane@example.com").await.unwrap();
    let view = admit(&tenant, &identity("1", Some("JANE@example.com"), true)).unwrap();
    assert_eq!(view.number, number);
    assert_eq!(accounts(&view), [("jane@example.com", Some("google"))]);
    let again = admit(&tenant, &identity("1", None, false)).unwrap();
    assert_eq!(again.number, number);
    // Whoever signed up has not shown that the e-mail is theirs.
    let log_in = caller(&tenant).log_in(credentials("jane@example.com")).await;
    assert_eq!(log_in.unwrap_err(), LogInError::Unauthenticated(Unauthenticated::Credentials));
}

#[tokio::test]
async fn a_customer_who_activates_an_account_so_is_greeted_at_the_verified_email() {
    let options = TenantOptions { double_opt_in: true, welcome_mail: true, ..TenantOptions::default() };
    let tenant = tenant(options);
    let separate = Some(credentials("jane@example.com"));
    let Credentials { email, password } = credentials("stranger@example.com");
    let details = NewProfile::default();
    caller(&tenant).sign_up(SignUp { email, password, separate, details, address: None }).await.unwrap();
    let (logged_in, letter) = caller(&tenant).admit(&identity("1", Some("jane@example.com"), true)).unwrap();
    assert!(matches!(letter, Some(Letter::Created { to, .. }) if to.as_str() == "jane@example.com"));
    let view = customer_caller(&tenant, &logged_in.tokens.access).profile().unwrap();
    assert_eq!(view.profile.contact_email, Some(Email::parse("jane@example.com").unwrap()));
}

#[tokio::test]
async fn an_account_that_was_not_confirmed_in_time_gives_way() {
    let tenant = tenant(TenantOptions { double_opt_in: true, ..TenantOptions::default() });
    let number = sign_up(&tenant, "jane@example.com").await.unwrap();
    tenant.shared.clock.advance(86_400);
    let view = admit(&tenant, &identity("1", Some("jane@example.com"), true)).unwrap();
    assert_ne!(view.number, number);
    let log_in = caller(&tenant).log_in(credentials("jane@example.com")).await;
    assert_eq!(log_in.unwrap_err(), LogInError::Unauthenticated(Unauthenticated::Credentials));
}

#[tokio::test]
async fn a_tenant_may_want_no_new_customers() {
    let options = TenantOptions { social_autoprovisioning_disabled: true, ..TenantOptions::default() };
    let tenant = tenant(options);
    assert_eq!(admit(&tenant, &identity("1", Some("jane@example.com"), true)).unwrap_err(), REFUSED);
    sign_up(&tenant, "jane@example.com").await.unwrap();
    assert!(admit(&tenant, &identity("1", Some("jane@example.com"), true)).is_ok());
}

#[test]
fn redirects_and_sessions_are_checked() {
    let session = SessionId(Uuid::from_u128(1));
    let own = Some("00000000-0000-0000-0000-000000000001");
    let other = Some("00000000-0000-0000-0000-000000000002");
    let uri = "https://shop.example/callback";
    let cases = [
        (None, uri, vec![], vec![]),
        (own, uri, vec![], vec![]),
        (own, "http://localhost:3000/callback", vec![], vec![]),
        (None, uri, vec![uri], vec![]),
        (other, uri, vec![], vec!["session-id"]),
        (Some(""), uri, vec![], vec!["session-id"]),
        (None, "/callback", vec![], vec!["redirect_uri"]),
        (None, "javascript:alert(1)", vec![], vec!["redirect_uri"]),
        (None, "https://evil.example/callback", vec![uri], vec!["redirect_uri"]),
        (None, "https://shop.example/callback/more", vec![uri], vec!["redirect_uri"]),
        (other, "", vec![], vec!["session-id", "redirect_uri"]),
    ];
    for (session_id, redirect_uri, listed, expected) in cases {
        let redirect_uri_allow_list = listed.iter().map(|uri: &&str| (*uri).to_owned()).collect();
        let options = TenantOptions { redirect_uri_allow_list, ..TenantOptions::default() };
        let code = AuthorizationCode {
            code: Token::new("code"),
            redirect_uri: redirect_uri.to_owned(),
            verifier: None,
        };
        let request = SocialLogIn { code, session_id: session_id.map(str::to_owned) };
        let problems = request.problems(session, &options);
        let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, expected, "{session_id:?} {redirect_uri}");
    }
}
