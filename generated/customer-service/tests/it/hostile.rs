//! Bad input gets the declared error, and nothing changes.

mod bodies;
mod grants;
mod requests;

use reqwest::Method;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::operations::{self, Bearer, Ingredients, Operation};
use crate::people::{Session, Visitor};
use crate::service::{JANE, PASSWORD, Service};

/// A visitor and a customer with an address, and what must not change of them.
struct Scene<'a> {
    service: &'a Service,
    visitor: Visitor<'a>,
    session: Session<'a>,
    address: String,
    before: (Value, Value),
}

impl<'a> Scene<'a> {
    async fn new(service: &'a Service) -> Self {
        let visitor = service.anonymous("acme").await;
        visitor.sign_up(JANE, PASSWORD).await;
        let session = visitor.enter(JANE, PASSWORD).await;
        let body = json!({"contactName": "Jane Doe", "tags": ["BILLING"]});
        let path = "/customer/acme/me/addresses";
        let created = service.post(path).bearer(session.bearer()).json(&body).send().await;
        let before = session.everything().await;
        Self { service, visitor, session, address: created.of(201).text("id"), before }
    }

    /// All operations, on the address that is there.
    fn operations(&self) -> Vec<Operation> {
        operations::all(&Ingredients { address: self.address.clone(), ..Ingredients::default() })
    }

    /// The token that an operation takes.
    fn bearer(&self, operation: &Operation) -> &str {
        match operation.bearer {
            Bearer::Anonymous => self.visitor.bearer(),
            Bearer::Customer | Bearer::Either => self.session.bearer(),
        }
    }

    /// Sends an operation with another body.
    async fn send(&self, operation: &Operation, body: &Value) -> Answer {
        operation.bare(self.service, "acme").bearer(self.bearer(operation)).json(body).send().await
    }

    /// The operation of a path below the tenant.
    fn operation(&self, method: &Method, path: &str) -> Operation {
        let path = path.replace("{address}", &self.address);
        let found = self.operations().into_iter().find(|found| found.method == *method && found.path == path);
        found.unwrap_or_else(|| panic!("no {method} {path}"))
    }

    async fn is_unchanged(&self) {
        assert_eq!(self.session.everything().await, self.before);
        assert!(self.service.outbox(&[]).await.is_empty());
        for email in ["new@example.com", "second@example.com"] {
            self.visitor.sign_up(email, PASSWORD).await;
        }
    }
}
