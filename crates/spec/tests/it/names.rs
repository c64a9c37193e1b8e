//! Names that stay: with the lock of the last run, an edit of the contract renames nothing else.

use std::collections::BTreeMap;

use specwright_spec::{Lock, Settings};

use crate::lowering::{accepted, text};

const NAME: &str = "customer-service.yaml";

fn names(text: &str, lock: Option<Lock>) -> (BTreeMap<String, String>, Lock) {
    let outcome = accepted(NAME, text, &Settings { lock, ..Settings::default() });
    let names = outcome.lock.iter().map(|(key, name)| (key.to_owned(), name.to_owned())).collect();
    (names, outcome.lock)
}

/// Edits the contract, and compares every name that both versions have.
fn edited(edit: impl Fn(&str) -> String) -> BTreeMap<String, String> {
    let before = text(NAME);
    let after = edit(&before);
    assert_ne!(before, after, "the edit changes something");
    let (old, lock) = names(&before, None);
    let lock = Lock::parse("names.lock", &lock.to_string()).unwrap();
    let (new, _) = names(&after, Some(lock));
    for (key, name) in &old {
        assert_eq!(new.get(key), Some(name), "{key}");
    }
    new.into_iter().filter(|(key, _)| !old.contains_key(key)).collect()
}

fn replaced(from: &'static str, to: &'static str) -> impl Fn(&str) -> String {
    move |text| {
        assert!(text.contains(from), "the contract has {from:?}");
        text.replacen(from, to, 1)
    }
}

/// Operation blocks: the lines of one path, up to the next.
fn path_block<'a>(text: &'a str, path: &str) -> &'a str {
    let start = text.find(&format!("\n  '{path}':\n")).unwrap() + 1;
    let rest = &text[start..];
    let end = rest.match_indices("\n  '/").next().map_or(rest.len(), |(at, _)| at + 1);
    &rest[..end]
}

#[test]
fn a_description_reworded() {
    let edit = replaced("The request was successful. A customer token is returned.", "Signed in.");
    assert_eq!(edited(edit), BTreeMap::new());
}

/// What comes back keeps the schema's name; what is sent is new, of it and of what is made of it.
#[test]
fn a_property_that_becomes_read_only() {
    let added = edited(|text| {
        let start = text.find("\n    Address:\n").unwrap();
        let (head, tail) = text.split_at(start);
        let id = "\n        id:\n          type: string\n";
        assert!(tail.contains(id), "an address has an id");
        head.to_owned() + &tail.replacen(id, &format!("{id}          readOnly: true\n"), 1)
    });
    let added: Vec<_> = added.iter().map(|(key, name)| (key.as_str(), name.as_str())).collect();
    assert_eq!(added, [("#/components/schemas/Address/~input", "AddressInput")]);
}

#[test]
fn paths_reordered() {
    let added = edited(|text| {
        let block = path_block(text, "/customer/{tenant}/login").to_owned();
        text.replacen(&block, "", 1).replacen("\npaths:\n", &format!("\npaths:\n{block}"), 1)
    });
    assert_eq!(added, BTreeMap::new());
}

#[test]
fn an_operation_inserted_first() {
    let added = edited(|text| {
        let operation = "  /first: {get: {operationId: POST-customer-add-address-first, tags: [Addresses], responses: {'204': {description: None.}}}}\n";
        text.replacen("\npaths:\n", &format!("\npaths:\n{operation}"), 1)
    });
    assert_eq!(added["#/paths/~1first/get"], "post_customer_add_address_first");
}

#[test]
fn an_operation_inserted_first_that_wants_a_name_that_is_taken() {
    let added = edited(|text| {
        let operation = "  /first: {get: {operationId: customer_add_address, tags: [Addresses], responses: {'204': {description: None.}}}}\n";
        text.replacen("\npaths:\n", &format!("\npaths:\n{operation}"), 1)
    });
    assert_eq!(added["#/paths/~1first/get"], "customer_add_address_operation");
}

#[test]
fn a_schema_added_whose_name_differs_in_case_only() {
    let added = edited(replaced(
        "    AccountId:\n",
        "    errorMessage: {type: string}\n    ERROR_MESSAGE: {type: string}\n    AccountId:\n",
    ));
    assert_eq!(added["#/components/schemas/errorMessage"], "ErrorMessageSchemaCamel");
    assert_eq!(added["#/components/schemas/ERROR_MESSAGE"], "ErrorMessageSchemaShouty");
}

#[test]
fn a_schema_error_added_beside_error() {
    let document = "openapi: 3.0.3\ninfo: {title: t, version: v}\npaths: {}\ncomponents:\n  schemas:\n    Error: {type: string}\n";
    let (old, lock) = names(document, None);
    let (new, _) =
        names(&document.replace("    Error:", "    error: {type: string}\n    Error:"), Some(lock));
    assert_eq!(old["#/components/schemas/Error"], "Error");
    assert_eq!(new["#/components/schemas/Error"], "Error");
    assert_eq!(new["#/components/schemas/error"], "ErrorSchema");
}

#[test]
fn a_component_added_whose_name_an_inline_type_has() {
    let added =
        edited(replaced("    AccountId:\n", "    CustomerBusinessModel: {type: string}\n    AccountId:\n"));
    assert_eq!(added["#/components/schemas/CustomerBusinessModel"], "CustomerBusinessModelSchema");
}

#[test]
fn an_operation_moved_to_another_tag() {
    let added = edited(|text| {
        let block = path_block(text, "/customer/{tenant}/logout");
        text.replacen(block, &block.replace("- Authentication and authorization", "- Credentials"), 1)
    });
    assert_eq!(added, BTreeMap::new());
}

#[test]
fn title_and_version_changed() {
    let added = edited(|text| {
        let start = text.find("\n  title: ").unwrap() + 1;
        let end = start + text[start..].find('\n').unwrap();
        let mut text = text.to_owned();
        text.replace_range(start..end, "  title: Another title");
        text.replacen("version: ''", "version: 2.0.0", 1)
    });
    assert_eq!(added, BTreeMap::new());
}

#[test]
fn what_is_gone_leaves_the_lock() {
    let before = text(NAME);
    let block = path_block(&before, "/customer/{tenant}/logout").to_owned();
    let (_, lock) = names(&before, None);
    let (new, _) = names(&before.replacen(&block, "", 1), Some(lock));
    assert!(new.keys().all(|key| !key.contains("~1logout")));
}

#[test]
fn the_lock_is_the_same_twice() {
    let (_, first) = names(&text(NAME), None);
    let (_, second) = names(&text(NAME), Some(first.clone()));
    assert_eq!(first, second);
}

#[test]
fn pins_come_before_the_lock() {
    let (_, lock) = names(&text(NAME), None);
    let pins = [
        ("POST-customer-add-address", "add_address"),
        ("#/components/schemas/Customer/properties/businessModel", "BusinessModel"),
    ];
    let names = pins.into_iter().map(|(key, name)| (key.to_owned(), name.to_owned())).collect();
    let outcome = accepted(NAME, &text(NAME), &Settings { names, lock: Some(lock), ..Settings::default() });
    let operation = outcome.operation("POST-customer-add-address");
    assert_eq!(
        (operation.name.snake.as_str(), operation.name.pascal.as_str()),
        ("add_address", "AddAddress")
    );
    assert_eq!(
        outcome.ty("#/components/schemas/Customer/properties/businessModel").name.pascal,
        "BusinessModel"
    );
    // The field at the same place keeps its own.
    assert_eq!(outcome.field("Customer", "businessModel").name.snake, "business_model");
}
