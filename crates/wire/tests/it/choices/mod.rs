//! `spec/choices.yaml`: unions however their members are told apart, and routes of several templates.

use choices::Client;
use choices::operations::choices::*;
use choices::operations::routes::*;
use choices::server::{self, Choices, Routes};
use serde_json::Value;
use specwright_conformance::{Recorder, exchange};
use specwright_runtime::Failure;
use specwright_runtime::client::Error;
use specwright_runtime::server::Service;

use super::desk::{Kept, serve};

#[derive(Clone, Default)]
struct Desk(Kept);

impl Service for Desk {}

impl Choices for Desk {
    async fn choose(&self, request: ChooseRequest) -> Result<ChooseResponse, Failure<ChooseError>> {
        Ok(ChooseResponse::Ok(request.body))
    }
}

impl Routes for Desk {
    async fn get_thing(&self, request: GetThingRequest) -> Result<GetThingResponse, Failure<GetThingError>> {
        self.0.keep(request);
        Ok(GetThingResponse::NoContent)
    }

    async fn get_thing_by_title(
        &self,
        request: GetThingByTitleRequest,
    ) -> Result<GetThingByTitleResponse, Failure<GetThingByTitleError>> {
        self.0.keep(request);
        Ok(GetThingByTitleResponse::NoContent)
    }

    async fn put_thing(&self, request: PutThingRequest) -> Result<PutThingResponse, Failure<PutThingError>> {
        self.0.keep(request);
        Ok(PutThingResponse::NoContent)
    }
}

const HEAD: &str = "POST /choices HTTP/1.1\naccept: application/json\ncontent-type: application/json";

fn client(base_url: String) -> Client {
    Client::builder().base_url(base_url).build().expect("a legal base URL")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// A body goes through the router and back, and through a client and back, as it was.
async fn comes_back(body: &str) {
    let address = serve(server::router(Desk::default())).await;
    let answer = exchange(address, HEAD, body).await.expect("an answer");
    assert_eq!((answer.status, json(&answer.body)), (200, json(body)), "{body}");
    let text = format!("200\ncontent-type: application/json\n\n{body}");
    let recorder = Recorder::start(&text).await.expect("a free port");
    let got = client(recorder.base_url()).choices().choose(&choices::types::Choices::default()).await;
    let got = got.unwrap_or_else(|error| panic!("{body}: {error}")).into_body();
    let recorder = Recorder::start(&text).await.expect("a free port");
    client(recorder.base_url()).choices().choose(&got).await.expect(body);
    let sent = recorder.request().await.expect("a request");
    let (head, sent) = sent.split_once("\n\n").expect("a body");
    assert_eq!((head, json(sent)), (HEAD, json(body)));
}

/// What a body is refused for: each violation as its constraint and pointer.
async fn refused(body: &str) -> String {
    let answer = exchange(serve(server::router(Desk::default())).await, HEAD, body).await.expect("an answer");
    assert_eq!(answer.status, 400, "{body}: {}", answer.body);
    let problem = json(&answer.body);
    let told = problem["violations"].as_array().into_iter().flatten().map(|found| {
        let words = ["constraint", "pointer"].map(|key| found[key].as_str().unwrap_or_default());
        words.join(" ")
    });
    told.collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn by_a_discriminator() {
    for body in [
        r#"{"mapped":{"type":"kitty","lives":7}}"#,
        r#"{"mapped":{"type":"puss"}}"#,
        r#"{"mapped":{"type":"doggy","barks":true}}"#,
        r#"{"named":{"type":"Cat","lives":7}}"#,
        r#"{"named":{"type":"Dog","barks":true}}"#,
        r#"{"derived":{"kind":"round","radius":1.5}}"#,
        r#"{"derived":{"kind":"Square","side":2.5}}"#,
        r#"{"derived":{"kind":"dot"}}"#,
        r#"{"derived":{"kind":"blot"}}"#,
        r#"{"nullable":{"type":"x","lives":1}}"#,
        r#"{"nullable":null}"#,
    ] {
        comes_back(body).await;
    }
    assert_eq!(
        refused(r#"{"mapped":{"type":"fish"},"named":{"type":"fish"}}"#).await,
        "enum /mapped/type; enum /named/type"
    );
    assert_eq!(refused(r#"{"mapped":{"type":"doggy","barks":1}}"#).await, "type /mapped/barks");
}

#[tokio::test]
async fn by_what_they_are() {
    for body in [
        r#"{"required":{"mail":"a"}}"#,
        r#"{"required":{"phone":"b"}}"#,
        r#"{"typed":"a"}"#,
        r#"{"typed":1}"#,
        r#"{"typed":true}"#,
        r#"{"typed":[1.5,2.5]}"#,
        r#"{"typed":{"a":"b"}}"#,
        r#"{"constant":{"v":1,"a":"x"}}"#,
        r#"{"constant":{"v":2,"a":3}}"#,
        r#"{"any":{"a":"x"}}"#,
        r#"{"any":{"b":1}}"#,
        r#"{"any":{"a":"x","b":1}}"#,
        r#"{"deep":{"p":{"a":"x"}}}"#,
        r#"{"deep":{"p":{"a":"x","b":"y"}}}"#,
    ] {
        comes_back(body).await;
    }
    assert_eq!(
        refused(r#"{"required":{},"typed":null,"constant":{"v":3},"any":{"b":"x"}}"#).await,
        "oneOf /required; type /typed; oneOf /constant; type /any/b"
    );
}

#[tokio::test]
async fn in_other_schemas() {
    for body in [
        r#"{"extended":{"type":"Cat","lives":7,"id":1}}"#,
        r#"{"extended":{"type":"Dog","barks":true,"id":2}}"#,
        r#"{"product":{"a":"1","c":"2"}}"#,
        r#"{"product":{"b":"1","d":"2"}}"#,
        r#"{"product":{"a":"1","d":"2"}}"#,
        r#"{"price":"12345678901234567890.123456789"}"#,
        r#"{"closed":{"a":"b"}}"#,
        r#"{"yes":true}"#,
        r#"{"person":{"name":"a","groups":[{"members":[{"name":"b","groups":[]}],"head":{"name":"c"}}]}}"#,
    ] {
        comes_back(body).await;
    }
    assert_eq!(
        refused(r#"{"extended":{"type":"Cat"},"product":{"a":"1"},"closed":{"b":1},"yes":false}"#).await,
        "required /extended/id; oneOf /product; additionalProperties /closed/b; enum /yes"
    );
}

/// Of 75 combinations none is a type: any JSON, held against the schema by whoever has it.
#[tokio::test]
async fn that_combine_in_many_ways() {
    for body in [
        r#"{"combined":{"a1":1,"b1":"x","c1":true}}"#,
        r#"{"combined":{"a5":1,"b3":"x","c1":true,"c2":false,"other":[1]}}"#,
    ] {
        comes_back(body).await;
    }
    assert_eq!(refused(r#"{"combined":{"a1":1,"a2":1,"b1":"x","c1":true}}"#).await, "oneOf /combined");
    assert_eq!(refused(r#"{"combined":{"a1":1,"b1":"x"}}"#).await, "anyOf /combined");
    assert_eq!(refused(r#"{"combined":[]}"#).await, "oneOf /combined; oneOf /combined; anyOf /combined");
    let wrong = json(r#"{"combined":{"a1":1,"b1":2,"c1":true}}"#);
    let wrong: choices::types::Choices = serde_json::from_value(wrong).expect("any JSON");
    match client("http://127.0.0.1:1".to_owned()).choices().choose(&wrong).await {
        Err(Error::InvalidRequest { violations, .. }) => assert_eq!(violations[0].pointer, "/combined"),
        other => panic!("it was sent: {other:?}"),
    }
}

#[tokio::test]
async fn as_3_1_says_it() {
    for body in [
        r#"{"listed":"ab"}"#,
        r#"{"listed":9}"#,
        r#"{"listed":null}"#,
        r#"{"above":0.5}"#,
        r#"{"sibling":{"type":"Cat","lives":7}}"#,
        r#"{"inner":{"a":"x"}}"#,
    ] {
        comes_back(body).await;
    }
    assert_eq!(
        refused(r#"{"listed":"a","above":0,"sibling":{"type":"Cat"},"inner":{"a":"y"}}"#).await,
        "minLength /listed; exclusiveMinimum /above; minProperties /sibling; enum /inner/a"
    );
    assert_eq!(
        refused(r#"{"listed":10,"above":1.5,"inner":{}}"#).await,
        "maximum /listed; exclusiveMaximum /above; required /inner/a"
    );
}

#[tokio::test]
async fn templates_of_one_route() {
    let desk = Desk::default();
    let address = serve(server::router(desk.clone())).await;
    let ask = async |head: &str| exchange(address, head, "").await.expect("an answer");
    assert_eq!(ask("GET /things/7 HTTP/1.1").await.status, 204);
    assert_eq!(desk.0.seen(), Some(GetThingRequest::new(7)));
    assert_eq!(ask("PUT /things/seven HTTP/1.1").await.status, 204);
    assert_eq!(desk.0.seen(), Some(PutThingRequest::new("seven")));
    assert_eq!(ask("GET /things/seven HTTP/1.1").await.status, 400, "the first of one method has the route");
    let answer = ask("DELETE /things/7 HTTP/1.1").await;
    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, PUT")));

    let recorder = Recorder::start("204").await.expect("a free port");
    client(recorder.base_url()).routes().get_thing_by_title("seven").await.expect("an answer");
    assert_eq!(recorder.request().await.expect("a request"), "GET /things/seven HTTP/1.1\naccept: */*");
    let recorder = Recorder::start("204").await.expect("a free port");
    client(recorder.base_url()).routes().put_thing("seven").await.expect("an answer");
    assert_eq!(recorder.request().await.expect("a request"), "PUT /things/seven HTTP/1.1\naccept: */*");
}
