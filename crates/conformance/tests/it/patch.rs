//! Absent, `null` and a value: three things on the wire, in the types, and on the wire again.

use customer_api::operations::account::{UpdateCustomerBody, UpdateCustomerRequest, UpdateCustomerResponse};
use customer_api::operations::addresses::{UpdateAddressRequest, UpdateAddressResponse};
use customer_api::types::{AddressPatch, B2bInput, CustomerPatch, MetadataInput};
use specwright_runtime::{Patch, Value};

use crate::case::Case;

/// Members that are absent, `null` and values, each as text and as a value.
fn customers() -> Vec<(&'static str, CustomerPatch)> {
    vec![
        ("{}", CustomerPatch::default()),
        (r#"{"title":null}"#, CustomerPatch::default().with_title(Patch::Null)),
        (r#"{"title":"Dr."}"#, CustomerPatch::default().with_title("Dr.")),
        (r#"{"title":""}"#, CustomerPatch::default().with_title("")),
        (
            r#"{"firstName":"Jane","middleName":null,"contactEmail":"jane@doe.example","preferredCurrency":"EUR","preferredSite":null}"#,
            CustomerPatch::default()
                .with_first_name("Jane")
                .with_middle_name(Patch::Null)
                .with_contact_email("jane@doe.example")
                .with_preferred_currency("EUR")
                .with_preferred_site(Patch::Null),
        ),
        (r#"{"b2b":null}"#, CustomerPatch::default().with_b2b(Patch::Null)),
        (r#"{"b2b":{}}"#, CustomerPatch::default().with_b2b(B2bInput::default())),
        (
            r#"{"b2b":{"companyRegistrationId":null}}"#,
            CustomerPatch::default().with_b2b(B2bInput::default().with_company_registration_id(Patch::Null)),
        ),
        (
            r#"{"metadata":{"version":2,"mixins":null},"mixins":{"loyalty":null,"points":[1,2.5]}}"#,
            CustomerPatch::default()
                .with_metadata(MetadataInput::default().with_version(2).with_mixins(Patch::Null))
                .with_mixins(mixins()),
        ),
        (r#"{"mixins":{}}"#, CustomerPatch::default().with_mixins(Patch::Value([].into()))),
    ]
}

fn mixins() -> Patch<std::collections::BTreeMap<String, Value>> {
    let points = serde_json::json!([1, 2.5]);
    Patch::Value([("loyalty".to_owned(), Value::Null), ("points".to_owned(), points)].into())
}

fn wire(target: &str, media_type: &str, body: &str) -> String {
    format!(
        "PATCH {target} HTTP/1.1\naccept: application/json\nauthorization: Bearer customer-token\n\
         content-type: {media_type}\n\n{body}"
    )
}

#[tokio::test]
async fn a_customer_as_json() {
    for (text, patch) in customers() {
        let wire = wire("/customer/acme/me", "application/json", text);
        let request = UpdateCustomerRequest::new("acme").with_body(UpdateCustomerBody::Json(patch));
        Case::new(&wire, request).answers("200", UpdateCustomerResponse::Ok, ()).await;
    }
}

#[tokio::test]
async fn a_customer_as_merge_patch() {
    for (text, patch) in customers() {
        let wire = wire("/customer/acme/me", "application/merge-patch+json", text);
        let request = UpdateCustomerRequest::new("acme").with_body(UpdateCustomerBody::MergePatchJson(patch));
        Case::new(&wire, request).answers("200", UpdateCustomerResponse::Ok, ()).await;
    }
}

#[tokio::test]
async fn an_address() {
    for (text, patch) in [
        ("{}", AddressPatch::default()),
        (r#"{"contactName":"Jane"}"#, AddressPatch::default().with_contact_name("Jane")),
        (
            r#"{"companyName":null,"city":"Berlin","country":null,"isDefault":false,"tags":null}"#,
            AddressPatch::default()
                .with_company_name(Patch::Null)
                .with_city("Berlin")
                .with_country(Patch::Null)
                .with_is_default(false)
                .with_tags(Patch::Null),
        ),
        (r#"{"tags":[]}"#, AddressPatch::default().with_tags(Vec::new())),
        (r#"{"tags":["A","B"]}"#, AddressPatch::default().with_tags(vec!["A".to_owned(), "B".to_owned()])),
        (
            r#"{"metadata":null,"mixins":null}"#,
            AddressPatch::default().with_metadata(Patch::Null).with_mixins(Patch::Null),
        ),
    ] {
        let wire = wire("/customer/acme/me/addresses/a1", "application/json", text);
        let request = UpdateAddressRequest::new("acme", "a1").with_body(patch);
        Case::new(&wire, request).answers("200", UpdateAddressResponse::Ok, ()).await;
    }
}

#[tokio::test]
async fn a_patch_without_a_body() {
    let bare = |target: &str| {
        format!("PATCH {target} HTTP/1.1\naccept: application/json\nauthorization: Bearer customer-token")
    };
    Case::new(&bare("/customer/acme/me"), UpdateCustomerRequest::new("acme"))
        .answers("200", UpdateCustomerResponse::Ok, ())
        .await;
    Case::new(&bare("/customer/acme/me/addresses/a1"), UpdateAddressRequest::new("acme", "a1"))
        .answers("200", UpdateAddressResponse::Ok, ())
        .await;
}

#[test]
fn a_patch_writes_its_state_over_what_is_stored() {
    let mut stored = Some("Dr.".to_owned());
    CustomerPatch::default().title.apply(&mut stored);
    assert_eq!(stored.as_deref(), Some("Dr."));
    CustomerPatch::default().with_title("Prof.").title.apply(&mut stored);
    assert_eq!(stored.as_deref(), Some("Prof."));
    CustomerPatch::default().with_title(Patch::Null).title.apply(&mut stored);
    assert_eq!(stored, None);
}
