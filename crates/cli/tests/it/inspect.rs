//! `specwright inspect`

use serde_json::Value;

use crate::site::Site;

#[test]
fn names_stand_beside_their_origins() {
    let ended = Site::new().expect(0, &["inspect", "shop.yaml"]);
    let line = ended.stdout.lines().find(|line| line.starts_with("operation")).unwrap();
    let words: Vec<_> = line.split_whitespace().collect();
    assert_eq!(words, ["operation", "list_items", "GET", "/items", "#/paths/~1items/get"]);
}

#[test]
fn the_representation_is_json() {
    let ended = Site::new().expect(0, &["inspect", "shop.yaml", "--ir"]);
    let ir: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(ir["info"]["title"], "Shop");
    assert_eq!(ir["operations"].as_array().unwrap().len(), 2);
}

#[test]
fn coverage_counts() {
    let ended = Site::new().expect(0, &["inspect", "shop.yaml", "--coverage"]);
    let counted: Vec<_> = ended.stdout.lines().filter(|line| !line.starts_with(' ')).collect();
    let words = counted.iter().map(|line| line.split_whitespace().next().unwrap());
    assert_eq!(words.collect::<Vec<_>>(), ["carried", "repaired", "refused", "allowed"]);
    assert!(ended.stdout.contains("2  operations"), "{}", ended.stdout);
}

#[test]
fn a_document_that_is_refused_has_no_names() {
    let site = Site::new();
    site.write("shop.yaml", "openapi: [");
    let ended = site.expect(1, &["inspect", "shop.yaml"]);
    assert_eq!(ended.stdout, "");
    assert!(ended.stderr.contains("SW0103"), "{}", ended.stderr);
    let ended = site.expect(1, &["inspect", "shop.yaml", "--message-format", "json"]);
    let all: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(all["coverage"]["refused"]["SW0103"], 1);
    assert_eq!(ended.stderr, "");
}
