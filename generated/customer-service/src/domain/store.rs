//! All tenants.

#[cfg(test)]
pub(super) mod fixture;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::clock::Clock;
use super::identity::Providers;
use super::mail::Mailer;
use super::options::TenantOptions;
use super::password::{Hashing, Passwords};
use super::tenant::{Shared, Tenant};

/// Tenants that are created on the way.
const CREATED: usize = 1_000;

/// What a store is made of.
pub struct Settings {
    /// The clock.
    pub clock: Clock,
    /// How much work a password hash is.
    pub hashing: Hashing,
    /// Who takes mails over.
    pub mailer: Arc<dyn Mailer>,
    /// Which identity provider a tenant has.
    pub providers: Arc<dyn Providers>,
    /// The options of a tenant that is created on the way.
    pub defaults: TenantOptions,
    /// The tenants.
    pub tenants: BTreeMap<String, TenantOptions>,
    /// Whether anonymous login creates the tenant that it names, up to 1000.
    pub auto_tenants: bool,
}

/// All tenants. A clone is the same store.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    settings: Settings,
    shared: Shared,
    tenants: RwLock<Tenants>,
}

#[derive(Default)]
struct Tenants {
    by_name: BTreeMap<String, Arc<Tenant>>,
    /// How many of them were created on the way.
    created: usize,
}

/// How much a store holds, expired sessions included until they are swept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tenants.
    pub tenants: usize,
    /// Customers of all tenants.
    pub customers: usize,
    /// Anonymous sessions.
    pub anonymous_sessions: usize,
    /// Sessions of customers.
    pub customer_sessions: usize,
}

impl Counts {
    fn with(self, tenant: &Tenant) -> Self {
        let state = tenant.state();
        Self {
            tenants: self.tenants,
            customers: self.customers + state.customers.len(),
            anonymous_sessions: self.anonymous_sessions + state.anonymous.len(),
            customer_sessions: self.customer_sessions + state.sessions.len(),
        }
    }
}

impl Store {
    /// A store with the tenants that the settings name.
    ///
    /// # Errors
    ///
    /// When the system has no randomness to give.
    pub fn new(settings: Settings) -> Result<Self, getrandom::Error> {
        let shared = Shared {
            clock: settings.clock.clone(),
            passwords: Arc::new(Passwords::new(settings.hashing)),
            mailer: Arc::clone(&settings.mailer),
        };
        let store = Self(Arc::new(Inner { settings, shared, tenants: RwLock::default() }));
        store.reset()?;
        Ok(store)
    }

    /// A tenant.
    pub fn tenant(&self, name: &str) -> Option<Arc<Tenant>> {
        self.tenants().by_name.get(name).cloned()
    }

    /// A tenant, created if that is allowed.
    pub fn tenant_or_create(&self, name: &str) -> Option<Arc<Tenant>> {
        if let Some(tenant) = self.tenant(name) {
            return Some(tenant);
        }
        if !self.0.settings.auto_tenants || !Tenant::is_name(name) {
            return None;
        }
        let mut tenants = self.tenants_mut();
        // Somebody else may have been first.
        if let Some(tenant) = tenants.by_name.get(name) {
            return Some(Arc::clone(tenant));
        }
        if tenants.created >= CREATED {
            return None;
        }
        match self.make(name, self.0.settings.defaults.clone()) {
            Ok(tenant) => {
                tenants.created += 1;
                tenants.by_name.insert(name.to_owned(), Arc::clone(&tenant));
                Some(tenant)
            }
            Err(error) => {
                tracing::error!(%error, "a tenant cannot be created");
                None
            }
        }
    }

    /// Creates a tenant, or replaces the options of one. Whether it is new. State and key of one that is
    /// there stay, unless the options name a key.
    ///
    /// # Errors
    ///
    /// When the system has no randomness to give.
    pub fn put_tenant(&self, name: &str, options: TenantOptions) -> Result<bool, getrandom::Error> {
        let mut tenants = self.tenants_mut();
        if let Some(tenant) = tenants.by_name.get(name) {
            tenant.configure(options, &*self.0.settings.providers);
            return Ok(false);
        }
        let tenant = self.make(name, options)?;
        tenants.by_name.insert(name.to_owned(), tenant);
        Ok(true)
    }

    /// How much there is.
    pub fn count(&self) -> Counts {
        let tenants = self.all();
        let none = Counts { tenants: tenants.len(), ..Counts::default() };
        tenants.iter().fold(none, |sum, tenant| sum.with(tenant))
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.0.settings.clock
    }

    /// Removes what has expired and is not needed to say so any more.
    pub fn sweep(&self) {
        for tenant in self.all() {
            tenant.sweep();
        }
    }

    /// Back to the start: the tenants of the settings, without customers, and the system's time.
    ///
    /// # Errors
    ///
    /// When the system has no randomness to give.
    pub fn reset(&self) -> Result<(), getrandom::Error> {
        let mut fresh = Tenants::default();
        for (name, options) in &self.0.settings.tenants {
            fresh.by_name.insert(name.clone(), self.make(name, options.clone())?);
        }
        *self.tenants_mut() = fresh;
        self.clock().reset();
        Ok(())
    }

    fn make(&self, name: &str, options: TenantOptions) -> Result<Arc<Tenant>, getrandom::Error> {
        let tenant = Tenant::new(name, options, self.0.shared.clone(), &*self.0.settings.providers)?;
        Ok(Arc::new(tenant))
    }

    /// All tenants, without the lock: each of them may take a while.
    fn all(&self) -> Vec<Arc<Tenant>> {
        self.tenants().by_name.values().cloned().collect()
    }

    fn tenants(&self) -> RwLockReadGuard<'_, Tenants> {
        self.0.tenants.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn tenants_mut(&self) -> RwLockWriteGuard<'_, Tenants> {
        self.0.tenants.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Store").finish_non_exhaustive()
    }
}
