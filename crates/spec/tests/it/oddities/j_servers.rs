//! J. Servers and extensions

use serde_json::json;

use super::SERVICE;

#[test]
fn j1_servers_of_an_operation() {
    for operation in [
        "GET-oauth-generate-anonymous-access-token",
        "GET-oauth-refresh-anonymous-access-token",
        "GET-customer-validate-token",
    ] {
        let servers = &SERVICE.operation(operation).servers;
        assert_eq!(servers.len(), 1);
        assert_eq!(servers[0].url, SERVICE.ir.servers[0].url);
        assert_eq!(servers[0].description, "Production");
    }
    assert!(SERVICE.operation("GET-customer-logout-customer").servers.is_empty());
}

#[test]
fn j2_extensions_are_data() {
    let response = SERVICE.component("ValidateTokenResponse");
    assert_eq!(response.extensions["x-stoplight"], json!({"id": "rjgbt7z8oqzgq"}));
    let session = SERVICE.field("ValidateTokenResponse", "sessionId");
    assert_eq!(session.extensions["x-stoplight"], json!({"id": "g9aiqlhvwrw1k"}));
}

#[test]
fn j3_what_there_is_of_info_is_carried() {
    let contact = SERVICE.raw("#/info/contact");
    let description = &SERVICE.ir.info.description;
    for member in ["name", "url", "email"] {
        assert!(description.contains(contact[member].as_str().unwrap()), "{member}");
    }
}
