//! Errors of the domain as responses of the contract: `ErrorMessage`, and for 401 a fault.

use axum::Json;
use axum::response::IntoResponse as _;
use customer_api::responses::{
    self, AddressNotFound, BadRequest, IdentityProviderUnreachable, TooManyRequests, Unauthorized,
};
use customer_api::types::{ErrorDetail, ErrorMessage, Fault, FaultDetail, FaultMessage};
use http::StatusCode;
use specwright_runtime::server::Response;
use specwright_runtime::{Answers, Failure, Rejection, Unavailable};

use crate::domain::error::{
    AddAddressError, AddressError, AnonymousError, AssignAccountError, ChangeEmailError, ChangePasswordError,
    ConfirmEmailError, Conflict, DeletionError, Invalid, LogInError, LogOutError, NoIdentityProvider,
    OptInError, Overloaded, Problem, ProviderUnreachable, RefreshError, RequestDeletionError,
    ResetPasswordError, SignUpError, SocialLogInError, TagError, Throttled, Unauthenticated, UnknownAddress,
    UpdateAddressError, UpdateProfileError,
};

/// What `WWW-Authenticate` says with every 401.
pub(super) const CHALLENGE: &str = "Bearer";

/// A response with an `ErrorMessage` of this `type`.
pub fn problem(status: StatusCode, kind: &'static str, message: &str) -> Response {
    (status, Json(error_message(status, kind, message))).into_response()
}

/// The tenant's name breaks the contract, or no tenant has it: that is told alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UnknownTenant;

impl UnknownTenant {
    pub(super) fn body() -> ErrorMessage {
        const TEXT: &str = "The tenant information provided with the request is not valid.";
        error_message(StatusCode::BAD_REQUEST, "bad_request", TEXT)
    }
}

/// A rejection that is rendered as [`fault`].
pub(super) fn unauthenticated(reason: Unauthenticated) -> Rejection {
    Rejection::unauthenticated().with_extension(reason)
}

/// The body of a 401.
pub(super) fn fault(reason: Unauthenticated) -> FaultMessage {
    FaultMessage::new(Fault::new(reason.to_string(), FaultDetail::new(reason.code())))
}

/// The body of a 400 with everything that is wrong.
pub(super) fn validation_failure(invalid: Invalid) -> ErrorMessage {
    let body = error_message(StatusCode::BAD_REQUEST, "validation_failure", invalid.message);
    body.with_details(invalid.problems.into_iter().map(detail).collect())
}

fn detail(problem: Problem) -> ErrorDetail {
    ErrorDetail::new(problem.field, problem.kind.as_str(), problem.message)
}

fn error_message(status: StatusCode, kind: &'static str, message: impl Into<String>) -> ErrorMessage {
    ErrorMessage::new(status.as_u16().into(), kind, message)
}

impl Answers for UnknownTenant {
    type Response = BadRequest;

    fn answer(self) -> BadRequest {
        BadRequest::new(Self::body())
    }
}

impl Answers for Invalid {
    type Response = BadRequest;

    fn answer(self) -> BadRequest {
        BadRequest::new(validation_failure(self))
    }
}

impl Answers for NoIdentityProvider {
    type Response = BadRequest;

    fn answer(self) -> BadRequest {
        BadRequest::new(error_message(StatusCode::BAD_REQUEST, "bad_request", self.to_string()))
    }
}

impl Answers for Unauthenticated {
    type Response = Unauthorized;

    fn answer(self) -> Unauthorized {
        Unauthorized::new(fault(self)).with_www_authenticate(CHALLENGE)
    }
}

impl Answers for UnknownAddress {
    type Response = AddressNotFound;

    fn answer(self) -> AddressNotFound {
        AddressNotFound::new(error_message(StatusCode::NOT_FOUND, "resource_not_found", self.to_string()))
    }
}

impl Answers for Conflict {
    type Response = responses::Conflict;

    fn answer(self) -> responses::Conflict {
        responses::Conflict::new(error_message(StatusCode::CONFLICT, "conflict_resource", self.to_string()))
    }
}

impl Answers for Throttled {
    type Response = TooManyRequests;

    fn answer(self) -> TooManyRequests {
        let body = error_message(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", self.to_string());
        let seconds = self.retry_after.as_secs() + u64::from(self.retry_after.subsec_nanos() > 0);
        TooManyRequests::new(body).with_retry_after(i64::try_from(seconds).unwrap_or(i64::MAX))
    }
}

impl Answers for ProviderUnreachable {
    type Response = IdentityProviderUnreachable;

    fn answer(self) -> IdentityProviderUnreachable {
        let text = self.to_string();
        IdentityProviderUnreachable::new(error_message(
            StatusCode::BAD_GATEWAY,
            "internal_service_error",
            text,
        ))
    }
}

/// No operation declares it: it is the service's own 503.
impl<E> From<Overloaded> for Failure<E> {
    fn from(_: Overloaded) -> Self {
        Unavailable::new().into()
    }
}

specwright_runtime::failures! {
    SignUpError: Invalid, Conflict, Overloaded;
    OptInError: Invalid, Overloaded;
    LogInError: Unauthenticated, Throttled, Overloaded;
    AnonymousError: Unauthenticated, Overloaded;
    SocialLogInError: Invalid, NoIdentityProvider, Unauthenticated, ProviderUnreachable, Overloaded;
    RefreshError: Invalid, Unauthenticated, Overloaded;
    LogOutError: Invalid, Unauthenticated;
    ChangePasswordError: Invalid, Unauthenticated, Throttled, Overloaded;
    ResetPasswordError: Invalid, Overloaded;
    ChangeEmailError: Invalid, Unauthenticated, Conflict, Throttled, Overloaded;
    ConfirmEmailError: Invalid, Conflict;
    AssignAccountError: Unauthenticated, Conflict, Overloaded;
    UpdateProfileError: Invalid, Unauthenticated, Conflict, Overloaded;
    RequestDeletionError: Unauthenticated, Overloaded;
    DeletionError: Invalid, Unauthenticated;
    AddAddressError: Invalid, Unauthenticated, Overloaded;
    AddressError: Unauthenticated, UnknownAddress;
    TagError: Invalid, Unauthenticated, UnknownAddress;
    UpdateAddressError: Invalid, Unauthenticated, UnknownAddress, Conflict;
}
