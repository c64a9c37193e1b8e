//! An operation has no variant for a status that it does not declare.

use customer_api::operations::addresses::RemoveAddressResponse;

fn main() {
    let _ = RemoveAddressResponse::NoContent; //@ compiles
    let _ = RemoveAddressResponse::Ok; //@ fails: E0599
}
