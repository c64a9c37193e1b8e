//! M. Placements that the flattened seed does not decide: each is read where the file has it.

use super::SERVICE;

#[test]
fn m1_a_type_at_the_end_of_an_all_of() {
    assert!(SERVICE.raw("#/components/schemas/AddressDto").get("type").is_none());
    assert_eq!(SERVICE.object("AddressDto").fields.len(), 19);
}

#[test]
fn m2_a_description_after_a_schema_is_the_parameters() {
    let tags = SERVICE.parameter("POST-customer-add-address-tags", "tags");
    assert_eq!(tags.docs.description, "List of address tags, separated by commas.");
    let address = SERVICE.parameter("GET-customer-retrieve-address-by-id", "addressId");
    assert!(address.docs.description.starts_with("Address unique identifier"));
}

#[test]
fn m3_an_example_after_a_schema_is_the_schemas() {
    let example = &SERVICE.parameter("POST-customer-add-address-tags", "tags").examples[0];
    assert_eq!(example.origin.to_string(), "#/components/parameters/tags/schema/example");
}

#[test]
fn m4_servers_at_the_end_are_the_operations() {
    let item = SERVICE.raw("#/paths/~1customer~1{tenant}~1validateauthtoken");
    assert!(item.get("servers").is_none());
    assert_eq!(SERVICE.operation("GET-customer-validate-token").servers.len(), 1);
}

#[test]
fn m5_parameters_at_the_end_are_the_path_items() {
    for id in ["GET-customer-retrieve-address-by-id", "PATCH-customer-update-customer-address"] {
        let names: Vec<_> =
            SERVICE.operation(id).parameters.iter().map(|one| one.name.wire.as_str()).collect();
        assert_eq!(names, ["tenant", "addressId"]);
    }
}

#[test]
fn m6_a_description_of_a_request_body() {
    let body = SERVICE.operation("POST-customer-assign-customer-account").body.as_ref().unwrap();
    assert_eq!(body.docs.description, "");
}

#[test]
fn m7_contact_email_is_the_customers() {
    let examples = &SERVICE.response("GET-customer-retrieve-customer-profile", "200").contents[0].examples;
    assert!(examples[0].value["contactEmail"].is_string());
}

#[test]
fn m8_line_breaks_in_block_scalars() {
    let description = &SERVICE.operation("GET-customer-logout-customer").docs.description;
    assert!(description.contains("\n\n### Required scopes\n\n"));
}

#[test]
fn m9_one_line_break_where_a_tag_stood() {
    let parameter = SERVICE.parameter("GET-oauth-refresh-anonymous-access-token", "anonymous_token");
    assert_eq!(parameter.docs.description.matches('\n').count(), 1);
}
