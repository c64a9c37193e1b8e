//! Code over the client's trait takes the real client, and what a test puts in its place.

use std::sync::Mutex;

use customer_api::client::{Addresses, Error, Success};
use customer_api::operations::addresses::{
    AddAddressError, AddAddressRequest, AddAddressTagsError, AddAddressTagsRequest, ListAddressesError,
    ListAddressesRequest, RemoveAddressError, RemoveAddressRequest, RemoveAddressTagsError,
    RemoveAddressTagsRequest, RetrieveAddressByIdError, RetrieveAddressByIdRequest, UpdateAddressError,
    UpdateAddressRequest,
};
use customer_api::types::{AddressDto, ResourceLocation};
use specwright_conformance::Recorder;
use specwright_runtime::StatusCode;

use crate::case::client;

/// What a caller writes: it empties an address book, and knows no client.
async fn clear<A: Addresses>(addresses: &A, tenant: &str) -> Result<usize, String> {
    let listed = addresses.list_addresses(ListAddressesRequest::new(tenant)).await;
    let mut removed = 0;
    for address in listed.map_err(|error| error.to_string())?.iter() {
        let Some(id) = &address.id else { continue };
        let request = RemoveAddressRequest::new(tenant, id.as_str());
        addresses.remove_address(request).await.map_err(|error| error.to_string())?;
        removed += 1;
    }
    Ok(removed)
}

/// An address book in memory.
#[derive(Debug, Default)]
struct Fake {
    removed: Mutex<Vec<String>>,
}

type Answer<T, E> = Result<Success<T>, Error<E>>;

impl Addresses for Fake {
    async fn list_addresses(&self, _: ListAddressesRequest) -> Answer<Vec<AddressDto>, ListAddressesError> {
        let address = |id: &str| AddressDto::default().with_id(id);
        Ok(Success::new(StatusCode::OK, vec![address("a1"), AddressDto::default(), address("a2")]))
    }

    async fn remove_address(&self, request: RemoveAddressRequest) -> Answer<(), RemoveAddressError> {
        self.removed.lock().expect("no poisoned lock").push(request.address_id);
        Ok(Success::new(StatusCode::NO_CONTENT, ()))
    }

    async fn add_address(&self, _: AddAddressRequest) -> Answer<ResourceLocation, AddAddressError> {
        unexpected()
    }

    async fn add_address_tags(&self, _: AddAddressTagsRequest) -> Answer<(), AddAddressTagsError> {
        unexpected()
    }

    async fn remove_address_tags(&self, _: RemoveAddressTagsRequest) -> Answer<(), RemoveAddressTagsError> {
        unexpected()
    }

    async fn retrieve_address_by_id(
        &self,
        _: RetrieveAddressByIdRequest,
    ) -> Answer<AddressDto, RetrieveAddressByIdError> {
        unexpected()
    }

    async fn update_address(&self, _: UpdateAddressRequest) -> Answer<(), UpdateAddressError> {
        unexpected()
    }
}

fn unexpected<T>() -> T {
    panic!("nobody asked for this")
}

#[tokio::test]
async fn a_fake_takes_the_clients_place() {
    let fake = Fake::default();
    assert_eq!(clear(&fake, "acme").await, Ok(2));
    assert_eq!(*fake.removed.lock().expect("no poisoned lock"), ["a1", "a2"]);
}

#[tokio::test]
async fn the_client_does_the_same_over_the_wire() {
    let recorder = Recorder::start("200\nContent-Type: application/json\n\n[]").await.expect("a free port");
    let client = client(recorder.base_url());
    assert_eq!(clear(&client.addresses(), "acme").await, Ok(0));
    let request = recorder.request().await.expect("a request");
    assert_eq!(request.lines().next(), Some("GET /customer/acme/me/addresses HTTP/1.1"));
}
