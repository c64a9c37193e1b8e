//! From operations to a router.

use std::any::Any;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use axum::body::Body;
use axum::routing::any;
use http::Request;
use http::header::{ALLOW, HeaderValue};
use tracing::Instrument as _;

use super::call::Call;
use super::path::{Captures, Conditions, Template};
use super::security::with_challenges;
use super::service::{Response, Service, rejected};
use crate::Location;
use crate::target::Target;
use crate::{Operation, Rejection, RejectionKind, span};

type Answer = Pin<Box<dyn Future<Output = Result<Response, Rejection>> + Send>>;
type Handler<S> = Box<dyn Fn(Arc<S>, Call) -> Answer + Send + Sync>;

/// What a query has in the place of path parameters.
type InQuery = Vec<(&'static str, String)>;

/// The operations that a service answers.
///
/// Every response of an operation carries the operation in its extensions, rejections included, so that
/// a layer around the router can tell what answered: `response.extensions().get::<&'static Operation>()`.
/// Where the path or the method is no operation's, there is none.
pub struct Routes<S> {
    table: Table<S>,
    unservable: Vec<Unservable>,
    /// The handler of each, in case it is moved.
    unmounted: Vec<Handler<S>>,
}

/// An operation that no request can reach.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Unservable {
    /// The operation.
    pub operation: &'static Operation,
    /// Why.
    pub reason: &'static str,
}

struct Table<S> {
    service: Arc<S>,
    routes: Vec<Route<S>>,
    /// The routes by their templates' shapes, as long as operations are added.
    shapes: HashMap<String, usize>,
}

/// The operations of one path shape.
struct Route<S> {
    template: Template,
    /// The template as axum's router writes it, where that one can hold it.
    axum_path: Option<String>,
    entries: Vec<Entry<S>>,
}

struct Entry<S> {
    operation: &'static Operation,
    names: Vec<&'static str>,
    conditions: Conditions,
    handler: Handler<S>,
}

impl<S: Service> Routes<S> {
    /// No operations yet.
    pub fn new(service: S) -> Self {
        Self {
            table: Table { service: Arc::new(service), routes: Vec::new(), shapes: HashMap::new() },
            unservable: Vec::new(),
            unmounted: Vec::new(),
        }
    }

    /// Adds an operation.
    #[must_use]
    pub fn operation<H, F>(mut self, operation: &'static Operation, handler: H) -> Self
    where
        H: Fn(Arc<S>, Call) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Response, Rejection>> + Send + 'static,
    {
        self.add(operation, operation.path, Box::new(move |s, call| Box::pin(handler(s, call))));
        self
    }

    /// Moves an operation to another path, one without parameters that no other operation of its method
    /// has: `routes.at(&NEW_PET, "/hooks/pets")`. Where the contract leaves the path to its receiver, as
    /// it does for webhooks and callbacks, this chooses it.
    #[must_use]
    pub fn at(mut self, operation: &'static Operation, path: &'static str) -> Self {
        if let Some(handler) = self.table.take(operation).or_else(|| self.take_unmounted(operation)) {
            self.add(operation, path, handler);
        }
        self
    }

    fn take_unmounted(&mut self, operation: &'static Operation) -> Option<Handler<S>> {
        let at = self.unservable.iter().position(|found| std::ptr::eq(found.operation, operation))?;
        self.unservable.remove(at);
        Some(self.unmounted.remove(at))
    }

    fn add(&mut self, operation: &'static Operation, path: &'static str, handler: Handler<S>) {
        if let Err((reason, handler)) = self.table.add(operation, path, handler) {
            self.unservable.push(Unservable { operation, reason });
            self.unmounted.push(handler);
        }
    }

    /// Operations that no request can reach: their path is another's, or none at all.
    pub fn unservable(&self) -> &[Unservable] {
        &self.unservable
    }

    /// The router.
    pub fn into_router(self) -> axum::Router {
        let mut table = self.table;
        table.shapes = HashMap::new();
        table.routes.retain(|route| !route.entries.is_empty());
        table.routes.sort_by_cached_key(|route| route.template.ranks());
        for route in &mut table.routes {
            route.entries.sort_by_key(|entry| Reverse(entry.conditions.weight()));
        }
        let table = Arc::new(table);
        let mut router = axum::Router::new();
        for (at, route) in table.routes.iter().enumerate() {
            let Some(path) = &route.axum_path else { continue };
            let table = Arc::clone(&table);
            router = router.route(
                path,
                any(move |request: Request<Body>| {
                    let table = Arc::clone(&table);
                    async move { table.serve(Some(at), request).await }
                }),
            );
        }
        let router = router.fallback(move |request: Request<Body>| {
            let table = Arc::clone(&table);
            async move { table.serve(None, request).await }
        });
        // Makes services of the handlers now; else each request that no server has made a service for does.
        router.with_state(())
    }
}

impl<S> fmt::Debug for Routes<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.table.routes.iter().flat_map(|route| &route.entries);
        formatter.debug_list().entries(entries.map(|entry| entry.operation.id)).finish()
    }
}

impl<S: Service> Table<S> {
    fn add(
        &mut self,
        operation: &'static Operation,
        path: &'static str,
        handler: Handler<S>,
    ) -> Result<(), (&'static str, Handler<S>)> {
        let target = Target::of(operation, path);
        let texts = |name: &str| operation.parameter(Location::Path, name).map_or(&[][..], |one| one.one_of);
        let template = match Template::parse(target.path, texts) {
            Ok(template) => template,
            Err(reason) => return Err((reason, handler)),
        };
        let conditions = Conditions::of(&target);
        let entry = Entry { operation, names: template.names(), conditions, handler };
        let at = *self.shapes.entry(template.shape()).or_insert(self.routes.len());
        let Some(route) = self.routes.get_mut(at) else {
            let axum_path = template.axum_path();
            self.routes.push(Route { template, axum_path, entries: vec![entry] });
            return Ok(());
        };
        let is_same = |other: &Entry<S>| {
            other.operation.method == operation.method && other.conditions == entry.conditions
        };
        if route.entries.iter().any(is_same) {
            return Err(("another operation has the same method and path", entry.handler));
        }
        route.entries.push(entry);
        Ok(())
    }

    /// Takes an operation out.
    fn take(&mut self, operation: &'static Operation) -> Option<Handler<S>> {
        let is_it = |entry: &Entry<S>| std::ptr::eq(entry.operation, operation);
        self.routes.iter_mut().find_map(|route| {
            let at = route.entries.iter().position(is_it)?;
            Some(route.entries.remove(at).handler)
        })
    }

    fn find<'a>(&self, held: Option<usize>, path: &'a str) -> Option<(&Route<S>, Vec<Cow<'a, str>>)> {
        let candidates = &self.routes[..held.map_or(self.routes.len(), |held| held + 1)];
        candidates.iter().enumerate().find_map(|(at, route)| {
            let is_candidate = held.is_none_or(|held| at == held || route.axum_path.is_none());
            if is_candidate { Some((route, route.template.captures(path)?)) } else { None }
        })
    }

    /// Answers a request. `held` is the route that axum's router found, and what it cannot hold may
    /// still be meant before that one.
    async fn serve(&self, held: Option<usize>, request: Request<Body>) -> Response {
        let path = request.uri().path();
        let found = self.find(held, path).or_else(|| {
            let shorter = path.strip_suffix('/').filter(|_| self.service.ignores_trailing_slash())?;
            self.find(None, shorter)
        });
        let Some((route, texts)) = found else {
            return rejected(&*self.service, &Rejection::new(RejectionKind::NotFound));
        };
        let (entry, in_query) = match route.entry(&request) {
            Ok(found) => found,
            Err(rejection) => return rejected(&*self.service, &rejection),
        };
        let named = entry.names.iter().copied().zip(texts);
        let in_query = in_query.into_iter().map(|(name, text)| (name, Cow::Owned(text)));
        let Some(captures) = Captures::new(named.chain(in_query)) else {
            return rejected(&*self.service, &Rejection::new(RejectionKind::NotFound));
        };
        self.answer(entry, captures, request).await
    }

    async fn answer(&self, entry: &Entry<S>, captures: Captures, request: Request<Body>) -> Response {
        let operation = entry.operation;
        let span = span::opened(operation);
        let service = Arc::clone(&self.service);
        let call = Call::new(operation, request, captures, service);
        let answer = (entry.handler)(Arc::clone(&self.service), call);
        let respond = async {
            let answer =
                caught(answer).await.unwrap_or_else(|_| Err(Rejection::internal("the handler panicked")));
            answer.unwrap_or_else(|rejection| {
                let rejection = with_challenges(rejection.with_operation(operation), operation);
                rejected(&*self.service, &rejection)
            })
        };
        let mut response = respond.instrument(span.clone()).await;
        response.extensions_mut().insert(operation);
        span::answered(&span, response.status());
        response
    }
}

impl<S> Route<S> {
    /// The operation that a request means, and what its query has in the place of path parameters.
    fn entry(&self, request: &Request<Body>) -> Result<(&Entry<S>, InQuery), Rejection> {
        let mut entries =
            self.entries.iter().filter(|entry| entry.operation.method == request.method()).peekable();
        if entries.peek().is_none() {
            return Err(method_not_allowed(self));
        }
        let query = request.uri().query().unwrap_or_default();
        let found =
            entries.find_map(|entry| Some((entry, entry.conditions.captures(query, request.headers())?)));
        found.ok_or_else(|| Rejection::new(RejectionKind::NotFound))
    }
}

fn method_not_allowed<S>(route: &Route<S>) -> Rejection {
    let mut methods: Vec<&str> = Vec::new();
    for entry in &route.entries {
        let method = entry.operation.method.as_str();
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    let rejection = Rejection::new(RejectionKind::MethodNotAllowed);
    match HeaderValue::from_str(&methods.join(", ")) {
        Ok(allow) => rejection.with_header(ALLOW, allow),
        Err(_) => rejection,
    }
}

/// A future's output, or what it panicked with.
async fn caught<T>(mut future: Pin<Box<dyn Future<Output = T> + Send>>) -> Result<T, Box<dyn Any + Send>> {
    poll_fn(|context| {
        // The future is dropped after a panic and never polled again.
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    })
    .await
}
