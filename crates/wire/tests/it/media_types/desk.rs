//! A service on `generated/media-types` that keeps what it was asked.

use std::any::Any;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use media_types::operations::answers::{
    AnswerFormError, AnswerFormRequest, AnswerFormResponse, CheckPlaceError, CheckPlaceRequest,
    CheckPlaceResponse, CookiesError, CookiesRequest, CookiesResponse, CountError, CountRequest,
    CountResponse, FailError, FailRequest, FailResponse, FindPlaceError, FindPlaceRequest, FindPlaceResponse,
    LabelError, LabelRequest, LabelResponse, PlaceOptionsError, PlaceOptionsRequest, PlaceOptionsResponse,
    RemarkError, RemarkRequest, RemarkResponse, ReportError, ReportOkBody, ReportRequest, ReportResponse,
    TracePlaceError, TracePlaceRequest, TracePlaceResponse,
};
use media_types::operations::forms::{
    AddNoteError, AddNoteRequest, AddNoteResponse, RequestTokenError, RequestTokenRequest,
    RequestTokenResponse, SearchError, SearchRequest, SearchResponse,
};
use media_types::operations::parts::{
    BundleError, BundleRequest, BundleResponse, FillSheetError, FillSheetRequest, FillSheetResponse,
    KeepDossierError, KeepDossierRequest, KeepDossierResponse, UploadError, UploadRequest, UploadResponse,
};
use media_types::operations::streams::{
    DigestError, DigestRequest, DigestResponse, GetFileError, GetFileRequest, GetFileResponse, ListenError,
    ListenRequest, ListenResponse, PutFileError, PutFileRequest, PutFileResponse, PutPictureError,
    PutPictureRequest, PutPictureResponse, SendLinesError, SendLinesRequest, SendLinesResponse, WatchError,
    WatchRequest, WatchResponse,
};
use media_types::server::{self, Answers, Forms, Parts, Streams};
use media_types::types::Place;
use specwright_runtime::server::{Asked, Service};
use specwright_runtime::{ByteStream, Failure, Internal, Operation};

/// The service.
#[derive(Clone, Default)]
pub struct Desk {
    seen: Arc<Mutex<Option<Box<dyn Any + Send>>>>,
    answer: Arc<Mutex<Option<Box<dyn Any + Send>>>>,
}

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
        let request = self.seen.lock().expect("no poisoned lock").take()?;
        request.downcast().ok().map(|request| *request)
    }

    /// Whether no handler ran.
    pub fn is_untouched(&self) -> bool {
        self.seen.lock().expect("no poisoned lock").is_none()
    }

    /// Answers the next request so.
    #[must_use]
    pub fn answering(self, answer: impl Send + 'static) -> Self {
        *self.answer.lock().expect("no poisoned lock") = Some(Box::new(answer));
        self
    }

    fn answer<T, E>(&self, request: impl Send + 'static) -> Result<T, Failure<E>>
    where
        T: 'static,
        E: Into<Failure<E>> + 'static,
    {
        self.keep(request);
        let nothing = || Internal::new("no such answer").into();
        let answer = self.answer.lock().expect("no poisoned lock").take().ok_or_else(nothing)?;
        match answer.downcast::<T>() {
            Ok(answer) => Ok(*answer),
            Err(answer) => Err(answer.downcast::<E>().map_or_else(|_| nothing(), |error| (*error).into())),
        }
    }

    fn keep(&self, request: impl Send + 'static) {
        *self.seen.lock().expect("no poisoned lock") = Some(Box::new(request));
    }
}

impl Service for Desk {
    fn upload_limit(&self, _: &'static Operation) -> u64 {
        64 * 1024 * 1024
    }
}

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
    async fn bundle(&self, request: BundleRequest) -> Result<BundleResponse, Failure<BundleError>> {
        self.answer(request)
    }

    async fn fill_sheet(
        &self,
        request: FillSheetRequest,
    ) -> Result<FillSheetResponse, Failure<FillSheetError>> {
        self.answer(request)
    }

    async fn keep_dossier(
        &self,
        request: KeepDossierRequest,
    ) -> Result<KeepDossierResponse, Failure<KeepDossierError>> {
        self.answer(request)
    }

    async fn upload(&self, request: UploadRequest) -> Result<UploadResponse, Failure<UploadError>> {
        self.keep(request);
        Ok(UploadResponse::NoContent)
    }
}

impl Answers for Desk {
    async fn answer_form(
        &self,
        request: AnswerFormRequest,
    ) -> Result<AnswerFormResponse, Failure<AnswerFormError>> {
        self.answer(request)
    }

    async fn check_place(
        &self,
        request: CheckPlaceRequest,
    ) -> Result<CheckPlaceResponse, Failure<CheckPlaceError>> {
        self.answer(request)
    }

    async fn cookies(&self, request: CookiesRequest) -> Result<CookiesResponse, Failure<CookiesError>> {
        self.answer(request)
    }

    async fn count(&self, request: CountRequest) -> Result<CountResponse, Failure<CountError>> {
        self.answer(request)
    }

    async fn fail(&self, request: FailRequest) -> Result<FailResponse, Failure<FailError>> {
        self.answer(request)
    }

    async fn find_place(
        &self,
        request: FindPlaceRequest,
    ) -> Result<FindPlaceResponse, Failure<FindPlaceError>> {
        self.answer(request)
    }

    async fn place_options(
        &self,
        request: PlaceOptionsRequest,
    ) -> Result<PlaceOptionsResponse, Failure<PlaceOptionsError>> {
        self.answer(request)
    }

    async fn label(&self, request: LabelRequest) -> Result<LabelResponse, Failure<LabelError>> {
        self.answer(request)
    }

    async fn remark(&self, request: RemarkRequest) -> Result<RemarkResponse, Failure<RemarkError>> {
        self.answer(request)
    }

    async fn report(
        &self,
        asked: Asked,
        request: ReportRequest,
    ) -> Result<ReportResponse, Failure<ReportError>> {
        let is_told = self.answer.lock().expect("no poisoned lock").is_some();
        if is_told {
            return self.answer(request);
        }
        self.keep(request);
        Ok(ReportResponse::Ok(match asked.pick(&["application/json", "text/csv", "image/*"]) {
            "text/csv" => ReportOkBody::Csv("city".to_owned()),
            "image/*" => ReportOkBody::Image(ByteStream::from("png").with_media_type("image/png")),
            _ => ReportOkBody::Json(Place::default()),
        }))
    }

    async fn trace_place(
        &self,
        request: TracePlaceRequest,
    ) -> Result<TracePlaceResponse, Failure<TracePlaceError>> {
        self.answer(request)
    }
}

impl Streams for Desk {
    async fn digest(&self, request: DigestRequest) -> Result<DigestResponse, Failure<DigestError>> {
        self.answer(request)
    }

    async fn get_file(&self, request: GetFileRequest) -> Result<GetFileResponse, Failure<GetFileError>> {
        self.answer(request)
    }

    async fn listen(&self, request: ListenRequest) -> Result<ListenResponse, Failure<ListenError>> {
        self.answer(request)
    }

    async fn put_file(&self, request: PutFileRequest) -> Result<PutFileResponse, Failure<PutFileError>> {
        self.answer(request)
    }

    async fn put_picture(
        &self,
        request: PutPictureRequest,
    ) -> Result<PutPictureResponse, Failure<PutPictureError>> {
        self.answer(request)
    }

    async fn send_lines(
        &self,
        request: SendLinesRequest,
    ) -> Result<SendLinesResponse, Failure<SendLinesError>> {
        self.answer(request)
    }

    async fn watch(&self, request: WatchRequest) -> Result<WatchResponse, Failure<WatchError>> {
        self.answer(request)
    }
}
