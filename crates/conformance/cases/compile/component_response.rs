//! A component response converts with `?` into the operations that declare it, and into no others.

use customer_api::operations::addresses::{ListAddressesError, RemoveAddressError};
use customer_api::responses::AddressNotFound;
use specwright_runtime::Failure;

fn found(address: Result<(), AddressNotFound>) -> Result<(), Failure<RemoveAddressError>> { //@ compiles
fn found(address: Result<(), AddressNotFound>) -> Result<(), Failure<ListAddressesError>> { //@ fails: E0277
    address?;
    Ok(())
}

fn main() {
    let _: fn(_) -> _ = found;
    let _: Option<(ListAddressesError, RemoveAddressError)> = None;
}
