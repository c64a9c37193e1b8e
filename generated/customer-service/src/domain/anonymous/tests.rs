//! Anonymous sessions: lifetimes, refreshes, and how many there are.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::super::options::TenantOptions;
use super::super::secret::Token;
use super::super::session::{AnonymousRefresh, AnonymousTokens, Bearer};
use super::super::store::fixture::{anonymous, anonymous_caller, store, tenant};
use super::*;

const REFUSED: AnonymousError = AnonymousError::Unauthenticated(Unauthenticated::RefreshToken);

fn refresh(tenant: &Tenant, token: &Token) -> Result<AnonymousTokens, AnonymousError> {
    tenant.refresh_anonymously("storefront", AnonymousRefresh::Refresh(token))
}

fn refresh_by_access(tenant: &Tenant, token: &Token) -> Result<AnonymousTokens, AnonymousError> {
    tenant.refresh_anonymously("storefront", AnonymousRefresh::Access(token))
}

fn refresh_token(tokens: &AnonymousTokens) -> &Token {
    &tokens.refresh.as_ref().unwrap().0
}

#[test]
fn a_session_has_the_documented_lifetimes() {
    let tenant = tenant(TenantOptions::default());
    let tokens = anonymous(&tenant);
    assert_eq!(tokens.expires_in, 3_599);
    assert_eq!(tokens.refresh.as_ref().unwrap().1, 86_399);
    assert_eq!(tokens.scope, "tenant=acme");
    assert_eq!((tokens.access.expose().len(), refresh_token(&tokens).expose().len()), (43, 43));
    assert_eq!(tokens.session.0.get_version_num(), 4);
    assert_eq!(anonymous_caller(&tenant, &tokens.access).session, tokens.session);
}

#[test]
fn every_token_has_one_use() {
    let tenant = tenant(TenantOptions::default());
    let tokens = anonymous(&tenant);
    assert!(matches!(tenant.bearer(refresh_token(&tokens)), Bearer::Unknown));
    assert_eq!(refresh(&tenant, &tokens.access).unwrap_err(), REFUSED);
    assert_eq!(refresh_by_access(&tenant, refresh_token(&tokens)).unwrap_err(), REFUSED);
}

#[test]
fn an_access_token_is_known_to_have_expired_for_a_day() {
    let tenant = tenant(TenantOptions::default());
    let tokens = anonymous(&tenant);
    let clock = tenant.shared.clock.clone();
    clock.advance(3_599);
    assert!(matches!(tenant.bearer(&tokens.access), Bearer::ExpiredAnonymous));
    clock.advance(86_300);
    tenant.sweep();
    assert!(matches!(tenant.bearer(&tokens.access), Bearer::ExpiredAnonymous));
    clock.advance(100);
    assert!(matches!(tenant.bearer(&tokens.access), Bearer::Unknown));
}

#[test]
fn a_refresh_keeps_the_session_and_the_older_tokens() {
    let tenant = tenant(TenantOptions::default());
    let first = anonymous(&tenant);
    let second = refresh(&tenant, refresh_token(&first)).unwrap();
    let third = refresh(&tenant, refresh_token(&first)).unwrap();
    for tokens in [&first, &second, &third] {
        assert_eq!(tokens.session, first.session);
        assert_eq!(anonymous_caller(&tenant, &tokens.access).session, first.session);
    }
    assert_ne!(first.access.expose(), second.access.expose());
    assert_ne!(second.access.expose(), third.access.expose());
}

#[test]
fn a_refresh_token_ends_after_a_day_of_its_own() {
    let tenant = tenant(TenantOptions::default());
    let first = anonymous(&tenant);
    let clock = tenant.shared.clock.clone();
    clock.advance(80_000);
    let second = refresh(&tenant, refresh_token(&first)).unwrap();
    assert_eq!(second.refresh.as_ref().unwrap().1, 86_399);
    clock.advance(6_399);
    assert_eq!(refresh(&tenant, refresh_token(&first)).unwrap_err(), REFUSED);
    assert!(refresh(&tenant, refresh_token(&second)).is_ok());
}

#[test]
fn an_access_token_refreshes_for_a_day_even_when_it_has_expired() {
    let tenant = tenant(TenantOptions::default());
    let first = anonymous(&tenant);
    let clock = tenant.shared.clock.clone();
    clock.advance(80_000);
    tenant.sweep();
    let second = refresh_by_access(&tenant, &first.access).unwrap();
    assert!(second.refresh.is_none());
    assert_eq!(second.session, first.session);
    clock.advance(6_399);
    tenant.sweep();
    assert_eq!(refresh_by_access(&tenant, &first.access).unwrap_err(), REFUSED);
    assert_eq!(refresh_by_access(&tenant, &second.access).unwrap().session, first.session);
}

#[test]
fn a_refresh_is_for_the_client_that_logged_in() {
    let client_ids = vec!["storefront".to_owned(), "app".to_owned()];
    let tenant = tenant(TenantOptions { client_ids, ..TenantOptions::default() });
    let tokens = anonymous(&tenant);
    let by = |client| tenant.refresh_anonymously(client, AnonymousRefresh::Refresh(refresh_token(&tokens)));
    assert_eq!(by("app").unwrap_err(), REFUSED);
    assert_eq!(by("other").unwrap_err(), AnonymousError::Unauthenticated(Unauthenticated::ApiKey));
    assert!(by("storefront").is_ok());
    let unknown = tenant.log_in_anonymously("storefron").unwrap_err();
    assert_eq!(unknown, AnonymousError::Unauthenticated(Unauthenticated::ApiKey));
}

#[test]
fn tokens_are_nothing_to_another_tenant() {
    let store = store(TenantOptions::default());
    let (acme, other) = (store.tenant("acme").unwrap(), store.tenant_or_create("other").unwrap());
    let tokens = anonymous(&acme);
    assert!(matches!(other.bearer(&tokens.access), Bearer::Unknown));
    assert_eq!(refresh(&other, refresh_token(&tokens)).unwrap_err(), REFUSED);
}

#[test]
fn beyond_the_cap_the_oldest_session_ends() {
    let tenant = tenant(TenantOptions { max_anonymous_sessions: 2, ..TenantOptions::default() });
    let [first, second] = [anonymous(&tenant), anonymous(&tenant)];
    // More tokens of a session are not more sessions.
    let more = refresh(&tenant, refresh_token(&first)).unwrap();
    anonymous_caller(&tenant, &first.access);
    let third = anonymous(&tenant);
    for gone in [&first, &more] {
        assert!(matches!(tenant.bearer(&gone.access), Bearer::Unknown));
        assert_eq!(refresh(&tenant, refresh_token(gone)).unwrap_err(), REFUSED);
    }
    anonymous_caller(&tenant, &second.access);
    anonymous_caller(&tenant, &third.access);
}

#[test]
fn a_session_that_refreshes_all_day_keeps_the_token_that_it_uses() {
    let tenant = tenant(TenantOptions::default());
    let first = anonymous(&tenant);
    let unused = refresh(&tenant, refresh_token(&first)).unwrap();
    for _ in 0..2 * ANSWERS {
        refresh(&tenant, refresh_token(&first)).unwrap();
    }
    assert_eq!(refresh(&tenant, refresh_token(&unused)).unwrap_err(), REFUSED);
    let state = tenant.state();
    assert_eq!((state.anonymous.access.len(), state.anonymous.refresh.len()), (ANSWERS, ANSWERS));
}

#[test]
fn nothing_is_left_of_what_is_over() {
    let tenant = tenant(TenantOptions::default());
    for _ in 0..100 {
        let tokens = anonymous(&tenant);
        refresh(&tenant, refresh_token(&tokens)).unwrap();
    }
    let clock = tenant.shared.clock.clone();
    clock.advance(86_399);
    tenant.sweep();
    {
        let state = tenant.state();
        // What has expired can still be said.
        assert_eq!(state.anonymous.access.len(), 200);
        assert!(state.anonymous.sessions.is_empty() && state.anonymous.refresh.is_empty());
    }
    clock.advance(3_600);
    tenant.sweep();
    let state = tenant.state();
    assert_eq!(state.anonymous.access.capacity(), 0);
}
