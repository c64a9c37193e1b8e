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

#[test]
fn what_webhooks_alone_declare_is_a_file_of_its_own() {
    let mut taken = response(name("Taken", "Taken", ""), vec![json(schema(string()))]);
    taken.contents.push(content("text/plain", "PlainText", BodyKind::Bytes));
    taken.events_only = true;
    let shared = response(name("Gone", "Gone", ""), Vec::new());
    let ir = Ir { responses: vec![taken, shared], ..ir() };
    let text = file(&ir, "src/responses.rs");
    let names = "#[cfg(feature = \"events\")]\nmod events;\n\n#[cfg(feature = \"events\")]\npub use self::events::{Taken, TakenBody};\n";
    assert!(text.contains(names) && text.contains("pub struct Gone") && !text.contains("pub struct Taken"));
    let events = file(&ir, "src/responses/events.rs");
    assert!(events.contains("pub struct Taken") && events.contains("pub enum TakenBody"));
    assert!(!events.contains("cfg") && !events.contains("Gone"));
}
