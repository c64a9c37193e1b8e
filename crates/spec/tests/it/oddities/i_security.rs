//! I. Security

use specwright_diagnostics::{Code, Severity};
use specwright_ir::{Operation, SchemeKind};

use super::SERVICE;

fn schemes(operation: &Operation) -> Vec<Vec<&'static str>> {
    let wires = |alternative: &specwright_ir::Alternative| {
        alternative.schemes.iter().map(|used| SERVICE.ir.scheme(used.scheme).name.wire.as_str()).collect()
    };
    operation.security.iter().map(wires).collect()
}

#[test]
fn i1_scopes_of_a_bearer_scheme_are_kept() {
    let operation = SERVICE.operation("POST-customer-assign-customer-account");
    assert_eq!(
        operation.security[0].schemes[0].scopes,
        ["customer.customer_update", "customer.customer_manage"]
    );
    let pointer =
        "#/paths/~1customer~1{tenant}~1me~1accounts~1internal/post/security/0/CustomerAccessToken/0";
    assert_eq!(SERVICE.said(Code::ScopesOnPlainScheme, pointer), Some(Severity::Warning));
}

#[test]
fn i2_alternatives() {
    let operation = SERVICE.operation("GET-customer-retrieve-customer-profile");
    assert_eq!(schemes(operation), [["CustomerAccessToken"], ["AnonymousAccessToken"]]);
    assert!(SERVICE.ir.operations.iter().all(|it| it.security.iter().all(|one| one.schemes.len() == 1)));
}

#[test]
fn i3_two_bearer_schemes() {
    assert!(SERVICE.ir.schemes.iter().all(|scheme| scheme.kind == SchemeKind::Bearer { format: None }));
    let count = |wanted: &[&[&str]]| {
        SERVICE.ir.operations.iter().filter(|operation| schemes(operation) == wanted).count()
    };
    assert_eq!(count(&[&["CustomerAccessToken"]]), 14);
    assert_eq!(count(&[&["AnonymousAccessToken"]]), 9);
    assert_eq!(count(&[&["CustomerAccessToken"], &["AnonymousAccessToken"]]), 1);
}

#[test]
fn i4_no_security_at_all() {
    for operation in ["GET-oauth-generate-anonymous-access-token", "GET-oauth-refresh-anonymous-access-token"]
    {
        assert!(SERVICE.operation(operation).security.is_empty());
    }
}

#[test]
fn i5_a_scheme_named_like_a_schema() {
    let used = &SERVICE.operation("POST-customer-authenticate-customer").security[0].schemes[0];
    let origin = SERVICE.ir.scheme(used.scheme).name.origin.to_string();
    assert_eq!(origin, "#/components/securitySchemes/AnonymousAccessToken");
}
