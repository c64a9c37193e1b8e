//! A service on `generated/views` that keeps what it was asked, and answers with what it is given.

use std::any::Any;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use specwright_runtime::Failure;
use specwright_runtime::server::Service;
use views::operations::shop::{
    AddCustomerError, AddCustomerRequest, AddCustomerResponse, ListOrdersError, ListOrdersRequest,
    ListOrdersResponse, ReplaceCustomerError, ReplaceCustomerRequest, ReplaceCustomerResponse,
    ReplaceLoginError, ReplaceLoginRequest, ReplaceLoginResponse, ReplaceNoteError, ReplaceNoteRequest,
    ReplaceNoteResponse, ReplaceOrdersError, ReplaceOrdersRequest, ReplaceOrdersResponse, ReplacePetsError,
    ReplacePetsRequest, ReplacePetsResponse, ReplaceTicketError, ReplaceTicketRequest, ReplaceTicketResponse,
};
use views::server::{self, Shop};
use views::types::{Cat, Customer, Household, Login, Note, Order, Receipt, Ticket};

/// The service.
#[derive(Clone, Default)]
pub struct Counter(Arc<Mutex<Option<Box<dyn Any + Send>>>>);

impl Counter {
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

    fn keep(&self, request: impl Send + 'static) {
        *self.0.lock().expect("no poisoned lock") = Some(Box::new(request));
    }
}

impl Service for Counter {}

impl Shop for Counter {
    async fn add_customer(
        &self,
        request: AddCustomerRequest,
    ) -> Result<AddCustomerResponse, Failure<AddCustomerError>> {
        let name = request.body.name.clone();
        self.keep(request);
        Ok(Customer::new("c-1", name).into())
    }

    async fn list_orders(
        &self,
        request: ListOrdersRequest,
    ) -> Result<ListOrdersResponse, Failure<ListOrdersError>> {
        self.keep(request);
        Ok(Vec::<Order>::new().into())
    }

    async fn replace_customer(
        &self,
        request: ReplaceCustomerRequest,
    ) -> Result<ReplaceCustomerResponse, Failure<ReplaceCustomerError>> {
        self.keep(request);
        Ok(ReplaceCustomerResponse::NoContent)
    }

    async fn replace_login(
        &self,
        request: ReplaceLoginRequest,
    ) -> Result<ReplaceLoginResponse, Failure<ReplaceLoginError>> {
        let login: Login = request.body.clone().into();
        self.keep(request);
        Ok(login.into())
    }

    async fn replace_note(
        &self,
        request: ReplaceNoteRequest,
    ) -> Result<ReplaceNoteResponse, Failure<ReplaceNoteError>> {
        let note: Note = request.body.clone().into();
        self.keep(request);
        Ok(note.with_length(2).into())
    }

    async fn replace_orders(
        &self,
        request: ReplaceOrdersRequest,
    ) -> Result<ReplaceOrdersResponse, Failure<ReplaceOrdersError>> {
        self.keep(request);
        Ok(Receipt::new(1).into())
    }

    async fn replace_pets(
        &self,
        request: ReplacePetsRequest,
    ) -> Result<ReplacePetsResponse, Failure<ReplacePetsError>> {
        self.keep(request);
        Ok(Household::new(vec![Cat::new("Cat").with_id("p-1").into()]).into())
    }

    async fn replace_ticket(
        &self,
        request: ReplaceTicketRequest,
    ) -> Result<ReplaceTicketResponse, Failure<ReplaceTicketError>> {
        let title = request.body.title.clone();
        self.keep(request);
        Ok(Ticket::new(1, title).into())
    }
}
