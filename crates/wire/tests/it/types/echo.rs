//! A service on `generated/types-of-all-kinds` that answers what it was sent.

use std::net::SocketAddr;

use specwright_runtime::Failure;
use specwright_runtime::server::Service;
use types_of_all_kinds::operations::echo::{
    SendAccountsError, SendAccountsRequest, SendAccountsResponse, SendEnumsError, SendEnumsRequest,
    SendEnumsResponse, SendListsError, SendListsRequest, SendListsResponse, SendNoteError, SendNoteRequest,
    SendNoteResponse, SendNullsError, SendNullsRequest, SendNullsResponse, SendObjectsError,
    SendObjectsRequest, SendObjectsResponse, SendTintsError, SendTintsOk, SendTintsRequest,
    SendTintsResponse, SendUnionsError, SendUnionsRequest, SendUnionsResponse, SendValuesError,
    SendValuesRequest, SendValuesResponse,
};
use types_of_all_kinds::server::{self, Echo};
use types_of_all_kinds::types::Account;

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

impl Echo for Mirror {
    async fn send_accounts(
        &self,
        request: SendAccountsRequest,
    ) -> Result<SendAccountsResponse, Failure<SendAccountsError>> {
        let account: Account = request.body.into();
        Ok(account.with_id("a-1").into())
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
