//! Removes in the background what has expired.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval_at};

use super::App;

const PERIOD: Duration = Duration::from_secs(30);

/// Addresses come and go faster than customers do.
const THROTTLE_PERIOD: Duration = Duration::from_secs(5);

/// Starts sweeping, for as long as the runtime lives.
pub(super) fn start(app: &App) {
    let store = app.store.clone();
    tokio::spawn(every(PERIOD, move || store.sweep()));
    if let Some(limiter) = app.limiter.clone() {
        tokio::spawn(every(THROTTLE_PERIOD, move || limiter.forget_idle()));
    }
}

async fn every(period: Duration, sweep: impl Fn() + Clone + Send + 'static) {
    let mut ticks = interval_at(Instant::now() + period, period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        // It may take a while, and a panic in it must not be the last sweep; the panic's hook tells of it.
        let _ = tokio::task::spawn_blocking(sweep.clone()).await;
    }
}
