//! K. The YAML itself

use specwright_diagnostics::Severity;
use specwright_ir::ResponseBody;

use super::SERVICE;

#[test]
fn k1_every_style_of_quoting() {
    let description = &SERVICE.operation("GET-oauth-refresh-anonymous-access-token").docs.description;
    assert!(
        description
            .starts_with("Sends an authentication request and returns new anonymous token with same session")
    );
}

#[test]
fn k2_either_chomping_is_one_text() {
    let strip = &SERVICE.operation("POST-customer-authenticate-customer").docs.description;
    let clip = &SERVICE.operation("POST-customer-refresh-token").docs.description;
    assert!(strip.ends_with("No specific scopes are required."));
    assert!(clip.ends_with("No specific scopes are required."));
}

#[test]
fn k3_plain_keys() {
    assert_eq!(
        SERVICE.operation("GET-customer-validate-token").path.raw,
        "/customer/{tenant}/validateauthtoken"
    );
    assert_eq!(SERVICE.shared("409_conflict").name.wire, "409_conflict");
}

#[test]
fn k4_values_that_look_numeric() {
    assert_eq!(SERVICE.raw("#/openapi"), "3.0.0");
    let examples = &SERVICE.response("GET-oauth-generate-anonymous-access-token", "200").contents[0].examples;
    assert!(examples[0].value["sessionId"].is_string() && examples[0].value["refresh_token"].is_string());
}

#[test]
fn k5_flow_style() {
    assert_eq!(SERVICE.raw("#/components/schemas/Customer/properties/businessModel/enum/1"), "B2C");
}

#[test]
fn k6_plain_scalars_with_indicators() {
    assert!(SERVICE.ir.schemes[0].docs.description.contains("'Logging in a customer'"));
    let expand = SERVICE.parameter("GET-customer-retrieve-customer-profile", "expand");
    assert_eq!(expand.examples[0].value, "addresses,mixin:*");
}

#[test]
fn k7_order_of_sections_and_references() {
    let shared = |response: &specwright_ir::OperationResponse| match response.body {
        ResponseBody::Shared(id) => SERVICE.ir.responses.get(id.0).is_some(),
        ResponseBody::Inline(_) => true,
    };
    assert!(SERVICE.ir.operations.iter().flat_map(|operation| &operation.responses).all(shared));
    let reached = |ty: &&specwright_ir::Type| ty.usage.request || ty.usage.response;
    // Two bases are only ever merged into others.
    let merged: Vec<_> =
        SERVICE.ir.types.iter().filter(|ty| !reached(ty)).map(|ty| ty.name.wire.as_str()).collect();
    assert_eq!(merged, ["AddressCommonDto", "CustomerCommonDto"]);
    assert!(SERVICE.found.iter().all(|diagnostic| diagnostic.severity() >= Severity::Warning));
}
