//! Receiving: hand-written HTTP to the receiver of `generated/events`.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use events::operations::callbacks::{CONFIRM_END, SUBSCRIBE_ON_END};
use events::operations::streams_callbacks::{OnDataError, OnDataRequest, OnDataResponse};
use events::operations::streams_webhooks::{PetGoneError, PetGoneRequest, PetGoneResponse};
use events::operations::webhooks::{
    NEW_PET, NewPetError, NewPetRequest, NewPetResponse, PetAdoptedError, PetAdoptedRequest,
    PetAdoptedResponse,
};
use events::receiver::{self, Authenticate, Callbacks, StreamsCallbacks, StreamsWebhooks, Webhooks};
use events::responses::{Busy, Refused, RefusedBody};
use events::types::{Adoption, OwnerInput, Problem, Receipt};
use specwright_conformance::exchange;
use specwright_runtime::server::{Authentication, SecurityRequest, Service};
use specwright_runtime::{Failure, Rejection, StatusCode};

/// A consumer of the API that keeps what it was sent, and has nothing for `subscribe_on_end`.
#[derive(Clone, Default)]
struct Inbox(Arc<Mutex<Vec<String>>>);

impl Inbox {
    fn keep(&self, text: String) {
        self.0.lock().expect("no poisoned lock").push(text);
    }

    fn seen(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("no poisoned lock"))
    }
}

impl Service for Inbox {}

impl Authenticate for Inbox {
    type Signature = String;

    async fn signature(&self, key: Option<&str>, _: SecurityRequest<'_>) -> Authentication<String> {
        match key {
            Some("forged") => Authentication::Reject(Rejection::forbidden()),
            Some(key) => Authentication::Principal(key.to_owned()),
            None => Authentication::NotMine,
        }
    }
}

impl Webhooks for Inbox {
    async fn new_pet(
        &self,
        signature: String,
        request: NewPetRequest,
    ) -> Result<NewPetResponse, Failure<NewPetError>> {
        self.keep(format!("{signature}: {:?} {}", request.body.kind, request.body.id));
        if request.body.id == 13 {
            return Err(NewPetError::ClientError { status: StatusCode::IM_A_TEAPOT }.into());
        }
        Ok(Receipt::new(true).into())
    }

    async fn pet_adopted(
        &self,
        request: PetAdoptedRequest,
    ) -> Result<PetAdoptedResponse, Failure<PetAdoptedError>> {
        match request.body {
            // What comes with an event is what a subscription is asked with, and the other way.
            Adoption::Owner(owner) => {
                let asked = OwnerInput::from(owner);
                self.keep(format!("{} of {:?}", asked.name, asked.address.map(|address| address.city)));
                Ok(PetAdoptedResponse::NoContent)
            }
            Adoption::Shelter(shelter) if shelter.capacity == 0 => {
                Err(Busy::new().with_retry_after(60).into())
            }
            other => {
                let text = RefusedBody::Json(Problem::new(format!("{other:?}")));
                Err(Refused::new(text).with_retry_after(5).into())
            }
        }
    }
}

impl StreamsWebhooks for Inbox {
    async fn pet_gone(&self, request: PetGoneRequest) -> Result<PetGoneResponse, Failure<PetGoneError>> {
        self.keep(format!("{:?}", request.body));
        Ok(PetGoneResponse::NoContent)
    }
}

impl StreamsCallbacks for Inbox {
    async fn on_data(&self, request: OnDataRequest) -> Result<OnDataResponse, Failure<OnDataError>> {
        self.keep(format!("{:?} {:?} {}", request.x_attempt, request.dry, request.body.id));
        if request.dry == Some(true) {
            return Err(OnDataError::Gone(Problem::new("no longer interested")).into());
        }
        Ok(OnDataResponse::NoContent)
    }
}

impl Callbacks for Inbox {}

async fn serve(router: axum::Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound socket");
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn answer(address: SocketAddr, head: &str, body: &str) -> String {
    exchange(address, head, body).await.expect("an answer").to_text()
}

const JSON: &str = "content-type: application/json";

#[tokio::test]
async fn a_webhook_is_at_its_name() {
    let inbox = Inbox::default();
    let address = serve(receiver::router(inbox.clone())).await;
    let head = format!("POST /newPet HTTP/1.1\nx-signature: abc\n{JSON}");
    assert_eq!(
        answer(address, &head, r#"{"kind":"born","id":7}"#).await,
        "200\ncontent-type: application/json\n\n{\"accepted\":true}"
    );
    assert_eq!(inbox.seen(), ["abc: Born 7"]);
    assert_eq!(answer(address, &head, r#"{"kind":"born","id":13}"#).await, "418");
    assert_eq!(inbox.seen(), ["abc: Born 13"]);
    let head = format!("PUT /pet%2Fgone HTTP/1.1\n{JSON}");
    assert_eq!(answer(address, &head, r#"{"kind":"gone","id":2}"#).await, "204");
    assert_eq!(answer(address, "PUT /pet%2Fgone HTTP/1.1", "").await, "204");
    let head = "PUT /pet%2Fgone HTTP/1.1\ncontent-type: application/x-www-form-urlencoded";
    assert_eq!(answer(address, head, "kind=gone&id=3").await, "204");
    let seen = inbox.seen();
    assert_eq!(seen.len(), 3);
    assert!(seen[0].starts_with("Some(Json(") && seen[1] == "None" && seen[2].starts_with("Some(Form("));
}

#[tokio::test]
async fn what_webhooks_alone_need_is_there_with_their_sides() {
    let inbox = Inbox::default();
    let address = serve(receiver::router(inbox.clone())).await;
    let head = format!("POST /pet%2Fadopted HTTP/1.1\n{JSON}");
    let owner = r#"{"name":"Ada","since":"2026-01-02","address":{"city":"Bonn","verified":true}}"#;
    assert_eq!(answer(address, &head, owner).await, "204");
    assert_eq!(inbox.seen(), ["Ada of Some(\"Bonn\")"]);
    assert_eq!(answer(address, &head, r#"{"capacity":0}"#).await, "503\nretry-after: 60");
    assert_eq!(
        answer(address, &head, r#"{"capacity":3}"#).await,
        "409\ncontent-type: application/json\nretry-after: 5\n\n{\"message\":\"Shelter(Shelter { capacity: 3 })\"}"
    );
}

#[tokio::test]
async fn what_is_sent_is_checked() {
    let inbox = Inbox::default();
    let address = serve(receiver::router(inbox.clone())).await;
    for (head, body, status) in [
        (format!("POST /newPet HTTP/1.1\n{JSON}"), r#"{"kind":"born","id":7}"#, 401),
        (format!("POST /newPet HTTP/1.1\nx-signature: forged\n{JSON}"), r#"{"kind":"born","id":7}"#, 403),
        (format!("POST /newPet HTTP/1.1\nx-signature: abc\n{JSON}"), r#"{"kind":"born","id":0}"#, 400),
        ("POST /newPet HTTP/1.1\nx-signature: abc\ncontent-type: text/plain".to_owned(), "born", 415),
        ("GET /newPet HTTP/1.1".to_owned(), "", 405),
        ("POST /oldPet HTTP/1.1".to_owned(), "", 404),
    ] {
        let answer = exchange(address, &head, body).await.expect("an answer");
        assert_eq!(answer.status, status, "{head}");
    }
    assert_eq!(inbox.seen(), [""; 0]);
}

#[tokio::test]
async fn what_is_not_implemented_is_answered_with_501() {
    let inbox = Inbox::default();
    let address = serve(receiver::router(inbox.clone())).await;
    for head in ["DELETE /subscribe/onEnd HTTP/1.1", "DELETE /pet%2Fgone HTTP/1.1", "PUT /Audit HTTP/1.1"] {
        let answer = exchange(address, head, "").await.expect("an answer");
        assert_eq!(answer.status, 501, "{head}");
    }
}

#[tokio::test]
async fn a_callback_is_where_its_receiver_wants_it() {
    let inbox = Inbox::default();
    let routes = receiver::routes(inbox.clone())
        .at(&NEW_PET, "/pets")
        .at(&events::operations::streams_callbacks::ON_DATA, "/pets/data")
        .at(&CONFIRM_END, "/pets")
        .at(&SUBSCRIBE_ON_END, "/pets");
    let unservable: Vec<_> = routes.unservable().iter().map(|found| found.operation.id).collect();
    assert_eq!(unservable, ["confirmEnd"], "two of one method on one path");
    let routes = routes.at(&CONFIRM_END, "/confirmed");
    assert!(routes.unservable().is_empty());
    let address = serve(axum::Router::new().nest("/hooks", routes.into_router())).await;
    let head = format!("POST /hooks/pets/data?dry=false HTTP/1.1\nx-attempt: 2\n{JSON}");
    assert_eq!(answer(address, &head, r#"{"kind":"born","id":1}"#).await, "204");
    let head = format!("POST /hooks/pets/data?dry=true HTTP/1.1\n{JSON}");
    assert_eq!(
        answer(address, &head, r#"{"kind":"born","id":2}"#).await,
        "410\ncontent-type: application/json\n\n{\"message\":\"no longer interested\"}"
    );
    assert_eq!(inbox.seen(), ["Some(2) Some(false) 1", "None Some(true) 2"]);
    let head = format!("POST /hooks/pets HTTP/1.1\nx-signature: abc\n{JSON}");
    let pet = exchange(address, &head, r#"{"kind":"born","id":1}"#).await.expect("an answer");
    assert_eq!(pet.status, 200);
    for (head, status) in [
        ("DELETE /hooks/pets HTTP/1.1", 501),
        ("POST /hooks/confirmed HTTP/1.1", 501),
        ("POST /hooks/newPet HTTP/1.1", 404),
    ] {
        let answer = exchange(address, head, "").await.expect("an answer");
        assert_eq!(answer.status, status, "{head}");
    }
}
