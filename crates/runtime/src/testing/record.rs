//! The recording service: what it got, what it is to answer, whom it knows.

use std::any::TypeId;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::subject::{Answer, Anything, Subject};
use crate::client::Core;
use crate::server::{Authentication, Basic, Routes, SecurityRequest};
use crate::{Failure, Unimplemented};

/// What a recording service got, and what it is to answer, by the request's type: tests of different
/// operations share one service.
#[derive(Clone, Default)]
pub struct Record(Arc<Mutex<Slots>>);

#[derive(Default)]
struct Slots {
    requests: HashMap<TypeId, Anything>,
    answers: HashMap<TypeId, Anything>,
}

impl Record {
    fn slots(&self) -> MutexGuard<'_, Slots> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a request, and answers what was set; 501 where nothing was.
    pub fn answer<S: Subject>(&self, request: S) -> Result<S::Response, Failure<S::Declared>> {
        let mut slots = self.slots();
        slots.requests.insert(TypeId::of::<S>(), Box::new(request));
        let answer = slots.answers.remove(&TypeId::of::<S>());
        match answer.and_then(|answer| answer.downcast::<Answer<S>>().ok()) {
            Some(answer) => (*answer).map_err(Failure::from),
            None => Err(Unimplemented.into()),
        }
    }

    /// Sets the next answer.
    pub(super) fn set(&self, request: TypeId, answer: Anything) {
        self.slots().answers.insert(request, answer);
    }

    /// Takes out what was got.
    pub(super) fn take(&self, request: TypeId) -> Option<Anything> {
        self.slots().requests.remove(&request)
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Record").finish_non_exhaustive()
    }
}

/// A recording service behind its router, and a client of it.
#[derive(Debug)]
pub struct Service {
    pub(super) router: axum::Router,
    pub(super) record: Record,
    pub(super) unservable: Vec<(&'static str, &'static str)>,
    pub(super) core: Result<Core, String>,
}

impl Service {
    /// The service that these routes make.
    pub fn new<S: crate::server::Service>(routes: impl FnOnce(Record) -> Routes<S>) -> Self {
        let record = Record::default();
        let routes = routes(record.clone());
        let unservable = routes.unservable().iter().map(|one| (one.operation.id, one.reason)).collect();
        let core = Core::builder(&[]).base_url("http://localhost").build().map_err(|error| error.to_string());
        Self { router: routes.into_router(), record, unservable, core }
    }
}

/// Who has shown the credential of a scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claimed(());

/// Stands for a connection that is a credential.
#[derive(Clone, Copy, Debug)]
pub(super) struct Connection;

/// A token or key.
pub fn authenticate(found: Option<&str>, token: &str) -> Authentication<Claimed> {
    claimed(found == Some(token))
}

/// A user and password, which are the same.
pub fn authenticate_basic(found: Option<&Basic>, token: &str) -> Authentication<Claimed> {
    claimed(found.is_some_and(|basic| basic.user == token && basic.password.expose() == token))
}

/// A connection.
pub fn authenticate_connection(request: SecurityRequest<'_>) -> Authentication<Claimed> {
    claimed(request.extensions().get::<Connection>().is_some())
}

fn claimed(is_good: bool) -> Authentication<Claimed> {
    if is_good { Authentication::Principal(Claimed(())) } else { Authentication::NotMine }
}
