//! What is answered where no handler answers.

use axum::Json;
use axum::response::IntoResponse as _;
use http::StatusCode;
use http::header::WWW_AUTHENTICATE;
use serde_json::json;
use specwright_runtime::server::Response;
use specwright_runtime::validate::validate;
use specwright_runtime::{Constraint, ContentKind, Location, Operation, Rejection, RejectionKind, Violation};

use super::error::{CHALLENGE, UnknownTenant, fault, problem, validation_failure};
use crate::domain::error::{Invalid, Problem, ProblemKind, Unauthenticated};

/// The response to a request that is rejected. The runtime adds the rejection's own headers.
pub(super) fn response(rejection: &Rejection) -> Response {
    let status = rejection.status();
    match rejection.kind() {
        RejectionKind::Malformed => not_json(),
        RejectionKind::Invalid => invalid(rejection),
        RejectionKind::Unauthenticated => {
            let reason = rejection.extensions().get().copied().unwrap_or(Unauthenticated::AccessToken);
            (status, [(WWW_AUTHENTICATE, CHALLENGE)], Json(fault(reason))).into_response()
        }
        RejectionKind::Forbidden => problem(status, "Forbidden", "User not authorized."),
        RejectionKind::NotFound => problem(status, "resource_not_found", "No such resource."),
        RejectionKind::MethodNotAllowed => {
            problem(status, "method_not_allowed", "The resource does not have this method.")
        }
        RejectionKind::TooLarge => problem(status, "payload_too_large", "The request body is too large."),
        RejectionKind::UnsupportedMediaType => {
            problem(status, "unsupported_media_type", "The request body's media type is not supported.")
        }
        RejectionKind::Unavailable => {
            problem(status, "service_unavailable", "The service is overloaded. Try again later.")
        }
        _ => {
            let cause = std::error::Error::source(rejection).map(ToString::to_string);
            tracing::error!(cause, "{rejection}");
            problem(status, "internal_service_error", "An internal error occurred.")
        }
    }
}

fn not_json() -> Response {
    problem(StatusCode::BAD_REQUEST, "bad_payload_syntax", "Request body is not valid JSON.")
}

fn invalid(rejection: &Rejection) -> Response {
    let violations = rejection.violations();
    let names_tenant =
        |violation: &Violation| violation.name == "tenant" && violation.constraint != Constraint::Required;
    if rejection.extensions().get::<UnknownTenant>().is_some() || violations.iter().any(names_tenant) {
        return (StatusCode::BAD_REQUEST, Json(UnknownTenant::body())).into_response();
    }
    if violations.iter().any(|violation| is_whole_body(violation, Constraint::Type)) {
        return not_json();
    }
    let body = validation_failure(Invalid::new(problems(violations, rejection.operation())));
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

/// The contract's violations in the domain's terms. A body that is missing lacks what `{}` lacks.
fn problems(violations: &[Violation], operation: Option<&Operation>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for violation in violations {
        let empty = is_whole_body(violation, Constraint::Required).then(|| violations_of_empty(operation));
        match empty.filter(|found| !found.is_empty()) {
            Some(found) => problems.extend(found.iter().map(told)),
            None => problems.push(told(violation)),
        }
    }
    problems.dedup();
    problems
}

fn is_whole_body(violation: &Violation, constraint: Constraint) -> bool {
    violation.location == Location::Body && violation.pointer.is_empty() && violation.constraint == constraint
}

fn violations_of_empty(operation: Option<&Operation>) -> Vec<Violation> {
    let contents = operation.and_then(|operation| operation.body).map_or(&[][..], |body| body.contents);
    let schema = contents.iter().find_map(|content| match content.kind {
        ContentKind::Json(schema) => Some(schema),
        _ => None,
    });
    schema.map(|schema| validate(&json!({}), schema, Location::Body, "")).unwrap_or_default()
}

fn told(violation: &Violation) -> Problem {
    let field = field(violation);
    // A pattern is for machines, which find it in the contract.
    let wrong = match violation.constraint {
        Constraint::Pattern => "does not have the form that the contract asks for",
        _ => &violation.message,
    };
    let message =
        if field.is_empty() { format!("The request body {wrong}.") } else { format!("`{field}` {wrong}.") };
    Problem::new(field, kind(violation.constraint), message)
}

/// Names with dots between them. An item is told by the array that it is in.
fn field(violation: &Violation) -> String {
    let tokens = violation.pointer.split('/').skip(1);
    let names = tokens.filter(|token| !token.bytes().all(|octet| octet.is_ascii_digit()));
    let names = names.map(|token| token.replace("~1", "/").replace("~0", "~"));
    let parameter = (!violation.name.is_empty()).then(|| violation.name.clone());
    parameter.into_iter().chain(names).collect::<Vec<_>>().join(".")
}

const fn kind(constraint: Constraint) -> ProblemKind {
    match constraint {
        Constraint::Required => ProblemKind::MissingValue,
        Constraint::MinLength
        | Constraint::MaxLength
        | Constraint::MinItems
        | Constraint::MaxItems
        | Constraint::MinProperties
        | Constraint::MaxProperties => ProblemKind::InvalidLength,
        Constraint::UniqueItems => ProblemKind::DuplicateValue,
        _ => ProblemKind::InvalidValue,
    }
}

#[cfg(test)]
mod tests {
    use customer_api::operations::authentication::AUTHENTICATE_CUSTOMER;
    use specwright_runtime::{Constraint, Location, Violation};

    use super::problems;

    /// Each problem as `field type`.
    fn shown(violations: &[Violation]) -> Vec<String> {
        let problems = problems(violations, Some(&AUTHENTICATE_CUSTOMER));
        problems.iter().map(|problem| format!("{} {}", problem.field, problem.kind)).collect()
    }

    #[test]
    fn a_violation_is_told_by_its_field_and_kind() {
        for (name, pointer, constraint, expected) in [
            ("", "/email", Constraint::Required, "email missing_value"),
            (
                "",
                "/customerDetails/firstName",
                Constraint::MaxLength,
                "customerDetails.firstName invalid_length",
            ),
            ("", "/customerAddress/country", Constraint::Pattern, "customerAddress.country invalid_value"),
            ("", "/tags/12", Constraint::MaxLength, "tags invalid_length"),
            ("", "/tags", Constraint::MaxItems, "tags invalid_length"),
            ("", "/tags", Constraint::UniqueItems, "tags duplicate_value"),
            ("", "/mixins/a~1b~0c", Constraint::Type, "mixins.a/b~c invalid_value"),
            ("", "", Constraint::Depth, " invalid_value"),
            ("tags", "", Constraint::MinLength, "tags invalid_length"),
            ("client_id", "", Constraint::Required, "client_id missing_value"),
            ("session-id", "", Constraint::Repeated, "session-id invalid_value"),
        ] {
            let location = if name.is_empty() { Location::Body } else { Location::Query };
            let violation = Violation::new(location, name, constraint, "is wrong").at(pointer);
            assert_eq!(shown(&[violation]), [expected], "{name}{pointer}");
        }
    }

    #[test]
    fn a_missing_body_lacks_what_an_empty_object_lacks() {
        let missing = Violation::new(Location::Body, "", Constraint::Required, "is required");
        assert_eq!(shown(&[missing]), ["email missing_value", "password missing_value"]);
    }

    #[test]
    fn what_is_wrong_with_several_items_alike_is_told_once() {
        let item = |at: u8| {
            let violation = Violation::new(Location::Body, "", Constraint::Pattern, "does not match");
            violation.at(format!("/tags/{at}"))
        };
        assert_eq!(shown(&[item(0), item(3)]), ["tags invalid_value"]);
    }
}
