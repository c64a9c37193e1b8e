//! Configurations: what is read, and what is said about those that cannot be used.

use specwright_codegen::config::{Runtime, Sides, near_miss, parse};
use specwright_codegen::diagnostics::Diagnostics;

#[test]
fn everything_that_stands_in_a_configuration_is_read() {
    let text = r##"
        command = "make generate"

        [[api]]
        name = "shop"
        spec = "spec/shop.yaml"
        overlays = ["spec/a.yaml", "spec/b.yaml"]
        out = "generated/shop"
        service = "generated/service"
        runtime = { git = "https://example.com/x.git", tag = "v1" }
        client = false

        [api.names]
        "GET-shop" = "shop"

        [api.types]
        decimal = "rust_decimal::Decimal"

        [api.dependencies]
        rust_decimal = { version = "1", features = ["serde-with-str"] }

        [[api.allow]]
        code = "SW0205"
        pointer = "#/paths"
        reason = "not ours"

        [[api]]
        name = "other"
        spec = "other.yaml"
        out = "generated/other"
    "##;
    let mut sink = Diagnostics::new();
    let config = parse("specwright.toml", text, &mut sink);
    assert!(sink.is_empty(), "{}", sink.render(false));
    assert_eq!(config.command, "make generate");
    let [shop, other] = config.apis.as_slice() else { panic!("{config:?}") };
    assert_eq!(shop.overlays, ["spec/a.yaml", "spec/b.yaml"]);
    assert_eq!(shop.service.as_deref(), Some("generated/service"));
    let at = Some(("tag", "v1".to_owned()));
    assert_eq!(shop.runtime, Runtime::Git { url: "https://example.com/x.git".to_owned(), at });
    assert_eq!(shop.sides, Sides::Server);
    assert_eq!(shop.names["GET-shop"], "shop");
    assert_eq!(shop.types["decimal"], "rust_decimal::Decimal");
    assert_eq!(shop.dependencies["rust_decimal"], r#"{ version = "1", features = ["serde-with-str"] }"#);
    assert_eq!(shop.allow[0].reason, "not ours");
    assert_eq!((other.sides, &other.runtime), (Sides::Both, &Runtime::default()));
}

#[test]
fn a_configuration_that_cannot_be_used_says_why_and_where() {
    insta::glob!("cases/reject/config/*.toml", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let mut sink = Diagnostics::new();
        parse("specwright.toml", &text, &mut sink);
        assert!(sink.has_errors(), "{}", path.display());
        insta::assert_snapshot!(sink.render(false));
    });
}

#[test]
fn only_a_near_miss_is_one() {
    let known = ["overlays", "spec", "out", "name"];
    assert_eq!(near_miss("overlay", &known), Some("overlays"));
    assert_eq!(near_miss("Names", &known), Some("name"));
    assert_eq!(near_miss("zzz", &known), None);
}
