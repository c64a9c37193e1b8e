//! G. Examples

use serde_json::{Value, json};
use specwright_diagnostics::{Code, Severity};
use specwright_ir::Example;

use super::SERVICE;

fn answered(operation: &str, status: &str) -> &'static [Example] {
    &SERVICE.response(operation, status).contents[0].examples
}

fn sent(operation: &str) -> &'static [Example] {
    &SERVICE.operation(operation).body.as_ref().unwrap().contents[0].examples
}

#[test]
fn g1_an_example_of_another_type_than_its_schema() {
    let pointer = "#/paths/~1customer~1{tenant}~1login/post/responses/200/content/application~1json/examples/Response example/value/initialPassword";
    assert_eq!(SERVICE.said(Code::UnfitExample, pointer), Some(Severity::Warning));
    assert_eq!(SERVICE.count(Code::UnfitExample), 1);
    assert_eq!(
        answered("POST-customer-authenticate-customer", "200")[0].value["initialPassword"],
        json!(false)
    );
}

#[test]
fn g2_undeclared_members_of_examples_are_kept_with_them() {
    let example = &answered("GET-oauth-generate-anonymous-access-token", "200")[0];
    assert_eq!(example.value["refresh_token_expires_in"], json!(86399));
    let declared = SERVICE.object("AnonymousAccessToken");
    assert!(declared.fields.iter().all(|field| field.name.wire != "refresh_token"));
}

#[test]
fn g3_an_example_that_holds_examples() {
    for name in ["409_conflict", "403_forbidden", "404_address"] {
        let pointer = format!("#/components/responses/{name}/content/application~1json/example");
        assert_eq!(SERVICE.said(Code::ExampleMap, &pointer), Some(Severity::Warning));
        assert_eq!(SERVICE.shared(name).contents[0].examples[0].value, *SERVICE.raw(&pointer));
    }
}

#[test]
fn g4_several_named_examples() {
    let counts = [
        answered("GET-customer-retrieve-customer-profile", "200").len(),
        sent("POST-customer-create-customer-account").len(),
        answered("GET-oauth-refresh-anonymous-access-token", "200").len(),
        SERVICE.shared("401_unauthorized").contents[0].examples.len(),
    ];
    assert_eq!(counts, [2, 2, 2, 2]);
}

#[test]
fn g5_names_of_examples_are_prose() {
    let names: Vec<_> =
        answered("GET-oauth-refresh-anonymous-access-token", "200").iter().map(|one| &one.name).collect();
    assert_eq!(
        names,
        ["Response example - Anonymous Token", "Response example - Refresh Token (deprecated)"]
    );
}

#[test]
fn g6_examples_before_their_schema() {
    assert_eq!(answered("GET-customer-retrieve-customer-profile", "200")[0].name, "Logged in customer");
}

#[test]
fn g7_no_example() {
    let body = SERVICE.operation("PATCH-customer-update-customer").body.as_ref().unwrap();
    assert!(body.contents[1].examples.is_empty());
    assert!(answered("POST-customer-login-customer-by-auth0", "200").is_empty());
}

#[test]
fn g8_placeholders_stay_text() {
    for (operation, wire, example) in [
        ("GET-oauth-generate-anonymous-access-token", "tenant", "{tenant}"),
        ("GET-oauth-generate-anonymous-access-token", "client_id", "{client_id}"),
        ("GET-customer-refresh-authtoken", "refreshToken", "{customer_refresh_token}"),
    ] {
        assert_eq!(SERVICE.parameter(operation, wire).examples[0].value, example);
    }
}

#[test]
fn g9_an_example_of_a_property() {
    assert_eq!(SERVICE.field("CustomerSignup", "email").examples[0].value, "john.doe@emporix.com");
}

#[test]
fn g10_strings_that_look_like_numbers_stay_strings() {
    let anonymous = &answered("GET-customer-retrieve-customer-profile", "200")[1];
    assert_eq!(anonymous.value["id"], json!("00000000"));
    assert_eq!(sent("POST-customer-add-address")[0].value["zipCode"], json!("11011"));
    assert_eq!(
        sent("PATCH-customer-update-customer")[0].value["b2b"]["companyRegistrationId"],
        json!("123-456-789")
    );
}

#[test]
fn g11_empty_values_stay() {
    let customers = answered("GET-customer-retrieve-customer-profile", "200");
    assert_eq!(customers[0].value["mixins"], json!({}));
    assert_eq!(customers[0].value["metadata"]["mixins"], json!({}));
    assert_eq!(customers[1].value["accounts"], json!([]));
}

#[test]
fn g12_token_shaped_examples_are_carried_as_data() {
    let token = &answered("POST-customer-authenticate-customer", "200")[0].value["saas_token"];
    assert!(token.as_str().is_some_and(|token| token.starts_with("eyJ")));
}

#[test]
fn g13_a_list_in_a_string_stays_a_string() {
    let example = &answered("GET-customer-validate-token", "200")[0].value["scope"];
    assert!(matches!(example, Value::String(scope) if scope.ends_with(" tenant=test")));
}
