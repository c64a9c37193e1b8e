//! What the effective document says, read without any part of the generator.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use serde_json::Value;
use specwright_conformance::repository;

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let path = repository().join("generated/customer-api/openapi.json");
    let text = fs::read_to_string(path).expect("the effective document");
    serde_json::from_str(&text).expect("a JSON document")
});

/// The statuses that the operation of that id declares.
pub fn statuses(operation_id: &str) -> BTreeSet<String> {
    let paths = DOCUMENT["paths"].as_object().expect("paths");
    let operation = paths
        .values()
        .flat_map(|item| item.as_object().expect("a path item").values())
        .find(|operation| operation["operationId"] == operation_id)
        .expect("an operation of the document");
    operation["responses"].as_object().expect("responses").keys().cloned().collect()
}
