//! Tenants: which there are, and what replacing their options keeps.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::fixture::{anonymous, anonymous_caller, store};
use super::*;
use crate::domain::session::Bearer;

#[test]
fn a_tenant_is_created_once_and_only_with_a_good_name() {
    let store = store(TenantOptions::default());
    assert!(store.tenant("shop").is_none());
    let shop = store.tenant_or_create("shop").unwrap();
    assert!(Arc::ptr_eq(&shop, &store.tenant_or_create("shop").unwrap()));
    assert!(Arc::ptr_eq(&shop, &store.tenant("shop").unwrap()));
    for name in ["ab", "abcdefghijklmnopq", "1abc", "Shop", "my-shop", "shöp", ""] {
        assert!(store.tenant_or_create(name).is_none(), "{name}");
    }
}

#[test]
fn a_thousand_tenants_are_created_on_the_way() {
    let store = store(TenantOptions::default());
    for index in 0..1_000 {
        assert!(store.tenant_or_create(&format!("shop{index}")).is_some());
    }
    assert!(store.tenant_or_create("shop1000").is_none());
    assert!(store.tenant_or_create("shop999").is_some());
    assert_eq!(store.put_tenant("shop1000", TenantOptions::default()), Ok(true));
    assert!(store.tenant_or_create("shop1000").is_some());
}

#[test]
fn replacing_options_keeps_state_and_key() {
    let store = store(TenantOptions::default());
    let tenant = store.tenant("acme").unwrap();
    let tokens = anonymous(&tenant);
    let options = TenantOptions { anonymous_token_ttl: 60, ..TenantOptions::default() };
    assert_eq!(store.put_tenant("acme", options), Ok(false));
    assert!(Arc::ptr_eq(&tenant, &store.tenant("acme").unwrap()));
    anonymous_caller(&tenant, &tokens.access);
    assert_eq!(anonymous(&tenant).expires_in, 60);
}

#[test]
fn a_reset_leaves_the_tenants_of_the_settings() {
    let store = store(TenantOptions::default());
    let tokens = anonymous(&store.tenant("acme").unwrap());
    store.tenant_or_create("shop").unwrap();
    store.clock().advance(1_000_000);
    let moved = store.clock().now();
    store.reset().unwrap();
    assert!(store.tenant("shop").is_none());
    assert!(store.clock().now() < moved);
    let tenant = store.tenant("acme").unwrap();
    assert!(matches!(tenant.bearer(&tokens.access), Bearer::Unknown));
}
