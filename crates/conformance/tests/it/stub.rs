//! A service that answers what a test tells it to, and keeps what it was asked.

use std::any::Any;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use customer_api::server::account::RetrieveCustomerProfilePrincipal;
use customer_api::server::authentication::RefreshCustomerTokenPrincipal;
use customer_api::server::{self, Authenticate};
use specwright_runtime::server::{Authentication, Response, SecurityRequest, Service, problem};
use specwright_runtime::{Failure, Rejection, Unimplemented};

/// The token that makes a [`Customer`].
pub const CUSTOMER: &str = "customer-token";
/// The token that makes an [`Anonymous`].
pub const ANONYMOUS: &str = "anonymous-token";
/// The token of a customer who is shut out: the authenticator of customers rejects it.
pub const BANNED: &str = "banned-token";
/// What a handler says when it panics.
pub const PANIC: &str = "the database password is 12345";

/// Who sent a customer access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer;

/// Who sent an anonymous access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anonymous;

/// Who a handler was told has sent the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// Nobody in particular: the operation asks for no credential.
    Nobody,
    /// An [`Anonymous`].
    Anonymous,
    /// A [`Customer`].
    Customer,
}

impl From<Anonymous> for Sender {
    fn from(_: Anonymous) -> Self {
        Self::Anonymous
    }
}

impl From<Customer> for Sender {
    fn from(_: Customer) -> Self {
        Self::Customer
    }
}

impl From<RetrieveCustomerProfilePrincipal<Customer, Anonymous>> for Sender {
    fn from(principal: RetrieveCustomerProfilePrincipal<Customer, Anonymous>) -> Self {
        match principal {
            RetrieveCustomerProfilePrincipal::CustomerAccessToken(customer) => customer.into(),
            RetrieveCustomerProfilePrincipal::AnonymousAccessToken(anonymous) => anonymous.into(),
        }
    }
}

impl From<RefreshCustomerTokenPrincipal<Anonymous, Customer>> for Sender {
    fn from(principal: RefreshCustomerTokenPrincipal<Anonymous, Customer>) -> Self {
        match principal {
            RefreshCustomerTokenPrincipal::AnonymousAccessToken(anonymous) => anonymous.into(),
            RefreshCustomerTokenPrincipal::CustomerAccessToken(customer) => customer.into(),
        }
    }
}

type Slot = Arc<Mutex<Option<Box<dyn Any + Send>>>>;

/// How a service of its own renders rejections.
pub type Hook = fn(&Rejection) -> Response;

/// The answer of a handler that gives none.
struct Panics;

/// The service.
#[derive(Clone, Debug, Default)]
pub struct Stub {
    sender: Arc<Mutex<Option<Sender>>>,
    request: Slot,
    answer: Slot,
    hook: Option<Hook>,
}

impl Stub {
    /// A service that renders rejections in its own way.
    pub fn rejecting(hook: Hook) -> Self {
        Self { hook: Some(hook), ..Self::default() }
    }

    /// Serves on a free port of the loopback interface.
    pub async fn start(&self) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket");
        let router = server::router(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    /// Sets the answer to the next request.
    pub fn answer<T: Send + 'static, E: Send + 'static>(&self, answer: Result<T, Failure<E>>) {
        *self.answer.lock().expect("no poisoned lock") = Some(Box::new(answer));
    }

    /// Makes the next handler panic, with the text of [`PANIC`].
    pub fn panic_next(&self) {
        *self.answer.lock().expect("no poisoned lock") = Some(Box::new(Panics));
    }

    /// The request that was seen last, if it was one of that type.
    pub fn seen<R: 'static>(&self) -> Option<R> {
        let request = self.request.lock().expect("no poisoned lock").take()?;
        request.downcast().ok().map(|request| *request)
    }

    /// Who sent the request that was seen last.
    pub fn sender(&self) -> Option<Sender> {
        *self.sender.lock().expect("no poisoned lock")
    }

    /// Whether no handler ran since the last call of [`Stub::seen`].
    pub fn is_untouched(&self) -> bool {
        self.request.lock().expect("no poisoned lock").is_none()
    }

    pub(crate) fn play<R: Send + 'static, T: 'static, E: 'static>(
        &self,
        sender: impl Into<Sender>,
        request: R,
    ) -> Result<T, Failure<E>> {
        *self.sender.lock().expect("no poisoned lock") = Some(sender.into());
        *self.request.lock().expect("no poisoned lock") = Some(Box::new(request));
        let answer = self.answer.lock().expect("no poisoned lock").take();
        assert!(!answer.as_ref().is_some_and(|answer| answer.is::<Panics>()), "{PANIC}");
        match answer.and_then(|answer| answer.downcast().ok()) {
            Some(answer) => *answer,
            None => Err(Unimplemented.into()),
        }
    }
}

impl Service for Stub {
    fn reject(&self, rejection: &Rejection) -> Response {
        self.hook.unwrap_or(problem)(rejection)
    }
}

impl Authenticate for Stub {
    type AnonymousAccessToken = Anonymous;
    type CustomerAccessToken = Customer;

    async fn anonymous_access_token(
        &self,
        token: Option<&str>,
        _request: SecurityRequest<'_>,
    ) -> Authentication<Anonymous> {
        if token == Some(ANONYMOUS) { Authentication::Principal(Anonymous) } else { Authentication::NotMine }
    }

    async fn customer_access_token(
        &self,
        token: Option<&str>,
        _request: SecurityRequest<'_>,
    ) -> Authentication<Customer> {
        match token {
            Some(CUSTOMER) => Authentication::Principal(Customer),
            Some(BANNED) => {
                Authentication::Reject(Rejection::forbidden().with_detail("This account is locked."))
            }
            _ => Authentication::NotMine,
        }
    }
}
