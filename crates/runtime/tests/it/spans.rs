//! The span of an operation: its name and fields, and nothing secret.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use http::Method;
use specwright_runtime::server::{Call, Reply, Response, Routes, Service};
use specwright_runtime::{Operation, Produces, Rejection, operation_span};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::server::{sent_to, served};

/// Writes down what spans are opened and what is recorded on them.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<String>>);

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

impl Subscriber for Notes {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        !metadata.target().starts_with("hyper")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut notes = self.0.lock().unwrap();
        let _ = write!(notes, "[{}", span.metadata().name());
        span.record(&mut Fields(&mut notes));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Fields(&mut self.0.lock().unwrap()));
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Fields(&mut self.0.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Quiet;

impl Service for Quiet {}

static LOGIN: Operation = Operation {
    id: "log in",
    method: Method::GET,
    path: "/login/{user}",
    parameters: &[],
    body: None,
    statuses: &["204"],
    produces: Produces::NONE,
    security: &[],
    servers: &[],
    span: operation_span!("log in"),
};

async fn login(_: Arc<Quiet>, _: Call) -> Result<Response, Rejection> {
    tracing::info!(at = "handler");
    Ok(Reply::empty(204).finish()?)
}

#[test]
fn a_span_has_the_operations_name_and_nothing_secret() {
    let notes = Notes::default();
    tracing::subscriber::with_default(notes.clone(), || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let address = served(Routes::new(Quiet).operation(&LOGIN, login).into_router()).await;
            let request = b"GET /login/ann?token=s3cret HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer s3cret\r\n\r\n";
            assert_eq!(sent_to(address, request).await.status, 204);
        });
    });
    let notes = notes.0.lock().unwrap().replace('"', "");
    assert_eq!(
        notes,
        "[log in http.request.method=GET http.route=/login/{user} at=handler http.response.status_code=204"
    );
}
