//! E. Responses

use specwright_ir::{BodyKind, Method, ResponseBody, Status};

use super::SERVICE;

fn statuses(operation: &str) -> Vec<&'static str> {
    SERVICE.operation(operation).responses.iter().map(|response| response.name.wire.as_str()).collect()
}

#[test]
fn e1_several_successes() {
    let operation = SERVICE.operation("DELETE-customer-remove-customer-profile");
    let successes: Vec<_> = operation
        .responses
        .iter()
        .filter(|response| response.is_success())
        .map(|response| response.status)
        .collect();
    assert_eq!(successes, [Status::Code(202), Status::Code(204)]);
}

#[test]
fn e2_successes_without_content() {
    for (operation, status) in [
        ("PATCH-customer-update-customer", "200"),
        ("PATCH-customer-update-customer-address", "200"),
        ("POST-customer-refresh-token", "202"),
    ] {
        assert!(SERVICE.response(operation, status).contents.is_empty());
    }
}

#[test]
fn e3_two_shapes_of_errors() {
    for (response, target) in [
        ("400_bad_request", "ErrorMessage"),
        ("401_unauthorized", "schema"),
        ("409_conflict", "ErrorMessage"),
    ] {
        let BodyKind::Json(schema) = &SERVICE.shared(response).contents[0].kind else { panic!("JSON") };
        assert_eq!(SERVICE.target(schema), target);
    }
}

#[test]
fn e4_a_401_of_its_own() {
    let operation = SERVICE.operation("GET-customer-validate-token");
    assert_eq!(statuses("GET-customer-validate-token"), ["200", "401"]);
    assert!(
        matches!(&operation.responses[1].body, ResponseBody::Inline(response) if response.contents.is_empty())
    );
}

#[test]
fn e5_no_error_is_invented() {
    assert_eq!(statuses("GET-oauth-generate-anonymous-access-token"), ["200"]);
    assert_eq!(statuses("GET-oauth-refresh-anonymous-access-token"), ["200"]);
    let without_403 = SERVICE
        .ir
        .operations
        .iter()
        .filter(|it| it.responses.iter().all(|response| response.name.wire != "403"));
    assert_eq!(without_403.count(), 9);
    assert!(
        SERVICE.ir.operations.iter().all(|it| it.responses.iter().all(|one| one.status != Status::Default))
    );
}

#[test]
fn e6_references_to_whole_responses() {
    let shared = SERVICE.ir.operations.iter().flat_map(|operation| &operation.responses);
    assert_eq!(shared.filter(|response| matches!(response.body, ResponseBody::Shared(_))).count(), 70);
    assert_eq!(SERVICE.response("GET-customer-retrieve-address-by-id", "404").name.wire, "404_address");
}

#[test]
fn e7_empty_maps_and_texts() {
    assert!(SERVICE.response("POST-customer-add-address", "201").headers.is_empty());
    assert_eq!(SERVICE.shared("409_conflict").docs.description, "");
}

#[test]
fn e8_created_without_location() {
    for operation in [
        "POST-customer-add-address",
        "POST-customer-assign-customer-account",
        "POST-customer-create-customer-account",
    ] {
        let created = SERVICE.response(operation, "201");
        assert!(created.headers.is_empty());
        let BodyKind::Json(schema) = &created.contents[0].kind else { panic!("JSON") };
        assert_eq!(SERVICE.target(schema), "ResourceLocation");
    }
}

#[test]
fn e9_methods_are_carried_and_mean_no_more() {
    for operation in ["GET-customer-logout-customer", "GET-customer-signup-customer-optin"] {
        assert_eq!(SERVICE.operation(operation).method, Method::Get);
    }
}

#[test]
fn e10_keys_in_either_quotes() {
    assert_eq!(SERVICE.operation("GET-customer-validate-token").responses[0].status, Status::Code(200));
    assert_eq!(SERVICE.operation("GET-customer-logout-customer").responses[0].status, Status::Code(204));
}
