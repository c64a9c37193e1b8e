//! Account and profile: every operation, every declared status.

use std::collections::BTreeMap;

use customer_api::operations::account::{
    AssignCustomerAccountError, AssignCustomerAccountRequest, AssignCustomerAccountResponse,
    RemoveCustomerProfileError, RemoveCustomerProfileRequest, RemoveCustomerProfileResponse,
    RetrieveCustomerProfileError, RetrieveCustomerProfileRequest, RetrieveCustomerProfileResponse,
    UpdateCustomerBody, UpdateCustomerError, UpdateCustomerRequest, UpdateCustomerResponse,
};
use customer_api::types::{
    AccountId, Address, B2bGet, B2bInput, BusinessModel, Customer, CustomerPatch, DefaultDtoMetadata,
    LegalEntity, MetadataInput, PasswordAuthentication, ResourceLocation,
};
use specwright_runtime::{Patch, Value};

use crate::case::Case;
use crate::refusals::{bad_request, conflict, forbidden, too_many_requests, unauthorized};
use crate::stub::Sender;

#[tokio::test]
async fn assign_customer_account() {
    let case = Case::new(
        r#"
        POST /customer/acme/me/accounts/internal HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        content-type: application/json

        {"email":"jane@example.com","password":"Qurt-1859"}
        "#,
        AssignCustomerAccountRequest::new(
            "acme",
            PasswordAuthentication::new("jane@example.com", "Qurt-1859"),
        ),
    );
    case.answers(
        r#"
        201
        content-type: application/json

        {"id":"07134e48"}
        "#,
        AssignCustomerAccountResponse::Created(ResourceLocation::new("07134e48")),
        ResourceLocation::new("07134e48"),
    )
    .await;
    case.refuses::<AssignCustomerAccountResponse>([
        bad_request(AssignCustomerAccountError::BadRequest),
        unauthorized(AssignCustomerAccountError::Unauthorized),
        forbidden(AssignCustomerAccountError::Forbidden),
        conflict(AssignCustomerAccountError::Conflict),
        too_many_requests(AssignCustomerAccountError::TooManyRequests),
    ])
    .await;
}

#[tokio::test]
async fn remove_customer_profile() {
    let case = Case::new(
        "
        DELETE /customer/acme/me HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        ",
        RemoveCustomerProfileRequest::new("acme"),
    );
    case.answers("202", RemoveCustomerProfileResponse::Accepted, RemoveCustomerProfileResponse::Accepted)
        .await;
    case.answers("204", RemoveCustomerProfileResponse::NoContent, RemoveCustomerProfileResponse::NoContent)
        .await;
    case.refuses::<RemoveCustomerProfileResponse>([
        bad_request(RemoveCustomerProfileError::BadRequest),
        unauthorized(RemoveCustomerProfileError::Unauthorized),
        forbidden(RemoveCustomerProfileError::Forbidden),
        too_many_requests(RemoveCustomerProfileError::TooManyRequests),
    ])
    .await;

    let confirmed = Case::new(
        "
        DELETE /customer/acme/me?token=a1%2Bb2%2F%3D HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        ",
        RemoveCustomerProfileRequest::new("acme").with_token("a1+b2/="),
    );
    confirmed
        .answers("204", RemoveCustomerProfileResponse::NoContent, RemoveCustomerProfileResponse::NoContent)
        .await;
}

#[tokio::test]
async fn retrieve_customer_profile() {
    let case = Case::new(
        "
        GET /customer/acme/me HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        ",
        RetrieveCustomerProfileRequest::new("acme"),
    );
    let nothing = "200\ncontent-type: application/json\n\n{}";
    case.answers(nothing, RetrieveCustomerProfileResponse::Ok(Customer::default()), Customer::default())
        .await;
    case.refuses::<RetrieveCustomerProfileResponse>([
        bad_request(RetrieveCustomerProfileError::BadRequest),
        unauthorized(RetrieveCustomerProfileError::Unauthorized),
        forbidden(RetrieveCustomerProfileError::Forbidden),
        too_many_requests(RetrieveCustomerProfileError::TooManyRequests),
    ])
    .await;

    let anonymous = Case::new(
        "
        GET /customer/acme/me?expand=addresses%2Cmixin%3A%2A HTTP/1.1
        accept: application/json
        authorization: Bearer anonymous-token
        ",
        RetrieveCustomerProfileRequest::new("acme").with_expand("addresses,mixin:*"),
    )
    .sent_with(&[Sender::Anonymous]);
    anonymous.answers(PROFILE, RetrieveCustomerProfileResponse::Ok(profile()), profile()).await;
}

const PROFILE: &str = r#"
    200
    content-type: application/json

    {"id":"45262033","customerNumber":"45262033","title":"DR","firstName":"Jané","middleName":"M.",
    "lastName":"Doe","contactEmail":"jane@example.com","contactPhone":"+49 30 1","company":"Doe \"&\" Söhne",
    "preferredLanguage":"de_DE","preferredCurrency":"EUR","preferredSite":"main",
    "accounts":[{"id":"jane@example.com","providerId":"internal"}],
    "addresses":[{"contactName":"Jane Doe"}],
    "defaultAddress":{"id":"b05c20e034","contactName":"Jane Doe","isDefault":true,"tags":["BILLING"]},
    "businessModel":"B2B",
    "b2b":{"companyRegistrationId":"123-456","legalEntities":[
    {"id":"le-1","name":"Doe GmbH","contactAssignmentId":"ca-1"}
    ]},
    "mixins":{"loyalty":{"points":12.5,"since":null}},
    "metadata":{"mixins":{"loyalty":"https://mixins.example/loyalty"},"version":4},
    "lastLogin":"2021-09-14T13:29:38.107Z"}
"#;

fn profile() -> Customer {
    let default_address = Address::new("Jane Doe")
        .with_id("b05c20e034")
        .with_is_default(true)
        .with_tags(vec!["BILLING".to_owned()]);
    let legal_entity =
        LegalEntity::default().with_id("le-1").with_name("Doe GmbH").with_contact_assignment_id("ca-1");
    let b2b =
        B2bGet::default().with_company_registration_id("123-456").with_legal_entities(vec![legal_entity]);
    let points = Value::from_iter([("points", Value::from(12.5)), ("since", Value::Null)]);
    let link = BTreeMap::from([("loyalty".to_owned(), Value::from("https://mixins.example/loyalty"))]);
    Customer::default()
        .with_id("45262033")
        .with_customer_number("45262033")
        .with_title("DR")
        .with_first_name("Jané")
        .with_middle_name("M.")
        .with_last_name("Doe")
        .with_contact_email("jane@example.com")
        .with_contact_phone("+49 30 1")
        .with_company("Doe \"&\" Söhne")
        .with_preferred_language("de_DE")
        .with_preferred_currency("EUR")
        .with_preferred_site("main")
        .with_accounts(vec![AccountId::default().with_id("jane@example.com").with_provider_id("internal")])
        .with_addresses(vec![Address::new("Jane Doe")])
        .with_default_address(default_address)
        .with_business_model(BusinessModel::B2b)
        .with_b2b(b2b)
        .with_mixins(BTreeMap::from([("loyalty".to_owned(), points)]))
        .with_metadata(DefaultDtoMetadata::default().with_mixins(link).with_version(4))
        .with_last_login("2021-09-14T13:29:38.107Z".parse().expect("a date and time"))
}

#[tokio::test]
async fn update_customer() {
    let case = Case::new(
        "
        PATCH /customer/acme/me HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        ",
        UpdateCustomerRequest::new("acme"),
    );
    case.answers("200", UpdateCustomerResponse::Ok, ()).await;
    case.refuses::<UpdateCustomerResponse>([
        bad_request(UpdateCustomerError::BadRequest),
        unauthorized(UpdateCustomerError::Unauthorized),
        forbidden(UpdateCustomerError::Forbidden),
        conflict(UpdateCustomerError::Conflict),
        too_many_requests(UpdateCustomerError::TooManyRequests),
    ])
    .await;

    let nothing = Case::new(
        "
        PATCH /customer/acme/me HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        content-type: application/merge-patch+json

        {}
        ",
        UpdateCustomerRequest::new("acme")
            .with_body(UpdateCustomerBody::MergePatchJson(CustomerPatch::default())),
    );
    nothing.answers("200", UpdateCustomerResponse::Ok, ()).await;
}

#[tokio::test]
async fn update_customer_by_json() {
    let case = Case::new(
        r#"
        PATCH /customer/acme/me HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        content-type: application/json

        {"title":"DR","firstName":"Jane","middleName":null,"lastName":"Doe","contactEmail":"jane@example.com",
        "preferredCurrency":"EUR","b2b":{"companyRegistrationId":null},
        "metadata":{"version":4,"mixins":null},"mixins":{"a":true,"b":[1,2]}}
        "#,
        UpdateCustomerRequest::new("acme").with_body(UpdateCustomerBody::Json(
            CustomerPatch::default()
                .with_title("DR")
                .with_first_name("Jane")
                .with_middle_name(Patch::Null)
                .with_last_name("Doe")
                .with_contact_email("jane@example.com")
                .with_preferred_currency("EUR")
                .with_b2b(B2bInput::default().with_company_registration_id(Patch::Null))
                .with_metadata(MetadataInput::default().with_version(4).with_mixins(Patch::Null))
                .with_mixins(BTreeMap::from([
                    ("a".to_owned(), Value::from(true)),
                    ("b".to_owned(), Value::from(vec![1, 2])),
                ])),
        )),
    );
    case.answers("200", UpdateCustomerResponse::Ok, ()).await;
}

#[tokio::test]
async fn update_customer_by_merge_patch() {
    let case = Case::new(
        r#"
        PATCH /customer/acme/me HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        content-type: application/merge-patch+json

        {"title":null,"contactPhone":"+49 30 1","company":"","preferredLanguage":null,"preferredSite":"shop",
        "b2b":null,"metadata":{},"mixins":{}}
        "#,
        UpdateCustomerRequest::new("acme").with_body(UpdateCustomerBody::MergePatchJson(
            CustomerPatch::default()
                .with_title(Patch::Null)
                .with_contact_phone("+49 30 1")
                .with_company("")
                .with_preferred_language(Patch::Null)
                .with_preferred_site("shop")
                .with_b2b(Patch::Null)
                .with_metadata(MetadataInput::default())
                .with_mixins(BTreeMap::new()),
        )),
    );
    case.answers("200", UpdateCustomerResponse::Ok, ()).await;
}
