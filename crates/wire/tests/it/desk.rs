//! What both sides of a contract make of a request: text that arrives as a value, a value that leaves as
//! that text.

use std::any::Any;
use std::fmt::Debug;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use specwright_conformance::{Recorder, exchange};

/// What a handler was asked last.
#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<Option<Box<dyn Any + Send>>>>);

impl Kept {
    pub fn keep(&self, request: impl Send + 'static) {
        *self.0.lock().expect("no poisoned lock") = Some(Box::new(request));
    }

    /// The request that was seen last, if it was one of that type.
    pub fn seen<R: 'static>(&self) -> Option<R> {
        let request = self.0.lock().expect("no poisoned lock").take()?;
        request.downcast().ok().map(|request| *request)
    }
}

/// Serves on a free port of the loopback interface.
pub async fn serve(router: axum::Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound socket");
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// A request, and how a service and a client of one contract have it.
pub struct Sides<R, S, C> {
    pub service: S,
    pub router: fn(S) -> axum::Router,
    pub kept: fn(&S) -> &Kept,
    /// Sends the request to a base URL.
    pub send: fn(String, R) -> C,
}

impl<R, S, C> Sides<R, S, C>
where
    R: Clone + Debug + PartialEq + 'static,
    S: Clone,
    C: Future<Output = ()>,
{
    /// The text arrives as the value.
    pub async fn is_read(&self, text: &str, request: &R) {
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let address = serve((self.router)(self.service.clone())).await;
        let answer = exchange(address, head, body).await.expect("an answer");
        assert_eq!(answer.status, 204, "{text}: {}", answer.body);
        assert_eq!((self.kept)(&self.service).seen().as_ref(), Some(request), "{text}");
    }

    /// And the value leaves as the text.
    pub async fn is_written(&self, text: &str, request: &R) {
        self.is_read(text, request).await;
        let recorder = Recorder::start("204").await.expect("a free port");
        (self.send)(recorder.base_url(), request.clone()).await;
        let sent = recorder.request().await.expect("a request");
        let boundary = sent.split("boundary=").nth(1).and_then(|rest| rest.lines().next());
        let sent = boundary.map_or_else(|| sent.clone(), |boundary| sent.replace(boundary, "XX"));
        assert_eq!(sent, text);
    }

    /// What the text is refused for: each violation as its location, name, constraint and pointer.
    pub async fn refused(&self, text: &str) -> String {
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let address = serve((self.router)(self.service.clone())).await;
        let answer = exchange(address, head, body).await.expect("an answer");
        assert_eq!(answer.status, 400, "{text}: {}", answer.body);
        let problem: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
        let violations = problem["violations"].as_array().into_iter().flatten();
        let told = violations.map(|found| {
            let words = ["location", "name", "constraint", "pointer"].map(|key| found[key].as_str());
            words.into_iter().flatten().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        });
        told.collect::<Vec<_>>().join("; ")
    }
}
