//! Bodies of XML: what they are made of, and what has no document of its own.

use specwright_vectors::{Content, Operation};

use crate::contract::operation;

/// A body of this schema, with an example.
fn body(schema: &str, example: &str) -> Operation {
    operation(&format!(
        "paths:
  /things:
    post:
      requestBody:
        required: true
        content:
          application/xml: {{schema: {schema}{example}}}
      responses: {{'204': {{description: Kept.}}}}
components:
  schemas:
    Cat: {{type: object, required: [lives], properties: {{lives: {{type: integer}}}}}}
    Dog: {{type: object, required: [size], xml: {{name: hound}}, properties: {{size: {{type: string}}}}}}
    Cow: {{type: object, properties: {{size: {{type: string}}}}}}
    Tagged:
      oneOf: [{{$ref: '#/components/schemas/Cow'}}, {{$ref: '#/components/schemas/Cat'}}]
      discriminator: {{propertyName: kind}}
"
    ))
}

fn documents(operation: &Operation) -> Vec<&str> {
    let documents = operation.accepted.iter().filter_map(|request| match &request.body.as_ref()?.content {
        Content::Xml(text) => Some(text.as_str()),
        _ => None,
    });
    documents.collect()
}

#[test]
fn a_union_is_an_element_of_the_schema_that_is_meant() {
    let pet = "oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]";
    let one = body(&format!("{{type: object, xml: {{name: pets}}, properties: {{pet: {{{pet}}}}}}}"), "");
    assert_eq!(documents(&one)[0], "<pets><pet><lives>1</lives></pet></pets>");
    assert!(documents(&one).contains(&"<pets><hound><size>text</size></hound></pets>"), "{one:?}");
    let all = format!(
        "{{type: object, xml: {{name: pets}}, properties: {{pet: {{type: array, items: {{{pet}}}}}}}}}"
    );
    let all = body(&all, ", example: {pet: [{size: big}, {lives: 9}]}");
    let both = "<pets><hound><size>big</size></hound><pet><lives>9</lives></pet></pets>";
    assert!(documents(&all).contains(&both), "{all:?}");
    assert_eq!([one.untested, all.untested], [[""; 0], [""; 0]]);
}

#[test]
fn what_tells_the_schemas_apart_is_written() {
    let made = body("{$ref: '#/components/schemas/Tagged'}", "");
    assert_eq!(documents(&made)[0], "<Tagged><size>text</size><kind>Cow</kind></Tagged>");
    assert_eq!(made.untested, [""; 0]);
}

#[test]
fn a_union_without_a_document_of_its_own_is_not_made() {
    for union in [
        // Each of them takes the document of the other.
        "{anyOf: [{$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Cow'}]}",
        // One text is as good a list.
        "{oneOf: [{type: string}, {type: array, items: {type: string}}]}",
    ] {
        let made = body(&format!("{{type: object, required: [a], properties: {{a: {union}}}}}"), "");
        assert_eq!(documents(&made), [""; 0], "{union}");
        assert!(!made.untested.is_empty(), "{union}");
    }
    // A number is no text.
    let made = body(
        "{type: object, xml: {name: o}, properties: {a: {oneOf: [{type: integer}, {type: string}]}}}",
        "",
    );
    assert_eq!(documents(&made)[0], "<o><a>1</a></o>");
    assert!(documents(&made).contains(&"<o><a>text</a></o>"));
}

#[test]
fn free_values_are_texts_and_members() {
    let schema = "{type: object, xml: {name: o}, properties: {any: {}}}";
    assert_eq!(documents(&body(schema, ""))[0], "<o><any>any</any></o>");
    for (example, document) in [
        (
            "{any: {'@id': a, b: [c, d], e: {f: g}, $text: h}}",
            "<o><any id=\"a\"><b>c</b><b>d</b><e><f>g</f></e>h</any></o>",
        ),
        ("{any: [a, b]}", "<o><any>a</any><any>b</any></o>"),
        ("{any: ''}", "<o><any></any></o>"),
    ] {
        let made = body(schema, &format!(", example: {example}"));
        assert!(documents(&made).contains(&document), "{example}: {:?}", documents(&made));
    }
    for example in
        ["{any: 1}", "{any: true}", "{any: [a]}", "{any: {}}", "{any: [[a, b], [c]]}", "{any: {'1': a}}"]
    {
        let made = body(schema, &format!(", example: {example}"));
        assert!(
            made.untested.iter().any(|why| why.contains("/example`: ")),
            "{example}: {:?}",
            documents(&made)
        );
    }
}

#[test]
fn an_element_that_is_empty_may_be_null() {
    for (nullable, is_made) in [("", true), ("nullable: true, ", false)] {
        let inner = format!("{{type: object, {nullable}additionalProperties: {{type: integer}}}}");
        let made = body(&format!("{{type: object, xml: {{name: o}}, properties: {{a: {inner}}}}}"), "");
        assert_eq!(documents(&made).contains(&"<o><a></a></o>"), is_made, "{made:?}");
    }
}

#[test]
fn lists_lie_in_elements_of_lists() {
    let schema = "{type: object, xml: {name: o}, properties: \
                  {rows: {type: array, items: {type: array, items: {type: integer, xml: {name: cell}}}}}}";
    let made = body(schema, ", example: {rows: [[1, 2], [], [3]]}");
    let document = "<o><rows><cell>1</cell><cell>2</cell></rows><rows></rows><rows><cell>3</cell></rows></o>";
    assert!(documents(&made).contains(&document), "{:?}", documents(&made));
}

#[test]
fn boundaries_are_those_of_the_value() {
    let schema = "{type: object, xml: {name: o}, required: [a], properties: \
                  {a: {type: integer, maximum: 9, minimum: 8, xml: {attribute: true}}}}";
    let made = body(schema, "");
    assert_eq!(documents(&made), ["<o a=\"9\"></o>", "<o a=\"8\"></o>"]);
    let refused: Vec<_> = made.refused.iter().filter_map(|request| request.violation.as_ref()).collect();
    let refused: Vec<_> =
        refused.iter().map(|found| format!("{} {}", found.constraint, found.pointer)).collect();
    assert_eq!(refused, ["minimum /a", "maximum /a", "required "]);
}
