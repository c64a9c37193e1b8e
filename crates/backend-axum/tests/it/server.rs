//! One formatted file, or the part of it that is about one thing, for each case.

use specwright_backend_axum::emit;
use specwright_ir::{Alternative, Ir, Location, Method, Operation, Status};
use specwright_rust_emit::Options;

use crate::fixture::{
    all_of, body, content, contract, file, inline, name, operation, parameter, shared_not_found, with_header,
};

const JSON: &str = "application/json";

fn emitted(ir: &Ir, path: &str) -> String {
    let options = Options { header: "Generated from pets.yaml; do not edit.".to_owned() };
    file(ir, &emit(ir, &options), path)
}

/// The file of the tag, without what stands before the first item that begins so.
fn from(ir: &Ir, start: &str) -> String {
    let text = emitted(ir, "src/server/pets.rs");
    text.find(start).map_or_else(|| format!("no `{start}` in\n{text}"), |at| text[at..].to_owned())
}

/// The items of the tag's file that begin with one of these.
fn items(operations: Vec<Operation>, starts: &[&str]) -> String {
    let text = emitted(&contract(operations), "src/server/pets.rs");
    let items = text.split("\n\n").filter(|item| starts.iter().any(|start| item.contains(start)));
    items.collect::<Vec<_>>().join("\n\n")
}

fn find_pet() -> Operation {
    Operation {
        responses: vec![inline(Status::Code(200), "Ok", vec![content(JSON, "Json")]), shared_not_found()],
        ..operation("find_pet", "FindPet")
    }
}

fn secured(security: Vec<Alternative>) -> Operation {
    Operation { security, ..find_pet() }
}

#[test]
fn the_module_of_a_contract_without_security() {
    insta::assert_snapshot!(emitted(&contract(vec![find_pet()]), "src/server/mod.rs"));
}

#[test]
fn the_module_of_a_contract_with_security() {
    let ir = contract(vec![secured(vec![
        all_of(&[(0, &[])]),
        all_of(&[(1, &[])]),
        all_of(&[(2, &[]), (3, &[])]),
    ])]);
    insta::assert_snapshot!(emitted(&ir, "src/server/mod.rs"));
}

#[test]
fn a_tag() {
    insta::assert_snapshot!(from(&contract(vec![find_pet()]), "//"));
}

#[test]
fn principals() {
    let cases: [(&str, Vec<Alternative>); 8] = [
        ("one", vec![all_of(&[(0, &["read", "write"])])]),
        ("optional", vec![Alternative::default(), all_of(&[(0, &[])])]),
        ("and", vec![all_of(&[(0, &[]), (1, &["all"])])]),
        ("or", vec![all_of(&[(0, &[])]), all_of(&[(1, &[])])]),
        ("optional or", vec![all_of(&[(0, &[])]), all_of(&[(1, &[])]), Alternative::default()]),
        ("or of ands", vec![all_of(&[(0, &[]), (1, &[])]), all_of(&[(2, &[])])]),
        ("the same scheme twice", vec![all_of(&[(0, &["read"])]), all_of(&[(0, &["write"])])]),
        ("optional and", vec![all_of(&[(0, &[]), (1, &[])]), Alternative::default()]),
    ];
    let shown = cases.map(|(title, security)| {
        let parts = ["pub trait", "pub enum", "async fn find_pet"];
        format!("// {title}\n{}", items(vec![secured(security)], &parts))
    });
    insta::assert_snapshot!(shown.join("\n\n"));
}

#[test]
fn a_request_without_anything() {
    let operation = Operation { parameters: vec![], ..find_pet() };
    insta::assert_snapshot!(items(vec![operation], &["FromCall for"]));
}

#[test]
fn a_request_with_everything() {
    let operation = Operation {
        method: Method::Put,
        parameters: vec![
            parameter(("petId", "pet_id"), Location::Path),
            parameter(("input", "input"), Location::Query),
            parameter(("type", "r#type"), Location::Header),
            parameter(("call", "call"), Location::Cookie),
        ],
        body: Some(body(false, &[(JSON, "Json")])),
        ..operation("save_pet", "SavePet")
    };
    insta::assert_snapshot!(items(vec![operation], &["FromCall for"]));
}

#[test]
fn bodies() {
    let media_types: [&[(&str, &str)]; 4] = [
        &[(JSON, "Json")],
        &[("text/plain", "Text")],
        &[("application/octet-stream", "Bytes")],
        &[(JSON, "Json"), ("text/plain", "Text"), ("application/octet-stream", "Bytes")],
    ];
    let mut shown = Vec::new();
    for contents in media_types {
        for required in [true, false] {
            let body = Some(body(required, contents));
            let operation = Operation { parameters: vec![], body, ..operation("save_pet", "SavePet") };
            shown.push(items(vec![operation], &["FromCall for", "FromBody for"]));
        }
    }
    insta::assert_snapshot!(shown.join("\n\n"));
}

#[test]
fn answers() {
    let json = || vec![content(JSON, "Json")];
    let several = vec![content(JSON, "Json"), content("text/plain", "Text")];
    let operation = Operation {
        responses: vec![
            inline(Status::Code(200), "Ok", several),
            with_header(Status::Code(201), "Created", json()),
            inline(Status::Code(204), "NoContent", vec![]),
            inline(Status::Code(400), "BadRequest", vec![content("application/problem+json", "ProblemJson")]),
            shared_not_found(),
            inline(Status::Range(4), "ClientError", json()),
            inline(Status::Range(5), "ServerError", vec![]),
            with_header(Status::Default, "Default", json()),
        ],
        ..operation("find_pet", "FindPet")
    };
    insta::assert_snapshot!(items(vec![operation], &["Render for"]));
}

#[test]
fn answers_of_an_operation_that_declares_the_default_alone() {
    let responses = vec![inline(Status::Default, "Default", vec![content(JSON, "Json")])];
    let operation = Operation { responses, ..operation("find_pet", "FindPet") };
    insta::assert_snapshot!(items(vec![operation], &["Render for"]));
}

#[test]
fn a_deprecated_operation_with_a_deprecated_parameter() {
    let mut parameter = parameter(("expand", "expand"), Location::Query);
    parameter.deprecated = true;
    let operation = Operation { deprecated: true, parameters: vec![parameter], ..find_pet() };
    insta::assert_snapshot!(from(&contract(vec![operation]), "pub trait"));
}

#[test]
fn names_of_the_contract_beside_ours() {
    let mut ir = contract(vec![Operation {
        parameters: vec![
            parameter(("service", "service"), Location::Query),
            parameter(("request", "request"), Location::Query),
        ],
        responses: vec![shared_not_found()],
        security: vec![all_of(&[(0, &[])])],
        ..operation("routes", "Routes")
    }]);
    ir.tags[0].name = name("Call", "Call", "pets");
    ir.schemes[0].name = name("request", "Request", "request");
    insta::assert_snapshot!(from(&ir, "//"));
}

#[test]
fn a_hostile_document_is_data() {
    let hostile = "*/ \"; fn main() {} `` [x](javascript:0) \\\" \r\n//! {}";
    let mut operation = Operation {
        parameters: vec![parameter((hostile, "field"), Location::Query)],
        responses: vec![inline(Status::Code(200), "Ok", vec![content(hostile, "Odd")])],
        security: vec![all_of(&[(1, &[hostile])])],
        ..operation("find_pet", "FindPet")
    };
    operation.docs.summary = hostile.to_owned();
    operation.path.raw = hostile.to_owned();
    let mut ir = contract(vec![operation]);
    ir.tags[0].docs.description = hostile.to_owned();
    ir.tags[0].name.wire = hostile.to_owned();
    ir.schemes[1].name.wire = hostile.to_owned();
    ir.schemes[1].kind = specwright_ir::SchemeKind::HeaderKey { header: hostile.to_owned() };
    let both = [emitted(&ir, "src/server/pets.rs"), emitted(&ir, "src/server/mod.rs")];
    insta::assert_snapshot!(both.join("\n"));
}
