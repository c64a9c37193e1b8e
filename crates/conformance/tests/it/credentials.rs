//! Credentials: every operation, every declared status.

use customer_api::operations::credentials::{
    ChangeLoginEmailError, ChangeLoginEmailRequest, ChangeLoginEmailResponse, ChangePasswordError,
    ChangePasswordRequest, ChangePasswordResponse, ConfirmLoginEmailError, ConfirmLoginEmailRequest,
    ConfirmLoginEmailResponse, RequestPasswordResetError, RequestPasswordResetRequest,
    RequestPasswordResetResponse, ResetPasswordError, ResetPasswordRequest, ResetPasswordResponse,
};
use customer_api::types::{
    ChangeEmailRequestDto, PasswordChangeDto, PasswordResetRequestDto, PasswordUpdate, UpdateEmail,
};
use specwright_runtime::Patch;

use crate::case::Case;
use crate::refusals::{bad_request, conflict, forbidden, too_many_requests, unauthorized};

#[tokio::test]
async fn change_login_email() {
    let change = ChangeEmailRequestDto::new("jane@example.com", "x", "doe@example.com");
    let case = Case::new(
        r#"
        POST /customer/acme/me/accounts/internal/email/change HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        content-type: application/json

        {"email":"jane@example.com","password":"x","newEmail":"doe@example.com"}
        "#,
        ChangeLoginEmailRequest::new("acme", change.clone()),
    );
    case.answers("204", ChangeLoginEmailResponse::NoContent, ()).await;
    case.refuses::<ChangeLoginEmailResponse>([
        bad_request(ChangeLoginEmailError::BadRequest),
        unauthorized(ChangeLoginEmailError::Unauthorized),
        forbidden(ChangeLoginEmailError::Forbidden),
        conflict(ChangeLoginEmailError::Conflict),
        too_many_requests(ChangeLoginEmailError::TooManyRequests),
    ])
    .await;

    let case = Case::new(
        r#"
        POST /customer/acme/me/accounts/internal/email/change HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        content-type: application/json

        {"email":"jane@example.com","password":"x","newEmail":"doe@example.com","syncContactEmail":true}
        "#,
        ChangeLoginEmailRequest::new("acme", change.with_sync_contact_email(true)),
    );
    case.answers("204", ChangeLoginEmailResponse::NoContent, ()).await;
}

#[tokio::test]
async fn change_password() {
    let case = Case::new(
        r#"
        POST /customer/acme/password/change HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        content-type: application/json

        {"currentPassword":"old","newPassword":"Qurt-1859"}
        "#,
        ChangePasswordRequest::new("acme", PasswordChangeDto::new("old", "Qurt-1859")),
    );
    case.answers("204", ChangePasswordResponse::NoContent, ()).await;
    case.refuses::<ChangePasswordResponse>([
        bad_request(ChangePasswordError::BadRequest),
        unauthorized(ChangePasswordError::Unauthorized),
        forbidden(ChangePasswordError::Forbidden),
        too_many_requests(ChangePasswordError::TooManyRequests),
    ])
    .await;
}

#[tokio::test]
async fn confirm_login_email() {
    let case = Case::new(
        "
        POST /customer/acme/me/accounts/internal/email/change/confirm HTTP/1.1
        accept: application/json
        authorization: Bearer anonymous-token
        ",
        ConfirmLoginEmailRequest::new("acme"),
    );
    case.answers("204", ConfirmLoginEmailResponse::NoContent, ()).await;
    case.refuses::<ConfirmLoginEmailResponse>([
        bad_request(ConfirmLoginEmailError::BadRequest),
        unauthorized(ConfirmLoginEmailError::Unauthorized),
        forbidden(ConfirmLoginEmailError::Forbidden),
        conflict(ConfirmLoginEmailError::Conflict),
        too_many_requests(ConfirmLoginEmailError::TooManyRequests),
    ])
    .await;

    for (body, token) in [
        ("{}", UpdateEmail::default()),
        (r#"{"token":"9f4c/+=="}"#, UpdateEmail::default().with_token("9f4c/+==")),
    ] {
        let head = "
            POST /customer/acme/me/accounts/internal/email/change/confirm HTTP/1.1
            accept: application/json
            authorization: Bearer anonymous-token
            content-type: application/json
        ";
        let wire = format!("{}\n\n{body}", head.trim());
        let case = Case::new(&wire, ConfirmLoginEmailRequest::new("acme").with_body(token));
        case.answers("204", ConfirmLoginEmailResponse::NoContent, ()).await;
    }
}

#[tokio::test]
async fn request_password_reset() {
    let case = Case::new(
        r#"
        POST /customer/acme/password/reset HTTP/1.1
        accept: application/json
        authorization: Bearer anonymous-token
        content-type: application/json

        {"email":"jane@example.com"}
        "#,
        RequestPasswordResetRequest::new("acme", PasswordResetRequestDto::new("jane@example.com")),
    );
    case.answers("204", RequestPasswordResetResponse::NoContent, ()).await;
    case.refuses::<RequestPasswordResetResponse>([
        bad_request(RequestPasswordResetError::BadRequest),
        unauthorized(RequestPasswordResetError::Unauthorized),
        forbidden(RequestPasswordResetError::Forbidden),
        too_many_requests(RequestPasswordResetError::TooManyRequests),
    ])
    .await;

    let shop = Case::new(
        r#"
        POST /customer/acme/password/reset HTTP/1.1
        accept: application/json
        authorization: Bearer anonymous-token
        content-type: application/json

        {"email":"jane@example.com","site":"shop"}
        "#,
        RequestPasswordResetRequest::new(
            "acme",
            PasswordResetRequestDto::new("jane@example.com").with_site("shop"),
        ),
    );
    shop.answers("204", RequestPasswordResetResponse::NoContent, ()).await;

    let null = Case::new(
        r#"
        POST /customer/acme/password/reset HTTP/1.1
        accept: application/json
        authorization: Bearer anonymous-token
        content-type: application/json

        {"email":"jane@example.com","site":null}
        "#,
        RequestPasswordResetRequest::new(
            "acme",
            PasswordResetRequestDto::new("jane@example.com").with_site(Patch::Null),
        ),
    );
    null.answers("204", RequestPasswordResetResponse::NoContent, ()).await;
}

#[tokio::test]
async fn reset_password() {
    let case = Case::new(
        r#"
        POST /customer/acme/password/reset/update HTTP/1.1
        accept: application/json
        authorization: Bearer anonymous-token
        content-type: application/json

        {"token":"9f4c/+==","password":"Qurt-1859"}
        "#,
        ResetPasswordRequest::new("acme", PasswordUpdate::new("9f4c/+==", "Qurt-1859")),
    );
    case.answers("204", ResetPasswordResponse::NoContent, ()).await;
    case.refuses::<ResetPasswordResponse>([
        bad_request(ResetPasswordError::BadRequest),
        unauthorized(ResetPasswordError::Unauthorized),
        forbidden(ResetPasswordError::Forbidden),
        too_many_requests(ResetPasswordError::TooManyRequests),
    ])
    .await;
}
