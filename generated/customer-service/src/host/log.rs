//! The log, on standard error.

use std::panic;

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{EnvFilter, filter_fn};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer as _, Registry, fmt};

use super::LogFormat;

/// The crates whose words we know. What libraries say below a warning may hold headers.
const OURS: [&str; 3] = ["customer_service", "customer_api", "specwright_runtime"];

/// Starts the log. The filter has been read before.
pub(super) fn start(format: LogFormat, filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let written = fmt::layer().with_writer(std::io::stderr);
    let layer = match format {
        LogFormat::Text => written.with_ansi(false).with_target(false).boxed(),
        LogFormat::Json => written.json().flatten_event(true).with_span_list(false).boxed(),
    };
    // A second start in one process keeps the first log.
    let _ = Registry::default().with(layer.with_filter(filter_fn(is_safe)).with_filter(filter)).try_init();
    panic::set_hook(Box::new(|panic| {
        // The message is left out: it may repeat what was being worked on.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a panic");
    }));
}

fn is_safe(metadata: &Metadata<'_>) -> bool {
    let krate = metadata.target().split("::").next().unwrap_or_default();
    *metadata.level() <= Level::WARN || OURS.contains(&krate)
}
