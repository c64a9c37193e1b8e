//! Answers, with the document's examples of what they hold.

use crate::contract::operation;

/// Each answer: what it is, and its headers.
fn answers(headers: &str) -> Vec<(String, String)> {
    let operation = operation(&format!(
        "paths:
  /things:
    get:
      responses:
        '204':
          description: Found.
          headers:
            X-Color: {{schema: {{type: string}}}}
            {headers}
"
    ));
    let shown = operation.answers.into_iter().map(|answer| {
        let headers: Vec<_> = answer.headers.iter().map(|(name, text)| format!("{name}: {text}")).collect();
        let what = if answer.example { format!("example, {}", answer.what) } else { answer.what };
        (what, headers.join("; "))
    });
    shown.collect()
}

#[test]
fn examples_of_headers_are_answered() {
    let made = answers(
        "X-Rgb: {explode: true, schema: {type: object, properties: {R: {type: integer}}}, \
         examples: {good: {value: {R: 100}}, bad: {value: {R: red}}}}",
    );
    let at = "#/paths/~1things/get/responses/204/headers/X-Rgb/examples/good/value";
    let told = [
        ("all that may be there".to_owned(), "x-color: text; x-rgb: R=1".to_owned()),
        ("nothing that may be left out".to_owned(), String::new()),
        (format!("example, header `X-Rgb`: `{at}`"), "x-color: text; x-rgb: R=100".to_owned()),
    ];
    assert_eq!(made, told);
}

#[test]
fn an_example_stands_for_what_cannot_be_made() {
    let made = answers("X-Code: {required: true, schema: {type: string, not: {minLength: 4}}, example: abc}");
    let told = ["x-code: abc; x-color: text", "x-code: abc"];
    assert_eq!(made.iter().map(|(_, headers)| headers.as_str()).collect::<Vec<_>>(), told);
}

#[test]
fn what_no_header_holds_is_no_answer() {
    for example in ["' '", "€", "' a'", "''"] {
        let made = answers(&format!("X-Code: {{schema: {{type: string}}, example: {example}}}"));
        assert!(made.iter().all(|(what, _)| !what.starts_with("example")), "{example}: {made:?}");
    }
}

#[test]
fn the_length_of_a_body_is_not_answered() {
    let made = answers("Content-Length: {schema: {type: integer}, example: 99}");
    assert!(made.iter().all(|(_, headers)| !headers.contains("content-length")), "{made:?}");
}
