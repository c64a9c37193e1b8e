//! No bytes make the front panic, hang or grow; real contracts pass.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use specwright_diagnostics::{Code, Diagnostics, Pointer};
use specwright_spec::{Document, Source};

const SMALL: &str = r#"openapi: 3.0.3
info: &info {title: "t\u00e9", version: '1'}
paths:
  /a/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string, pattern: '^[a-z]+$'}}
    get:
      operationId: a
      description: |
        text
      responses:
        200: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}
components:
  schemas:
    A: {type: object, required: [b], properties: {b: {type: integer, enum: [1, 2]}, type: {allOf: [{$ref: '#/components/schemas/A'}]}}}
"#;

/// Loads bytes and renders what there is to say; answers how the codes begin.
fn say(name: &str, bytes: Vec<u8>) -> (Vec<Code>, String) {
    let mut sink = Diagnostics::new();
    if let Some(source) = Source::from_bytes(name, bytes, &mut sink) {
        let document = Document::load(source, Vec::new(), &mut sink);
        assert_eq!(document.is_none(), sink.has_errors());
    }
    let rendered = sink.render(false) + &sink.to_json();
    (sink.iter().map(|diagnostic| diagnostic.code).collect(), rendered)
}

fn repository() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_customer_service_and_its_excerpts_have_no_errors() {
    let mut paths = vec![repository().join("spec/customer-service.yaml")];
    paths
        .extend(fs::read_dir(repository().join("spec/excerpts")).unwrap().map(|entry| entry.unwrap().path()));
    assert_eq!(paths.len(), 8);
    for path in paths {
        let (codes, rendered) = say(&path.to_string_lossy(), fs::read(&path).unwrap());
        assert_eq!(codes, [], "{rendered}");
    }
}

#[test]
fn the_small_document_is_right_with_and_without_a_byte_order_mark() {
    assert_eq!(say("a.yaml", SMALL.as_bytes().to_vec()).0, []);
    assert_eq!(say("a.yaml", format!("\u{feff}{SMALL}").into_bytes()).0, []);
}

#[test]
fn a_file_that_cannot_be_read_is_said_so() {
    let mut sink = Diagnostics::new();
    assert!(Source::read(Path::new("no/such.yaml"), "no/such.yaml", &mut sink).is_none());
    assert_eq!(sink.iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>(), [Code::FileUnreadable]);
    assert!(
        sink.render(false).starts_with("error[SW0101]: cannot read no/such.yaml: "),
        "{}",
        sink.render(false)
    );
}

/// Cut anywhere, and with any one byte replaced or left out by a fixed rule.
#[test]
fn damaged_documents_are_refused_or_read() {
    let tree: serde_json::Value = {
        let mut sink = Diagnostics::new();
        Document::load(Source::new("a.yaml", SMALL), Vec::new(), &mut sink).unwrap().root().clone()
    };
    let json = tree.to_string();
    for (name, text) in [("a.yaml", SMALL.as_bytes()), ("a.json", json.as_bytes())] {
        for at in 0..text.len() {
            say(name, text[..at].to_vec());
            let mut damaged = text.to_vec();
            damaged[at] = b"{}[]:,'\"&*!|>-#% \n\t\0\xff3x"[at * 7 % 23];
            say(name, damaged);
            let mut shorter = text.to_vec();
            shorter.remove(at);
            say(name, shorter);
        }
    }
}

#[test]
fn every_value_may_be_replaced_by_one_of_another_type() {
    let mut sink = Diagnostics::new();
    let document = Document::load(Source::new("a.yaml", SMALL), Vec::new(), &mut sink).unwrap();
    let mut pointers = vec![Pointer::root()];
    let mut at = 0;
    while let Some(pointer) = pointers.get(at).cloned() {
        match document.get(&pointer).unwrap() {
            serde_json::Value::Object(members) => {
                pointers.extend(members.keys().map(|key| pointer.child(key)));
            }
            serde_json::Value::Array(items) => {
                pointers.extend((0..items.len()).map(|index| pointer.index(index)));
            }
            _ => {}
        }
        at += 1;
    }
    let others =
        ["null", "true", "1.5", "-1", "\"\"", "\"{\"", "[]", "[[]]", "{}", "{\"$ref\":\"#\"}", "{\"\":null}"];
    for pointer in pointers {
        for other in others {
            let mut root = document.root().clone();
            *root.pointer_mut(pointer.as_str()).unwrap() = serde_json::from_str(other).unwrap();
            say("a.json", root.to_string().into_bytes());
        }
    }
}

#[test]
fn hostile_texts_are_refused() {
    let deep = |open: &str, close: &str, depth: usize| open.repeat(depth) + &close.repeat(depth);
    let mut laughs = String::from("openapi: 3.0.3\nx-0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..30 {
        let alias = format!("*a{}, ", level - 1).repeat(9);
        let items = alias.trim_end_matches(", ");
        laughs = format!("{laughs}x-{level}: &a{level} [{items}]\n");
    }
    let list = format!("[{}]", "lol, ".repeat(20_000));
    let quadratic = format!("x-a: &a {list}\nx-b: [{}]\n", "*a, ".repeat(20_000));
    let cases = [
        ("a.yaml", deep("[", "]", 100_000), Code::TooDeep),
        ("a.yaml", deep("{a: ", "}", 50_000), Code::TooDeep),
        ("a.yaml", "[".repeat(100_000), Code::TooDeep),
        ("a.yaml", "- ".repeat(50_000), Code::TooDeep),
        ("a.json", deep("[", "]", 100_000), Code::TooDeep),
        ("a.json", deep("{\"a\":", "}", 100_000), Code::TooDeep),
        ("a.json", format!("{{\"openapi\":\"3.0.3\",\"x-a\":{}}}", deep("[", "]", 101)), Code::TooDeep),
        ("a.yaml", laughs, Code::NotJson),
        ("a.yaml", quadratic, Code::NotJson),
        ("a.yaml", "a: &a [*a]".to_owned(), Code::TooDeep),
        ("a.yaml", "? [a]\n: b".to_owned(), Code::NotJson),
    ];
    for (name, text, code) in cases {
        let (codes, rendered) = say(name, text.clone().into_bytes());
        let start: String = text.chars().take(20).collect();
        assert_eq!(codes, [code], "{start}: {}", rendered.chars().take(2_000).collect::<String>());
    }
}

#[test]
fn hostile_patterns_are_refused() {
    let invalid: &[Code] = &[Code::InvalidPattern];
    let patterns = [
        ("(".repeat(50_000), invalid),
        ("(?:".repeat(50_000), invalid),
        ("[".repeat(50_000), invalid),
        (format!("{}a{}", "(".repeat(5_000), ")".repeat(5_000)), invalid),
        ("(a{1000000}){1000000}".to_owned(), &[]),
    ];
    for (pattern, expected) in patterns {
        let text = serde_json::json!({"openapi": "3.0.3", "info": {"title": "", "version": ""}, "paths": {},
            "components": {"schemas": {"A": {"type": "string", "pattern": pattern}}}});
        let (codes, _) = say("a.json", text.to_string().into_bytes());
        assert_eq!(codes, expected, "{}", pattern.chars().take(20).collect::<String>());
    }
}

#[test]
fn ninety_levels_are_not_too_deep() {
    let mut schema = serde_json::json!({"type": "string"});
    for _ in 0..46 {
        schema = serde_json::json!({"type": "array", "items": {"allOf": [schema]}});
        if schema.to_string().matches('{').count() > 60 {
            break;
        }
    }
    let text = serde_json::json!({"openapi": "3.0.3", "info": {"title": "", "version": ""}, "paths": {},
        "components": {"schemas": {"A": schema}}});
    assert_eq!(say("a.json", text.to_string().into_bytes()).0, []);
}

#[test]
fn extensions_of_typed_objects_may_nest_deep() {
    let mut deep = serde_json::json!(1);
    for _ in 0..93 {
        deep = serde_json::json!([deep]);
    }
    let text = serde_json::json!({"openapi": "3.0.3", "info": {"title": "", "version": "", "x-a": deep},
        "paths": {}, "tags": [{"name": "a", "x-a": deep}], "servers": [{"url": "/", "x-a": deep}],
        "components": {"securitySchemes": {"a": {"type": "http", "scheme": "basic", "x-a": deep}}}});
    let mut sink = Diagnostics::new();
    let document = Document::load(Source::new("a.json", text.to_string()), Vec::new(), &mut sink).unwrap();
    let lowered = specwright_spec::lower(&document, &specwright_spec::Settings::default(), &mut sink);
    assert_eq!(lowered.unwrap().ir.info.extensions["x-a"], deep);
}

#[test]
fn the_same_input_says_the_same() {
    let text = SMALL.replace("required: true", "requird: true").replace("type: integer", "type: int");
    let first = say("a.yaml", text.clone().into_bytes());
    assert_eq!(first, say("a.yaml", text.into_bytes()));
    assert_eq!(first.0.len(), 3, "{}", first.1);
}

#[test]
fn the_effective_document_is_in_canonical_order_and_reads_back() {
    let text = "paths: {/b: {}, /a: {post: {responses: {200: {description: ''}}, x-z: 1, operationId: p}}}\ninfo: {version: '1', title: t}\nx-a: 1\nopenapi: 3.0.3\n";
    let mut sink = Diagnostics::new();
    let document = Document::load(Source::new("a.yaml", text), Vec::new(), &mut sink).unwrap();
    let expected = "openapi: 3.0.3\ninfo:\n  title: t\n  version: '1'\npaths:\n  /b: {}\n  /a:\n    post:\n      operationId: p\n      responses:\n        '200':\n          description: ''\n      x-z: 1\nx-a: 1\n";
    assert_eq!(document.to_canonical_yaml(), expected);
    let json =
        Document::load(Source::new("a.json", document.to_canonical_json()), Vec::new(), &mut sink).unwrap();
    assert_eq!(json.root(), document.root());
    assert_eq!(json.to_canonical_json(), document.to_canonical_json());
}
