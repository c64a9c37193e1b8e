//! The profile: scenarios 28 to 31.

use std::collections::BTreeMap;

use customer_api::operations::account::{
    RemoveCustomerProfileError, RemoveCustomerProfileResponse, UpdateCustomerBody, UpdateCustomerError,
};
use customer_api::types::{B2bInput, CustomerDetails, CustomerPatch, CustomerSignup, MetadataInput};
use serde_json::{Value, json};
use specwright_runtime::Patch;

use crate::answer::{Answer, INVALID_ACCESS_TOKEN, INVALID_CREDENTIALS, message, of};
use crate::people::Session;
use crate::refused;
use crate::service::{JANE, PASSWORD, Service};

const MERGE_PATCH: &str = "application/merge-patch+json";

/// Sends a patch as it is.
async fn patch(session: &Session<'_>, media_type: &str, body: &Value) -> Answer {
    let ask = session.service.patch("/customer/acme/me").bearer(session.bearer());
    ask.body(media_type, body.to_string()).send().await
}

/// The version of a profile.
async fn version(session: &Session<'_>) -> i64 {
    session.profile().await["metadata"]["version"].as_i64().expect("a version")
}

/// A customer with a profile that is not empty.
async fn jane(service: &Service) -> Session<'_> {
    let details = CustomerDetails::default()
        .with_title("DR")
        .with_first_name("Jane")
        .with_last_name("Doe")
        .with_company("Doe GmbH")
        .with_preferred_currency("EUR")
        .with_b2b(B2bInput::default().with_company_registration_id("HRB 1859"));
    let visitor = service.anonymous("acme").await;
    visitor.sign_up_as(&CustomerSignup::new(JANE, PASSWORD).with_customer_details(details)).await;
    visitor.enter(JANE, PASSWORD).await
}

#[tokio::test]
async fn s28_a_merge_patch_sets_and_removes() {
    let service = Service::start().await;
    let session = jane(&service).await;
    let mut expected = session.profile().await;
    assert_eq!((of(&expected, "title"), expected["metadata"]["version"].as_i64()), ("DR", Some(1)));

    let answer = patch(&session, MERGE_PATCH, &json!({"middleName": "A", "title": null})).await;
    answer.is_empty(200);
    let members = expected.as_object_mut().expect("an object");
    members.remove("title");
    members.insert("middleName".to_owned(), "A".into());
    expected["metadata"]["version"] = 2.into();
    assert_eq!(session.profile().await, expected);

    for media_type in [MERGE_PATCH, "application/json", "application/json; charset=utf-8"] {
        patch(&session, media_type, &json!({})).await.is_empty(200);
        patch(&session, media_type, &json!({"middleName": "A", "title": null})).await.is_empty(200);
    }
    service.patch("/customer/acme/me").bearer(session.bearer()).send().await.is_empty(200);
    assert_eq!(session.profile().await, expected, "what changes nothing is no new version");

    let back = json!({"middleName": null, "preferredCurrency": null, "contactPhone": ""});
    patch(&session, "application/json", &back).await.is_empty(200);
    expected.as_object_mut().expect("an object").remove("middleName");
    expected["preferredCurrency"] = "USD".into();
    expected["contactPhone"] = "".into();
    expected["metadata"]["version"] = 3.into();
    assert_eq!(session.profile().await, expected);
}

#[tokio::test]
async fn s29_a_stale_version_is_a_conflict() {
    let service = Service::start().await;
    let session = jane(&service).await;
    let first = version(&session).await;
    let rename = async |name: &str, version: Option<i64>| {
        let metadata = MetadataInput::default().with_version(version.map_or(Patch::Absent, Patch::Value));
        let body = CustomerPatch::default().with_first_name(name.to_owned()).with_metadata(metadata);
        let call = session.account().update_customer("acme");
        call.with(|request| request.with_body(UpdateCustomerBody::Json(body))).await
    };
    rename("June", Some(first)).await.expect("the version is right");
    let conflict = refused!(rename("Joan", Some(first)), UpdateCustomerError::Conflict);
    let text = format!("Version mismatch: expected {}, got {first}.", first + 1);
    let body = serde_json::to_value(&conflict.body).expect("JSON");
    assert_eq!(body, message(409, "conflict_resource", &text));
    assert_eq!(session.profile().await["firstName"], "June");
    rename("Jean", None).await.expect("no version, no lock");
    assert_eq!(version(&session).await, first + 2);

    let before = session.everything().await;
    let answer = patch(&session, "application/json", &json!({"contactEmail": null, "title": "MS"})).await;
    assert_eq!((answer.status, answer.text("type").as_str()), (400, "validation_failure"), "{answer:?}");
    assert_eq!(answer.json()["details"][0]["field"], "contactEmail");
    let text = patch(&session, "text/plain", &json!({"title": "MS"})).await;
    assert_eq!(text.of(415).text("type"), "unsupported_media_type");
    assert_eq!(session.everything().await, before);
}

#[tokio::test]
async fn s30_the_company_stays_and_mixins_are_merged() {
    let service = Service::start().await;
    let session = jane(&service).await;
    let before = session.everything().await;
    let no_company = CustomerPatch::default().with_company(Patch::Null);
    let call = session.account().update_customer("acme");
    let call = call.with(|request| request.with_body(UpdateCustomerBody::MergePatchJson(no_company)));
    let details = refused!(call, UpdateCustomerError::BadRequest).body.details.expect("details");
    assert_eq!((details.len(), details[0].field.as_str()), (1, "company"));
    assert_eq!(session.everything().await, before);

    let first = json!({
        "mixins": {"loyalty": {"points": 1, "tier": {"name": "gold", "since": 2020}}, "size": "M"},
        "metadata": {"mixins": {"loyalty": "https://mixins.example/loyalty"}},
    });
    patch(&session, "application/json", &first).await.is_empty(200);
    let second = json!({"mixins": {"loyalty": {"points": 2, "tier": {"since": null}}, "shoes": [38, 39]}});
    patch(&session, MERGE_PATCH, &second).await.is_empty(200);

    let mixins = json!({"loyalty": {"points": 2, "tier": {"name": "gold"}}, "size": "M", "shoes": [38, 39]});
    let me = async |expand: &str| {
        let ask = service.get("/customer/acme/me").bearer(session.bearer()).query("expand", expand);
        ask.send().await.of(200).json()
    };
    assert_eq!(session.try_profile().await.json()["mixins"], json!({}));
    assert_eq!(me("addresses, ,nonsense").await["mixins"], json!({}));
    assert_eq!(me("mixin:*").await["mixins"], mixins);
    assert_eq!(me("addresses,mixin:size").await["mixins"], json!({"size": "M"}));
    let metadata = json!({"version": 3, "mixins": {"loyalty": "https://mixins.example/loyalty"}});
    assert_eq!(me("mixin:*").await["metadata"], metadata);

    let none = CustomerPatch::default().with_mixins(Patch::Null);
    let call = session.account().update_customer("acme");
    call.with(|request| request.with_body(UpdateCustomerBody::Json(none))).await.expect("they can go");
    let call = session.account().retrieve_customer_profile("acme");
    let profile = call.with(|request| request.with_expand("mixin:*")).await.expect("a profile");
    assert_eq!(profile.mixins, Some(BTreeMap::new()));
}

#[tokio::test]
async fn s31_a_deletion_is_asked_for_and_then_confirmed() {
    let service = Service::start().await;
    let session = jane(&service).await;
    let before = session.everything().await;
    let number = session.number().await;

    service.delete("/customer/acme/me").bearer(session.bearer()).send().await.is_empty(204);
    let mails = service.outbox(&[("tenant", "acme")]).await;
    assert_eq!(mails.len(), 1);
    assert_eq!((of(&mails[0], "to"), of(&mails[0], "kind")), (JANE, "customer.deletion-request"));
    let token = of(&mails[0], "token");
    assert_eq!(mails[0]["variables"], json!({"customerNumber": number, "email": JANE, "token": token}));
    assert_eq!(session.everything().await, before, "nothing is deleted yet");

    let john = service.customer("acme", "john@example.com").await;
    john.account().remove_customer_profile("acme").await.expect("it is asked for");
    let foreign = service.mailed_token("acme", "john@example.com", "customer.deletion-request").await;
    for wrong in ["wrong", foreign.as_str(), ""] {
        let answer =
            service.delete("/customer/acme/me").bearer(session.bearer()).query("token", wrong).send().await;
        answer.is_invalid_token();
    }
    let call = session.account().remove_customer_profile("acme").with(|request| request.with_token("wrong"));
    refused!(call, RemoveCustomerProfileError::BadRequest);
    assert_eq!(session.everything().await, before);

    let call = session.account().remove_customer_profile("acme").with(|request| request.with_token(token));
    let deleted = call.await.expect("it is confirmed").into_body();
    assert_eq!(deleted, RemoveCustomerProfileResponse::Accepted);
    session.try_profile().await.is_fault(INVALID_ACCESS_TOKEN);
    let visitor = service.anonymous("acme").await;
    visitor.try_log_in(JANE, PASSWORD).await.is_fault(INVALID_CREDENTIALS);
    assert_ne!(visitor.sign_up(JANE, PASSWORD).await, number);
    assert!(john.is_live().await);
}
