//! `spec/tuples.yaml`: lists whose items are told apart by their position, and headers that their type alone
//! does not tell.

use std::fmt::Debug;

use specwright_conformance::{Recorder, exchange};
use specwright_runtime::Failure;
use specwright_runtime::client::{Error, Request};
use specwright_runtime::server::Service;
use tuples::Client;
use tuples::operations::tuples::*;
use tuples::server::{self, Tuples};
use tuples::types::{
    Chain, ChainInput, InHeadersNoContentXEither, InHeadersNoContentXExploded, InHeadersNoContentXLabels,
    Link, LinkInput, Place,
};

use super::desk::{Kept, Sides, serve};

#[derive(Clone, Default)]
struct Desk(Kept);

impl Service for Desk {}

impl Tuples for Desk {
    async fn in_headers(
        &self,
        request: InHeadersRequest,
    ) -> Result<InHeadersResponse, Failure<InHeadersError>> {
        let mut answer = answered();
        answer.x_place.clone_from(&request.x_place);
        self.0.keep(request);
        Ok(answer.into())
    }

    async fn in_path(&self, request: InPathRequest) -> Result<InPathResponse, Failure<InPathError>> {
        self.0.keep(request);
        Ok(InPathResponse::NoContent)
    }

    /// The new chain has what it was sent, and an id where it begins.
    async fn replace_chain(
        &self,
        request: ReplaceChainRequest,
    ) -> Result<ReplaceChainResponse, Failure<ReplaceChainError>> {
        let Chain((link, rest)) = request.body.into();
        Ok(Chain((link.with_id("1"), rest)).into())
    }

    async fn in_query(&self, request: InQueryRequest) -> Result<InQueryResponse, Failure<InQueryError>> {
        self.0.keep(request);
        Ok(InQueryResponse::NoContent)
    }
}

/// What the service answers besides the place that it was asked for.
fn answered() -> InHeadersNoContent {
    InHeadersNoContent::new()
        .with_x_codes(("007".to_owned(), 7))
        .with_x_counts(vec![Some(1), None, Some(3)])
        .with_x_either(InHeadersNoContentXEither::StringArray(vec!["1".to_owned(), "2".to_owned()]))
        .with_x_exploded(InHeadersNoContentXExploded::new("12").with_count(3))
        .with_x_labels(InHeadersNoContentXLabels::new("12").with_count(3))
}

fn sides<R>() -> Sides<R, Desk, impl Future<Output = ()>>
where
    R: Request + Clone + Debug + PartialEq + Send + 'static,
    R::Output: Send + Debug,
    R::Error: Send + Debug,
{
    Sides {
        service: Desk::default(),
        router: server::router,
        kept: |desk| &desk.0,
        send: |url, request| async move {
            let client = Client::builder().base_url(url).build().expect("a legal base URL");
            client.call(request).await.expect("an answer");
        },
    }
}

fn place(name: &str, at: Option<i64>, is_open: Option<bool>) -> Place {
    (name.to_owned(), at, is_open)
}

fn get(target: &str) -> String {
    format!("GET {target} HTTP/1.1\naccept: */*")
}

#[tokio::test]
async fn null_keeps_its_place_in_paths() {
    let (full, first, last) =
        (place("a", Some(1), Some(true)), place("a", None, Some(true)), place("a", Some(1), None));
    let request = InPathRequest::new(full.clone(), full.clone(), full);
    sides().is_written(&get("/path/a,1,true/.a.1.true/;matrix=a;matrix=1;matrix=true"), &request).await;
    let request = InPathRequest::new(first.clone(), first.clone(), first);
    sides().is_written(&get("/path/a,,true/.a..true/;matrix=a;matrix=;matrix=true"), &request).await;
    let request = InPathRequest::new(last.clone(), last.clone(), last);
    sides().is_written(&get("/path/a,1,/.a.1./;matrix=a;matrix=1;matrix="), &request).await;
}

#[tokio::test]
async fn null_keeps_its_place_in_queries_and_cookies() {
    let request = InQueryRequest::new;
    for (query, request) in [
        ("place=a&place=&place=true", request().with_place(place("a", None, Some(true)))),
        ("joined=a,,", request().with_joined(place("a", None, None))),
        ("joined=,1,", request().with_joined(place("", Some(1), None))),
        ("piped=a%7C%7Cfalse", request().with_piped(place("a", None, Some(false)))),
        ("counts=1,,3", request().with_counts(vec![Some(1), None, Some(3)])),
        (
            "words=a,,b",
            request().with_words(vec![Some("a".to_owned()), Some(String::new()), Some("b".to_owned())]),
        ),
    ] {
        sides().is_written(&get(&format!("/query?{query}")), &request).await;
    }
    let request = request().with_cookie(place("a", None, Some(true)));
    sides().is_written(&format!("{}\ncookie: cookie=a,,true", get("/query")), &request).await;
    let sides = sides::<InQueryRequest>();
    assert_eq!(
        sides.refused(&get("/query?joined=a,x,&piped=a|1")).await,
        "query joined type /1; query piped minItems"
    );
}

#[tokio::test]
async fn null_that_no_text_stands_for_is_not_sent() {
    let client = Client::builder().base_url("http://127.0.0.1:1").build().expect("a legal base URL");
    let request = InQueryRequest::new().with_words(vec![Some("a".to_owned()), None]);
    let Err(Error::InvalidRequest { violations, .. }) = client.call(request).await else {
        panic!("it was sent")
    };
    let told: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["query `words` has `null` where an empty text is a value of its own"]);
    let request = InQueryRequest::new().with_counts(vec![None]);
    let Err(Error::InvalidRequest { violations, .. }) = client.call(request).await else {
        panic!("it was sent")
    };
    let told: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["query `counts` is a list of one empty text, which is that of an empty list"]);
}

#[tokio::test]
async fn headers_are_read_as_their_schemas_have_them() {
    let head = format!("{}\nx-place: a,,true", get("/headers"));
    let request = InHeadersRequest::new().with_x_place(place("a", None, Some(true)));
    sides().is_written(&head, &request).await;
    let answer = exchange(serve(server::router(Desk::default())).await, &head, "").await.expect("an answer");
    let text = "204\nx-codes: 007,7\nx-counts: 1,,3\nx-either: 1,2\nx-exploded: code=12,count=3\nx-labels: code,12,count,3\nx-place: a,,true";
    assert_eq!(answer.to_text(), text);
    let recorder = Recorder::start(text).await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let got = client.call(InHeadersRequest::new()).await.expect("an answer");
    assert_eq!(*got, answered().with_x_place(place("a", None, Some(true))));
    let recorder = Recorder::start("204\nx-codes: 7").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let error = client.call(InHeadersRequest::new()).await.expect_err("one of two");
    assert!(matches!(error, Error::Decode(_)), "{error}");
}

#[tokio::test]
async fn items_may_be_what_holds_them() {
    let sent = r#"[{"name":"a","beside":[1,{"name":"b"}]},[{"name":"c","beside":[2,null]},null]]"#;
    let answered =
        r#"[{"id":"1","name":"a","beside":[1,{"name":"b"}]},[{"name":"c","beside":[2,null]},null]]"#;
    let head = "PUT /chains HTTP/1.1\naccept: application/json\ncontent-type: application/json";
    let address = serve(server::router(Desk::default())).await;
    let answer = exchange(address, head, sent).await.expect("an answer");
    assert_eq!(answer.to_text(), format!("200\ncontent-type: application/json\n\n{answered}"));

    let recorder = Recorder::start(&answer.to_text()).await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let beside = |at, link: Option<LinkInput>| (at, link.map(Box::new));
    let first = LinkInput::new("a").with_beside(beside(1, Some(LinkInput::new("b"))));
    let last = ChainInput((LinkInput::new("c").with_beside(beside(2, None)), None));
    let got = client.call(ReplaceChainRequest::new(ChainInput((first, Some(last.into()))))).await;
    let Chain((link, rest)) = got.expect("an answer").into_body();
    let first = Link::new("a").with_id("1").with_beside((1, Some(Link::new("b").into())));
    assert_eq!(link, first);
    assert_eq!(rest.map(|rest| rest.0.0.name), Some("c".to_owned()));
    let request = recorder.request().await.expect("a request");
    assert_eq!(request.split("\n\n").nth(1), Some(sent));

    let refused = exchange(address, head, r#"[{"name":"a"},[{"name":"b"},7]]"#).await.expect("an answer");
    assert_eq!(refused.status, 400, "{}", refused.body);
    assert!(refused.body.contains(r#""pointer":"/1/1""#), "{}", refused.body);
}
