//! A body converts into the response that declares it, and into no other.

use customer_api::operations::addresses::{AddAddressResponse, RetrieveAddressByIdResponse};
use customer_api::types::AddressDto;

fn main() {
    let _: RetrieveAddressByIdResponse = AddressDto::default().into(); //@ compiles
    let _: AddAddressResponse = AddressDto::default().into(); //@ fails: E0277
    let _: Option<(AddAddressResponse, RetrieveAddressByIdResponse)> = None;
}
