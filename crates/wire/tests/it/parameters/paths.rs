//! Path parameters, and paths that hold more than whole segments.

use parameters::operations::paths::{
    ActRequest, CancelRequest, ChosenTargetRequest, CompareRequest, FileRequest, JsonInPathRequest,
    LabelExplodedRequest, LabelRequest, ListActionsRequest, LiteralRequest, MatrixExplodedRequest,
    MatrixRequest, PageRequest, PartRequest, ReservedRequest, ShownRequest, SimpleExplodedRequest,
    SimpleRequest, TargetOneRequest, TargetTwoRequest, TargetsRequest,
};
use parameters::types::{Filter, PageExtension, Rgb, ShownView, TargetOneTarget, TargetTwoTarget};
use specwright_conformance::exchange;

use super::desk::Desk;
use super::{colors, head, is_read, is_written, refused, rgb, unsent};

#[tokio::test]
async fn the_table_in_paths() {
    is_written(
        "/simple/blue/blue,black,brown/R,100,G,200,B,150",
        SimpleRequest::new("blue", colors(), rgb()),
    )
    .await;
    is_written(
        "/simple-exploded/blue/blue,black,brown/R=100,G=200,B=150",
        SimpleExplodedRequest::new("blue", colors(), rgb()),
    )
    .await;
    is_written(
        "/label/.blue/.blue,black,brown/.R,100,G,200,B,150",
        LabelRequest::new("blue", colors(), rgb()),
    )
    .await;
    is_written(
        "/label-exploded/.blue/.blue.black.brown/.R=100.G=200.B=150",
        LabelExplodedRequest::new("blue", colors(), rgb()),
    )
    .await;
    is_written(
        "/matrix/;color=blue/;colors=blue,black,brown/;rgb=R,100,G,200,B,150",
        MatrixRequest::new("blue", colors(), rgb()),
    )
    .await;
    is_written(
        "/matrix-exploded/;color=blue/;colors=blue;colors=black;colors=brown/;R=100;G=200;B=150",
        MatrixExplodedRequest::new("blue", colors(), rgb()),
    )
    .await;
}

#[tokio::test]
async fn the_empty_value_in_paths() {
    // A segment of a dot is another resource's to whoever normalizes paths.
    is_read("/label/././.", &LabelRequest::new("", vec![], Rgb::default())).await;
    let nothing = LabelRequest::new("", vec![], Rgb::default());
    assert_eq!(
        unsent(nothing).await,
        "path color pathSegment; path colors pathSegment; path rgb pathSegment"
    );
    is_written("/matrix/;color/;colors/;rgb", MatrixRequest::new("", vec![], Rgb::default())).await;
    is_written(
        "/matrix-exploded/;color/;colors/;rgb",
        MatrixExplodedRequest::new("", vec![], Rgb::default()),
    )
    .await;
    let nothing = SimpleRequest::new("", vec![], Rgb::default());
    assert_eq!(
        unsent(nothing).await,
        "path color pathSegment; path colors pathSegment; path rgb pathSegment"
    );
}

#[tokio::test]
async fn what_separates_is_encoded_inside_of_values() {
    let list = || vec!["a,b".to_owned(), "c.d;e/f".to_owned()];
    is_written(
        "/simple/a%2Cb/a%2Cb,c.d%3Be%2Ff/R,1",
        SimpleRequest::new("a,b", list(), Rgb::default().with_r(1)),
    )
    .await;
    is_written(
        "/label-exploded/.a.b/.a%2Cb.c%2Ed%3Be%2Ff/.R=1",
        LabelExplodedRequest::new("a.b", list(), Rgb::default().with_r(1)),
    )
    .await;
    assert_eq!(refused("/label/blue/.a/.R,1").await, "path color type");
    assert_eq!(refused("/simple/a/b/R,1,G").await, "path rgb type");
    assert_eq!(refused("/simple/%zz/b/R,x").await, "path color encoding; path rgb type");
}

#[tokio::test]
async fn json_in_paths() {
    let filter = || Filter::default().with_name("a/b");
    is_written(
        "/json/%7B%22name%22%3A%22a%2Fb%22%7D/%7B%22rgb%22%3A%7B%22R%22%3A1%7D%7D",
        JsonInPathRequest::new(filter(), Filter::default().with_rgb(Rgb::default().with_r(1))),
    )
    .await;
    assert_eq!(refused("/json/name/%7B%22rgb%22%3A1%7D").await, "path filter type; path nested type");
}

#[tokio::test]
async fn several_parameters_in_a_segment() {
    is_written("/segments/a.tar.gz", FileRequest::new("a", "tar.gz")).await;
    is_written("/segments/v1.0...v1.1", CompareRequest::new("v1.0", "v1.1")).await;
    is_written("/jobs/7:cancel", CancelRequest::new(7)).await;
    is_read("/jobs/7%3Acancel", &CancelRequest::new(7)).await;
    is_written("/:literal/*", LiteralRequest::new()).await;
    is_written("/pages/start.json", PageRequest::new("start", PageExtension::Json)).await;
    is_written("/pages/a.json.xml", PageRequest::new("a.json", PageExtension::Xml)).await;
    assert_eq!(refused("/pages/start.html").await, "path extension enum");
}

#[tokio::test]
async fn paths_with_a_query() {
    is_written("/actions?do=list", ListActionsRequest::new()).await;
    is_written("/actions?do=list&page=2", ListActionsRequest::new().with_page(2)).await;
    is_written("/actions?do=move%20up&on=3", ActRequest::new("move up", 3)).await;
    is_read("/actions?x=1&on=3&do=move+up", &ActRequest::new("move up", 3)).await;
    assert_eq!(refused("/actions?do=move&on=x").await, "path thing type");
    is_written("/shown?view=all&page=1", ShownRequest::new(ShownView::All).with_page(1)).await;
    is_written("/parts?piece=a&whole=3", PartRequest::new("a", 3)).await;
    for target in
        ["/actions", "/actions?do=move", "/actions?list", "/parts?whole=1", "/parts?{piece}=1&{whole}"]
    {
        let answer = exchange(Desk::default().start().await, &head(target), "").await.expect("an answer");
        assert_eq!(answer.status, 404, "{target}");
    }
}

#[tokio::test]
async fn paths_with_a_fragment() {
    is_written("/targets\ntarget: one", TargetOneRequest::new(TargetOneTarget::One)).await;
    is_written("/targets\ntarget: two", TargetTwoRequest::new(TargetTwoTarget::Two)).await;
    is_written("/targets\nchosen: any", ChosenTargetRequest::new("any")).await;
    // A value tells more than a name.
    let both = TargetOneRequest::new(TargetOneTarget::One).with_chosen("any");
    is_written("/targets\nchosen: any\ntarget: one", both).await;
    is_written("/targets", TargetsRequest::new()).await;
    is_read("/targets\ntarget: three", &TargetsRequest::new()).await;
}

#[tokio::test]
async fn reserved_characters_stay_where_they_may() {
    let url = "https://example.com/a?b=c,d;e&f#g+h i";
    is_written(
        "/reserved/a%2Fb?url=https://example.com/a?b=c,d;e%26f%23g%2Bh%20i",
        ReservedRequest::new("a/b").with_url(url),
    )
    .await;
    is_written(
        "/reserved/x?urls=a:b,c%2Cd/e&plain=a%3Ab",
        ReservedRequest::new("x").with_urls(vec!["a:b".to_owned(), "c,d/e".to_owned()]).with_plain("a:b"),
    )
    .await;
}
