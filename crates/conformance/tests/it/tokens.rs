//! Tokens, a part of authentication and authorization: every operation, every declared status.

use customer_api::operations::authentication::{
    GenerateAnonymousAccessTokenError, GenerateAnonymousAccessTokenRequest,
    GenerateAnonymousAccessTokenResponse, RefreshAnonymousAccessTokenError,
    RefreshAnonymousAccessTokenRequest, RefreshAnonymousAccessTokenResponse, RefreshCustomerTokenError,
    RefreshCustomerTokenRequest, RefreshCustomerTokenResponse, ValidateTokenError, ValidateTokenRequest,
    ValidateTokenResponse,
};
use customer_api::types::{AnonymousAccessToken, RefreshCustomerToken, TokenDetails};

use crate::case::Case;
use crate::refusals::{bad_request, too_many_requests, unauthorized};
use crate::stub::Sender;

#[tokio::test]
async fn generate_anonymous_access_token() {
    let case = Case::new(
        "
        GET /customerlogin/auth/anonymous/login?tenant=acme&client_id=shop%201 HTTP/1.1
        accept: application/json
        ",
        GenerateAnonymousAccessTokenRequest::new("acme", "shop 1"),
    );
    let token = AnonymousAccessToken::new("VYX", "Bearer", 3599, "45c9726e", "tenant=acme")
        .with_refresh_token("RvH")
        .with_refresh_token_expires_in(86399);
    case.answers(
        r#"
        200
        content-type: application/json

        {"access_token":"VYX","token_type":"Bearer","expires_in":3599,"sessionId":"45c9726e",
        "scope":"tenant=acme","refresh_token":"RvH","refresh_token_expires_in":86399}
        "#,
        GenerateAnonymousAccessTokenResponse::Ok(token.clone()),
        token,
    )
    .await;
    case.refuses::<GenerateAnonymousAccessTokenResponse>([
        bad_request(GenerateAnonymousAccessTokenError::BadRequest),
        unauthorized(GenerateAnonymousAccessTokenError::Unauthorized),
        too_many_requests(GenerateAnonymousAccessTokenError::TooManyRequests),
    ])
    .await;
}

const REFRESHED: &str = r#"
    200
    content-type: application/json

    {"access_token":"VYX","token_type":"Bearer","expires_in":3599,"sessionId":"45c9726e","scope":""}
"#;

#[tokio::test]
#[expect(deprecated, reason = "`anonymous_token` is still taken")]
async fn refresh_anonymous_access_token() {
    let token = AnonymousAccessToken::new("VYX", "Bearer", 3599, "45c9726e", "");
    let neither = Case::new(
        "
        GET /customerlogin/auth/anonymous/refresh?tenant=acme&client_id=shop HTTP/1.1
        accept: application/json
        ",
        RefreshAnonymousAccessTokenRequest::new("acme", "shop"),
    );
    neither.answers(REFRESHED, RefreshAnonymousAccessTokenResponse::Ok(token.clone()), token.clone()).await;
    neither
        .refuses::<RefreshAnonymousAccessTokenResponse>([
            bad_request(RefreshAnonymousAccessTokenError::BadRequest),
            unauthorized(RefreshAnonymousAccessTokenError::Unauthorized),
            too_many_requests(RefreshAnonymousAccessTokenError::TooManyRequests),
        ])
        .await;

    let both = Case::new(
        "
        GET /customerlogin/auth/anonymous/refresh?tenant=acme&anonymous_token=VY&refresh_token=Rv&client_id=shop HTTP/1.1
        accept: application/json
        ",
        RefreshAnonymousAccessTokenRequest::new("acme", "shop")
            .with_anonymous_token("VY")
            .with_refresh_token("Rv"),
    );
    both.answers(REFRESHED, RefreshAnonymousAccessTokenResponse::Ok(token.clone()), token).await;
}

#[tokio::test]
async fn refresh_customer_token() {
    let case = Case::new(
        "
        GET /customer/acme/refreshauthtoken?refreshToken=uVX HTTP/1.1
        accept: application/json
        authorization: Bearer anonymous-token
        ",
        RefreshCustomerTokenRequest::new("acme", "uVX"),
    );
    let answer = r#"
        200
        content-type: application/json

        {"access_token":"tqO","expires_in":3599,"refresh_token":"uVX","refresh_token_expires_in":86399,
        "token_type":"Bearer","session_id":"45c9726e"}
    "#;
    let token = RefreshCustomerToken::new("tqO", 3599, "uVX", 86399, "Bearer", "45c9726e");
    case.answers(answer, RefreshCustomerTokenResponse::Ok(token.clone()), token.clone()).await;
    case.refuses::<RefreshCustomerTokenResponse>([
        bad_request(RefreshCustomerTokenError::BadRequest),
        unauthorized(RefreshCustomerTokenError::Unauthorized),
        too_many_requests(RefreshCustomerTokenError::TooManyRequests),
    ])
    .await;

    let customer = Case::new(
        "
        GET /customer/acme/refreshauthtoken?refreshToken=uVX&legalEntityId=le-1 HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        ",
        RefreshCustomerTokenRequest::new("acme", "uVX").with_legal_entity_id("le-1"),
    )
    .sent_with(&[Sender::Customer]);
    customer.answers(answer, RefreshCustomerTokenResponse::Ok(token.clone()), token).await;
}

#[tokio::test]
async fn validate_token() {
    let case = Case::new(
        "
        GET /customer/acme/validateauthtoken HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        ",
        ValidateTokenRequest::new("acme"),
    );
    let token = TokenDetails::new("Bearer", 3599, "tenant=acme", "45c9726e", "jane@example.com");
    case.answers(
        r#"
        200
        content-type: application/json

        {"token_type":"Bearer","expires_in":3599,"scope":"tenant=acme","sessionId":"45c9726e",
        "email":"jane@example.com"}
        "#,
        ValidateTokenResponse::Ok(token.clone()),
        token.clone(),
    )
    .await;
    let bound = token.with_legal_entity_id("le-1");
    case.answers(
        r#"
        200
        content-type: application/json

        {"token_type":"Bearer","expires_in":3599,"scope":"tenant=acme","sessionId":"45c9726e",
        "email":"jane@example.com","legalEntityId":"le-1"}
        "#,
        ValidateTokenResponse::Ok(bound.clone()),
        bound,
    )
    .await;
    case.refuses::<ValidateTokenResponse>([
        bad_request(ValidateTokenError::BadRequest),
        unauthorized(ValidateTokenError::Unauthorized),
        too_many_requests(ValidateTokenError::TooManyRequests),
    ])
    .await;
}
