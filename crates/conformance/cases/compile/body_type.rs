//! A response has the body that the contract declares.

use customer_api::operations::addresses::AddAddressResponse;
use customer_api::types::{ErrorMessage, ResourceLocation};

fn main() {
    let _ = AddAddressResponse::Created(ResourceLocation::new("a1")); //@ compiles
    let _ = AddAddressResponse::Created(ErrorMessage::new(201, "a1", "")); //@ fails: E0308
    let _: Option<(ErrorMessage, ResourceLocation)> = None;
}
