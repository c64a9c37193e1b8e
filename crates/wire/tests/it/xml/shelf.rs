//! A service on `generated/xml-bodies` that answers with what it is given, and both sides held against
//! documents written by hand.

use std::fmt::Debug;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use specwright_conformance::{Recorder, exchange};
use specwright_runtime::Failure;
use specwright_runtime::client::Request;
use specwright_runtime::server::Service;
use xml_bodies::Client;
use xml_bodies::operations::shelf::{
    PutAnimalsError, PutAnimalsRequest, PutAnimalsResponse, PutBookError, PutBookRequest, PutBookResponse,
    PutDrawingError, PutDrawingRequest, PutDrawingResponse, PutLabelsError, PutLabelsRequest,
    PutLabelsResponse, PutNoteBody, PutNoteError, PutNoteRequest, PutNoteResponse, PutPetsError,
    PutPetsRequest, PutPetsResponse,
};
use xml_bodies::server::{self, Shelf};

/// What every document begins with.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// The service.
#[derive(Clone, Default)]
pub struct Echo {
    seen: Arc<Mutex<bool>>,
}

impl Echo {
    /// Serves on a free port of the loopback interface.
    pub async fn start(&self) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket");
        let router = server::router(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    /// Whether no handler ran.
    pub fn is_untouched(&self) -> bool {
        !*self.seen.lock().expect("no poisoned lock")
    }

    fn touch(&self) {
        *self.seen.lock().expect("no poisoned lock") = true;
    }
}

impl Service for Echo {}

impl Shelf for Echo {
    async fn put_animals(
        &self,
        request: PutAnimalsRequest,
    ) -> Result<PutAnimalsResponse, Failure<PutAnimalsError>> {
        self.touch();
        Ok(request.body.into())
    }

    async fn put_book(&self, request: PutBookRequest) -> Result<PutBookResponse, Failure<PutBookError>> {
        self.touch();
        if request.body.title == "?" {
            let problem = xml_bodies::types::Problem::new(422).with_detail("<?>");
            return Err(PutBookError::UnprocessableContent(problem).into());
        }
        Ok(request.body.into())
    }

    async fn put_drawing(
        &self,
        request: PutDrawingRequest,
    ) -> Result<PutDrawingResponse, Failure<PutDrawingError>> {
        self.touch();
        Ok(request.body.into())
    }

    async fn put_labels(
        &self,
        request: PutLabelsRequest,
    ) -> Result<PutLabelsResponse, Failure<PutLabelsError>> {
        self.touch();
        Ok(request.body.into())
    }

    async fn put_note(&self, request: PutNoteRequest) -> Result<PutNoteResponse, Failure<PutNoteError>> {
        self.touch();
        let (PutNoteBody::Json(note) | PutNoteBody::Xml(note)) = request.body;
        Ok(note.into())
    }

    async fn put_pets(&self, request: PutPetsRequest) -> Result<PutPetsResponse, Failure<PutPetsError>> {
        self.touch();
        Ok(request.body.unwrap_or_default().into())
    }
}

/// What a path's documents are said to be.
fn media_type(path: &str) -> &'static str {
    if path == "/animals" { "text/xml" } else { "application/xml" }
}

/// The server's answer to a document; the handler gives back what it was given.
pub async fn echoed(path: &str, document: &str) -> String {
    let head = format!("PUT {path} HTTP/1.1\ncontent-type: {}", media_type(path));
    let answer = exchange(Echo::default().start().await, &head, document).await.expect("an answer");
    assert_eq!(answer.status, 200, "{document}: {}", answer.body);
    answer.body.strip_prefix(DECLARATION).expect("a declaration").to_owned()
}

/// The violations that a document is refused for, each as constraint and pointer.
pub async fn refused(path: &str, document: &str) -> String {
    let head = format!("PUT {path} HTTP/1.1\ncontent-type: {}", media_type(path));
    refused_as(&head, document).await
}

/// The same with a head of one's own.
pub async fn refused_as(head: &str, document: &str) -> String {
    let echo = Echo::default();
    let answer = exchange(echo.start().await, head, document).await.expect("an answer");
    assert_eq!(answer.status, 400, "{document}: {}", answer.body);
    assert!(echo.is_untouched(), "no handler ran");
    let problem: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    let violations = problem["violations"].as_array().into_iter().flatten();
    let text = |found: &serde_json::Value, key: &str| found[key].as_str().unwrap_or_default().to_owned();
    let told = violations.map(|found| format!("{} {}", text(found, "constraint"), text(found, "pointer")));
    told.collect::<Vec<_>>().join("; ").trim().to_owned()
}

/// The document leaves a client as the value does, and is the value again when it comes back; and the
/// server reads and writes it so, too.
pub async fn is_written<R>(path: &str, document: &str, request: R, value: &R::Output)
where
    R: Request + Send,
    R::Output: Send + Debug + PartialEq,
    R::Error: Send + Debug,
{
    assert_eq!(echoed(path, document).await, document);
    let media_type = media_type(path);
    let reply = format!("200\ncontent-type: {media_type}\n\n{DECLARATION}{document}");
    let recorder = Recorder::start(&reply).await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let answer = client.call(request).await.expect("an answer");
    assert_eq!(&*answer, value, "{document}");
    let accepted = if path == "/books" { "application/xml, application/problem+xml" } else { media_type };
    let head = format!("PUT {path} HTTP/1.1\naccept: {accepted}\ncontent-type: {media_type}");
    let sent = recorder.request().await.expect("a request");
    assert_eq!(sent, format!("{head}\n\n{DECLARATION}{document}"));
}
