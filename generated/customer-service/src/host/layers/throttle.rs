//! How many requests an address may make.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use http::StatusCode;
use http::header::{HeaderValue, RETRY_AFTER};

use crate::api::error::problem;

/// Who sent a request.
#[derive(Clone, Copy, Debug)]
pub(in crate::host) struct Peer(pub IpAddr);

/// Counts what addresses ask for. Its clock is the machine's, which never goes back, and not the one that
/// development moves: there is no limit in development.
pub(in crate::host) struct Limiter {
    buckets: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
}

impl Limiter {
    /// So many requests a second, and four times as many at once.
    pub(in crate::host) fn new(rate: NonZeroU32) -> Self {
        let quota = Quota::per_second(rate).allow_burst(rate.saturating_mul(BURST));
        Self { buckets: RateLimiter::keyed(quota), clock: DefaultClock::default() }
    }

    /// Forgets addresses that have asked for nothing of late.
    pub(in crate::host) fn forget_idle(&self) {
        self.buckets.retain_recent();
        self.buckets.shrink_to_fit();
    }

    /// Seconds to wait, if it is too often.
    pub(super) fn check(&self, peer: Peer) -> Result<(), u64> {
        self.buckets.check_key(&peer.network()).map_err(|refused| {
            let wait = refused.wait_time_from(self.clock.now());
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
        })
    }
}

const BURST: NonZeroU32 = NonZeroU32::MIN.saturating_add(3);

impl Peer {
    /// One customer of a provider has a whole /64 of IPv6 addresses.
    fn network(self) -> IpAddr {
        match self.0.to_canonical() {
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).into(),
            address @ IpAddr::V4(_) => address,
        }
    }
}

/// Refuses what is too often. Where there is no route there is no throttle either, and a request from
/// nowhere, as in a test without a connection, is let through.
pub(super) async fn throttle(State(limiter): State<Arc<Limiter>>, request: Request, next: Next) -> Response {
    // What the router knows no route for may still be an operation with a slash at the end.
    let may_be_route =
        request.extensions().get::<MatchedPath>().is_some() || request.uri().path().ends_with('/');
    let peer = request.extensions().get::<Peer>().copied().filter(|_| may_be_route);
    let Some(Err(seconds)) = peer.map(|peer| limiter.check(peer)) else { return next.run(request).await };
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response =
        problem(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", "Too many requests from this address.");
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    if let Some(route) = route {
        response.extensions_mut().insert(route);
    }
    response
}
