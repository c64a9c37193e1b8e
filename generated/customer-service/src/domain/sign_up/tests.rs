//! Who keeps an e-mail from whom, and for how long.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use super::*;
use crate::domain::error::{LogInError, ProblemKind, Unauthenticated};
use crate::domain::options::TenantOptions;
use crate::domain::session::CustomerCaller;
use crate::domain::store::fixture::{anonymous, anonymous_caller, customer_caller, tenant};

const DAY: u32 = 86_400;

fn caller(tenant: &Arc<Tenant>) -> AnonymousCaller {
    anonymous_caller(tenant, &anonymous(tenant).access)
}

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

fn credentials(text: &str) -> Credentials {
    Credentials { email: email(text), password: Password::new("s3cret-pw") }
}

fn signup(text: &str) -> SignUp {
    let Credentials { email, password } = credentials(text);
    SignUp { email, password, separate: None, details: NewProfile::default(), address: None }
}

async fn sign_up(tenant: &Arc<Tenant>, text: &str) -> Result<CustomerNumber, SignUpError> {
    caller(tenant).sign_up(signup(text)).await
}

async fn log_in(tenant: &Arc<Tenant>, text: &str) -> Result<CustomerCaller, LogInError> {
    let logged_in = caller(tenant).log_in(credentials(text)).await?;
    Ok(customer_caller(tenant, &logged_in.tokens.access))
}

fn with_opt_in() -> Arc<Tenant> {
    tenant(TenantOptions { double_opt_in: true, ..TenantOptions::default() })
}

fn set_opt_in(tenant: &Tenant, double_opt_in: bool) {
    let mut setup = tenant.setup.write().unwrap();
    setup.options = Arc::new(TenantOptions { double_opt_in, ..TenantOptions::clone(&setup.options) });
}

#[tokio::test]
async fn a_pending_account_keeps_its_email_until_its_token_expires() {
    let tenant = with_opt_in();
    let first = sign_up(&tenant, "jane@example.com").await.unwrap();
    tenant.shared.clock.advance(DAY - 10);
    assert!(matches!(sign_up(&tenant, "JANE@example.com").await, Err(SignUpError::Conflict(_))));
    tenant.shared.clock.advance(10);
    let second = sign_up(&tenant, "jane@example.com").await.unwrap();
    assert_ne!(first, second);
    let state = tenant.state();
    assert!(state.customers.get(&first).is_none());
    assert_eq!(state.customers.by_email(&email("jane@example.com")).unwrap().customer, second);
}

#[tokio::test]
async fn a_resend_revives_a_pending_account() {
    let tenant = with_opt_in();
    sign_up(&tenant, "jane@example.com").await.unwrap();
    tenant.shared.clock.advance(DAY);
    caller(&tenant).resend_opt_in(&email("jane@example.com"));
    assert!(matches!(sign_up(&tenant, "jane@example.com").await, Err(SignUpError::Conflict(_))));
}

#[tokio::test]
async fn a_second_account_that_was_not_confirmed_leaves_its_customer() {
    let tenant = tenant(TenantOptions::default());
    let number = sign_up(&tenant, "jane@example.com").await.unwrap();
    let jane = log_in(&tenant, "jane@example.com").await.unwrap();
    set_opt_in(&tenant, true);
    assert_eq!(jane.assign_account(credentials("second@example.com")).await, Ok(number.clone()));
    assert_eq!(jane.profile().unwrap().accounts.len(), 2);
    tenant.shared.clock.advance(DAY);
    let other = sign_up(&tenant, "second@example.com").await.unwrap();
    assert_ne!(other, number);
    let accounts = jane.profile().unwrap().accounts;
    assert_eq!(
        accounts.iter().map(|account| account.email.as_str()).collect::<Vec<_>>(),
        ["jane@example.com"]
    );
}

#[tokio::test]
async fn abandoned_accounts_go_after_30_days() {
    let tenant = with_opt_in();
    let number = sign_up(&tenant, "jane@example.com").await.unwrap();
    set_opt_in(&tenant, false);
    let active = sign_up(&tenant, "john@example.com").await.unwrap();
    tenant.shared.clock.advance(DAY * 31 - 10);
    tenant.sweep();
    assert!(tenant.state().customers.get(&number).is_some());
    tenant.shared.clock.advance(10);
    tenant.sweep();
    let state = tenant.state();
    assert!(state.customers.get(&number).is_none());
    assert!(state.customers.by_email(&email("jane@example.com")).is_none());
    assert!(state.customers.get(&active).is_some());
}

#[tokio::test]
async fn of_two_signups_at_once_one_succeeds() {
    let tenant = tenant(TenantOptions::default());
    let (first, second) =
        tokio::join!(sign_up(&tenant, "jane@example.com"), sign_up(&tenant, "jane@example.com"));
    assert!(first.is_ok() != second.is_ok());
}

#[tokio::test]
async fn separate_credentials_replace_the_pair_above() {
    let tenant = tenant(TenantOptions::default());
    let separate = Some(credentials("login@example.com"));
    caller(&tenant).sign_up(SignUp { separate, ..signup("contact@example.com") }).await.unwrap();
    let refused = LogInError::Unauthenticated(Unauthenticated::Credentials);
    assert_eq!(log_in(&tenant, "contact@example.com").await.unwrap_err(), refused);
    let view = log_in(&tenant, "login@example.com").await.unwrap().profile().unwrap();
    assert_eq!(view.profile.contact_email, Some(email("contact@example.com")));
    assert_eq!(view.accounts[0].email, "login@example.com");
}

#[tokio::test]
async fn all_problems_of_a_signup_are_told_at_once() {
    let tenant = tenant(TenantOptions::default());
    let sign_up = SignUp {
        password: Password::new("short"),
        separate: Some(Credentials { password: Password::new("12345"), ..credentials("login@example.com") }),
        details: NewProfile { registration_id: Some("HRB 1".to_owned()), ..NewProfile::default() },
        address: Some(NewAddress::default()),
        ..signup("jane@example.com")
    };
    let Err(SignUpError::Invalid(invalid)) = caller(&tenant).sign_up(sign_up).await else {
        panic!("accepted")
    };
    let problems = invalid.problems.iter().map(|problem| (problem.field.as_str(), problem.kind));
    assert_eq!(
        problems.collect::<Vec<_>>(),
        [
            ("password", ProblemKind::InvalidLength),
            ("customerDetails.firstName", ProblemKind::MissingValue),
            ("customerDetails.lastName", ProblemKind::MissingValue),
            ("customerDetails.company", ProblemKind::MissingValue),
            ("customerAddress.contactName", ProblemKind::MissingValue),
            ("signup.password", ProblemKind::InvalidLength),
        ]
    );
}
