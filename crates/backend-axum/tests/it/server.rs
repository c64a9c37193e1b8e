//! One formatted file, or the part of it that is about one thing, for each case.

use specwright_backend_axum::emit;
use specwright_ir::{Alternative, Ir, Location, Operation, Status};
use specwright_rust_emit::Options;

use crate::fixture::{all_of, content, contract, file, inline, name, operation, parameter, shared_not_found};

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
    let items = text.trim_end().split("\n\n").filter(|item| starts.iter().any(|start| item.contains(start)));
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
