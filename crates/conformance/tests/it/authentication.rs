//! Authentication and authorization: every operation that opens or closes an account or a session, every
//! declared status. Those that only deal in tokens are in `tokens`.

use customer_api::operations::authentication::{
    AuthenticateCustomerError, AuthenticateCustomerRequest, AuthenticateCustomerResponse,
    CreateCustomerAccountError, CreateCustomerAccountRequest, CreateCustomerAccountResponse,
    LogOutCustomerError, LogOutCustomerRequest, LogOutCustomerResponse, SocialLoginError, SocialLoginRequest,
    SocialLoginResponse,
};
use customer_api::types::{
    B2bInput, CustomerDetails, CustomerSignup, CustomerToken, PasswordAuthentication, ResourceLocation,
    SignupAddress, SignupCredentials, SocialLoginToken,
};
use specwright_runtime::Patch;

use crate::case::Case;
use crate::refusals::{
    bad_request, conflict, forbidden, identity_provider_unreachable, too_many_requests, unauthorized,
};

#[tokio::test]
async fn authenticate_customer() {
    let case = Case::new(
        r#"
        POST /customer/acme/login HTTP/1.1
        accept: application/json
        authorization: Bearer anonymous-token
        content-type: application/json

        {"email":"jane@example.com","password":"Qurt-1859"}
        "#,
        AuthenticateCustomerRequest::new(
            "acme",
            PasswordAuthentication::new("jane@example.com", "Qurt-1859"),
        ),
    );
    let token = CustomerToken::new("tqO", 3599, "uVX", 86399, "Bearer", "45c9726e", "eyJh");
    case.answers(
        r#"
        200
        content-type: application/json

        {"access_token":"tqO","expires_in":3599,"refresh_token":"uVX","refresh_token_expires_in":86399,
        "token_type":"Bearer","session_id":"45c9726e","saas_token":"eyJh"}
        "#,
        AuthenticateCustomerResponse::Ok(token.clone()),
        token,
    )
    .await;
    case.refuses::<AuthenticateCustomerResponse>([
        bad_request(AuthenticateCustomerError::BadRequest),
        unauthorized(AuthenticateCustomerError::Unauthorized),
        too_many_requests(AuthenticateCustomerError::TooManyRequests),
    ])
    .await;
}

#[tokio::test]
#[expect(deprecated, reason = "the older names are still on the wire")]
async fn authenticate_customer_with_deprecated_members() {
    let case = Case::new(
        r#"
        POST /customer/acme/login HTTP/1.1
        accept: application/json
        authorization: Bearer anonymous-token
        content-type: application/json

        {"email":"jane@example.com","password":"Qurt-1859"}
        "#,
        AuthenticateCustomerRequest::new(
            "acme",
            PasswordAuthentication::new("jane@example.com", "Qurt-1859"),
        ),
    );
    let token = CustomerToken::new("tqO", 3599, "uVX", 86399, "Bearer", "45c9726e", "eyJh")
        .with_access_token_camel("TQO")
        .with_expires_in_camel(1)
        .with_refresh_token_camel("UVX")
        .with_refresh_token_expires_in_camel(2)
        .with_saas_token_camel("EYJH")
        .with_initial_password("false");
    case.answers(
        r#"
        200
        content-type: application/json

        {"accessToken":"TQO","expiresIn":1,"refreshToken":"UVX","refreshTokenExpiresIn":2,
        "access_token":"tqO","expires_in":3599,"refresh_token":"uVX","refresh_token_expires_in":86399,
        "token_type":"Bearer","session_id":"45c9726e","saasToken":"EYJH","saas_token":"eyJh",
        "initialPassword":"false"}
        "#,
        AuthenticateCustomerResponse::Ok(token.clone()),
        token,
    )
    .await;
}

const CREATED: &str = r#"
    201
    content-type: application/json

    {"id":"45262033"}
"#;

#[tokio::test]
async fn create_customer_account() {
    let case = Case::new(
        r#"
        POST /customer/acme/signup HTTP/1.1
        accept: application/json
        authorization: Bearer anonymous-token
        content-type: application/json

        {"email":"jane@example.com","password":"Qurt-1859"}
        "#,
        CreateCustomerAccountRequest::new("acme", CustomerSignup::new("jane@example.com", "Qurt-1859")),
    );
    let created = ResourceLocation::new("45262033");
    case.answers(CREATED, CreateCustomerAccountResponse::Created(created.clone()), created).await;
    case.refuses::<CreateCustomerAccountResponse>([
        bad_request(CreateCustomerAccountError::BadRequest),
        unauthorized(CreateCustomerAccountError::Unauthorized),
        forbidden(CreateCustomerAccountError::Forbidden),
        conflict(CreateCustomerAccountError::Conflict),
        too_many_requests(CreateCustomerAccountError::TooManyRequests),
    ])
    .await;
}

#[tokio::test]
async fn create_customer_account_with_all_members() {
    let details = CustomerDetails::default()
        .with_title("MRS")
        .with_first_name("Jane")
        .with_last_name("Doe")
        .with_contact_email(Patch::Null)
        .with_company("Doe GmbH")
        .with_preferred_currency("EUR")
        .with_b2b(B2bInput::default().with_company_registration_id("123-456"));
    let signup = CustomerSignup::new("jane@example.com", "Qurt-1859")
        .with_customer_details(details)
        .with_customer_address(SignupAddress::new("Jane Doe").with_country("DE").with_state(Patch::Null))
        .with_signup(SignupCredentials::new("jane@example.com", "Qurt-1859"));
    let case = Case::new(
        r#"
        POST /customer/acme/signup HTTP/1.1
        accept: application/json
        authorization: Bearer anonymous-token
        content-type: application/json

        {"email":"jane@example.com","password":"Qurt-1859",
        "customerDetails":{"title":"MRS","firstName":"Jane","lastName":"Doe","contactEmail":null,
        "company":"Doe GmbH","preferredCurrency":"EUR","b2b":{"companyRegistrationId":"123-456"}},
        "customerAddress":{"contactName":"Jane Doe","country":"DE","state":null},
        "signup":{"email":"jane@example.com","password":"Qurt-1859"}}
        "#,
        CreateCustomerAccountRequest::new("acme", signup),
    );
    let created = ResourceLocation::new("45262033");
    case.answers(CREATED, CreateCustomerAccountResponse::Created(created.clone()), created).await;
}

#[tokio::test]
async fn log_out_customer() {
    let case = Case::new(
        "
        GET /customer/acme/logout?accessToken=tqO%2B%2F%3D HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        ",
        LogOutCustomerRequest::new("acme", "tqO+/="),
    );
    case.answers("204", LogOutCustomerResponse::NoContent, ()).await;
    case.refuses::<LogOutCustomerResponse>([
        bad_request(LogOutCustomerError::BadRequest),
        unauthorized(LogOutCustomerError::Unauthorized),
        too_many_requests(LogOutCustomerError::TooManyRequests),
    ])
    .await;
}

#[tokio::test]
async fn social_login() {
    let case = Case::new(
        "
        POST /customer/acme/socialLogin?code=c0de&redirect_uri=https%3A%2F%2Fshop.example%2Fback%3Fa%3D1 HTTP/1.1
        accept: application/json
        authorization: Bearer anonymous-token
        ",
        SocialLoginRequest::new("acme", "c0de", "https://shop.example/back?a=1"),
    );
    let answer = r#"
        200
        content-type: application/json

        {"social_access_token":"soc","social_id_token":"sid","refresh_token":"uVX",
        "refresh_token_expires_in":"86399","session_idle_time":120,"token_type":"Bearer",
        "access_token":"tqO","saas_token":"eyJh","expires_in":"3599","scope":"openid email"}
    "#;
    let token = SocialLoginToken::new(
        "soc",
        "sid",
        "uVX",
        "86399",
        120,
        "Bearer",
        "tqO",
        "eyJh",
        "3599",
        "openid email",
    );
    case.answers(answer, SocialLoginResponse::Ok(token.clone()), token.clone()).await;
    case.refuses::<SocialLoginResponse>([
        bad_request(SocialLoginError::BadRequest),
        unauthorized(SocialLoginError::Unauthorized),
        too_many_requests(SocialLoginError::TooManyRequests),
        identity_provider_unreachable(SocialLoginError::BadGateway),
    ])
    .await;

    let complete = Case::new(
        "
        POST /customer/acme/socialLogin?code=c0de&redirect_uri=http%3A%2F%2Fa.example&code_verifier=ver1fier HTTP/1.1
        accept: application/json
        authorization: Bearer anonymous-token
        session-id: 45c9726e
        ",
        SocialLoginRequest::new("acme", "c0de", "http://a.example")
            .with_session_id("45c9726e")
            .with_code_verifier("ver1fier"),
    );
    complete.answers(answer, SocialLoginResponse::Ok(token.clone()), token).await;
}
