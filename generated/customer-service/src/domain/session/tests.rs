//! Logins: lifetimes, rotation, who ends them, and how many there are.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};

use super::*;
use crate::domain::customer::{NewProfile, SignUp};
use crate::domain::email::Email;
use crate::domain::error::{Invalid, LogOutError, ProblemKind, RefreshError, Unauthenticated};
use crate::domain::mailed::{MailedToken, Purpose};
use crate::domain::options::TenantOptions;
use crate::domain::secret::Password;
use crate::domain::store::fixture::{anonymous, anonymous_caller, customer_caller, store, tenant};

const REFUSED: RefreshError = RefreshError::Unauthenticated(Unauthenticated::RefreshToken);

fn number(digit: u8) -> CustomerNumber {
    CustomerNumber(format!("1000000{digit}"))
}

/// Logs a customer in who is not in the table of customers.
fn log_in(tenant: &Arc<Tenant>, customer: u8) -> CustomerTokens {
    let opened = Opened {
        session: SessionId::random().unwrap(),
        tenant: tenant.name.clone(),
        customer: number(customer),
        account: AccountId(customer.into()),
    };
    let options = tenant.options();
    tenant.state().sessions.open(tenant.now(), &options, opened).unwrap()
}

fn refresher(tenant: &Arc<Tenant>) -> Refresher {
    Refresher::Anonymous(anonymous_caller(tenant, &anonymous(tenant).access))
}

fn is_live(tenant: &Arc<Tenant>, token: &Token) -> bool {
    matches!(tenant.bearer(token), Bearer::Customer(_))
}

#[test]
fn a_login_has_the_documented_lifetimes_and_scopes() {
    let tenant = tenant(TenantOptions::default());
    let tokens = log_in(&tenant, 1);
    assert_eq!((tokens.expires_in, tokens.refresh_expires_in), (2_591_999, 86_399));
    assert_eq!((tokens.access.expose().len(), tokens.refresh.expose().len()), (43, 43));
    let scopes: Vec<_> = tokens.scope.split(' ').collect();
    assert_eq!(scopes.len(), 25);
    assert!(
        scopes.contains(&"customer.customer_manage") && scopes.contains(&"customer.customerprofile_edit")
    );
    assert_eq!(scopes.last(), Some(&"tenant=acme"));
    let caller = customer_caller(&tenant, &tokens.access);
    assert_eq!(caller.scopes.join(" "), tokens.scope);
    assert_eq!((caller.session, caller.customer), (tokens.session, number(1)));
}

#[test]
fn every_token_has_one_use() {
    let tenant = tenant(TenantOptions::default());
    let tokens = log_in(&tenant, 1);
    assert!(matches!(tenant.bearer(&tokens.refresh), Bearer::Unknown));
    let refresher = refresher(&tenant);
    assert_eq!(refresher.refresh(&tokens.access, None).unwrap_err(), REFUSED);
    let (anonymous_refresh, _) = anonymous(&tenant).refresh.unwrap();
    assert_eq!(refresher.refresh(&anonymous_refresh, None).unwrap_err(), REFUSED);
    let as_anonymous = AnonymousRefresh::Refresh(&tokens.refresh);
    assert!(tenant.refresh_anonymously("storefront", as_anonymous).is_err());
}

#[test]
fn an_access_token_is_known_to_have_expired_for_a_day() {
    let tenant = tenant(TenantOptions::default());
    let tokens = log_in(&tenant, 1);
    let clock = tenant.shared.clock.clone();
    clock.advance(2_591_900);
    assert!(is_live(&tenant, &tokens.access));
    clock.advance(99);
    assert!(matches!(tenant.bearer(&tokens.access), Bearer::ExpiredCustomer));
    clock.advance(86_300);
    tenant.sweep();
    assert!(matches!(tenant.bearer(&tokens.access), Bearer::ExpiredCustomer));
    clock.advance(100);
    assert!(matches!(tenant.bearer(&tokens.access), Bearer::Unknown));
    tenant.sweep();
    assert!(!tenant.state().sessions.is_open(LoginId(1)));
}

#[test]
fn rotation_keeps_session_and_deadline() {
    let tenant = tenant(TenantOptions::default());
    let first = log_in(&tenant, 1);
    let clock = tenant.shared.clock.clone();
    clock.advance(1_000);
    let second = refresher(&tenant).refresh(&first.refresh, None).unwrap();
    assert_eq!(second.session, first.session);
    assert_eq!(second.expires_in, 2_591_999);
    assert!((85_390..=85_399).contains(&second.refresh_expires_in), "{}", second.refresh_expires_in);
    assert!(is_live(&tenant, &first.access) && is_live(&tenant, &second.access));
    clock.advance(85_300);
    let third = refresher(&tenant).refresh(&second.refresh, None).unwrap();
    assert!((0..=99).contains(&third.refresh_expires_in));
    clock.advance(99);
    assert_eq!(refresher(&tenant).refresh(&third.refresh, None).unwrap_err(), REFUSED);
    assert!(is_live(&tenant, &third.access));
}

#[test]
fn a_spent_refresh_token_is_refused_and_the_session_goes_on() {
    let tenant = tenant(TenantOptions::default());
    let first = log_in(&tenant, 1);
    let second = refresher(&tenant).refresh(&first.refresh, None).unwrap();
    assert_eq!(refresher(&tenant).refresh(&first.refresh, None).unwrap_err(), REFUSED);
    assert!(is_live(&tenant, &second.access));
    assert!(refresher(&tenant).refresh(&second.refresh, None).is_ok());
}

#[test]
fn a_spent_refresh_token_ends_the_session_where_that_is_asked_for() {
    let tenant = tenant(TenantOptions { refresh_reuse_ends_session: true, ..TenantOptions::default() });
    let (first, other) = (log_in(&tenant, 1), log_in(&tenant, 1));
    let second = refresher(&tenant).refresh(&first.refresh, None).unwrap();
    assert_eq!(refresher(&tenant).refresh(&first.refresh, None).unwrap_err(), REFUSED);
    assert!(!is_live(&tenant, &first.access) && !is_live(&tenant, &second.access));
    assert_eq!(refresher(&tenant).refresh(&second.refresh, None).unwrap_err(), REFUSED);
    assert!(is_live(&tenant, &other.access));
}

#[test]
fn the_log_warns_of_a_spent_refresh_token_and_does_not_show_it() {
    let tenant = tenant(TenantOptions::default());
    let tokens = log_in(&tenant, 1);
    let refresher = refresher(&tenant);
    let lines = Log::default();
    let written = lines.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || written.clone()).finish();
    tracing::subscriber::with_default(subscriber, || {
        refresher.refresh(&tokens.refresh, None).unwrap();
        assert_eq!(lines.text(), "");
        refresher.refresh(&tokens.refresh, None).unwrap_err();
    });
    let text = lines.text();
    assert!(text.contains("WARN") && text.contains(&tokens.session.to_string()), "{text}");
    assert!(!text.contains(tokens.refresh.expose()) && !text.contains(tokens.access.expose()), "{text}");
}

/// What is written to the log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, octets: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_customer_refreshes_their_own_sessions_only() {
    let tenant = tenant(TenantOptions::default());
    let (jane, john) = (log_in(&tenant, 1), log_in(&tenant, 2));
    let by_john = Refresher::Customer(customer_caller(&tenant, &john.access));
    assert_eq!(by_john.refresh(&jane.refresh, None).unwrap_err(), REFUSED);
    let by_jane = Refresher::Customer(customer_caller(&tenant, &jane.access));
    assert!(by_jane.refresh(&jane.refresh, None).is_ok());
    customer_caller(&tenant, &john.access).log_out(&john.access).unwrap();
    let ended = RefreshError::Unauthenticated(Unauthenticated::AccessToken);
    assert_eq!(by_john.refresh(&john.refresh, None).unwrap_err(), ended);
}

#[test]
fn one_of_a_thousand_threads_rotates_a_token() {
    let tenant = tenant(TenantOptions::default());
    let (tokens, refresher) = (log_in(&tenant, 1), refresher(&tenant));
    let rotated = race(|| refresher.refresh(&tokens.refresh, None).is_ok());
    assert_eq!(rotated, 1);
}

#[test]
fn one_of_a_thousand_threads_redeems_a_mailed_token() {
    let tenant = tenant(TenantOptions::default());
    let purpose = Purpose::PasswordReset;
    let expires = Timestamp::MAX;
    let mailed = MailedToken { purpose, customer: number(1), account: AccountId(1), expires, change: None };
    let token = tenant.state().mailed.issue(mailed).unwrap();
    let redeemed = race(|| tenant.state().mailed.redeem(tenant.now(), purpose, &token).is_some());
    assert_eq!(redeemed, 1);
}

/// How many of a thousand threads, let go at once, succeed.
fn race(attempt: impl Fn() -> bool + Sync) -> usize {
    let (barrier, winners) = (Barrier::new(1_000), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..1_000 {
            scope.spawn(|| {
                barrier.wait();
                if attempt() {
                    winners.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    winners.into_inner()
}

#[test]
fn logging_out_ends_every_token_of_one_login() {
    let tenant = tenant(TenantOptions::default());
    let (first, other) = (log_in(&tenant, 1), log_in(&tenant, 1));
    let second = refresher(&tenant).refresh(&first.refresh, None).unwrap();
    let caller = customer_caller(&tenant, &second.access);
    caller.log_out(&first.access).unwrap();
    for gone in [&first.access, &second.access] {
        assert!(matches!(tenant.bearer(gone), Bearer::Unknown));
    }
    assert_eq!(refresher(&tenant).refresh(&second.refresh, None).unwrap_err(), REFUSED);
    assert!(is_live(&tenant, &other.access));
    let ended = LogOutError::Unauthenticated(Unauthenticated::AccessToken);
    assert_eq!(caller.log_out(&other.access).unwrap_err(), ended);
}

#[test]
fn a_customer_logs_out_of_another_session_but_not_of_anothers() {
    let tenant = tenant(TenantOptions::default());
    let (here, there, john) = (log_in(&tenant, 1), log_in(&tenant, 1), log_in(&tenant, 2));
    let caller = customer_caller(&tenant, &here.access);
    let anonymous = anonymous(&tenant).access;
    for token in [&john.access, &here.refresh, &anonymous, &Token::new("nonsense")] {
        let LogOutError::Invalid(Invalid { problems, .. }) = caller.log_out(token).unwrap_err() else {
            panic!("not a 400")
        };
        assert_eq!(
            (problems[0].field.as_str(), problems[0].kind),
            ("accessToken", ProblemKind::InvalidValue)
        );
    }
    assert!(is_live(&tenant, &john.access) && is_live(&tenant, &here.access));
    caller.log_out(&there.access).unwrap();
    assert!(!is_live(&tenant, &there.access) && is_live(&tenant, &here.access));
}

#[test]
fn other_sessions_end_and_the_kept_one_does_not() {
    let tenant = tenant(TenantOptions::default());
    let [kept, other, john] = [log_in(&tenant, 1), log_in(&tenant, 1), log_in(&tenant, 2)];
    let login = customer_caller(&tenant, &kept.access).login;
    tenant.state().sessions.end_others(&number(1), Some(login));
    assert!(is_live(&tenant, &kept.access) && is_live(&tenant, &john.access));
    assert!(!is_live(&tenant, &other.access));
    tenant.state().sessions.end_others(&number(1), None);
    assert!(!is_live(&tenant, &kept.access) && is_live(&tenant, &john.access));
}

#[test]
fn beyond_twenty_sessions_the_oldest_ends() {
    let tenant = tenant(TenantOptions::default());
    let john = log_in(&tenant, 2);
    let logins: Vec<_> = (0..22).map(|_| log_in(&tenant, 1)).collect();
    let live: Vec<_> = logins.iter().map(|tokens| is_live(&tenant, &tokens.access)).collect();
    assert_eq!(live, [vec![false; 2], vec![true; 20]].concat());
    assert_eq!(refresher(&tenant).refresh(&logins[0].refresh, None).unwrap_err(), REFUSED);
    assert!(is_live(&tenant, &john.access));
}

#[test]
fn a_session_that_is_over_gives_way_before_a_live_one() {
    let options = TenantOptions { max_sessions: 2, customer_token_ttl: 100_000, ..TenantOptions::default() };
    let tenant = tenant(options);
    let older = log_in(&tenant, 1);
    log_in(&tenant, 1);
    let clock = tenant.shared.clock.clone();
    clock.advance(80_000);
    let refreshed = refresher(&tenant).refresh(&older.refresh, None).unwrap();
    clock.advance(30_000);
    let newest = log_in(&tenant, 1);
    assert!(is_live(&tenant, &refreshed.access) && is_live(&tenant, &newest.access));
}

#[test]
fn tokens_are_nothing_to_another_tenant() {
    let store = store(TenantOptions::default());
    let (acme, other) = (store.tenant("acme").unwrap(), store.tenant_or_create("other").unwrap());
    let tokens = log_in(&acme, 1);
    assert!(matches!(other.bearer(&tokens.access), Bearer::Unknown));
    assert_eq!(refresher(&other).refresh(&tokens.refresh, None).unwrap_err(), REFUSED);
    assert!(refresher(&acme).refresh(&tokens.refresh, None).is_ok());
}

#[test]
fn reduced_scopes_hold_at_once() {
    let store = store(TenantOptions::default());
    let tenant = store.tenant("acme").unwrap();
    let tokens = log_in(&tenant, 1);
    let options = TenantOptions { customer_scopes: vec!["a.b".to_owned()], ..TenantOptions::default() };
    store.put_tenant("acme", options).unwrap();
    assert_eq!(*customer_caller(&tenant, &tokens.access).scopes, ["a.b", "tenant=acme"]);
}

/// Signs a customer up who acts for a company, and logs them in.
async fn business(tenant: &Arc<Tenant>) -> CustomerTokens {
    let caller = anonymous_caller(tenant, &anonymous(tenant).access);
    let credentials = credentials();
    let details = NewProfile {
        first_name: Some("Jane".to_owned()),
        last_name: Some("Doe".to_owned()),
        company: Some("ACME".to_owned()),
        registration_id: Some("HRB 1".to_owned()),
        ..NewProfile::default()
    };
    let sign_up = SignUp {
        email: credentials.email.clone(),
        password: credentials.password.clone(),
        separate: None,
        details,
        address: None,
    };
    caller.sign_up(sign_up).await.unwrap();
    caller.log_in(credentials).await.unwrap().tokens
}

fn credentials() -> crate::domain::customer::Credentials {
    let email = Email::parse("jane@example.com").unwrap();
    crate::domain::customer::Credentials { email, password: Password::new("s3cret-pw") }
}

#[tokio::test]
async fn a_refresh_binds_the_access_token_to_a_company_of_the_customer() {
    let tenant = tenant(TenantOptions::default());
    let tokens = business(&tenant).await;
    let caller = customer_caller(&tenant, &tokens.access);
    let company = caller.profile().unwrap().companies[0].id.clone();
    let RefreshError::Invalid(Invalid { problems, .. }) =
        refresher(&tenant).refresh(&tokens.refresh, Some("0123456789abcdef01234567")).unwrap_err()
    else {
        panic!("not a 400")
    };
    assert_eq!(problems[0].field, "legalEntityId");
    // The token was not consumed.
    let bound = refresher(&tenant).refresh(&tokens.refresh, Some(&company)).unwrap();
    let details = customer_caller(&tenant, &bound.access).token_details().unwrap();
    assert_eq!(details.legal_entity, Some(company.clone()));
    assert_eq!(details.email, "jane@example.com");
    assert_eq!((details.session, details.scope), (bound.session, bound.scope));
    assert!((2_591_990..=2_591_999).contains(&details.expires_in));
    let free = refresher(&tenant).refresh(&bound.refresh, None).unwrap();
    assert_eq!(customer_caller(&tenant, &free.access).legal_entity, None);

    tenant.state().sessions.unbind(&caller.customer, "another company");
    assert_eq!(customer_caller(&tenant, &bound.access).legal_entity, Some(company.clone()));
    tenant.state().sessions.unbind(&caller.customer, &company);
    assert_eq!(customer_caller(&tenant, &bound.access).legal_entity, None);
}

#[test]
fn a_login_keeps_a_bounded_number_of_tokens_and_nothing_is_left_in_the_end() {
    let tenant = tenant(TenantOptions::default());
    let first = log_in(&tenant, 1);
    let refresher = refresher(&tenant);
    let mut tokens = first.clone();
    for _ in 0..1_100 {
        tokens = refresher.refresh(&tokens.refresh, None).unwrap();
    }
    assert!(!is_live(&tenant, &first.access) && is_live(&tenant, &tokens.access));
    assert_eq!(tenant.state().sessions.sizes(), (1, 1, 1_000, 1_000));
    let clock = tenant.shared.clock.clone();
    clock.advance(86_400);
    tenant.sweep();
    assert_eq!(tenant.state().sessions.sizes(), (1, 1, 1_000, 0));
    clock.advance(2_592_000);
    tenant.sweep();
    assert_eq!(tenant.state().sessions.sizes(), (0, 0, 0, 0));
}
