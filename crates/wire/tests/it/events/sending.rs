//! Sending: what the sender of `generated/events` writes, octet by octet.

use events::Sender;
use events::operations::streams_callbacks::{OnDataError, OnDataRequest};
use events::operations::streams_webhooks::PetGoneBody;
use events::operations::webhooks::NewPetError;
use events::sender::{BuildError, Error, StreamsCallbacks, Success, Target};
use events::types::{Event, EventKind};
use specwright_conformance::Recorder;

fn event() -> Event {
    Event::new(EventKind::Born, 7)
}

fn sender() -> Sender {
    Sender::builder().build().expect("a sender")
}

fn target(recorder: &Recorder, path: &str) -> Target {
    sender().with_signature("abc").to(&format!("{}{path}", recorder.base_url())).expect("a legal URL")
}

#[tokio::test]
async fn a_webhook_goes_to_the_whole_url() {
    let recorder = Recorder::start("200\ncontent-type: application/json\n\n{\"accepted\":true}")
        .await
        .expect("a free port");
    let target = target(&recorder, "/hooks/pets?tenant=a%20b");
    let receipt = target.webhooks().new_pet(&event()).await.expect("a receipt");
    assert!(receipt.accepted);
    assert_eq!(
        recorder.request().await.expect("a request"),
        "POST /hooks/pets?tenant=a%20b HTTP/1.1\naccept: application/json\ncontent-type: application/json\nx-signature: abc\n\n\
         {\"kind\":\"born\",\"id\":7}"
    );
}

#[tokio::test]
async fn parameters_go_with_a_callback() {
    let recorder = Recorder::start("204").await.expect("a free port");
    let target = target(&recorder, "/?from=me");
    let request = OnDataRequest::new(event()).with_x_attempt(2).with_dry(false);
    target.call(request).await.expect("an answer");
    assert_eq!(
        recorder.request().await.expect("a request"),
        "POST /?from=me&dry=false HTTP/1.1\naccept: application/json\ncontent-type: application/json\nx-attempt: 2\n\n\
         {\"kind\":\"born\",\"id\":7}"
    );
}

#[tokio::test]
async fn a_body_of_several_media_types_is_sent_as_chosen() {
    let recorder = Recorder::start("204").await.expect("a free port");
    let call = target(&recorder, "/gone");
    let call =
        call.streams_webhooks().pet_gone().with(|request| request.with_body(PetGoneBody::Form(event())));
    call.await.expect("an answer");
    assert_eq!(
        recorder.request().await.expect("a request"),
        "PUT /gone HTTP/1.1\naccept: */*\ncontent-type: application/x-www-form-urlencoded\n\nkind=born&id=7"
    );
}

#[tokio::test]
async fn answers_are_typed() {
    let recorder = Recorder::start("410\ncontent-type: application/json\n\n{\"message\":\"moved\"}")
        .await
        .expect("a free port");
    match target(&recorder, "/").streams_callbacks().on_data(&event()).await {
        Err(Error::Api(OnDataError::Gone(problem))) => assert_eq!(problem.message, "moved"),
        other => panic!("{other:?}"),
    }
    let recorder = Recorder::start("404").await.expect("a free port");
    match target(&recorder, "/").webhooks().new_pet(&event()).await {
        Err(Error::Api(NewPetError::ClientError { status })) => assert_eq!(status, 404),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn nothing_is_sent_that_breaks_the_contract() {
    let recorder = Recorder::start("204").await.expect("a free port");
    let target = target(&recorder, "/");
    let call = target.streams_callbacks().on_data(&Event::new(EventKind::Gone, 0));
    assert!(matches!(call.await, Err(Error::InvalidRequest { .. })));
    let unsigned = sender().to(&recorder.base_url()).expect("a legal URL");
    let call = unsigned.webhooks().new_pet(&event()).await;
    assert!(matches!(call, Err(Error::MissingCredential { .. })));
    assert!(recorder.request().await.is_err(), "nothing was sent");
}

#[test]
fn a_target_is_a_url_of_http() {
    for url in ["ftp://example.com", "example.com/hooks", "/hooks", "http://example.com/#part", ""] {
        assert!(matches!(sender().to(url), Err(BuildError::Target(said)) if said == url), "{url}");
    }
}

/// What sends events may be substituted.
#[tokio::test]
async fn a_group_may_be_substituted() {
    struct Nobody;

    impl StreamsCallbacks for Nobody {
        async fn on_data(&self, _: OnDataRequest) -> Result<Success<()>, Error<OnDataError>> {
            Err(Error::Api(OnDataError::Gone(events::types::Problem::new("nobody"))))
        }
    }

    async fn notify(receiver: &impl StreamsCallbacks) -> bool {
        receiver.on_data(OnDataRequest::new(event())).await.is_ok()
    }

    assert!(!notify(&Nobody).await);
    let recorder = Recorder::start("204").await.expect("a free port");
    assert!(notify(&target(&recorder, "/").streams_callbacks()).await);
}
