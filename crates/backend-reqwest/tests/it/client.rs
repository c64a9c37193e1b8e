//! One formatted file, or the part of it that is about one thing, for each case.

use specwright_backend_reqwest::emit;
use specwright_ir::{Docs, Extensions, Ir, Location, Method, Operation, RequestBody, SchemeKind, Status};
use specwright_rust_emit::Options;

use crate::fixture::{all_of, content, contract, file, inline, name, operation, parameter, shared_not_found};

const JSON: &str = "application/json";

fn emitted(ir: &Ir, path: &str) -> String {
    let options = Options { header: "Generated from pets.yaml; do not edit.".to_owned() };
    file(ir, &emit(ir, &options), path)
}

/// The items of the tag's file that hold one of these.
fn items(operations: Vec<Operation>, parts: &[&str]) -> String {
    let text = emitted(&contract(operations), "src/client/pets.rs");
    let items = text.trim_end().split("\n\n").filter(|item| parts.iter().any(|part| item.contains(part)));
    items.collect::<Vec<_>>().join("\n\n")
}

/// A body of `Pet`s in these media types.
fn body(required: bool, media_types: &[(&str, &str)]) -> RequestBody {
    RequestBody {
        name: name("body", "SavePetBody", "body"),
        docs: Docs::default(),
        required,
        contents: media_types.iter().map(|(wire, pascal)| content(wire, pascal)).collect(),
        extensions: Extensions::new(),
    }
}

fn find_pet() -> Operation {
    Operation {
        responses: vec![inline(Status::Code(200), "Ok", vec![content(JSON, "Json")]), shared_not_found()],
        ..operation("find_pet", "FindPet")
    }
}

#[test]
fn the_module_of_a_contract_without_security() {
    insta::assert_snapshot!(emitted(&contract(vec![find_pet()]), "src/client/mod.rs"));
}

#[test]
fn the_module_of_a_contract_with_security() {
    let mut ir = contract(vec![Operation {
        security: vec![all_of(&[(0, &[])]), all_of(&[(1, &[])]), all_of(&[(2, &[]), (3, &[])])],
        ..find_pet()
    }]);
    ir.schemes[2].kind = SchemeKind::Http { scheme: "digest".to_owned() };
    ir.schemes[1].name = name("timeout", "Timeout", "timeout");
    insta::assert_snapshot!(emitted(&ir, "src/client/mod.rs"));
}

#[test]
fn a_tag() {
    insta::assert_snapshot!(emitted(&contract(vec![find_pet()]), "src/client/pets.rs"));
}

#[test]
fn arguments() {
    let media_types: [&[(&str, &str)]; 4] = [
        &[(JSON, "Json")],
        &[("text/plain", "Text")],
        &[("application/octet-stream", "Bytes")],
        &[(JSON, "Json"), ("text/plain", "Text")],
    ];
    let mut shown = Vec::new();
    for contents in media_types {
        for required in [true, false] {
            let operation = Operation {
                method: Method::Put,
                event: None,
                body: Some(body(required, contents)),
                ..operation("save_pet", "SavePet")
            };
            shown.push(items(vec![operation], &["impl<'a> PetsClient"]));
        }
    }
    insta::assert_snapshot!(shown.join("\n\n"));
}

#[test]
fn more_arguments_than_a_method_takes() {
    let mut operation = find_pet();
    for field in ["a", "b", "c", "d", "e", "f"] {
        operation.parameters.push(parameter((field, field), Location::Path));
    }
    insta::assert_snapshot!(items(vec![operation], &["impl<'a> PetsClient"]));
}

#[test]
fn a_deprecated_operation_with_a_deprecated_parameter() {
    let mut parameter = parameter(("expand", "expand"), Location::Query);
    parameter.deprecated = true;
    let operation = Operation { deprecated: true, parameters: vec![parameter], ..find_pet() };
    insta::assert_snapshot!(items(vec![operation], &["PetsClient", "pub trait"]));
}

#[test]
fn a_hostile_document_is_data() {
    let hostile = "*/ \"; fn main() {} `` [x](javascript:0) \\\" \r\n//! {}";
    let mut operation = Operation {
        parameters: vec![parameter((hostile, "field"), Location::Query)],
        body: Some(body(true, &[(hostile, "Odd")])),
        security: vec![all_of(&[(1, &[])])],
        ..find_pet()
    };
    operation.docs.summary = String::new();
    operation.path.raw = hostile.to_owned();
    let mut ir = contract(vec![operation]);
    ir.info.title = hostile.to_owned();
    ir.tags[0].docs.description = hostile.to_owned();
    ir.tags[0].name = name(hostile, "Call", "call");
    ir.schemes[1].name.wire = hostile.to_owned();
    let both = [emitted(&ir, "src/client/call.rs"), emitted(&ir, "src/client/mod.rs")];
    insta::assert_snapshot!(both.join("\n"));
}
