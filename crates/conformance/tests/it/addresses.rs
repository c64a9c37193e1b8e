//! Addresses: every operation, every declared status.

use std::collections::BTreeMap;

use customer_api::operations::addresses::{
    AddAddressError, AddAddressRequest, AddAddressResponse, AddAddressTagsError, AddAddressTagsRequest,
    AddAddressTagsResponse, ListAddressesError, ListAddressesRequest, ListAddressesResponse,
    RemoveAddressError, RemoveAddressRequest, RemoveAddressResponse, RemoveAddressTagsError,
    RemoveAddressTagsRequest, RemoveAddressTagsResponse, RetrieveAddressByIdError,
    RetrieveAddressByIdRequest, RetrieveAddressByIdResponse, UpdateAddressError, UpdateAddressRequest,
    UpdateAddressResponse,
};
use customer_api::types::{
    AddressCreateDto, AddressDto, AddressPatch, DefaultDtoMetadata, MetadataInput, ResourceLocation,
};
use specwright_runtime::{Patch, Value};

use crate::case::Case;
use crate::refusals::{
    address_not_found, bad_request, conflict, forbidden, too_many_requests, too_many_requests_without_time,
    unauthorized, unauthorized_without_challenge,
};

const CREATED: &str = r#"
    201
    content-type: application/json

    {"id":"b05c20e034"}
"#;

#[tokio::test]
async fn add_address() {
    let case = Case::new(
        r#"
        POST /customer/acme/me/addresses HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        content-type: application/json

        {"contactName":"Jane Doe"}
        "#,
        AddAddressRequest::new("acme", AddressCreateDto::new("Jane Doe")),
    );
    let created = ResourceLocation::new("b05c20e034");
    case.answers(CREATED, AddAddressResponse::Created(created.clone()), created).await;
    case.refuses::<AddAddressResponse>([
        bad_request(AddAddressError::BadRequest),
        unauthorized(AddAddressError::Unauthorized),
        unauthorized_without_challenge(AddAddressError::Unauthorized),
        forbidden(AddAddressError::Forbidden),
        too_many_requests(AddAddressError::TooManyRequests),
        too_many_requests_without_time(AddAddressError::TooManyRequests),
    ])
    .await;
}

#[tokio::test]
async fn add_address_with_all_members() {
    let address = AddressCreateDto::new("Jane Doe")
        .with_company_name("Doe GmbH")
        .with_street("Ringstraße")
        .with_street_number("1a")
        .with_street_appendix("")
        .with_extra_line1("2. Hof")
        .with_extra_line2(Patch::Null)
        .with_extra_line3("Klingel \"Doe\"")
        .with_extra_line4("C:\\")
        .with_zip_code("10115")
        .with_city("Berlin")
        .with_country("DE")
        .with_state(Patch::Null)
        .with_contact_phone("+49 30 1")
        .with_tags(vec!["BILLING".to_owned(), "ship home".to_owned()])
        .with_metadata(MetadataInput::default().with_version(1))
        .with_mixins(BTreeMap::from([("door".to_owned(), Value::from("left"))]));
    let case = Case::new(
        r#"
        POST /customer/acme/me/addresses HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        content-type: application/json

        {"contactName":"Jane Doe","companyName":"Doe GmbH","street":"Ringstraße","streetNumber":"1a",
        "streetAppendix":"","extraLine1":"2. Hof","extraLine2":null,"extraLine3":"Klingel \"Doe\"",
        "extraLine4":"C:\\","zipCode":"10115","city":"Berlin","country":"DE","state":null,
        "contactPhone":"+49 30 1","tags":["BILLING","ship home"],"metadata":{"version":1},
        "mixins":{"door":"left"}}
        "#,
        AddAddressRequest::new("acme", address),
    );
    let created = ResourceLocation::new("b05c20e034");
    case.answers(CREATED, AddAddressResponse::Created(created.clone()), created).await;
}

#[tokio::test]
async fn add_address_tags() {
    let case = Case::new(
        "
        POST /customer/acme/me/addresses/b05c20e034/tags?tags=BILLING%2Cship%20home%20%26%20away HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        ",
        AddAddressTagsRequest::new("acme", "b05c20e034", "BILLING,ship home & away"),
    );
    case.answers("204", AddAddressTagsResponse::NoContent, ()).await;
    case.refuses::<AddAddressTagsResponse>([
        bad_request(AddAddressTagsError::BadRequest),
        unauthorized(AddAddressTagsError::Unauthorized),
        forbidden(AddAddressTagsError::Forbidden),
        address_not_found(AddAddressTagsError::NotFound),
        too_many_requests(AddAddressTagsError::TooManyRequests),
    ])
    .await;
}

#[tokio::test]
async fn list_addresses() {
    let case = Case::new(
        "
        GET /customer/acme/me/addresses HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        ",
        ListAddressesRequest::new("acme"),
    );
    let none = "200\ncontent-type: application/json\n\n[]";
    case.answers(none, ListAddressesResponse::Ok(Vec::new()), Vec::new()).await;
    let two = vec![
        AddressDto::default().with_contact_name("Jane Doe").with_id("b05c20e034").with_is_default(true),
        AddressDto::default().with_id("c1"),
    ];
    case.answers(
        r#"
        200
        content-type: application/json

        [{"contactName":"Jane Doe","id":"b05c20e034","isDefault":true},{"id":"c1"}]
        "#,
        ListAddressesResponse::Ok(two.clone()),
        two,
    )
    .await;
    case.refuses::<ListAddressesResponse>([
        bad_request(ListAddressesError::BadRequest),
        unauthorized(ListAddressesError::Unauthorized),
        forbidden(ListAddressesError::Forbidden),
        too_many_requests(ListAddressesError::TooManyRequests),
    ])
    .await;
}

#[tokio::test]
async fn remove_address() {
    let case = Case::new(
        "
        DELETE /customer/acme/me/addresses/b05c20e034 HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        ",
        RemoveAddressRequest::new("acme", "b05c20e034"),
    );
    case.answers("204", RemoveAddressResponse::NoContent, ()).await;
    case.refuses::<RemoveAddressResponse>([
        bad_request(RemoveAddressError::BadRequest),
        unauthorized(RemoveAddressError::Unauthorized),
        forbidden(RemoveAddressError::Forbidden),
        address_not_found(RemoveAddressError::NotFound),
        too_many_requests(RemoveAddressError::TooManyRequests),
    ])
    .await;
}

#[tokio::test]
async fn remove_address_tags() {
    let case = Case::new(
        "
        DELETE /customer/acme/me/addresses/b05c20e034/tags?tags=BILLING HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        ",
        RemoveAddressTagsRequest::new("acme", "b05c20e034", "BILLING"),
    );
    case.answers("204", RemoveAddressTagsResponse::NoContent, ()).await;
    case.refuses::<RemoveAddressTagsResponse>([
        bad_request(RemoveAddressTagsError::BadRequest),
        unauthorized(RemoveAddressTagsError::Unauthorized),
        forbidden(RemoveAddressTagsError::Forbidden),
        address_not_found(RemoveAddressTagsError::NotFound),
        too_many_requests(RemoveAddressTagsError::TooManyRequests),
    ])
    .await;
}

#[tokio::test]
async fn retrieve_address_by_id() {
    let case = Case::new(
        "
        GET /customer/acme/me/addresses/a%2Fb%20%C3%BC HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        ",
        RetrieveAddressByIdRequest::new("acme", "a/b ü"),
    );
    let address = AddressDto::default()
        .with_contact_name("Jane Doe")
        .with_company_name("Doe GmbH")
        .with_street("Ringstraße")
        .with_street_number("1a")
        .with_street_appendix("")
        .with_extra_line1("1")
        .with_extra_line2("2")
        .with_extra_line3("3")
        .with_extra_line4("4")
        .with_zip_code("10115")
        .with_city("Berlin")
        .with_country("DE")
        .with_state("BE")
        .with_contact_phone("+49 30 1")
        .with_tags(vec!["BILLING".to_owned()])
        .with_metadata(DefaultDtoMetadata::default().with_version(2))
        .with_mixins(BTreeMap::from([("door".to_owned(), Value::from("left"))]))
        .with_id("a/b ü")
        .with_is_default(false);
    case.answers(
        r#"
        200
        content-type: application/json

        {"contactName":"Jane Doe","companyName":"Doe GmbH","street":"Ringstraße","streetNumber":"1a",
        "streetAppendix":"","extraLine1":"1","extraLine2":"2","extraLine3":"3","extraLine4":"4",
        "zipCode":"10115","city":"Berlin","country":"DE","state":"BE","contactPhone":"+49 30 1",
        "tags":["BILLING"],"metadata":{"version":2},"mixins":{"door":"left"},"id":"a/b ü","isDefault":false}
        "#,
        RetrieveAddressByIdResponse::Ok(address.clone()),
        address,
    )
    .await;
    case.refuses::<RetrieveAddressByIdResponse>([
        bad_request(RetrieveAddressByIdError::BadRequest),
        unauthorized(RetrieveAddressByIdError::Unauthorized),
        forbidden(RetrieveAddressByIdError::Forbidden),
        address_not_found(RetrieveAddressByIdError::NotFound),
        too_many_requests(RetrieveAddressByIdError::TooManyRequests),
    ])
    .await;
}

#[tokio::test]
async fn update_address() {
    let case = Case::new(
        "
        PATCH /customer/acme/me/addresses/b05c20e034 HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        ",
        UpdateAddressRequest::new("acme", "b05c20e034"),
    );
    case.answers("200", UpdateAddressResponse::Ok, ()).await;
    case.refuses::<UpdateAddressResponse>([
        bad_request(UpdateAddressError::BadRequest),
        unauthorized(UpdateAddressError::Unauthorized),
        forbidden(UpdateAddressError::Forbidden),
        address_not_found(UpdateAddressError::NotFound),
        conflict(UpdateAddressError::Conflict),
        too_many_requests(UpdateAddressError::TooManyRequests),
    ])
    .await;

    let patch = AddressPatch::default()
        .with_contact_name("Jane Doe")
        .with_company_name(Patch::Null)
        .with_street("Ring")
        .with_country(Patch::Null)
        .with_is_default(false)
        .with_tags(Patch::Null)
        .with_metadata(MetadataInput::default().with_version(2))
        .with_mixins(Patch::Null);
    let case = Case::new(
        r#"
        PATCH /customer/acme/me/addresses/b05c20e034 HTTP/1.1
        accept: application/json
        authorization: Bearer customer-token
        content-type: application/json

        {"contactName":"Jane Doe","companyName":null,"street":"Ring","country":null,"isDefault":false,
        "tags":null,"metadata":{"version":2},"mixins":null}
        "#,
        UpdateAddressRequest::new("acme", "b05c20e034").with_body(patch),
    );
    case.answers("200", UpdateAddressResponse::Ok, ()).await;
}
