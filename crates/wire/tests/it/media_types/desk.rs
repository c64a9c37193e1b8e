//! A service on `generated/media-types` that keeps what it was asked.

use std::any::Any;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use media_types::operations::forms::{
    AddNoteError, AddNoteRequest, AddNoteResponse, RequestTokenError, RequestTokenRequest,
    RequestTokenResponse, SearchError, SearchRequest, SearchResponse,
};
use media_types::operations::parts::{UploadError, UploadRequest, UploadResponse};
use media_types::server::{self, Forms, Parts};
use specwright_runtime::Failure;
use specwright_runtime::server::Service;

/// The service.
#[derive(Clone, Default)]
pub struct Desk(Arc<Mutex<Option<Box<dyn Any + Send>>>>);

impl Desk {
    /// Serves on a free port of the loopback interface.
    pub async fn start(&self) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket");
        let router = server::router(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    /// The request that was seen last, if it was one of that type.
    pub fn seen<R: 'static>(&self) -> Option<R> {
        let request = self.0.lock().expect("no poisoned lock").take()?;
        request.downcast().ok().map(|request| *request)
    }

    /// Whether no handler ran.
    pub fn is_untouched(&self) -> bool {
        self.0.lock().expect("no poisoned lock").is_none()
    }

    fn keep(&self, request: impl Send + 'static) {
        *self.0.lock().expect("no poisoned lock") = Some(Box::new(request));
    }
}

impl Service for Desk {}

impl Forms for Desk {
    async fn add_note(&self, request: AddNoteRequest) -> Result<AddNoteResponse, Failure<AddNoteError>> {
        self.keep(request);
        Ok(AddNoteResponse::NoContent)
    }

    async fn request_token(
        &self,
        request: RequestTokenRequest,
    ) -> Result<RequestTokenResponse, Failure<RequestTokenError>> {
        self.keep(request);
        Ok(RequestTokenResponse::NoContent)
    }

    async fn search(&self, request: SearchRequest) -> Result<SearchResponse, Failure<SearchError>> {
        self.keep(request);
        Ok(SearchResponse::NoContent)
    }
}

impl Parts for Desk {
    async fn upload(&self, request: UploadRequest) -> Result<UploadResponse, Failure<UploadError>> {
        self.keep(request);
        Ok(UploadResponse::NoContent)
    }
}
