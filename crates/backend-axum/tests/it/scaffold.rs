//! The files of a scaffold that the contract decides.

use specwright_backend_axum::scaffold::{Names, emit};
use specwright_ir::{Alternative, Ir, Operation, SchemeKind, Status};
use specwright_rust_emit::{FileSet, Options};

use crate::fixture::{all_of, content, contract, inline, name, operation};

fn scaffold(ir: &Ir) -> FileSet {
    let options = Options { header: "Scaffolded once.".to_owned() };
    emit(ir, &options, &Names { api: "pet_api".to_owned(), service: "PetService".to_owned() })
}

fn file(ir: &Ir, path: &str) -> String {
    scaffold(ir).get(path).unwrap_or_default().to_owned()
}

fn find_pet(security: Vec<Alternative>) -> Operation {
    let found = inline(Status::Code(200), "Ok", vec![content("application/json", "Json")]);
    Operation { security, responses: vec![found], ..operation("find_pet", "FindPet") }
}

#[test]
fn a_tag() {
    let mut add = operation("add_pet", "AddPet");
    add.deprecated = true;
    add.docs.summary = String::new();
    insta::assert_snapshot!(file(&contract(vec![find_pet(vec![]), add]), "src/api/pets.rs"));
}

#[test]
fn the_service_of_a_contract_without_security() {
    insta::assert_snapshot!(file(&contract(vec![find_pet(vec![])]), "src/service.rs"));
}

#[test]
fn the_service_of_a_contract_with_security() {
    let mut ir = contract(vec![find_pet(vec![all_of(&[(0, &[])]), all_of(&[(2, &[]), (3, &[])])])]);
    ir.schemes[2].kind = SchemeKind::MutualTls;
    // A scheme whose principal has the service's name.
    ir.schemes[3].name = name("basic", "PetService", "r#type");
    insta::assert_snapshot!(
        file(&ir, "src/service.rs").split_once("impl Service for").map_or("", |(_, rest)| rest)
    );
}

#[test]
fn principals() {
    let cases: [(&str, Vec<Alternative>); 6] = [
        ("one", vec![all_of(&[(0, &["read", "write"])])]),
        ("optional", vec![Alternative::default(), all_of(&[(0, &[])])]),
        ("and", vec![all_of(&[(0, &[]), (1, &["all"])])]),
        ("or", vec![all_of(&[(0, &[])]), all_of(&[(1, &[])])]),
        (
            "optional or of ands",
            vec![all_of(&[(0, &[]), (1, &[])]), all_of(&[(2, &[])]), Alternative::default()],
        ),
        ("the same scheme twice", vec![all_of(&[(0, &["read"])]), all_of(&[(0, &["write"])])]),
    ];
    let shown = cases.map(|(title, security)| {
        let text = file(&contract(vec![find_pet(security)]), "src/api/pets.rs");
        let start = text.find("\n\n").unwrap_or_default();
        format!("// {title}{}", &text[start..])
    });
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn tags_in_modules_of_their_own() {
    let mut ir = contract(vec![]);
    let mut tags =
        [name("Type", "Type", "r#type"), name("api", "Api", "api"), name("", "Untagged", "untagged")];
    ir.tags =
        tags.iter_mut().map(|name| specwright_ir::Tag { name: name.clone(), ..ir.tags[0].clone() }).collect();
    let files = scaffold(&ir);
    let paths: Vec<&str> = files.iter().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        ["src/api/api.rs", "src/api/mod.rs", "src/api/type.rs", "src/api/untagged.rs", "src/service.rs"]
    );
    insta::assert_snapshot!(file(&ir, "src/api/mod.rs"));
}
