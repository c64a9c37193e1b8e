//! Double opt-in: every operation, every declared status.

use customer_api::operations::double_opt_in::{
    ConfirmOptInError, ConfirmOptInRequest, ConfirmOptInResponse, ResendOptInError, ResendOptInRequest,
    ResendOptInResponse,
};
use customer_api::types::{CustomerToken, RefreshToken};

use crate::case::Case;
use crate::refusals::{bad_request, too_many_requests, unauthorized};

#[tokio::test]
async fn confirm_opt_in() {
    let case = Case::new(
        "
        GET /customer/acme/signup/optin/9f4c%2F%2B%3D HTTP/1.1
        accept: application/json
        authorization: Bearer anonymous-token
        ",
        ConfirmOptInRequest::new("acme", "9f4c/+="),
    );
    let token = CustomerToken::new("tqO", 3599, "uVX", 86399, "Bearer", "45c9726e", "eyJh");
    case.answers(
        r#"
        200
        content-type: application/json

        {"access_token":"tqO","expires_in":3599,"refresh_token":"uVX","refresh_token_expires_in":86399,
        "token_type":"Bearer","session_id":"45c9726e","saas_token":"eyJh"}
        "#,
        ConfirmOptInResponse::Ok(token.clone()),
        token,
    )
    .await;
    case.refuses::<ConfirmOptInResponse>([
        bad_request(ConfirmOptInError::BadRequest),
        unauthorized(ConfirmOptInError::Unauthorized),
        too_many_requests(ConfirmOptInError::TooManyRequests),
    ])
    .await;
}

#[tokio::test]
async fn resend_opt_in() {
    let case = Case::new(
        r#"
        POST /customer/acme/signup/optin/refresh_token HTTP/1.1
        accept: application/json
        authorization: Bearer anonymous-token
        content-type: application/json

        {"email":"jane@example.com"}
        "#,
        ResendOptInRequest::new("acme", RefreshToken::new("jane@example.com")),
    );
    case.answers("202", ResendOptInResponse::Accepted, ()).await;
    case.refuses::<ResendOptInResponse>([
        bad_request(ResendOptInError::BadRequest),
        unauthorized(ResendOptInError::Unauthorized),
        too_many_requests(ResendOptInError::TooManyRequests),
    ])
    .await;
}
