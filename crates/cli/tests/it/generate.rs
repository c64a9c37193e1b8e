//! `specwright generate`

use serde_json::Value;

use crate::site::{CONFIG, SHOP, Site};

const ONE: [&str; 6] = ["generate", "shop.yaml", "--out", "api", "--name", "shop"];

#[test]
fn one_document_needs_no_configuration() {
    let site = Site::new();
    site.write("specwright.toml", "not read [");
    let ended = site.expect(0, &ONE);
    assert_eq!(ended.stdout, "", "people read stderr");
    assert!(ended.stderr.contains("+ operation list_items GET /items\n"), "{}", ended.stderr);
    assert!(site.path("api/src/lib.rs").exists());
    assert!(site.read("api/Cargo.toml").contains("specwright-runtime = { version = "));
}

#[test]
fn a_configuration_lists_what_is_generated() {
    let site = Site::new();
    site.expect(0, &["generate"]);
    let manifest = site.read("generated/shop/Cargo.toml");
    assert!(
        manifest.contains("specwright-runtime = { path = \"../../runtime\", default-features = false }"),
        "{manifest}"
    );
    assert!(manifest.contains("version = \"1.2.0\""), "{manifest}");
}

#[test]
fn a_document_may_be_several_files() {
    const ROOT: &str = "openapi: 3.0.3
info: {title: Shop, version: '1'}
paths:
  /items: {$ref: 'parts/items.json'}
";
    const ITEMS: &str = r#"{"get": {"operationId": "listItems", "responses": {"200": {"description": "Items.",
  "content": {"application/json": {"schema": {"$ref": "item.yaml"}}}}}}}"#;
    let site = Site::new();
    site.write("shop.yaml", ROOT);
    site.write("parts/items.json", ITEMS);
    site.write("parts/item.yaml", "type: object\nproperties: {name: {type: string}}\n");
    for (arguments, out) in [(&ONE[..], "api"), (&["generate"], "generated/shop")] {
        let ended = site.expect(0, arguments);
        assert!(ended.stderr.contains("+ operation list_items response 200 body"), "{}", ended.stderr);
        assert!(
            site.read(&format!("{out}/openapi.json")).contains("\"$ref\": \"#/components/schemas/item\"")
        );
        assert!(site.path(&format!("{out}/src/types/item.rs")).exists());
    }
    site.write("parts/item.yaml", "type: objct\n");
    let ended = site.expect(1, &["generate"]);
    assert!(ended.stderr.contains("--> parts/item.yaml:1:7"), "{}", ended.stderr);
    site.write("parts/item.yaml", "type: integer\n");
    site.expect(4, &["generate", "--check"]);
}

#[test]
fn the_runtime_is_told_from_the_generated_crate() {
    let site = Site::new();
    site.expect(0, &[&ONE[..], &["--runtime", "vendor/runtime"]].concat());
    assert!(site.read("api/Cargo.toml").contains("path = \"../vendor/runtime\""));
}

#[test]
fn one_side_is_emitted_alone() {
    let site = Site::new();
    site.expect(0, &[&ONE[..], &["--server"]].concat());
    assert!(site.path("api/src/server/mod.rs").exists());
    assert!(!site.path("api/src/client").exists());
    assert!(site.read("api/Cargo.toml").contains("default = [\"server\"]"));
    site.expect(0, &[&ONE[..], &["--client"]].concat());
    assert!(!site.path("api/src/server").exists());
    assert!(site.path("api/src/client/mod.rs").exists());
}

#[test]
fn a_check_ends_with_4_and_names_the_command_that_mends() {
    let site = Site::new();
    let ended = site.expect(4, &["generate", "--check"]);
    assert!(
        ended.stderr.contains("SW0610") && ended.stderr.contains("`specwright generate`"),
        "{}",
        ended.stderr
    );
    assert!(!site.path("generated").exists(), "a check writes nothing");
    site.expect(0, &["generate"]);
    site.expect(0, &["generate", "--check"]);
    site.write("generated/shop/src/lib.rs", "edited");
    let ended = site.expect(4, &["generate", "--check"]);
    assert!(
        ended.stderr.contains("SW0612") && ended.stderr.contains("`specwright generate --force`"),
        "{}",
        ended.stderr
    );
}

#[test]
fn an_edit_by_hand_is_overwritten_only_by_force() {
    let site = Site::new();
    site.expect(0, &["generate"]);
    site.write("generated/shop/src/lib.rs", "edited");
    assert!(site.expect(1, &["generate"]).stderr.contains("SW0602"));
    assert_eq!(site.read("generated/shop/src/lib.rs"), "edited");
    site.expect(0, &["generate", "--force"]);
    site.expect(0, &["generate", "--check"]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let site = Site::new();
    let ended = site.expect(0, &["generate", "--dry-run"]);
    assert!(ended.stderr.contains("+ operation list_items"), "{}", ended.stderr);
    assert!(!site.path("generated").exists());
}

#[test]
fn a_refusal_ends_with_1() {
    let site = Site::new();
    site.write("specwright.toml", &CONFIG.replace("spec =", "spce ="));
    let ended = site.expect(1, &["generate"]);
    assert!(ended.stderr.contains("did you mean `spec`?"), "{}", ended.stderr);
    site.write("specwright.toml", CONFIG);
    site.write("shop.yaml", &SHOP.replace("3.0.3", "4.0.0"));
    assert!(site.expect(1, &["generate"]).stderr.contains("SW0108"));
    assert!(!site.path("generated").exists());
}

#[test]
fn what_is_not_understood_ends_with_2() {
    let site = Site::new();
    for arguments in [
        &["generate", "shop.yaml"][..],
        &["generate", "--out", "api"],
        &["generate", "--check", "--force"],
        &["generate", "--name", "shpo"],
        &["generate", "shop.yaml", "--out", "api", "--name", "8-ball"],
        &["generat"],
        &[],
    ] {
        assert_eq!(site.expect(2, arguments).stdout, "");
    }
    assert!(site.run(&["generate", "--name", "shpo"]).stderr.contains("did you mean `shop`?"));
}

#[test]
fn machines_read_json_from_stdout() {
    let site = Site::new();
    let ended = site.expect(4, &["generate", "--check", "--message-format", "json"]);
    assert_eq!(ended.stderr, "");
    let all: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(all["verdict"], "drift");
    assert_eq!(all["apis"][0]["diagnostics"][0]["code"], "SW0610");
    site.write("specwright.toml", "[[api]]");
    let all: Value =
        serde_json::from_str(&site.expect(1, &["generate", "--message-format", "json"]).stdout).unwrap();
    assert_eq!(all["diagnostics"][0]["code"], "SW0523");
}

#[test]
fn a_pipe_gets_no_colour() {
    let site = Site::new();
    site.write("shop.yaml", "openapi: [");
    assert!(!site.expect(1, &ONE).stderr.contains('\u{1b}'));
}

#[test]
fn settings_come_from_the_configuration_that_is_named() {
    let site = Site::new();
    site.write("specwright.toml", &format!("{CONFIG}\n[api.names]\nlistItems = \"items\"\n"));
    site.expect(0, &[&ONE[..], &["--config", "specwright.toml"]].concat());
    assert!(site.read("api/api.txt").contains("operation items GET /items\n"));
}

/// A configuration with a service.
fn with_service(more: &str) -> String {
    format!("{CONFIG}service = \"services/till\"\n{more}")
}

#[test]
fn a_service_is_scaffolded_once() {
    let site = Site::new();
    site.write("specwright.toml", &with_service(""));
    assert!(site.expect(4, &["generate", "--check"]).stderr.contains("SW0615"));
    let told = site.expect(0, &["generate", "--name", "shop", "--dry-run"]).stderr;
    assert!(told.contains("\ntill: would scaffold `services/till` (8 files)\n"), "{told}");
    assert!(!site.path("services").exists());
    let told = site.expect(0, &["generate", "--name", "shop"]).stderr;
    assert!(told.ends_with("\ntill: scaffolded `services/till` (8 files); it is yours now\n"), "{told}");
    site.write("services/till/src/main.rs", "edited");
    for arguments in [&["generate", "--check"][..], &["generate"], &["generate", "--force"]] {
        assert!(!site.expect(0, arguments).stderr.contains("till"));
    }
    assert_eq!(site.read("services/till/src/main.rs"), "edited");
}

#[test]
fn a_service_without_a_server_is_refused() {
    let site = Site::new();
    site.write("specwright.toml", &with_service("server = false\n"));
    assert!(site.expect(1, &["generate"]).stderr.contains("SW0527"));
    site.write("specwright.toml", &with_service(""));
    assert!(site.expect(1, &["generate", "--client"]).stderr.contains("SW0527"));
    assert!(!site.path("generated").exists());
}

#[test]
fn tests_of_both_sides_are_asked_for() {
    let site = Site::new();
    site.expect(0, &[&ONE[..], &["--tests"]].concat());
    let (root, manifest) = (site.read("api/tests/conformance/main.rs"), site.read("api/Cargo.toml"));
    assert!(
        root.contains("recorder!") && manifest.contains("features = [\"testing\"]"),
        "{root}\n{manifest}"
    );
    assert!(site.expect(1, &[&ONE[..], &["--tests", "--client"]].concat()).stderr.contains("SW0528"));
}

#[test]
fn one_document_has_no_service() {
    let site = Site::new();
    site.write("specwright.toml", &with_service(""));
    site.expect(0, &[&ONE[..], &["--config", "specwright.toml", "--client"]].concat());
    assert!(site.path("api").exists() && !site.path("services").exists());
}

#[test]
fn a_scaffold_that_nobody_could_format_says_so() {
    let site = Site::new();
    site.write("specwright.toml", &with_service(""));
    let told = site.run_with(&["generate"], &[("RUSTFMT", "no-such-rustfmt")]);
    assert_eq!(told.code, 0, "{}", told.stderr);
    assert!(told.stderr.ends_with("; there is no `rustfmt`, so run `cargo fmt` once\n"), "{}", told.stderr);
    assert!(site.path("services/till/src/main.rs").exists());
}
