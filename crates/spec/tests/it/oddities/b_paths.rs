//! B. Paths

use specwright_diagnostics::Code;
use specwright_ir::{Method, PathPiece};

use super::SERVICE;

fn operations(path: &str) -> Vec<Method> {
    let at = SERVICE.ir.operations.iter().filter(|operation| operation.path.raw == path);
    at.map(|operation| operation.method).collect()
}

#[test]
fn b1_a_template_beside_a_fixed_path() {
    assert_eq!(operations("/customer/{tenant}/signup/optin/{token}"), [Method::Get]);
    assert_eq!(operations("/customer/{tenant}/signup/optin/refresh_token"), [Method::Post]);
    assert_eq!(SERVICE.count(Code::SameRoute), 0);
}

#[test]
fn b2_no_common_prefix() {
    let (with, without): (Vec<_>, Vec<_>) = SERVICE
        .ir
        .operations
        .iter()
        .partition(|operation| operation.path.raw.starts_with("/customer/{tenant}"));
    assert_eq!((with.len(), without.len()), (24, 2));
}

#[test]
fn b3_casing_of_segments_is_kept() {
    let path = &SERVICE.operation("POST-customer-login-customer-by-auth0").path;
    assert_eq!(path.raw, "/customer/{tenant}/socialLogin");
    assert_eq!(path.segments[2], [PathPiece::Literal("socialLogin".to_owned())]);
}

#[test]
fn b4_a_path_that_begins_another_holds_its_own_operations() {
    assert_eq!(operations("/customer/{tenant}/me/accounts/internal/email/change"), [Method::Post]);
    assert_eq!(operations("/customer/{tenant}/me/accounts/internal/email/change/confirm"), [Method::Post]);
    assert_eq!(operations("/customer/{tenant}/me"), [Method::Patch, Method::Get, Method::Delete]);
}

#[test]
fn b5_parameters_of_the_path_item_are_no_operation() {
    assert_eq!(SERVICE.ir.operations.len(), 26);
    for operation in &SERVICE.ir.operations {
        let declared = operation.parameters.iter().filter(|parameter| parameter.name.wire == "tenant");
        assert_eq!(declared.count(), 1, "{}", operation.name.wire);
    }
}
