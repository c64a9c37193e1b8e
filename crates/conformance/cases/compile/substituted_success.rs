//! A substitute of the client's trait makes the operation's success, and no other.

use customer_api::client::Success;
use customer_api::types::{AddressDto, ResourceLocation};
use specwright_runtime::StatusCode;

fn added() -> Success<ResourceLocation> {
    Success::new(StatusCode::CREATED, ResourceLocation::new("a1")) //@ compiles
    Success::new(StatusCode::CREATED, AddressDto::default()) //@ fails: E0308
}

fn main() {
    let _: fn() -> Success<ResourceLocation> = added;
    let _: Option<AddressDto> = None;
}
