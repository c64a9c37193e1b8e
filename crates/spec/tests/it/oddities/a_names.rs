//! A. Names and identifiers

use specwright_ir::{Location, SchemeKind, TypeKind};

use super::SERVICE;
use crate::lowering::{field, object, wires};

#[test]
fn a1_colliding_siblings_both_survive() {
    let pairs = [
        ("accessToken", "access_token"),
        ("expiresIn", "expires_in"),
        ("refreshToken", "refresh_token"),
        ("refreshTokenExpiresIn", "refresh_token_expires_in"),
        ("saasToken", "saas_token"),
    ];
    for (camel, snake) in pairs {
        let (camel, snake) = (SERVICE.field("CustomerToken", camel), SERVICE.field("CustomerToken", snake));
        assert_eq!(snake.name.snake, snake.name.wire);
        assert_eq!(camel.name.snake, format!("{}_camel", snake.name.wire));
        assert!(camel.deprecated && !snake.deprecated);
    }
}

#[test]
fn a2_responses_that_begin_with_a_digit() {
    let names: Vec<_> = SERVICE.ir.responses.iter().map(|response| response.name.pascal.as_str()).collect();
    assert_eq!(
        names,
        [
            "Response409Conflict",
            "Response400BadRequest",
            "Response401Unauthorized",
            "Response403Forbidden",
            "Response404Address"
        ]
    );
}

#[test]
fn a3_operation_ids_lose_their_method() {
    assert_eq!(SERVICE.ir.operations.len(), 26);
    for operation in &SERVICE.ir.operations {
        let id = operation.id.as_deref().unwrap();
        let rest = id.strip_prefix(operation.method.as_str()).unwrap().trim_start_matches('-');
        assert_eq!(operation.name.snake, rest.replace('-', "_"));
        assert_eq!(operation.name.wire, id);
    }
}

#[test]
fn a4_misleading_operation_ids_are_carried_as_they_are() {
    assert_eq!(SERVICE.operation("POST-customer-refresh-token").name.snake, "customer_refresh_token");
    assert_eq!(SERVICE.operation("GET-customer-refresh-authtoken").name.snake, "customer_refresh_authtoken");
    let auth0 = SERVICE.operation("POST-customer-login-customer-by-auth0");
    assert_eq!(auth0.name.snake, "customer_login_customer_by_auth0");
    assert_eq!(auth0.name.pascal, "CustomerLoginCustomerByAuth0");
    let signup = SERVICE.operation("POST-customer-create-customer-account");
    assert_eq!(SERVICE.ir.tags[signup.tag.0].name.wire, "Authentication and authorization");
}

#[test]
fn a5_one_name_in_two_sections() {
    assert_eq!(SERVICE.component("AnonymousAccessToken").name.pascal, "AnonymousAccessToken");
    let schemes: Vec<_> = SERVICE.ir.schemes.iter().map(|scheme| scheme.name.pascal.as_str()).collect();
    assert_eq!(schemes, ["CustomerAccessToken", "AnonymousAccessToken"]);
}

#[test]
fn a6_names_are_not_judged_by_their_contents() {
    let refresh = SERVICE.component("RefreshToken");
    assert_eq!(wires(object(refresh)), ["email"]);
    assert!(refresh.usage.request && !refresh.usage.response);
    let base = SERVICE.component("RefreshCustomerToken");
    assert!(base.usage.response && !base.usage.request);
}

#[test]
fn a7_titles_are_texts_and_not_names() {
    for (name, title) in [
        ("AddressCreateDto", "AddressCommonDto"),
        ("BasicMetadataDto", "DefaultDtoMetadata"),
        ("ErrorMessage", ""),
        ("ResourceLocation", "Resource Location"),
    ] {
        let ty = SERVICE.component(name);
        assert_eq!((ty.name.pascal.as_str(), ty.docs.summary.as_str()), (name, title));
    }
    let detail = SERVICE.ty("#/components/schemas/ErrorMessage/properties/details/items");
    assert_eq!(
        (detail.name.pascal.as_str(), detail.docs.summary.as_str()),
        ("ErrorMessageDetailsItem", "errorDetail")
    );
}

#[test]
fn a8_digits_inside_of_words() {
    assert_eq!(SERVICE.component("B2BGet").name.pascal, "B2bGet");
    assert_eq!(SERVICE.component("B2BGet").name.snake, "b2b_get");
    assert_eq!(SERVICE.component("B2BCreate").name.snake, "b2b_create");
    assert_eq!(SERVICE.field("Customer", "b2b").name.snake, "b2b");
    assert_eq!(SERVICE.field("Address", "extraLine4").name.snake, "extra_line4");
    let model = SERVICE.ty("#/components/schemas/Customer/properties/businessModel");
    let TypeKind::Enum(model) = &model.kind else { panic!("an enum") };
    let names: Vec<_> = model.values.iter().map(|value| value.name.pascal.as_str()).collect();
    assert_eq!(names, ["B2b", "B2c"]);
}

#[test]
fn a9_properties_named_like_keywords() {
    assert_eq!(SERVICE.field("ErrorMessage", "type").name.snake, "r#type");
    let detail = object(SERVICE.ty("#/components/schemas/ErrorMessage/properties/details/items"));
    assert_eq!(field(detail, "type").name.snake, "r#type");
    assert_eq!(SERVICE.field("Customer", "title").name.snake, "title");
    assert_eq!(SERVICE.field("CustomerCommonDto", "title").name.snake, "title");
    assert_eq!(SERVICE.field("Address", "tags").name.snake, "tags");
    assert_eq!(SERVICE.parameter("POST-customer-add-address-tags", "tags").name.snake, "tags");
}

#[test]
fn a10_parameters_in_four_styles() {
    for (operation, wire, name) in [
        ("GET-oauth-generate-anonymous-access-token", "client_id", "client_id"),
        ("GET-customer-logout-customer", "accessToken", "access_token"),
        ("POST-customer-login-customer-by-auth0", "session-id", "session_id"),
        ("GET-oauth-refresh-anonymous-access-token", "refresh_token", "refresh_token"),
        ("GET-customer-refresh-authtoken", "refreshToken", "refresh_token"),
    ] {
        assert_eq!(SERVICE.parameter(operation, wire).name.snake, name);
    }
}

#[test]
fn a11_three_spellings_of_one_idea() {
    assert_eq!(SERVICE.field("AnonymousAccessToken", "sessionId").name.snake, "session_id");
    assert_eq!(SERVICE.field("ValidateTokenResponse", "sessionId").name.snake, "session_id");
    assert_eq!(SERVICE.field("RefreshCustomerToken", "session_id").name.snake, "session_id");
    let header = SERVICE.parameter("POST-customer-login-customer-by-auth0", "session-id");
    assert_eq!((header.name.snake.as_str(), header.location), ("session_id", Location::Header));
}

#[test]
fn a12_one_name_in_two_places() {
    let query = SERVICE.parameter("DELETE-customer-remove-customer-profile", "token");
    let path = SERVICE.parameter("GET-customer-signup-customer-optin", "token");
    assert_eq!((query.location, query.required), (Location::Query, false));
    assert_eq!((path.location, path.required), (Location::Path, true));
    let tenant = SERVICE.parameter("GET-oauth-generate-anonymous-access-token", "tenant");
    assert_eq!(tenant.location, Location::Query);
}

#[test]
fn a13_tags_of_several_words() {
    let tags: Vec<_> =
        SERVICE.ir.tags.iter().map(|tag| (tag.name.pascal.as_str(), tag.name.snake.as_str())).collect();
    assert_eq!(
        tags,
        [
            ("AccountAndProfile", "account_and_profile"),
            ("Addresses", "addresses"),
            ("AuthenticationAndAuthorization", "authentication_and_authorization"),
            ("Credentials", "credentials"),
            ("DoubleOptIn", "double_opt_in"),
        ]
    );
}

#[test]
fn a14_inline_schemas_are_named_from_their_place() {
    let unauthorized = "#/components/responses/401_unauthorized/content/application~1json/schema";
    for (pointer, name) in [
        (
            "#/paths/~1customer~1{tenant}~1socialLogin/post/responses/200/content/application~1json/schema"
                .to_owned(),
            "CustomerLoginCustomerByAuth0ResponseBody",
        ),
        (unauthorized.to_owned(), "Response401UnauthorizedBody"),
        (format!("{unauthorized}/properties/fault"), "Response401UnauthorizedBodyFault"),
        (
            format!("{unauthorized}/properties/fault/properties/detail"),
            "Response401UnauthorizedBodyFaultDetail",
        ),
        ("#/components/schemas/B2BGet/properties/legalEntities/items".to_owned(), "B2bGetLegalEntitiesItem"),
        ("#/components/schemas/ErrorMessage/properties/details/items".to_owned(), "ErrorMessageDetailsItem"),
    ] {
        assert_eq!(SERVICE.ty(&pointer).name.pascal, name);
    }
    // Members of an `allOf` become no types of their own.
    assert!(!SERVICE.ir.types.iter().any(|ty| ty.name.origin.as_str().contains("/allOf/")));
    assert!(matches!(SERVICE.ir.schemes[0].kind, SchemeKind::Bearer { format: None }));
}
