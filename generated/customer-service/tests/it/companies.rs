//! Companies: whom a registration number links to whom.

use customer_api::types::{B2bInput, CustomerDetails, CustomerSignup};
use serde_json::{Value, json};

use crate::answer::of;
use crate::people::{Session, Visitor};
use crate::service::{JANE, PASSWORD, Service};

/// Signs somebody of a company up.
async fn join<'a>(visitor: &Visitor<'a>, email: &str, company: &str, registration_id: &str) -> Session<'a> {
    let details = CustomerDetails::default()
        .with_first_name("Jane")
        .with_last_name("Doe")
        .with_company(company.to_owned())
        .with_b2b(B2bInput::default().with_company_registration_id(registration_id.to_owned()));
    visitor.sign_up_as(&CustomerSignup::new(email, PASSWORD).with_customer_details(details)).await;
    visitor.enter(email, PASSWORD).await
}

/// The only company of a customer.
async fn company(session: &Session<'_>) -> Value {
    let profile = session.profile().await;
    let entities = profile["b2b"]["legalEntities"].as_array().unwrap_or_else(|| panic!("none in {profile}"));
    assert_eq!(entities.len(), 1);
    entities[0].clone()
}

/// Patches the profile.
async fn patch(session: &Session<'_>, body: Value, status: u16) -> Value {
    let ask = session.service.patch("/customer/acme/me").bearer(session.bearer()).json(&body);
    let answer = ask.send().await;
    if answer.of(status).body.is_empty() { Value::Null } else { answer.json()["details"].clone() }
}

#[tokio::test]
async fn a_registration_number_that_is_known_links_to_the_company_that_has_it() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let jane = join(&visitor, JANE, "Doe GmbH", "HRB 1859").await;
    let john = join(&visitor, "john@example.com", "Another name", "HRB 1859").await;
    let (first, second) = (company(&jane).await, company(&john).await);
    assert_eq!((of(&second, "id"), of(&second, "name")), (of(&first, "id"), "Doe GmbH"));
    assert_ne!(of(&second, "contactAssignmentId"), of(&first, "contactAssignmentId"));
    assert_eq!(john.profile().await["company"], "Another name");

    service.put_tenant("other", json!({})).await;
    let visitor = service.anonymous("other").await;
    let stranger = join(&visitor, JANE, "Elsewhere Ltd", "HRB 1859").await;
    let elsewhere = company(&stranger).await;
    assert_ne!(of(&elsewhere, "id"), of(&first, "id"));
    assert_eq!(of(&elsewhere, "name"), "Elsewhere Ltd");
}

#[tokio::test]
async fn a_signup_that_fails_leaves_no_company() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    visitor.sign_up(JANE, PASSWORD).await;
    let details = json!({
        "firstName": "Jane",
        "lastName": "Doe",
        "company": "Never GmbH",
        "b2b": {"companyRegistrationId": "HRB 1859"},
    });
    let body = json!({"email": JANE, "password": PASSWORD, "customerDetails": details});
    service.post("/customer/acme/signup").bearer(visitor.bearer()).json(&body).send().await.of(409);
    let john = join(&visitor, "john@example.com", "Doe GmbH", "HRB 1859").await;
    assert_eq!(of(&company(&john).await, "name"), "Doe GmbH");
}

#[tokio::test]
async fn another_registration_number_is_another_company() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let session = join(&visitor, JANE, "Doe GmbH", "HRB 1859").await;
    let first = company(&session).await;
    let ask = service.get("/customer/acme/refreshauthtoken").bearer(session.bearer());
    let ask = ask.query("refreshToken", session.refresh_token()).query("legalEntityId", of(&first, "id"));
    let bound = ask.send().await.of(200).text("access_token");
    let bound_to = async || {
        let details =
            service.get("/customer/acme/validateauthtoken").bearer(&bound).send().await.of(200).json();
        details.get("legalEntityId").cloned()
    };
    assert_eq!(bound_to().await, Some(first["id"].clone()));

    patch(&session, json!({"b2b": {"companyRegistrationId": "HRB 1859"}, "title": "DR"}), 200).await;
    assert_eq!(company(&session).await, first, "the same number is the same link");
    assert_eq!(bound_to().await, Some(first["id"].clone()));

    patch(&session, json!({"b2b": {"companyRegistrationId": "HRB 1860"}, "company": "New GmbH"}), 200).await;
    let second = company(&session).await;
    assert_ne!(second["id"], first["id"]);
    assert_eq!(second["name"], "New GmbH");
    assert_eq!(bound_to().await, None, "the link is gone, and with it what was bound to it");

    patch(&session, json!({"b2b": null}), 200).await;
    let profile = session.profile().await;
    assert_eq!((of(&profile, "businessModel"), profile.get("b2b")), ("B2C", None));
    patch(&session, json!({"company": null, "firstName": null}), 200).await;
}

#[tokio::test]
async fn a_registration_number_needs_the_names_of_the_merged_profile() {
    let service = Service::start().await;
    let session = service.customer("acme", JANE).await;
    let before = session.everything().await;
    let fields = |details: &Value| -> Vec<String> {
        let details = details.as_array().expect("details").iter();
        details.map(|detail| format!("{} {}", of(detail, "field"), of(detail, "type"))).collect()
    };
    let number = json!({"companyRegistrationId": "HRB 1859"});
    let refusal = patch(&session, json!({"b2b": number}), 400).await;
    assert_eq!(
        fields(&refusal),
        ["firstName missing_value", "lastName missing_value", "company missing_value"]
    );
    assert_eq!(session.everything().await, before);
    patch(&session, json!({"firstName": "Jane", "company": "Doe GmbH"}), 200).await;
    let refusal = patch(&session, json!({"b2b": number}), 400).await;
    assert_eq!(fields(&refusal), ["lastName missing_value"]);
    patch(&session, json!({"b2b": number, "lastName": "Doe"}), 200).await;
    let profile = session.profile().await;
    assert_eq!((of(&profile, "businessModel"), of(&company(&session).await, "name")), ("B2B", "Doe GmbH"));
    let refusal = patch(&session, json!({"lastName": " ", "firstName": null}), 400).await;
    assert_eq!(fields(&refusal), ["firstName missing_value", "lastName missing_value"]);
    assert_eq!(session.profile().await, profile);
}
