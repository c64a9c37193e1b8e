//! The test of the document's examples.

use insta::assert_snapshot;
use serde_json::json;
use specwright_diagnostics::Pointer;
use specwright_ir::{BodyKind, Example, Ir, Location, Status, StringFormat, TypeKind, Usage};
use specwright_rust_emit::{Options, examples};

use crate::fixture::*;

fn example(pointer: &str) -> Example {
    let origin = Pointer::parse(pointer).expect("a pointer");
    Example { name: String::new(), value: json!("eyJhbGciOi"), origin, defect: None }
}

fn test(ir: &Ir) -> Option<String> {
    let options = Options { header: "Generated.".to_owned() };
    examples(ir, &options, "pet_api").get("tests/examples.rs").map(str::to_owned)
}

/// Examples at each place that may have some.
fn contract() -> Ir {
    let mut tag = optional(name("tag", "Tag", "tag"), schema(pattern("^\"[a-z]+\"$")));
    tag.examples = vec![example("#/components/schemas/Pet/properties/tag/example")];
    let mut pet = named(name("Pet", "Pet", "r#pet"), TypeKind::Struct(object(vec![tag])));
    pet.examples = vec![example("#/components/schemas/Pet/example")];

    let owner = optional(name("owner", "Owner", "owner"), schema(map(schema(string()))));
    let mut seen = named(name("Seen", "Seen", "seen"), TypeKind::Struct(object(vec![owner])));
    seen.usage = Usage { request: false, response: true, judged: false, ..Usage::default() };
    let lossy = json!({"owner": {"a": "b"}, "a/b": 1});
    seen.examples = vec![
        Example { value: lossy, ..example("#/components/schemas/Seen/example") },
        Example { value: json!({}), ..example("#/components/schemas/Seen/examples/1") },
    ];

    let mut limit = parameter(Location::Query, name("limit", "Limit", "limit"), schema(integer()));
    limit.examples = vec![example("#/components/parameters/limit/example")];
    let mut several = json(schema(map(nullable(array(schema(reference(0)))))));
    several.examples = vec![example("#/paths/~1pets/get/responses/200/examples/it's \"a\\b\" :: (c)/value")];
    let mut text = content("text/plain", "PlainText", BodyKind::Text);
    text.examples = vec![example("#/paths/~1pets/get/responses/200/examples/text/value")];
    let mut operation = feed_pet();
    let mut meal = json(schema(format(StringFormat::DateTime)));
    meal.examples = vec![example("#/paths/~1pets/post/requestBody/example")];
    operation.body = Some(body(vec![meal]));
    operation.parameters = vec![limit.clone(), limit];
    let answer = response(name("", "Fed", "fed"), vec![several, text]);
    operation.responses = vec![inline(Status::Code(200), "200", "Ok", answer)];

    let mut unfit = json(schema(reference(0)));
    let why = "`tag`: a boolean\n*/ where </a> string is asked for".to_owned();
    unfit.examples = vec![Example { defect: Some(why), ..example("#/components/responses/Gone/example") }];
    let gone = response(name("Gone", "Gone", "gone"), vec![unfit]);
    Ir { types: vec![pet, seen], responses: vec![gone], ..with(operation) }
}

#[test]
fn examples_are_tests_by_pointer_without_their_values() {
    let text = test(&contract()).expect("there are examples");
    assert!(!text.contains("eyJ"), "{text}");
    assert_snapshot!(text);
}

#[test]
fn tests_of_one_name_are_numbered() {
    let mut pets = contract();
    let mut again = feed_pet();
    again.parameters = pets.operations[0].parameters.clone();
    again.parameters[0].examples = vec![example("#/paths/~1pets/post/parameters/0/example")];
    pets.operations.push(again);
    let text = test(&pets).expect("there are examples");
    assert!(text.contains("    feed_pet {") && text.contains("    feed_pet_2 {"), "{text}");
}

#[test]
fn a_contract_without_examples_has_no_test() {
    assert_eq!(test(&with(feed_pet())), None);
}

#[test]
fn examples_that_do_not_fit_are_listed_even_alone() {
    let contract = Ir { responses: contract().responses, types: contract().types, ..ir() };
    let mut contract = contract;
    let TypeKind::Struct(pet) = &mut contract.types[0].kind else { panic!("a struct") };
    pet.fields[0].examples.clear();
    contract.types.iter_mut().for_each(|ty| ty.examples.clear());
    assert_snapshot!(test(&contract).expect("there are examples"));
}
