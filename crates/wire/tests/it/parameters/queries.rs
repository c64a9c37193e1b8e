//! Query parameters.

use std::collections::BTreeMap;

use parameters::Client;
use parameters::operations::queries::{
    ContentRequest, DelimitedRequest, EmptyRequest, FormRequest, MembersRequest, OpenRequest,
};
use parameters::types::{Created, CreatedObject, EmptySort, Filter, OpenCwes, OpenIds, Rgb};
use serde_json::{Value, json};
use specwright_conformance::{Recorder, exchange};

use super::desk::Desk;
use super::{colors, head, is_read, is_written, refused, rgb, unsent};

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[tokio::test]
async fn the_table_of_form() {
    let form = FormRequest::new;
    for (query, request) in [
        ("color=", form().with_color("")),
        ("color=blue", form().with_color("blue")),
        ("colors=blue&colors=black&colors=brown", form().with_colors(colors())),
        ("R=100&G=200&B=150", form().with_rgb(rgb())),
        ("color1=", form().with_color1("")),
        ("color1=blue", form().with_color1("blue")),
        ("colors1=blue,black,brown", form().with_colors1(colors())),
        ("colors1=", form().with_colors1(vec![])),
        ("rgb1=R,100,G,200,B,150", form().with_rgb1(rgb())),
        ("color=a%20b%26c%3Dd%2Be", form().with_color("a b&c=d+e")),
        ("colors1=a%2Cb,c", form().with_colors1(texts(&["a,b", "c"]))),
    ] {
        is_written(&format!("/form?{query}"), request).await;
    }
    is_read("/form?color=a+b&colors=c%2Bd", &form().with_color("a b").with_colors(texts(&["c+d"]))).await;
    assert_eq!(refused("/form?color=a&color=b").await, "query color repeated");
    assert_eq!(refused("/form?R=x&rgb1=R").await, "query rgb type; query rgb1 type");
    assert_eq!(refused("/form?color=%FF").await, "query color encoding");
}

#[tokio::test]
async fn the_table_of_delimiters_and_brackets() {
    let delimited = DelimitedRequest::new;
    for (query, request) in [
        ("spaces=blue%20black%20brown", delimited().with_spaces(colors())),
        ("spaced=R%20100%20G%20200%20B%20150", delimited().with_spaced(rgb())),
        ("pipes=blue%7Cblack%7Cbrown", delimited().with_pipes(colors())),
        ("piped=R%7C100%7CG%7C200%7CB%7C150", delimited().with_piped(rgb())),
        ("deep%5BR%5D=100&deep%5BG%5D=200&deep%5BB%5D=150", delimited().with_deep(rgb())),
    ] {
        is_written(&format!("/delimited?{query}"), request).await;
    }
    is_read("/delimited?spaces=blue+black+brown", &delimited().with_spaces(colors())).await;
    is_read("/delimited?pipes=blue|black|brown", &delimited().with_pipes(colors())).await;
    is_read("/delimited?deep[R]=100&deep[G]=200&deep[B]=150", &delimited().with_deep(rgb())).await;
    assert_eq!(unsent(delimited().with_spaces(texts(&["a b"]))).await, "query spaces encoding");
    assert_eq!(unsent(delimited().with_pipes(texts(&["a|b"]))).await, "query pipes encoding");
}

#[tokio::test]
async fn brackets_in_brackets() {
    let open = OpenRequest::new;
    let red = || Rgb::default().with_r(1);
    for (query, request) in [
        ("filter%5Bname%5D=a", open().with_filter(Filter::default().with_name("a"))),
        (
            "filter%5Btags%5D%5B%5D=a&filter%5Btags%5D%5B%5D=b",
            open().with_filter(Filter::default().with_tags(texts(&["a", "b"]))),
        ),
        ("filter%5Brgb%5D%5BR%5D=1", open().with_filter(Filter::default().with_rgb(red()))),
        (
            "filter%5Bsteps%5D%5B0%5D%5BR%5D=1&filter%5Bsteps%5D%5B1%5D%5BG%5D=2",
            open().with_filter(Filter::default().with_steps(vec![red(), Rgb::default().with_g(2)])),
        ),
        ("expand%5B%5D=blue&expand%5B%5D=black&expand%5B%5D=brown", open().with_expand(colors())),
        ("labels%5Ba%5D=1&labels%5Bb%5D=2", {
            open().with_labels(BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]))
        }),
        ("created%5Bgt%5D=5", open().with_created(Created::Object(CreatedObject::default().with_gt(5)))),
        ("created=5", open().with_created(Created::Integer(5))),
    ] {
        is_written(&format!("/open?{query}"), request).await;
    }
    for (query, request) in [
        ("expand[0]=blue&expand[1]=black&expand[2]=brown", open().with_expand(colors())),
        ("expand=blue&expand=black&expand=brown", open().with_expand(colors())),
        (
            "filter[tags]=a&filter[tags]=b",
            open().with_filter(Filter::default().with_tags(texts(&["a", "b"]))),
        ),
        (
            "filter[tags][10]=b&filter[tags][9]=a",
            open().with_filter(Filter::default().with_tags(texts(&["a", "b"]))),
        ),
        (
            "filter[rgb]=%7B%22R%22:1%7D&filter[other][x]=2",
            open().with_filter(Filter::default().with_rgb(red())),
        ),
    ] {
        is_read(&format!("/open?{query}"), &request).await;
    }
    assert_eq!(refused("/open?filter[rgb][R]=x").await, "query filter type");
    assert_eq!(refused("/open?filter[name][a]=x").await, "query filter type");
    let deep = format!("/open?filter{}=1", "[a]".repeat(1000));
    assert_eq!(refused(&deep).await, "query filter type");
}

#[tokio::test]
async fn what_the_table_leaves_open() {
    let open = OpenRequest::new;
    let steps = || vec![Rgb::default().with_r(1), Rgb::default().with_g(2)];
    for (query, request) in [
        ("sort=%7B%22R%22%3A1%7D&sort=%7B%22G%22%3A2%7D", open().with_sort(steps())),
        ("sorts=%5B%7B%22R%22%3A1%7D%2C%7B%22G%22%3A2%7D%5D", open().with_sorts(steps())),
        ("cwes=79", open().with_cwes(OpenCwes::String("79".to_owned()))),
        ("cwes=79&cwes=80", open().with_cwes(OpenCwes::StringArray(texts(&["79", "80"])))),
        ("ids=1", open().with_ids(OpenIds::Integer(1))),
        ("ids=1,2", open().with_ids(OpenIds::IntegerArray(vec![1, 2]))),
        ("any=5", open().with_any(json!("5"))),
        ("any=a&any=b", open().with_any(json!(["a", "b"]))),
        ("word=a%7Cb", open().with_word("a|b")),
        ("spread=blue&spread=black&spread=brown", open().with_spread(colors())),
    ] {
        is_written(&format!("/open?{query}"), request).await;
    }
    assert_eq!(
        refused("/open?sorts=R&ids=1,x&sort=R").await,
        "query sort type; query sorts type; query ids type"
    );
}

#[tokio::test]
async fn members_are_parameters_of_their_own() {
    let members = MembersRequest::new;
    let filter =
        || Filter::default().with_name("a").with_tags(texts(&["x", "y"])).with_rgb(Rgb::default().with_r(1));
    is_written(
        "/members?name=a&tags=x&tags=y&rgb=%7B%22R%22%3A1%7D&page=2",
        members().with_filter(filter()).with_page(2),
    )
    .await;
}

#[tokio::test]
async fn what_is_nobodys_is_the_rest() {
    let rest = BTreeMap::from([("x".to_owned(), "1".to_owned()), ("y".to_owned(), "2".to_owned())]);
    is_written("/members?x=1&y=2&page=3", MembersRequest::new().with_rest(rest).with_page(3)).await;
}

#[tokio::test]
async fn media_types() {
    let content = || ContentRequest::new().with_filter(Filter::default().with_name("a"));
    let json = "%7B%22name%22%3A%22a%22%7D";
    for (target, request) in [
        (format!("/content?filter={json}"), content()),
        ("/content?filter=null".to_owned(), ContentRequest::new()),
        (format!("/content?filter={json}&ids=%5B1%2C2%5D"), content().with_ids(vec![1, 2])),
        (
            format!("/content?filter={json}&number=5&table=a%2Cb%0A"),
            content().with_number(5).with_table("a,b\n"),
        ),
        (
            format!("/content?filter={json}\nx-filter: {{\"tags\":[\"a\",\"b\"]}}"),
            content().with_x_filter(Filter::default().with_tags(texts(&["a", "b"]))),
        ),
        (format!("/content?filter={json}\ncookie: filtered={json}"), {
            content().with_filtered(Filter::default().with_name("a"))
        }),
    ] {
        is_written(&target, request).await;
    }
    is_read("/content?filter=%7B+%22name%22:%22a%22%7D", &content()).await;
    assert_eq!(refused("/content?filter=a&ids=1,2").await, "query filter type; query ids type");
    assert_eq!(refused("/content").await, "query filter required");
}

#[tokio::test]
async fn media_types_in_answers() {
    let head = head("/content?filter=null\nx-filter: {\"name\":\"a\"}");
    let answer = exchange(Desk::default().start().await, &head, "").await.expect("an answer");
    let text = "204\nx-filter: {\"name\":\"a\"}\nx-rgb-exploded: R=100,G=200,B=150\nx-rgb: R,100,G,200,B,150";
    assert_eq!(answer.to_text(), text);
    let recorder = Recorder::start(text).await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let answer = client.call(ContentRequest::new()).await.expect("an answer");
    assert_eq!(answer.x_filter, Some(Filter::default().with_name("a")));
    assert_eq!((&answer.x_rgb, &answer.x_rgb_exploded), (&Some(rgb()), &Some(rgb())));
}

#[tokio::test]
async fn empty_values_null_and_defaults() {
    let filled = || {
        // Of no type, what is sent is text: so is the default.
        let empty = EmptyRequest::new().with_page(1).with_theme("dark").with_period(Value::from("24"));
        empty.with_x_default(texts(&["a", "b"]))
    };
    for (query, request) in [
        ("count=&flag", filled()),
        ("count&flag=true", filled().with_flag(true)),
        ("count=1&text", filled().with_count(1).with_text("")),
        ("count=&list=", filled().with_list(vec![])),
        ("count=&list=&list=a", filled().with_list(texts(&["", "a"]))),
        ("count=&sort=", filled()),
        ("count=&sort=up", filled().with_sort(EmptySort::Up)),
        ("count=&nullable=", filled()),
        ("count=&nullable=1", filled().with_nullable(1)),
        ("count=&Case=a&case=b", filled().with_query_case("a").with_case("b")),
    ] {
        is_read(&format!("/empty?{query}"), &request).await;
    }
    is_read(
        "/empty?count=&page=3&period=24\nx-default: c\ncookie: theme=light",
        &filled().with_page(3).with_x_default(texts(&["c"])).with_theme("light"),
    )
    .await;
    is_written("/empty?count=&page=1&period=24\nx-default: a,b\ncookie: theme=dark", filled()).await;
    assert_eq!(
        refused("/empty?page=&flag=yes").await,
        "query flag type; query count required; query page type"
    );
}
