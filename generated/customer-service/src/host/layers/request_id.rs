//! Which ids of requests are taken from clients.

use axum::extract::Request;
use http::header::{HeaderName, HeaderValue};

pub(super) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken.
const LENGTH: usize = 64;

/// Removes an id that could not stand in a log as it is.
pub(super) fn without_unfit(mut request: Request) -> Request {
    let ids: Vec<&HeaderValue> = request.headers().get_all(X_REQUEST_ID).iter().collect();
    if !matches!(ids[..], [] | [_]) || ids.iter().any(|id| !is_fit(id)) {
        request.headers_mut().remove(X_REQUEST_ID);
    }
    request
}

fn is_fit(id: &HeaderValue) -> bool {
    let is_plain = |octet: &u8| octet.is_ascii_alphanumeric() || b"-_.".contains(octet);
    (1..=LENGTH).contains(&id.len()) && id.as_bytes().iter().all(is_plain)
}
