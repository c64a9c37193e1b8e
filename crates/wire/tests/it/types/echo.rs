//! A service on `generated/types-of-all-kinds` that answers what it was sent.

use std::net::SocketAddr;

use specwright_runtime::server::Service;
use specwright_runtime::{Failure, Internal};
use types_of_all_kinds::operations::echo::{
    SendAccountsError, SendAccountsRequest, SendAccountsResponse, SendCountsBody, SendCountsError,
    SendCountsOk, SendCountsRequest, SendCountsResponse, SendEnumsError, SendEnumsRequest, SendEnumsResponse,
    SendLargeError, SendLargeRequest, SendLargeResponse, SendLargesError, SendLargesRequest,
    SendLargesResponse, SendListsError, SendListsRequest, SendListsResponse, SendNoteError, SendNoteRequest,
    SendNoteResponse, SendNullsError, SendNullsRequest, SendNullsResponse, SendObjectsError,
    SendObjectsRequest, SendObjectsResponse, SendTintsError, SendTintsOk, SendTintsRequest,
    SendTintsResponse, SendUnionsError, SendUnionsRequest, SendUnionsResponse, SendValuesError,
    SendValuesRequest, SendValuesResponse,
};
use types_of_all_kinds::server::{self, Echo};
use types_of_all_kinds::types::{Account, Count, Totals};

/// The service.
#[derive(Clone, Default)]
pub struct Mirror;

impl Mirror {
    /// Serves on a free port of the loopback interface.
    pub async fn start() -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket");
        tokio::spawn(async move { axum::serve(listener, server::router(Self)).await });
        address
    }
}

impl Service for Mirror {}

fn counts_of(totals: Totals) -> Vec<Option<Count>> {
    let nested = totals.nested.and_then(|nested| nested.count).and_then(|count| Count::try_from(count).ok());
    [totals.count.into_value(), nested].into_iter().flatten().map(Some).collect()
}

impl Echo for Mirror {
    async fn send_accounts(
        &self,
        request: SendAccountsRequest,
    ) -> Result<SendAccountsResponse, Failure<SendAccountsError>> {
        let account: Account = request.body.into();
        Ok(account.with_id("a-1").into())
    }

    /// Answers the counts of whatever it was sent.
    async fn send_counts(
        &self,
        request: SendCountsRequest,
    ) -> Result<SendCountsResponse, Failure<SendCountsError>> {
        let counts = match request.body {
            SendCountsBody::Json(counts) => counts,
            SendCountsBody::Form(totals) | SendCountsBody::Multipart(totals) => counts_of(totals),
            SendCountsBody::Jsonl(mut lines) => {
                let mut counts = Vec::new();
                while let Some(totals) = lines.next().await {
                    counts.extend(counts_of(totals.map_err(Internal::new)?));
                }
                counts
            }
        };
        let mut answer = SendCountsOk::new(counts);
        answer.x_limit = request.x_limit;
        Ok(answer.into())
    }

    async fn send_enums(
        &self,
        request: SendEnumsRequest,
    ) -> Result<SendEnumsResponse, Failure<SendEnumsError>> {
        Ok(request.body.into())
    }

    async fn send_lists(
        &self,
        request: SendListsRequest,
    ) -> Result<SendListsResponse, Failure<SendListsError>> {
        Ok(request.body.into())
    }

    async fn send_note(&self, request: SendNoteRequest) -> Result<SendNoteResponse, Failure<SendNoteError>> {
        Ok(request.body.is_some().into())
    }

    async fn send_nulls(
        &self,
        request: SendNullsRequest,
    ) -> Result<SendNullsResponse, Failure<SendNullsError>> {
        Ok(request.body.into())
    }

    async fn send_large(
        &self,
        request: SendLargeRequest,
    ) -> Result<SendLargeResponse, Failure<SendLargeError>> {
        Ok(request.body.into())
    }

    async fn send_larges(
        &self,
        request: SendLargesRequest,
    ) -> Result<SendLargesResponse, Failure<SendLargesError>> {
        Ok(request.body.unwrap_or_default().into())
    }

    async fn send_objects(
        &self,
        request: SendObjectsRequest,
    ) -> Result<SendObjectsResponse, Failure<SendObjectsError>> {
        Ok(request.body.into())
    }

    async fn send_tints(
        &self,
        request: SendTintsRequest,
    ) -> Result<SendTintsResponse, Failure<SendTintsError>> {
        let mut answer = SendTintsOk::new(request.body);
        answer.x_colour = request.colour;
        answer.x_priorities = request.priorities;
        Ok(answer.into())
    }

    async fn send_unions(
        &self,
        request: SendUnionsRequest,
    ) -> Result<SendUnionsResponse, Failure<SendUnionsError>> {
        Ok(request.body.into())
    }

    async fn send_values(
        &self,
        request: SendValuesRequest,
    ) -> Result<SendValuesResponse, Failure<SendValuesError>> {
        Ok(request.body.into())
    }
}
