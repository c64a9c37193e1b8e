//! C. Parameters

use specwright_diagnostics::{Code, Severity};
use specwright_ir::{Location, Schema, Shape, StringShape};

use super::SERVICE;

const REFRESH: &str = "GET-customer-refresh-authtoken";
const VALIDATE: &str = "GET-customer-validate-token";
const SOCIAL: &str = "POST-customer-login-customer-by-auth0";

fn text(schema: &Schema) -> &StringShape {
    let Shape::String(text) = &schema.shape else { panic!("a string") };
    text
}

fn names(operation: &str) -> Vec<&'static str> {
    SERVICE.operation(operation).parameters.iter().map(|parameter| parameter.name.wire.as_str()).collect()
}

#[test]
fn c1_authorization_is_the_credential() {
    assert_eq!(names(REFRESH), ["tenant", "refreshToken", "legalEntityId"]);
    assert_eq!(names(VALIDATE), ["tenant"]);
    for path in ["refreshauthtoken", "validateauthtoken"] {
        let pointer = format!("#/paths/~1customer~1{{tenant}}~1{path}/get/parameters/1");
        assert_eq!(SERVICE.said(Code::IgnoredHeader, &pointer), Some(Severity::Warning));
    }
    assert_eq!(SERVICE.operation(REFRESH).security.len(), 1);
}

#[test]
fn c2_the_operation_overrides_its_path_item() {
    let tenant = SERVICE.parameter(REFRESH, "tenant");
    assert_eq!(text(&tenant.schema), &StringShape::default());
    assert_eq!(names(REFRESH).iter().filter(|name| **name == "tenant").count(), 1);
}

#[test]
fn c3_tenant_is_what_each_place_says() {
    let shared = SERVICE.parameter("POST-customer-authenticate-customer", "tenant");
    assert_eq!(text(&shared.schema).pattern.as_deref(), Some("^[a-z][a-z0-9]+$"));
    assert_eq!((text(&shared.schema).min_length, text(&shared.schema).max_length), (Some(3), Some(16)));
    for operation in [
        "POST-customer-assign-customer-account",
        "POST-customer-confirm-customer-login-email",
        REFRESH,
        VALIDATE,
        "GET-oauth-generate-anonymous-access-token",
        "GET-oauth-refresh-anonymous-access-token",
    ] {
        assert_eq!(text(&SERVICE.parameter(operation, "tenant").schema), &StringShape::default());
    }
}

#[test]
fn c4_required_and_deprecated_at_once() {
    let parameter = SERVICE.parameter("GET-oauth-refresh-anonymous-access-token", "anonymous_token");
    assert!(parameter.required && parameter.deprecated);
    let pointer = "#/paths/~1customerlogin~1auth~1anonymous~1refresh/get/parameters/1/deprecated";
    assert_eq!(SERVICE.said(Code::RequiredDeprecated, pointer), Some(Severity::Note));
}

#[test]
fn c5_a_list_sent_as_one_string_stays_one() {
    let tags = SERVICE.parameter("POST-customer-add-address-tags", "tags");
    assert_eq!(text(&tags.schema).min_length, Some(1));
    assert_eq!(tags.examples[0].value, "BILLING,SHIPPING");
    let expand = SERVICE.parameter("GET-customer-retrieve-customer-profile", "expand");
    assert_eq!(expand.examples[0].value, "addresses,mixin:*");
}

#[test]
fn c6_queries_on_delete_and_post() {
    for operation in ["DELETE-customer-remove-address-tags", "POST-customer-add-address-tags"] {
        assert_eq!(SERVICE.parameter(operation, "tags").location, Location::Query);
        assert_eq!(SERVICE.operation(operation).body, None);
    }
    assert_eq!(SERVICE.operation(SOCIAL).body, None);
    assert_eq!(
        SERVICE.parameter("DELETE-customer-remove-customer-profile", "token").location,
        Location::Query
    );
}

#[test]
fn c7_credentials_in_the_query_are_parameters() {
    for (operation, wire, location) in [
        ("GET-customer-logout-customer", "accessToken", Location::Query),
        (REFRESH, "refreshToken", Location::Query),
        ("GET-oauth-refresh-anonymous-access-token", "anonymous_token", Location::Query),
        ("GET-oauth-refresh-anonymous-access-token", "refresh_token", Location::Query),
        (SOCIAL, "code", Location::Query),
        (SOCIAL, "code_verifier", Location::Query),
        ("GET-customer-signup-customer-optin", "token", Location::Path),
    ] {
        assert_eq!(SERVICE.parameter(operation, wire).location, location);
    }
}

#[test]
fn c8_required_defaults_to_false() {
    assert!(!SERVICE.parameter(REFRESH, "legalEntityId").required);
    assert!(!SERVICE.parameter(SOCIAL, "session-id").required);
    assert!(!SERVICE.parameter(SOCIAL, "code_verifier").required);
}

#[test]
fn c9_optional_ones_may_come_first() {
    assert_eq!(names(SOCIAL), ["tenant", "session-id", "code", "redirect_uri", "code_verifier"]);
    let required: Vec<_> =
        SERVICE.operation(SOCIAL).parameters.iter().map(|parameter| parameter.required).collect();
    assert_eq!(required, [true, false, true, true, false]);
}

#[test]
fn c10_path_parameters_stand_in_the_order_of_the_template() {
    assert_eq!(names("GET-customer-retrieve-address-by-id"), ["tenant", "addressId"]);
    assert_eq!(names("POST-customer-add-address-tags"), ["tenant", "addressId", "tags"]);
    assert_eq!(names("GET-customer-signup-customer-optin"), ["tenant", "token"]);
}

#[test]
fn c11_conditions_in_prose_stay_prose() {
    let verifier = SERVICE.parameter(SOCIAL, "code_verifier");
    assert!(!verifier.required && verifier.docs.description.contains("PKCE"));
}

#[test]
fn c12_path_parameters_of_the_operation_alone() {
    assert_eq!(SERVICE.parameter(VALIDATE, "tenant").location, Location::Path);
    assert_eq!(SERVICE.parameter("GET-customer-signup-customer-optin", "token").location, Location::Path);
    assert_eq!(SERVICE.count(Code::UndeclaredPathParameter), 0);
}

#[test]
fn c13_members_are_read_by_key() {
    let code = SERVICE.parameter(SOCIAL, "code");
    assert_eq!((code.location, code.required), (Location::Query, true));
    assert_eq!(text(&code.schema), &StringShape::default());
}

#[test]
fn c14_no_description() {
    assert_eq!(SERVICE.parameter("POST-customer-assign-customer-account", "tenant").docs.description, "");
}
