//! What the contract does not name, or writes in another way, and what breaks nobody.

use customer_api::operations::addresses::AddAddressRequest;
use customer_api::types::{AddressCreateDto, BusinessModel, MetadataInput, RefreshCustomerToken};
use specwright_conformance::Recorder;
use specwright_runtime::client::Error;

use crate::case::client;
use crate::requests::{authorization, send};
use crate::stub::{CUSTOMER, Stub};

const OK: &str = "200\ncontent-type: application/json\n\n";

#[tokio::test]
async fn unknown_members_of_a_request_are_ignored() {
    let stub = Stub::default();
    let server = stub.start().await;
    let body = r#"{"contactName":"Jane","fax":"1","contact_name":2,"id":null,"metadata":{"etag":[]}}"#;
    let path = "/customer/acme/me/addresses";
    let answer = send(server, "POST", path, &authorization(CUSTOMER), body).await;
    assert_eq!(answer.status, 501, "{}", answer.body);
    let mut address = AddressCreateDto::new("Jane");
    address.metadata = specwright_runtime::Patch::Value(MetadataInput::default());
    assert_eq!(stub.seen(), Some(AddAddressRequest::new("acme", address)));
}

#[tokio::test]
async fn unknown_members_and_values_of_a_response_are_tolerated() {
    let answer = r#"{"id":"1","shoeSize":42,"firstName":"Jane","businessModel":"B2G","accounts":[{"id":"2","since":null}]}"#;
    let recorder = Recorder::start(&format!("{OK}{answer}")).await.expect("a free port");
    let customer = client(recorder.base_url()).account().retrieve_customer_profile("acme").await;
    let customer = customer.expect("a tolerant client");
    assert_eq!(customer.id.as_deref(), Some("1"));
    assert_eq!(customer.business_model, Some(BusinessModel::Unknown("B2G".to_owned())));
    assert_eq!(customer.business_model.as_ref().map(BusinessModel::as_str), Some("B2G"));
    assert_eq!(customer.accounts.as_ref().and_then(|accounts| accounts[0].id.as_deref()), Some("2"));
}

#[tokio::test]
async fn known_values_of_a_response_are_known() {
    for (text, value) in [("B2B", BusinessModel::B2b), ("B2C", BusinessModel::B2c)] {
        let answer = format!("{OK}{{\"businessModel\":\"{text}\"}}");
        let recorder = Recorder::start(&answer).await.expect("a free port");
        let customer = client(recorder.base_url()).account().retrieve_customer_profile("acme").await;
        assert_eq!(customer.expect("a customer").business_model, Some(value));
    }
}

/// A client refuses a response for its shape only, never for a constraint.
#[tokio::test]
async fn constraints_of_a_response_are_not_checked() {
    let answer = r#"{"preferredCurrency":"EURO","addresses":[{"contactName":"","country":"Germany"}]}"#;
    let recorder = Recorder::start(&format!("{OK}{answer}")).await.expect("a free port");
    let customer = client(recorder.base_url()).account().retrieve_customer_profile("acme").await;
    assert_eq!(customer.expect("a tolerant client").preferred_currency.as_deref(), Some("EURO"));
}

fn token(expires_in: &str) -> String {
    format!(
        "{OK}{{\"access_token\":\"a\",\"expires_in\":{expires_in},\"refresh_token\":\"r\",\
         \"refresh_token_expires_in\":86399,\"token_type\":\"Bearer\",\"session_id\":\"s\"}}"
    )
}

async fn refreshed(expires_in: &str) -> Result<RefreshCustomerToken, (String, String)> {
    let recorder = Recorder::start(&token(expires_in)).await.expect("a free port");
    let result = client(recorder.base_url()).authentication().refresh_customer_token("acme", "r").await;
    match result {
        Ok(token) => Ok(token.into_body()),
        Err(Error::Decode(error)) => Err((error.operation().id.to_owned(), error.pointer().to_owned())),
        Err(other) => panic!("{other:?}"),
    }
}

/// `type: number, format: int32`
#[tokio::test]
async fn whole_numbers_are_integers_and_others_are_not() {
    for whole in ["3599", "3599.0", "3.599e3", "35990e-1"] {
        assert_eq!(refreshed(whole).await.map(|token| token.expires_in), Ok(3599), "{whole}");
    }
    let at = ("GET-customer-refresh-authtoken".to_owned(), "/expires_in".to_owned());
    for broken in ["3599.5", "2147483648", "1e10", "\"3599\"", "null", "true"] {
        assert_eq!(refreshed(broken).await, Err(at.clone()), "{broken}");
    }
}
