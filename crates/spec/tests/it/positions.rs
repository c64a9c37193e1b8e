//! Where diagnostics point, in YAML, JSON and overlays.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;

use specwright_diagnostics::{Code, Diagnostics, Place, Pointer};
use specwright_spec::{Document, Settings, Source, lower};

fn load(text: &str, name: &str, overlays: &[&str]) -> Document {
    let mut sink = Diagnostics::new();
    let overlays =
        overlays.iter().enumerate().map(|(index, text)| Source::new(format!("{index}.overlay.yaml"), *text));
    let document = Document::load(Source::new(name, text), overlays.collect(), &mut sink);
    document.unwrap_or_else(|| panic!("{}", sink.render(false)))
}

/// The file, and the text that would be underlined.
fn shown(document: &Document, place: &Place) -> (String, String) {
    let sources = document.sources();
    let spot = sources.spot(place);
    let text = sources.text(&spot.file).unwrap()[spot.span.unwrap()].to_owned();
    (spot.file, text)
}

fn pointer(text: &str) -> Pointer {
    Pointer::parse(text).unwrap()
}

const YAML: &str = r#"openapi: 3.0.3
info: {title: Grüße, version: "1"}
paths:
  '/a/{id}':
    get:
      description: >-
        folded
      responses:
        200:
          description: ok
  "/b~c": {}
"#;

#[test]
fn keys_and_values_of_yaml_are_found() {
    let document = load(YAML, "a.yaml", &[]);
    let value = |text: &str| shown(&document, &Place::value(&pointer(text))).1;
    let key = |text: &str| shown(&document, &Place::key(&pointer(text))).1;
    assert_eq!(value("/openapi"), "3.0.3");
    assert_eq!(key("/openapi"), "openapi");
    assert_eq!(value("/info/title"), "Grüße");
    assert_eq!(value("/info/version"), "\"1\"", "bytes, not characters");
    assert_eq!(key("/paths/~1a~1{id}"), "'/a/{id}'");
    assert_eq!(value("/paths/~1a~1{id}"), "'/a/{id}'", "what goes on over lines is shown by its key");
    assert_eq!(value("/paths/~1a~1{id}/get/responses/200/description"), "ok");
    assert_eq!(value("/paths/~1a~1{id}/get/description"), ">-");
    assert_eq!(value("/paths/~1b~0c"), "{}");
    assert_eq!(value("/paths/~1b~0c/post/responses"), "\"/b~c\"", "the nearest that is there");
}

#[test]
fn keys_and_values_of_json_are_found() {
    let text = "{\n\t\"openapi\": \"3.0.3\", \"info\": {\"title\": \"a \\\"b\\\" \\ud83d\\ude00\", \"version\":\"1\"},\n\t\"paths\": {\"\\/a\": {\"get\": {\"tags\": [ \"x\", \"y\" ], \"deprecated\":true,\n\t\"responses\": {\"200\": {\"description\": \"\"}}}}}}";
    let document = load(text, "a.json", &[]);
    let value = |text: &str| shown(&document, &Place::value(&pointer(text))).1;
    assert_eq!(value("/info/title"), "\"a \\\"b\\\" \\ud83d\\ude00\"");
    assert_eq!(value("/paths/~1a/get/tags/1"), "\"y\"");
    assert_eq!(value("/paths/~1a/get/tags"), "[ \"x\", \"y\" ]");
    assert_eq!(value("/paths/~1a/get/deprecated"), "true");
    assert_eq!(shown(&document, &Place::key(&pointer("/paths/~1a"))).1, "\"\\/a\"");
}

/// Every scalar of the real contract stands where its pointer says.
#[test]
fn every_value_of_the_customer_service_is_where_its_pointer_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/customer-service.yaml");
    let document = load(&fs::read_to_string(path).unwrap(), "customer-service.yaml", &[]);
    let mut pending = vec![(Pointer::root(), document.root())];
    let mut scalars = 0;
    while let Some((pointer, value)) = pending.pop() {
        match value {
            serde_json::Value::Object(members) => {
                pending.extend(members.iter().map(|(key, value)| (pointer.child(key), value)));
            }
            serde_json::Value::Array(items) => {
                pending.extend(items.iter().enumerate().map(|(index, item)| (pointer.index(index), item)));
            }
            value => {
                let (_, text) = shown(&document, &Place::value(&pointer));
                let plain = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let same = text.trim_matches(['\'', '"']) == plain || text.starts_with(['|', '>', '"', '\'']);
                assert!(same || plain.starts_with(&text), "{pointer}: {text:?} is not {plain:?}");
                scalars += 1;
            }
        }
    }
    assert!(scalars > 1_000, "{scalars} looked at");
}

const OVERLAY: &str = r#"overlay: 1.0.0
info: {title: t, version: "1"}
actions:
  - target: $.paths.*.get
    update:
      tags: [added]
      responses: {404: {description: gone}}
  - target: $.paths['/b~c']
    remove: true
"#;

#[test]
fn what_an_overlay_brought_is_found_in_the_overlay() {
    let document = load(YAML, "a.yaml", &[OVERLAY]);
    let at = |text: &str| shown(&document, &Place::value(&pointer(text)));
    let added = |text: &str| ("0.overlay.yaml".to_owned(), text.to_owned());
    assert_eq!(at("/paths/~1a~1{id}/get/tags/0"), added("added"));
    assert_eq!(at("/paths/~1a~1{id}/get/responses/404/description"), added("gone"));
    assert_eq!(at("/paths/~1a~1{id}/get/responses/200/description"), ("a.yaml".to_owned(), "ok".to_owned()));
    assert_eq!(document.get(&pointer("/paths/~1b~0c")), None);
}

#[test]
fn items_after_one_that_was_removed_are_still_found() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ntags: [{name: a}, {name: b}, {name: c}]\n";
    let overlay = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n- {target: \"$.tags[?@.name == 'a']\", remove: true}\n- {target: $.tags, update: {name: d}}\n- {target: \"$.tags[1]\", remove: true}\n";
    let document = load(text, "a.yaml", &[overlay]);
    let names: Vec<_> =
        document.root()["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["b", "d"]);
    assert_eq!(
        shown(&document, &Place::value(&pointer("/tags/0/name"))),
        ("a.yaml".to_owned(), "b".to_owned())
    );
    assert_eq!(
        shown(&document, &Place::value(&pointer("/tags/1/name"))),
        ("0.overlay.yaml".to_owned(), "d".to_owned())
    );
}

#[test]
fn a_scope_that_an_overlay_adds_is_shown_in_the_overlay() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\nsecurity: [{basic: []}]\ncomponents: {securitySchemes: {basic: {type: http, scheme: basic}}}\npaths: {/a: {get: {operationId: a, responses: {204: {description: ''}}}}}\n";
    let overlay = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions: [{target: '$.security[0].basic', update: admin}]\n";
    let document = load(text, "a.yaml", &[overlay]);
    let mut sink = Diagnostics::new();
    lower(&document, &Settings::default(), &mut sink).unwrap();
    let found = sink.iter().find(|found| found.code == Code::ScopesOnPlainScheme).unwrap();
    assert_eq!(shown(&document, &found.primary.place), ("0.overlay.yaml".to_owned(), "admin".to_owned()));
}
