//! A store for tests: mails are dropped, nobody vouches for anybody, hashes are cheap.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Settings, Store};
use crate::domain::clock::Clock;
use crate::domain::identity::{IdentityProvider, Providers};
use crate::domain::mail::{Mailer, Message};
use crate::domain::options::TenantOptions;
use crate::domain::password::Hashing;
use crate::domain::secret::Token;
use crate::domain::session::{AnonymousCaller, AnonymousTokens, Bearer, CustomerCaller};
use crate::domain::tenant::Tenant;

struct Nowhere;

impl Mailer for Nowhere {
    fn send(&self, _: Message) {}
}

impl Providers for Nowhere {
    fn provider(&self, _: &str, _: &TenantOptions) -> Option<Arc<dyn IdentityProvider>> {
        None
    }
}

/// A store with the tenant `acme`.
pub(in crate::domain) fn store(options: TenantOptions) -> Store {
    let settings = Settings {
        clock: Clock::default(),
        hashing: Hashing::Cheap,
        mailer: Arc::new(Nowhere),
        providers: Arc::new(Nowhere),
        defaults: TenantOptions::default(),
        tenants: BTreeMap::from([("acme".to_owned(), options)]),
        auto_tenants: true,
    };
    Store::new(settings).unwrap()
}

/// The tenant `acme` of a store of its own.
pub(in crate::domain) fn tenant(options: TenantOptions) -> Arc<Tenant> {
    store(options).tenant("acme").unwrap()
}

/// An anonymous session.
pub(in crate::domain) fn anonymous(tenant: &Tenant) -> AnonymousTokens {
    tenant.log_in_anonymously("storefront").unwrap()
}

/// Who has an anonymous access token.
pub(in crate::domain) fn anonymous_caller(tenant: &Arc<Tenant>, token: &Token) -> AnonymousCaller {
    match tenant.bearer(token) {
        Bearer::Anonymous(caller) => caller,
        other => panic!("{other:?}"),
    }
}

/// Who has a customer access token.
pub(in crate::domain) fn customer_caller(tenant: &Arc<Tenant>, token: &Token) -> CustomerCaller {
    match tenant.bearer(token) {
        Bearer::Customer(caller) => caller,
        other => panic!("{other:?}"),
    }
}
