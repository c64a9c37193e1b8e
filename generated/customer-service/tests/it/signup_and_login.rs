//! Signup and login: scenarios 6 to 14.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use customer_api::operations::authentication::{AuthenticateCustomerError, CreateCustomerAccountError};
use customer_api::responses::BadRequest;
use customer_api::types::{B2bInput, CustomerDetails, CustomerSignup, SignupAddress, SignupCredentials};
use jiff::Timestamp;
use serde_json::{Value, json};
use specwright_runtime::Patch;

use crate::answer::{INVALID_ACCESS_TOKEN, INVALID_CREDENTIALS, duplicate, fault, members, message, of};
use crate::refused;
use crate::service::{JANE, PASSWORD, Service};

#[tokio::test]
async fn s06_signup_and_login_give_tokens_of_the_session() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let body = json!({"email": JANE, "password": PASSWORD});
    let created = service.post("/customer/acme/signup").bearer(visitor.bearer()).json(&body).send().await;
    let number = created.of(201).text("id");
    assert_eq!(created.json(), json!({"id": number}));
    assert_eq!(number.len(), 8);
    assert!(number.bytes().all(|digit| digit.is_ascii_digit()) && !number.starts_with('0'), "{number}");

    let answer = visitor.try_log_in(JANE, PASSWORD).await;
    let tokens = answer.of(200).json();
    assert_eq!(
        members(&tokens),
        [
            "access_token",
            "expires_in",
            "refresh_token",
            "refresh_token_expires_in",
            "saas_token",
            "session_id",
            "token_type"
        ]
    );
    assert_eq!(tokens["expires_in"], 2_591_999);
    assert_eq!(tokens["refresh_token_expires_in"], 86_399);
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["session_id"], visitor.token.session_id);
    assert_eq!((of(&tokens, "access_token").len(), of(&tokens, "refresh_token").len()), (43, 43));

    let session = visitor.enter(JANE, PASSWORD).await;
    let profile = session.account().retrieve_customer_profile("acme").await.expect("a profile").into_body();
    assert_eq!(profile.customer_number.as_deref(), Some(number.as_str()));
    service.get("/customer/acme/me").bearer(visitor.bearer()).send().await.of(200);
}

/// A part of a JSON Web Token.
fn decode(part: &str) -> Value {
    let octets = URL_SAFE_NO_PAD.decode(part).expect("base64url");
    serde_json::from_slice(&octets).expect("JSON")
}

#[tokio::test]
async fn s07_the_saas_token_is_a_jwt_and_no_bearer() {
    let service = Service::start().await;
    let before = Timestamp::now().as_second();
    let session = service.customer("acme", JANE).await;
    let after = Timestamp::now().as_second();
    let saas = session.tokens.saas_token.expose();
    let parts: Vec<&str> = saas.split('.').collect();
    assert_eq!(parts.len(), 3);
    assert_eq!(decode(parts[0]), json!({"alg": "HS256"}));
    let claims = decode(parts[1]);
    assert_eq!(members(&claims), ["exp", "sub"]);
    assert_eq!(of(&claims, "sub"), session.number().await);
    let issued = claims["exp"].as_i64().expect("seconds") - 2_591_999;
    assert!((before..=after).contains(&issued), "{issued} is not in {before}..={after}");
    assert_eq!(URL_SAFE_NO_PAD.decode(parts[2]).expect("base64url").len(), 32);

    service.get("/customer/acme/me").bearer(saas).send().await.is_fault(INVALID_ACCESS_TOKEN);
}

#[tokio::test]
async fn s08_an_email_signs_up_once_in_a_tenant() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let signup = CustomerSignup::new("JANE@example.com", "another-pw");
    let again = visitor.client.authentication().create_customer_account("acme", &signup);
    let conflict = refused!(again, CreateCustomerAccountError::Conflict);
    let body = serde_json::to_value(&conflict.body).expect("JSON");
    assert_eq!(body, duplicate("JANE@example.com", "acme"));
    assert_eq!(body["message"], "Duplicate account 'JANE@example.com' for tenant 'acme'.");
    visitor.enter(JANE, PASSWORD).await;

    service.anonymous("optin").await.sign_up("JANE@example.com", PASSWORD).await;
}

#[tokio::test]
async fn s09_of_two_signups_at_once_one_wins() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let sign_up = |password: &str| {
        let body = json!({"email": JANE, "password": password});
        service.post("/customer/acme/signup").bearer(visitor.bearer()).json(&body).send()
    };
    let (one, other) = tokio::join!(sign_up("first-pw"), sign_up("second-pw"));
    let (winner, loser, password) =
        if one.status == 201 { (one, other, "first-pw") } else { (other, one, "second-pw") };
    loser.is(409, &duplicate(JANE, "acme"));
    let session = visitor.enter(JANE, password).await;
    assert_eq!(session.number().await, winner.of(201).text("id"));
}

/// The fields that a refusal names, each with what is wrong.
fn details(refusal: &BadRequest) -> Vec<(&str, &str)> {
    assert_eq!((refusal.body.status, refusal.body.r#type.as_str()), (400, "validation_failure"));
    let details = refusal.body.details.as_deref().unwrap_or_default();
    details.iter().map(|detail| (detail.field.as_str(), detail.r#type.as_str())).collect()
}

#[tokio::test]
async fn s10_signup_names_the_fields_that_break_a_rule() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let try_details = async |details: CustomerDetails| {
        let signup = CustomerSignup::new(JANE, PASSWORD).with_customer_details(details);
        let call = visitor.client.authentication().create_customer_account("acme", &signup);
        refused!(call, CreateCustomerAccountError::BadRequest)
    };
    let other_email = CustomerDetails::default().with_contact_email("john@example.com");
    let refusal = try_details(other_email.clone()).await;
    assert_eq!(details(&refusal), [("customerDetails.contactEmail", "invalid_value")]);

    let company = B2bInput::default().with_company_registration_id("HRB 1859");
    let no_names = CustomerDetails::default().with_first_name("Jane").with_b2b(company.clone());
    let expected =
        [("customerDetails.lastName", "missing_value"), ("customerDetails.company", "missing_value")];
    assert_eq!(details(&try_details(no_names).await), expected);
    let blank_names = CustomerDetails::default()
        .with_first_name("Jane")
        .with_last_name(" ")
        .with_company(Patch::Null)
        .with_b2b(company.clone());
    assert_eq!(details(&try_details(blank_names).await), expected);

    let all = other_email.with_b2b(company);
    let fields: Vec<&str> = vec![
        "customerDetails.firstName",
        "customerDetails.lastName",
        "customerDetails.contactEmail",
        "customerDetails.company",
    ];
    let refusal = try_details(all).await;
    let found: Vec<&str> = details(&refusal).into_iter().map(|(field, _)| field).collect();
    assert_eq!(found, fields, "all at once, in the order of the schema");

    // Nothing is left behind; the same e-mail in other letters is the same; a blank id is none.
    let same = CustomerDetails::default()
        .with_contact_email("Jane@Example.com")
        .with_b2b(B2bInput::default().with_company_registration_id(" "));
    visitor.sign_up_as(&CustomerSignup::new(JANE, PASSWORD).with_customer_details(same)).await;
}

#[tokio::test]
async fn s11_signup_with_a_company_and_an_address_fills_the_profile() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let details = CustomerDetails::default()
        .with_title("DR")
        .with_first_name("Jane")
        .with_last_name("Doe")
        .with_contact_phone("+49 30 1859")
        .with_company("Doe GmbH")
        .with_preferred_language("de_DE")
        .with_preferred_currency("EUR")
        .with_b2b(B2bInput::default().with_company_registration_id("HRB 1859"));
    let address = SignupAddress::new("Jane Doe")
        .with_street("Am Ufer")
        .with_street_appendix("")
        .with_city("Berlin")
        .with_country("DE")
        .with_tags(vec!["BILLING".to_owned()]);
    let signup =
        CustomerSignup::new(JANE, PASSWORD).with_customer_details(details).with_customer_address(address);
    let number = visitor.sign_up_as(&signup).await;
    let session = visitor.enter(JANE, PASSWORD).await;

    let ask = service.get("/customer/acme/me").bearer(session.bearer()).query("expand", "addresses");
    let profile = ask.send().await.of(200).json();
    let address_id = of(&profile["defaultAddress"], "id");
    let entity = &profile["b2b"]["legalEntities"][0];
    for (id, length) in [(address_id, 10), (of(entity, "id"), 24), (of(entity, "contactAssignmentId"), 24)] {
        assert_eq!(id.len(), length, "{profile}");
        assert!(id.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit)), "{id}");
    }
    let last_login = of(&profile, "lastLogin");
    let time: Timestamp = last_login.parse().expect("a time");
    assert!(
        last_login.ends_with('Z') && time.subsec_nanosecond() % 1_000_000 == 0,
        "milliseconds: {last_login}"
    );
    let address = json!({
        "id": address_id,
        "contactName": "Jane Doe",
        "street": "Am Ufer",
        "streetAppendix": "",
        "city": "Berlin",
        "country": "DE",
        "isDefault": true,
        "tags": ["BILLING"],
        "metadata": {"version": 1, "mixins": {}},
        "mixins": {},
    });
    assert_eq!(
        profile,
        json!({
            "id": number,
            "customerNumber": number,
            "title": "DR",
            "firstName": "Jane",
            "lastName": "Doe",
            "contactEmail": JANE,
            "contactPhone": "+49 30 1859",
            "company": "Doe GmbH",
            "preferredLanguage": "de_DE",
            "preferredCurrency": "EUR",
            "preferredSite": "main",
            "accounts": [{"id": JANE}],
            "addresses": [address],
            "defaultAddress": address,
            "businessModel": "B2B",
            "b2b": {"companyRegistrationId": "HRB 1859", "legalEntities": [{
                "id": of(entity, "id"),
                "name": "Doe GmbH",
                "contactAssignmentId": of(entity, "contactAssignmentId"),
            }]},
            "metadata": {"version": 1, "mixins": {}},
            "mixins": {},
            "lastLogin": last_login,
        })
    );

    let body = json!({"email": "john@example.com", "password": PASSWORD, "customerDetails": {"b2b": null}});
    let created = service.post("/customer/acme/signup").bearer(visitor.bearer()).json(&body).send().await;
    let number = created.of(201).text("id");
    let session = visitor.enter("john@example.com", PASSWORD).await;
    let mut profile = session.try_profile().await.of(200).json();
    assert!(profile.as_object_mut().is_some_and(|members| members.remove("lastLogin").is_some()));
    assert_eq!(
        profile,
        json!({
            "id": number,
            "customerNumber": number,
            "contactEmail": "john@example.com",
            "preferredLanguage": "en_US",
            "preferredCurrency": "USD",
            "preferredSite": "main",
            "accounts": [{"id": "john@example.com"}],
            "businessModel": "B2C",
            "metadata": {"version": 1, "mixins": {}},
            "mixins": {},
        })
    );
}

#[tokio::test]
async fn s12_separate_credentials_take_the_place_of_the_others() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let signup = CustomerSignup::new(JANE, PASSWORD)
        .with_signup(SignupCredentials::new("jane.login@example.com", "another-pw"));
    visitor.sign_up_as(&signup).await;

    let session = visitor.enter("jane.login@example.com", "another-pw").await;
    for (email, password) in [(JANE, PASSWORD), (JANE, "another-pw"), ("jane.login@example.com", PASSWORD)] {
        visitor.try_log_in(email, password).await.is_fault(INVALID_CREDENTIALS);
    }
    let profile = session.try_profile().await.of(200).json();
    assert_eq!(profile["contactEmail"], JANE);
    assert_eq!(profile["accounts"], json!([{"id": "jane.login@example.com"}]));
}

#[tokio::test]
async fn s13_a_failed_login_does_not_tell_who_exists() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;

    let wrong = refused!(visitor.log_in(JANE, "wrong-pw"), AuthenticateCustomerError::Unauthorized);
    assert_eq!(serde_json::to_value(&wrong.body).expect("JSON"), fault(INVALID_CREDENTIALS));
    let wrong = visitor.try_log_in(JANE, "wrong-pw").await;
    let unknown = visitor.try_log_in("stranger@example.com", PASSWORD).await;
    assert_eq!((unknown.status, unknown.body.as_bytes()), (401, wrong.body.as_bytes()));
    wrong.is_fault(INVALID_CREDENTIALS);

    visitor.try_log_in(JANE, "five5").await.is_invalid(&[("password", "invalid_length")]);
    let body = json!({"email": JANE, "password": PASSWORD});
    let nobody = service.post("/customer/acme/login").json(&body).send().await;
    nobody.is_fault(INVALID_ACCESS_TOKEN);
    visitor.enter(JANE, PASSWORD).await;
}

#[tokio::test]
async fn s14_ten_wrong_passwords_lock_a_login_for_five_minutes() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    for email in [JANE, "john@example.com"] {
        visitor.sign_up(email, PASSWORD).await;
    }
    for _ in 0..10 {
        visitor.try_log_in(JANE, "wrong-pw").await.is_fault(INVALID_CREDENTIALS);
    }
    let locked = refused!(visitor.log_in(JANE, PASSWORD), AuthenticateCustomerError::TooManyRequests);
    let seconds = locked.retry_after.expect("it says when");
    assert!((1..=300).contains(&seconds), "{seconds}");
    let locked = visitor.try_log_in("JANE@EXAMPLE.COM", PASSWORD).await;
    assert!(locked.header("retry-after").is_some(), "{locked:?}");
    assert_eq!(locked.of(429).json(), message(429, "too_many_requests", &locked.text("message")));
    visitor.enter("john@example.com", PASSWORD).await;
    // The same e-mail in another tenant is somebody else's.
    service.anonymous("optin").await.try_log_in(JANE, PASSWORD).await.is_fault(INVALID_CREDENTIALS);

    service.advance(300).await;
    visitor.enter(JANE, PASSWORD).await;

    // Who does not exist is locked out alike.
    for _ in 0..10 {
        visitor.try_log_in("stranger@example.com", PASSWORD).await.is_fault(INVALID_CREDENTIALS);
    }
    visitor.try_log_in("stranger@example.com", PASSWORD).await.of(429);
}
