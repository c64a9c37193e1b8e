//! A service on `generated/parameters` that keeps what it was asked.

use std::any::Any;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use parameters::operations::{heads::*, paths::*, queries::*};
use parameters::responses::{Failed, Seen};
use parameters::server::{self, Heads, Paths, Queries};
use specwright_runtime::Failure;
use specwright_runtime::StatusCode;
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

macro_rules! kept {
    ($($method:ident($request:ty) -> $response:ty | $error:ty;)*) => {
        $(async fn $method(&self, request: $request) -> Result<$response, Failure<$error>> {
            self.keep(request);
            Ok(Seen::new().into())
        })*
    };
}

impl Paths for Desk {
    kept! {
        act(ActRequest) -> ActResponse | ActError;
        cancel(CancelRequest) -> CancelResponse | CancelError;
        compare(CompareRequest) -> CompareResponse | CompareError;
        file(FileRequest) -> FileResponse | FileError;
        json_in_path(JsonInPathRequest) -> JsonInPathResponse | JsonInPathError;
        label(LabelRequest) -> LabelResponse | LabelError;
        label_exploded(LabelExplodedRequest) -> LabelExplodedResponse | LabelExplodedError;
        list_actions(ListActionsRequest) -> ListActionsResponse | ListActionsError;
        part(PartRequest) -> PartResponse | PartError;
        literal(LiteralRequest) -> LiteralResponse | LiteralError;
        matrix(MatrixRequest) -> MatrixResponse | MatrixError;
        matrix_exploded(MatrixExplodedRequest) -> MatrixExplodedResponse | MatrixExplodedError;
        any_page(AnyPageRequest) -> AnyPageResponse | AnyPageError;
        page(PageRequest) -> PageResponse | PageError;
        page_head(PageHeadRequest) -> PageHeadResponse | PageHeadError;
        shared_page(SharedPageRequest) -> SharedPageResponse | SharedPageError;
        version(VersionRequest) -> VersionResponse | VersionError;
        reserved(ReservedRequest) -> ReservedResponse | ReservedError;
        shown(ShownRequest) -> ShownResponse | ShownError;
        simple(SimpleRequest) -> SimpleResponse | SimpleError;
        simple_exploded(SimpleExplodedRequest) -> SimpleExplodedResponse | SimpleExplodedError;
        chosen_target(ChosenTargetRequest) -> ChosenTargetResponse | ChosenTargetError;
        target_one(TargetOneRequest) -> TargetOneResponse | TargetOneError;
        target_two(TargetTwoRequest) -> TargetTwoResponse | TargetTwoError;
        targets(TargetsRequest) -> TargetsResponse | TargetsError;
        third_target(ThirdTargetRequest) -> ThirdTargetResponse | ThirdTargetError;
    }
}

impl Queries for Desk {
    kept! {
        delimited(DelimitedRequest) -> DelimitedResponse | DelimitedError;
        empty(EmptyRequest) -> EmptyResponse | EmptyError;
        form(FormRequest) -> FormResponse | FormError;
        members(MembersRequest) -> MembersResponse | MembersError;
        open(OpenRequest) -> OpenResponse | OpenError;
        twins(TwinsRequest) -> TwinsResponse | TwinsError;
    }

    async fn content(&self, request: ContentRequest) -> Result<ContentResponse, Failure<ContentError>> {
        let headers = ContentNoContent::new().with_x_rgb(super::rgb()).with_x_rgb_exploded(super::rgb());
        let headers = match request.x_filter.clone() {
            Some(filter) => headers.with_x_filter(filter),
            None => headers,
        };
        self.keep(request);
        Ok(headers.into())
    }
}

impl Heads for Desk {
    async fn stamped(&self, request: StampedRequest) -> Result<StampedResponse, Failure<StampedError>> {
        self.keep(request);
        Err(StampedError::Default { status: StatusCode::CONFLICT, body: Failed::new() }.into())
    }

    kept! {
        heads(HeadsRequest) -> HeadsResponse | HeadsError;
        measured(MeasuredRequest) -> MeasuredResponse | MeasuredError;
    }
}
