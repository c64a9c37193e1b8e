//! What documents become: one snapshot for each file under `cases/accept` and `cases/refused`.
//!
//! A snapshot holds what is said and, where nothing is refused, the contract: names as
//! `wire: Pascal, snake @ origin`, and nothing that is empty, false or null. A case says what the
//! configuration holds in its `x-settings`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};
use specwright_diagnostics::{Code, Diagnostics, Pointer};
use specwright_spec::{Allowance, Lock, Settings};

use crate::lowering::attempt;

#[test]
fn every_accepted_case() {
    insta::glob!("../../cases/accept", "*.yaml", |path| {
        let (report, found) = report(path);
        assert!(!found.has_errors(), "{}: {}", path.display(), found.render(false));
        insta::with_settings!({omit_expression => true}, { insta::assert_snapshot!(report); });
    });
}

#[test]
fn every_refused_case() {
    insta::glob!("../../cases/refused", "*.yaml", |path| {
        let (report, found) = report(path);
        assert!(found.has_errors(), "{} is refused", path.display());
        insta::with_settings!({omit_expression => true}, { insta::assert_snapshot!(report); });
    });
}

#[test]
fn every_code_of_lowering_and_names_has_a_case() {
    let mut seen = BTreeSet::new();
    for folder in ["cases/accept", "cases/refused"] {
        for case in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let (_, found) = report(&case.unwrap().path());
            seen.extend(found.iter().map(|diagnostic| diagnostic.code.as_str()));
        }
    }
    let rewriting = ["SW0128", "SW0129", "SW0130"];
    let ours = |code: &&str| code.starts_with("SW03") || code.starts_with("SW04") || rewriting.contains(code);
    let missing: Vec<_> =
        Code::ALL.iter().map(|code| code.as_str()).filter(ours).filter(|code| !seen.contains(code)).collect();
    // What an allowance covers is not said, so those of the accepted cases occur among the refused.
    assert_eq!(missing, [""; 0]);
}

fn report(path: &Path) -> (String, Diagnostics) {
    let text = fs::read_to_string(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy();
    let (settings, wrong) = settings(&text);
    let (outcome, mut found) = attempt(&name, &text, &settings);
    found.extend(wrong);
    let given: Value = serde_yaml::from_str(&text).unwrap();
    found.keep_text("names.lock", given["x-settings"]["lock"].as_str().unwrap_or_default());
    let mut report = found.render(false).trim_end().to_owned();
    if let Some((_, lowered)) = outcome {
        let ir = serde_json::to_value(&lowered.ir).unwrap();
        let mut slice = Map::new();
        for part in ["servers", "tags", "schemes", "types", "responses", "operations"] {
            slice.insert(part.to_owned(), ir[part].clone());
        }
        if let Some(slice) = brief(Value::Object(slice)) {
            write!(report, "\n\n{}", serde_yaml::to_string(&slice).unwrap()).unwrap();
        }
    }
    (report.trim_start().to_owned(), found)
}

/// What a case wants the configuration to say.
fn settings(text: &str) -> (Settings, Vec<specwright_diagnostics::Diagnostic>) {
    let document: Value = serde_yaml::from_str(text).unwrap();
    let given = &document["x-settings"];
    let table = |key: &str| serde_json::from_value(given[key].clone()).unwrap_or_default();
    let allow = given["allow"].as_array().into_iter().flatten().map(|entry| Allowance {
        code: Code::parse(entry["code"].as_str().unwrap()).unwrap(),
        pointer: Pointer::parse(entry["pointer"].as_str().unwrap()).unwrap(),
        reason: entry["reason"].as_str().unwrap().to_owned(),
    });
    let (lock, wrong) = match given["lock"].as_str().map(|lock| Lock::parse("names.lock", lock)) {
        Some(Ok(lock)) => (Some(lock), Vec::new()),
        Some(Err(wrong)) => (None, wrong),
        None => (None, Vec::new()),
    };
    (Settings { names: table("names"), types: table("types"), lock, allow: allow.collect() }, wrong)
}

/// A value without what is empty, false or null, and names on one line.
fn brief(value: Value) -> Option<Value> {
    match value {
        Value::Null | Value::Bool(false) => None,
        Value::String(text) if text.is_empty() => None,
        Value::Object(members)
            if ["wire", "pascal", "snake", "origin"].iter().all(|key| members.contains_key(*key)) =>
        {
            let [wire, pascal, snake, origin] =
                ["wire", "pascal", "snake", "origin"].map(|key| members[key].as_str().unwrap());
            Some(Value::String(format!("{wire}: {pascal}, {snake} @ {origin}")))
        }
        Value::Object(members) => {
            let kept: Map<_, _> = members
                .into_iter()
                .filter(|(key, _)| key != "segments" && key != "origin")
                .filter_map(|(key, member)| Some((key, brief(member)?)))
                .collect();
            (!kept.is_empty()).then_some(Value::Object(kept))
        }
        Value::Array(items) => {
            let kept: Vec<_> = items.into_iter().filter_map(brief).collect();
            (!kept.is_empty()).then_some(Value::Array(kept))
        }
        other => Some(other),
    }
}
