//! The parts that a running service is made of, and how requests get to them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use http::{HeaderValue, StatusCode};

use super::layers::{self, Limiter};
use super::metrics::Metrics;
use super::openapi::Document;
use super::{Options, StartError, TenantTable, dev, docs, health, metrics, openapi};
use crate::api::CustomerService;
use crate::api::error::problem;
use crate::domain::clock::Clock;
use crate::domain::store::{Settings, Store};
use crate::identity::Registry;
use crate::mail::{Directory, Outbox, Queue, Smtp, SmtpOptions, Transport};

/// The parts that a running service is made of. A clone is the same service.
#[derive(Clone)]
pub struct App {
    /// The tenants.
    pub store: Store,
    /// Where mails go.
    pub mail: Queue,
    pub(super) metrics: Metrics,
    pub(super) limiter: Option<Arc<Limiter>>,
    dev: Option<Dev>,
    cors_origins: Vec<HeaderValue>,
    draining: Arc<AtomicBool>,
}

/// What is there in development only.
#[derive(Clone)]
pub(super) struct Dev {
    pub outbox: Outbox,
    pub identities: Arc<Registry>,
    pub tenant_defaults: TenantTable,
}

impl App {
    /// A service with these options. It needs a Tokio runtime around it.
    pub fn new(options: &Options) -> Result<Self, StartError> {
        let clock = Clock::default();
        let outbox = options.dev.then(Outbox::new);
        let mail = Queue::start(transports(options, outbox.as_ref())?);
        let identities = Arc::new(Registry::new(clock.clone(), options.dev).map_err(StartError::Tls)?);
        let store = Store::new(Settings {
            clock,
            hashing: options.hashing,
            mailer: Arc::new(mail.clone()),
            providers: Arc::clone(&identities) as _,
            defaults: options.tenant_defaults.options().unwrap_or_default(),
            tenants: options.tenants.clone(),
            auto_tenants: options.auto_tenants,
        })?;
        let tenant_defaults = options.tenant_defaults.clone();
        Ok(Self {
            metrics: Metrics::new(&store, &mail),
            store,
            mail,
            limiter: options.rate_limit.map(|rate| Arc::new(Limiter::new(rate))),
            dev: outbox.map(|outbox| Dev { outbox, identities, tenant_defaults }),
            cors_origins: options.cors_origins.clone(),
            draining: Arc::default(),
        })
    }

    /// All routes, with everything around them. The origin is what the served document calls the service.
    pub fn router(&self, origin: &str) -> Result<Router, StartError> {
        let document = Document::new(origin).map_err(StartError::Document)?;
        let operations = customer_api::server::router(CustomerService::new(self.store.clone()));
        let mut routes = Router::new()
            .merge(docs::routes())
            .merge(openapi::routes(document))
            .merge(health::routes(self.clone()))
            .merge(metrics::routes(self.metrics.clone()));
        if let Some(dev) = &self.dev {
            routes = routes.merge(dev::routes(self, dev));
        }
        let routes = layers::of_our_own(routes.method_not_allowed_fallback(method_not_allowed))
            .merge(layers::throttled(operations, self.limiter.as_ref()));
        Ok(layers::around(routes, &self.metrics, &self.cors_origins))
    }

    /// From now on it says that it is not ready.
    pub(super) fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }
}

fn transports(options: &Options, outbox: Option<&Outbox>) -> Result<Vec<Box<dyn Transport>>, StartError> {
    let mut transports: Vec<Box<dyn Transport>> = Vec::new();
    if let Some(outbox) = outbox {
        transports.push(Box::new(outbox.clone()));
    }
    if let Some(path) = &options.outbox_dir {
        let directory = Directory::new(path)
            .map_err(|error| StartError::OutboxDir { path: path.clone(), reason: error.kind() })?;
        transports.push(Box::new(directory));
    }
    if let Some(url) = &options.smtp_url {
        let smtp = SmtpOptions { from: options.mail_from.clone(), ..SmtpOptions::new(url.expose()) };
        transports.push(Box::new(Smtp::new(&smtp)?));
    }
    if transports.is_empty() {
        tracing::warn!("mails reach nobody: neither --smtp-url nor --outbox-dir is set");
    }
    Ok(transports)
}

async fn method_not_allowed() -> axum::response::Response {
    problem(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "The method is not allowed here.")
}
