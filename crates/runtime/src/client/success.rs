//! What a call that succeeded answers.

use std::ops::Deref;

use http::StatusCode;
use http::header::HeaderMap;

use super::reply::Reply;

/// A declared success: the body, by `Deref`, and what came with it.
#[derive(Clone, Debug)]
pub struct Success<T> {
    body: T,
    status: StatusCode,
    headers: HeaderMap,
}

impl<T> Success<T> {
    /// A success without headers: what a substitute of a client answers with.
    pub fn new(status: StatusCode, body: T) -> Self {
        Self { body, status, headers: HeaderMap::new() }
    }

    pub(super) fn of(reply: &Reply, body: T) -> Self {
        Self { body, status: reply.status(), headers: reply.headers().clone() }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, owned.
    pub fn into_body(self) -> T {
        self.body
    }
}

impl<T> Deref for Success<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}
