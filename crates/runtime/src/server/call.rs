//! A request that has found its operation.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use http::request::Parts;

use super::asked::Asked;
use super::body::Payload;
use super::input::{FromCall, Input};
use super::path::Captures;
use super::reply::Render;
use super::security::{self, Basic, ClientCertificate, SecurityRequest};
use super::service::{Response, Service};
use crate::{Failure, Operation, Rejection};

/// A request that has found its operation, before any of it is decoded.
pub struct Call {
    operation: &'static Operation,
    parts: Parts,
    captures: Captures,
    // A body is not `Sync`, but a call lives across the authenticators' awaits.
    body: Mutex<Option<Body>>,
    service: Arc<dyn Service>,
    asked: Asked,
}

impl Call {
    pub(super) fn new(
        operation: &'static Operation,
        request: http::Request<Body>,
        captures: Captures,
        service: Arc<dyn Service>,
    ) -> Self {
        let (parts, body) = request.into_parts();
        let asked = Asked::of(&parts.headers);
        Self { operation, parts, captures, body: Mutex::new(Some(body)), service, asked }
    }

    /// The token of `Authorization: Bearer`.
    pub fn bearer(&self) -> Option<&str> {
        security::bearer(&self.parts.headers)
    }

    /// The credential of `Authorization: Basic`.
    pub fn basic(&self) -> Option<Basic> {
        security::basic(&self.parts.headers)
    }

    /// What follows another scheme in the `Authorization` header.
    pub fn http(&self, scheme: &str) -> Option<&str> {
        security::authorization(&self.parts.headers, scheme)
    }

    /// A key in a header.
    pub fn header_key(&self, name: &str) -> Option<&str> {
        security::only(&self.parts.headers, name)
    }

    /// A key in the query.
    pub fn query_key(&self, name: &str) -> Option<String> {
        security::query(&self.parts.uri, name)
    }

    /// A key in a cookie.
    pub fn cookie_key(&self, name: &str) -> Option<&str> {
        security::cookie(&self.parts.headers, name)
    }

    /// The certificate of the connection, where its host has put it into the request's extensions.
    pub fn certificate(&self) -> Option<&ClientCertificate> {
        self.parts.extensions.get()
    }

    /// What an authenticator sees, with the scopes that the operation asks of its scheme.
    pub fn security(&self, scopes: &'static [&'static str]) -> SecurityRequest<'_> {
        SecurityRequest { operation: self.operation, scopes, parts: &self.parts, captures: &self.captures }
    }

    /// The rejection where no alternative claims the request.
    pub fn unauthenticated(&self) -> Rejection {
        Rejection::unauthenticated().with_operation(self.operation)
    }

    /// Reads the body and decodes the whole request. All violations are in one rejection. A body of
    /// octets, of events or of items is left to the handler to read, unless it is short.
    pub async fn decode<R: FromCall>(&mut self) -> Result<R, Rejection> {
        self.asked.check(self.operation)?;
        let body = self.body.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        let payload: Pin<Box<dyn Future<Output = _> + Send>> =
            Box::pin(Payload::read(self.operation, &self.parts, body, &*self.service));
        let payload = payload.await?;
        Input::new(self.operation, &self.parts, &self.captures, &payload, &*self.service).decode()
    }

    /// What the caller takes as an answer.
    pub fn asked(&self) -> Asked {
        self.asked.clone()
    }

    /// The response that a handler's answer makes, whose media type it has picked: a success of one that the
    /// caller does not take is none.
    pub fn respond_acceptable<T: Render, E: Render>(
        &self,
        answer: Result<T, Failure<E>>,
    ) -> Result<Response, Rejection> {
        let is_success = answer.is_ok();
        let response = self.respond(answer)?;
        if is_success {
            self.asked.check_answer(&response)?;
        }
        Ok(response)
    }

    /// The response that a handler's answer makes.
    pub fn respond<T: Render, E: Render>(
        &self,
        answer: Result<T, Failure<E>>,
    ) -> Result<Response, Rejection> {
        match answer {
            Ok(response) => Ok(response.render(&self.asked)?),
            Err(failure) => Ok(failure.into_declared()?.render(&self.asked)?),
        }
    }
}

// What a request holds may be secret.
impl fmt::Debug for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Call").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}
