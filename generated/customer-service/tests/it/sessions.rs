//! Sessions: scenarios 19 to 22.

use customer_api::operations::authentication::{LogOutCustomerError, RefreshCustomerTokenError};
use customer_api::types::{B2bInput, CustomerDetails, CustomerSignup};
use serde_json::{Value, json};

use crate::answer::{Answer, INVALID_ACCESS_TOKEN, INVALID_REFRESH_TOKEN, fault, members, of};
use crate::people::{Session, Visitor};
use crate::refused;
use crate::service::{JANE, PASSWORD, Service};

/// Insists on an answer with new tokens of the session, and gives the two tokens.
fn renewed(answer: &Answer, session: &Session<'_>) -> (String, String) {
    let body = answer.of(200).json();
    assert_eq!(
        members(&body),
        [
            "access_token",
            "expires_in",
            "refresh_token",
            "refresh_token_expires_in",
            "session_id",
            "token_type"
        ],
        "no saas_token"
    );
    assert_eq!((body["expires_in"].as_i64(), of(&body, "token_type")), (Some(2_591_999), "Bearer"));
    assert_eq!(of(&body, "session_id"), session.tokens.session_id);
    assert_ne!(of(&body, "access_token"), session.bearer());
    assert_ne!(of(&body, "refresh_token"), session.refresh_token());
    (answer.text("access_token"), answer.text("refresh_token"))
}

#[tokio::test]
async fn s19_a_refresh_rotates_the_tokens_of_the_session() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let session = visitor.enter(JANE, PASSWORD).await;

    service.advance(100).await;
    let first = visitor.try_refresh(session.refresh_token()).await;
    let (access, refresh) = renewed(&first, &session);
    let left = first.json()["refresh_token_expires_in"].as_i64().expect("seconds");
    assert!((1..=86_299).contains(&left), "the deadline stays: {left}");
    service.get("/customer/acme/me").bearer(&access).send().await.of(200);
    assert!(session.is_live().await, "the old access token lives until it expires");
    visitor.try_refresh(session.refresh_token()).await.is_fault(INVALID_REFRESH_TOKEN);

    service.advance(100).await;
    let ask = service.get("/customer/acme/refreshauthtoken").bearer(&access).query("refreshToken", &refresh);
    let second = ask.send().await;
    let (access, refresh_again) = renewed(&second, &session);
    let left_again = second.json()["refresh_token_expires_in"].as_i64().expect("seconds");
    assert!(left_again <= left - 100, "{left_again} after {left}");
    assert_ne!(refresh, refresh_again);
    visitor.try_refresh(&refresh).await.is_fault(INVALID_REFRESH_TOKEN);

    // Typed, with either credential; another customer's is none.
    let calls = visitor.client.authentication();
    let third = calls.refresh_customer_token("acme", refresh_again).await.expect("new tokens").into_body();
    let john = service.customer("acme", "john@example.com").await;
    let foreign = john.authentication().refresh_customer_token("acme", &third.refresh_token);
    let refusal = refused!(foreign, RefreshCustomerTokenError::Unauthorized);
    assert_eq!(serde_json::to_value(&refusal.body).expect("JSON"), fault(INVALID_REFRESH_TOKEN));
    let jane = service.client().with_customer_access_token(access);
    jane.authentication().refresh_customer_token("acme", &third.refresh_token).await.expect("new tokens");
}

#[tokio::test]
async fn s20_validation_tells_whose_token_it_is() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let session = visitor.enter(JANE, PASSWORD).await;
    let validate = |tenant: &str, token: &str| {
        service.get(&format!("/customer/{tenant}/validateauthtoken")).bearer(token).send()
    };

    let answer = validate("acme", session.bearer()).await;
    let body = answer.of(200).json();
    let seconds = body["expires_in"].as_i64().expect("seconds");
    assert!((1..=2_591_999).contains(&seconds), "{seconds}");
    assert_eq!(
        body,
        json!({
            "token_type": "Bearer",
            "expires_in": seconds,
            "scope": of(&body, "scope"),
            "sessionId": visitor.token.session_id,
            "email": JANE,
        })
    );
    let scopes: Vec<&str> = of(&body, "scope").split(' ').collect();
    assert_eq!((scopes.len(), scopes.last()), (25, Some(&"tenant=acme")), "{scopes:?}");
    for scope in ["customer.customer_manage", "customer.customerprofile_edit"] {
        assert!(scopes.contains(&scope), "{scopes:?}");
    }
    service.advance(1_000).await;
    let later = session.authentication().validate_token("acme").await.expect("it is good");
    assert!(i64::from(later.expires_in) <= seconds - 1_000, "{} after {seconds}", later.expires_in);

    let gone = visitor.enter(JANE, PASSWORD).await;
    gone.authentication().log_out_customer("acme", gone.bearer()).await.expect("a logout");
    for token in [
        "garbage",
        visitor.bearer(),
        gone.bearer(),
        session.refresh_token(),
        session.tokens.saas_token.expose(),
    ] {
        validate("acme", token).await.is_fault(INVALID_ACCESS_TOKEN);
    }
    validate("optin", session.bearer()).await.is_fault(INVALID_ACCESS_TOKEN);
    assert!(session.is_live().await);
}

/// Signs a customer of a company up, and gives their session with the company's id.
async fn of_company<'a>(visitor: &Visitor<'a>, email: &str, registration_id: &str) -> (Session<'a>, String) {
    let details = CustomerDetails::default()
        .with_first_name("Jane")
        .with_last_name("Doe")
        .with_company("Doe GmbH")
        .with_b2b(B2bInput::default().with_company_registration_id(registration_id));
    visitor.sign_up_as(&CustomerSignup::new(email, PASSWORD).with_customer_details(details)).await;
    let session = visitor.enter(email, PASSWORD).await;
    let company = of(&session.profile().await["b2b"]["legalEntities"][0], "id").to_owned();
    (session, company)
}

#[tokio::test]
async fn s21_a_refresh_binds_the_token_to_a_company() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let (session, company) = of_company(&visitor, JANE, "HRB 1859").await;
    let (_, foreign) = of_company(&visitor, "john@example.com", "HRB 1860").await;
    let calls = visitor.client.authentication();
    let validated = async |token: &str| {
        service.get("/customer/acme/validateauthtoken").bearer(token).send().await.of(200).json()
    };
    assert_eq!(validated(session.bearer()).await.get("legalEntityId"), None);

    let bound = calls.refresh_customer_token("acme", session.refresh_token());
    let bound = bound.with(|request| request.with_legal_entity_id(&company)).await.expect("new tokens");
    assert_eq!(validated(bound.access_token.expose()).await["legalEntityId"], Value::from(company.as_str()));

    let free = calls.refresh_customer_token("acme", &bound.refresh_token).await.expect("new tokens");
    assert_eq!(validated(free.access_token.expose()).await.get("legalEntityId"), None);

    for id in [foreign.as_str(), "0123456789abcdef01234567", "x"] {
        let call = calls.refresh_customer_token("acme", &free.refresh_token);
        let call = call.with(|request| request.with_legal_entity_id(id));
        let refusal = refused!(call, RefreshCustomerTokenError::BadRequest).body;
        assert_eq!(refusal.r#type, "validation_failure");
        let details = refusal.details.expect("details");
        assert_eq!((details.len(), details[0].field.as_str()), (1, "legalEntityId"), "{id}");
    }
    calls.refresh_customer_token("acme", &free.refresh_token).await.expect("the token is as it was");
}

#[tokio::test]
async fn s22_logout_ends_one_session() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let (first, second) = (visitor.enter(JANE, PASSWORD).await, visitor.enter(JANE, PASSWORD).await);
    let john = service.customer("acme", "john@example.com").await;

    let log_out = || service.get("/customer/acme/logout").bearer(second.bearer());
    log_out().send().await.is_invalid(&[("accessToken", "missing_value")]);
    for token in [john.bearer(), visitor.bearer(), second.refresh_token(), "garbage"] {
        log_out().query("accessToken", token).send().await.is_invalid(&[("accessToken", "invalid_value")]);
    }
    let foreign = second.authentication().log_out_customer("acme", john.bearer());
    refused!(foreign, LogOutCustomerError::BadRequest);
    assert!(john.is_live().await && second.is_live().await);

    // A second access token of the session ends with it.
    let renewed = visitor.client.authentication().refresh_customer_token("acme", first.refresh_token());
    let renewed = renewed.await.expect("new tokens").into_body();
    let path = "/customer/acme/logout";
    let answer = service.get(path).bearer(first.bearer()).query("accessToken", first.bearer()).send().await;
    answer.is_empty(204);
    for token in [first.bearer(), renewed.access_token.expose()] {
        service.get("/customer/acme/me").bearer(token).send().await.is_fault(INVALID_ACCESS_TOKEN);
    }
    visitor.try_refresh(renewed.refresh_token.expose()).await.is_fault(INVALID_REFRESH_TOKEN);
    let again = service.get(path).bearer(first.bearer()).query("accessToken", first.bearer()).send().await;
    again.is_fault(INVALID_ACCESS_TOKEN);
    assert!(second.is_live().await);
    service.get("/customer/acme/me").bearer(visitor.bearer()).send().await.of(200);
    visitor.try_refresh(second.refresh_token()).await.of(200);

    // One session may end another of the same customer.
    let device = visitor.enter(JANE, PASSWORD).await;
    second.authentication().log_out_customer("acme", device.bearer()).await.expect("a logout");
    assert!(!device.is_live().await);
    assert!(second.is_live().await);
}
