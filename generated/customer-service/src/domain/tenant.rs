//! A tenant: its options, its key, and everything that belongs to its customers.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use jiff::Timestamp;

use super::anonymous::AnonymousSessions;
use super::clock::Clock;
use super::customer::Customers;
use super::identity::{IdentityProvider, Providers};
use super::mail::Mailer;
use super::mailed::MailedTokens;
use super::options::TenantOptions;
use super::password::Passwords;
use super::saas::SaasKey;
use super::session::Sessions;
use super::throttle::Throttle;

/// A tenant. Nothing in it is reachable from another one.
pub struct Tenant {
    /// Its name.
    pub name: String,
    pub(super) setup: RwLock<Setup>,
    pub(super) key: SaasKey,
    pub(super) shared: Shared,
    pub(super) throttle: Throttle,
    state: Mutex<State>,
}

/// What can be replaced while the service runs.
#[derive(Clone)]
pub(super) struct Setup {
    pub(super) options: Arc<TenantOptions>,
    pub(super) provider: Option<Arc<dyn IdentityProvider>>,
    /// What a customer token may be used for, the tenant's marker last.
    pub(super) scopes: Arc<[String]>,
}

/// What all tenants share.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) clock: Clock,
    pub(super) passwords: Arc<Passwords>,
    pub(super) mailer: Arc<dyn Mailer>,
}

/// What changes together, under one lock. It is never held across an await.
#[derive(Default)]
pub(super) struct State {
    pub(super) customers: Customers,
    pub(super) sessions: Sessions,
    pub(super) anonymous: AnonymousSessions,
    pub(super) mailed: MailedTokens,
}

impl Tenant {
    /// Whether a text can be a tenant's name: 3 to 16 lower-case letters and digits, a letter first.
    pub fn is_name(text: &str) -> bool {
        let mut octets = text.bytes();
        (3..=16).contains(&text.len())
            && octets.next().is_some_and(|first| first.is_ascii_lowercase())
            && octets.all(|octet| octet.is_ascii_lowercase() || octet.is_ascii_digit())
    }

    /// A tenant without customers.
    pub(super) fn new(
        name: &str,
        options: TenantOptions,
        shared: Shared,
        providers: &dyn Providers,
    ) -> Result<Self, getrandom::Error> {
        Ok(Self {
            name: name.to_owned(),
            key: SaasKey::new(&options)?,
            setup: RwLock::new(Setup::new(name, options, providers)),
            shared,
            throttle: Throttle::new(),
            state: Mutex::default(),
        })
    }

    /// Replaces its options. Customers and sessions stay, and so does its key unless the options name one.
    pub(super) fn configure(&self, options: TenantOptions, providers: &dyn Providers) {
        self.key.configure(&options);
        let setup = Setup::new(&self.name, options, providers);
        *self.setup.write().unwrap_or_else(PoisonError::into_inner) = setup;
    }

    /// Its options at the moment.
    pub fn options(&self) -> Arc<TenantOptions> {
        self.setup().options
    }

    pub(super) fn setup(&self) -> Setup {
        self.setup.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn now(&self) -> Timestamp {
        self.shared.clock.now()
    }

    /// Its state, locked.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Removes what has expired and is not needed to say so any more.
    pub(super) fn sweep(&self) {
        let now = self.now();
        self.throttle.sweep(now, &self.options());
        let mut state = self.state();
        state.sessions.sweep(now);
        state.anonymous.sweep(now);
        state.mailed.sweep(now);
        state.customers.purge_pending(now);
    }
}

impl Setup {
    fn new(tenant: &str, options: TenantOptions, providers: &dyn Providers) -> Self {
        Self {
            provider: providers.provider(tenant, &options),
            scopes: scopes(&options, tenant).into(),
            options: Arc::new(options),
        }
    }
}

impl fmt::Debug for Tenant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Tenant").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The scope that says which tenant a token is of.
pub(super) fn marker(tenant: &str) -> String {
    format!("tenant={tenant}")
}

/// What a customer token may be used for, the tenant's marker last.
pub(super) fn scopes(options: &TenantOptions, tenant: &str) -> Vec<String> {
    options.customer_scopes.iter().cloned().chain([marker(tenant)]).collect()
}

/// Gives memory back that a table has not needed for long.
pub(super) fn shrink<K: Eq + Hash, V>(table: &mut HashMap<K, V>) {
    if table.len() < table.capacity() / 4 {
        table.shrink_to(table.len() * 2);
    }
}
