//! What the contract does not allow reaches no handler, and leaves no client.

use serde_json::Value;
use specwright_conformance::{Recorder, exchange};
use specwright_runtime::client::Error;
use types_of_all_kinds::Client;
use types_of_all_kinds::types::{Address, Colour, Pet, Priority, Tints, Values};

use super::echo::Mirror;

/// The violations that a body is refused for, each as constraint and pointer.
async fn refused(path: &str, body: &str) -> String {
    let head = format!("POST {path} HTTP/1.1\ncontent-type: application/json");
    let answer = exchange(Mirror::start().await, &head, body).await.expect("an answer");
    assert_eq!(answer.status, 400, "{body}: {}", answer.body);
    let problem: Value = serde_json::from_str(&answer.body).expect("JSON");
    let violations = problem["violations"].as_array().into_iter().flatten();
    let text = |found: &Value, key: &str| found[key].as_str().unwrap_or_default().to_owned();
    violations
        .map(|found| {
            format!("{} {}{}", text(found, "constraint"), text(found, "name"), text(found, "pointer"))
        })
        .collect::<Vec<_>>()
        .join("; ")
}

#[tokio::test]
async fn every_keyword_is_told_with_its_place() {
    for (path, body, violations) in [
        ("/enums", r#"{"level":2}"#, "enum /level"),
        ("/enums", r#"{"mode":"1"}"#, "enum /mode"),
        ("/enums", r#"{"colour":"green"}"#, "enum /colour"),
        ("/enums", r#"{"agreed":false,"version":2}"#, "enum /agreed; enum /version"),
        ("/enums", r#"{"origin":{"x":0,"y":[0]}}"#, "enum /origin"),
        ("/enums", r#"{"size":"medium"}"#, "enum /size"),
        ("/enums", r#"{"tags":["b"]}"#, "enum /tags"),
        ("/enums", r#"{"switch":"2.5"}"#, "enum /switch"),
        ("/enums?level=3&mode=off", "{}", "enum level; enum mode"),
        ("/lists", r#"{"pair":["a"]}"#, "minItems /pair"),
        ("/lists", r#"{"pair":[1,"b"]}"#, "type /pair/0; type /pair/1"),
        ("/lists", r#"{"row":["a","b"]}"#, "type /row/1"),
        ("/lists", r#"{"some":[1]}"#, "minContains /some"),
        ("/lists", r#"{"some":["a","b","c"]}"#, "maxContains /some"),
        ("/lists", r#"{"rest":["a",true]}"#, "type /rest/1"),
        ("/objects", r#"{"headers":{"y-1":1}}"#, "additionalProperties /headers/y-1"),
        ("/objects", r#"{"headers":{"x-1":"a"}}"#, "type /headers/x-1"),
        ("/objects", r#"{"kinds":{"n":"a","b":1}}"#, "type /kinds/n; type /kinds/b"),
        ("/objects", r#"{"address":{"country":"AT"}}"#, "required /address/zip"),
        ("/objects", r#"{"address":{"country":"AT","zip":"1"}}"#, "pattern /address/zip"),
        ("/objects", r#"{"address":{"zip":"1"}}"#, "not /address"),
        ("/objects", r#"{"card":{"number":"1"}}"#, "dependentRequired /card/code"),
        ("/objects", r#"{"card":{"code":"1"}}"#, "required /card/holder"),
        ("/objects", r#"{"card":{"surplus":1}}"#, "propertyNames /card/surplus"),
        ("/objects", r#"{"card":{"holder":"a"}}"#, "anyOf /card"),
        ("/objects", r#"{"card":{"holder":"a","born":"b"}}"#, "type /card/born"),
        ("/objects", r#"{"marks":{"x-1":"a"}}"#, "type /marks/x-1"),
        ("/objects", r#"{"marks":{"y-1":1}}"#, "unevaluatedProperties /marks/y-1"),
        ("/objects", r#"{"lock":{"kind":"digits"}}"#, "required /lock/digits"),
        ("/objects", r#"{"lock":{"kind":"digits","digits":"1"}}"#, "type /lock/digits"),
        ("/objects", r#"{"lock":{"kind":"key","digits":1}}"#, "type /lock/digits"),
        ("/objects", r#"{"contact":{"name":"a"}}"#, "anyOf /contact"),
        ("/objects", r#"{"contact":{"mail":"a","fax":"b"}}"#, "unevaluatedProperties /contact/fax"),
        ("/objects", r#"{"counted":{"name":1,"apples":"a"}}"#, "type /counted/name; type /counted/apples"),
        ("/accounts", r#"{"name":"a"}"#, "dependentRequired /code"),
        ("/accounts", r#"{"id":"b"}"#, "required /name"),
        ("/accounts", r#"{"name":"a","code":"b","other":1}"#, "unevaluatedProperties /other"),
        ("/tints/a,1", r#"{"colours":["red","green"]}"#, "enum /colours/1"),
        ("/tints/a,1", r#"{"byName":{"a":"green"}}"#, "enum /byName/a"),
        ("/tints/a,1", r#"{"priority":4,"priorities":[[1,4]]}"#, "enum /priority; enum /priorities/0/1"),
        ("/tints/a,1", r#"{"levels":{"a":3}}"#, "enum /levels/a"),
        ("/tints/a,1", r#"{"pet":{"kind":"Fish"}}"#, "enum /pet/kind"),
        ("/tints/a,1", r#"{"pets":[{"kind":"Cat"},{"kind":"Fish"}]}"#, "enum /pets/1/kind"),
        ("/tints/a,1", r#"{"token":"+/+/"}"#, "format /token"),
        ("/tints/a,1?colour=green&priorities=1,4", "{}", "enum colour; enum priorities/1"),
        ("/tints/a,b", "{}", "type span/1"),
        ("/tints/a", "{}", "minItems span"),
        ("/tints/1,1?exploded=1&exploded=a", "{}", "type exploded/1"),
        ("/tints/1,1?row=1,2,b", "{}", "type row/2"),
        ("/values", r#"{"word":"none"}"#, "not /word"),
        ("/values", r#"{"code":850}"#, "not /code"),
        ("/values", r#"{"other":"a"}"#, "not /other"),
        ("/values", r#"{"nothing":1}"#, "not /nothing"),
        ("/values", r#"{"nil":1}"#, "enum /nil"),
        ("/values", r#"{"big":-1}"#, "format /big; minimum /big"),
        ("/values", r#"{"ratio":1e39}"#, "format /ratio"),
        ("/values", r#"{"nest":[[],[[],[]]]}"#, "maxItems /nest/1"),
        ("/values", r#"{"json":{"a":[1,"long"]}}"#, "maxLength /json/a/1"),
        ("/values", r#"{"node":{"between":[{}]}}"#, "minItems /node/between"),
        ("/values", r#"{"octets":"a"}"#, "format /octets"),
        ("/values", r#"{"took":"two hours","at":"noon"}"#, "format /took; format /at"),
        ("/nulls", r#"{"items":[null,"a"]}"#, "required /must; type /items/1"),
        ("/unions", r#"{"count":3.5}"#, "type /count"),
        ("/unions", r#"{"shape":{"kind":"circle","side":1}}"#, "required /shape/radius"),
    ] {
        assert_eq!(refused(path, body).await, violations, "{body}");
    }
}

/// What came back and nobody knows is not sent by accident.
#[tokio::test]
async fn a_client_sends_no_value_that_the_contract_does_not_name() {
    let recorder = Recorder::start("200").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    let fish = serde_json::json!({"kind": "Fish"});
    let tints = Tints::default()
        .with_colours(vec![Colour::Red, Colour::Unknown("green".to_owned())])
        .with_by_name([("a".to_owned(), Colour::Unknown("green".to_owned()))].into())
        .with_priority(Priority::Unknown(4.into()))
        .with_pet(Pet::Unknown(fish));
    match client.echo().send_tints(("a".to_owned(), 1), &tints).await {
        Err(Error::InvalidRequest { violations, .. }) => {
            let places: Vec<_> = violations.iter().map(|found| &*found.pointer).collect();
            assert_eq!(places, ["/colours/1", "/byName/a", "/priority", "/pet/kind"]);
        }
        other => panic!("{other:?}"),
    }
    assert!(recorder.request().await.is_err(), "nothing was sent");
}

#[tokio::test]
async fn a_client_sends_nothing_that_breaks_a_rule() {
    let recorder = Recorder::start("200").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    match client.echo().send_values(&Values::default().with_word("none")).await {
        Err(Error::InvalidRequest { violations, .. }) => {
            assert_eq!(violations[0].to_string(), "body /word must not be one of `none`, ``");
        }
        other => panic!("{other:?}"),
    }
    let address = Address::default().with_country("AT");
    let objects = types_of_all_kinds::types::Objects::default().with_address(address);
    match client.echo().send_objects(&objects).await {
        Err(Error::InvalidRequest { violations, .. }) => assert_eq!(violations[0].pointer, "/address/zip"),
        other => panic!("{other:?}"),
    }
    assert!(recorder.request().await.is_err(), "nothing was sent");
}
