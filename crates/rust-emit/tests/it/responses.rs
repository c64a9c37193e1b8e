//! Component responses.

use insta::assert_snapshot;
use specwright_ir::{BodyKind, Ir, Response};

use crate::fixture::*;

fn of(response: Response) -> String {
    file(&Ir { responses: vec![response], ..ir() }, "src/responses.rs")
}

#[test]
fn a_response_without_a_body_is_empty() {
    assert_snapshot!(of(response(name("404_not_found", "NotFound", ""), Vec::new())));
}

#[test]
fn headers_stand_beside_the_body() {
    let mut response = response(name("Created", "Created", ""), vec![json(schema(string()))]);
    response.headers = vec![
        header(name("Location", "", "location"), schema(string())),
        header(name("X-Total", "", "x_total"), schema(integer())),
    ];
    response.headers[1].required = true;
    assert_snapshot!(of(response));
}

#[test]
fn several_media_types_are_an_enum() {
    let problem =
        content("application/problem+json", "ProblemJson", BodyKind::Json(Box::new(schema(integer()))));
    let text = content("text/plain", "PlainText", BodyKind::Text);
    let octets = content("image/*", "Image", BodyKind::Bytes);
    assert_snapshot!(of(response(name("Problem", "Problem", ""), vec![problem, text, octets])));
}
