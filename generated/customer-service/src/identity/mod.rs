//! Identity providers: any OpenID provider, and one for development.

use std::sync::Arc;

use crate::domain::clock::Clock;
use crate::domain::identity::{IdentityProvider, Providers};
use crate::domain::options::TenantOptions;

mod dev;
mod fetch;
mod openid;

pub use dev::{Authorization, AuthorizationError, DevProvider};

pub use openid::OpenIdProvider;

use fetch::Fetch;

/// Knows which provider a tenant has: the one of its options, else in development the built-in one.
pub struct Registry {
    fetch: Fetch,
    clock: Clock,
    dev: Option<DevProvider>,
}

impl Registry {
    /// With or without the provider for development.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub fn new(clock: Clock, dev: bool) -> Result<Self, reqwest::Error> {
        let dev = dev.then(|| DevProvider::new(clock.clone()));
        Ok(Self { fetch: Fetch::new()?, clock, dev })
    }

    /// The provider for development.
    pub fn dev(&self) -> Option<&DevProvider> {
        self.dev.as_ref()
    }
}

impl Providers for Registry {
    fn provider(&self, tenant: &str, options: &TenantOptions) -> Option<Arc<dyn IdentityProvider>> {
        if let Some(options) = &options.identity_provider {
            let provider = OpenIdProvider::new(options.clone(), self.fetch.clone(), self.clock.clone());
            return Some(Arc::new(provider));
        }
        Some(Arc::new(self.dev.as_ref()?.of_tenant(tenant)))
    }
}
