//! Addresses: every operation, every declared status.

use customer_api::operations::addresses::{AddAddressError, AddAddressRequest, AddAddressResponse};
use customer_api::responses::BadRequest;
use customer_api::types::{AddressCreateDto, ErrorMessage, ResourceLocation};

use crate::case::Case;

#[tokio::test]
async fn add_address() {
    let case = Case::new(
        "POST /customer/acme/me/addresses HTTP/1.1\n\
         accept: application/json\n\
         authorization: Bearer customer-token\n\
         content-length: 41\n\
         content-type: application/json\n\n\
         {\"contactName\":\"Jane Doe\",\"country\":\"DE\"}",
        AddAddressRequest::new("acme", AddressCreateDto::new("Jane Doe").with_country("DE".to_owned())),
    );
    case.answers(
        "201\ncontent-type: application/json\n\n{\"id\":\"b05c20e034\"}",
        AddAddressResponse::Created(ResourceLocation::new("b05c20e034")),
        ResourceLocation::new("b05c20e034"),
    )
    .await;
    case.fails::<AddAddressResponse>(
        "400\ncontent-type: application/json\n\n{\"status\":400,\"type\":\"bad_request\",\"message\":\"No.\"}",
        AddAddressError::BadRequest(BadRequest::new(ErrorMessage::new(400, "bad_request", "No."))),
    )
    .await;
}
