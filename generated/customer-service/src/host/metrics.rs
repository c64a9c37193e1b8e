//! What Prometheus gets to see.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use http::header::CONTENT_TYPE;
use http::{Method, StatusCode};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric as _, text};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::domain::store::Store;
use crate::mail::Queue;

const SECONDS: [f64; 12] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 15.0];

/// The counters of the service. A clone counts in the same place.
#[derive(Clone)]
pub(super) struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Answered, Counter>,
    durations: Family<Asked, Histogram>,
    under_way: Gauge,
}

/// What a request turned out to ask for. All labels come from a fixed set.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Asked {
    /// The operation's id, or nothing.
    pub operation: &'static str,
    /// The route's template, or nothing.
    pub route: Cow<'static, str>,
    pub method: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    operation: &'static str,
    route: Cow<'static, str>,
    method: &'static str,
    status: u16,
}

impl Metrics {
    /// With what the service holds.
    pub(super) fn new(store: &Store, mail: &Queue) -> Self {
        let mut registry = Registry::default();
        registry.register_collector(Box::new(Held { store: store.clone(), mail: mail.clone() }));
        Self::over(registry)
    }

    /// Beside what the registry has.
    pub(super) fn over(mut registry: Registry) -> Self {
        let requests = Family::default();
        registry.register("http_requests", "Requests that were answered", requests.clone());
        let durations: Family<Asked, Histogram> = Family::new_with_constructor(|| Histogram::new(SECONDS));
        let help = "Time from a request's head to its answer's";
        registry.register_with_unit("http_request_duration", help, Unit::Seconds, durations.clone());
        let under_way = Gauge::default();
        registry.register("http_requests_in_flight", "Requests under way", under_way.clone());
        Self { registry: Arc::new(registry), requests, durations, under_way }
    }

    pub(super) fn begin(&self) -> UnderWay {
        self.under_way.inc();
        UnderWay(self.under_way.clone())
    }

    pub(super) fn answered(&self, asked: &Asked, status: StatusCode, took: Duration) {
        let Asked { operation, ref route, method } = *asked;
        let answered = Answered { operation, route: route.clone(), method, status: status.as_u16() };
        self.requests.get_or_create(&answered).inc();
        self.durations.get_or_create(asked).observe(took.as_secs_f64());
    }
}

/// Counts as under way for as long as it lives.
pub(super) struct UnderWay(Gauge);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// A method as a label: clients may make up others.
pub(super) fn method(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    KNOWN.into_iter().find(|known| method == known).unwrap_or("other")
}

/// What the service holds, counted when somebody asks.
struct Held {
    store: Store,
    mail: Queue,
}

impl fmt::Debug for Held {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Held")
    }
}

impl Collector for Held {
    fn encode(&self, mut encoder: DescriptorEncoder) -> Result<(), fmt::Error> {
        let counts = self.store.count();
        gauge(&mut encoder, "tenants", "Tenants", counts.tenants)?;
        gauge(&mut encoder, "customers", "Customers", counts.customers)?;
        let help = "Sessions, those that have expired and wait for the sweeper included";
        let sessions = [("anonymous", counts.anonymous_sessions), ("customer", counts.customer_sessions)];
        let mut family = encoder.encode_descriptor("sessions", help, None, MetricType::Gauge)?;
        for (kind, open) in sessions {
            number(open).encode(family.encode_family(&[("kind", kind)])?)?;
        }
        gauge(&mut encoder, "mails_queued", "Mails that wait for a transport", self.mail.pending())?;
        let lost = ConstCounter::<u64>::new(self.mail.undelivered());
        lost.encode(encoder.encode_descriptor(
            "mails_undelivered",
            "Mails that did not arrive",
            None,
            lost.metric_type(),
        )?)
    }
}

fn gauge(encoder: &mut DescriptorEncoder, name: &str, help: &str, count: usize) -> fmt::Result {
    let gauge = number(count);
    gauge.encode(encoder.encode_descriptor(name, help, None, gauge.metric_type())?)
}

fn number(count: usize) -> ConstGauge {
    ConstGauge::new(i64::try_from(count).unwrap_or(i64::MAX))
}

pub(super) fn routes(metrics: Metrics) -> Router {
    Router::new().route("/metrics", get(shown)).with_state(metrics)
}

async fn shown(State(metrics): State<Metrics>) -> Response {
    const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    let mut body = String::new();
    match text::encode(&mut body, &metrics.registry) {
        Ok(()) => ([(CONTENT_TYPE, TEXT)], body).into_response(),
        Err(fmt::Error) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
