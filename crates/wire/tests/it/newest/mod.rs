//! `spec/newest.yaml`: what is new in 3.2 and carried over.

use std::fmt::Debug;

use newest::Client;
use newest::operations::latest::*;
use newest::server::{self, Authenticate, Latest};
use newest::types::{ColourPage, LabelledTree, NumberPage, Page, Pages, Rgb, Search, Tree};
use specwright_conformance::{Recorder, exchange};
use specwright_runtime::client::{Error, Request};
use specwright_runtime::server::{Authentication, SecurityRequest, Service};
use specwright_runtime::{Event, Failure};

use super::desk::{Kept, Sides, serve};

#[derive(Clone, Default)]
struct Desk(Kept);

impl Service for Desk {}

impl Authenticate for Desk {
    type Device = String;

    async fn device(&self, token: Option<&str>, _: SecurityRequest<'_>) -> Authentication<String> {
        token.map_or(Authentication::NotMine, |token| Authentication::Principal(token.to_owned()))
    }
}

impl Latest for Desk {
    async fn append(&self, mut request: AppendRequest) -> Result<AppendResponse, Failure<AppendError>> {
        let mut items = Vec::new();
        while let Some(item) = request.body.next().await {
            items.push(item.expect("an item"));
        }
        self.0.keep(items);
        Ok(AppendResponse::NoContent)
    }

    async fn listen(&self, _: ListenRequest) -> Result<ListenResponse, Failure<ListenError>> {
        Ok(ListenResponse::Ok(
            [Event::new(red()), Event::new(Rgb::default().with_g(2))].into_iter().collect(),
        ))
    }

    async fn log(&self, _: LogRequest) -> Result<LogResponse, Failure<LogError>> {
        Ok(LogResponse::Ok([red(), Rgb::default().with_g(2)].into_iter().collect()))
    }

    async fn unshare(&self, request: UnshareRequest) -> Result<UnshareResponse, Failure<UnshareError>> {
        self.0.keep(request);
        Ok(UnshareResponse::NoContent)
    }

    async fn leaf(&self, request: LeafRequest) -> Result<LeafResponse, Failure<LeafError>> {
        self.0.keep(request);
        Ok(LeafResponse::NoContent)
    }

    async fn seal(&self, request: SealRequest) -> Result<SealResponse, Failure<SealError>> {
        self.0.keep(request);
        Ok(SealResponse::NoContent)
    }

    async fn turn_pages(
        &self,
        request: TurnPagesRequest,
    ) -> Result<TurnPagesResponse, Failure<TurnPagesError>> {
        self.0.keep(request);
        Ok(TurnPagesResponse::NoContent)
    }

    async fn search(
        &self,
        _: Option<String>,
        request: SearchRequest,
    ) -> Result<SearchResponse, Failure<SearchError>> {
        self.0.keep(request);
        Ok(SearchResponse::NoContent)
    }
}

fn red() -> Rgb {
    Rgb::default().with_r(1)
}

fn client(base_url: String) -> Client {
    Client::builder().base_url(base_url).build().expect("a legal base URL")
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
            client(url).call(request).await.expect("an answer");
        },
    }
}

fn get(target: &str) -> String {
    format!("GET {target} HTTP/1.1\naccept: */*")
}

#[tokio::test]
async fn a_query_is_one_value() {
    let request = SearchRequest::new;
    let tags = || vec!["x".to_owned(), "y".to_owned()];
    let search = Search::new("a b&c").with_tags(tags()).with_page(2);
    sides()
        .is_written(&get("/search?text=a%20b%26c&tags=x&tags=y&page=2"), &request().with_all(search))
        .await;
    sides()
        .is_read(&get("/search?page=1&text=a+b"), &request().with_all(Search::new("a b").with_page(1)))
        .await;
    sides().is_written(&get("/search"), &request()).await;
    assert_eq!(
        sides::<SearchRequest>().refused(&get("/search?page=x")).await,
        "query all required /text; query all type /page"
    );
}

#[tokio::test]
async fn a_number_has_text_behind_it() {
    sides().is_written(&get("/leaves/7.json"), &LeafRequest::new(7)).await;
    sides().is_read(&get("/leaves/7.0.json"), &LeafRequest::new(7)).await;
    assert_eq!(sides::<LeafRequest>().refused(&get("/leaves/7.5.json")).await, "path leaf type");
}

#[tokio::test]
async fn cookies_that_nothing_encodes() {
    let request = SearchRequest::new;
    for (cookie, request) in [
        ("plain=a%20b=c", request().with_plain("a%20b=c")),
        (
            "list=blue,black,brown",
            request().with_list(["blue", "black", "brown"].map(str::to_owned).to_vec()),
        ),
        ("each=1; each=2", request().with_each(vec![1, 2])),
        ("R=100; G=200; B=150", request().with_rgb(Rgb::default().with_r(100).with_g(200).with_b(150))),
    ] {
        sides().is_written(&format!("{}\ncookie: {cookie}", get("/search")), &request).await;
    }
    let client = client("http://127.0.0.1:1".to_owned());
    for text in ["a b", "a;b", "a,b", "é"] {
        let refused = client.call(SearchRequest::new().with_plain(text)).await;
        let Err(Error::InvalidRequest { violations, .. }) = refused else { panic!("{text} was sent") };
        let told: Vec<String> = violations.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["cookie `plain` has a character that no cookie can hold"]);
    }
}

#[tokio::test]
async fn sequences_of_items() {
    let lines = "{\"R\":1}\n{\"G\":2}\n";
    let items = || vec![red(), Rgb::default().with_g(2)];
    let head = "POST /log HTTP/1.1\naccept: */*\ncontent-type: application/jsonl";
    let desk = Desk::default();
    let answer = exchange(serve(server::router(desk.clone())).await, head, lines).await.expect("an answer");
    assert_eq!((answer.status, desk.0.seen()), (204, Some(items())));
    let recorder = Recorder::start("204").await.expect("a free port");
    client(recorder.base_url())
        .call(AppendRequest::new(items().into_iter().collect()))
        .await
        .expect("an answer");
    assert_eq!(recorder.request().await.expect("a request"), format!("{head}\n\n{lines}"));

    let answer =
        exchange(serve(server::router(desk)).await, "GET /log HTTP/1.1", "").await.expect("an answer");
    assert_eq!(answer.to_text(), format!("200\ncontent-type: application/jsonl\n\n{lines}"));
    let recorder = Recorder::start(&answer.to_text()).await.expect("a free port");
    let mut got = client(recorder.base_url()).call(LogRequest::new()).await.expect("an answer").into_body();
    for item in items() {
        assert_eq!(got.next().await.expect("an item").expect("a line"), item);
    }
}

#[tokio::test]
async fn the_data_of_events() {
    let desk = Desk::default();
    let answer =
        exchange(serve(server::router(desk)).await, "GET /events HTTP/1.1", "").await.expect("an answer");
    assert_eq!(answer.body, "data: {\"R\":1}\n\ndata: {\"G\":2}\n\n");
    let text = "200\ncontent-type: text/event-stream\n\nevent: colour\ndata: {\"R\":1}\n\n";
    let recorder = Recorder::start(text).await.expect("a free port");
    let mut got =
        client(recorder.base_url()).call(ListenRequest::new()).await.expect("an answer").into_body();
    let event = got.next().await.expect("an event").expect("data");
    assert_eq!((event.event.as_deref(), event.data), (Some("colour"), red()));
}

/// What `$dynamicRef` leads to depends on the schema that the template is reached by.
#[tokio::test]
async fn templates_are_bound_by_their_users() {
    let head = "PUT /pages HTTP/1.1\naccept: */*\ncontent-type: application/json\n\n";
    for (body, pages) in [
        (
            r#"{"texts":{"items":["a"],"next":{"items":[]}}}"#,
            Pages::default()
                .with_texts(Page::new(vec!["a".to_owned()]).with_next(Box::new(Page::new(Vec::new())))),
        ),
        (
            r#"{"colours":{"items":[{"R":1}],"next":{"items":[{"G":2}]}}}"#,
            Pages::default().with_colours(
                ColourPage::new(vec![red()])
                    .with_next(Box::new(ColourPage::new(vec![Rgb::default().with_g(2)]))),
            ),
        ),
        (r#"{"numbers":{"items":[1,9]}}"#, Pages::default().with_numbers(NumberPage::new(vec![1, 9]))),
        (
            r#"{"tree":{"data":"a","children":[{}]},"labelled":{"children":[{"label":"b"}],"label":"a"}}"#,
            Pages::default()
                .with_tree(Tree::default().with_data("a").with_children(vec![Tree::default()]))
                .with_labelled(LabelledTree::new("a").with_children(vec![LabelledTree::new("b")])),
        ),
    ] {
        sides().is_written(&format!("{head}{body}"), &TurnPagesRequest::new(pages)).await;
    }
    for (body, violations) in [
        (r#"{"texts":{"items":[1]}}"#, "body type /texts/items/0"),
        (r#"{"colours":{"items":[{"R":1}],"next":{"items":[1]}}}"#, "body type /colours/next/items/0"),
        (r#"{"numbers":{"items":[10]}}"#, "body maximum /numbers/items/0"),
        (r#"{"labelled":{"label":"a","children":[{}]}}"#, "body required /labelled/children/0/label"),
    ] {
        assert_eq!(sides::<TurnPagesRequest>().refused(&format!("{head}{body}")).await, violations);
    }
}

#[tokio::test]
async fn path_items_of_components() {
    let head = "DELETE /shared/7 HTTP/1.1\naccept: */*";
    sides().is_written(head, &UnshareRequest::new(7)).await;
    let refused = sides::<UnshareRequest>().refused(&head.replace('7', "seven")).await;
    assert_eq!(refused, "path id type");
}
