//! One contract written in three versions of OpenAPI is one contract.

use std::fs;
use std::path::Path;

use serde_json::Value;
use specwright_diagnostics::{Code, Place, Pointer};
use specwright_spec::Settings;

use crate::lowering::{Outcome, accepted, attempt};

fn twin(version: &str) -> Outcome {
    let name = format!("{version}.yaml");
    accepted(&name, &text(&name), &Settings::default())
}

fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/twins").join(name);
    fs::read_to_string(path).unwrap()
}

/// The contract without where each part of it was written and what the versions differ in, a line for each
/// value.
fn contract(outcome: &Outcome) -> String {
    let mut ir = serde_json::to_value(&outcome.ir).unwrap();
    forget(&mut ir);
    serde_json::to_string_pretty(&ir).unwrap()
}

fn forget(value: &mut Value) {
    match value {
        Value::Object(members) => {
            // From 3.1 on `4.0` is an integer.
            members.retain(|key, _| key != "origin" && key != "zero_fraction");
            members.values_mut().for_each(forget);
        }
        Value::Array(items) => items.iter_mut().for_each(forget),
        _ => {}
    }
}

#[test]
fn twins_are_one_contract_with_the_same_names() {
    let model = twin("3.0");
    for version in ["2.0", "3.1"] {
        let other = twin(version);
        for (line, expected) in contract(&other).lines().zip(contract(&model).lines()) {
            assert_eq!(line, expected, "{version}");
        }
        assert_eq!(contract(&other).lines().count(), contract(&model).lines().count(), "{version}");
        assert_eq!(other.lock.to_string(), model.lock.to_string(), "{version}");
    }
}

#[test]
fn what_is_said_of_twins_is_the_same_and_stands_where_each_author_wrote_it() {
    let codes = |outcome: &Outcome| {
        let mut codes: Vec<Code> = outcome.found.iter().map(|found| found.code).collect();
        codes.sort_by_key(|code| code.as_str());
        codes
    };
    let model = twin("3.0");
    for (version, line) in [
        ("2.0", "id: {type: string, readOnly: true, default: 7}"),
        ("3.1", "id: {type: string, readOnly: true, default: 7}"),
    ] {
        let other = twin(version);
        assert_eq!(codes(&other), codes(&model), "{version}");
        let found = other.found.iter().find(|found| found.code == Code::UnfitDefault).unwrap();
        let text = text(&format!("{version}.yaml"));
        let spot = specwright_diagnostics::Sources::spot(&other.found, &found.primary.place);
        let start = spot.span.unwrap().start;
        let number = text[..start].matches('\n').count();
        assert_eq!(text.lines().nth(number).unwrap().trim(), line, "{version}");
    }
}

/// The effective document is what the author wrote, so each example is to be found there.
#[test]
fn examples_stand_in_the_effective_document() {
    for version in ["2.0", "3.0", "3.1"] {
        let name = format!("{version}.yaml");
        let (lowered, found) = attempt(&name, &text(&name), &Settings::default());
        let Some((document, mut lowered)) = lowered else { panic!("{}", found.render(false)) };
        let written: Value = serde_json::from_str(&document.to_canonical_json()).unwrap();
        let mut examples = 0;
        lowered.ir.each_example_mut(&mut |example| {
            assert_eq!(written.pointer(example.origin.as_str()), Some(&example.value), "{version}");
            examples += 1;
        });
        assert_eq!(examples, 3, "{version}");
    }
}

/// The configuration speaks of the author's document.
#[test]
fn settings_name_places_of_the_authors_document() {
    let settings = Settings {
        names: [("#/definitions/Pet".to_owned(), "Animal".to_owned())].into(),
        types: [("#/definitions/Pet/properties/name".to_owned(), "crate::PetName".to_owned())].into(),
        allow: vec![specwright_spec::Allowance {
            code: Code::UnfitDefault,
            pointer: Pointer::parse("#/definitions/Pet/properties/id").unwrap(),
            reason: "the service ignores it".to_owned(),
        }],
        ..Settings::default()
    };
    let outcome = accepted("2.0.yaml", &text("2.0.yaml"), &settings);
    assert_eq!(outcome.component("Pet").name.pascal, "Animal");
    assert_eq!(outcome.count(Code::UnfitDefault), 0);
    let place = Place::value(&Pointer::parse("#/definitions/Pet").unwrap());
    let spot = specwright_diagnostics::Sources::spot(&outcome.found, &place);
    assert!(text("2.0.yaml")[spot.span.unwrap().start..].starts_with("Pet"));
}
