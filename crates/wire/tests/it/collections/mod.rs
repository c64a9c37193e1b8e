//! `spec/collections.yaml`: every `collectionFormat` of 2.0, wherever lists stand.

use std::fmt::Debug;

use collections::Client;
use collections::operations::lists::*;
use collections::server::{self, Lists};
use collections::types::{InFormRequestBody, InListsRequestBody, InPartsRequestBody};
use specwright_conformance::{Recorder, exchange};
use specwright_runtime::Failure;
use specwright_runtime::client::{Error, Request};
use specwright_runtime::server::Service;

use super::desk::{Kept, Sides, serve};

#[derive(Clone, Default)]
struct Desk(Kept);

impl Service for Desk {}

macro_rules! kept {
    ($($method:ident($request:ty) -> $response:ident | $error:ty;)*) => {
        $(async fn $method(&self, request: $request) -> Result<$response, Failure<$error>> {
            self.0.keep(request);
            Ok($response::NoContent)
        })*
    };
}

impl Lists for Desk {
    kept! {
        in_lists(InListsRequest) -> InListsResponse | InListsError;
        in_form(InFormRequest) -> InFormResponse | InFormError;
        in_parts(InPartsRequest) -> InPartsResponse | InPartsError;
        in_path(InPathRequest) -> InPathResponse | InPathError;
        in_query(InQueryRequest) -> InQueryResponse | InQueryError;
    }

    async fn in_headers(
        &self,
        request: InHeadersRequest,
    ) -> Result<InHeadersResponse, Failure<InHeadersError>> {
        let mut answer = InHeadersNoContent::new();
        answer.x_csv.clone_from(&request.x_csv);
        answer.x_ssv.clone_from(&request.x_ssv);
        answer.x_tsv.clone_from(&request.x_tsv);
        answer.x_pipes.clone_from(&request.x_pipes);
        self.0.keep(request);
        Ok(answer.into())
    }
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

/// What the client refuses to send.
async fn unsent<R>(request: R) -> String
where
    R: Request + Send,
    R::Output: Send + Debug,
    R::Error: Send + Debug,
{
    let client = Client::builder().base_url("http://127.0.0.1:1").build().expect("a legal base URL");
    match client.call(request).await {
        Err(Error::InvalidRequest { violations, .. }) => violations
            .iter()
            .map(|found| format!("{} {} {}", found.location.as_str(), found.name, found.constraint.as_str()))
            .collect::<Vec<_>>()
            .join("; "),
        other => panic!("it was sent: {other:?}"),
    }
}

fn list(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

fn get(target: &str) -> String {
    format!("GET {target} HTTP/1.1\naccept: */*")
}

#[test]
fn hosts_are_servers() {
    let urls: Vec<&str> = collections::operations::SERVERS.iter().map(|server| server.url).collect();
    assert_eq!(urls, ["https://api.example.com/v1", "http://api.example.com/v1"]);
    let client = Client::builder().build().expect("the first of them");
    assert!(format!("{client:?}").contains("https://api.example.com/v1"), "{client:?}");
}

#[tokio::test]
async fn lists_in_queries() {
    let request = InQueryRequest::new;
    for (query, request) in [
        ("csv=a,b%2Cc", request().with_csv(list(&["a", "b,c"]))),
        ("ssv=a%20b%2Cc%7Cd", request().with_ssv(list(&["a", "b,c|d"]))),
        ("tsv=a%09b%20c", request().with_tsv(list(&["a", "b c"]))),
        ("pipes=a%7Cb%20c", request().with_pipes(list(&["a", "b c"]))),
        ("multi=a&multi=b%2Cc", request().with_multi(list(&["a", "b,c"]))),
    ] {
        sides().is_written(&get(&format!("/query?{query}")), &request).await;
    }
    sides()
        .is_read(
            &get("/query?ssv=a+b&pipes=a|b"),
            &request().with_ssv(list(&["a", "b"])).with_pipes(list(&["a", "b"])),
        )
        .await;
    let confusing = request().with_ssv(list(&["a b"])).with_tsv(list(&["a\tb"])).with_pipes(list(&["a|b"]));
    assert_eq!(unsent(confusing).await, "query ssv encoding; query tsv encoding; query pipes encoding");
}

#[tokio::test]
async fn lists_in_paths() {
    let request = InPathRequest::new(list(&["a", "b"]), list(&["a", "b/c"]), vec![1, 2], list(&["a", "b,c"]));
    sides().is_written(&get("/path/a,b/a%20b%2Fc/1%092/a%7Cb%2Cc"), &request).await;
    sides().is_read(&get("/path/a,b/a%20b%2fc/1%092/a|b,c"), &request).await;
    let sides = sides::<InPathRequest>();
    assert_eq!(sides.refused(&get("/path/a/a/1,2/a")).await, "path tsv type /0");
    let confusing = InPathRequest::new(list(&["a"]), list(&["a b"]), vec![1], list(&["a|b"]));
    assert_eq!(unsent(confusing).await, "path ssv encoding; path pipes encoding");
}

#[tokio::test]
async fn lists_in_headers() {
    let request = InHeadersRequest::new;
    for (header, request) in [
        ("x-csv: a,b c", request().with_x_csv(list(&["a", "b c"]))),
        ("x-ssv: a b,c", request().with_x_ssv(list(&["a", "b,c"]))),
        ("x-tsv: a\tb, c", request().with_x_tsv(list(&["a", "b, c"]))),
        ("x-pipes: 1|2", request().with_x_pipes(vec![1, 2])),
    ] {
        sides().is_written(&format!("{}\n{header}", get("/headers")), &request).await;
        let answer = exchange(
            serve(server::router(Desk::default())).await,
            &format!("{}\n{header}", get("/headers")),
            "",
        )
        .await;
        let answer = answer.expect("an answer").to_text();
        assert_eq!(answer, format!("204\n{header}"));
        let recorder = Recorder::start(&answer).await.expect("a free port");
        let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
        let got = client.call(request.clone()).await.expect("an answer");
        assert_eq!(
            (&got.x_csv, &got.x_ssv, &got.x_tsv, &got.x_pipes),
            (&request.x_csv, &request.x_ssv, &request.x_tsv, &request.x_pipes)
        );
    }
    let confusing =
        request().with_x_ssv(list(&["a b"])).with_x_tsv(list(&["a\tb"])).with_x_csv(list(&["a,b"]));
    assert_eq!(
        unsent(confusing).await,
        "header X-Csv encoding; header X-Ssv encoding; header X-Tsv encoding"
    );
}

#[tokio::test]
async fn lists_in_forms() {
    let body = InFormRequestBody::default;
    let head = "POST /form HTTP/1.1\naccept: */*\ncontent-type: application/x-www-form-urlencoded";
    for (text, body) in [
        ("csv=a,b%2Cc", body().with_csv(list(&["a", "b,c"]))),
        ("ssv=a%20b%2Cc", body().with_ssv(list(&["a", "b,c"]))),
        ("tsv=1%092", body().with_tsv(vec![1, 2])),
        ("pipes=a%7Cb%20c", body().with_pipes(list(&["a", "b c"]))),
        ("multi=a&multi=b%2Cc", body().with_multi(list(&["a", "b,c"]))),
    ] {
        sides().is_written(&format!("{head}\n\n{text}"), &InFormRequest::new().with_body(body)).await;
    }
    let sides = sides::<InFormRequest>();
    assert_eq!(sides.refused(&format!("{head}\n\ntsv=1,2")).await, "body type /tsv/0");
}

#[tokio::test]
async fn lists_in_parts() {
    let body = InPartsRequestBody::default;
    let head = "POST /parts HTTP/1.1\naccept: */*\ncontent-type: multipart/form-data; boundary=XX";
    let part = |name: &str, text: &str| {
        format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
    };
    for (text, body) in [
        (part("csv", "a,b c"), body().with_csv(list(&["a", "b c"]))),
        (part("ssv", "a b,c"), body().with_ssv(list(&["a", "b,c"]))),
        (part("tsv", "1\t2"), body().with_tsv(vec![1, 2])),
        (part("pipes", "a|b c"), body().with_pipes(list(&["a", "b c"]))),
        (part("multi", "a") + &part("multi", "b,c"), body().with_multi(list(&["a", "b,c"]))),
    ] {
        let request = InPartsRequest::new().with_body(body);
        sides().is_written(&format!("{head}\n\n{text}--XX--\r\n"), &request).await;
    }
    let sides = sides::<InPartsRequest>();
    let text = format!("{head}\n\n{}--XX--\r\n", part("tsv", "1,2"));
    assert_eq!(sides.refused(&text).await, "body type /tsv/0");
}

/// A list inside of a list is one text of it, in a format of its own; of the same, it is JSON.
#[tokio::test]
async fn lists_in_lists() {
    let rows = || vec![vec![1], vec![2, 3]];
    let request = || InListsRequest::new(rows());
    let head = |query: &str| format!("POST /nested/1,2%7C3{query} HTTP/1.1\naccept: */*");
    for (text, request) in [
        (head(""), request()),
        (head("?rows=1,2%7C3"), request().with_rows(rows())),
        (head("?rows=1%7C2,,3"), request().with_rows(vec![vec![1, 2], Vec::new(), vec![3]])),
        (head("?many=a%20b%2Cc&many=d"), request().with_many(vec![list(&["a b", "c"]), list(&["d"])])),
        (head("?bars=a%2Cb%7Cc"), request().with_bars(vec![list(&["a", "b"]), list(&["c"])])),
        (head("?same=%5B%5B1%5D%2C%5B2%2C3%5D%5D"), request().with_same(rows())),
        (format!("{}\nx-rows: 1,2|3", head("")), request().with_x_rows(rows())),
        (
            head("?cubes=1%2C2%7C3&cubes=4"),
            request().with_cubes(vec![vec![vec![1, 2], vec![3]], vec![vec![4]]]),
        ),
        (
            format!("{}\ncontent-type: application/x-www-form-urlencoded\n\nlines=1&lines=2%203", head("")),
            request().with_body(InListsRequestBody::default().with_lines(rows())),
        ),
    ] {
        sides().is_written(&text, &request).await;
    }
    sides().is_read(&head("?rows=1,2|3"), &request().with_rows(rows())).await;
    let sides = sides::<InListsRequest>();
    assert_eq!(sides.refused(&head("?rows=1,2|x,10")).await, "query rows type /1/1; query rows maximum /2/0");
    let confusing = request().with_bars(vec![list(&["a,b"])]).with_many(vec![list(&["", "a"]), list(&[""])]);
    assert_eq!(unsent(confusing).await, "query many encoding; query bars encoding");
}
