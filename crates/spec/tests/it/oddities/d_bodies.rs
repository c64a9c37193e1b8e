//! D. Request bodies

use serde_json::json;
use specwright_diagnostics::Code;
use specwright_ir::{Access, BodyKind, Shape, StringFormat};

use super::SERVICE;

#[test]
fn d1_bodies_that_may_be_left_out() {
    for operation in [
        "PATCH-customer-update-customer",
        "POST-customer-add-address",
        "PATCH-customer-update-customer-address",
        "POST-customer-change-customer-login-email",
        "POST-customer-confirm-customer-login-email",
        "POST-customer-request-reset-password",
        "POST-customer-reset-password",
        "POST-customer-change-account-password",
        "POST-customer-create-customer-account",
    ] {
        assert!(!SERVICE.operation(operation).body.as_ref().unwrap().required, "{operation}");
    }
}

#[test]
fn d2_required_defaults_to_false() {
    assert!(!SERVICE.operation("POST-customer-assign-customer-account").body.as_ref().unwrap().required);
}

#[test]
fn d3_required_bodies() {
    for operation in ["POST-customer-authenticate-customer", "POST-customer-refresh-token"] {
        assert!(SERVICE.operation(operation).body.as_ref().unwrap().required, "{operation}");
    }
}

#[test]
fn d4_two_media_types_of_one_request() {
    let body = SERVICE.operation("PATCH-customer-update-customer").body.as_ref().unwrap();
    let contents: Vec<_> = body
        .contents
        .iter()
        .map(|content| (content.name.wire.as_str(), content.name.pascal.as_str()))
        .collect();
    assert_eq!(contents, [("application/json", "Json"), ("application/merge-patch+json", "MergePatchJson")]);
    for content in &body.contents {
        let BodyKind::Json(schema) = &content.kind else { panic!("JSON") };
        assert_eq!(SERVICE.target(schema), "CustomerUpdateDto");
    }
}

#[test]
fn d5_nothing_is_nullable_unless_it_says_so() {
    // The overlay makes the members of the merge patch nullable; by itself the document does not.
    assert!(SERVICE.object("CustomerUpdateDto").fields.iter().all(|field| !field.schema.nullable));
}

#[test]
fn d6_defaults_are_kept_and_make_nothing_mandatory() {
    for (schema, wire, default) in [
        ("CustomerCommonDto", "preferredLanguage", json!("en_US")),
        ("CustomerUpdateDto", "preferredCurrency", json!("USD")),
        ("Customer", "preferredSite", json!("main")),
        ("ChangeEmailRequestDto", "syncContactEmail", json!(false)),
        ("Address", "isDefault", json!(false)),
    ] {
        let field = SERVICE.field(schema, wire);
        assert_eq!(field.default.as_ref(), Some(&default));
        assert!(!field.required);
    }
    assert_eq!(SERVICE.count(Code::UnfitDefault), 0);
}

#[test]
fn d7_a_schema_that_goes_both_ways() {
    let address = SERVICE.component("Address");
    assert!(address.usage.request && address.usage.response);
    assert_eq!(SERVICE.field("Address", "id").access, Access::ReadWrite);
    let Shape::String(password) = &SERVICE.field("CustomerSignup", "password").schema.shape else { panic!() };
    assert_eq!(password.format, StringFormat::Plain);
}

#[test]
fn d8_request_schemas_without_required_members() {
    for schema in
        ["UpdateEmail", "ChangeEmailRequestDto", "AddressCreateDto", "AddressUpdateDto", "CustomerUpdateDto"]
    {
        assert!(SERVICE.object(schema).fields.iter().all(|field| !field.required), "{schema}");
    }
}
