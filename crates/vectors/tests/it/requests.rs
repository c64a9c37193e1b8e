//! Requests that say what they are meant to say, and those that cannot.

use specwright_vectors::{Content, Operation};

use crate::contract::{operation, operations};

/// A query of two objects, whose members stand there by their own names.
fn query(one: &str, other: &str, more: &str) -> Operation {
    operation(&format!(
        "paths:
  /find:
    get:
      parameters:
      - {{name: one, in: query, {more} schema: {{$ref: '#/components/schemas/{one}'}}}}
      - {{name: other, in: query, schema: {{$ref: '#/components/schemas/{other}'}}}}
      - {{name: page, in: query, schema: {{type: integer}}}}
      responses: {{'204': {{description: Found.}}}}
components:
  schemas:
    Size: {{type: object, properties: {{width: {{type: integer}}, unit: {{type: string}}}}}}
    Weight: {{type: object, properties: {{mass: {{type: integer}}, unit: {{type: string}}}}}}
    Color: {{type: object, properties: {{name: {{type: string}}}}}}
    Page: {{type: object, properties: {{page: {{type: integer}}}}}}
"
    ))
}

fn targets(operation: &Operation) -> Vec<&str> {
    operation.accepted.iter().filter_map(|request| request.target.as_deref()).collect()
}

#[test]
fn members_with_names_of_their_own_stand_in_one_query() {
    let operation = query("Size", "Color", "");
    assert_eq!(targets(&operation)[0], "/find?width=1&unit=text&name=text&page=1");
    assert_eq!(operation.untested, [""; 0]);
}

#[test]
fn members_of_one_name_are_left_out() {
    let operation = query("Size", "Weight", "");
    assert_eq!(targets(&operation)[..2], ["/find?page=1", "/find"]);
    let told =
        ["one", "other"].map(|one| format!("query `{one}`: nothing tells whose `unit` stands in the query"));
    assert_eq!(operation.untested, told);
}

#[test]
fn a_member_has_the_name_of_a_parameter() {
    let operation = query("Page", "Color", "");
    assert_eq!(targets(&operation)[..2], ["/find?name=text", "/find"]);
    let told =
        ["one", "page"].map(|one| format!("query `{one}`: nothing tells whose `page` stands in the query"));
    assert_eq!(operation.untested, told);
}

#[test]
fn members_of_one_name_that_have_to_be_there_leave_no_request() {
    let operation = query("Size", "Weight", "required: true,");
    assert_eq!(targets(&operation), [""; 0]);
    assert_eq!(operation.untested, ["requests: nothing tells whose `unit` stands in the query"]);
}

/// A body, and its length as a parameter.
fn measured(schema: &str, body: &str) -> Operation {
    operation(&format!(
        "paths:
  /things:
    post:
      parameters:
      - {{name: Content-Length, in: header, required: true, example: 99, schema: {schema}}}
      - {{name: X-Color, in: header, example: blue, schema: {{type: string, maxLength: 4}}}}
      {body}
      responses: {{'204': {{description: Kept.}}}}
"
    ))
}

const BODY: &str =
    "requestBody: {required: true, content: {application/json: {schema: {type: string, maxLength: 4}}}}";

#[test]
fn the_length_of_a_body_is_not_said() {
    for schema in ["{type: integer, minimum: 0}", "{type: number}", "{}"] {
        let operation = measured(schema, BODY);
        let headers: Vec<_> = operation.accepted.iter().flat_map(|request| request.headers.keys()).collect();
        assert!(
            !headers.is_empty() && headers.iter().all(|name| *name == "x-color"),
            "{schema}: {headers:?}"
        );
        let refused: Vec<_> =
            operation.refused.iter().filter_map(|request| request.violation.as_ref()).collect();
        assert!(!refused.is_empty() && refused.iter().all(|violation| violation.name != "Content-Length"));
        assert_eq!(operation.untested, [""; 0]);
    }
}

#[test]
fn no_body_is_of_no_length() {
    let operation = measured("{type: integer}", "");
    let lengths = operation.accepted.iter().map(|request| request.headers.get("content-length"));
    let lengths: Vec<_> = lengths.flatten().flatten().collect();
    assert_eq!(lengths[..2], ["0", "0"]);
    assert!(lengths.iter().all(|length| *length == "0"), "{lengths:?}");
}

#[test]
fn a_length_within_bounds_leaves_no_request() {
    let operation = measured("{type: integer, maximum: 100}", BODY);
    assert_eq!(targets(&operation), [""; 0]);
    assert_eq!(operation.untested, ["requests: not every body's length is a `Content-Length`"]);
}

#[test]
fn forms_have_boundaries() {
    for (media_type, text) in
        [("application/x-www-form-urlencoded", "count=10"), ("multipart/form-data", "10")]
    {
        let operation = operation(&format!(
            "paths:
  /things:
    post:
      requestBody:
        required: true
        content:
          {media_type}:
            schema:
              type: object
              required: [count]
              properties: {{count: {{type: integer, maximum: 9}}, scan: {{type: string, format: binary, maxLength: 4}}}}
      responses: {{'204': {{description: Kept.}}}}
"
        ));
        let refused = operation.refused.iter().filter_map(|request| {
            let violation = request.violation.as_ref()?;
            Some((format!("{} {}", violation.constraint, violation.pointer), request.body.as_ref()))
        });
        let refused: Vec<_> = refused.collect();
        let told: Vec<_> = refused.iter().map(|(told, _)| told.as_str()).collect();
        // A file is of any length.
        let beyond_all = if text == "10" { &[][..] } else { &["maxLength /scan"] };
        assert_eq!(told, [&["maximum /count"], beyond_all, &["required "]].concat(), "{media_type}");
        let beyond = match refused[0].1.map(|body| &body.content) {
            Some(Content::Form(form)) => form.split('&').next(),
            Some(Content::Parts(parts)) => parts.first().map(|part| part.text.as_str()),
            _ => None,
        };
        assert_eq!(beyond, Some(text), "{media_type}");
        assert!(operation.accepted.iter().any(|request| request.what.ends_with("/count: the least")));
    }
}

/// Of operations of one path, a request is meant for the one that asks more.
#[test]
fn a_request_of_another_operation_is_not_made() {
    let both = |asked: &str, required: &str, other: &str| {
        operations(&format!(
            "paths:
  /things#{asked}:
    get:
      operationId: one
      parameters:
      - {{name: kind, in: query, required: {required}, schema: {{type: string, enum: [a]}}}}
      - {{name: owner, in: query, schema: {{type: string}}}}
      responses: {{'204': {{description: Found.}}}}
  /things#{other}:
    get:
      operationId: two
      parameters: [{{name: owner, in: query, required: true, schema: {{type: string}}}}]
      responses: {{'204': {{description: Found.}}}}
"
        ))
    };
    let targets = |operations: &[Operation]| -> Vec<Vec<String>> {
        operations.iter().map(|one| targets(one).into_iter().map(str::to_owned).collect()).collect()
    };
    // A value tells more than a name.
    let told = both("kind=a", "true", "owner");
    assert_eq!(
        targets(&told),
        [&["/things?kind=a&owner=text", "/things?kind=a"][..], &["/things?owner=text"]]
    );
    // What asks nothing is meant by requests without what the other asks.
    let told = both("none", "false", "owner");
    assert_eq!(targets(&told), [&["/things", "/things?kind=a"][..], &["/things?owner=text"]]);
}

/// Where a body may be left out, a form without pairs is none.
#[test]
fn a_form_of_an_empty_list_is_no_body() {
    let operation = operation(
        "paths:
  /train:
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {tags: {type: array, items: {type: string}}}}
      responses: {'204': {description: Trained.}}
",
    );
    let forms = operation.accepted.iter().filter_map(|request| match &request.body.as_ref()?.content {
        Content::Form(pairs) => Some(pairs.as_str()),
        _ => None,
    });
    assert_eq!(forms.collect::<Vec<_>>(), ["tags=text&tags=text"]);
}
